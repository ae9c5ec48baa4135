"""Formatting properties in ODF's vocabulary, as frozen records: the waist between readers and writers.

A field holds the attribute's lexical value, or None where it says nothing; which attribute a field is stands beside
it. Readers resolve OOXML formatting to these records; equal records share one automatic style. Source: ODF 1.3
Part 3, 16.27 (formatting properties) and 20 (their attributes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from converters.odf.xmlwriter import XmlWriter

_SUMS_KEPT = 4096  # results of lay_over and of difference


def attribute(name: str) -> Any:
    return field(default=None, metadata={"attribute": name})


def nested() -> Any:
    return field(default=None, metadata={"nested": True})


class Properties:
    """Base of the records: ``ELEMENT`` is the formatting properties element.

    A record type has dozens of fields of which one record says few: it holds these alone (:func:`record`).
    """

    ELEMENT: ClassVar[str] = ""
    __slots__ = ("__dict__", "_hash")

    @property
    def said(self) -> Mapping[str, Any]:
        """Field -> value of the fields that say something."""
        return self.__dict__

    def attributes(self) -> dict[str, str]:
        said = self.__dict__
        return {
            name: said[field_name] for field_name, name in attribute_names(type(self)) if field_name in said
        }

    def write(self, writer: XmlWriter) -> None:
        """Write the properties element; nothing for a record that says nothing."""
        if not is_empty(self):
            writer.start(self.ELEMENT, self.attributes())
            self.write_children(writer)
            writer.end()

    def write_children(self, writer: XmlWriter) -> None:
        """Write child elements in the schema's order; records that have some override this."""


AnyProperties = TypeVar("AnyProperties", bound=Properties)


if TYPE_CHECKING:
    from dataclasses import dataclass as record  # what a type checker may take a record for
else:

    def record(*, frozen: bool) -> Callable[[type], type]:
        """A frozen dataclass whose records hold only the fields that say something; those are given by name.

        What a record does not hold is the class's own None. A plain dataclass would generate its methods for all of
        the fields at import and assign each of them for every record.
        """
        return lambda record_type: _with_methods(
            dataclass(init=False, repr=False, eq=False, frozen=frozen)(record_type)
        )


def _with_methods(record_type: type) -> type:
    names = frozenset(item.name for item in fields(record_type))

    def __init__(self: Any, **said: Any) -> None:
        if not said.keys() <= names:
            raise TypeError(f"{record_type.__name__} has no field {sorted(said.keys() - names)}")
        self.__dict__.update({name: value for name, value in said.items() if value is not None})

    def __eq__(self: Any, other: object) -> bool:
        return self is other or (type(self) is type(other) and self.__dict__ == other.__dict__)

    def __hash__(self: Any) -> int:
        try:
            return self._hash
        except AttributeError:
            found = hash(frozenset(self.__dict__.items()))
            object.__setattr__(self, "_hash", found)
            return found

    def __repr__(self: Any) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{record_type.__name__}({said})"

    for method in (__init__, __eq__, __hash__, __repr__):
        setattr(record_type, method.__name__, method)
    return record_type


def _attribute_names(record_type: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (item.name, item.metadata["attribute"])
        for item in fields(record_type)
        if "attribute" in item.metadata
    )


# a record type -> (field, attribute) pairs
attribute_names: Callable[[Any], tuple[tuple[str, str], ...]] = cache(_attribute_names)


def is_empty(record: Properties) -> bool:
    return not record.said


def lay_over(base: AnyProperties, top: AnyProperties) -> AnyProperties:
    """``top`` over ``base``: what ``top`` says wins."""
    return _laid_over(base, top) if top.said else base


@lru_cache(_SUMS_KEPT)
def _laid_over(base: Any, top: Any) -> Any:
    return type(base)(**{**base.said, **top.said})


def difference(record: AnyProperties, parent: AnyProperties) -> AnyProperties:
    """What ``record`` says beyond ``parent``: the direct formatting that an automatic style must hold."""
    return _difference(record, parent) if record.said and parent.said else record


@lru_cache(_SUMS_KEPT)
def _difference(record: Any, parent: Any) -> Any:
    known = parent.said
    return type(record)(**{name: value for name, value in record.said.items() if known.get(name) != value})


@record(frozen=True)
class TextProperties(Properties):
    ELEMENT: ClassVar[str] = "style:text-properties"

    font_variant: str | None = attribute("fo:font-variant")
    text_transform: str | None = attribute("fo:text-transform")
    color: str | None = attribute("fo:color")
    use_window_font_color: str | None = attribute("style:use-window-font-color")
    text_outline: str | None = attribute("style:text-outline")
    line_through_type: str | None = attribute("style:text-line-through-type")
    line_through_style: str | None = attribute("style:text-line-through-style")
    text_position: str | None = attribute("style:text-position")
    font_name: str | None = attribute("style:font-name")
    font_family: str | None = attribute("fo:font-family")
    font_size: str | None = attribute("fo:font-size")
    letter_spacing: str | None = attribute("fo:letter-spacing")
    language: str | None = attribute("fo:language")
    country: str | None = attribute("fo:country")
    script: str | None = attribute("fo:script")
    rfc_language_tag: str | None = attribute("style:rfc-language-tag")
    font_style: str | None = attribute("fo:font-style")
    font_relief: str | None = attribute("style:font-relief")
    text_shadow: str | None = attribute("fo:text-shadow")
    underline_type: str | None = attribute("style:text-underline-type")
    underline_style: str | None = attribute("style:text-underline-style")
    underline_width: str | None = attribute("style:text-underline-width")
    underline_color: str | None = attribute("style:text-underline-color")
    underline_mode: str | None = attribute("style:text-underline-mode")
    overline_style: str | None = attribute("style:text-overline-style")
    font_weight: str | None = attribute("fo:font-weight")
    letter_kerning: str | None = attribute("style:letter-kerning")
    text_blinking: str | None = attribute("style:text-blinking")
    background_color: str | None = attribute("fo:background-color")
    text_combine: str | None = attribute("style:text-combine")
    text_emphasize: str | None = attribute("style:text-emphasize")
    text_scale: str | None = attribute("style:text-scale")
    text_rotation_angle: str | None = attribute("style:text-rotation-angle")
    display: str | None = attribute("text:display")
    hyphenate: str | None = attribute("fo:hyphenate")
    hyphenation_remain_char_count: str | None = attribute("fo:hyphenation-remain-char-count")
    hyphenation_push_char_count: str | None = attribute("fo:hyphenation-push-char-count")
    hyphenation_no_caps: str | None = attribute("loext:hyphenation-no-caps")
    hyphenation_zone: str | None = attribute("loext:hyphenation-zone")
    border: str | None = attribute("loext:border")
    border_top: str | None = attribute("loext:border-top")
    border_bottom: str | None = attribute("loext:border-bottom")
    border_left: str | None = attribute("loext:border-left")
    border_right: str | None = attribute("loext:border-right")
    padding: str | None = attribute("loext:padding")
    opacity: str | None = attribute("loext:opacity")
    char_shading_value: str | None = attribute("loext:char-shading-value")
    # East Asian and complex scripts
    font_name_asian: str | None = attribute("style:font-name-asian")
    font_size_asian: str | None = attribute("style:font-size-asian")
    font_weight_asian: str | None = attribute("style:font-weight-asian")
    font_style_asian: str | None = attribute("style:font-style-asian")
    language_asian: str | None = attribute("style:language-asian")
    country_asian: str | None = attribute("style:country-asian")
    font_name_complex: str | None = attribute("style:font-name-complex")
    font_size_complex: str | None = attribute("style:font-size-complex")
    font_weight_complex: str | None = attribute("style:font-weight-complex")
    font_style_complex: str | None = attribute("style:font-style-complex")
    language_complex: str | None = attribute("style:language-complex")
    country_complex: str | None = attribute("style:country-complex")
    script_type: str | None = attribute("style:script-type")


@dataclass(frozen=True, slots=True)
class TabStop:
    position: str
    type: str = "left"  # left, center, right, char
    char: str | None = None
    leader_style: str | None = None  # none, solid, dotted, dash ...
    leader_text: str | None = None

    def write(self, writer: XmlWriter) -> None:
        writer.empty(
            "style:tab-stop",
            {
                "style:position": self.position,
                "style:type": self.type if self.type != "left" else None,
                "style:char": self.char,
                "style:leader-style": self.leader_style,
                "style:leader-text": self.leader_text,
            },
        )


@dataclass(frozen=True, slots=True)
class DropCap:
    lines: int
    length: str = "1"
    distance: str | None = None


@record(frozen=True)
class ParagraphProperties(Properties):
    ELEMENT: ClassVar[str] = "style:paragraph-properties"

    margin_left: str | None = attribute("fo:margin-left")
    margin_right: str | None = attribute("fo:margin-right")
    margin_top: str | None = attribute("fo:margin-top")
    margin_bottom: str | None = attribute("fo:margin-bottom")
    contextual_spacing: str | None = attribute("style:contextual-spacing")
    text_indent: str | None = attribute("fo:text-indent")
    auto_text_indent: str | None = attribute("style:auto-text-indent")
    line_height: str | None = attribute("fo:line-height")
    line_height_at_least: str | None = attribute("style:line-height-at-least")
    line_spacing: str | None = attribute("style:line-spacing")
    font_independent_line_spacing: str | None = attribute("style:font-independent-line-spacing")
    text_align: str | None = attribute("fo:text-align")
    text_align_last: str | None = attribute("fo:text-align-last")
    justify_single_word: str | None = attribute("style:justify-single-word")
    keep_together: str | None = attribute("fo:keep-together")
    keep_with_next: str | None = attribute("fo:keep-with-next")
    widows: str | None = attribute("fo:widows")
    orphans: str | None = attribute("fo:orphans")
    tab_stop_distance: str | None = attribute("style:tab-stop-distance")
    paragraph_tab_stop_distance: str | None = attribute(
        "loext:tab-stop-distance"
    )  # where LibreOffice reads it
    hyphenation_keep: str | None = attribute("fo:hyphenation-keep")
    hyphenation_ladder_count: str | None = attribute("fo:hyphenation-ladder-count")
    register_true: str | None = attribute("style:register-true")
    background_color: str | None = attribute("fo:background-color")
    border: str | None = attribute("fo:border")
    border_top: str | None = attribute("fo:border-top")
    border_bottom: str | None = attribute("fo:border-bottom")
    border_left: str | None = attribute("fo:border-left")
    border_right: str | None = attribute("fo:border-right")
    border_line_width: str | None = attribute("style:border-line-width")
    border_line_width_top: str | None = attribute("style:border-line-width-top")
    border_line_width_bottom: str | None = attribute("style:border-line-width-bottom")
    border_line_width_left: str | None = attribute("style:border-line-width-left")
    border_line_width_right: str | None = attribute("style:border-line-width-right")
    join_border: str | None = attribute("style:join-border")
    padding: str | None = attribute("fo:padding")
    padding_top: str | None = attribute("fo:padding-top")
    padding_bottom: str | None = attribute("fo:padding-bottom")
    padding_left: str | None = attribute("fo:padding-left")
    padding_right: str | None = attribute("fo:padding-right")
    shadow: str | None = attribute("style:shadow")
    break_before: str | None = attribute("fo:break-before")
    break_after: str | None = attribute("fo:break-after")
    page_number: str | None = attribute("style:page-number")
    number_lines: str | None = attribute("text:number-lines")
    line_number: str | None = attribute("text:line-number")
    text_autospace: str | None = attribute("style:text-autospace")
    punctuation_wrap: str | None = attribute("style:punctuation-wrap")
    line_break: str | None = attribute("style:line-break")
    vertical_align: str | None = attribute("style:vertical-align")
    writing_mode: str | None = attribute("style:writing-mode")
    writing_mode_automatic: str | None = attribute("style:writing-mode-automatic")
    snap_to_layout_grid: str | None = attribute("style:snap-to-layout-grid")
    background_transparency: str | None = attribute("style:background-transparency")
    tab_stops: tuple[TabStop, ...] | None = nested()
    drop_cap: DropCap | None = nested()

    def write_children(self, writer: XmlWriter) -> None:
        if self.tab_stops is not None:
            with writer.element("style:tab-stops"):
                for stop in self.tab_stops:
                    stop.write(writer)
        if self.drop_cap is not None:
            writer.empty(
                "style:drop-cap",
                {
                    "style:lines": str(self.drop_cap.lines),
                    "style:length": self.drop_cap.length,
                    "style:distance": self.drop_cap.distance,
                },
            )


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


@record(frozen=True)
class ListLevelProperties(Properties):
    """Position and space of a list label (ODF 1.3 Part 3, 17.19 and 17.20); lengths for label-alignment mode."""

    ELEMENT: ClassVar[str] = "style:list-level-properties"

    text_align: str | None = attribute("fo:text-align")
    space_before: str | None = attribute("text:space-before")
    min_label_width: str | None = attribute("text:min-label-width")
    min_label_distance: str | None = attribute("text:min-label-distance")
    width: str | None = attribute("fo:width")
    height: str | None = attribute("fo:height")
    vertical_pos: str | None = attribute("style:vertical-pos")
    vertical_rel: str | None = attribute("style:vertical-rel")
    position_mode: str | None = attribute("text:list-level-position-and-space-mode")
    label_followed_by: str | None = nested()  # listtab, space, nothing
    list_tab_stop_position: str | None = nested()
    text_indent: str | None = nested()
    margin_left: str | None = nested()

    def write_children(self, writer: XmlWriter) -> None:
        if self.label_followed_by is not None:
            writer.empty(
                "style:list-level-label-alignment",
                {
                    "text:label-followed-by": self.label_followed_by,
                    "text:list-tab-stop-position": self.list_tab_stop_position,
                    "fo:text-indent": self.text_indent,
                    "fo:margin-left": self.margin_left,
                },
            )
