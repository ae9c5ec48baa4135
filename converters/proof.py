"""The proof of a result before it is put in place: it opens, it is what it says, and it is no empty success."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO
from xml.parsers import expat

from converters.errors import Failed, Refused
from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.microsoft_readers import broken_rule
from converters.odf.package import MEDIA_TYPES
from converters.ooxml.package import Package

_BLOCK = 1 << 20
_OVERLAP = 4096
_RAW_BYTES = re.compile("\ufffd\ufffd.{0,30}\u0871|ÐÏ.{0,30}à¡±|ì¥Á".encode())
_TARGET_CONTENT = re.compile(
    rb"</?(?:text|loext|field|office|draw):[\w-]+[^>]*>\s*[^<\s]|<(?:math:)?m[ino]\b[^>]*>\s*[^<\s]|<text:(?:sheet-name|page-number|date|time|bookmark-ref)\b"
    rb"|<draw:(?:image|object|custom-shape)\b|office:value-type=|<text:s/>"
)
# element names of text in OOXML: w:t, a:t, x:t, x:v; with any prefix
_SOURCE_TEXT = {
    TEXT: re.compile(rb"<(?:\w+:)?t(?: [^<>]*)?>[^<]*[^<\s]"),
    SPREADSHEET: re.compile(rb"<(?:\w+:)?[vt](?: [^<>]*)?>[^<]*[^<\s]"),
    PRESENTATION: re.compile(rb"<(?:\w+:)?t(?: [^<>]*)?>[^<]*[^<\s]"),
}


def prove(result: Path, extension: str, *, expects_content: bool) -> None:
    """Check an ODF package. Raises Failed PROOF_FAILED with what is wrong.

    It opens; ``mimetype`` stands first, stored, and fits ``extension``; the manifest is there; content.xml and
    styles.xml are well-formed; nothing that Microsoft's readers are known to refuse stands there; and a source with text gave something (``expects_content``).
    """
    try:
        with zipfile.ZipFile(result) as archive:
            _prove_mimetype(archive, extension)
            names = set(archive.namelist())
            for name in ("content.xml", "styles.xml", "META-INF/manifest.xml"):
                if name not in names:
                    raise Failed("PROOF_FAILED", detail=f"no {name}")
            with archive.open("styles.xml") as styles:
                _prove_well_formed(styles, "styles.xml")
            with archive.open("content.xml") as content:
                found = _prove_well_formed(content, "content.xml", search=_TARGET_CONTENT)
            broken = broken_rule(archive, extension)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise Failed("PROOF_FAILED", detail=f"no package: {error}") from None
    if broken is not None:
        raise Failed("PROOF_FAILED", detail=f"{broken[1]} ({broken[0].source})")
    if expects_content and not found:
        raise Failed("PROOF_FAILED", detail="the source has text, the result has none")


def shows_raw_bytes(result: Path) -> bool:
    """Whether a result shows the bytes of a binary file as text: what LibreOffice does with one whose tables are broken.

    The bytes are those of a compound file's head and of a Word document's; they may have been taken for UTF-8.
    """
    with zipfile.ZipFile(result) as archive, archive.open("content.xml") as content:
        head = content.read(_BLOCK)
    return _RAW_BYTES.search(head) is not None


def _prove_mimetype(archive: zipfile.ZipFile, extension: str) -> None:
    entries = archive.infolist()
    if not entries or entries[0].filename != "mimetype" or entries[0].compress_type != zipfile.ZIP_STORED:
        raise Failed("PROOF_FAILED", detail="mimetype is not first and stored")
    found = archive.read(entries[0]).decode("ascii", "replace")
    if found != MEDIA_TYPES[extension]:
        raise Failed("PROOF_FAILED", detail=f"mimetype is {found}")


def _prove_well_formed(stream: IO[bytes], name: str, search: re.Pattern[bytes] | None = None) -> bool:
    """Parse to the end without building anything; answers whether ``search`` was met."""
    parser = expat.ParserCreate()
    found, tail = False, b""
    try:
        for block in _read_ahead(stream):
            parser.Parse(block, False)
            if search is not None and not found:
                found = search.search(tail + block) is not None
                tail = block[-_OVERLAP:]
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Failed("PROOF_FAILED", detail=f"{name}: {error}") from None
    return found


def _read_ahead(stream: IO[bytes]) -> Iterator[bytes]:
    """The blocks of a stream: the next one is inflated by another thread while one is parsed."""
    block = stream.read(_BLOCK)
    if len(block) < _BLOCK:  # most documents: not worth a thread
        while block:
            yield block
            block = stream.read(_BLOCK)
        return
    with ThreadPoolExecutor(1) as reader:
        while block:
            following = reader.submit(stream.read, _BLOCK)
            yield block
            block = following.result()


def has_text(package: Package, family: str) -> bool:
    """Whether the body of an OOXML document holds any text; stops at the first."""
    return any(_part_has_text(package, part, _SOURCE_TEXT[family]) for part in _body_parts(package, family))


def _body_parts(package: Package, family: str) -> Iterable[str]:
    main = package.main_part
    if family == TEXT:
        return [main]
    kinds = ("worksheet",) if family == SPREADSHEET else ("slide",)
    return [relationship.target for kind in kinds for relationship in package.related(main, kind)]


def _part_has_text(package: Package, part: str, pattern: re.Pattern[bytes]) -> bool:
    try:
        with package.open(part) as stream:
            tail = b""
            while block := stream.read(_BLOCK):
                if pattern.search(tail + block):
                    return True
                tail = block[-_OVERLAP:]
    except (Refused, zipfile.BadZipFile, zlib.error, EOFError):
        return False  # a part that cannot be read is the converter's to report
    return False
