"""Drawings on a sheet (ECMA-376 Part 1, 20.5): pictures as frames anchored to their cell, the rest reported."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.drawings.pictures import carry_picture
from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import GraphicProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.package import Package
from converters.ooxml.xml import children
from converters.units import from_emu, read_int
from converters.xlsx_to_ods.columns import ColumnRun
from converters.xlsx_to_ods.references import MAX_COLUMN, MAX_ROW, cell_name, quoted_sheet
from converters.xlsx_to_ods.row_layout import CellExtra
from converters.xlsx_to_ods.sheet import SheetFrame

_EMU_PER_POINT = 12_700
_ANCHORS = ("xdr:twoCellAnchor", "xdr:oneCellAnchor", "xdr:absoluteAnchor")
# what an anchor may hold besides a picture: the loss, or "" where its own part is reported
_OTHER: dict[str, str] = {
    "xdr:graphicFrame": "",  # charts, SmartArt, slicers: their parts are reported
    "xdr:sp": "shape",
    "xdr:cxnSp": "connector",
    "xdr:grpSp": "group",
    "xdr:contentPart": "ink",
}
_FRAME_PARTS = frozenset(("xdr:from", "xdr:to", "xdr:ext", "xdr:pos", "xdr:clientData"))


@dataclass(frozen=True, slots=True)
class Corner:
    """A cell, counting from 1, and an offset into it in EMU."""

    row: int
    column: int
    x: int
    y: int


def add_drawings(
    package: Package,
    document: OdfDocument,
    frame: SheetFrame,
    columns: list[ColumnRun],
    extras: dict[int, dict[int, CellExtra]],
    log: LossLog,
) -> None:
    """Put the pictures of the sheet's drawing on the cells at their upper left corners."""
    relationship = package.relationships(frame.part).get(frame.drawing or "")
    if relationship is None or relationship.external or relationship.target not in package:
        return
    part = relationship.target
    place = Place("sheet", container=frame.name, part=part)
    try:
        root = package.read_xml(part)
    except Refused as error:
        log.report("PART_DAMAGED", place, detail=str(error))
        return
    for anchor in children(root):
        if anchor.tag in {qn(name) for name in _ANCHORS}:
            _add_anchor(package, document, frame, part, anchor, columns, extras, log)


def _add_anchor(
    package: Package,
    document: OdfDocument,
    frame: SheetFrame,
    part: str,
    anchor: etree._Element,
    columns: list[ColumnRun],
    extras: dict[int, dict[int, CellExtra]],
    log: LossLog,
) -> None:
    start = _corner(anchor.find(qn("xdr:from"))) or _absolute(anchor.find(qn("xdr:pos")), columns, frame)
    place = Place("shape", container=frame.name, cell=cell_name(start.row, start.column))
    for item in children(anchor):
        name = prefixed(item.tag)
        if name == "xdr:pic":
            extra = extras.setdefault(start.row, {}).setdefault(start.column, CellExtra())
            extra.after += _picture(package, document, frame, part, anchor, item, start, log, place)
        elif name in _FRAME_PARTS:
            continue
        elif name in _OTHER:
            if _OTHER[name]:
                log.report("DRAWING_DROPPED", place, kind=_OTHER[name])
        else:
            log.report("UNKNOWN_ELEMENT", place, element=name, parent="xdr:anchor")


def _corner(element: etree._Element | None) -> Corner | None:
    if element is None:
        return None

    def value(name: str) -> int:
        return read_int(element.findtext(qn(f"xdr:{name}")), 0) or 0

    row, column = min(value("row") + 1, MAX_ROW), min(value("col") + 1, MAX_COLUMN)
    return Corner(max(1, row), max(1, column), max(0, value("colOff")), max(0, value("rowOff")))


def _absolute(position: etree._Element | None, columns: list[ColumnRun], frame: SheetFrame) -> Corner:
    """The cell under an absolute position, with rows taken at their default height."""
    if position is None:
        return Corner(1, 1, 0, 0)
    x, y = (max(0, read_int(position.get(name), 0) or 0) for name in ("x", "y"))
    row_height = max(1.0, float(frame.default_row_points or 15)) * _EMU_PER_POINT
    row, y_rest = divmod(y, int(row_height))
    for run in columns:
        width = 0 if run.hidden else int(run.width_points * _EMU_PER_POINT)
        span = width * (run.last - run.first + 1)
        if x < span:
            return Corner(min(row + 1, MAX_ROW), run.first + x // width, x % width, y_rest)
        x -= span
    return Corner(min(row + 1, MAX_ROW), MAX_COLUMN, 0, y_rest)


def _picture(
    package: Package,
    document: OdfDocument,
    frame: SheetFrame,
    part: str,
    anchor: etree._Element,
    pic: etree._Element,
    start: Corner,
    log: LossLog,
    place: Place,
) -> str:
    blip = pic.find(f"{qn('xdr:blipFill')}/{qn('a:blip')}")
    identifier = blip.get(qn("r:embed")) or blip.get(qn("r:link")) if blip is not None else None
    picture = carry_picture(document, package, part, identifier, log, place)
    if picture is None:
        return ""
    end = _corner(anchor.find(qn("xdr:to")))
    extent = anchor.find(qn("xdr:ext"))
    if extent is None:
        extent = pic.find(f"{qn('xdr:spPr')}/{qn('a:xfrm')}/{qn('a:ext')}")
    width, height = (
        (read_int(extent.get(name), 0) or 0) if extent is not None else 0 for name in ("cx", "cy")
    )
    style = Style("graphic", (GraphicProperties(stroke="none", fill="none", clip=_clip(pic, width, height)),))
    named = pic.find(f"{qn('xdr:nvPicPr')}/{qn('xdr:cNvPr')}")
    attributes: dict[str, str | None] = {
        "draw:style-name": document.automatic.name_for(style),
        "draw:name": named.get("name") if named is not None else None,
        "svg:x": from_emu(start.x),
        "svg:y": from_emu(start.y),
        "svg:width": from_emu(width) if width else None,
        "svg:height": from_emu(height) if height else None,
    }
    if end is not None:
        attributes["table:end-cell-address"] = f"{quoted_sheet(frame.name)}.{cell_name(end.row, end.column)}"
        attributes["table:end-x"] = from_emu(end.x)
        attributes["table:end-y"] = from_emu(end.y)
    writer = XmlWriter()
    with writer.element("draw:frame", attributes):
        writer.empty(
            "draw:image",
            {
                "xlink:href": picture.href,
                "xlink:type": "simple",
                "xlink:show": "embed",
                "xlink:actuate": "onLoad",
            },
        )
        for tag, name in (("svg:title", "title"), ("svg:desc", "descr")):
            if named is not None and named.get(name):
                writer.text_element(tag, named.get(name, ""))
    return writer.result()


def _clip(pic: etree._Element, width: int, height: int) -> str | None:
    """Cropping (20.1.8.55) as ``fo:clip``, whose lengths are of the whole picture at its shown scale."""
    source = pic.find(f"{qn('xdr:blipFill')}/{qn('a:srcRect')}")
    if source is None or not width or not height:
        return None
    share = {side: (read_int(source.get(side), 0) or 0) / 100_000 for side in ("t", "r", "b", "l")}
    if not any(share.values()):
        return None
    whole_width = width / max(0.01, 1 - share["l"] - share["r"])
    whole_height = height / max(0.01, 1 - share["t"] - share["b"])
    lengths = (
        share["t"] * whole_height,
        share["r"] * whole_width,
        share["b"] * whole_height,
        share["l"] * whole_width,
    )
    return f"rect({', '.join(from_emu(max(0.0, length)) for length in lengths)})"
