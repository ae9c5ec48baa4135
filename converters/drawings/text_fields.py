"""Fields in DrawingML text: slide numbers and dates (ECMA-376 Part 1, 21.1.2.2.4)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn

Part = tuple[str, dict[str, str]]
_LONG = {"number:style": "long"}
_D: Part = ("number:day", {})
_M: Part = ("number:month", {})
_Y: Part = ("number:year", _LONG)
_DD: Part = ("number:day", _LONG)
_MONTH: Part = ("number:month", {**_LONG, "number:textual": "true"})
_SHORT_MONTH: Part = ("number:month", {"number:textual": "true"})
_WEEKDAY: Part = ("number:day-of-week", _LONG)
_SHORT_YEAR: Part = ("number:year", {})
_H: Part = ("number:hours", {})
_HH: Part = ("number:hours", _LONG)
_MIN: Part = ("number:minutes", _LONG)
_SEC: Part = ("number:seconds", _LONG)
_HALF: Part = ("number:am-pm", {})
# field type -> its parts, for English (21.1.2.2.4): other languages keep the order
_FORMATS: dict[str, tuple[str | Part, ...]] = {
    "datetime1": (_M, "/", _D, "/", _Y),
    "datetime2": (_WEEKDAY, ", ", _MONTH, " ", _DD, ", ", _Y),
    "datetime3": (_D, " ", _MONTH, " ", _Y),
    "datetime4": (_MONTH, " ", _DD, ", ", _Y),
    "datetime5": (_DD, "-", _SHORT_MONTH, "-", _SHORT_YEAR),
    "datetime6": (_MONTH, " ", _SHORT_YEAR),
    "datetime7": (_SHORT_MONTH, "-", _SHORT_YEAR),
    "datetime8": (_M, "/", _D, "/", _Y, " ", _H, ":", _MIN, " ", _HALF),
    "datetime9": (_M, "/", _D, "/", _Y, " ", _H, ":", _MIN, ":", _SEC, " ", _HALF),
    "datetime10": (_HH, ":", _MIN),
    "datetime11": (_HH, ":", _MIN, ":", _SEC),
    "datetime12": (_H, ":", _MIN, " ", _HALF),
    "datetime13": (_H, ":", _MIN, ":", _SEC, " ", _HALF),
}
_TIMES = frozenset(("datetime10", "datetime11", "datetime12", "datetime13"))


def write_field(writer: XmlWriter, field: etree._Element, context: DrawingContext) -> None:
    """Write a field with the text that it showed last; one of an unknown type stays as that text."""
    text = field.findtext(qn("a:t")) or ""
    kind = field.get("type", "")
    if kind == "slidenum":
        writer.text_element("text:page-number", text or "<number>")
    elif kind == "datetime":
        writer.text_element("text:date", text)
    elif kind in _FORMATS:
        tag = "text:time" if kind in _TIMES else "text:date"
        writer.text_element(tag, text, {"style:data-style-name": _data_style(kind, context)})
    else:
        write_text(writer, text)


def _data_style(kind: str, context: DrawingContext) -> str:
    tag = "number:time-style" if kind in _TIMES else "number:date-style"
    return context.automatic.name_for_fragment("D", _writer_of(tag, kind))


def _writer_of(tag: str, kind: str) -> Callable[[XmlWriter, str], None]:
    def write(writer: XmlWriter, name: str) -> None:
        with writer.element(tag, {"style:name": name}):
            for part in _FORMATS[kind]:
                if isinstance(part, str):
                    writer.text_element("number:text", part)
                else:
                    writer.empty(part[0], part[1])

    return write
