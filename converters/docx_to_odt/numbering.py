"""The numbering part: abstract numberings, their instances and overrides (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from converters.docx_to_odt.paragraph_properties import ParagraphFormat, ParagraphPropertiesReader
from converters.docx_to_odt.run_properties import RunFormat, RunPropertiesReader
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import read_int, read_on_off

_VAL, _FORMAT = qn("w:val"), qn("w:format")
LEVELS = 9
MAX_STYLE_LINKS = 8  # an abstract numbering may point to a style that points to another


@dataclass(frozen=True, slots=True)
class Level:
    """One ``w:lvl``. ``text`` is its template (``"%1.%2"``); ``index`` counts from 0."""

    index: int
    start: int = 1
    num_format: str = "decimal"  # ST_NumberFormat; of a custom one its first numbers, "001, 002, 003, ..."
    text: str = ""
    suffix: str = "tab"
    alignment: str = "left"
    style_id: str | None = None
    legal: bool = False
    picture_id: int | None = None  # the picture that stands for the bullet
    paragraph: ParagraphFormat = field(default_factory=ParagraphFormat)
    run: RunFormat = field(default_factory=RunFormat)


@dataclass(frozen=True, slots=True)
class PictureBullet:
    """A ``w:numPicBullet``: the relationship of its picture and its width by its height (17.9.20)."""

    relationship_id: str
    proportion: float = 1.0


@dataclass(slots=True)
class AbstractNumbering:
    """A ``w:abstractNum``; its levels are read once a paragraph or style counts in it."""

    id: int
    level_elements: dict[int, etree._Element] = field(default_factory=dict)
    style_link: str | None = None  # this one defines the numbering style
    num_style_link: str | None = None  # the numbering style defines this one
    levels: dict[int, Level] | None = None


@dataclass(frozen=True, slots=True)
class Instance:
    """A ``w:num`` with its overrides applied. ``restarts`` are the levels with a start of their own.

    All instances of an abstract numbering count on together.
    """

    id: int
    abstract_id: int
    levels: Mapping[int, Level]
    restarts: frozenset[int] = frozenset()


class Numbering:
    """All numberings of a document by ``w:numId``.

    Documents carry many that nothing counts in, left over from what was deleted; Word shows them nowhere. They are
    neither read nor written: ``used`` are those whose list style something named.
    """

    def __init__(
        self,
        root: etree._Element | None,
        paragraph_reader: ParagraphPropertiesReader,
        run_reader: RunPropertiesReader,
        log: LossLog,
        part: str = "",
    ) -> None:
        self.paragraphs = paragraph_reader
        self.runs = run_reader
        self.log = log
        self.place = Place("part", part=part)
        self._abstracts: dict[int, AbstractNumbering] = {}
        self._pictures: dict[int, PictureBullet] = {}
        self._num_elements: dict[int, etree._Element] = {}
        self._instances: dict[int, Instance | None] = {}
        self._named: set[int] = set()
        for element in root if root is not None else ():
            SUPPORT.dispatch(element, log, self.place, self)

    def instance(self, num_id: int | None) -> Instance | None:
        """The numbering for an id; None for 0 and for ids that nothing defines (17.9.18)."""
        if not num_id:
            return None
        if num_id not in self._instances:
            element = self._num_elements.get(num_id)
            self._instances[num_id] = None if element is None else self._read_instance(num_id, element)
        return self._instances[num_id]

    def used(self) -> list[Instance]:
        """Those whose list styles were named, in the order of the part."""
        return [
            instance
            for num_id in self._num_elements
            if num_id in self._named and (instance := self.instance(num_id)) is not None
        ]

    def style_name(self, num_id: int | None) -> str | None:
        """The name of the list style of an instance, for something that refers to it."""
        instance = self.instance(num_id)
        if instance is None:
            return None
        self._named.add(instance.id)
        return list_style_name(instance)

    def picture(self, picture_id: int | None) -> PictureBullet | None:
        return self._pictures.get(picture_id) if picture_id is not None else None

    def level_for_style(self, num_id: int | None, style_id: str) -> int | None:
        """The level that a paragraph style is tied to by ``w:pStyle`` (17.9.23)."""
        instance = self.instance(num_id)
        if instance is None:
            return None
        return next((index for index, level in instance.levels.items() if level.style_id == style_id), None)

    # -- reading -----------------------------------------------------------------------------------------------

    def read_abstract(self, element: etree._Element) -> None:
        identifier = read_int(element.get(qn("w:abstractNumId")))
        if identifier is None:
            return
        abstract = self._abstracts[identifier] = AbstractNumbering(identifier)
        for child in element:
            ABSTRACT_SUPPORT.dispatch(child, self.log, self.place, abstract, self)

    def read_picture(self, element: etree._Element) -> None:
        identifier = read_int(element.get(qn("w:numPicBulletId")))
        drawn = next(element.iter(_VML_PICTURE, _DRAWN_PICTURE), None)
        relationship_id = drawn.get(qn("r:id")) or drawn.get(qn("r:embed")) if drawn is not None else None
        if identifier is not None and relationship_id:
            self._pictures[identifier] = PictureBullet(relationship_id, _proportion(element))

    def read_num(self, element: etree._Element) -> None:
        identifier = read_int(element.get(qn("w:numId")))
        if identifier is not None:
            self._num_elements[identifier] = element

    def _read_instance(self, num_id: int, element: etree._Element) -> Instance | None:
        abstract = self._abstract_of(element)
        if abstract is None:
            return None
        if abstract.levels is None:
            abstract.levels = {
                index: self.read_level(found, index) for index, found in abstract.level_elements.items()
            }
        levels, restarts = dict(abstract.levels), set()
        for override in element.iter(qn("w:lvlOverride")):
            index = read_int(override.get(qn("w:ilvl")))
            if index is None or not 0 <= index < LEVELS:
                continue
            own = override.find(qn("w:lvl"))
            if own is not None:
                levels[index] = self.read_level(own, index)
            start = override.find(qn("w:startOverride"))
            if start is not None:
                restarts.add(index)
                value = read_int(start.get(_VAL), 1)
                levels[index] = replace(levels.get(index, Level(index)), start=1 if value is None else value)
        return Instance(num_id, abstract.id, levels, frozenset(restarts))

    def _abstract_of(self, num: etree._Element) -> AbstractNumbering | None:
        reference = num.find(qn("w:abstractNumId"))
        abstract = (
            self._abstracts.get(read_int(reference.get(_VAL), -1) or 0) if reference is not None else None
        )
        for _ in range(MAX_STYLE_LINKS):
            if abstract is None or abstract.level_elements or abstract.num_style_link is None:
                break
            link = abstract.num_style_link
            abstract = next(
                (
                    found
                    for found in self._abstracts.values()
                    if found.style_link == link and found.level_elements
                ),
                None,
            )
        return abstract

    def read_level(self, element: etree._Element, index: int) -> Level:
        values: dict[str, Any] = {}
        for child in children(element):
            LEVEL_SUPPORT.dispatch(child, self.log, self.place, values, self)
        return Level(index, **values)


def list_style_name(instance: Instance) -> str:
    return f"WWNum{instance.id}"


_VML_PICTURE, _DRAWN_PICTURE = qn("v:imagedata"), qn("a:blip")


def _proportion(element: etree._Element) -> float:
    """Width by height of the shape or drawing in a picture bullet; 1 where it has none."""
    shape, extent = next(element.iter(qn("v:shape")), None), next(element.iter(qn("wp:extent")), None)
    if extent is not None:
        width, height = (read_int(extent.get(name)) for name in ("cx", "cy"))
        return width / height if width and height else 1.0
    style = shape.get("style", "") if shape is not None else ""
    sizes = {name: float(size) for name, size in _SIZE.findall(style)}
    return sizes["width"] / sizes["height"] if sizes.get("width") and sizes.get("height") else 1.0


_SIZE = re.compile(r"(?:^|;)\s*(width|height):\s*([\d.]+)")


# -- handlers of an abstract numbering: (element, abstract, numbering) --------------------------------------------


def _note_level(element: etree._Element, abstract: AbstractNumbering, numbering: Numbering) -> None:
    index = read_int(element.get(qn("w:ilvl")))
    if index is not None and 0 <= index < LEVELS:
        abstract.level_elements[index] = element


def _read_link(name: str) -> Callable[..., None]:
    def read(element: etree._Element, abstract: AbstractNumbering, numbering: Numbering) -> None:
        setattr(abstract, name, element.get(_VAL))

    return read


# -- handlers of a level: (element, values, numbering) ------------------------------------------------------------


def _read_text(name: str) -> Callable[..., None]:
    def read(element: etree._Element, values: dict[str, Any], numbering: Numbering) -> None:
        values[name] = element.get(_VAL) or ""

    return read


def _read_format(element: etree._Element, values: dict[str, Any], numbering: Numbering) -> None:
    """``w:numFmt`` (17.9.17): a custom format is told by ``w:format``."""
    named = element.get(_VAL) or ""
    values["num_format"] = element.get(_FORMAT, named) if named == "custom" else named


def _read_number(name: str) -> Callable[..., None]:
    def read(element: etree._Element, values: dict[str, Any], numbering: Numbering) -> None:
        number = read_int(element.get(_VAL))
        if number is not None:
            values[name] = number

    return read


def _read_restart(element: etree._Element, values: dict[str, Any], numbering: Numbering) -> None:
    """``w:lvlRestart``: ODF restarts a level after each higher one, which is the default (17.9.10)."""
    level = element.getparent()
    if level is not None and read_int(element.get(_VAL)) != read_int(level.get(qn("w:ilvl"))):
        numbering.log.report("NUMBERING_RESTART_DROPPED", numbering.place)


def _read_legal(element: etree._Element, values: dict[str, Any], numbering: Numbering) -> None:
    values["legal"] = read_on_off(element.get(_VAL))


def _read_paragraph(element: etree._Element, values: dict[str, Any], numbering: Numbering) -> None:
    values["paragraph"] = numbering.paragraphs.read(element, numbering.place)


def _read_run(element: etree._Element, values: dict[str, Any], numbering: Numbering) -> None:
    values["run"] = numbering.runs.read(element, numbering.place)


SUPPORT = Support(
    "numbering part",
    {
        "w:abstractNum": lambda element, numbering: numbering.read_abstract(element),
        "w:num": lambda element, numbering: numbering.read_num(element),
        "w:numPicBullet": lambda element, numbering: numbering.read_picture(element),
    },
    ignored={"w:numIdMacAtCleanup": "a counter of the editor"},
)
ABSTRACT_SUPPORT = Support(
    "abstract numbering",
    {
        "w:lvl": _note_level,
        "w:styleLink": _read_link("style_link"),
        "w:numStyleLink": _read_link("num_style_link"),
    },
    ignored={
        "w:nsid": "identifies the definition among documents",
        "w:multiLevelType": "how the editor offers the list",
        "w:tmpl": "identifies the definition among documents",
        "w:name": "a name for LISTNUM fields",
    },
)
LEVEL_SUPPORT = Support(
    "numbering level",
    {
        "w:start": _read_number("start"),
        "w:numFmt": _read_format,
        "w:lvlText": _read_text("text"),
        "w:suff": _read_text("suffix"),
        "w:lvlJc": _read_text("alignment"),
        "w:pStyle": _read_text("style_id"),
        "w:isLgl": _read_legal,
        "w:pPr": _read_paragraph,
        "w:rPr": _read_run,
        "w:lvlPicBulletId": _read_number("picture_id"),
        "w:lvlRestart": _read_restart,
    },
    ignored={"w:legacy": "spacing of lists of Word 6, which the indents beside it repeat"},
)
