"""The formula of a cell: plain, shared or of an array (ECMA-376 Part 1, 18.3.1.40) as ODF attributes.

What cannot be translated leaves the cell its value and is reported with its place.
"""

from __future__ import annotations

from collections.abc import Mapping

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import escape_attribute
from converters.xlsx_to_ods.data_tables import DataTable, read_data_table
from converters.xlsx_to_ods.filled_formulas import (
    FilledFormula,
    Pattern,
    Pieces,
    moving_pieces,
    source_pattern,
    target_pattern,
)
from converters.xlsx_to_ods.formulas import FormulaContext, Piece, Untranslatable, render, translate
from converters.xlsx_to_ods.references import cell_name, read_area
from converters.xlsx_to_ods.structured_references import grows_with_table
from converters.xlsx_to_ods.text_items import unescape

MAX_FILLED = 4_096
MAX_EXAMPLES = 4  # per column
MAX_SHARED = 65_536


class CellFormulas:
    """Answers for the cells of one sheet; keeps its shared formulas, and some of those filled down a column.

    ``data_tables`` are those seen so far; ``filled`` (by column) and ``shared`` (by index as written and column) are examples for the scanner of rows.
    """

    def __init__(self, context: FormulaContext, sheet: str, log: LossLog) -> None:
        self._context = context
        self._sheet = sheet
        self._log = log
        self._shared: dict[str, tuple[tuple[Piece, ...], int, int] | Untranslatable] = {}
        self._filled: dict[Pieces, tuple[tuple[Piece, ...], int]] = {}
        self._growing: set[str] = set()  # shared formulas that refer to a table that grows
        self._examples: dict[int, list[Pieces]] = {}  # by column: what was learned last, fit or not
        self.data_tables: list[DataTable] = []
        self.filled: dict[int, list[FilledFormula]] = {}
        self.shared: dict[tuple[bytes, int], Pattern] = {}

    def attributes(self, row: int, column: int, source: Mapping[str, str], text: str) -> str:
        """The formula's attributes for a cell; ``""`` where there is none or none that ODF has."""
        kind = source.get("t", "normal")
        try:
            if kind == "shared":
                return self._formula(self._shared_text(row, column, source, text))
            if kind == "dataTable":
                return self._data_table(row, column, source)
            if not text.strip():
                return ""
            spans = self._spans(source) if kind == "array" else ""
            formula = unescape(text)
            attribute = self._formula(self._plain_text(row, column, formula, learn=kind == "normal"))
            if grows_with_table(formula):
                self._report_fixed(row, column)
            return attribute + spans
        except Untranslatable as error:
            self._report(error, row, column)
            return ""

    def _data_table(self, row: int, column: int, source: Mapping[str, str]) -> str:
        table = read_data_table(source)
        if table is None:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", "TABLE")
        self.data_tables.append(table)
        return self._formula(table.formula(row, column))

    def within_data_table(self, row: int, column: int) -> str:
        """The attributes of a cell without a formula of its own; ``""`` outside data tables."""
        for table in self.data_tables:
            if table.holds(row, column):
                return self._formula(table.formula(row, column))
        return ""

    def _formula(self, text: str) -> str:
        return f' table:formula="{escape_attribute("of:=" + text)}"'

    def _plain_text(self, row: int, column: int, text: str, *, learn: bool) -> str:
        moving = moving_pieces(text, row)
        known = self._filled.get(moving) if moving is not None else None
        if known is None:
            known = translate(text, self._context, row, self._sheet), row
            if moving is not None and len(self._filled) < MAX_FILLED:
                self._filled[moving] = known
        pieces, first_row = known
        translated = render(pieces, row - first_row)
        if learn and moving is not None and "_x" not in text and moving not in self._examples.get(column, ()):
            self._learn(column, row, moving, target_pattern(pieces, first_row), self._formula(translated))
        return translated

    def _learn(self, column: int, row: int, moving: Pieces, target: Pattern, attribute: str) -> None:
        """Keep a formula as an example of its column, once it says the same as its translation, here and a row on."""
        known, examples = self._examples.setdefault(column, []), self.filled.setdefault(column, [])
        del known[MAX_EXAMPLES - 1 :], examples[MAX_EXAMPLES - 1 :]
        known.insert(0, moving)
        if target.at(row) == attribute.encode() and self._filled_text(moving, row + 1) == target.at(row + 1):
            examples.insert(0, FilledFormula(source_pattern(moving), target))

    def _filled_text(self, moving: Pieces, row: int) -> bytes | None:
        """The attribute of a formula moved to another row, translated anew."""
        text = "".join(piece if isinstance(piece, str) else str(row + piece) for piece in moving)
        try:
            pieces = translate(text, self._context, row, self._sheet)
        except Untranslatable:
            return None
        return self._formula(render(pieces)).encode()

    def _shared_text(self, row: int, column: int, source: Mapping[str, str], text: str) -> str:
        identifier = source.get("si", "")
        if text.strip():
            if identifier in self._shared:
                self.shared.clear()
            try:
                pieces = translate(unescape(text), self._context, row, self._sheet)
            except Untranslatable as error:
                self._shared[identifier] = error
                raise
            self._shared[identifier] = (pieces, row, column)
            self._growing.discard(identifier)
            if grows_with_table(unescape(text)):
                self._growing.add(identifier)
                self._report_fixed(row, column)
            return render(pieces)
        known = self._shared.get(identifier)
        if known is None:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", f"si={identifier[:20]}")
        if isinstance(known, Untranslatable):
            raise known
        pieces, first_row, first_column = known
        text = render(pieces, row - first_row, column - first_column)
        if identifier in self._growing:  # each of its cells is reported, so no scanner takes them over
            self._report_fixed(row, column)
            return text
        key = (identifier.encode(), column)
        if key not in self.shared:
            target = target_pattern(pieces, first_row, column - first_column)
            if target.at(row) == self._formula(text).encode():
                if len(self.shared) >= MAX_SHARED:
                    self.shared.clear()
                self.shared[key] = target
        return text

    def _spans(self, source: Mapping[str, str]) -> str:
        area = read_area(source.get("ref", ""))
        rows, columns = (area.rows, area.columns) if area is not None else (1, 1)
        return f' table:number-matrix-columns-spanned="{columns}" table:number-matrix-rows-spanned="{rows}"'

    def _report_fixed(self, row: int, column: int) -> None:
        place = Place("cell", container=self._sheet, cell=cell_name(row, column))
        self._log.report("TABLE_REFERENCE_FIXED", place)

    def _report(self, error: Untranslatable, row: int, column: int) -> None:
        place = Place("cell", container=self._sheet, cell=cell_name(row, column))
        if error.code == "EXTERNAL_REFERENCE_DROPPED":
            self._log.report(error.code, place)
        else:
            self._log.report(error.code, place, detail=error.detail[:60])
