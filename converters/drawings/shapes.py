"""Trees of shapes: ``p:spTree`` and its kin in drawings of other families, written as ``draw:*`` elements.

Sources: ECMA-376 Part 1, 19.3.1.43 (sp), 19.3.1.22 (grpSp), 20.1.2.2; ODF 1.3 Part 3, 10.3 and 10.4. What a shape inherits,
its text and its graphic frames belong to the family, which hands in a :class:`ShapeFamily`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from converters.drawings.anatomy import is_hidden, shape_name, write_description
from converters.drawings.connectors import is_straight, write_connector, write_line
from converters.drawings.context import DrawingContext, child
from converters.drawings.fills import resolve_fill
from converters.drawings.geometry import Geometry, preset_geometry, read_geometry, write_geometry
from converters.drawings.hyperlinks import write_click
from converters.drawings.picture_frames import write_picture
from converters.drawings.shape_properties import resolve_shape_properties
from converters.drawings.text_equations import equations_alone, write_equations
from converters.drawings.text_frames import TextFrame, resolve_text_frame
from converters.drawings.transforms import (
    GroupTransform,
    Transform,
    read_group_transform,
    read_transform,
)
from converters.odf.properties import GraphicProperties, lay_over
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import read_on_off


@dataclass(frozen=True, slots=True)
class PresentationObject:
    """What makes a shape a presentation object: its class, the style it is edited by, whether it only waits for content."""

    presentation_class: str
    parent_style: str | None = None
    is_empty: bool = False


class ShapeFamily(Protocol):
    """What the family around a tree of shapes knows of them."""

    def inherited(self, shape: etree._Element) -> tuple[etree._Element, ...]:
        """The shapes that this one inherits from, nearest first."""

    def presentation_object(self, shape: etree._Element) -> PresentationObject | None:
        """The shape's part in a presentation; None for an ordinary shape."""

    def is_left_out(self, shape: etree._Element) -> bool:
        """Whether the family writes this shape elsewhere or not at all."""

    def alignment(self, shape: etree._Element) -> str:
        """Where the shape's first paragraph stands: left, center or right."""

    def write_text(self, writer: XmlWriter, shape: etree._Element, context: DrawingContext) -> None:
        """Write the paragraphs of the shape's text."""

    def write_graphic_frame(
        self, writer: XmlWriter, frame: etree._Element, place: Transform, context: DrawingContext
    ) -> None:
        """Write a table, chart, diagram or embedded object that stands at ``place``."""


class OrdinaryShapes:
    """What a family outside presentations knows: its shapes inherit from none, are no placeholders and all written."""

    __slots__ = ()

    def inherited(self, shape: etree._Element) -> tuple[etree._Element, ...]:
        return ()

    def presentation_object(self, shape: etree._Element) -> PresentationObject | None:
        return None

    def is_left_out(self, shape: etree._Element) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ShapeTree:
    """Writes the shapes of one tree.

    ``group`` maps coordinates, ``group_fill`` is what ``a:grpFill`` means, ``page_fill`` what ``useBgFill`` means.
    """

    writer: XmlWriter
    context: DrawingContext
    family: ShapeFamily
    group: GroupTransform | None = None
    group_fill: GraphicProperties | None = None
    page_fill: GraphicProperties | None = None

    def write(self, tree: etree._Element) -> None:
        for element in children(tree):
            handler = SHAPE_TREE.handler(element.tag)
            if handler is None:
                self._report(element)
            elif not is_hidden(element) and not self.family.is_left_out(element):
                handler(self, element)

    def _report(self, element: etree._Element) -> None:
        log, place = self.context.log, self.context.place
        if SHAPE_TREE.loss_code(element.tag) == "DRAWING_DROPPED":
            log.report("DRAWING_DROPPED", place, kind=prefixed(element.tag))
        else:
            SHAPE_TREE.report(element.tag, log, place)

    def _placed(self, chain: tuple[etree._Element, ...]) -> Transform:
        """Where the shape stands on the page: the nearest transform of the chain, through the groups around it."""
        for shape in chain:
            properties = child(shape, "spPr")
            found = read_transform(properties.find(qn("a:xfrm")) if properties is not None else None)
            found = found or read_transform(child(shape, "xfrm"))
            if found is not None:
                return self.group.to_page(found) if self.group is not None else found
        return Transform()

    def write_shape(self, shape: etree._Element) -> None:
        """``p:sp``: a custom shape, a line, or the frame of a presentation object."""
        context = self.context
        chain = (shape, *self.family.inherited(shape))
        place = self._placed(chain)
        geometry = next(
            (found for one in chain if (found := read_geometry(child(one, "spPr"))) is not None), None
        )
        self._report_unknown_geometry(shape, geometry)
        properties = resolve_shape_properties(chain, context, group=self.group_fill, place=place)
        if self.page_fill is not None and read_on_off(shape.get("useBgFill"), False):
            properties = lay_over(properties, self.page_fill)
        if geometry is not None and is_straight(geometry) and not _has_text(_text_of(shape)):
            write_line(self.writer, shape, place, properties, context)
            return
        bodies = [body for one in chain if (body := _body_properties(one)) is not None]
        frame = resolve_text_frame(bodies, context, unwrapped=self.family.alignment(shape))
        properties = lay_over(properties, frame.graphic)
        equations = equations_alone(shape)
        if equations:
            write_equations(self.writer, shape, equations, place, context)
            return
        role = self.family.presentation_object(shape)
        if role is not None and (geometry is None or geometry.is_rectangle) and not frame.angle_degrees:
            self._write_text_frame(shape, place, properties, frame, role)
        else:
            self._write_custom_shape(shape, place, geometry, properties, frame)

    def _report_unknown_geometry(self, shape: etree._Element, geometry: Geometry | None) -> None:
        properties = child(shape, "spPr")
        preset = properties.find(qn("a:prstGeom")) if properties is not None else None
        if geometry is None and preset is not None:
            name = preset.get("prst", "")
            self.context.log.report("SHAPE_GEOMETRY_APPROXIMATED", self.context.place, geometry=name)

    def _write_text_frame(
        self,
        shape: etree._Element,
        place: Transform,
        properties: GraphicProperties,
        frame: TextFrame,
        role: PresentationObject,
    ) -> None:
        writer, context = self.writer, self.context
        style = Style("presentation", (properties, frame.paragraph), parent=role.parent_style)
        attributes = {
            "draw:name": shape_name(shape),
            "presentation:style-name": context.automatic.name_for(style),
            "draw:layer": context.layer,
            **context.identifiers.shape_attributes(shape),
            **place.attributes(),
            "presentation:class": role.presentation_class,
            "presentation:placeholder": "true" if role.is_empty else None,
            "presentation:user-transformed": "true",
        }
        with writer.element("draw:frame", attributes):
            with writer.element("draw:text-box"):
                if not role.is_empty:
                    self.family.write_text(writer, shape, context)
            write_click(writer, shape, context)
            context.ties.write_points(writer, shape)
            write_description(writer, shape)

    def _write_custom_shape(
        self,
        shape: etree._Element,
        place: Transform,
        geometry: Geometry | None,
        properties: GraphicProperties,
        frame: TextFrame,
    ) -> None:
        writer, context = self.writer, self.context
        geometry = geometry or preset_geometry("rect")
        assert geometry is not None
        holds_text = _text_of(shape) is not None
        attributes = {
            **context.shape_attributes(shape_name(shape), properties, frame.paragraph, holds_text=holds_text),
            **context.identifiers.shape_attributes(shape),
            **place.attributes(mirrored=True),
        }
        with writer.element("draw:custom-shape", attributes):
            write_description(writer, shape)
            write_click(writer, shape, context)
            context.ties.write_points(writer, shape)
            if holds_text:
                self.family.write_text(writer, shape, context)
            write_geometry(
                writer,
                geometry,
                place,
                text_angle=frame.angle_degrees,
                named=context.anchoring.names_geometry,
            )

    def write_picture(self, shape: etree._Element) -> None:
        chain = (shape, *self.family.inherited(shape))
        write_picture(self.writer, shape, chain, self._placed(chain), self.context)

    def write_connector(self, shape: etree._Element) -> None:
        place = self._placed((shape,))
        properties = resolve_shape_properties((shape,), self.context)
        write_connector(self.writer, shape, place, properties, self.context)

    def write_group(self, shape: etree._Element) -> None:
        """``p:grpSp``: its children with the group's transform; the group itself has no place of its own in ODF."""
        properties = child(shape, "grpSpPr")
        transform = properties.find(qn("a:xfrm")) if properties is not None else None
        inner = ShapeTree(
            self.writer,
            self.context.in_group(),
            self.family,
            read_group_transform(transform, self.group),
            resolve_fill(properties, self.context, group=self.group_fill) or self.group_fill,
            self.page_fill,
        )
        with self.writer.element("draw:g", self._group_attributes(shape)):
            write_description(self.writer, shape)
            write_click(self.writer, shape, self.context)
            inner.write(shape)

    def _group_attributes(self, shape: etree._Element) -> dict[str, str | None]:
        """On a page a group is its shapes and no more; in text it is what is anchored."""
        names = self.context.identifiers.shape_attributes(shape)
        if not self.context.anchoring.attributes:
            return {"draw:name": shape_name(shape), **names}
        return {**self.context.shape_attributes(shape_name(shape), GraphicProperties()), **names}

    def write_graphic_frame(self, shape: etree._Element) -> None:
        chain = (shape, *self.family.inherited(shape))
        self.family.write_graphic_frame(self.writer, shape, self._placed(chain), self.context)


def _body_properties(shape: etree._Element) -> etree._Element | None:
    body = child(shape, "txBody")
    return body.find(qn("a:bodyPr")) if body is not None else child(shape, "bodyPr")


def _text_of(shape: etree._Element) -> etree._Element | None:
    """What holds the text of a shape: a text body, or a text box of a word processor (20.4.2.38)."""
    body = child(shape, "txBody")
    return body if body is not None else child(shape, "txbx")


def _has_text(body: etree._Element | None) -> bool:
    return body is not None and any(text.text for text in body.iter(qn("a:t"), qn("w:t")))


_TREES = ("p", "dsp", "xdr")
SHAPE_TREE = Support(
    context="shape tree",
    handlers={
        f"{prefix}:{local}": handler
        for prefix in _TREES
        for local, handler in (
            ("sp", ShapeTree.write_shape),
            ("pic", ShapeTree.write_picture),
            ("cxnSp", ShapeTree.write_connector),
            ("grpSp", ShapeTree.write_group),
            ("graphicFrame", ShapeTree.write_graphic_frame),
        )
    }
    | {
        "wps:wsp": ShapeTree.write_shape,
        "pic:pic": ShapeTree.write_picture,
        "wpg:wgp": ShapeTree.write_group,
        "wpg:grpSp": ShapeTree.write_group,
        "wpg:graphicFrame": ShapeTree.write_graphic_frame,
    },
    ignored={
        f"{prefix}:{local}": "properties of the group, read with it"
        for prefix in _TREES
        for local in ("nvGrpSpPr", "grpSpPr", "extLst")
    }
    | {
        "wpg:grpSpPr": "properties of the group, read with it",
        "wpg:cNvGrpSpPr": "names and locks of a group",
        "wpg:cNvPr": "names and locks of a group",
        "wpg:extLst": "extensions repeat what older readers see",
        "wpc:bg": "the background of a canvas, read with it",
        "wpc:whole": "the outline of a canvas, read with it",
    },
    unsupported={
        "p:contentPart": "INK_DROPPED",
        "p14:contentPart": "INK_DROPPED",
        "wpi:contentPart": "INK_DROPPED",
        "w14:contentPart": "INK_DROPPED",
    },
)
