"""The scanner of plain rows in Python, by a regular expression per cell.

``plain_rows_compiled.pyx`` is the same for a C compiler, several times as fast; :data:`PlainRows` is the one that is
there. What a plain row is, both know alike: a cell's attributes are ``r``, ``s`` and ``t`` in this order, it has at most
a formula and a value, text is plain text, and formulas are known by example.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from converters.xlsx_to_ods.filled_formulas import FilledFormula
from converters.xlsx_to_ods.plain_cells import PlainCells
from converters.xlsx_to_ods.plain_text import PLAIN_TEXT
from converters.xlsx_to_ods.references import MAX_COLUMN, column_number
from converters.xlsx_to_ods.values import ERROR_ATTRIBUTES

_ROW = re.compile(rb'\s*+<row r="([1-9][0-9]{0,6})"([^<>]*)>')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]*"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]+)")?'
    rb'(?:/>|>(?:<f(?: aca="false"| ca="1")?>([^<>]*)</f>|<f t="shared" si="([0-9]+)"/>)?'
    rb"(?:<v>([^<>]*)</v>|<v ?/>()|<is><t(?: xml:space=\"preserve\")?>([^<>]*)</t></is>)</c>)"
)
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?").fullmatch
_TEXT = re.compile(PLAIN_TEXT).fullmatch
_INDEX = re.compile(rb"[0-9]{1,9}").fullmatch
_BOOLEANS = {b"1": (b"true", b"TRUE"), b"0": (b"false", b"FALSE")}
_ROW_END = b"</row>"
_CELL_END = b"</table:table-cell>"
_VALUE = b" office:value-type="


class RowScanner(Protocol):
    """Scans rows of one sheet with its tables."""

    def scan(self, data: bytes, position: int, limit: int, row: int, last: int) -> tuple[int, int, bytes]:
        """Translate plain rows from number ``row`` to ``last``, as long as they follow each other without gap.

        Answers where the first row begins that is not plain, or ``limit``; the number of the last row translated; and
        the rows in ODF. Rows lie wholly within ``data[:limit]``.
        """


class PythonPlainRows:
    """As :class:`RowScanner`."""

    def __init__(self, cells: PlainCells) -> None:
        self._cells = cells
        self._columns: dict[bytes, int] = {}

    def scan(self, data: bytes, position: int, limit: int, row: int, last: int) -> tuple[int, int, bytes]:
        rows: list[bytes] = []
        while row <= last:
            match = _ROW.match(data, position, limit)
            if match is None or int(match[1]) != row or not self._cells.is_plain_row(match[2]):
                break
            found = self._row(data, match.end(), limit, row)
            if found is None:
                break
            position, needed_twips, is_filled, content = found
            rows += (self._cells.row_tag(match[2], needed_twips, is_filled), content, b"</table:table-row>")
            row += 1
        return position, row - 1, b"".join(rows)

    def _row(self, data: bytes, position: int, limit: int, row: int) -> tuple[int, int, bool, bytes] | None:
        """(where the row ends, the twips that its content needs, whether a cell has a value, its cells); None where
        it is not plain."""
        cells = self._cells
        starts, tall, wrapping = cells.starts, cells.tall, cells.wrapping
        match_at, columns = _CELL.match, self._columns
        pieces: list[bytes] = []
        following = 1
        needed_twips = 0
        is_filled = False
        while match := match_at(data, position, limit):
            letters, style_text, kind, formula, shared, value, empty, inline = match.groups()
            value = value if empty is None else empty
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters.decode())
            style = int(style_text) if style_text else 0
            if not following <= column <= MAX_COLUMN or style >= len(starts):
                return None
            if value is None and inline is None:
                attributes, content = b"", b""
            else:
                found = self._cell(row, column, style, kind, formula, shared, value, inline)
                if found is None:
                    return None
                attributes, content = found
            if column > following:
                pieces.append(_empty(column - following))
            if content and wrapping[style]:
                needed_twips = max(needed_twips, cells.needed_twips(column, style, content))
            needed_twips = max(needed_twips, tall[style])
            is_filled = is_filled or bool(content) or _VALUE in attributes
            start = starts[style] if formula is None and shared is None else cells.formula_starts[style]
            pieces += (start, attributes, b">", content, _CELL_END) if content else (start, attributes, b"/>")
            following = column + 1
            position = match.end()
        if not data.startswith(_ROW_END, position, limit):
            return None
        if cells.fills_rows and following <= MAX_COLUMN:
            pieces.append(_empty(MAX_COLUMN + 1 - following))
        return position + len(_ROW_END), needed_twips, is_filled, b"".join(pieces) or b"<table:table-cell/>"

    def _cell(
        self,
        row: int,
        column: int,
        style: int,
        kind: bytes | None,
        formula: bytes | None,
        shared: bytes | None,
        value: bytes | None,
        inline: bytes | None,
    ) -> tuple[bytes, bytes] | None:
        """(attributes after the style, content) of a cell with a value; None where it is not plain."""
        cells = self._cells
        before = b""
        if formula is not None:
            found = _filled(cells.filled.get(column, ()), row, formula)
            if found is None:
                return None
            before = found
        elif shared is not None:
            target = cells.shared.get((shared, column))
            found = target.at(row) if target is not None else None
            if found is None:
                return None
            before = found
        if value is None:
            if kind != b"inlineStr" or inline is None or not _TEXT(inline):
                return None
            return before + b' office:value-type="string"', b"<text:p>%b</text:p>" % inline
        if kind is None or kind == b"n":
            if not value:
                return before, b""
            if not _NUMBER(value):
                return None
            start = cells.values[style]
            if start is not None:
                return b'%b%b%b"' % (before, start, value), b""
            serials = cells.serials[style]
            found = serials[value] if serials is not None else None
            return (before + found, b"") if found is not None else None
        if kind == b"s":
            if not _INDEX(value) or int(value) >= len(cells.strings):
                return None
            return before + b' office:value-type="string"', cells.strings.fragment(int(value))
        if kind == b"str":
            if value and not _TEXT(value):
                return None
            if before:  # as rows.py: the attribute keeps LibreOffice from calculating the text
                before += b' office:value-type="string" office:string-value="%b"' % value.replace(
                    b'"', b"&quot;"
                )
                return before, b"<text:p>%b</text:p>" % value
            return b' office:value-type="string"', b"<text:p>%b</text:p>" % value
        if kind == b"e" and before and _TEXT(value):
            return before + ERROR_ATTRIBUTES.encode(), b"<text:p>%b</text:p>" % value
        if kind == b"b" and value in _BOOLEANS:
            boolean, shown = _BOOLEANS[value]
            return (
                b'%b office:value-type="boolean" office:boolean-value="%b"' % (before, boolean),
                b"<text:p>%b</text:p>" % shown,
            )
        return None


def _empty(count: int) -> bytes:
    return (
        b'<table:table-cell table:number-columns-repeated="%d"/>' % count
        if count > 1
        else b"<table:table-cell/>"
    )


def _filled(known: tuple[FilledFormula, ...] | list[FilledFormula], row: int, formula: bytes) -> bytes | None:
    """The attribute of a formula that one of the examples stands for."""
    for example in known:
        if example.source.at(row) == formula:
            return example.target.at(row)
    return None


PlainRows: Callable[[PlainCells], RowScanner]
try:
    from converters.xlsx_to_ods.plain_rows_compiled import CompiledPlainRows

    PlainRows = CompiledPlainRows
except ImportError:  # built without a C compiler
    PlainRows = PythonPlainRows
