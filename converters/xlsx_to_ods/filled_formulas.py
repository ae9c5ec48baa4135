"""Formulas filled down a column, by example: what one says in SpreadsheetML and in ODF, with its row left open.

A formula whose text is the example's, but for its row, has the example's translation, but for its row: so the rows of
a column need one translation, and a comparison each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from converters.odf.xmlwriter import escape_attribute, escape_text
from converters.xlsx_to_ods.formulas import Corner, Piece
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, column_letters, column_number

# what may stand in a formula that moves with its row: strings and names of sheets as they are, rows of references
_PARTS = re.compile(
    r"""(?P<kept> "(?:[^"]|"")*" | (?<![:\w.])'(?:[^']|'')*'! | (?<![:\w.'\#])[^\W\d][\w.]*!)
      | (?<![\w.\\?])(?P<column>[A-Za-z]{1,3})(?P<row>[1-9]\d{0,6})(?![\w.(\\?!])""",
    re.VERBOSE | re.ASCII,
)
_WHOLE_ROWS = re.compile(r"\d:\$?\d")
_UNSURE = re.compile(r"[!'\[]")

Pieces = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """UTF-8 text with row numbers left open: ``texts`` stand around them, ``distances`` are theirs from the own row."""

    texts: tuple[bytes, ...]
    distances: tuple[int, ...]

    def at(self, row: int) -> bytes | None:
        """The text in a row; None where a number would leave the sheet."""
        numbers = [row + distance for distance in self.distances]
        if numbers and not (min(numbers) > 0 and max(numbers) <= MAX_ROW):
            return None
        pieces = [self.texts[0]]
        for number, text in zip(numbers, self.texts[1:], strict=True):
            pieces += (b"%d" % number, text)
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class FilledFormula:
    """``source`` is the content of ``f``, ``target`` the attribute ``table:formula`` with a space before it."""

    source: Pattern
    target: Pattern


def moving_pieces(formula: str, row: int) -> Pieces | None:
    """A formula as texts and, as numbers, the distances of relative rows from its own: what formulas filled down a
    column have in common. None for those whose translation may depend on more: tables, whole rows, ranges of sheets."""
    if _WHOLE_ROWS.search(formula):
        return None
    pieces: list[str | int] = []
    position = 0
    for match in _PARTS.finditer(formula):
        between = formula[position : match.start()]
        if _UNSURE.search(between):
            return None
        position = match.end()
        if match["kept"] is not None:
            pieces.append(between + match["kept"])
        elif int(match["row"]) > MAX_ROW or column_number(match["column"]) > MAX_COLUMN:
            pieces.append(between + match[0])
        else:
            pieces += (between + match["column"], int(match["row"]) - row)
    if _UNSURE.search(formula, position):
        return None
    return (*pieces, formula[position:])


def source_pattern(pieces: Pieces) -> Pattern:
    """How Excel writes the formula: it escapes three characters, and quotation marks stay."""
    return _pattern(piece if isinstance(piece, int) else escape_text(piece) for piece in pieces)


def target_pattern(pieces: Sequence[Piece], row: int, columns: int = 0) -> Pattern:
    """The attribute of a formula that was translated in ``row``, for cells ``columns`` right of it."""
    found: list[str | int] = [' table:formula="of:=']
    for piece in pieces:
        if isinstance(piece, str):
            found.append(escape_attribute(piece))
            continue
        found += ("[" + escape_attribute(piece.first_sheet) + ".", *_corner(piece.first, row, columns))
        if piece.last is not None:
            found += (":" + escape_attribute(piece.last_sheet) + ".", *_corner(piece.last, row, columns))
        found.append("]")
    return _pattern((*found, '"'))


def _corner(corner: Corner, row: int, columns: int) -> Pieces:
    text = ""
    if corner.column is not None:
        mark = "$" if corner.column.absolute else ""
        text += mark + column_letters(corner.column.moved(columns, MAX_COLUMN))
    if corner.row is None:
        return (text,)
    if corner.row.absolute:
        return (f"{text}${corner.row.number}",)
    return (text, corner.row.number - row)


def _pattern(pieces: Iterable[str | int]) -> Pattern:
    texts, distances = [""], []
    for piece in pieces:
        if isinstance(piece, int):
            distances.append(piece)
            texts.append("")
        else:
            texts[-1] += piece
    return Pattern(tuple(text.encode("utf-8", "ignore") for text in texts), tuple(distances))
