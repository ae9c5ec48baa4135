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
_TEXTUAL = {"number:textual": "true"}
_DAY: Part = ("number:day", {})
_MONTH: Part = ("number:month", {**_LONG, **_TEXTUAL})
_YEAR: Part = ("number:year", _LONG)
_HOURS: Part = ("number:hours", {})
_MINUTES: Part = ("number:minutes", {})
_SECONDS: Part = ("number:seconds", {})
_HALF: Part = ("number:am-pm", {})
# Of the data styles of a field on a slide LibreOffice knows these alone, by their parts in this order, and shows each
# in the order of the text's language: November 22, 2026 for the long one in English. Any other is shown as 11/22/26.
_STYLES: dict[str, tuple[str | Part, ...]] = {
    "short": (("number:day", _LONG), ".", ("number:month", _LONG), ".", _YEAR),
    "medium": (_DAY, ". ", ("number:month", _TEXTUAL), " ", _YEAR),
    "long": (_DAY, ". ", _MONTH, " ", _YEAR),
    "weekday": (("number:day-of-week", _LONG), ", ", _DAY, ". ", _MONTH, " ", _YEAR),
    "24 hours": (_HOURS, ":", _MINUTES),
    "24 hours with seconds": (_HOURS, ":", _MINUTES, ":", _SECONDS),
    "12 hours": (_HOURS, ":", _MINUTES, _HALF),
    "12 hours with seconds": (_HOURS, ":", _MINUTES, ":", _SECONDS, _HALF),
}
_TIMES = frozenset(name for name in _STYLES if "hours" in name)
# field type (21.1.2.2.4) -> the nearest of these; a date with a time is two fields
_TYPES: dict[str, tuple[str, ...]] = {
    "datetime1": ("short",),
    "datetime2": ("weekday",),
    "datetime3": ("long",),
    "datetime4": ("long",),
    "datetime5": ("medium",),
    "datetime6": ("long",),
    "datetime7": ("medium",),
    "datetime8": ("short", "12 hours"),
    "datetime9": ("short", "12 hours with seconds"),
    "datetime10": ("24 hours",),
    "datetime11": ("24 hours with seconds",),
    "datetime12": ("12 hours",),
    "datetime13": ("12 hours with seconds",),
}


def write_field(writer: XmlWriter, field: etree._Element, context: DrawingContext) -> None:
    """Write a field with the text that it showed last; one of an unknown type stays as that text."""
    text = field.findtext(qn("a:t")) or ""
    kind = field.get("type", "")
    if kind == "slidenum":
        writer.text_element("text:page-number", text or "<number>")
    elif kind == "datetime":
        writer.text_element("text:date", text)
    elif kind in _TYPES:
        styles = _TYPES[kind]
        for number, (style, shown) in enumerate(zip(styles, _shown(text, len(styles)), strict=True)):
            if number:
                write_text(writer, " ")
            tag = "text:time" if style in _TIMES else "text:date"
            writer.text_element(tag, shown, {"style:data-style-name": _data_style(style, context)})
    else:
        write_text(writer, text)


def _shown(text: str, fields: int) -> list[str]:
    """The text that each of the fields showed last."""
    parts = text.split(" ", fields - 1)
    return parts + [""] * (fields - len(parts))


def _data_style(style: str, context: DrawingContext) -> str:
    tag = "number:time-style" if style in _TIMES else "number:date-style"
    return context.automatic.name_for_fragment("D", _writer_of(tag, style))


def _writer_of(tag: str, style: str) -> Callable[[XmlWriter, str], None]:
    def write(writer: XmlWriter, name: str) -> None:
        with writer.element(tag, {"style:name": name}):
            for part in _STYLES[style]:
                if isinstance(part, str):
                    writer.text_element("number:text", part)
                else:
                    writer.empty(part[0], part[1])

    return write
