"""The parts of a presentation and what stands under what: slide, layout, master, theme (ECMA-376 Part 1, 13.3, 19.2)."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.theme import DEFAULT_COLOR_MAP, Theme, read_theme
from converters.ooxml.xml import children
from converters.units import read_int, read_on_off

DEFAULT_SIZE_EMU = (9_144_000, 6_858_000)
DEFAULT_NOTES_SIZE_EMU = (6_858_000, 9_144_000)


@dataclass(frozen=True)
class Layer:
    """A slide, layout, master or one of the notes kinds: ``base`` is the layer under it."""

    part: str
    root: etree._Element
    theme: Theme
    base: Layer | None = None
    number: int = 0  # of a slide, from 1
    color_map: Mapping[str, str] = field(default_factory=lambda: DEFAULT_COLOR_MAP)

    @cached_property
    def scheme(self) -> dict[str, str]:
        return self.theme.scheme(self.color_map)

    @cached_property
    def tree(self) -> etree._Element | None:
        return self.root.find(f"{qn('p:cSld')}/{qn('p:spTree')}")

    @cached_property
    def marked_shapes(self) -> tuple[tuple[etree._Element, etree._Element], ...]:
        """(``p:ph``, shape) of the placeholders of this layer, read once for all that inherit from them."""
        shapes = children(self.tree) if self.tree is not None else ()
        return tuple((mark, shape) for shape in shapes if (mark := placeholder_mark(shape)) is not None)

    @property
    def name(self) -> str:
        common = self.root.find(qn("p:cSld"))
        return common.get("name", "") if common is not None else ""

    @property
    def shows_master_shapes(self) -> bool:
        return read_on_off(self.root.get("showMasterSp"))

    @property
    def is_hidden(self) -> bool:
        return not read_on_off(self.root.get("show"))

    @property
    def background(self) -> etree._Element | None:
        return self.root.find(f"{qn('p:cSld')}/{qn('p:bg')}")

    def layers(self) -> Iterator[Layer]:
        """This layer and those under it."""
        layer: Layer | None = self
        while layer is not None:
            yield layer
            layer = layer.base

    @property
    def master(self) -> Layer:
        return list(self.layers())[-1]


def placeholder_mark(shape: etree._Element) -> etree._Element | None:
    """The ``p:ph`` of a shape (19.3.1.36); None for an ordinary shape."""
    for container in shape:
        if container.tag in _NON_VISUAL:
            return container.find(_MARK)
    return None


_NON_VISUAL = frozenset(
    qn(f"p:{local}") for local in ("nvSpPr", "nvPicPr", "nvCxnSpPr", "nvGrpSpPr", "nvGraphicFramePr")
)
_MARK = f"{qn('p:nvPr')}/{qn('p:ph')}"


class Presentation:
    """A presentation opened for conversion. Layers are read once; what cannot be read is reported and left out."""

    def __init__(self, package: Package, log: LossLog) -> None:
        self._package = package
        self._log = log
        self.part = package.main_part
        self.root = package.read_xml(self.part)
        self._layers: dict[str, Layer] = {}
        self._themes: dict[str, Theme] = {}

    @property
    def size_emu(self) -> tuple[int, int]:
        return self._size("p:sldSz", DEFAULT_SIZE_EMU)

    @property
    def notes_size_emu(self) -> tuple[int, int]:
        return self._size("p:notesSz", DEFAULT_NOTES_SIZE_EMU)

    def _size(self, tag: str, default: tuple[int, int]) -> tuple[int, int]:
        element = self.root.find(qn(tag))
        if element is None:
            return default
        width, height = (read_int(element.get(name), 0) or 0 for name in ("cx", "cy"))
        return (width, height) if width > 0 and height > 0 else default

    @property
    def default_text_style(self) -> etree._Element | None:
        return self.root.find(qn("p:defaultTextStyle"))

    @cached_property
    def default_of_all_levels(self) -> etree._Element | None:
        """A list style with nothing but what :attr:`default_text_style` says of every level (21.1.2.2.2, a:defPPr)."""
        style = self.default_text_style
        said = style.find(qn("a:defPPr")) if style is not None else None
        if said is None:
            return None
        alone = etree.Element(qn("p:defaultTextStyle"))
        alone.append(copy.deepcopy(said))
        return alone

    @cached_property
    def _slide_parts(self) -> tuple[tuple[int, str], ...]:
        return tuple(self._listed_slides())

    def slide_parts(self) -> Iterator[tuple[int, str]]:
        """(number, part name) of the slides, in order; a slide whose part is missing is reported, once."""
        yield from self._slide_parts

    def _listed_slides(self) -> Iterator[tuple[int, str]]:
        relationships = self._package.relationships(self.part)
        listed = self.root.find(qn("p:sldIdLst"))
        number = 0
        for entry in listed if listed is not None else ():
            if entry.tag != qn("p:sldId"):
                continue
            number += 1
            identifier = entry.get(qn("r:id"), "")
            relationship = relationships.get(identifier)
            place = Place("slide", index=number, container=str(number))
            if relationship is None:
                self._log.report("RELATIONSHIP_DANGLING", place, id=identifier)
            elif relationship.external or relationship.target not in self._package:
                self._log.report("PART_MISSING", place, relationship="slide")
            else:
                yield number, relationship.target

    def slides(self) -> Iterator[Layer]:
        for number, part in self.slide_parts():
            place = Place("slide", index=number, container=str(number), part=part)
            root = self._read_root(part, place)
            if root is not None:
                base = self.layout(self._package.related_part(part, "slideLayout"))
                yield self._layer(part, root, base, number)

    def layout(self, part: str | None) -> Layer | None:
        """The layout in a part, over its master; a master alone where the layout is missing."""
        if part is None:
            return self.first_master
        if part not in self._layers:
            root = self._read_root(part, Place("layout", part=part))
            if root is None:
                return self.first_master
            master = self.master(self._package.related_part(part, "slideMaster"))
            self._layers[part] = self._layer(part, root, master)
        return self._layers[part]

    def master(self, part: str | None) -> Layer | None:
        if part is None:
            return self.first_master
        if part not in self._layers:
            root = self._read_root(part, Place("master", part=part))
            if root is None:
                return None
            self._layers[part] = self._layer(part, root, None)
        return self._layers[part]

    @cached_property
    def first_master(self) -> Layer | None:
        for relationship in self._package.related(self.part, "slideMaster"):
            if (found := self.master(relationship.target)) is not None:
                return found
        return None

    def notes(self, slide: Layer) -> Layer | None:
        """The notes page of a slide, over the notes master."""
        part = self._package.related_part(slide.part, "notesSlide")
        if part is None:
            return None
        root = self._read_root(
            part, Place("slide", index=slide.number, container=str(slide.number), part=part)
        )
        if root is None:
            return None
        return self._layer(part, root, self.notes_master, slide.number)

    @cached_property
    def notes_master(self) -> Layer | None:
        return self._optional_layer("notesMaster")

    def _optional_layer(self, kind: str) -> Layer | None:
        part = self._package.related_part(self.part, kind)
        root = self._read_root(part, Place("part", part=part)) if part is not None else None
        return self._layer(part, root, None) if part is not None and root is not None else None

    def _read_root(self, part: str, place: Place) -> etree._Element | None:
        try:
            return self._package.read_xml(part)
        except Refused as error:
            if error.code not in ("DAMAGED_XML", "MISSING_PART", "DAMAGED_ZIP"):
                raise
            self._log.report("PART_DAMAGED", place, detail=str(error))
            return None

    def _layer(self, part: str, root: etree._Element, base: Layer | None, number: int = 0) -> Layer:
        theme = self._theme(part, base)
        return Layer(part, root, theme, base, number, _color_map(root, base))

    def _theme(self, part: str, base: Layer | None) -> Theme:
        """The theme of a master; of a layer without one, that of the layer under it."""
        name = self._package.related_part(part, "theme")
        if name is None:
            return base.theme if base is not None else Theme()
        if name not in self._themes:
            self._themes[name] = read_theme(self._package, name)
        return self._themes[name]


def _color_map(root: etree._Element, base: Layer | None) -> Mapping[str, str]:
    """The colour map of a master, or an override of it (19.3.1.6, 19.3.1.7)."""
    own = root.find(qn("p:clrMap"))
    if own is None:
        own = root.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
    if own is not None:
        return {**DEFAULT_COLOR_MAP, **own.attrib}
    return base.color_map if base is not None else DEFAULT_COLOR_MAP
