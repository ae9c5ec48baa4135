"""Formulas of Excel as OpenFormula (ODF 1.3 Part 4): references, separators, operators, names and functions.

A formula is translated once into pieces, literal text and references; rendering the pieces at an offset gives the
formula of any cell that shares it (ECMA-376 Part 1, 18.3.1.40).
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from converters.xlsx_to_ods.external_links import ExternalBook
from converters.xlsx_to_ods.formula_tokens import FormulaSyntaxError, Token, tokens
from converters.xlsx_to_ods.function_names import Version, known_function
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, column_letters, column_number, quoted_sheet
from converters.xlsx_to_ods.structured_references import Table, resolve_table

_REFERENCES = frozenset(("cells", "columns", "rows", "name", "table", "sheet"))
_ODF_ERRORS = frozenset(("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!"))
_EXTERNAL = re.compile(r"\[(\d+)\](.+)$")
_OPERAND_ENDS = _REFERENCES | {"close"}
_OPERAND_STARTS = _REFERENCES | {"open", "function"}


class Untranslatable(Exception):
    """A formula without a counterpart: ``code`` is the loss it means, ``detail`` what stands in the way."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Coordinate:
    """A row or column number of a reference; a relative one moves with the formula, around the sheet's edge."""

    number: int
    absolute: bool

    def moved(self, delta: int, limit: int) -> int:
        return self.number if self.absolute else (self.number - 1 + delta) % limit + 1


@dataclass(frozen=True, slots=True)
class Corner:
    """``column`` None stands for whole rows, ``row`` None for whole columns."""

    column: Coordinate | None
    row: Coordinate | None

    def render(self, rows: int, columns: int) -> str:
        text = ""
        if self.column is not None:
            mark = "$" if self.column.absolute else ""
            text += mark + column_letters(self.column.moved(columns, MAX_COLUMN))
        if self.row is not None:
            mark = "$" if self.row.absolute else ""
            text += mark + str(self.row.moved(rows, MAX_ROW))
        return text


@dataclass(frozen=True, slots=True)
class Reference:
    """``first_sheet`` and ``last_sheet`` are prefixes in ODF's notation (``$'My sheet'``), ``""`` for the own sheet."""

    first: Corner
    last: Corner | None = None
    first_sheet: str = ""
    last_sheet: str = ""

    def render(self, rows: int, columns: int) -> str:
        text = f"[{self.first_sheet}.{self.first.render(rows, columns)}"
        if self.last is not None:
            text += f":{self.last_sheet}.{self.last.render(rows, columns)}"
        return text + "]"


Piece = str | Reference


@dataclass(slots=True)
class FormulaContext:
    """What names in formulas may mean: sheets and tables of the workbook (tables by name in lower case).

    ``libreoffice`` is the version that is to calculate them: functions newer than it are not translated.
    ``external`` are the workbooks that are named by number. ``names``: those that the result has, in lower case; None
    for any. ``macros``: the functions of the workbook's own macros that are carried, by folded name.
    """

    sheets: Sequence[str] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    libreoffice: Version = (25, 2)
    external: Sequence[ExternalBook | None] = ()
    names: Container[str] | None = None
    macros: Container[str] = ()


def render(pieces: Sequence[Piece], rows: int = 0, columns: int = 0) -> str:
    """The formula text for a cell that stands ``rows`` below and ``columns`` right of the translated one's."""
    return "".join([piece if type(piece) is str else piece.render(rows, columns) for piece in pieces])  # type: ignore[union-attr]


def translate(formula: str, context: FormulaContext, row: int = 1, sheet: str = "") -> tuple[Piece, ...]:
    """The pieces of a formula (without ``=``) in a row of a sheet. Raises Untranslatable."""
    try:
        return _Translation(context, row, sheet).run(list(tokens(formula.strip().removeprefix("="))))
    except FormulaSyntaxError as error:
        raise Untranslatable("FORMULA_NOT_TRANSLATED", str(error)) from None


class _Translation:
    def __init__(self, context: FormulaContext, row: int, sheet: str) -> None:
        self.context = context
        self.row = row
        self.sheet = sheet
        self.pieces: list[Piece] = []
        self.frames: list[str] = []  # what each open parenthesis is: function, group or single
        self.singles: list[int] = []  # where the pieces of each open SINGLE start
        self.array_depth = 0

    def run(self, stream: list[Token]) -> tuple[Piece, ...]:
        pending_sheet = ""
        for index, token in enumerate(stream):
            if token.kind == "sheet":
                pending_sheet = token.text[:-1]
                continue
            getattr(self, "_" + token.kind)(token.text, pending_sheet, stream, index)
            pending_sheet = ""
        if pending_sheet or self.frames or self.array_depth:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", "()")
        return _joined(self.pieces)

    def _space(self, text: str, _sheet: str, stream: list[Token], index: int) -> None:
        """White space between two references is the intersection operator (18.17.2.2)."""
        before = stream[index - 1].kind if index else ""
        after = stream[index + 1].kind if index + 1 < len(stream) else ""
        crossing = before in _OPERAND_ENDS and after in _OPERAND_STARTS and not self.array_depth
        self.pieces.append("!" if crossing else text.replace("\r", ""))

    def _string(self, text: str, *_: object) -> None:
        self.pieces.append(text)

    def _number(self, text: str, *_: object) -> None:
        self.pieces.append(text)

    def _error(self, text: str, *_: object) -> None:
        if text not in _ODF_ERRORS:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", text)
        self.pieces.append(text)

    def _operator(self, text: str, *_: object) -> None:
        if text in "@#":
            raise Untranslatable("FORMULA_NOT_TRANSLATED", text)
        self.pieces.append(text)

    def _open(self, _text: str, *_: object) -> None:
        self.frames.append("group")
        self.pieces.append("(")

    def _close(self, _text: str, *_: object) -> None:
        if not self.frames:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", ")")
        frame = self.frames.pop()
        self.pieces.append(")")
        if frame == "single":
            self._end_single()

    def _end_single(self) -> None:
        """The implicit intersection of [MS-XLSX] ``_xlfn.SINGLE``: what an operator takes, LibreOffice intersects.

        A function would take the whole area, so there the intersection is written.
        """
        start = self.singles.pop()
        if "function" not in self.frames and "single" not in self.frames:
            return
        inside = [
            piece for piece in self.pieces[start + 1 : -1] if not isinstance(piece, str) or piece.strip()
        ]
        area = inside[0] if len(inside) == 1 else None
        if not isinstance(area, Reference) or area.last_sheet:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", "SINGLE")
        if area.last is None:
            self.pieces[start:] = [area]
        elif area.first.column is not None and area.first.column == area.last.column:
            row = Corner(None, Coordinate(self.row, False))
            self.pieces[start:] = [area, "!", Reference(row, row, area.first_sheet)]
        else:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", "SINGLE")

    def _separator(self, _text: str, *_: object) -> None:
        """A comma separates arguments or array columns; elsewhere it is the union operator."""
        within = self.array_depth or (self.frames and self.frames[-1] == "function")
        self.pieces.append(";" if within else "~")

    def _array(self, text: str, *_: object) -> None:
        self.array_depth += {"{": 1, "}": -1}.get(text, 0)
        if self.array_depth not in (0, 1) or (text == ";" and not self.array_depth):
            raise Untranslatable("FORMULA_NOT_TRANSLATED", text)
        self.pieces.append("|" if text == ";" else text)

    def _function(self, text: str, sheet: str, *_: object) -> None:
        if text.upper() == "_XLFN.SINGLE(" and not sheet:
            self.frames.append("single")
            self.singles.append(len(self.pieces))
            self.pieces.append("(")
            return
        function = known_function(text[:-1].rstrip())
        if function is None and not sheet and text[:-1].strip().casefold() in self.context.macros:
            self.frames.append("function")
            self.pieces.append(text[:-1].strip().upper() + "(")
            return
        if function is None or function.since > self.context.libreoffice or sheet:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", text[:-1].rstrip())
        self.frames.append("function")
        self.pieces.append(function.openformula + "(")

    def _name(self, text: str, sheet: str, stream: list[Token], index: int) -> None:
        if text.upper() in ("TRUE", "FALSE") and not sheet:
            self.pieces.append(text.upper() if self.array_depth else text.upper() + "()")
            return
        if "[" in sheet and sheet != "[0]":  # a name of another workbook, which only that can resolve
            raise Untranslatable("EXTERNAL_REFERENCE_DROPPED", sheet)
        if text.upper().startswith("_XLPM."):
            text = text[6:]
        elif self.context.names is not None and text.lower() not in self.context.names:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", text)  # it would become #NAME?
        prefix = self._sheet_prefix(sheet)[0] if sheet and sheet not in ("[0]", "0") else ""
        self.pieces.append(f"{prefix.removeprefix('$')}.{text}" if prefix else text)

    def _table(self, text: str, sheet: str, *_: object) -> None:
        resolved = resolve_table(text, self.context.tables, self.row, self.sheet)
        if resolved is None or sheet:
            raise Untranslatable("FORMULA_NOT_TRANSLATED", text)
        table, area = resolved
        this_row = area.first_row == area.last_row == self.row
        prefix = "" if table.sheet == self.sheet and this_row else "$" + quoted_sheet(table.sheet)
        first = Corner(Coordinate(area.first_column, True), Coordinate(area.first_row, not this_row))
        last = Corner(Coordinate(area.last_column, True), Coordinate(area.last_row, not this_row))
        self.pieces.append(Reference(first, last if first != last else None, prefix))

    def _cells(self, text: str, sheet: str, *_: object) -> None:
        self.pieces.append(self._reference(text, sheet))

    _columns = _cells
    _rows = _cells

    def _reference(self, text: str, sheet: str) -> Piece:
        first_text, _, last_text = text.partition(":")
        first = _corner(first_text)
        last = _corner(last_text) if last_text else None
        if first is None or (last_text and last is None):
            if not sheet and not last_text:
                return text  # beyond the sheet's edge it is a name
            raise Untranslatable("FORMULA_NOT_TRANSLATED", text)
        first_sheet, last_sheet = self._sheet_prefix(sheet) if sheet else ("", "")
        if last_sheet and last is None:
            last = first
        return Reference(first, last, first_sheet, last_sheet)

    def _sheet_prefix(self, sheet: str) -> tuple[str, str]:
        """The prefixes of ``'My sheet'`` or ``Sheet1:Sheet3``. Raises Untranslatable for another workbook's."""
        if sheet.startswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        if "[" in sheet:
            return self._external_prefix(sheet), ""
        if sheet not in self.context.sheets and ":" in sheet:
            first, _, last = sheet.partition(":")
            return "$" + quoted_sheet(first), "$" + quoted_sheet(last)
        return "$" + quoted_sheet(sheet), ""

    def _external_prefix(self, sheet: str) -> str:
        """The prefix of ``[1]Sheet1``. Raises Untranslatable where the book or the sheet is not known."""
        match = _EXTERNAL.match(sheet)
        number = int(match[1]) if match else 0
        book = self.context.external[number - 1] if 0 < number <= len(self.context.external) else None
        if match is None or book is None or match[2] not in book.sheets:
            raise Untranslatable("EXTERNAL_REFERENCE_DROPPED", sheet)
        return book.prefix(match[2])


@lru_cache(maxsize=65_536)
def _corner(text: str) -> Corner | None:
    rest = text.lstrip("$")
    letters = rest.rstrip("0123456789$")
    digits = rest[len(letters) :]
    column = Coordinate(column_number(letters), text.startswith("$")) if letters else None
    row = None
    if digits.lstrip("$"):
        absolute = digits.startswith("$") if letters else text.startswith("$")
        row = Coordinate(int(digits.lstrip("$")), absolute)
    if (column and column.number > MAX_COLUMN) or (row and row.number > MAX_ROW):
        return None
    return Corner(column, row)


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring literal pieces as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)
