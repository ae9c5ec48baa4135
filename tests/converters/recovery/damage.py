"""Forty damaged files and an oracle of the words that are left in them: it reads bytes and shares no code with the program.

A third is cut off, a third has bits flipped, a third lacks parts; the damage is drawn by a fixed seed.
"""

from __future__ import annotations

import html
import io
import random
import re
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import openpyxl
import pptx

_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<>]*)</(?:\w+:)?t>")
_SHOWN = re.compile(
    r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
    r"|xl/(?:sharedStrings|worksheets/[^/]*)\.xml|ppt/(?:slides|notesSlides)/[^/]*\.xml"
)
WAYS = ("cut", "flipped", "parts missing")


def letter(number: int) -> bytes:
    document = docx.Document()
    document.add_heading(f"Délibération {number}", 1)
    for line in range(60):
        document.add_paragraph(
            f"Article {number}.{line} : le conseil « décide » & vote {line * 37 + number} fois."
        )
    table = document.add_table(4, 3)
    for row in range(4):
        for column in range(3):
            table.cell(row, column).text = f"case {number}/{row}/{column}"
    document.sections[0].header.paragraphs[0].text = f"Mairie {number}"
    return _saved(document)


def budget(number: int) -> bytes:
    book = openpyxl.Workbook()
    for title in ("Recettes", "Dépenses"):
        sheet = book.create_sheet(title)
        for row in range(1, 50):
            sheet.cell(row, 1, f"{title} poste {number}-{row}")
            sheet.cell(row, 2, row * 1.5)
    return _saved(book)


def show(number: int) -> bytes:
    presentation = pptx.Presentation()
    for page in range(8):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Page {number}.{page}"
        slide.placeholders[1].text = f"Premier point {number}.{page}\nSecond point < {page} >"
        slide.notes_slide.notes_text_frame.text = f"À dire {number}.{page}"
    return _saved(presentation)


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


MAKERS = ((letter, "docx"), (budget, "xlsx"), (show, "pptx"))


def damaged(data: bytes, way: str, chance: random.Random) -> bytes:
    if way == "cut":
        return data[: chance.randrange(len(data) // 3, len(data))]
    if way == "flipped":
        changed = bytearray(data)
        for _ in range(chance.choice((1, 3, 8))):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        gone = set(chance.sample(names, chance.choice((1, 2, 3))))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as rest:
            for name in names:
                if name not in gone:
                    rest.writestr(name, archive.read(name))
    return stream.getvalue()


def forty() -> list[tuple[str, bytes]]:
    """(name, bytes) of forty damaged files, the same in every run."""
    chance = random.Random(20)
    found = []
    for number in range(40):
        make, extension = MAKERS[number % 3]
        way = WAYS[number // 3 % 3]
        found.append((f"{number:02} {way}.{extension}", damaged(make(number), way, chance)))
    return found


def words_left(data: bytes) -> list[str]:
    """The words between text tags in every entry that unpacks whole, found by the marks of the local headers."""
    found: list[str] = []
    for mark in re.finditer(rb"PK\x03\x04", data):
        offset = mark.start()
        if offset + 30 > len(data):
            continue
        method, _time, _date, crc, packed, size, name_bytes, extra = struct.unpack_from(
            "<HHHLLLHH", data, offset + 8
        )
        name = data[offset + 30 : offset + 30 + name_bytes].decode("latin-1")
        start = offset + 30 + name_bytes + extra
        if not _SHOWN.fullmatch(name):
            continue
        unpacked = data[start : start + packed] if method == 0 else _inflated(data[start:])
        if zlib.crc32(unpacked) == crc and len(unpacked) == size:
            found += [html.unescape(text.decode()) for text in _TEXT.findall(unpacked)]
    return [text for text in found if text.strip()]


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(-15).decompress(data)
    except zlib.error:
        return b""


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
