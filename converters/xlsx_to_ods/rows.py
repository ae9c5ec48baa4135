"""The rows of a sheet, streamed: expat in, table rows out, in memory that does not grow with their number.

ECMA-376 Part 1, 18.3.1.73 (row), 18.3.1.4 (c). What SpreadsheetML says after the rows, and ODF on them, comes in with
``RowRegions`` (areas) and ``CellExtra`` (single cells).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import escape_attribute
from converters.ooxml.package import Package
from converters.xlsx_to_ods.cell_formulas import CellFormulas
from converters.xlsx_to_ods.part_stream import local_name, parse_part
from converters.xlsx_to_ods.plain_cells import PlainCells
from converters.xlsx_to_ods.plain_rows import PlainRows
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, cell_name, column_number
from converters.xlsx_to_ods.row_growth import RowGrowth
from converters.xlsx_to_ods.row_layout import RowLayout
from converters.xlsx_to_ods.string_table import StringTable
from converters.xlsx_to_ods.styles import CellFormat
from converters.xlsx_to_ods.text_items import IGNORED as IGNORED_IN_TEXT
from converters.xlsx_to_ods.text_items import StyleForRun, TextItem, paragraphs, unescape
from converters.xlsx_to_ods.values import (
    ERROR_ATTRIBUTES,
    FIRST_SAFE_SERIAL_1900,
    ODF_ERRORS,
    boolean_attributes,
    date_attributes,
    iso_date_attributes,
    number_text,
    time_attributes,
)
from converters.xlsx_to_ods.workbook import Workbook

_MANY_ROWS_BYTES = 1 << 18  # after so many the strings that they asked for are let go

# local names inside sheetData, for the support matrix; expat's handlers below call them by name
HANDLED = ("sheetData", "row", "c", "f", "v", "is", "t", "r", "rPr")
IGNORED = {**IGNORED_IN_TEXT, "extLst": "future properties of a row or cell; none changes a value"}


class RowReader:
    """Reads the rows of one sheet part into a :class:`RowLayout`."""

    def __init__(
        self,
        formats: Sequence[CellFormat],
        strings: StringTable,
        style_for_run: StyleForRun,
        workbook: Workbook,
        epoch: Any,
        formulas: CellFormulas,
        layout: RowLayout,
        sheet: str,
        log: LossLog,
        growth: RowGrowth,
    ) -> None:
        self._growth = growth
        self._strings = strings
        self._item = TextItem(style_for_run)
        self._workbook = workbook
        self._epoch = epoch
        self._formulas = formulas
        self._layout = layout
        self._sheet = sheet
        self._log = log
        self._value_types = [item.number.value_type for item in formats]
        default = f' table:style-name="{formats[0].style}"'
        plain = default if layout.styled_columns else ""
        self._style_attributes = [
            f' table:style-name="{item.style}"' if index else plain for index, item in enumerate(formats)
        ]
        if formats[0].style != "Default":
            self._style_attributes[0] = f' table:style-name="{formats[0].style}"'
        # without a style, LibreOffice calculates a formula's cell when it loads it
        self._formula_style_attributes = [style or default for style in self._style_attributes]
        self._number_attributes = [
            f'{style} office:value-type="{kind}" office:value="' if kind in ("float", "percentage") else None
            for style, kind in zip(self._style_attributes, self._value_types, strict=True)
        ]
        self._string_attributes = [style + ' office:value-type="string"' for style in self._style_attributes]
        self._between = False  # whether the parser stands between two rows
        self._plain = PlainRows(
            PlainCells(
                self._style_attributes,
                self._formula_style_attributes,
                self._value_types,
                {"date": self._plain_date, "time": time_attributes},
                strings,
                formulas,
                growth,
                layout.row_style,
                layout.styled_columns,
            )
        )

    # -- plain rows (PlainUnits of part_stream) ------------------------------------------------------------------

    container, unit = b"sheetData", b"row"

    def between(self) -> bool:
        return self._between

    def take(self, data: bytes, position: int, limit: int) -> int:
        first, last = self._layout.plain_rows()
        if first > last or any(first <= table.area.last_row for table in self._formulas.data_tables):
            return position
        end, row, rows = self._plain.scan(data, position, limit, first, last)
        if row >= first:
            self._layout.add_plain_rows(row, rows)
        if end - position >= _MANY_ROWS_BYTES:
            self._strings.release()
        return end

    # -- rows from the parser ------------------------------------------------------------------------------------

    def read(self, package: Package, part: str) -> None:
        """Stream the part. Raises Refused as :func:`parse_part`."""

        def before(parser: Any, name: str) -> None:
            if local_name(name) == "sheetData":
                self._prepare(parser, name.removesuffix("sheetData"))

        def wait(parser: Any) -> None:
            parser.StartElementHandler = lambda name, _attributes: before(parser, name)

        parse_part(package, part, wait, self)

    def _prepare(self, parser: Any, mark: str) -> None:
        """Set the handlers: closures over local names, since they run several times per cell.

        ``mark`` is the prefix that the part gives the main namespace, with its colon.
        """
        row_tag, cell_tag, value_tag, formula_tag, inline_tag, data_tag = (
            mark + name for name in ("row", "c", "v", "f", "is", "sheetData")
        )
        chunks: list[str] = []
        strings, layout, item = self._strings, self._layout, self._item
        self._between = True
        number_attributes, string_attributes = self._number_attributes, self._string_attributes
        style_count = len(string_attributes)
        tall, wrapping, needed_twips = self._growth.tall, self._growth.wrapping, self._growth.needed_twips
        add_cell, data_tables = layout.add_cell, self._formulas.data_tables
        columns: dict[str, int] = {}
        row = column = style = 0
        kind: str | None = None
        value: str | None = None
        formula: tuple[Mapping[str, str], str] | None = None
        formula_attributes: Mapping[str, str] = {}
        inline = False

        def start(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal row, column, style, kind, value, formula, formula_attributes, inline
            if name == cell_tag:
                reference = attributes.get("r")
                if reference is None:
                    column += 1
                else:
                    letters = reference.rstrip("0123456789")
                    found = columns.get(letters)
                    if found is None:
                        found = columns[letters] = column_number(letters) if letters.isalpha() else column + 1
                    column = found
                try:
                    style = int(attributes.get("s", 0))
                except ValueError:
                    style = 0
                if not 0 <= style < style_count:
                    style = 0
                if style in tall:
                    layout.needed_twips = max(layout.needed_twips, tall[style])
                kind = attributes.get("t")
                value = formula = None
                chunks.clear()
            elif name == value_tag:
                chunks.clear()
            elif name == row_tag:
                self._between = False
                row = layout.start_row(attributes)
                column = 0
            elif name == formula_tag:
                formula_attributes = attributes
                chunks.clear()
            elif name == inline_tag:
                inline = True
                item.clear()
                parser.CharacterDataHandler = item.chunks.append
            elif inline:
                item.start(name[len(mark) :], attributes)
            elif not self._between:
                self._unknown(name[len(mark) :], row)

        def end(name: str) -> None:
            nonlocal value, formula, inline
            if name == value_tag:
                value = "".join(chunks)
            elif name == cell_tag:
                if formula is None and value is not None and not data_tables:
                    if kind == "s":
                        try:
                            text = strings[_index(value)]
                            if text and style in wrapping:
                                layout.need(column, needed_twips(column, style, text))
                            if add_cell(column, string_attributes[style], text):
                                return
                        except (ValueError, IndexError):
                            text = ""  # said below, where the cell is written
                    elif kind is None or kind == "n":
                        known = number_attributes[style]
                        if (
                            known is not None
                            and ((value.isdigit() and value.isascii()) or number_text(value))
                            and add_cell(column, known + value.strip() + '"', "")
                        ):
                            return
                self._general_cell(row, column, style, kind, value, formula)
            elif name == formula_tag:
                formula = (formula_attributes, "".join(chunks))
            elif name == row_tag:
                layout.end_row()
                self._between = True
            elif name == inline_tag:
                inline = False
                value = None
                parser.CharacterDataHandler = chunks.append
            elif inline:
                item.end(name[len(mark) :])
            elif name == data_tag:
                parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = chunks.append

    # -- cells off the fast path -------------------------------------------------------------------------------

    def _general_cell(
        self,
        row: int,
        column: int,
        style: int,
        kind: str | None,
        value: str | None,
        formula: tuple[Mapping[str, str], str] | None,
    ) -> None:
        attributes = ""
        if formula is not None:
            attributes = self._formulas.attributes(row, column, formula[0], formula[1])
        elif self._formulas.data_tables:
            attributes = self._formulas.within_data_table(row, column)
        shown, content = self._value(row, column, style, kind, value, attributes != "")
        if content and style in self._growth.wrapping:
            self._layout.need(column, self._growth.needed_twips(column, style, content))
        style_attribute = (self._formula_style_attributes if attributes else self._style_attributes)[style]
        added = self._layout.add_cell(column, style_attribute + attributes + shown, content)
        if not added and (shown or attributes):
            self._log.report("CELL_MISPLACED", self._place(row, column))

    def _value(
        self, row: int, column: int, style: int, kind: str | None, value: str | None, has_formula: bool
    ) -> tuple[str, str]:
        """(value attributes, content) of a cell of any type."""
        if kind == "inlineStr" and value is None:
            fragment, text = self._item.fragment(), self._item.text()
            self._item.clear()
            return (' office:value-type="string"', fragment) if text else ("", "")
        if value is None:
            return "", ""
        if kind in (None, "n"):
            return self._number(row, column, style, value)
        if kind == "s":
            try:
                return ' office:value-type="string"', self._strings[_index(value)]
            except (ValueError, IndexError):
                self._bad_string(row, column)
                return "", ""
        if kind == "b":
            attributes = boolean_attributes(value)
            return attributes, f"<text:p>{'TRUE' if 'true' in attributes else 'FALSE'}</text:p>"
        if kind == "e":
            return self._error(row, column, value.strip(), has_formula)
        if kind == "d":
            date_value = iso_date_attributes(value)
            if date_value is not None:
                return date_value, ""
        text = unescape(value)
        # LibreOffice takes a formula's text from the attribute alone once another cell asks for it
        result = f' office:string-value="{escape_attribute(text)}"' if has_formula else ""
        return ' office:value-type="string"' + result, paragraphs(text)

    def _number(self, row: int, column: int, style: int, value: str) -> tuple[str, str]:
        if not number_text(value):
            if not value.strip():
                return "", ""
            self._log.report("VALUE_KEPT_AS_TEXT", self._place(row, column), value=value.strip()[:80])
            return ' office:value-type="string"', paragraphs(value)
        value = value.strip()
        kind = self._value_types[style]
        if kind == "date":
            if self._is_early(value):
                self._log.report("DATE_BEFORE_MARCH_1900", self._place(row, column))
            return date_attributes(value, self._epoch), ""
        if kind == "time":
            return time_attributes(value), ""
        return f' office:value-type="{kind}" office:value="{value}"', ""

    def _is_early(self, serial: str) -> bool:
        return not self._workbook.date_1904 and 0 < float(serial) < FIRST_SAFE_SERIAL_1900

    def _plain_date(self, serial: str) -> str | None:
        """As :data:`~converters.xlsx_to_ods.plain_cells.SerialAttributes`."""
        return None if self._is_early(serial) else date_attributes(serial, self._epoch)

    def _error(self, row: int, column: int, value: str, has_formula: bool) -> tuple[str, str]:
        text = paragraphs(value)
        if has_formula:
            return ERROR_ATTRIBUTES, text
        if value in ODF_ERRORS:
            return f' table:formula="of:={value}"{ERROR_ATTRIBUTES}', text
        self._log.report("VALUE_KEPT_AS_TEXT", self._place(row, column), value=value[:80])
        return ' office:value-type="string"', text

    def _bad_string(self, row: int, column: int) -> None:
        """Said without its number: a workbook that lost its texts loses them all."""
        self._log.report("SHARED_STRING_MISSING", self._place(row, column))

    def _unknown(self, name: str, row: int) -> None:
        if name not in IGNORED:
            place = Place("row", index=min(row, MAX_ROW), container=self._sheet)
            self._log.report("UNKNOWN_ELEMENT", place, element=f"x:{name}", parent="x:sheetData")

    def _place(self, row: int, column: int) -> Place:
        return Place("cell", container=self._sheet, cell=cell_name(row, min(column, MAX_COLUMN)))


def _index(text: str) -> int:
    """The index of a shared string. Raises ValueError for what is no count from 0."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number
