"""Other workbooks that formulas refer to (ECMA-376 Part 1, 18.14): their addresses, and the values they had last.

ODF keeps such values in tables of their own, whose names join the address and the sheet; LibreOffice reads them into
its cache of external references and shows the formulas' results without opening the other file.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import TableProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.units import read_int
from converters.xlsx_to_ods.references import read_cell
from converters.xlsx_to_ods.text_items import unescape

_SCHEMES = ("file:", "http:", "https:", "ftp:", "smb:")
Cells = dict[int, dict[int, tuple[str, str]]]
"""Row, column: (type of 18.18.11, value)."""


@dataclass(slots=True)
class ExternalBook:
    """``url`` is absolute, ``target`` as the source has it; ``sheets`` in the order that formulas number them by."""

    url: str
    target: str
    part: str
    sheets: tuple[str, ...] = ()
    cells: dict[str, Cells] = field(default_factory=dict)

    def prefix(self, sheet: str) -> str:
        """What stands before a cell of its sheet in a reference (OpenFormula 5.8, Source)."""
        quoted = "'" + sheet.replace("'", "''") + "'"
        return f"'{self.url}'#${quoted}"


def read_external_books(
    package: Package, workbook: str, identifiers: list[str], log: LossLog
) -> list[ExternalBook | None]:
    """The books that ``[1]``, ``[2]`` ... stand for; None for what is no book, or damaged."""
    relationships = package.relationships(workbook)
    return [
        _read_book(package, relationships[item].target, log) if item in relationships else None
        for item in identifiers
    ]


def _read_book(package: Package, part: str, log: LossLog) -> ExternalBook | None:
    try:
        root = package.read_xml(part)
        target = next((item.target for item in package.relationships(part).values() if item.external), "")
    except Refused as error:
        log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
        return None
    element = root.find(qn("x:externalBook"))
    if element is None or not target:
        return None  # a DDE or OLE link, or one whose address is lost
    book = ExternalBook(_absolute(target), target, part)
    book.sheets = tuple(item.get("val", "") for item in element.iter(qn("x:sheetName")))
    for data in element.iter(qn("x:sheetData")):
        index = read_int(data.get("sheetId"), -1)
        if index is not None and 0 <= index < len(book.sheets):
            book.cells[book.sheets[index]] = _read_cells(data)
    return book


def _absolute(target: str) -> str:
    """An address as a URL: what is relative to the source is told apart by the table's own address."""
    target = target.replace("\\", "/").replace("'", "%27").replace(" ", "%20")
    if target.lower().startswith(_SCHEMES):
        return target
    return "file:///" + target.lstrip("/") if not target.startswith("//") else "file:" + target


def _read_cells(data: etree._Element) -> Cells:
    rows: Cells = {}
    for item in data.iter(qn("x:cell")):
        position = read_cell(item.get("r", ""))
        value = item.findtext(qn("x:v"))
        if position is not None and value is not None:
            rows.setdefault(position[0], {})[position[1]] = (item.get("t", "n"), value)
    return rows


def write_external_tables(writer: XmlWriter, document: OdfDocument, books: list[ExternalBook | None]) -> None:
    """Write a table for each sheet of another workbook whose last values are known."""
    for book in books:
        for sheet in book.sheets if book is not None else ():
            if book is not None and book.cells.get(sheet):
                _write_table(writer, document, book, sheet)


def _write_table(writer: XmlWriter, document: OdfDocument, book: ExternalBook, sheet: str) -> None:
    style = document.automatic.name_for(Style("table", (TableProperties(display="false"),)))
    attributes = {"table:name": f"'{book.url}'#{sheet}", "table:print": "false", "table:style-name": style}
    rows = book.cells[sheet]
    with writer.element("table:table", attributes):
        writer.empty(
            "table:table-source",
            {
                "xlink:type": "simple",
                "xlink:href": book.url
                if book.target.lower().startswith(_SCHEMES)
                else _from_package(book.target),
                "table:table-name": sheet,
                "table:mode": "copy-results-only",
            },
        )
        width = max(max(cells) for cells in rows.values())
        writer.empty("table:table-column", {"table:number-columns-repeated": str(width)})
        before = 0
        for row in sorted(rows):
            if row - before > 1:
                with writer.element("table:table-row", {"table:number-rows-repeated": str(row - before - 1)}):
                    writer.empty("table:table-cell")
            before = row
            with writer.element("table:table-row"):
                _write_cells(writer, rows[row])


def _from_package(target: str) -> str:
    """A relative address as it is seen from inside the package (ODF 1.3 Part 2, 3.7)."""
    target = target.replace("\\", "/").replace(" ", "%20")
    return "file://" + target if target.startswith("/") else "../" + target


def _write_cells(writer: XmlWriter, cells: dict[int, tuple[str, str]]) -> None:
    before = 0
    for column in sorted(cells):
        if column - before > 1:
            writer.empty("table:table-cell", {"table:number-columns-repeated": str(column - before - 1)})
        before = column
        kind, value = cells[column]
        if kind == "b":
            logical = "true" if value.strip() in ("1", "true") else "false"
            writer.empty(
                "table:table-cell", {"office:value-type": "boolean", "office:boolean-value": logical}
            )
        elif kind == "n" and _is_number(value):
            writer.empty("table:table-cell", {"office:value-type": "float", "office:value": value.strip()})
        else:
            with writer.element("table:table-cell", {"office:value-type": "string"}):
                writer.text_element("text:p", unescape(value))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
