"""Styles that every presentation has: the base of all shapes and the defaults under it (ODF 1.3 Part 3, 16.4)."""

from __future__ import annotations

from converters.odf.document import OdfDocument
from converters.odf.properties import GraphicProperties, ParagraphProperties, TextProperties
from converters.odf.stylesheet import DefaultStyle, FontFace, NamedStyle, Style

_FONT = "Liberation Sans"


# PowerPoint adds the space below a paragraph to that above the next; LibreOffice on its own takes the larger of them
_LAYOUT_SETTINGS = {"ParagraphSummation": True}


def add_document_styles(document: OdfDocument) -> None:
    """Add the default and base styles, and the settings with which LibreOffice lays text out as PowerPoint does."""
    document.settings["ooo:configuration-settings"] = dict(_LAYOUT_SETTINGS)
    font = document.fonts.name_for(FontFace(_FONT))
    document.default_styles.append(
        DefaultStyle(
            "graphic",
            (
                GraphicProperties(stroke_color="#3465a4", fill_color="#729fcf"),
                ParagraphProperties(writing_mode="lr-tb"),
                TextProperties(font_name=font, font_size="18pt", use_window_font_color="true"),
            ),
        )
    )
    standard = Style(
        "graphic",
        (
            GraphicProperties(
                stroke="none", fill="none", textarea_horizontal_align="justify", shadow="hidden"
            ),
            ParagraphProperties(
                margin_left="0cm",
                margin_right="0cm",
                margin_top="0cm",
                margin_bottom="0cm",
                line_height="100%",
                text_indent="0cm",
            ),
            TextProperties(
                font_name=font,
                font_size="18pt",
                font_weight="normal",
                font_style="normal",
                letter_kerning="true",
            ),
        ),
    )
    document.add_named_style(NamedStyle("standard", standard, display_name="standard"))
