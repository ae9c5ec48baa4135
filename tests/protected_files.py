"""Documents locked against changes, made by the tests."""

from __future__ import annotations

import base64
import hashlib
import io
import struct
import zipfile

from tests.office_files import docx_with, paragraph, pptx, relationships, xlsx

PASSWORD = "secret"
_SALT = bytes(range(16))
_ROUNDS = 1000


def old_hash(password: str) -> str:
    """Excel's hash of 16 bits (ECMA-376 Part 4, 14.7.1), in hexadecimal digits."""
    value = 0
    for character in reversed(password.encode("cp1252")):
        value = ((value >> 14) & 1 | (value << 1) & 0x7FFF) ^ character
    value = ((value >> 14) & 1 | (value << 1) & 0x7FFF) ^ len(password) ^ 0xCE4B
    return f"{value:04X}"


def _new_hash() -> str:
    digest = hashlib.sha512(_SALT + PASSWORD.encode("utf-16-le")).digest()
    for index in range(_ROUNDS):
        digest = hashlib.sha512(digest + struct.pack("<I", index)).digest()
    return base64.b64encode(digest).decode()


_SALT_TEXT = base64.b64encode(_SALT).decode()
NEW_LOCK = f'algorithmName="SHA-512" hashValue="{_new_hash()}" saltValue="{_SALT_TEXT}" spinCount="{_ROUNDS}"'
NEW_WORKBOOK_LOCK = NEW_LOCK.replace("algorithmName", "workbookAlgorithmName").replace(
    "hashValue", "workbookHashValue"
)
WORD_LOCK = (
    f'w:cryptAlgorithmSid="14" w:cryptSpinCount="{_ROUNDS}" w:hash="{_new_hash()}" w:salt="{_SALT_TEXT}"'
)


def locked_docx(lock: str) -> bytes:
    """A document whose settings hold an element such as ``w:documentProtection``."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    parts: dict[str, str | bytes] = {
        "word/settings.xml": f"<w:settings {namespace}>{lock}</w:settings>",
        "word/_rels/document.xml.rels": relationships({"rId1": ("settings", "settings.xml")}),
    }
    return docx_with(parts, paragraph("Dear reader"))


def locked_xlsx(sheet: str = "", workbook: str = "") -> bytes:
    """A workbook with elements behind the rows of its sheet, and at the beginning of its workbook part."""

    def changed(name: str, text: str) -> str:
        if name == "xl/workbook.xml":
            return text.replace("<sheets>", f"{workbook}<sheets>")
        return text.replace("</sheetData>", f"</sheetData>{sheet}")

    return _rewritten(xlsx(), changed)


def locked_pptx(lock: str) -> bytes:
    return _rewritten(
        pptx(),
        lambda name, text: (
            text.replace("</p:presentation>", f"{lock}</p:presentation>")
            if name == "ppt/presentation.xml"
            else text
        ),
    )


def _rewritten(data: bytes, changed) -> bytes:  # type: ignore[no-untyped-def]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, changed(name, source.read(name).decode()))
    return stream.getvalue()
