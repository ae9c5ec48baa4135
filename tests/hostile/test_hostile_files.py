"""Files that mean harm, or that something harmed: each gets its verdict in under five seconds and 300 megabytes."""

from __future__ import annotations

import io
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.office_files import (
    DOCX_TYPE,
    compound,
    document_xml,
    docx,
    docx_with,
    package,
    paragraph,
    relationships,
    xlsx,
)

SECONDS, MEGABYTES = 5, 300
ROOT = Path(__file__).parents[2]
TEXT = b"Dear reader, this is only text.\n" * 200

# One process per file, so that time and memory are its own. LibreOffice is out of reach: what would go there unasked
# is a failure of this test.
_CHILD = """
import json, sys, time
from pathlib import Path
from converters import convert, inspect
source, target = map(Path, sys.argv[1:])
inspection = inspect(source, "deep")
outcome = convert(source, target)
# not ru_maxrss, which a new process inherits from the one that started it
status = Path("/proc/self/status").read_text()
peak_kilobytes = int(status.split("VmHWM:")[1].split()[0])
print(json.dumps({
    "inspection": inspection.error,
    "verdict": outcome.verdict,
    "error": outcome.error,
    "losses": [loss.code for loss in outcome.losses],
    "seconds": time.process_time(),
    "megabytes": peak_kilobytes / 1024,
}))
"""


def judged(folder: Path, data: bytes, name: str) -> dict[str, object]:
    source = folder / name
    source.write_bytes(data)
    answer = subprocess.run(
        [sys.executable, "-c", _CHILD, str(source), str(folder / "target.odt")],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOFFICE": "/nowhere/soffice"},
    )
    assert not answer.stderr
    found = json.loads(answer.stdout)
    assert found["seconds"] < SECONDS  # of the processor: a busy machine is no fault of the file
    assert found["megabytes"] < MEGABYTES
    assert source.read_bytes() == data
    return found


def raw_package(document: bytes) -> bytes:
    return package({"word/document.xml": document}, "word/document.xml", DOCX_TYPE)


def zip_bomb() -> bytes:
    return docx_with({"word/media/bomb.bin": b"\x00" * 60_000_000})


def lying_directory() -> bytes:
    """A part whose directory entry says ten bytes and whose data is fifty megabytes."""
    data = zlib.compress(b"<x>" + b" " * 50_000_000, 9)[2:-4]
    honest = docx_with({"word/lie.xml": "0123456789"})
    stream = io.BytesIO(honest)
    with zipfile.ZipFile(stream, "a") as archive:
        entry = zipfile.ZipInfo("word/styles.xml")
        archive.writestr(entry, data)
    blob = bytearray(stream.getvalue())
    at = blob.rindex(b"PK\x01\x02")
    struct.pack_into("<H", blob, at + 10, zipfile.ZIP_DEFLATED)
    struct.pack_into("<I", blob, at + 24, 10)
    return bytes(blob)


def many_entries() -> bytes:
    return docx_with({f"word/x{number}.xml": b"" for number in range(66_000)})


def traversal() -> bytes:
    return docx_with({"../../outside.xml": "<x/>"})


def absolute() -> bytes:
    return docx_with({"C:\\windows\\outside.xml": "<x/>"})


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{entities}]>{document_xml(paragraph("&a11;"))}'
    )
    return raw_package(text.encode())


def outside_entity() -> bytes:
    text = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>{document_xml(paragraph("&x;"))}'
    return raw_package(text.encode())


def late_doctype() -> bytes:
    """A document type behind so much white space that a look at the head does not see it."""
    text = (
        f'<?xml version="1.0"?>{" " * 10_000}<!DOCTYPE d [<!ENTITY x "y">]>{document_xml(paragraph("&x;"))}'
    )
    return raw_package(text.encode())


def utf16_doctype() -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY x "y">]>{document_xml(paragraph("&x;"))}'
    return raw_package(text.encode("utf-16"))


def cut_xml() -> bytes:
    return raw_package(document_xml(paragraph("Dear reader")).encode()[:-30])


def deep_nesting() -> bytes:
    return raw_package(document_xml("<w:p>" * 5_000 + "</w:p>" * 5_000).encode())


def truncated() -> bytes:
    whole = docx_with({"word/media/x.bin": os.urandom(20_000)})
    return whole[: len(whole) // 2]


def encrypted() -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(docx())).encrypt("secret", stream)
    return stream.getvalue()


def circular_compound() -> bytes:
    """A compound file whose allocation table leads in a circle."""
    blob = bytearray(compound({"WordDocument": b"\xec\xa5\xc1\x00" + b"\x00" * 4092}))
    fat = (struct.unpack_from("<I", blob, 76)[0] + 1) * 512
    for sector in range(64):
        struct.pack_into("<I", blob, fat + 4 * sector, 0)
    return bytes(blob)


def circular_relationships() -> bytes:
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relationships({"rId1": ("officeDocument", "document.xml")})
    }
    return docx_with(parts)


CASES: dict[str, tuple[Callable[[], bytes], str, set[str]]] = {
    "zip bomb": (zip_bomb, "a.docx", {"LIMIT_RATIO"}),
    "lying directory": (lying_directory, "a.docx", {"", "DAMAGED_ZIP", "NO_LIBREOFFICE"}),
    "66 000 entries": (many_entries, "a.docx", {"LIMIT_ENTRIES"}),
    "path traversal": (traversal, "a.docx", {"UNSAFE_NAME"}),
    "absolute name": (absolute, "a.docx", {"UNSAFE_NAME"}),
    "billion laughs": (billion_laughs, "a.docx", {"DOCTYPE_FORBIDDEN"}),
    "entity from outside": (outside_entity, "a.docx", {"DOCTYPE_FORBIDDEN"}),
    "late document type": (late_doctype, "a.docx", {"DOCTYPE_FORBIDDEN"}),
    "document type in UTF-16": (utf16_doctype, "a.docx", {"DOCTYPE_FORBIDDEN"}),
    "cut XML": (cut_xml, "a.docx", {"DAMAGED_XML"}),
    "deep nesting": (deep_nesting, "a.docx", {"LIMIT_DEPTH"}),
    "truncated zip": (truncated, "a.docx", {"DAMAGED_ZIP"}),
    "text named .docx": (lambda: TEXT, "a.docx", {"NOT_OFFICE"}),
    "text named .doc": (lambda: TEXT, "a.doc", {"NOT_OFFICE"}),
    "web page named .xls": (lambda: b"<html><table><tr><td>1</table>", "a.xls", {"NOT_OFFICE"}),
    "workbook named .docx": (xlsx, "a.docx", {"WRONG_FAMILY"}),
    "encrypted": (encrypted, "a.docx", {"ENCRYPTED"}),
    "zero bytes": (lambda: b"", "a.docx", {"EMPTY_FILE"}),
    "circular compound file": (circular_compound, "a.doc", {"DAMAGED_OLE", "NO_LIBREOFFICE"}),
    "compound file of noise": (lambda: compound({})[:8] + os.urandom(4096), "a.doc", {"DAMAGED_OLE"}),
    "a part that contains itself": (circular_relationships, "a.docx", {"", "NO_LIBREOFFICE"}),
}


@pytest.mark.parametrize("case", CASES)
def test_each_gets_its_verdict_in_bounds(tmp_path: Path, case: str) -> None:
    build, name, expected = CASES[case]
    found = judged(tmp_path, build(), name)
    assert found["error"] in expected
    if found["verdict"] == "refused" and found["error"] != "WRONG_FAMILY":
        assert found["inspection"] == found["error"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name not in (name, "target.odt")) == []


def test_nothing_outside_the_package_is_read(tmp_path: Path) -> None:
    found = judged(tmp_path, outside_entity(), "a.docx")
    assert found["verdict"] == "refused"
    assert not (tmp_path / "target.odt").exists()
