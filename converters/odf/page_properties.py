"""Formatting of pages, slides, sections and their columns (ODF 1.3 Part 3, 17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from converters.odf.records import Properties, attribute, nested, record
from converters.odf.xmlwriter import XmlWriter


@record(frozen=True)
class DrawingPageProperties(Properties):
    ELEMENT: ClassVar[str] = "style:drawing-page-properties"

    fill: str | None = attribute("draw:fill")
    fill_color: str | None = attribute("draw:fill-color")
    fill_gradient_name: str | None = attribute("draw:fill-gradient-name")
    fill_hatch_name: str | None = attribute("draw:fill-hatch-name")
    fill_hatch_solid: str | None = attribute("draw:fill-hatch-solid")
    fill_image_name: str | None = attribute("draw:fill-image-name")
    fill_image_width: str | None = attribute("draw:fill-image-width")
    fill_image_height: str | None = attribute("draw:fill-image-height")
    fill_image_ref_point: str | None = attribute("draw:fill-image-ref-point")
    repeat: str | None = attribute("style:repeat")
    opacity: str | None = attribute("draw:opacity")
    background_size: str | None = attribute("draw:background-size")
    background_visible: str | None = attribute("presentation:background-visible")
    background_objects_visible: str | None = attribute("presentation:background-objects-visible")
    display_header: str | None = attribute("presentation:display-header")
    display_footer: str | None = attribute("presentation:display-footer")
    display_page_number: str | None = attribute("presentation:display-page-number")
    display_date_time: str | None = attribute("presentation:display-date-time")
    visibility: str | None = attribute("presentation:visibility")
    transition_type: str | None = attribute("presentation:transition-type")
    transition_style: str | None = attribute("presentation:transition-style")
    transition_speed: str | None = attribute("presentation:transition-speed")
    duration: str | None = attribute("presentation:duration")
    smil_type: str | None = attribute("smil:type")
    smil_subtype: str | None = attribute("smil:subtype")
    smil_direction: str | None = attribute("smil:direction")
    smil_fade_color: str | None = attribute("smil:fadeColor")
    sound: str | None = nested()  # the address of what plays as the page comes

    def write_children(self, writer: XmlWriter) -> None:
        if self.sound is not None:
            link = {"xlink:type": "simple", "xlink:show": "new", "xlink:actuate": "onRequest"}
            writer.empty("presentation:sound", {"xlink:href": self.sound, **link})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a section or page: ``rel_width`` like ``"3686*"`` holds half of each neighbouring gap."""

    rel_width: str
    start_indent: str = "0cm"
    end_indent: str = "0cm"


@dataclass(frozen=True, slots=True)
class Columns:
    count: int
    gap: str | None = None
    columns: tuple[Column, ...] = ()
    separator: bool = False

    def write(self, writer: XmlWriter) -> None:
        gap = None if self.columns else self.gap
        with writer.element("style:columns", {"fo:column-count": str(self.count), "fo:column-gap": gap}):
            if self.separator:
                line = {"style:width": "0.009cm", "style:color": "#000000", "style:height": "100%"}
                writer.empty("style:column-sep", {**line, "style:style": "solid"})
            for column in self.columns:
                writer.empty(
                    "style:column",
                    {
                        "style:rel-width": column.rel_width,
                        "fo:start-indent": column.start_indent,
                        "fo:end-indent": column.end_indent,
                    },
                )


@record(frozen=True)
class SectionProperties(Properties):
    ELEMENT: ClassVar[str] = "style:section-properties"

    background_color: str | None = attribute("fo:background-color")
    margin_left: str | None = attribute("fo:margin-left")
    margin_right: str | None = attribute("fo:margin-right")
    protect: str | None = attribute("style:protect")
    editable: str | None = attribute("style:editable")
    dont_balance_text_columns: str | None = attribute("text:dont-balance-text-columns")
    writing_mode: str | None = attribute("style:writing-mode")
    columns: Columns | None = nested()

    def write_children(self, writer: XmlWriter) -> None:
        if self.columns is not None:
            self.columns.write(writer)


@dataclass(frozen=True, slots=True)
class FootnoteSeparator:
    width: str = "0.018cm"
    color: str = "#000000"
    line_style: str = "solid"
    rel_width: str = "25%"
    adjustment: str = "left"
    distance_before: str = "0.101cm"
    distance_after: str = "0.101cm"


@dataclass(frozen=True, slots=True)
class BackgroundImage:
    """A picture behind a page (17.3): ``repeat`` is no-repeat, repeat or stretch."""

    href: str
    repeat: str = "repeat"

    def write(self, writer: XmlWriter) -> None:
        link = {"xlink:type": "simple", "xlink:href": self.href, "xlink:actuate": "onLoad"}
        writer.empty("style:background-image", {**link, "style:repeat": self.repeat})


@record(frozen=True)
class PageLayoutProperties(Properties):
    ELEMENT: ClassVar[str] = "style:page-layout-properties"

    page_width: str | None = attribute("fo:page-width")
    page_height: str | None = attribute("fo:page-height")
    num_format: str | None = attribute("style:num-format")
    num_prefix: str | None = attribute("style:num-prefix")
    num_suffix: str | None = attribute("style:num-suffix")
    paper_tray_name: str | None = attribute("style:paper-tray-name")
    print_orientation: str | None = attribute("style:print-orientation")
    margin_left: str | None = attribute("fo:margin-left")
    margin_right: str | None = attribute("fo:margin-right")
    margin_top: str | None = attribute("fo:margin-top")
    margin_bottom: str | None = attribute("fo:margin-bottom")
    margin_gutter: str | None = attribute("loext:margin-gutter")
    border: str | None = attribute("fo:border")
    border_top: str | None = attribute("fo:border-top")
    border_bottom: str | None = attribute("fo:border-bottom")
    border_left: str | None = attribute("fo:border-left")
    border_right: str | None = attribute("fo:border-right")
    border_line_width_top: str | None = attribute("style:border-line-width-top")
    border_line_width_bottom: str | None = attribute("style:border-line-width-bottom")
    border_line_width_left: str | None = attribute("style:border-line-width-left")
    border_line_width_right: str | None = attribute("style:border-line-width-right")
    padding: str | None = attribute("fo:padding")
    padding_top: str | None = attribute("fo:padding-top")
    padding_bottom: str | None = attribute("fo:padding-bottom")
    padding_left: str | None = attribute("fo:padding-left")
    padding_right: str | None = attribute("fo:padding-right")
    background_color: str | None = attribute("fo:background-color")
    fill: str | None = attribute("draw:fill")
    fill_color: str | None = attribute("draw:fill-color")
    shadow: str | None = attribute("style:shadow")
    first_page_number: str | None = attribute("style:first-page-number")
    scale_to: str | None = attribute("style:scale-to")
    scale_to_pages: str | None = attribute("style:scale-to-pages")
    scale_to_x: str | None = attribute("style:scale-to-X")
    scale_to_y: str | None = attribute("style:scale-to-Y")
    table_centering: str | None = attribute("style:table-centering")
    print: str | None = attribute("style:print")
    print_page_order: str | None = attribute("style:print-page-order")
    footnote_max_height: str | None = attribute("style:footnote-max-height")
    writing_mode: str | None = attribute("style:writing-mode")
    layout_grid_mode: str | None = attribute("style:layout-grid-mode")
    layout_grid_base_height: str | None = attribute("style:layout-grid-base-height")
    layout_grid_base_width: str | None = attribute("style:layout-grid-base-width")
    layout_grid_ruby_height: str | None = attribute("style:layout-grid-ruby-height")
    layout_grid_lines: str | None = attribute("style:layout-grid-lines")
    layout_grid_snap_to: str | None = attribute("style:layout-grid-snap-to")
    layout_grid_standard_mode: str | None = attribute("style:layout-grid-standard-mode")
    background_image: BackgroundImage | None = nested()
    columns: Columns | None = nested()
    footnote_separator: FootnoteSeparator | None = nested()

    def write_children(self, writer: XmlWriter) -> None:
        if self.background_image is not None:
            self.background_image.write(writer)
        if self.columns is not None:
            self.columns.write(writer)
        if self.footnote_separator is not None:
            separator = self.footnote_separator
            writer.empty(
                "style:footnote-sep",
                {
                    "style:width": separator.width,
                    "style:color": separator.color,
                    "style:line-style": separator.line_style,
                    "style:rel-width": separator.rel_width,
                    "style:adjustment": separator.adjustment,
                    "style:distance-before-sep": separator.distance_before,
                    "style:distance-after-sep": separator.distance_after,
                },
            )


@record(frozen=True)
class HeaderFooterProperties(Properties):
    ELEMENT: ClassVar[str] = "style:header-footer-properties"

    height: str | None = attribute("svg:height")
    min_height: str | None = attribute("fo:min-height")
    margin_left: str | None = attribute("fo:margin-left")
    margin_right: str | None = attribute("fo:margin-right")
    margin_top: str | None = attribute("fo:margin-top")
    margin_bottom: str | None = attribute("fo:margin-bottom")
    border: str | None = attribute("fo:border")
    background_color: str | None = attribute("fo:background-color")
    dynamic_spacing: str | None = attribute("style:dynamic-spacing")
