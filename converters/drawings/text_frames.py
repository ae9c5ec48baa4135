"""The frame around text: insets, anchor, fitting and direction (ECMA-376 Part 1, 21.1.2.1, a:bodyPr)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.odf.properties import GraphicProperties, ParagraphProperties
from converters.ooxml.namespaces import qn
from converters.support import Support
from converters.units import from_emu, read_int, read_on_off

_INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}
_ANCHORS = {"t": "top", "ctr": "middle", "b": "bottom", "just": "justify", "dist": "justify"}
_FITS = (qn("a:noAutofit"), qn("a:normAutofit"), qn("a:spAutoFit"))
# a:bodyPr/@vert -> degrees by which the text turns, counter-clockwise; stacked and East Asian text runs downwards
_TURNS = {"vert": -90.0, "vert270": 90.0}
_SIDEWAYS = ("left", "right")
_DOWNWARDS = {"eaVert", "wordArtVert", "mongolianVert", "wordArtVertRtl"}
# the insets in the order of left, top, right, bottom as turned text sees them: they stay with the shape's own sides
_TURNED_INSETS = {
    "vert": ("tIns", "rIns", "bIns", "lIns"),
    "vert270": ("bIns", "lIns", "tIns", "rIns"),
}
# anchor of columns of text that run from right to left -> their place in the frame
_COLUMN_PLACES = {"t": "right", "ctr": "center", "b": "left"}


def _handled(*_arguments: object) -> None:
    """Marks what :func:`resolve_text_frame` reads by name."""


BODY_PROPERTIES = Support(
    context="text body properties",
    handlers={"a:noAutofit": _handled, "a:normAutofit": _handled, "a:spAutoFit": _handled},
    ignored={
        "a:extLst": "extensions repeat what older readers see",
        "a:flatTx": "flat text is ODF's only kind",
    },
    unsupported={
        "a:prstTxWarp": "SHAPE_EFFECT_DROPPED",
        "a:scene3d": "SHAPE_EFFECT_DROPPED",
        "a:sp3d": "SHAPE_EFFECT_DROPPED",
    },
)


def _horizontal(centred: bool, wraps: bool, unwrapped: str) -> str:
    """``draw:textarea-horizontal-align``: unwrapped text in the middle outgrows its shape to both sides."""
    if centred:
        return "center"
    return "justify" if wraps else unwrapped


def _own_fit(bodies: Sequence[etree._Element]) -> str:
    """How text and frame fit each other (21.1.2.1.1 to 3), which the shape itself must say.

    Where its layout alone allows it, text and frame keep their sizes: the application that had to shrink text says by how
    much in the shape, one that had to grow a frame left its size there, and LibreOffice measures with other fonts. The
    layout's own frame, which new slides are made from, goes on fitting.
    """
    return next((child.tag for body in bodies[:1] for child in body if child.tag in _FITS), _FITS[0])


@dataclass(frozen=True, slots=True)
class TextFrame:
    """``angle_degrees`` is how the text turns inside its shape, counter-clockwise."""

    graphic: GraphicProperties
    paragraph: ParagraphProperties
    angle_degrees: float = 0


def resolve_text_frame(
    bodies: Sequence[etree._Element], context: DrawingContext, *, unwrapped: str = "left"
) -> TextFrame:
    """The frame for ``a:bodyPr`` elements, nearest first: a shape's own and those it inherits.

    ``unwrapped`` is the horizontal place of text that is not wrapped: left, center or right.
    """
    attributes: dict[str, str] = {}
    for body in reversed(bodies):
        attributes.update(body.attrib)
    fit = _own_fit(bodies)
    for child in bodies[0] if bodies else ():
        code = BODY_PROPERTIES.loss_code(child.tag)
        if code == "SHAPE_EFFECT_DROPPED" and child.get("prst") != "textNoShape":
            context.log.report(code, context.place, effect=child.get("prst") or etree.QName(child).localname)
        elif code == "UNKNOWN_ELEMENT":
            BODY_PROPERTIES.report(child.tag, context.log, context.place)
    wraps = attributes.get("wrap", "square") != "none"
    direction = attributes.get("vert", "horz")
    insets = {
        side: from_emu(read_int(attributes.get(side), default) or 0) for side, default in _INSETS.items()
    }
    columns = read_int(attributes.get("numCol"), 1) or 1
    centred = read_on_off(attributes.get("anchorCtr"), False)
    anchor = attributes.get("anchor", "t")
    horizontal = _horizontal(centred, wraps, unwrapped if fit == _FITS[2] else "justify")
    vertical = _ANCHORS.get(anchor, "top")
    if direction in _DOWNWARDS:
        horizontal, vertical = _COLUMN_PLACES.get(anchor, "right"), "middle" if centred else "top"
    left, top, right, bottom = (insets[name] for name in _TURNED_INSETS.get(direction, _INSETS))
    graphic = GraphicProperties(
        padding_left=left,
        padding_top=top,
        padding_right=right,
        padding_bottom=bottom,
        textarea_vertical_align=vertical,
        textarea_horizontal_align=horizontal,
        wrap_option="wrap" if wraps else "no-wrap",
        # a shape that fits itself to unwrapped text in its middle would leave its place in LibreOffice
        auto_grow_height="true" if fit == _FITS[2] and (wraps or horizontal in _SIDEWAYS) else "false",
        auto_grow_width="false",
        min_height="0cm" if fit == _FITS[2] else None,
        min_width="0cm" if fit == _FITS[2] else None,
        fit_to_size="false",
        shrink_to_fit="true" if fit == _FITS[1] else "false",
        column_count=columns if columns > 1 else None,
        column_gap=from_emu(read_int(attributes.get("spcCol"), 0) or 0) if columns > 1 else None,
    )
    turn = _TURNS.get(direction, 0.0) - (read_int(attributes.get("rot"), 0) or 0) / 60_000
    paragraph = ParagraphProperties(
        writing_mode="tb-rl" if direction in _DOWNWARDS else None,
        font_independent_line_spacing="true" if context.anchoring.spaces_lines_by_size else None,
    )
    return TextFrame(graphic, paragraph, turn % 360)
