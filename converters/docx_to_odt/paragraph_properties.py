"""Paragraph properties ``w:pPr`` as paragraph properties (ECMA-376 Part 1, 17.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.borders import Border, read_border, read_shading
from converters.losses import LossLog, Place
from converters.odf.properties import ParagraphProperties, TabStop, lay_over
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import Theme
from converters.ooxml.xml import wording
from converters.support import Support
from converters.units import from_twips, percent, points, read_int, read_on_off, read_twips

_VAL = qn("w:val")
Values = dict[str, Any]

AUTO_SPACING_TWIPS = 280.0  # what Word takes for "auto" spacing before and after (17.3.1.33)

ALIGNMENTS: Mapping[str, str] = {
    "left": "start",
    "start": "start",
    "center": "center",
    "right": "end",
    "end": "end",
    "both": "justify",
    "distribute": "justify",
    "mediumKashida": "justify",
    "lowKashida": "justify",
    "highKashida": "justify",
    "thaiDistribute": "justify",
    "numTab": "start",
}
_VERTICAL = {"auto": "auto", "baseline": "baseline", "bottom": "bottom", "center": "middle", "top": "top"}
_TAB_TYPES = {
    "left": "left",
    "start": "left",
    "num": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "decimal": "char",
}
_LEADERS = {
    "dot": ("dotted", "."),
    "hyphen": ("dash", "-"),
    "underscore": ("solid", "_"),
    "heavy": ("solid", "_"),
    "middleDot": ("dotted", "·"),
}


@dataclass(frozen=True, slots=True)
class TabChange:
    """One ``w:tab`` of ``w:tabs``: ``stop`` is None where the position is cleared. Twips from the margin."""

    position_twips: float
    stop: TabStop | None


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """What one ``w:pPr`` says. ``num_id`` is 0 where numbering is taken away; ``outline_level`` counts from 0."""

    style_id: str | None = None
    paragraph: ParagraphProperties = field(default_factory=ParagraphProperties)
    tabs: tuple[TabChange, ...] = ()
    line: tuple[float | None, str | None] = (None, None)
    num_id: int | None = None
    num_level: int | None = None
    outline_level: int | None = None
    borders: tuple[tuple[str, Border], ...] = ()
    auto_before: bool | None = None
    auto_after: bool | None = None
    suppress_hyphens: bool | None = None


EMPTY_PARAGRAPH_FORMAT = ParagraphFormat()


class ParagraphPropertiesReader:
    """Reads ``w:pPr``; equal ones are read once."""

    def __init__(self, theme: Theme, log: LossLog) -> None:
        self.theme = theme
        self.log = log
        self._known: dict[Any, tuple[ParagraphFormat, tuple[str, ...], bool]] = {}

    def read(self, element: etree._Element | None, place: Place) -> ParagraphFormat:
        if element is None or not len(element):
            return EMPTY_PARAGRAPH_FORMAT
        key = wording(element, _BESIDE)
        known = self._known.get(key)
        if known is None:
            found = self._read(element, place)
            lost = tuple(child.tag for child in element if SUPPORT.loss_code(child.tag))
            inserted = element.find(_INSERTED_NUMBERING) is not None
            self._known[key] = found, lost, inserted
        else:
            found, lost, inserted = known
            for tag in lost:  # the same loss at another place
                SUPPORT.report(tag, self.log, place)
        if inserted:
            self.log.report("FORMAT_CHANGE_DROPPED", place, element="w:numPr")
        return found

    def _read(self, element: etree._Element, place: Place) -> ParagraphFormat:
        values: Values = {}
        record: Values = {"paragraph": values}
        for child in element:
            SUPPORT.dispatch(child, self.log, place, record, self)
        record["paragraph"] = ParagraphProperties(**values)
        return ParagraphFormat(**record)


def line_properties(line: tuple[float | None, str | None]) -> ParagraphProperties:
    """The line height for ``w:line`` and ``w:lineRule`` (17.3.1.33): 240ths of a line, or twips."""
    amount, rule = line
    if amount is None:
        return ParagraphProperties()
    if rule == "exact":
        return ParagraphProperties(line_height=from_twips(abs(amount)))
    if rule == "atLeast" or amount < 0:
        return ParagraphProperties(line_height_at_least=from_twips(abs(amount)))
    return ParagraphProperties(line_height=percent(round(amount / 2.4)))


# LibreOffice keeps these together: a style that states one of them and not the others sets those to nothing
_SPACING = ("margin_top", "margin_bottom", "contextual_spacing")


def with_whole_spacing(own: ParagraphProperties, resolved: ParagraphProperties) -> ParagraphProperties:
    """``own`` with all that belongs to the spacing around a paragraph, where it states any of it."""
    if own.said.keys().isdisjoint(_SPACING):
        return own
    whole = {name: getattr(own, name) or getattr(resolved, name) for name in _SPACING}
    whole["margin_top"] = whole["margin_top"] or "0pt"
    whole["margin_bottom"] = whole["margin_bottom"] or "0pt"
    whole["contextual_spacing"] = whole["contextual_spacing"] or "false"
    return lay_over(own, ParagraphProperties(**whole))


def with_physical_alignment(own: ParagraphProperties, inherited: ParagraphProperties) -> ParagraphProperties:
    """``own`` with right and left for start and end in text from right to left.

    There LibreOffice takes ``start`` for left, against ODF 1.3 Part 3, 20.223; right and left leave no doubt.
    """
    mode = own.writing_mode or inherited.writing_mode
    if mode != "rl-tb" or (own.text_align is None and own.writing_mode is None):
        return own
    alignment = own.text_align or inherited.text_align or "start"
    return replace(own, text_align={"start": "right", "end": "left"}.get(alignment, alignment))


def changed_tabs(stops: tuple[TabStop, ...], changes: tuple[TabChange, ...]) -> tuple[TabStop, ...]:
    """Tab stops of a parent with a child's changes: added, replaced or cleared by position (17.3.1.37)."""
    if not changes:
        return stops
    by_position = {stop.position: stop for stop in stops}
    for change in changes:
        position = from_twips(change.position_twips)
        if change.stop is None:
            by_position.pop(position, None)
        else:
            by_position[position] = change.stop
    return tuple(sorted(by_position.values(), key=lambda stop: float(stop.position.removesuffix("pt"))))


# -- handlers: (element, record, reader) -------------------------------------------------------------------------


def _on_off(name: str, on: str, off: str) -> Callable[..., None]:
    def read(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
        record["paragraph"][name] = on if read_on_off(element.get(_VAL)) else off

    return read


def _read_style(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    record["style_id"] = element.get(_VAL)


def _read_widow_control(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    count = "2" if read_on_off(element.get(_VAL)) else "0"
    record["paragraph"].update(widows=count, orphans=count)


def _read_numbering(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    for tag, name in (("w:numId", "num_id"), ("w:ilvl", "num_level")):
        found = element.find(qn(tag))
        if found is not None:
            record[name] = read_int(found.get(_VAL))


def _read_borders(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    borders = []
    for child in element:
        side = etree.QName(child).localname
        if side in ("top", "bottom", "left", "right"):
            borders.append((side, read_border(child, reader.theme)))
    record["borders"] = tuple(borders)
    values = record["paragraph"]
    for side, border in borders:
        values[f"border_{side}"] = border.line
        values[f"border_line_width_{side}"] = border.line_width
        values[f"padding_{side}"] = points(border.space_points) if border.visible else "0pt"


def _read_shading(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    color = read_shading(element, reader.theme)
    if color is not None:
        record["paragraph"]["background_color"] = color


def _read_tabs(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    changes = []
    for tab in element:
        position = read_twips(tab.get(qn("w:pos")))
        kind = tab.get(_VAL, "left")
        if position is None or kind == "bar":  # a bar draws a line and stops no tab
            continue
        stop = None
        if kind != "clear":
            leader_style, leader_text = _LEADERS.get(tab.get(qn("w:leader"), "none"), (None, None))
            tab_type = _TAB_TYPES.get(kind, "left")
            stop = TabStop(
                from_twips(position), tab_type, "." if tab_type == "char" else None, leader_style, leader_text
            )
        changes.append(TabChange(position, stop))
    record["tabs"] = tuple(changes)


def _read_spacing(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    values = record["paragraph"]
    for side, name in (("before", "margin_top"), ("after", "margin_bottom")):
        auto = element.get(qn(f"w:{side}Autospacing"))
        if auto is not None:
            record[f"auto_{side}"] = read_on_off(auto)
        twips = read_twips(element.get(qn(f"w:{side}")))
        if auto is not None and read_on_off(auto):
            values[name] = from_twips(AUTO_SPACING_TWIPS)
        elif twips is not None:
            values[name] = from_twips(max(0.0, twips))
    rule = element.get(qn("w:lineRule"))
    record["line"] = (read_twips(element.get(qn("w:line"))), rule)


def _read_indent(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    values = record["paragraph"]
    for name, attributes in (("margin_left", ("w:start", "w:left")), ("margin_right", ("w:end", "w:right"))):
        for attribute in attributes:
            twips = read_twips(element.get(qn(attribute)))
            if twips is not None:
                values[name] = from_twips(twips)
    hanging, first = read_twips(element.get(qn("w:hanging"))), read_twips(element.get(qn("w:firstLine")))
    if hanging is not None:  # hanging wins over firstLine (17.3.1.12)
        values["text_indent"] = from_twips(-hanging)
    elif first is not None:
        values["text_indent"] = from_twips(first)


def _read_alignment(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    kind = element.get(_VAL, "left")
    values = record["paragraph"]
    values["text_align"] = ALIGNMENTS.get(kind, "start")
    if kind in ("distribute", "thaiDistribute"):
        values["text_align_last"] = "justify"


def _read_vertical_alignment(
    element: etree._Element, record: Values, reader: ParagraphPropertiesReader
) -> None:
    record["paragraph"]["vertical_align"] = _VERTICAL.get(element.get(_VAL, "auto"))


def _read_outline_level(element: etree._Element, record: Values, reader: ParagraphPropertiesReader) -> None:
    record["outline_level"] = read_int(element.get(_VAL))


def _read_suppressed_hyphens(
    element: etree._Element, record: Values, reader: ParagraphPropertiesReader
) -> None:
    record["suppress_hyphens"] = read_on_off(element.get(_VAL))


_INSERTED_NUMBERING = f"{qn('w:numPr')}/{qn('w:ins')}"
_BESIDE = frozenset(map(qn, ("w:rPr", "w:sectPr", "w:pPrChange")))

_HANDLERS: dict[str, Callable[..., None]] = {
    "w:pStyle": _read_style,
    "w:keepNext": _on_off("keep_with_next", "always", "auto"),
    "w:keepLines": _on_off("keep_together", "always", "auto"),
    "w:pageBreakBefore": _on_off("break_before", "page", "auto"),
    "w:widowControl": _read_widow_control,
    "w:numPr": _read_numbering,
    "w:suppressLineNumbers": _on_off("number_lines", "false", "true"),
    "w:pBdr": _read_borders,
    "w:shd": _read_shading,
    "w:tabs": _read_tabs,
    "w:overflowPunct": _on_off("punctuation_wrap", "hanging", "simple"),
    "w:autoSpaceDE": _on_off("text_autospace", "ideograph-alpha", "none"),
    "w:kinsoku": _on_off("line_break", "strict", "normal"),
    "w:bidi": _on_off("writing_mode", "rl-tb", "lr-tb"),
    "w:snapToGrid": _on_off("snap_to_layout_grid", "true", "false"),
    "w:contextualSpacing": _on_off("contextual_spacing", "true", "false"),
    "w:spacing": _read_spacing,
    "w:ind": _read_indent,
    "w:jc": _read_alignment,
    "w:textAlignment": _read_vertical_alignment,
    "w:outlineLvl": _read_outline_level,
    "w:suppressAutoHyphens": _read_suppressed_hyphens,
}

SUPPORT = Support(
    "paragraph properties",
    _HANDLERS,
    ignored={
        "w:rPr": "the paragraph mark, read with the paragraph",
        "w:sectPr": "the end of a section, read with the sections",
        "w:wordWrap": "line breaking inside Latin words follows the language in LibreOffice",
        "w:topLinePunct": "a detail of East Asian composition that LibreOffice sets by language",
        "w:autoSpaceDN": "LibreOffice has one setting for letters and digits, read from autoSpaceDE",
        "w:adjustRightInd": "concerns the document grid only",
        "w:divId": "concerns web pages only",
        "w:cnfStyle": "a cache of what the table style says for the cell",
        "w:framePr": "read with the text frames; in a style it waits for a paragraph",
        "w:suppressOverlap": "concerns text frames only",
        "w:textboxTightWrap": "concerns text boxes with tight wrapping only",
        "w15:collapsed": "the folding of headings in the editor",
        "w15:webExtensionLinked": "marks content of a web extension, which is reported by its part",
        "w15:webExtensionCreated": "marks content of a web extension, which is reported by its part",
    },
    unsupported={
        "w:mirrorIndents": "MIRRORED_INDENT_DROPPED",
        "w:textDirection": "TEXT_DIRECTION_DROPPED",
        "w:pPrChange": "FORMAT_CHANGE_DROPPED",
    },
)
