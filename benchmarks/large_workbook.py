"""A workbook of any size, as Excel writes one: 40 % text, 40 % numbers, 10 % dates, 10 % formulas, ten columns a row.

Half of the texts are unlike all others, so that the table of shared strings grows with the sheet.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

COLUMNS = 10
_ROWS_A_PIECE = 2_000
_WORDS = (
    "Meridian",
    "Müller & Söhne",
    "Invoice",
    "Copenhagen",
    "Département",
    "Service",
    "North",
    "Q3",
    "Rückfrage",
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_DATE = (date(2015, 1, 1) - date(1899, 12, 30)).days

_SMALL_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Ledger" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write_workbook(target: Path, cells: int) -> None:
    """Write a workbook of about ``cells`` cells in whole rows, in memory that does not grow with them."""
    rows = cells // COLUMNS
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _SMALL_PARTS.items():
            archive.writestr(name, _DECLARATION + text)
        _write(archive, "xl/sharedStrings.xml", _shared_strings(rows))
        _write(archive, "xl/worksheets/sheet1.xml", _sheet(rows))


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterator[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as stream, io.TextIOWrapper(stream, "utf-8") as text:
        text.write(_DECLARATION)
        text.writelines(pieces)


def _shared_strings(rows: int) -> Iterator[str]:
    """Two texts of its own for each row, after a thousand that rows share."""
    yield f'<sst xmlns="{_MAIN}" count="{rows * 4}" uniqueCount="{1000 + rows * 2}">'
    words = [word.replace("&", "&amp;") for word in _WORDS]
    for number in range(1000):
        yield f"<si><t>{words[number % len(words)]} {number}</t></si>"
    for number in range(rows):
        word = words[number % len(words)]
        yield f"<si><t>{word} no. {number}</t></si><si><t>Customer {number * 7919 % 999_983}, {word}</t></si>"
    yield "</sst>"


def _sheet(rows: int) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:J{rows}"/><sheetData>'
    chance = random.Random(rows)
    for first in range(1, rows + 1, _ROWS_A_PIECE):
        yield "".join(_row(row, chance) for row in range(first, min(first + _ROWS_A_PIECE, rows + 1)))
    yield "</sheetData></worksheet>"


def _row(row: int, chance: random.Random) -> str:
    own, shared = 998 + row * 2, chance.random()
    count, price = int(shared * 500), round(shared * 9_000, 2)
    return (
        f'<row r="{row}" spans="1:10"><c r="A{row}" t="s"><v>{own}</v></c>'
        f'<c r="B{row}" t="s"><v>{own + 1}</v></c><c r="C{row}" t="s"><v>{count}</v></c>'
        f'<c r="D{row}" t="s"><v>{999 - count}</v></c><c r="E{row}"><v>{row}</v></c><c r="F{row}"><v>{count}</v></c>'
        f'<c r="G{row}" s="1"><v>{price}</v></c><c r="H{row}"><v>{shared!r}</v></c>'
        f'<c r="I{row}" s="2"><v>{_FIRST_DATE + row % 4000}</v></c>'
        f'<c r="J{row}" s="1"><f>F{row}*G{row}</f><v>{count * price!r}</v></c></row>'
    )
