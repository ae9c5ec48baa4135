"""OOXML packages made reproducible, and edited where the libraries that write them cannot."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

ENTRY_DATE = (2026, 1, 5, 8, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_VBA_CONTENT_TYPE = "application/vnd.ms-office.vbaProject"
_VBA_RELATIONSHIP = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"

Edit = Callable[[bytes], bytes]


def repacked(
    package: bytes, edits: Mapping[str, Edit] | None = None, added: Mapping[str, bytes] | None = None
) -> bytes:
    """The same package with fixed dates, edited parts and further parts. Raises KeyError for an edit without part."""
    edits, added = dict(edits or {}), dict(added or {})
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as result:
        for name in source.namelist():
            content = edits.pop(name, bytes)(source.read(name))
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2026-01-05T08:00:00Z", content)
            _write(result, name, content)
        for name, content in added.items():
            _write(result, name, content)
    if edits:
        raise KeyError(", ".join(edits))
    return target.getvalue()


def _write(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, ENTRY_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    package.writestr(entry, content)


def with_macros(package: bytes, main_part: str, macro_type: str, project: bytes) -> bytes:
    """A macro-enabled package: the main part's content type becomes ``macro_type``, the project its relation."""
    folder, name = main_part.rsplit("/", 1)
    relationship = (
        f'<Relationship Id="rIdVba" Type="{_VBA_RELATIONSHIP}" Target="vbaProject.bin"/></Relationships>'
    )
    default = f'<Default Extension="bin" ContentType="{_VBA_CONTENT_TYPE}"/></Types>'

    def types(content: bytes) -> bytes:
        text = content.decode()
        text = re.sub(rf'(PartName="/{main_part}" ContentType=")[^"]*', rf"\g<1>{macro_type}", text)
        text = re.sub(rf'(ContentType=")[^"]*(" PartName="/{main_part}")', rf"\g<1>{macro_type}\g<2>", text)
        return text.replace("</Types>", default).encode()

    return repacked(
        package,
        {
            "[Content_Types].xml": types,
            f"{folder}/_rels/{name}.rels": lambda part: part.replace(
                b"</Relationships>", relationship.encode()
            ),
        },
        {f"{folder}/vbaProject.bin": project},
    )
