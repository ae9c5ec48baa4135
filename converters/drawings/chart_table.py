"""The table of values inside a chart, and the data styles of its numbers (ODF 1.3 Part 3, 11.1, 9.1, 16.29)."""

from __future__ import annotations

import re

from converters.drawings.context import DrawingContext
from converters.odf.xmlwriter import XmlWriter
from converters.units import number

_TABLE = "local-table"


class ChartTable:
    """Gathers columns while series are written; the first column holds the categories, the first row headings."""

    def __init__(self, categories: tuple[str, ...]) -> None:
        self._categories = categories
        self._columns: list[tuple[str, tuple[str, ...]]] = []

    @property
    def categories(self) -> str:
        """The address of the categories."""
        return f"{_TABLE}.$A$2:.$A${len(self._categories) + 1}"

    def column(self, heading: str, values: tuple[str, ...]) -> tuple[str, str]:
        """Put values into a new column: (address of its heading, address of the values)."""
        self._columns.append((heading, values))
        letter = column_letter(len(self._columns))
        last = max(2, len(values) + 1)
        return f"{_TABLE}.${letter}$1", f"{_TABLE}.${letter}$2:.${letter}${last}"

    def write(self, writer: XmlWriter) -> None:
        categories = self._categories
        # a table has a row at least (9.1.2): one of gaps for a chart of which the source stores no values
        rows = max([1, len(categories), *(len(values) for _, values in self._columns)])
        with writer.element("table:table", {"table:name": _TABLE}):
            with writer.element("table:table-header-columns"):
                writer.empty("table:table-column")
            if self._columns:
                with writer.element("table:table-columns"):
                    columns = {"table:number-columns-repeated": str(len(self._columns))}
                    writer.empty("table:table-column", columns)
            with writer.element("table:table-header-rows"), writer.element("table:table-row"):
                _write_text(writer, "")
                for heading, _ in self._columns:
                    _write_text(writer, heading)
            with writer.element("table:table-rows"):
                for row in range(rows):
                    with writer.element("table:table-row"):
                        _write_text(writer, categories[row] if row < len(categories) else "")
                        for _, values in self._columns:
                            _write_value(writer, values[row] if row < len(values) else "")


def _write_text(writer: XmlWriter, text: str) -> None:
    with writer.element("table:table-cell", {"office:value-type": "string"}):
        writer.text_element("text:p", text)


def _write_value(writer: XmlWriter, value: str) -> None:
    """A number; a gap, or what is no number, as NaN, which charts leave out."""
    shown = number(float(value), 12) if is_number(value) else "NaN"
    with writer.element("table:table-cell", {"office:value-type": "float", "office:value": shown}):
        writer.text_element("text:p", shown)


def is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


def column_letter(index: int) -> str:
    """The letters of a column counted from 0: ``column_letter(27) == "AB"``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_DECIMALS = re.compile(r"0(?:\.(0+))?")


def number_style(context: DrawingContext, code: str) -> str | None:
    """The data style for a plain number format code (18.8.30): decimals, thousands, percent; None for any other."""
    plain = code.split(";", 1)[0].replace("\\", "").replace('"', "").strip()
    if not plain or plain == "General" or not re.fullmatch(r"[^A-Za-z\[\]@]*", plain):
        return None
    match = _DECIMALS.search(plain)
    decimals = len(match[1] or "") if match is not None else 0
    prefix = re.match(r"[^0#.,?_*(]*", plain)
    is_percent = plain.endswith("%")

    def write(writer: XmlWriter, name: str) -> None:
        with writer.element(
            "number:percentage-style" if is_percent else "number:number-style", {"style:name": name}
        ):
            if prefix is not None and prefix[0].strip():
                writer.text_element("number:text", prefix[0])
            grouping = "true" if "#,##" in plain else None
            writer.empty(
                "number:number",
                {
                    "number:decimal-places": str(decimals),
                    "number:min-decimal-places": str(decimals),
                    "number:min-integer-digits": "1" if "0" in plain else "0",
                    "number:grouping": grouping,
                },
            )
            if is_percent:
                writer.text_element("number:text", "%")

    return context.automatic.name_for_fragment("N", write)
