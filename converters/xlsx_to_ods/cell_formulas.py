"""The formula of a cell: plain, shared or of an array (ECMA-376 Part 1, 18.3.1.40) as ODF attributes.

What cannot be translated leaves the cell its value and is reported with its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import escape_attribute
from converters.xlsx_to_ods.formulas import FormulaContext, Piece, Untranslatable, render, translate
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, cell_name, column_number, read_area
from converters.xlsx_to_ods.text_items import unescape

MAX_FILLED = 4_096
_RELATIVE_ROW = re.compile(r"(?<![\w.\\?])([A-Za-z]{1,3})([1-9]\d{0,6})(?![\w.(\\?])")
_WHOLE_ROWS = re.compile(r"\d:\$?\d")
_MARK = "\0"


def filled_key(formula: str, row: int) -> str | None:
    """What formulas filled down a column have in common: their text with relative rows as distances from their own.

    None for those whose translation may depend on more: sheets, tables, whole rows, references inside strings.
    """
    if "!" in formula or "[" in formula or "'" in formula or _MARK in formula or _WHOLE_ROWS.search(formula):
        return None

    def distance(match: re.Match[str]) -> str:
        number = int(match[2])
        if number > MAX_ROW or column_number(match[1]) > MAX_COLUMN:
            return match[0]
        return f"{match[1]}{_MARK}{number - row}{_MARK}"

    key = _RELATIVE_ROW.sub(distance, formula)
    return None if any(_MARK in text for text in key.split('"')[1::2]) else key


class CellFormulas:
    """Answers for the cells of one sheet; keeps its shared formulas, and some of those filled down a column."""

    def __init__(self, context: FormulaContext, sheet: str, log: LossLog) -> None:
        self._context = context
        self._sheet = sheet
        self._log = log
        self._shared: dict[str, tuple[tuple[Piece, ...], int, int] | Untranslatable] = {}
        self._filled: dict[str, tuple[tuple[Piece, ...], int]] = {}

    def attributes(self, row: int, column: int, source: Mapping[str, str], text: str) -> str:
        """The formula's attributes for a cell; ``""`` where there is none or none that ODF has."""
        kind = source.get("t", "normal")
        try:
            if kind == "shared":
                return self._formula(self._shared_text(row, column, source, text))
            if kind == "dataTable":
                raise Untranslatable("FORMULA_NOT_TRANSLATED", "TABLE")
            if not text.strip():
                return ""
            spans = self._spans(source) if kind == "array" else ""
            return self._formula(self._plain_text(row, unescape(text))) + spans
        except Untranslatable as error:
            self._report(error, row, column)
            return ""

    def _formula(self, text: str) -> str:
        return f' table:formula="{escape_attribute("of:=" + text)}"'

    def _plain_text(self, row: int, text: str) -> str:
        key = filled_key(text, row)
        known = self._filled.get(key) if key is not None else None
        if known is not None:
            return render(known[0], row - known[1])
        pieces = translate(text, self._context, row, self._sheet)
        if key is not None and len(self._filled) < MAX_FILLED:
            self._filled[key] = (pieces, row)
        return render(pieces)

    def _shared_text(self, row: int, column: int, source: Mapping[str, str], text: str) -> str:
        identifier = source.get("si", "")
        if text.strip():
            try:
                pieces = translate(unescape(text), self._context, row, self._sheet)
            except Untranslatable as error:
                self._shared[identifier] = error
                raise
            self._shared[identifier] = (pieces, row, column)
            return render(pieces)
        known = self._shared.get(identifier)
        if known is None:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", f"si={identifier[:20]}")
        if isinstance(known, Untranslatable):
            raise known
        pieces, first_row, first_column = known
        return render(pieces, row - first_row, column - first_column)

    def _spans(self, source: Mapping[str, str]) -> str:
        area = read_area(source.get("ref", ""))
        rows, columns = (area.rows, area.columns) if area is not None else (1, 1)
        return f' table:number-matrix-columns-spanned="{columns}" table:number-matrix-rows-spanned="{rows}"'

    def _report(self, error: Untranslatable, row: int, column: int) -> None:
        place = Place("cell", container=self._sheet, cell=cell_name(row, column))
        if error.code == "EXTERNAL_REFERENCE_DROPPED":
            self._log.report(error.code, place)
        else:
            self._log.report(error.code, place, detail=error.detail[:60])
