"""Formatting of tables, their columns, rows and cells (ODF 1.3 Part 3, 17)."""

from __future__ import annotations

from typing import ClassVar

from converters.odf.records import Properties, attribute, record


@record(frozen=True)
class TableProperties(Properties):
    ELEMENT: ClassVar[str] = "style:table-properties"

    width: str | None = attribute("style:width")
    rel_width: str | None = attribute("style:rel-width")
    align: str | None = attribute("table:align")
    margin_left: str | None = attribute("fo:margin-left")
    margin_right: str | None = attribute("fo:margin-right")
    margin_top: str | None = attribute("fo:margin-top")
    margin_bottom: str | None = attribute("fo:margin-bottom")
    page_number: str | None = attribute("style:page-number")
    break_before: str | None = attribute("fo:break-before")
    break_after: str | None = attribute("fo:break-after")
    background_color: str | None = attribute("fo:background-color")
    shadow: str | None = attribute("style:shadow")
    keep_with_next: str | None = attribute("fo:keep-with-next")
    may_break_between_rows: str | None = attribute("style:may-break-between-rows")
    border_model: str | None = attribute("table:border-model")
    writing_mode: str | None = attribute("style:writing-mode")
    display: str | None = attribute("table:display")
    tab_color: str | None = attribute("table:tab-color")


@record(frozen=True)
class TableColumnProperties(Properties):
    ELEMENT: ClassVar[str] = "style:table-column-properties"

    column_width: str | None = attribute("style:column-width")
    rel_column_width: str | None = attribute("style:rel-column-width")
    use_optimal_column_width: str | None = attribute("style:use-optimal-column-width")
    break_before: str | None = attribute("fo:break-before")


@record(frozen=True)
class TableRowProperties(Properties):
    ELEMENT: ClassVar[str] = "style:table-row-properties"

    row_height: str | None = attribute("style:row-height")
    min_row_height: str | None = attribute("style:min-row-height")
    use_optimal_row_height: str | None = attribute("style:use-optimal-row-height")
    background_color: str | None = attribute("fo:background-color")
    break_before: str | None = attribute("fo:break-before")
    keep_together: str | None = attribute("fo:keep-together")


@record(frozen=True)
class TableCellProperties(Properties):
    ELEMENT: ClassVar[str] = "style:table-cell-properties"

    vertical_align: str | None = attribute("style:vertical-align")
    text_align_source: str | None = attribute("style:text-align-source")
    direction: str | None = attribute("style:direction")
    bottom_to_top: str | None = attribute("loext:writing-mode")  # bt-lr, which ODF 1.3 has not
    glyph_orientation_vertical: str | None = attribute("style:glyph-orientation-vertical")
    writing_mode: str | None = attribute("style:writing-mode")
    shadow: str | None = attribute("style:shadow")
    background_color: str | None = attribute("fo:background-color")
    border: str | None = attribute("fo:border")
    border_top: str | None = attribute("fo:border-top")
    border_bottom: str | None = attribute("fo:border-bottom")
    border_left: str | None = attribute("fo:border-left")
    border_right: str | None = attribute("fo:border-right")
    diagonal_tl_br: str | None = attribute("style:diagonal-tl-br")
    diagonal_bl_tr: str | None = attribute("style:diagonal-bl-tr")
    border_line_width: str | None = attribute("style:border-line-width")
    border_line_width_top: str | None = attribute("style:border-line-width-top")
    border_line_width_bottom: str | None = attribute("style:border-line-width-bottom")
    border_line_width_left: str | None = attribute("style:border-line-width-left")
    border_line_width_right: str | None = attribute("style:border-line-width-right")
    padding: str | None = attribute("fo:padding")
    padding_top: str | None = attribute("fo:padding-top")
    padding_bottom: str | None = attribute("fo:padding-bottom")
    padding_left: str | None = attribute("fo:padding-left")
    padding_right: str | None = attribute("fo:padding-right")
    wrap_option: str | None = attribute("fo:wrap-option")
    rotation_angle: str | None = attribute("style:rotation-angle")
    rotation_align: str | None = attribute("style:rotation-align")
    cell_protect: str | None = attribute("style:cell-protect")
    print_content: str | None = attribute("style:print-content")
    decimal_places: str | None = attribute("style:decimal-places")
    repeat_content: str | None = attribute("style:repeat-content")
    shrink_to_fit: str | None = attribute("style:shrink-to-fit")
