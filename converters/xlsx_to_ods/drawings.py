"""Drawings on a sheet (ECMA-376 Part 1, 20.5): shapes, pictures and charts, each anchored to its cell."""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from converters.drawings.anatomy import is_hidden
from converters.drawings.context import DrawingContext, child
from converters.drawings.shapes import SHAPE_TREE, ShapeTree
from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.xmlwriter import Attributes, XmlWriter
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme
from converters.ooxml.xml import children
from converters.options import NO_SCRIPTS, Scripts
from converters.units import read_int
from converters.xlsx_to_ods.anchors import Corner, SheetGrid, end_attributes, read_corner
from converters.xlsx_to_ods.references import cell_name
from converters.xlsx_to_ods.row_layout import CellExtra
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.sheet_shapes import SHOWN_BY_FALLBACK, SheetFamily

_ANCHORS = ("xdr:twoCellAnchor", "xdr:oneCellAnchor", "xdr:absoluteAnchor")
_FRAME_PARTS = frozenset(("xdr:from", "xdr:to", "xdr:ext", "xdr:pos", "xdr:clientData"))


class SheetDrawing:
    """Writes the drawing of one sheet onto the cells at the upper left corners of its objects."""

    def __init__(
        self,
        package: Package,
        document: OdfDocument,
        theme: Theme,
        frame: SheetFrame,
        grid: SheetGrid,
        sheets: Collection[str],
        log: LossLog,
        scripts: Scripts = NO_SCRIPTS,
    ) -> None:
        self._package = package
        self._document = document
        self._scripts = scripts
        self._theme = theme
        self._frame = frame
        self._grid = grid
        self._family = SheetFamily(sheets)
        self._log = log

    def add(self, extras: dict[int, dict[int, CellExtra]]) -> None:
        """Put what the drawing holds into ``extras``; nothing where the sheet has no drawing."""
        relationship = self._package.relationships(self._frame.part).get(self._frame.drawing or "")
        if relationship is None or relationship.external or relationship.target not in self._package:
            return
        part = relationship.target
        try:
            root = self._package.read_xml(part)
        except Refused as error:
            place = Place("sheet", container=self._frame.name, part=part)
            self._log.report("PART_DAMAGED", place, detail=str(error))
            return
        for anchor in children(root):
            if anchor.tag in {qn(name) for name in _ANCHORS}:
                self._add_anchor(part, anchor, extras)

    def _add_anchor(self, part: str, anchor: etree._Element, extras: dict[int, dict[int, CellExtra]]) -> None:
        start = read_corner(anchor.find(qn("xdr:from"))) or self._absolute(anchor.find(qn("xdr:pos")))
        start = self._grid.settled(start)
        end = read_corner(anchor.find(qn("xdr:to")))
        place = Place("shape", container=self._frame.name, cell=cell_name(start.row, start.column))
        scheme = self._theme.scheme()
        context = DrawingContext(
            self._document, self._package, part, self._theme, scheme, self._log, place, self._document.automatic,
            scripts=self._scripts,
        )  # fmt: skip
        _choose_fallbacks(anchor)
        for item in children(anchor):
            handler = SHAPE_TREE.handler(item.tag)
            name = prefixed(item.tag)
            if handler is not None:
                if not is_hidden(item):
                    _place(item, start, self._size(anchor, item, start, end))
                    writer = _AnchoredWriter(end_attributes(self._frame.name, end))
                    handler(ShapeTree(writer, context, self._family), item)
                    extras.setdefault(start.row, {}).setdefault(
                        start.column, CellExtra()
                    ).after += writer.result()
            elif name == "xdr:contentPart":
                self._log.report("DRAWING_DROPPED", place, kind="ink")
            elif name not in _FRAME_PARTS:
                self._log.report("UNKNOWN_ELEMENT", place, element=name, parent=prefixed(anchor.tag))

    def _absolute(self, position: etree._Element | None) -> Corner:
        """The cell under an absolute position."""
        if position is None:
            return Corner(1, 1, 0, 0)
        x, y = (max(0, read_int(position.get(name), 0) or 0) for name in ("x", "y"))
        return self._grid.under(x, y)

    def _size(
        self, anchor: etree._Element, item: etree._Element, start: Corner, end: Corner | None
    ) -> tuple[int, int]:
        """(width, height) in EMU: the anchor's, else the object's own, else what lies between the two cells."""
        for extent in (anchor.find(qn("xdr:ext")), _extent(item)):
            if extent is not None:
                width, height = (max(0, read_int(extent.get(name), 0) or 0) for name in ("cx", "cy"))
                if width or height:
                    return width, height
        return self._grid.between(start, end) if end is not None else (0, 0)


def _choose_fallbacks(anchor: etree._Element) -> None:
    """Of what Excel alone can show, leave the shape that the workbook has for other programs (ECMA-376 Part 3, 7.6)."""
    for alternate in anchor.iterchildren(qn("mc:AlternateContent")):
        fallback = alternate.find(qn("mc:Fallback"))
        for choice in alternate.findall(qn("mc:Choice")):
            data = choice.find(f".//{qn('a:graphicData')}")
            contents = data if data is not None else ()
            if fallback is not None and any(prefixed(item.tag) in SHOWN_BY_FALLBACK for item in contents):
                alternate.remove(choice)


class _AnchoredWriter(XmlWriter):
    """Gives the first element that it writes the end of the anchor, which belongs to spreadsheets alone."""

    __slots__ = ("_anchor",)

    def __init__(self, anchor: Attributes) -> None:
        super().__init__()
        self._anchor = anchor

    def start(self, name: str, attributes: Attributes | None = None) -> None:
        super().start(name, {**(attributes or {}), **self._anchor})
        self._anchor = {}


def _transform(item: etree._Element) -> etree._Element:
    """The ``xfrm`` of an anchored object; a new one where it has none."""
    if etree.QName(item).localname == "graphicFrame":
        owner, tag = item, qn("xdr:xfrm")
    else:
        properties = child(item, "spPr")
        if properties is None:
            properties = child(item, "grpSpPr")
        owner = etree.SubElement(item, qn("xdr:spPr")) if properties is None else properties
        tag = qn("a:xfrm")
    found = owner.find(tag)
    return etree.SubElement(owner, tag) if found is None else found


def _extent(item: etree._Element) -> etree._Element | None:
    return _transform(item).find(qn("a:ext"))


def _place(item: etree._Element, start: Corner, size: tuple[int, int]) -> None:
    """Let the object's own transform say where its anchor puts it: relative to the cell (ODF 1.3 Part 3, 9.1.4)."""
    transform = _transform(item)
    for tag, names, values in (
        ("a:off", ("x", "y"), (start.x, start.y)),
        ("a:ext", ("cx", "cy"), size),
    ):
        element = transform.find(qn(tag))
        if element is None:
            element = etree.SubElement(transform, qn(tag))
        for name, value in zip(names, values, strict=True):
            element.set(name, str(value))
