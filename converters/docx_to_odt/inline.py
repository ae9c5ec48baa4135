"""The inline content of one paragraph while it is written: spans, links, and page breaks that split it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.run_properties import RunFormat, settled, toggle_fields
from converters.docx_to_odt.style_names import LINK_STYLES
from converters.docx_to_odt.styles import Resolved
from converters.drawings.hyperlinks import write_script
from converters.losses import Place
from converters.odf.properties import TextProperties, difference, lay_over
from converters.odf.stylesheet import Style
from converters.odf.text import is_plain, write_text
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import first_child


class Segment(NamedTuple):
    """A piece of a paragraph between page or column breaks: ``break_before`` is ``page``, ``column`` or None."""

    xml: str
    visible: bool
    break_before: str | None = None


class Inline:
    """Writes inline content into fragments; :meth:`finish` gives the segments.

    Text of one formatting goes into one span, also across runs. ``base`` is the formatting that the paragraph's
    style gives.
    """

    def __init__(self, story: Story, style: Resolved, base: TextProperties) -> None:
        self.story = story
        self.style = style
        self.base = base
        self.visible = False
        self.standing_equations: etree._Element | None = None  # the first ``m:oMathPara``
        self.is_deleted = False  # what is written stands in the list of changes
        self._writer = XmlWriter()
        self._span: str | None = None
        self._links: list[dict[str, str | None]] = []
        self._segments: list[Segment] = []
        self._break: str | None = None
        key = (id(story.automatic), style.name, base, story.in_index)
        self._names = story.conversion.run_style_names.setdefault(key, {})
        for frame in story.pending_frames:
            self._writer.raw(frame)
        story.pending_frames.clear()
        for field in story.fields:  # a hyperlink field goes on from the paragraph before
            if field.mode == "link":
                self.open_link(field.href)

    @property
    def place(self) -> Place:
        return self.story.place

    @property
    def writer(self) -> XmlWriter:
        """For inline elements that stand for themselves, inside the span that is open."""
        return self._writer

    @property
    def in_link(self) -> bool:
        return bool(self._links)

    # -- formatting --------------------------------------------------------------------------------------------

    def style_name(self, format_: RunFormat) -> str | None:
        """The text style for a run's formatting; None where it adds nothing to the paragraph's."""
        key = id(format_)
        if key not in self._names:
            self._names[key] = self._resolve_style_name(format_)
        return self._names[key]

    def _resolve_style_name(self, format_: RunFormat) -> str | None:
        named = self.story.conversion.styles.character(format_.style_id)
        if self.story.in_index and named is not None and named.display_name in LINK_STYLES:
            named = None  # Word shows the entries of a table of contents as plain text
        inherited = lay_over(self.base, named.text) if named is not None else self.base
        direct = settled(format_, inherited, self.story.conversion.fonts)
        if named is not None:
            stated = dict(format_.toggles)
            # a toggle that both the paragraph's and the character style set is off (17.7.3)
            for toggle, on in named.toggles.items():
                if on and toggle not in stated and self.style.toggles.get(toggle):
                    direct = lay_over(TextProperties(**toggle_fields(toggle, False)), direct)
        own = difference(direct, inherited)
        style = Style("text", (own,), named.name if named is not None else None)
        if style.is_plain and style.parent is None:
            return None
        return self.story.automatic.name_for(style)

    def with_typeface(self, format_: RunFormat, typeface: str) -> RunFormat:
        """A run's formatting with another typeface."""
        conversion = self.story.conversion
        key = (id(format_), typeface)
        if key not in conversion.typeface_formats:
            name, other = (conversion.fonts.name_for(typeface, latin=latin) for latin in (True, False))
            text = replace(format_.text, font_name=name, font_name_asian=other, font_name_complex=other)
            conversion.typeface_formats[key] = replace(format_, text=text, follows_family=True)
        return conversion.typeface_formats[key]

    # -- content -----------------------------------------------------------------------------------------------

    def enter_span(self, style_name: str | None) -> None:
        if style_name != self._span:
            self.leave_span()
            if style_name is not None:  # a name needs no escape
                self._writer.raw(f'<text:span text:style-name="{style_name}">')
            self._span = style_name

    def leave_span(self) -> None:
        if self._span is not None:
            self._writer.raw("</text:span>")
            self._span = None

    def text(self, text: str, format_: RunFormat) -> None:
        if text:
            names, key = self._names, id(format_)
            style_name = names[key] if key in names else self.style_name(format_)
            if style_name != self._span:
                self.enter_span(style_name)
            if is_plain(text):
                self._writer.raw(text)
            else:
                write_text(self._writer, text)
            self.visible = True

    def element(
        self, format_: RunFormat, name: str, attributes: Mapping[str, str | None], text: str = ""
    ) -> None:
        """An inline element with text inside, such as a field: ODF has no elements for space in it (7.3.1)."""
        self.enter_span(self.style_name(format_))
        self._writer.text_element(name, " ".join(text.split()), attributes)
        self.visible = True

    def macro_button(self, format_: RunFormat, macro: str, address: str, text: str) -> None:
        """A text that runs a macro when it is clicked (7.7.3 text:execute-macro)."""
        self.enter_span(self.style_name(format_))
        with self._writer.element("text:execute-macro", {"text:name": macro}):
            write_script(self._writer, "dom:click", address)
            write_text(self._writer, " ".join(text.split()))
        self.visible = True

    def open_link(self, href: str, style_name: str | None = None, title: str | None = None) -> None:
        self.leave_span()
        attributes = {
            "xlink:type": "simple",
            "xlink:href": href,
            "office:title": title,
            "text:style-name": style_name or "Index_20_Link",
            "text:visited-style-name": style_name or "Index_20_Link",
        }
        self._links.append(attributes)
        if len(self._links) == 1:  # ODF has no link inside a link
            self._writer.start("text:a", attributes)

    def close_link(self) -> None:
        if self._links:
            self.leave_span()
            self._links.pop()
            if not self._links:
                self._writer.end()

    def break_before(self, kind: str) -> None:
        """A page or column break: what follows becomes a paragraph of its own."""
        self._end_segment()
        self._writer = XmlWriter()
        self.visible = False
        self._break = kind
        if self._links:
            self._writer.start("text:a", self._links[0])

    def _end_segment(self) -> None:
        self.leave_span()
        if self._links:
            self._writer.end()
        self._segments.append(Segment(self._writer.result(), self.visible, self._break))

    def finish(self) -> list[Segment]:
        self._end_segment()
        return self._segments


def run_properties(run: etree._Element, inline: Inline) -> RunFormat:
    """The formatting of a ``w:r``."""
    return inline.story.conversion.run_reader.read(first_child(run, _RUN_PROPERTIES), inline.place)


_RUN_PROPERTIES = qn("w:rPr")
