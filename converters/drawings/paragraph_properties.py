"""Paragraph properties of DrawingML as ODF paragraph properties (ECMA-376 Part 1, 21.1.2.2; ODF 1.3 Part 3, 20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.odf.properties import ParagraphProperties, TabStop
from converters.ooxml.namespaces import qn
from converters.support import Support
from converters.units import from_emu, percent, points, read_int, read_on_off, read_percentage

# ST_TextAlignType (20.1.10.59) -> fo:text-align
_ALIGNMENTS = {
    "l": "start", "ctr": "center", "r": "end", "just": "justify", "justLow": "justify", "dist": "justify",
    "thaiDist": "justify",
}  # fmt: skip
_TAB_DISTANCE_EMU = 914_400  # where no a:pPr names one (21.1.2.2.7, defTabSz): an inch, as applications do
_TAB_TYPES = {"l": "left", "ctr": "center", "r": "right", "dec": "char"}


def _handled(*_arguments: object) -> None:
    """Marks what this module and the bullets read by name."""


PARAGRAPH_PROPERTIES = Support(
    context="paragraph properties",
    handlers=dict.fromkeys(
        (
            "a:lnSpc",
            "a:spcBef",
            "a:spcAft",
            "a:tabLst",
            "a:buClrTx",
            "a:buClr",
            "a:buSzTx",
            "a:buSzPct",
            "a:buSzPts",
            "a:buFontTx",
            "a:buFont",
            "a:buNone",
            "a:buAutoNum",
            "a:buChar",
            "a:buBlip",
        ),
        _handled,
    ),
    ignored={
        "a:defRPr": "applications that wrote it do not apply it inside a paragraph (21.1.2.3.2)",
        "a:extLst": "extensions repeat what older readers see",
    },
)


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """Merged paragraph properties: attributes and children by tag, lowest source first."""

    attributes: dict[str, str]
    children: dict[str, etree._Element]

    @property
    def margin_emu(self) -> int:
        return read_int(self.attributes.get("marL"), 0) or 0

    @property
    def indent_emu(self) -> int:
        return read_int(self.attributes.get("indent"), 0) or 0


_BULLET_GROUPS = tuple(
    frozenset(qn(f"a:{name}") for name in group)
    for group in (
        ("buNone", "buAutoNum", "buChar", "buBlip"),
        ("buClr", "buClrTx"),
        ("buSzTx", "buSzPct", "buSzPts"),
        ("buFont", "buFontTx"),
    )
)


def merge_paragraph(sources: Sequence[etree._Element]) -> ParagraphFormat:
    """Lay paragraph properties over each other; of a group of alternatives (bullet kinds) the last one stays."""
    attributes: dict[str, str] = {}
    children: dict[str, etree._Element] = {}
    for source in sources:
        attributes.update(source.attrib)
        for child in source:
            for group in _BULLET_GROUPS:
                if child.tag in group:
                    for tag in group:
                        children.pop(tag, None)
            children[child.tag] = child
    return ParagraphFormat(attributes, children)


def resolve_paragraph(
    paragraph: ParagraphFormat, size_points: float, *, in_list: bool
) -> ParagraphProperties:
    """Paragraph properties; ``size_points`` is the text's size, which spacing in percent refers to.

    A paragraph in a list leaves its indents to the list's level.
    """
    get, children = paragraph.attributes.get, paragraph.children
    right_to_left = read_on_off(get("rtl"), False)
    tab_distance = read_int(get("defTabSz"), _TAB_DISTANCE_EMU) or _TAB_DISTANCE_EMU
    return ParagraphProperties(
        margin_left="0cm" if in_list else from_emu(paragraph.margin_emu),
        margin_right=from_emu(read_int(get("marR"), 0) or 0),
        text_indent="0cm" if in_list else from_emu(paragraph.indent_emu),
        margin_top=_margin(children.get(qn("a:spcBef")), size_points),
        margin_bottom=_margin(children.get(qn("a:spcAft")), size_points),
        line_height=_line_height(children.get(qn("a:lnSpc"))),
        text_align=_ALIGNMENTS.get(get("algn", "l"), "start"),
        text_align_last="justify" if get("algn") == "dist" else None,
        writing_mode="rl-tb" if right_to_left else "lr-tb",
        tab_stop_distance=from_emu(tab_distance),
        paragraph_tab_stop_distance=from_emu(tab_distance),
        punctuation_wrap="hanging" if read_on_off(get("hangingPunct"), False) else "simple",
        tab_stops=_tab_stops(children.get(qn("a:tabLst")), hangs=not in_list and paragraph.indent_emu < 0),
    )


def _margin(spacing: etree._Element | None, size_points: float) -> str:
    """Space before or after: points, or a share of the text's size (21.1.2.2.9, 21.1.2.2.10)."""
    share, exact = _spacing(spacing)
    if exact is not None:
        return points(exact)
    return points(size_points * share / 100) if share is not None else "0cm"


def _line_height(spacing: etree._Element | None) -> str:
    share, exact = _spacing(spacing)
    if exact is not None:
        return points(exact)
    return percent(share) if share else "100%"


def _spacing(spacing: etree._Element | None) -> tuple[float | None, float | None]:
    """(percent, points) of ``a:lnSpc`` and its kin: one of them, or none."""
    if spacing is not None:
        for child in spacing:
            if child.tag == qn("a:spcPct"):
                return read_percentage(child.get("val")), None
            if child.tag == qn("a:spcPts"):
                return None, (read_int(child.get("val"), 0) or 0) / 100
    return None, None


def _tab_stops(listed: etree._Element | None, *, hangs: bool) -> tuple[TabStop, ...] | None:
    """The stops of ``a:tabLst``; where the first line hangs, its first tab ends at the margin of the others."""
    stops = [TabStop("0cm")] if hangs else []
    stops += [
        TabStop(
            from_emu(read_int(tab.get("pos"), 0) or 0),
            (kind := _TAB_TYPES.get(tab.get("algn", "l"), "left")),
            char="." if kind == "char" else None,
        )
        for tab in (listed.iterfind(qn("a:tab")) if listed is not None else ())
    ]
    return tuple(stops) or None


def report_paragraph_properties(properties: etree._Element | None, context: DrawingContext) -> None:
    for child in properties if properties is not None else ():
        if PARAGRAPH_PROPERTIES.loss_code(child.tag):
            PARAGRAPH_PROPERTIES.report(child.tag, context.log, context.place)
