"""Documents broken in ways that disks, networks and attackers break them: seeded, so that every run breaks alike."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.office_files import (
    compound,
    doc,
    docm,
    document_xml,
    docx,
    docx_with,
    pptx,
    relationships,
    vba_project,
    xls,
    xlsx,
)

RTF = rb"{\rtf1\ansi{\*\template N:\\letter.dot}{\field{\*\fldinst INCLUDETEXT \"N:\\\\a.doc\"}}{\object\objemb{\*\objdata 0105}}}"
_FIELD = '<w:p><w:r><w:instrText> DDEAUTO Excel Sheet1 R1C1 </w:instrText></w:r></w:p><w:ins w:id="1"/>'


def samples() -> list[tuple[str, bytes]]:
    """(extension, bytes) of whole documents of every container."""
    links = relationships({"rId1": ("attachedTemplate", "file:///N:/letter.dotx")})
    linked = docx_with(
        {"word/_rels/document.xml.rels": links, "word/embeddings/o.bin": compound({"x": b"y"})}, _FIELD
    )
    macros = {"Budget": 'Sub AutoOpen()\nShell("x")\nEnd Sub\n'}
    workbook = xlsx('<row r="1"><c r="A1"><f>_xll.X(1)</f><v>5</v></c></row>')
    legacy = compound(
        {"WordDocument": b"\xec\xa5\xc1\x00".ljust(600, b"\x00"), "Macros/PROJECT": b"Module=Old\r\n"}
    )
    return [
        ("docx", docx()),
        ("docx", linked),
        ("docm", docm(macros)),
        ("xlsx", workbook),
        ("pptx", pptx()),
        ("doc", doc()),
        ("doc", legacy),
        ("xls", xls((0x01AE, b"\x01\x00\x08\x00\x00\x01C:\\a.xls"), (0x0012, b"\x01\x00"))),
        ("bin", vba_project(macros)),
        ("rtf", RTF),
        ("xml", document_xml("<w:p/>").encode()),
    ]


def broken(wholes: Sequence[tuple[str, bytes]], count: int, seed: int = 7) -> Iterator[tuple[str, bytes]]:
    """``count`` broken documents, each made of one or two of the whole ones."""
    chance = random.Random(seed)
    ways = (_flip, _flip, _cut, _splice, _inside, _inside)
    for _ in range(count):
        extension, data = chance.choice(wholes)
        for _time in range(chance.randint(1, 2)):
            data = chance.choice(ways)(data, chance, wholes)
        yield extension, data


def write_broken(folder: Path, wholes: Sequence[tuple[str, bytes]], count: int, seed: int = 7) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, (extension, data) in enumerate(broken(wholes, count, seed)):
        (folder / f"{number:05d}.{extension}").write_bytes(data)


def _flip(data: bytes, chance: random.Random, _wholes: object) -> bytes:
    """Bits flipped here and there."""
    mutable = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        if mutable:
            mutable[chance.randrange(len(mutable))] ^= 1 << chance.randrange(8)
    return bytes(mutable)


def _cut(data: bytes, chance: random.Random, _wholes: object) -> bytes:
    """The end is missing, or a piece within."""
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:first] if chance.random() < 0.5 else data[:first] + data[last:]


def _splice(data: bytes, chance: random.Random, wholes: Sequence[tuple[str, bytes]]) -> bytes:
    """The beginning of one document and the end of another."""
    other = chance.choice(wholes)[1]
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _inside(data: bytes, chance: random.Random, wholes: Sequence[tuple[str, bytes]]) -> bytes:
    """A part broken within a package that is whole: what checksums do not tell."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            parts = [(name, source.read(name)) for name in source.namelist()]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return _flip(data, chance, wholes)
    if not parts:
        return data
    stream = io.BytesIO()
    victim = chance.randrange(len(parts))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (name, content) in enumerate(parts):
            broken_part = (
                chance.choice((_flip, _cut))(content, chance, wholes) if number == victim else content
            )
            target.writestr(name, broken_part)
    return stream.getvalue()
