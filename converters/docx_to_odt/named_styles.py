"""Writes the styles of a document as ODF's common styles and default styles (ODF 1.3 Part 3, 16.2, 16.4)."""

from __future__ import annotations

from converters.docx_to_odt.fonts import DEFAULT_TYPEFACE, Fonts
from converters.docx_to_odt.numbering import Numbering
from converters.docx_to_odt.outline import Outline, style_level
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

# where the document defaults say nothing (17.7.5.1): sizes of Latin, East Asian and complex text
DEFAULT_FONT = (DEFAULT_TYPEFACE, "10pt", "10pt", "10pt")
# a document without styles leaves them to the program that shows it: those of LibreOffice, which kerns pairs then
TEMPLATE_FONT = ("Calibri", "11pt", "10.5pt", "12pt")
LINK_STYLE = "Index_20_Link"  # what a hyperlink without a character style wears: it says nothing


def write_styles(
    document: OdfDocument,
    styles: Styles,
    numbering: Numbering,
    outline: Outline,
    fonts: Fonts,
    settings: Settings,
) -> None:
    """Add the default styles and every named paragraph and character style to the document."""
    _add_defaults(document, styles, fonts, settings)
    base = _base_paragraph(styles)
    document.add_named_style(NamedStyle(STANDARD, Style("paragraph", (base,)), style_class="text"))
    for kind, family in (("paragraph", "paragraph"), ("character", "text")):
        for source, resolved in styles.all(kind):
            following = (
                styles.paragraph(source.next_id).name if source.next_id and kind == "paragraph" else None
            )
            document.add_named_style(
                NamedStyle(
                    resolved.name,
                    _style(family, resolved, numbering, outline, base),
                    resolved.display_name,
                    next_style=following if following != resolved.name else None,
                    style_class=style_class(resolved.display_name) if kind == "paragraph" else None,
                )
            )
    for num_id in styles.list_num_ids():
        numbering.style_name(num_id)
    document.add_named_style(NamedStyle(LINK_STYLE, Style("text"), "Index Link"))
    for name in ("Graphics", "Frame"):
        document.add_named_style(NamedStyle(name, Style("graphic")))


def _base_paragraph(styles: Styles) -> ParagraphProperties:
    """What holds for every paragraph: Word's own defaults (17.3.1.44) under those of the document.

    Nothing in a document without styles, where LibreOffice's defaults hold.
    """
    if not styles.sources:
        return ParagraphProperties()
    format_ = styles.default_paragraph
    own = ParagraphProperties(
        orphans="2", widows="2", margin_top="0pt", margin_bottom="0pt", text_align="start"
    )
    return lay_over(lay_over(own, format_.paragraph), line_properties(format_.line))


def _style(
    family: str, resolved: Resolved, numbering: Numbering, outline: Outline, base: ParagraphProperties
) -> Style:
    """The style; one without a parent holds the document defaults too."""
    parent = resolved.parent.name if resolved.parent is not None else None
    if family == "text":
        return Style(family, (resolved.own_text,), parent)
    paragraph = (
        resolved.own_paragraph if resolved.parent is not None else lay_over(base, resolved.own_paragraph)
    )
    list_style, list_level = None, None
    if resolved.own_num_id is not None and resolved.id not in outline.levels:
        list_style = numbering.style_name(resolved.own_num_id) or ""
        list_level = style_level(resolved, numbering)
    level = resolved.own_outline_level
    if level is not None and list_style is None and numbering.instance(resolved.num_id) is None:
        list_style = ""  # else LibreOffice gives a heading the indents of its own outline
    return Style(
        family,
        (paragraph, resolved.own_text),
        parent,
        list_style=list_style,
        list_level=list_level + 1 if list_style and list_level is not None else None,
        default_outline_level=None if level is None else (level + 1 if level < 9 else 0),
    )


def _add_defaults(document: OdfDocument, styles: Styles, fonts: Fonts, settings: Settings) -> None:
    typeface, size, size_asian, size_complex = DEFAULT_FONT if styles.sources else TEMPLATE_FONT
    zone = settings.hyphenation_zone_twips  # LibreOffice's extension counts in twips, too
    plain = TextProperties(
        font_name=fonts.name_for(typeface),
        font_size=size,
        font_size_asian=size_asian,
        font_size_complex=size_complex,
        letter_kerning="false" if styles.sources else "true",
        use_window_font_color="true",
        language="en",
        country="US",
        hyphenate="true" if settings.auto_hyphenation else "false",
        hyphenation_remain_char_count="2",
        hyphenation_push_char_count="2",
        hyphenation_no_caps=None if settings.hyphenates_capitals else "true",
        hyphenation_zone=str(round(zone)) if settings.auto_hyphenation and zone else None,
    )
    paragraph = ParagraphProperties(
        text_autospace="ideograph-alpha",
        punctuation_wrap="hanging",
        line_break="strict",
        hyphenation_ladder_count=str(settings.hyphenation_limit)
        if settings.hyphenation_limit
        else "no-limit",
        tab_stop_distance=from_twips(settings.default_tab_twips),
        writing_mode="page",
    )
    document.default_styles.extend(
        (
            DefaultStyle("graphic", (GraphicProperties(wrap_option="no-wrap", flow_with_text="false"),)),
            DefaultStyle("paragraph", (paragraph, lay_over(plain, styles.default_run.text))),
            DefaultStyle("table", (TableProperties(border_model="collapsing"),)),
            DefaultStyle("table-row", (TableRowProperties(keep_together="auto"),)),
        )
    )
