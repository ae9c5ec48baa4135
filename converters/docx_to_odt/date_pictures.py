"""Date pictures of fields (``\\@ "dd.MM.yyyy"``) as date styles (ECMA-376 Part 1, 17.16.4.1; ODF 1.3 Part 3, 16.29.10)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from converters.odf.stylesheet import AutomaticStyles
from converters.odf.xmlwriter import XmlWriter

_PIECE = re.compile(
    r"'([^']*)'|(d{1,4}|M{1,4}|yyyy|yy|[hH]{1,2}|m{1,2}|s{1,2}|[aA][mM]/[pP][mM])|(.)", re.DOTALL
)
_SHORT: dict[str, str | None] = {}
_LONG: dict[str, str | None] = {"number:style": "long"}
_PIECES: Mapping[str, tuple[str, dict[str, str | None]]] = {
    "d": ("number:day", _SHORT),
    "dd": ("number:day", _LONG),
    "ddd": ("number:day-of-week", _SHORT),
    "dddd": ("number:day-of-week", _LONG),
    "M": ("number:month", _SHORT),
    "MM": ("number:month", _LONG),
    "MMM": ("number:month", {"number:textual": "true"}),
    "MMMM": ("number:month", {"number:textual": "true", **_LONG}),
    "yy": ("number:year", _SHORT),
    "yyyy": ("number:year", _LONG),
    "h": ("number:hours", _SHORT),
    "hh": ("number:hours", _LONG),
    "m": ("number:minutes", _SHORT),
    "mm": ("number:minutes", _LONG),
    "s": ("number:seconds", _SHORT),
    "ss": ("number:seconds", _LONG),
    "am/pm": ("number:am-pm", _SHORT),
}
_DEFAULT_DATE, _DEFAULT_TIME = "M/d/yyyy", "HH:mm"


def date_style(automatic: AutomaticStyles, picture: str, *, time: bool = False) -> str:
    """The name of the date or time style for a picture; the default of Word where there is none."""
    picture = picture or (_DEFAULT_TIME if time else _DEFAULT_DATE)
    tag = "number:time-style" if time else "number:date-style"

    def write(writer: XmlWriter, name: str) -> None:
        with writer.element(tag, {"style:name": name}):
            literal = ""
            for quoted, code, other in _PIECE.findall(picture):
                element = _PIECES.get(code.lower() if code[:1] in "hHaA" else code) if code else None
                if element is None or (time and element[0] in _DATE_ONLY):
                    literal += quoted or code or other
                    continue
                if literal:
                    writer.text_element("number:text", literal)
                literal = ""
                writer.empty(*element)
            if literal:
                writer.text_element("number:text", literal)

    return automatic.name_for_fragment("N", write)


_DATE_ONLY = frozenset(("number:day", "number:day-of-week", "number:month", "number:year"))
