"""What a result carries of its origin, so that an ODF file found later can be recognised: never a path or a name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from lxml import etree

from converters.odf.namespaces import qn
from converters.odf.package import MEDIA_TYPES

SOURCE_HASH = "Source SHA-256"
PROGRAM = "Converted by"
_MOST_BYTES = 5_000_000  # of a part that is read here, in no worker


@cache
def program_version() -> str:
    try:
        return metadata.version("office-migration-assistant")
    except metadata.PackageNotFoundError:  # run from a source tree
        return "0+source"


def provenance(source_sha256: str, engine: str) -> tuple[tuple[str, str], ...]:
    """(name, value) pairs for ``meta:user-defined``."""
    return (
        (SOURCE_HASH, source_sha256),
        (PROGRAM, f"office-migration-assistant {program_version()} ({engine})"),
    )


def stamp(package: Path, stamped: Path, pairs: Iterable[tuple[str, str]]) -> None:
    """Write ``stamped``, a copy of an ODF package whose meta.xml has ``pairs`` as user-defined metadata.

    Everything else is copied as it is; ``mimetype`` stays first and stored. Raises zipfile.BadZipFile, KeyError,
    lxml.etree.XMLSyntaxError where the package is none.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(stamped, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "meta.xml":
                data = _with_pairs(etree.fromstring(data, parser), pairs)
            target.writestr(entry, data, entry.compress_type)


def _with_pairs(root: etree._Element, pairs: Iterable[tuple[str, str]]) -> bytes:
    section = root.find(qn("office:meta"))
    if section is None:
        section = etree.SubElement(root, qn("office:meta"))
    for name, value in pairs:
        for old in section.findall(qn("meta:user-defined")):
            if old.get(qn("meta:name")) == name:
                section.remove(old)
        element = etree.SubElement(section, qn("meta:user-defined"), {qn("meta:name"): name})
        element.set(qn("meta:value-type"), "string")
        element.text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read_provenance(package: Path) -> dict[str, str]:
    """The user-defined metadata of an ODF file; empty for what is no ODF file, and where it claims to be huge."""
    try:
        with zipfile.ZipFile(package) as archive:
            if any(archive.getinfo(name).file_size > _MOST_BYTES for name in ("mimetype", "meta.xml")):
                return {}
            if archive.read("mimetype").decode() not in MEDIA_TYPES.values():
                return {}
            root = etree.fromstring(
                archive.read("meta.xml"), etree.XMLParser(resolve_entities=False, no_network=True)
            )
    except (
        OSError, KeyError, EOFError, UnicodeDecodeError, NotImplementedError, RuntimeError,
        zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError,
    ):  # fmt: skip
        return {}
    return {
        element.get(qn("meta:name"), ""): element.text or "" for element in root.iter(qn("meta:user-defined"))
    }
