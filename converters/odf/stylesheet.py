"""Styles: equal formatting shares one automatic style; named styles keep their names for those who edit later.

Source: ODF 1.3 Part 3, 16 (styles). Names are encoded as LibreOffice does (``_20_`` for a space), the shown name stands
in ``style:display-name``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from converters.odf.properties import (
    CellGraphicProperties,
    ChartProperties,
    DrawingPageProperties,
    GraphicProperties,
    HeaderFooterProperties,
    PageLayoutProperties,
    ParagraphProperties,
    Properties,
    SectionProperties,
    TableCellProperties,
    TableColumnProperties,
    TableProperties,
    TableRowProperties,
    TextProperties,
    is_empty,
)
from converters.odf.xmlwriter import XmlWriter

# family -> prefix of automatic names
FAMILIES: dict[str, str] = {
    "paragraph": "P",
    "text": "T",
    "section": "Sect",
    "table": "ta",
    "table-column": "co",
    "table-row": "ro",
    "table-cell": "ce",
    "graphic": "gr",
    "presentation": "pr",
    "drawing-page": "dp",
    "ruby": "Ru",
    "chart": "ch",
}
# the schema's order of properties elements inside one style
_ORDER: tuple[type[Properties], ...] = (
    TableProperties,
    TableColumnProperties,
    TableRowProperties,
    CellGraphicProperties,
    TableCellProperties,
    SectionProperties,
    ChartProperties,
    DrawingPageProperties,
    GraphicProperties,
    ParagraphProperties,
    TextProperties,
)
_NAME_CHARACTER = re.compile(r"[A-Za-z0-9.\-]")
_NAME_START = re.compile(r"[A-Za-z]")


@lru_cache(4096)
def encode_name(display_name: str) -> str:
    """An NCName for a shown name, reversible: ``encode_name("Heading 1") == "Heading_20_1"``."""
    encoded = "".join(
        char if _NAME_CHARACTER.match(char) or (ord(char) > 0xBF and char.isalpha()) else f"_{ord(char):x}_"
        for char in display_name
    )
    return encoded if encoded and (_NAME_START.match(encoded) or ord(encoded[0]) > 0xBF) else "_" + encoded


@dataclass(frozen=True, slots=True)
class StyleMap:
    """``style:map``: the named style to apply where a condition holds (16.3)."""

    condition: str
    apply_style: str
    base_cell_address: str | None = None


class Style(NamedTuple):
    """What a ``style:style`` says, without its name. ``parent`` and the other references are encoded names."""

    family: str
    properties: tuple[Properties, ...] = ()
    parent: str | None = None
    data_style: str | None = None
    master_page: str | None = None
    list_style: str | None = None
    list_level: int | None = None
    default_outline_level: int | None = None
    maps: tuple[StyleMap, ...] = ()

    def attributes(self) -> dict[str, str | None]:
        level = self.default_outline_level
        return {
            "style:family": self.family,
            "style:parent-style-name": self.parent,
            "style:default-outline-level": None if level is None else (str(level) if level else ""),
            "style:list-style-name": self.list_style,
            "style:list-level": str(self.list_level) if self.list_level else None,
            "style:master-page-name": self.master_page,
            "style:data-style-name": self.data_style,
        }

    @property
    def is_plain(self) -> bool:
        """Whether it says nothing beyond its parent, so that no automatic style is needed."""
        return (
            self.data_style is None
            and self.master_page is None
            and self.list_style is None
            and self.default_outline_level is None
            and not self.maps
            and all(is_empty(record) for record in self.properties)
        )

    def write_content(self, writer: XmlWriter) -> None:
        for record in sorted(self.properties, key=lambda record: _ORDER.index(type(record))):
            record.write(writer)
        for item in self.maps:
            writer.empty(
                "style:map",
                {
                    "style:condition": item.condition,
                    "style:apply-style-name": item.apply_style,
                    "style:base-cell-address": item.base_cell_address,
                },
            )


@dataclass(frozen=True, slots=True)
class NamedStyle:
    """A common style (16.2). ``name`` is encoded; ``display_name`` what people see."""

    name: str
    style: Style
    display_name: str | None = None
    next_style: str | None = None
    style_class: str | None = None
    hidden: bool = False
    linked_style: str | None = None

    def write(self, writer: XmlWriter) -> None:
        shown = self.display_name if self.display_name != self.name else None
        attributes = {"style:name": self.name, "style:display-name": shown, **self.style.attributes()}
        attributes["style:next-style-name"] = self.next_style
        attributes["style:class"] = self.style_class
        attributes["style:hidden"] = "true" if self.hidden else None
        attributes["loext:linked-style-name"] = self.linked_style
        with writer.element("style:style", attributes):
            self.style.write_content(writer)


@dataclass(frozen=True, slots=True)
class DefaultStyle:
    """``style:default-style``: what holds where no style says anything (16.4)."""

    family: str
    properties: tuple[Properties, ...]

    def write(self, writer: XmlWriter) -> None:
        with writer.element("style:default-style", {"style:family": self.family}):
            Style(self.family, self.properties).write_content(writer)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """``style:page-layout`` without its name (16.5)."""

    properties: PageLayoutProperties
    header: HeaderFooterProperties | None = None
    footer: HeaderFooterProperties | None = None
    page_usage: str | None = None

    def write(self, name: str, writer: XmlWriter) -> None:
        with writer.element("style:page-layout", {"style:name": name, "style:page-usage": self.page_usage}):
            self.properties.write(writer)
            for tag, record in (("style:header-style", self.header), ("style:footer-style", self.footer)):
                with writer.element(tag):
                    if record is not None:
                        record.write(writer)


class AutomaticStyles:
    """Interns automatic styles. content.xml and the master styles of styles.xml have one each (``prefix="M"``)."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._styles: dict[Style, str] = {}
        self._counts: dict[str, int] = {}
        self._page_layouts: dict[PageLayout, str] = {}
        self._fragments: dict[str, str] = {}  # XML with its name left open -> name

    def name_for(self, style: Style) -> str:
        """The name of the automatic style that says this; the parent's own name where it says nothing more."""
        name = self._styles.get(style)
        if name is None:
            if style.is_plain and style.parent is not None:
                name = style.parent
            else:
                name = self._next(FAMILIES[style.family])
            self._styles[style] = name
        return name

    def page_layout_for(self, layout: PageLayout) -> str:
        if layout not in self._page_layouts:
            self._page_layouts[layout] = self._next("pm")
        return self._page_layouts[layout]

    def name_for_fragment(self, stem: str, write: Callable[[XmlWriter, str], None]) -> str:
        """Intern a style of another shape (list, number): ``write(writer, name)`` writes it under a name."""
        writer = XmlWriter()
        write(writer, "\0")
        key = writer.result()
        if key not in self._fragments:
            self._fragments[key] = self._next(stem)
        return self._fragments[key]

    def _next(self, stem: str) -> str:
        self._counts[stem] = self._counts.get(stem, 0) + 1
        return f"{self._prefix}{stem}{self._counts[stem]}"

    def write(self, writer: XmlWriter) -> None:
        """Write all of them: what others refer to comes first."""
        for xml, name in self._fragments.items():
            writer.raw(xml.replace('=""', f'="{name}"', 1))
        for style, name in self._styles.items():
            if style.is_plain and name == style.parent:
                continue
            with writer.element("style:style", {"style:name": name, **style.attributes()}):
                style.write_content(writer)
        for layout, name in self._page_layouts.items():
            layout.write(name, writer)


@dataclass(frozen=True, slots=True)
class FontFace:
    name: str
    family: str | None = None
    generic: str | None = None  # roman, swiss, modern, decorative, script, system
    pitch: str | None = None  # fixed, variable
    charset: str | None = None  # x-symbol for symbol fonts

    def write(self, writer: XmlWriter) -> None:
        family = self.family or self.name
        quoted = f"'{family}'" if re.search(r"[^A-Za-z\-]", family) else family
        writer.empty(
            "style:font-face",
            {
                "style:name": self.name,
                "svg:font-family": quoted,
                "style:font-family-generic": self.generic,
                "style:font-pitch": self.pitch,
                "style:font-charset": self.charset,
            },
        )


class FontFaces:
    """Font declarations by name; naming a font twice declares it once.

    A typeface described in two ways gets two names, the second with a number (ODF 1.3 Part 3, 19.498); one that
    comes without a family takes the name that stands.
    """

    def __init__(self) -> None:
        self._faces: dict[str, FontFace] = {}
        self._names: dict[FontFace, str] = {}

    def name_for(self, face: FontFace) -> str:
        known = self._names.get(face)
        if known is None:
            known, count = face.name, 0
            while known in self._faces and face.generic is not None:
                count += 1
                known = f"{face.name}{count}"
            self._names[face] = known
            self._faces.setdefault(known, replace(face, name=known, family=face.family or face.name))
        return known

    def distinct_name_for(self, face: FontFace) -> str:
        """The name of exactly this face: one that differs from another of its typeface has a number behind its name."""
        named, number = face, 0
        while self._faces.setdefault(named.name, named) != named:
            number += 1
            named = replace(face, name=f"{face.name}{number}", family=face.family or face.name)
        return named.name

    def name_of(self, typeface: str) -> str | None:
        """The first name declared for a typeface, however it is described; None where it has none."""
        faces = self._faces.values()
        return next((face.name for face in faces if (face.family or face.name) == typeface), None)

    def family_of(self, name: str | None) -> str | None:
        """The typeface that a name of a declared face stands for; any other name as it is."""
        face = self._faces.get(name or "")
        return (face.family or face.name) if face is not None else name

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._faces)

    def write(self, writer: XmlWriter) -> None:
        if self._faces:
            with writer.element("office:font-face-decls"):
                for face in self._faces.values():
                    face.write(writer)
