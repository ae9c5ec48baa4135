"""Master pages: one for each layout in use, with the master's shapes under the layout's (ODF has no layout inheritance).

Sources: ECMA-376 Part 1, 19.3.1.39 (sldLayout), 19.3.1.42 (sldMaster); ODF 1.3 Part 3, 16.9 (style:master-page).
"""

from __future__ import annotations

from lxml import etree

from converters.drawings.context import DrawingContext, child
from converters.drawings.shape_properties import resolve_shape_properties
from converters.drawings.shapes import PresentationObject, ShapeTree
from converters.drawings.text_body import TextWriter
from converters.drawings.text_frames import resolve_text_frame
from converters.drawings.transforms import Transform, read_transform
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import DrawingPageProperties, PageLayoutProperties, lay_over
from converters.odf.stylesheet import PageLayout, Style, encode_name
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.pptx_to_odp.anchoring import ON_SLIDES
from converters.pptx_to_odp.backgrounds import as_shape_fill, inherited_background
from converters.pptx_to_odp.placeholders import CLASSES, inherited_shapes, placeholder_shapes
from converters.pptx_to_odp.presentation import Layer, Presentation
from converters.pptx_to_odp.presentation_styles import add_presentation_styles
from converters.pptx_to_odp.slide_family import SlideFamily
from converters.units import from_emu

_FIELDS = {
    "date-time": "presentation:date-time",
    "footer": "presentation:footer",
    "header": "presentation:header",
}
_DEFAULT_NAME = "Default"


class MasterPages:
    """Writes master pages when slides first ask for them."""

    def __init__(
        self, document: OdfDocument, package: Package, presentation: Presentation, log: LossLog
    ) -> None:
        self._document = document
        self._package = package
        self._presentation = presentation
        self._log = log
        self._names: dict[str, str] = {}  # part of the layout (or master) -> encoded name
        self._shown: set[str] = set()

    def name_for(self, layer: Layer | None) -> str:
        """The encoded name of the master page for a slide's layout; a plain page for None."""
        part = layer.part if layer is not None else ""
        if part not in self._names:
            shown = self._unique((layer.name if layer is not None else "") or _DEFAULT_NAME)
            self._names[part] = encode_name(shown)
            self._write(layer, self._names[part], shown)
        return self._names[part]

    def _unique(self, name: str) -> str:
        name = " ".join(name.split()) or _DEFAULT_NAME
        number, candidate = 1, name
        while candidate in self._shown:
            number += 1
            candidate = f"{name} {number}"
        self._shown.add(candidate)
        return candidate

    def _page_layout(self, size_emu: tuple[int, int]) -> str:
        width, height = size_emu
        properties = PageLayoutProperties(
            margin_top="0cm",
            margin_bottom="0cm",
            margin_left="0cm",
            margin_right="0cm",
            page_width=from_emu(width),
            page_height=from_emu(height),
            print_orientation="landscape" if width >= height else "portrait",
        )
        return self._document.master_automatic.page_layout_for(PageLayout(properties))

    def _context(self, layer: Layer) -> DrawingContext:
        kind = "master" if layer.base is None else "layout"
        return DrawingContext(
            self._document,
            self._package,
            layer.part,
            layer.theme,
            layer.scheme,
            self._log,
            Place(kind, container=layer.name, part=layer.part),
            self._document.master_automatic,
            "backgroundobjects",
            anchoring=ON_SLIDES,
        )

    def _write(self, layer: Layer | None, name: str, shown: str) -> None:
        background = DrawingPageProperties(background_size="border", fill="solid", fill_color="#ffffff")
        if layer is not None:
            background = inherited_background(layer, self._context(layer))
            add_presentation_styles(self._document, self._presentation, layer, self._context(layer), name)
        style = self._document.master_automatic.name_for(Style("drawing-page", (background,)))
        attributes = {
            "style:name": name,
            "style:display-name": shown if shown != name else None,
            "style:page-layout-name": self._page_layout(self._presentation.size_emu),
            "draw:style-name": style,
        }

        def write(writer: XmlWriter) -> None:
            with writer.element("style:master-page", attributes):
                if layer is not None:
                    self._write_shapes(writer, layer, name)
                self._write_notes(writer)

        self._document.add_master_page(write)

    def _write_shapes(self, writer: XmlWriter, layer: Layer, name: str) -> None:
        page_fill = as_shape_fill(inherited_background(layer, self._context(layer)))
        layers = list(layer.layers()) if layer.shows_master_shapes else [layer]
        for one in reversed(layers):
            if one.tree is not None:
                family = _Template(self._presentation, one, name)
                ShapeTree(writer, self._context(one), family, page_fill=page_fill).write(one.tree)
        for placeholder, shape in placeholder_shapes(layer):
            self._write_placeholder(writer, layer, name, CLASSES.get(placeholder.type, ""), shape)

    def _write_placeholder(
        self, writer: XmlWriter, layer: Layer, stem: str, name: str, shape: etree._Element
    ) -> None:
        """A presentation object of the master page, where its kind is one that master pages show for editing."""
        context = self._context(layer)
        family = SlideFamily(self._presentation, layer, stem)
        chain = (shape, *inherited_shapes(shape, layer))
        place = next(
            (found for one in chain if (found := read_transform(_transform(one))) is not None),
            None,
        )
        if (
            name not in ("title", "outline", "subtitle", "date-time", "footer", "page-number")
            or place is None
        ):
            return
        bodies = [
            found
            for one in chain
            if (body := child(one, "txBody")) is not None and (found := body.find(qn("a:bodyPr"))) is not None
        ]
        frame = resolve_text_frame(bodies, context)
        properties = lay_over(resolve_shape_properties(chain, context), frame.graphic)
        ending = {"outline": "outline1"}.get(
            name, name if name in ("title", "subtitle") else "backgroundobjects"
        )
        style = Style("presentation", (properties, frame.paragraph), parent=f"{stem}-{ending}")
        attributes = {
            "presentation:style-name": context.automatic.name_for(style),
            "draw:layer": context.layer,
            **place.attributes(),
            "presentation:class": name,
        }
        with writer.element("draw:frame", attributes), writer.element("draw:text-box"):
            text = TextWriter(writer, family.cascade(shape), context)
            if name in _FIELDS:
                text.write_line(lambda: writer.empty(_FIELDS[name]))
            elif name == "page-number":
                text.write_line(lambda: writer.text_element("text:page-number", "<number>"))
            else:
                family.write_text(writer, shape, context)

    def _write_notes(self, writer: XmlWriter) -> None:
        width, height = self._presentation.notes_size_emu
        layout = self._page_layout((width, height))
        layer = self._presentation.notes_master
        places: dict[str, Transform] = {}
        if layer is not None:
            for placeholder, shape in placeholder_shapes(layer):
                found = read_transform(_transform(shape))
                if found is not None:
                    places.setdefault(placeholder.type, found)
        with writer.element("presentation:notes", {"style:page-layout-name": layout}):
            for kind, tag, name in (
                ("sldImg", "draw:page-thumbnail", "page"),
                ("body", "draw:frame", "notes"),
            ):
                if kind not in places:
                    continue
                attributes = {
                    "draw:layer": "backgroundobjects",
                    **places[kind].attributes(),
                    "presentation:class": name,
                    "presentation:placeholder": "true" if kind == "body" else None,
                }
                with writer.element(tag, attributes):
                    if kind == "body":
                        writer.empty("draw:text-box")


class _Template(SlideFamily):
    """Layouts and masters show their ordinary shapes on slides; their placeholders are only what slides inherit."""

    __slots__ = ()

    def is_left_out(self, shape: etree._Element) -> bool:
        return any(shape is one for _, one in placeholder_shapes(self.layer))

    def presentation_object(self, shape: etree._Element) -> PresentationObject | None:
        return None


def _transform(shape: etree._Element) -> etree._Element | None:
    properties = child(shape, "spPr")
    found = properties.find(qn("a:xfrm")) if properties is not None else None
    return found if found is not None else child(shape, "xfrm")
