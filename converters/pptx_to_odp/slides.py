"""Slides as ``draw:page`` elements (ECMA-376 Part 1, 19.3.1.38, p:sld; ODF 1.3 Part 3, 10.2.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.identifiers import Identifiers
from converters.drawings.shapes import ShapeTree
from converters.drawings.ties import read_ties
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import DrawingPageProperties
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.package import Package
from converters.ooxml.xml import children
from converters.options import NO_SCRIPTS, Scripts
from converters.pptx_to_odp.anchoring import ON_SLIDES
from converters.pptx_to_odp.animation_targets import AnimationTargets
from converters.pptx_to_odp.animations import write_animations
from converters.pptx_to_odp.backgrounds import as_shape_fill, inherited_background, resolve_background
from converters.pptx_to_odp.comments import Comments
from converters.pptx_to_odp.masters import MasterPages
from converters.pptx_to_odp.notes import write_notes
from converters.pptx_to_odp.placeholders import TITLES, placeholder_shapes
from converters.pptx_to_odp.presentation import Layer, Presentation
from converters.pptx_to_odp.shows import write_settings
from converters.pptx_to_odp.slide_family import SlideFamily
from converters.pptx_to_odp.slide_numbers import plain_slide_number
from converters.pptx_to_odp.transitions import read_transition
from converters.support import Support

_LONGEST_NAME = 80


def _handled(*_arguments: object) -> None:
    """Marks what :class:`Slides` reads by name."""


SLIDE = Support(
    context="slide",
    handlers=dict.fromkeys(
        ("p:cSld", "p:clrMapOvr", "a:masterClrMapping", "a:overrideClrMapping", "p:transition", "p:timing"),
        _handled,
    ),
    ignored={
        "p:extLst": "extensions repeat what older readers see",
        "p:hf": "says what new slides show; the slides hold what they show",
    },
)
COMMON_SLIDE = Support(
    context="common slide data",
    handlers={"p:bg": _handled, "p:spTree": _handled},
    ignored={
        "p:extLst": "extensions repeat what older readers see",
        "p:custDataLst": "data of other applications, reported with their parts",
    },
    unsupported={"p:controls": "ACTIVEX_DROPPED"},
)


class Slides:
    """Writes the slides of a presentation."""

    def __init__(
        self,
        document: OdfDocument,
        package: Package,
        presentation: Presentation,
        log: LossLog,
        slides: Sequence[Layer],
        scripts: Scripts = NO_SCRIPTS,
    ) -> None:
        self._scripts = scripts
        self._document = document
        self._package = package
        self._presentation = presentation
        self._log = log
        self._masters = MasterPages(document, package, presentation, log)
        self._comments = Comments(package, presentation.part, log)
        self._slides = slides
        self._names = page_names(slides)
        self._timed: set[str] = set()  # layouts and masters whose animations are reported

    def write(self, writer: XmlWriter) -> None:
        for slide in self._slides:
            self._write_slide(writer, slide)
        write_settings(writer, self._presentation, self._package, self._slides, self._names, self._log)

    def _context(self, layer: Layer, place: Place) -> DrawingContext:
        return DrawingContext(
            self._document,
            self._package,
            layer.part,
            layer.theme,
            layer.scheme,
            self._log,
            place,
            self._document.automatic,
            "layout",
            self._names,
            anchoring=ON_SLIDES,
            identifiers=Identifiers(f"slide{layer.number}"),
            scripts=self._scripts,
        )

    def _write_slide(self, writer: XmlWriter, slide: Layer) -> None:
        place = Place("slide", index=slide.number, container=str(slide.number), part=slide.part)
        context = self._context(slide, place)
        self._report(slide, context)
        timing = next((child for child in children(slide.root) if child.tag == qn("p:timing")), None)
        targets = AnimationTargets(slide.root, context.identifiers)
        if timing is not None:
            targets.request(timing)
        context = replace(context, ties=read_ties(slide.tree, context.identifiers))
        master = self._masters.name_for(slide.base)
        number = plain_slide_number(slide)
        attributes = {
            "draw:name": self._names[slide.part],
            "draw:style-name": self._page_style(slide, context, shows_number=number is not None),
            "draw:master-page-name": master,
        }
        with writer.element("draw:page", attributes):
            if slide.tree is not None:
                family = SlideFamily(self._presentation, slide, master, number)
                page_fill = as_shape_fill(inherited_background(slide, context))
                ShapeTree(writer, context, family, page_fill=page_fill).write(slide.tree)
            if timing is not None:
                write_animations(writer, timing, targets, context)
            notes = self._presentation.notes(slide)
            if notes is not None:
                notes_context = self._context(notes, place._replace(part=notes.part))
                notes_context = replace(notes_context, shares_faces=True)
                family = SlideFamily(self._presentation, notes, master)
                write_notes(writer, notes, notes_context, family, slide.number)
            self._comments.write(writer, slide, place)

    def _page_style(self, slide: Layer, context: DrawingContext, *, shows_number: bool) -> str:
        page = resolve_background(slide.background, context) or DrawingPageProperties()
        transition = next((child for child in children(slide.root) if child.tag == qn("p:transition")), None)
        page = replace(
            page,
            background_size=None,
            background_visible="true",
            background_objects_visible="true" if slide.shows_master_shapes else "false",
            display_header="false",
            display_footer="false",
            display_page_number="true" if shows_number else "false",
            display_date_time="false",
            visibility="hidden" if slide.is_hidden else None,
        )
        page = read_transition(transition, page, context)
        return self._document.automatic.name_for(Style("drawing-page", (page,)))

    def _report(self, slide: Layer, context: DrawingContext) -> None:
        for child in children(slide.root):
            SLIDE.report(child.tag, self._log, context.place)
        for layer in list(slide.layers())[1:]:
            self._report_animations(layer)
        common = slide.root.find(qn("p:cSld"))
        for child in children(common):
            code = COMMON_SLIDE.loss_code(child.tag)
            if code == "ACTIVEX_DROPPED":
                for control in child.iter(qn("p:control")):
                    program = control.get("name") or prefixed(control.tag)
                    self._log.report(code, context.place, program=program)
            elif code is not None:
                COMMON_SLIDE.report(child.tag, self._log, context.place)

    def _report_animations(self, layer: Layer) -> None:
        """Report the animations of a layout or master, which no page of ODF has; once for all of its slides."""
        if layer.part in self._timed:
            return
        self._timed.add(layer.part)
        effects = sum(1 for node in layer.root.iter(qn("p:cTn")) if node.get("presetClass") is not None)
        if effects:
            kind = "layout" if layer.base is not None else "master"
            self._log.report("ANIMATION_DROPPED", Place(kind, part=layer.part), effects)


def page_names(slides: Sequence[Layer]) -> Mapping[str, str]:
    """A name for each slide, by part: its title, made unique; ``Slide 3`` where it has none.

    Names hold no comma: a custom show lists them with commas between.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for slide in slides:
        name = _title(slide) or f"Slide {slide.number}"
        if name in taken:
            name = f"{name} ({slide.number})"
        while name in taken:
            name += "*"
        taken.add(name)
        names[slide.part] = name
    return names


def _title(slide: Layer) -> str:
    for placeholder, shape in placeholder_shapes(slide):
        if placeholder.type in TITLES:
            return " ".join(_plain_text(shape).replace(",", " ").split())[:_LONGEST_NAME].strip()
    return ""


def _plain_text(shape: etree._Element) -> str:
    return " ".join(text.text or "" for text in shape.iter(qn("a:t")))
