"""Formatting of frames, shapes and charts (ODF 1.3 Part 3, 17)."""

from __future__ import annotations

from typing import ClassVar

from converters.odf.records import Properties, attribute, nested, record
from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter


@record(frozen=True)
class GraphicProperties(Properties):
    """Formatting of frames and shapes. Gradients, hatches, bitmaps and markers are named styles (``office:styles``)."""

    ELEMENT: ClassVar[str] = "style:graphic-properties"

    stroke: str | None = attribute("draw:stroke")
    stroke_dash: str | None = attribute("draw:stroke-dash")
    stroke_width: str | None = attribute("svg:stroke-width")
    stroke_color: str | None = attribute("svg:stroke-color")
    stroke_opacity: str | None = attribute("svg:stroke-opacity")
    stroke_linejoin: str | None = attribute("draw:stroke-linejoin")
    stroke_linecap: str | None = attribute("svg:stroke-linecap")
    marker_start: str | None = attribute("draw:marker-start")
    marker_start_width: str | None = attribute("draw:marker-start-width")
    marker_start_center: str | None = attribute("draw:marker-start-center")
    marker_end: str | None = attribute("draw:marker-end")
    marker_end_width: str | None = attribute("draw:marker-end-width")
    marker_end_center: str | None = attribute("draw:marker-end-center")
    fill: str | None = attribute("draw:fill")
    fill_color: str | None = attribute("draw:fill-color")
    secondary_fill_color: str | None = attribute("draw:secondary-fill-color")
    fill_gradient_name: str | None = attribute("draw:fill-gradient-name")
    gradient_step_count: str | None = attribute("draw:gradient-step-count")
    fill_hatch_name: str | None = attribute("draw:fill-hatch-name")
    fill_hatch_solid: str | None = attribute("draw:fill-hatch-solid")
    fill_image_name: str | None = attribute("draw:fill-image-name")
    fill_image_width: str | None = attribute("draw:fill-image-width")
    fill_image_height: str | None = attribute("draw:fill-image-height")
    fill_image_ref_point: str | None = attribute("draw:fill-image-ref-point")
    repeat: str | None = attribute("style:repeat")
    opacity: str | None = attribute("draw:opacity")
    opacity_name: str | None = attribute("draw:opacity-name")
    fill_rule: str | None = attribute("svg:fill-rule")
    symbol_color: str | None = attribute("draw:symbol-color")
    auto_grow_height: str | None = attribute("draw:auto-grow-height")
    auto_grow_width: str | None = attribute("draw:auto-grow-width")
    fit_to_size: str | None = attribute("draw:fit-to-size")
    fit_to_contour: str | None = attribute("draw:fit-to-contour")
    shrink_to_fit: str | None = attribute("style:shrink-to-fit")
    textarea_horizontal_align: str | None = attribute("draw:textarea-horizontal-align")
    textarea_vertical_align: str | None = attribute("draw:textarea-vertical-align")
    wrap_option: str | None = attribute("fo:wrap-option")
    color_mode: str | None = attribute("draw:color-mode")
    luminance: str | None = attribute("draw:luminance")
    contrast: str | None = attribute("draw:contrast")
    gamma: str | None = attribute("draw:gamma")
    image_opacity: str | None = attribute("draw:image-opacity")
    shadow: str | None = attribute("draw:shadow")
    shadow_offset_x: str | None = attribute("draw:shadow-offset-x")
    shadow_offset_y: str | None = attribute("draw:shadow-offset-y")
    shadow_color: str | None = attribute("draw:shadow-color")
    shadow_opacity: str | None = attribute("draw:shadow-opacity")
    shadow_blur: str | None = attribute("loext:shadow-blur")
    glow_radius: str | None = attribute("loext:glow-radius")
    glow_color: str | None = attribute("loext:glow-color")
    glow_transparency: str | None = attribute("loext:glow-transparency")
    softedge_radius: str | None = attribute("loext:softedge-radius")
    min_height: str | None = attribute("fo:min-height")
    min_width: str | None = attribute("fo:min-width")
    max_height: str | None = attribute("fo:max-height")
    max_width: str | None = attribute("fo:max-width")
    margin_left: str | None = attribute("fo:margin-left")
    margin_right: str | None = attribute("fo:margin-right")
    margin_top: str | None = attribute("fo:margin-top")
    margin_bottom: str | None = attribute("fo:margin-bottom")
    print_content: str | None = attribute("style:print-content")
    protect: str | None = attribute("style:protect")
    horizontal_pos: str | None = attribute("style:horizontal-pos")
    horizontal_rel: str | None = attribute("style:horizontal-rel")
    vertical_pos: str | None = attribute("style:vertical-pos")
    vertical_rel: str | None = attribute("style:vertical-rel")
    border: str | None = attribute("fo:border")
    border_top: str | None = attribute("fo:border-top")
    border_bottom: str | None = attribute("fo:border-bottom")
    border_left: str | None = attribute("fo:border-left")
    border_right: str | None = attribute("fo:border-right")
    padding: str | None = attribute("fo:padding")
    padding_top: str | None = attribute("fo:padding-top")
    padding_bottom: str | None = attribute("fo:padding-bottom")
    padding_left: str | None = attribute("fo:padding-left")
    padding_right: str | None = attribute("fo:padding-right")
    frame_shadow: str | None = attribute("style:shadow")
    background_color: str | None = attribute("fo:background-color")
    background_transparency: str | None = attribute("style:background-transparency")
    wrap: str | None = attribute("style:wrap")
    number_wrapped_paragraphs: str | None = attribute("style:number-wrapped-paragraphs")
    wrap_contour: str | None = attribute("style:wrap-contour")
    wrap_contour_mode: str | None = attribute("style:wrap-contour-mode")
    wrap_influence_on_position: str | None = attribute("draw:wrap-influence-on-position")
    run_through: str | None = attribute("style:run-through")
    flow_with_text: str | None = attribute("style:flow-with-text")
    allow_overlap: str | None = attribute("loext:allow-overlap")
    mirror: str | None = attribute("style:mirror")
    clip: str | None = attribute("fo:clip")
    writing_mode: str | None = attribute("style:writing-mode")
    upwards: str | None = attribute("loext:writing-mode")  # bt-lr, which ODF has not
    column_count: int | None = nested()
    column_gap: str | None = nested()

    def write_children(self, writer: XmlWriter) -> None:
        if self.column_count is not None:
            columns = {"fo:column-count": str(self.column_count), "fo:column-gap": self.column_gap or "0cm"}
            writer.empty("style:columns", columns)


@record(frozen=True)
class CellGraphicProperties(GraphicProperties):
    """Fill and padding of a cell of a table on a page, in LibreOffice's extension: ODF's own cells know only colours."""

    ELEMENT: ClassVar[str] = "loext:graphic-properties"


@record(frozen=True)
class ChartProperties(Properties):
    """Formatting of charts and their parts (ODF 1.3 Part 3, 17.22 and 20)."""

    ELEMENT: ClassVar[str] = "style:chart-properties"

    vertical: str | None = attribute("chart:vertical")
    stacked: str | None = attribute("chart:stacked")
    percentage: str | None = attribute("chart:percentage")
    three_dimensional: str | None = attribute("chart:three-dimensional")
    gap_width: str | None = attribute("chart:gap-width")
    overlap: str | None = attribute("chart:overlap")
    symbol_type: str | None = attribute("chart:symbol-type")
    symbol_name: str | None = attribute("chart:symbol-name")
    symbol_width: str | None = attribute("chart:symbol-width")
    symbol_height: str | None = attribute("chart:symbol-height")
    interpolation: str | None = attribute("chart:interpolation")
    data_label_number: str | None = attribute("chart:data-label-number")
    data_label_text: str | None = attribute("chart:data-label-text")
    data_label_symbol: str | None = attribute("chart:data-label-symbol")
    data_label_series: str | None = attribute("chart:data-label-series")
    label_position: str | None = attribute("chart:label-position")
    pie_offset: str | None = attribute("chart:pie-offset")
    angle_offset: str | None = attribute("chart:angle-offset")
    treat_empty_cells: str | None = attribute("chart:treat-empty-cells")
    display_label: str | None = attribute("chart:display-label")
    logarithmic: str | None = attribute("chart:logarithmic")
    minimum: str | None = attribute("chart:minimum")
    maximum: str | None = attribute("chart:maximum")
    interval_major: str | None = attribute("chart:interval-major")
    interval_minor_divisor: str | None = attribute("chart:interval-minor-divisor")
    reverse_direction: str | None = attribute("chart:reverse-direction")
    visible: str | None = attribute("chart:visible")
    axis_position: str | None = attribute("chart:axis-position")
    axis_label_position: str | None = attribute("chart:axis-label-position")
    tick_marks_major_inner: str | None = attribute("chart:tick-marks-major-inner")
    tick_marks_major_outer: str | None = attribute("chart:tick-marks-major-outer")
    tick_marks_minor_inner: str | None = attribute("chart:tick-marks-minor-inner")
    tick_marks_minor_outer: str | None = attribute("chart:tick-marks-minor-outer")
    include_hidden_cells: str | None = attribute("chart:include-hidden-cells")
    regression_type: str | None = attribute("chart:regression-type")
    regression_name: str | None = attribute("chart:regression-name")
    regression_max_degree: str | None = attribute("chart:regression-max-degree")
    regression_period: str | None = attribute("chart:regression-period")
    regression_force_intercept: str | None = attribute("chart:regression-force-intercept")
    regression_intercept_value: str | None = attribute("chart:regression-intercept-value")
    regression_extrapolate_forward: str | None = attribute("loext:regression-extrapolate-forward")
    regression_extrapolate_backward: str | None = attribute("loext:regression-extrapolate-backward")
    error_category: str | None = attribute("chart:error-category")
    error_percentage: str | None = attribute("chart:error-percentage")
    error_upper_limit: str | None = attribute("chart:error-upper-limit")
    error_lower_limit: str | None = attribute("chart:error-lower-limit")
    error_upper_indicator: str | None = attribute("chart:error-upper-indicator")
    error_lower_indicator: str | None = attribute("chart:error-lower-indicator")
    error_upper_range: str | None = attribute("chart:error-upper-range")
    error_lower_range: str | None = attribute("chart:error-lower-range")
    link_data_style_to_source: str | None = attribute("chart:link-data-style-to-source")
    text_line_break: str | None = attribute("text:line-break")
    rotation_angle: str | None = attribute("style:rotation-angle")
    label_separator: str | None = nested()  # text between the parts of a label

    def write_children(self, writer: XmlWriter) -> None:
        if self.label_separator is not None:
            with writer.element("chart:label-separator"), writer.element("text:p"):
                write_text(writer, self.label_separator)
