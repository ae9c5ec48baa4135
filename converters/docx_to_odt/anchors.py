"""Where a drawing stands: inline or anchored, its wrapping and position (ECMA-376 Part 1, 20.4; ODF 1.3 Part 3, 20.290 ff)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.frame_positions import HORIZONTAL_ALIGN, VERTICAL_ALIGN
from converters.odf.properties import GraphicProperties
from converters.ooxml.namespaces import qn
from converters.units import from_emu, read_int, read_on_off

# relativeFrom -> horizontal-rel; the inside and outside margins follow the page in LibreOffice
_HORIZONTAL_REL: Mapping[str, str] = {
    "page": "page",
    "margin": "page-content",
    "column": "paragraph",
    "character": "char",
    "leftMargin": "page-start-margin",
    "rightMargin": "page-end-margin",
    "insideMargin": "page-start-margin",
    "outsideMargin": "page-end-margin",
}
_VERTICAL_REL: Mapping[str, str] = {
    "page": "page",
    "margin": "page-content",
    "paragraph": "paragraph",
    "line": "line",
    "topMargin": "page-content-top",
    "bottomMargin": "page-content-bottom",
    "insideMargin": "page-content-top",
    "outsideMargin": "page-content-bottom",
}
_WRAPS = {"bothSides": "parallel", "left": "left", "right": "right", "largest": "dynamic"}
_WRAP_TAGS = frozenset(
    map(qn, ("wp:wrapNone", "wp:wrapSquare", "wp:wrapTight", "wp:wrapThrough", "wp:wrapTopAndBottom"))
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The frame's attributes and graphic properties; lengths in ODF's form, sizes in EMU."""

    attributes: Mapping[str, str | None]
    properties: GraphicProperties
    width_emu: int
    height_emu: int
    name: str = ""
    title: str = ""
    description: str = ""
    inline: bool = True


def read_anchor(element: etree._Element) -> Anchor:
    """Read ``wp:inline`` or ``wp:anchor``."""
    extent = element.find(qn("wp:extent"))
    width = read_int(extent.get("cx"), 0) if extent is not None else 0
    height = read_int(extent.get("cy"), 0) if extent is not None else 0
    document_properties = element.find(qn("wp:docPr"))
    names = document_properties if document_properties is not None else element
    room = _effect_room(element) if element.tag == qn("wp:inline") else {}
    margins: dict[str, Any] = {
        f"margin_{side}": from_emu((read_int(element.get(attribute), 0) or 0) + room.get(side, 0))
        for side, attribute in (("left", "distL"), ("right", "distR"), ("top", "distT"), ("bottom", "distB"))
    }
    anchor = Anchor(
        {"text:anchor-type": "as-char"},
        GraphicProperties(vertical_pos="top", vertical_rel="baseline", **margins),
        max(0, width or 0),
        max(0, height or 0),
        names.get("name", ""),
        names.get("title", ""),
        names.get("descr", ""),
    )
    return anchor if element.tag == qn("wp:inline") else _anchored(element, anchor)


def _effect_room(element: etree._Element) -> dict[str, int]:
    """EMU that the line and the effects of an inline drawing take in the line of text, by side (20.4.2.6).

    Word writes small rests of them for plain pictures, too; those take no room.
    """
    extent = element.find(qn("wp:effectExtent"))
    drawn = any(line.find(qn("a:solidFill")) is not None for line in element.iter(qn("a:ln"))) or any(
        len(effects) for effects in element.iter(qn("a:effectLst"))
    )
    if extent is None or not drawn:
        return {}
    sides = (("left", "l"), ("right", "r"), ("top", "t"), ("bottom", "b"))
    return {side: max(0, read_int(extent.get(name), 0) or 0) for side, name in sides}


def _position(element: etree._Element, name: str) -> etree._Element | None:
    """The position of an anchor. One in hundredths of the page ([MS-ODRAWXML] 2.15, wp14:pctPosVOffset) has the same
    place as an offset beside it, for those that do not know the former."""
    found = element.find(qn(name))
    if found is None:
        found = element.find(f"{qn('mc:AlternateContent')}/{qn('mc:Fallback')}/{qn(name)}")
    return found


def _anchored(element: etree._Element, anchor: Anchor) -> Anchor:
    values: dict[str, Any] = {}
    attributes: dict[str, str | None] = {"text:anchor-type": "char"}
    _read_position(
        _position(element, "wp:positionH"),
        values,
        attributes,
        "horizontal",
        "svg:x",
        "from-left",
        _HORIZONTAL_REL,
        HORIZONTAL_ALIGN,
    )
    _read_position(
        _position(element, "wp:positionV"),
        values,
        attributes,
        "vertical",
        "svg:y",
        "from-top",
        _VERTICAL_REL,
        VERTICAL_ALIGN,
    )
    if values["horizontal_pos"] in ("left", "right"):  # no distance to the edge that it is aligned with
        values[f"margin_{values['horizontal_pos']}"] = "0cm"
    behind = read_on_off(element.get("behindDoc"), default=False)
    wrap = next((child for child in element if child.tag in _WRAP_TAGS), None)
    values.update(_wrap_properties(wrap, behind))
    order = read_int(element.get("relativeHeight"))
    attributes["draw:z-index"] = str(max(0, order) % 2**31) if order is not None else None
    overlap = read_on_off(element.get("allowOverlap"), default=True)
    placed: dict[str, Any] = {
        "allow_overlap": "true" if overlap else "false",
        "flow_with_text": "false",
        "wrap_influence_on_position": "once-concurrent",
        "number_wrapped_paragraphs": "no-limit",
        **values,
    }
    properties = replace(anchor.properties, **placed)
    return replace(anchor, attributes=attributes, properties=properties, inline=False)


def _read_position(
    element: etree._Element | None,
    values: dict[str, Any],
    attributes: dict[str, str | None],
    axis: str,
    coordinate: str,
    from_edge: str,
    relations: Mapping[str, str],
    alignments: Mapping[str, str],
) -> None:
    if element is None:
        values[f"{axis}_pos"], values[f"{axis}_rel"] = from_edge, "paragraph"
        return
    values[f"{axis}_rel"] = relations.get(element.get("relativeFrom", ""), "paragraph")
    align = element.find(qn("wp:align"))
    if align is not None:
        values[f"{axis}_pos"] = alignments.get((align.text or "").strip(), from_edge)
        return
    offset = element.find(qn("wp:posOffset"))
    values[f"{axis}_pos"] = from_edge
    attributes[coordinate] = (
        from_emu(read_int((offset.text or "").strip(), 0) or 0) if offset is not None else "0cm"
    )


def _wrap_properties(wrap: etree._Element | None, behind: bool) -> dict[str, str | None]:
    """``style:wrap`` and its companions (20.4.2.15 to 20.4.2.20)."""
    through = {"wrap": "run-through", "run_through": "background" if behind else "foreground"}
    if wrap is None or wrap.tag == qn("wp:wrapNone"):
        return dict(through)
    if wrap.tag == qn("wp:wrapTopAndBottom"):
        return {"wrap": "none"}
    contour = wrap.tag != qn("wp:wrapSquare")
    return {
        "wrap": _WRAPS.get(wrap.get("wrapText", "bothSides"), "parallel"),
        "wrap_contour": "true" if contour else "false",
        "wrap_contour_mode": "outside" if contour else None,
    }
