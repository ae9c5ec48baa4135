"""Formatting of text, paragraphs and list labels (ODF 1.3 Part 3, 17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from converters.odf.records import Properties, attribute, nested, record
from converters.odf.xmlwriter import XmlWriter


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

    @staticmethod
    def settle(said: dict[str, Any], top: Mapping[str, Any]) -> None:
        """A colour ends the automatic one below it, and the automatic one a colour: they are one setting."""
        if top.get("use_window_font_color") == "true":
            if "color" not in top:
                said.pop("color", None)
        elif "color" in top and said.get("use_window_font_color") == "true":
            del said["use_window_font_color"]


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
