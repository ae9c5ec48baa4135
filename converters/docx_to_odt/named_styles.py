"""Writes the styles of a document as ODF's common styles and default styles (ODF 1.3 Part 3, 16.2, 16.4)."""

from __future__ import annotations

from converters.docx_to_odt.fonts import DEFAULT_TYPEFACE, Fonts
from converters.docx_to_odt.numbering import Numbering
from converters.docx_to_odt.paragraph_properties import line_properties
from converters.docx_to_odt.settings import Settings
from converters.docx_to_odt.style_names import style_class
from converters.docx_to_odt.styles import STANDARD, Resolved, Styles
from converters.odf.document import OdfDocument
from converters.odf.properties import (
    GraphicProperties,
    ParagraphProperties,
    TableProperties,
    TableRowProperties,
    TextProperties,
    lay_over,
)
from converters.odf.stylesheet import DefaultStyle, NamedStyle, Style
from converters.units import from_twips

DEFAULT_FONT_SIZE = "10pt"  # where the document defaults name none (17.7.5.1)
LINK_STYLE = "Index_20_Link"  # what a hyperlink without a character style wears: it says nothing


def write_styles(
    document: OdfDocument, styles: Styles, numbering: Numbering, fonts: Fonts, settings: Settings
) -> None:
    """Add the default styles and every named paragraph and character style to the document."""
    _add_defaults(document, styles, fonts, settings)
    document.add_named_style(NamedStyle(STANDARD, Style("paragraph"), style_class="text"))
    for kind, family in (("paragraph", "paragraph"), ("character", "text")):
        for source, resolved in styles.all(kind):
            following = (
                styles.paragraph(source.next_id).name if source.next_id and kind == "paragraph" else None
            )
            document.add_named_style(
                NamedStyle(
                    resolved.name,
                    _style(family, resolved, numbering),
                    resolved.display_name,
                    next_style=following if following != resolved.name else None,
                    style_class=style_class(resolved.display_name) if kind == "paragraph" else None,
                )
            )
    document.add_named_style(NamedStyle(LINK_STYLE, Style("text"), "Index Link"))
    for name in ("Graphics", "Frame"):
        document.add_named_style(NamedStyle(name, Style("graphic")))


def _style(family: str, resolved: Resolved, numbering: Numbering) -> Style:
    parent = resolved.parent.name if resolved.parent is not None else None
    if family == "text":
        return Style(family, (resolved.own_text,), parent)
    list_style, list_level = None, None
    if resolved.own_num_id is not None:
        list_style = numbering.style_name(resolved.own_num_id) or ""
        level = numbering.level_for_style(resolved.own_num_id, resolved.id)
        list_level = (resolved.num_level if level is None else level) or 0
    outline = resolved.own_outline_level
    return Style(
        family,
        (resolved.own_paragraph, resolved.own_text),
        parent,
        list_style=list_style,
        list_level=list_level + 1 if list_style and list_level is not None else None,
        default_outline_level=None if outline is None else (outline + 1 if outline < 9 else 0),
    )


def _add_defaults(document: OdfDocument, styles: Styles, fonts: Fonts, settings: Settings) -> None:
    plain = TextProperties(
        font_name=fonts.name_for(DEFAULT_TYPEFACE),
        font_size=DEFAULT_FONT_SIZE,
        font_size_asian=DEFAULT_FONT_SIZE,
        font_size_complex=DEFAULT_FONT_SIZE,
        use_window_font_color="true",
        language="en",
        country="US",
        hyphenate="true" if settings.auto_hyphenation else "false",
        hyphenation_remain_char_count="2",
        hyphenation_push_char_count="2",
    )
    paragraph = ParagraphProperties(
        orphans="2",
        widows="2",
        text_autospace="ideograph-alpha",
        punctuation_wrap="hanging",
        line_break="strict",
        hyphenation_ladder_count="no-limit",
        tab_stop_distance=from_twips(settings.default_tab_twips),
        writing_mode="page",
    )
    format_ = styles.default_paragraph
    paragraph = lay_over(lay_over(paragraph, format_.paragraph), line_properties(format_.line))
    document.default_styles.extend(
        (
            DefaultStyle("graphic", (GraphicProperties(wrap_option="no-wrap", flow_with_text="false"),)),
            DefaultStyle("paragraph", (paragraph, lay_over(plain, styles.default_run.text))),
            DefaultStyle("table", (TableProperties(border_model="collapsing"),)),
            DefaultStyle("table-row", (TableRowProperties(keep_together="auto"),)),
        )
    )
