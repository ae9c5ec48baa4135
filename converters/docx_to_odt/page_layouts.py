"""Page layouts and columns of sections in ODF's words (ECMA-376 Part 1, 17.6; ODF 1.3 Part 3, 16.5, 17.2)."""

from __future__ import annotations

from converters.docx_to_odt.borders import Border
from converters.docx_to_odt.sections import LineNumbering, Section
from converters.docx_to_odt.settings import Settings
from converters.odf.properties import (
    BackgroundImage,
    Column,
    Columns,
    FootnoteSeparator,
    HeaderFooterProperties,
    PageLayoutProperties,
    SectionProperties,
)
from converters.odf.stylesheet import PageLayout
from converters.odf.xmlwriter import XmlWriter
from converters.units import centimetres, from_twips, points

MIN_HEADER_TWIPS = 57.0  # one millimetre: what LibreOffice needs for a header's body


def page_layout(
    section: Section,
    settings: Settings,
    *,
    header: bool,
    footer: bool,
    background_color: str | None = None,
    background_image: BackgroundImage | None = None,
    usage: str | None = None,
) -> PageLayout:
    """The page layout; ``usage`` is left or right for pages of that side only.

    A header stands in the top margin: ODF's margin ends where the header begins (17.6.11). The gutter is part of
    the left margin, and beside it LibreOffice's extension says how much of it.
    """
    top, bottom = section.margin("top"), section.margin("bottom")
    header_properties = footer_properties = None
    if header:
        top, header_properties = _header_space(top, section.margin("header"), "margin_bottom")
    if footer:
        bottom, footer_properties = _header_space(bottom, section.margin("footer"), "margin_top")
    margins = {"left": section.margin("left"), "right": section.margin("right"), "top": top, "bottom": bottom}
    gutter = section.margin("gutter")
    margins["top" if settings.gutter_at_top else "left"] += gutter
    sides: dict[str, str | None] = {}
    for side, border in section.borders.items():
        if side in margins:
            sides[f"border_{side}"] = border.line
            sides[f"border_line_width_{side}"] = border.line_width
            margins[side], padding = _with_border(abs(margins[side]), border, section.borders_from_page)
            sides[f"padding_{side}"] = from_twips(padding)
    right_border = section.borders.get("right", Border())
    if section.border_shadow and right_border.visible:
        width = points(right_border.width_points)
        sides["shadow"] = f"#000000 {width} {width}"
    pitch = section.grid_pitch_twips
    body = section.page[1] - abs(section.margin("top")) - abs(section.margin("bottom"))
    properties = PageLayoutProperties(
        page_width=from_twips(section.page[0]),
        page_height=from_twips(section.page[1]),
        num_format=section.page_number_format or "1",
        print_orientation="landscape" if section.landscape else "portrait",
        margin_left=from_twips(margins["left"]),
        margin_right=from_twips(margins["right"]),
        margin_top=from_twips(abs(margins["top"])),
        margin_bottom=from_twips(abs(margins["bottom"])),
        margin_gutter=from_twips(gutter) if gutter and not settings.gutter_at_top else None,
        background_color=background_color,
        background_image=background_image,
        writing_mode="rl-tb" if section.right_to_left else "lr-tb",
        footnote_max_height="0cm",
        layout_grid_mode=(section.grid_mode or "none") if pitch else None,
        layout_grid_lines=str(max(1, int(body // pitch))) if pitch else None,
        layout_grid_base_height=from_twips(pitch) if pitch else None,
        layout_grid_ruby_height="0cm" if pitch else None,
        layout_grid_snap_to="true" if pitch else None,
        columns=None,
        footnote_separator=FootnoteSeparator(),
        **sides,
    )
    if usage is None and settings.mirror_margins:
        usage = "mirrored"
    return PageLayout(properties, header_properties, footer_properties, usage)


def _header_space(margin: float, distance: float, gap_field: str) -> tuple[float, HeaderFooterProperties]:
    """The page margin and the header's properties: it grows when its text needs more, unless the margin is negative."""
    height = max(abs(margin) - distance, MIN_HEADER_TWIPS)
    gap = from_twips(max(0.0, height - MIN_HEADER_TWIPS))
    if margin < 0:  # Word keeps the body where it is, whatever the header's height
        return distance, HeaderFooterProperties(
            height=from_twips(height),
            margin_left="0cm",
            margin_right="0cm",
            dynamic_spacing="false",
            **{gap_field: gap},
        )
    return distance, HeaderFooterProperties(
        min_height=from_twips(height),
        margin_left="0cm",
        margin_right="0cm",
        dynamic_spacing="true",
        **{gap_field: gap},
    )


def _with_border(margin: float, border: Border, from_page: bool) -> tuple[float, float]:
    """The page margin and the border's padding in twips (17.6.10, 17.18.62).

    Word measures a border's distance from the page's edge or from the text, ODF has margin, border and padding one
    after the other; the text stays where it is.
    """
    width, space = border.width_points * 20, border.space_points * 20
    outside, padding = (space, margin - space - width) if from_page else (margin - space - width, space)
    if outside < 0:
        return 0.0, max(margin - width, 0.0)
    if padding < 0:
        return max(margin - width, 0.0), 0.0
    return outside, padding


def section_properties(section: Section, *, balanced: bool) -> SectionProperties:
    """The columns of a section (17.6.4); relative widths are in twips and hold half of each neighbouring gap."""
    direction = "rl-tb" if section.right_to_left else None
    if section.columns < 2:
        return SectionProperties(editable="false", writing_mode=direction)
    widths = section.column_widths
    if not widths:
        gap = section.column_gap_twips
        width = (section.text_width_twips - gap * (section.columns - 1)) / section.columns
        widths = tuple((width, gap) for _ in range(section.columns))
    columns = []
    before = 0.0
    for index, (width, gap) in enumerate(widths):
        after = gap / 2 if index < len(widths) - 1 else 0.0
        columns.append(
            Column(f"{round(max(1.0, width + before + after))}*", from_twips(before), from_twips(after))
        )
        before = after
    record = Columns(len(columns), centimetres(0), tuple(columns), section.separator)
    return SectionProperties(
        dont_balance_text_columns="false" if balanced else "true", writing_mode=direction, columns=record
    )


def write_line_numbering(numbering: LineNumbering, writer: XmlWriter) -> None:
    """``text:linenumbering-configuration``: ODF has one for all sections (ODF 1.3 Part 3, 16.31)."""
    distance = numbering.distance_twips
    writer.empty(
        "text:linenumbering-configuration",
        {
            "text:number-lines": "true",
            "text:offset": from_twips(distance) if distance else centimetres(0.5),
            "style:num-format": "1",
            "text:number-position": "left",
            "text:increment": str(numbering.count_by),
            "text:restart-on-page": "true" if numbering.restart == "newPage" else "false",
            "text:count-empty-lines": "true",
            "text:count-in-text-boxes": "false",
        },
    )
