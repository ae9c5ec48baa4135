"""Text of DrawingML (``a:p`` in ``p:txBody``, ``a:txBody`` and their kin) as ODF paragraphs and lists.

Source: ECMA-376 Part 1, 21.1.2. Formatting is resolved to the end and written on each run and paragraph: a shape's
text keeps its look wherever it is pasted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from converters.drawings.bullets import Bullet, list_style, resolve_bullet
from converters.drawings.context import DrawingContext
from converters.drawings.fonts import font_name, is_symbol_font, symbol_text
from converters.drawings.hyperlinks import resolve_hyperlink
from converters.drawings.paragraph_properties import (
    ParagraphFormat,
    merge_paragraph,
    report_paragraph_properties,
    resolve_paragraph,
)
from converters.drawings.text_cascade import TextCascade, read_level
from converters.drawings.text_equations import equation_text
from converters.drawings.text_fields import write_field
from converters.drawings.text_properties import RunFormat, report_run_properties, resolve_text
from converters.odf.properties import ParagraphProperties, TextProperties
from converters.odf.stylesheet import Style
from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support


@dataclass(frozen=True, slots=True)
class _Paragraph:
    element: etree._Element
    level: int
    format: ParagraphFormat
    bullet: Bullet | None
    size_points: float


class TextWriter:
    """Writes the paragraphs of one text body."""

    def __init__(self, writer: XmlWriter, cascade: TextCascade, context: DrawingContext) -> None:
        self._writer = writer
        self._cascade = cascade
        self._context = context

    def write(self, body: etree._Element) -> None:
        """Write all paragraphs of a text body; consecutive ones with bullets as one list."""
        for group in _groups([self._read(element) for element in body.iterfind(qn("a:p"))]):
            if group[0].bullet is None:
                self._write_paragraph(group[0])
            else:
                self._write_list(group)

    def write_line(self, write: Callable[[], None]) -> None:
        """Write one paragraph of the first level whose content, a field, ``write`` writes."""
        sources = self._cascade.run_sources(0, None)
        merged = merge_paragraph(self._cascade.paragraph_sources(0, None))
        properties = resolve_paragraph(merged, RunFormat(sources).size_points, in_list=False)
        style = self._text_style(resolve_text(sources, self._context))
        with (
            self._writer.element("text:p", {"text:style-name": self._paragraph_style(properties)}),
            self._writer.element("text:span", {"text:style-name": style}),
        ):
            write()

    def _read(self, element: etree._Element) -> _Paragraph:
        properties = element.find(qn("a:pPr"))
        level = read_level(properties)
        merged = merge_paragraph(self._cascade.paragraph_sources(level, properties))
        first = next((run for run in children(element) if run.tag in _RUNS), None)
        own = first.find(qn("a:rPr")) if first is not None else element.find(qn("a:endParaRPr"))
        sources = self._cascade.run_sources(level, own)
        size = RunFormat(sources).size_points
        text = resolve_text(sources, self._context)
        bullet = resolve_bullet(merged, self._context, text, size, level) if first is not None else None
        report_paragraph_properties(properties, self._context)
        return _Paragraph(element, level, merged, bullet, size)

    def _write_list(self, group: Sequence[_Paragraph]) -> None:
        writer = self._writer
        levels = {p.level: p.bullet for p in reversed(group) if p.bullet is not None}
        name = list_style(self._context, levels)
        depth = 0
        for paragraph in group:
            wanted = paragraph.level + 1
            while depth > wanted:
                writer.end()
                writer.end()
                depth -= 1
            if depth == wanted:
                writer.end()
                writer.start("text:list-item")
            while depth < wanted:
                writer.start("text:list", {"text:style-name": name} if depth == 0 else None)
                writer.start("text:list-item")
                depth += 1
            self._write_paragraph(paragraph)
        for _ in range(depth):
            writer.end()
            writer.end()

    def _write_paragraph(self, paragraph: _Paragraph) -> None:
        properties = resolve_paragraph(
            paragraph.format, paragraph.size_points, in_list=paragraph.bullet is not None
        )
        names = self._context.identifiers.paragraph_attributes(paragraph.element)
        attributes = {"text:style-name": self._paragraph_style(properties), **names}
        with self._writer.element("text:p", attributes):
            wrote = False
            last_break = _last_break(paragraph.element)
            for run in children(paragraph.element):
                if run is last_break:
                    self._write_last_break(paragraph)
                elif run.tag in _RUNS:
                    self._write_run(run, paragraph.level)
                    wrote = True
                elif run.tag == _EQUATION:
                    self._write_equation(run, paragraph.level)
                    wrote = True
                else:
                    PARAGRAPH_CONTENT.report(run.tag, self._context.log, self._context.place)
            if not wrote and last_break is None:
                self._write_empty(paragraph)

    def _paragraph_style(self, properties: ParagraphProperties) -> str:
        return self._context.automatic.name_for(Style("paragraph", (properties,)))

    def _text_style(self, properties: TextProperties) -> str:
        return self._context.automatic.name_for(Style("text", (properties,)))

    def _write_empty(self, paragraph: _Paragraph) -> None:
        """An empty paragraph is as high as the text that would follow (21.1.2.2.3, endParaRPr)."""
        properties = self._following_text(paragraph.element, paragraph.level)
        self._writer.empty("text:span", {"text:style-name": self._text_style(properties)})

    def _write_last_break(self, paragraph: _Paragraph) -> None:
        """The line behind a last break is as high as the text that would follow; LibreOffice sees its size at the break."""
        properties = self._following_text(paragraph.element, paragraph.level)
        with self._writer.element("text:span", {"text:style-name": self._text_style(properties)}):
            self._writer.empty("text:line-break")

    def _following_text(self, paragraph: etree._Element, level: int) -> TextProperties:
        own = paragraph.find(qn("a:endParaRPr"))
        return resolve_text(self._cascade.run_sources(level, own), self._context)

    def empty_text(self, body: etree._Element) -> TextProperties | None:
        """The formatting of text yet to be typed into a body that is one empty paragraph; None for any other body."""
        paragraphs = body.findall(qn("a:p"))
        if len(paragraphs) != 1 or any(run.tag in _RUNS for run in children(paragraphs[0])):
            return None
        return self._following_text(paragraphs[0], read_level(paragraphs[0].find(qn("a:pPr"))))

    def _write_run(self, run: etree._Element, level: int) -> None:
        context, writer = self._context, self._writer
        own = run.find(qn("a:rPr"))
        report_run_properties(own, context)
        link = own.find(qn("a:hlinkClick")) if own is not None else None
        address = resolve_hyperlink(link, context) if link is not None else None
        sources = self._cascade.run_sources(level, own)
        properties = resolve_text(
            sources, context, link_color=context.scheme.get("hlink") if address is not None else None
        )
        if run.tag == qn("a:r"):
            self._write_characters(run, properties, RunFormat(sources), address)
            return
        with writer.element("text:span", {"text:style-name": self._text_style(properties)}):
            if run.tag == qn("a:br"):
                writer.empty("text:line-break")
                return
            write_field(writer, run, context)
        if address is not None:  # a link is a field to LibreOffice, and a field holds no other
            context.log.report("HYPERLINK_DROPPED", context.place, target=address)

    def _write_equation(self, element: etree._Element, level: int) -> None:
        """An equation among other words, in one line: text in a shape holds no objects."""
        text = equation_text(element, self._context)
        if not text:
            return
        self._context.log.report("EQUATION_APPROXIMATED", self._context.place, property="inline")
        own = next(element.iter(qn("a:rPr")), None)
        properties = resolve_text(self._cascade.run_sources(level, own), self._context)
        with self._writer.element("text:span", {"text:style-name": self._text_style(properties)}):
            write_text(self._writer, text)

    def _write_characters(
        self, run: etree._Element, properties: TextProperties, merged: RunFormat, address: str | None
    ) -> None:
        """Write the characters of a run in spans; a link stands inside them, since LibreOffice shows none around them."""
        text = run.findtext(qn("a:t")) or ""
        symbol = self._context.theme.typeface(merged.typeface("a:sym"))
        latin = self._context.theme.typeface(merged.typeface("a:latin"))
        for part, is_symbol in _symbol_parts(text, symbol):
            shown, style = part, properties
            if is_symbol:
                shown = symbol_text(part, symbol)
                style = _with_font(properties, font_name(self._context.document, symbol))
            elif is_symbol_font(latin):
                shown = symbol_text(part, latin)
            with self._writer.element("text:span", {"text:style-name": self._text_style(style)}):
                if address is None:
                    write_text(self._writer, shown)
                else:
                    with self._writer.element("text:a", {"xlink:href": address, "xlink:type": "simple"}):
                        write_text(self._writer, shown)


def _with_font(properties: TextProperties, name: str) -> TextProperties:
    return replace(properties, font_name=name, font_name_asian=name, font_name_complex=name)


def _symbol_parts(text: str, symbol: str) -> Iterator[tuple[str, bool]]:
    """Split text where it changes to or from characters of the private use area, which ``a:sym`` is for."""
    if not symbol or not any("\uf000" <= c <= "\uf0ff" for c in text):
        yield text, False
        return
    start = 0
    for index in range(1, len(text) + 1):
        here = "\uf000" <= text[start] <= "\uf0ff"
        if index == len(text) or ("\uf000" <= text[index] <= "\uf0ff") != here:
            yield text[start:index], here
            start = index


def _groups(paragraphs: Sequence[_Paragraph]) -> Iterator[list[_Paragraph]]:
    """Paragraphs one by one, and lists: runs of paragraphs whose bullets agree level by level."""
    group: list[_Paragraph] = []
    levels: dict[int, Bullet] = {}
    for paragraph in paragraphs:
        bullet = paragraph.bullet
        known = levels.get(paragraph.level)
        if group and (bullet is None or (known is not None and not known.goes_with(bullet))):
            yield group
            group, levels = [], {}
        if bullet is None:
            yield [paragraph]
            continue
        group.append(paragraph)
        levels.setdefault(paragraph.level, bullet)
    if group:
        yield group


def _last_break(paragraph: etree._Element) -> etree._Element | None:
    """The ``a:br`` that a paragraph ends with, if the paragraph says how text behind it would look."""
    if paragraph.find(qn("a:endParaRPr")) is None:
        return None
    runs = (one for one in paragraph.iterchildren(_EQUATION, *_RUNS, reversed=True))
    last = next((one for one in runs if one.tag != _RUN or one.findtext(_TEXT)), None)
    return last if last is not None and last.tag == _BREAK else None


_EQUATION = qn("a14:m")
_RUN, _BREAK, _TEXT = qn("a:r"), qn("a:br"), qn("a:t")
_RUNS = {_RUN, _BREAK, qn("a:fld")}
PARAGRAPH_CONTENT = Support(
    context="text paragraph",
    handlers={
        **dict.fromkeys(("a:r", "a:br", "a:fld"), TextWriter._write_run),
        "a14:m": TextWriter._write_equation,
    },
    ignored={
        "a:pPr": "read with the paragraph",
        "a:endParaRPr": "read with the paragraph",
    },
)
