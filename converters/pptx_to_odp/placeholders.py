"""Placeholders: which shape of the layout and master a placeholder inherits from (ECMA-376 Part 1, 19.3.1.36, p:ph)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from converters.pptx_to_odp.presentation import Layer, placeholder_mark

# placeholder type -> presentation:class (ODF 1.3 Part 3, 19.389)
CLASSES = {
    "title": "title",
    "ctrTitle": "title",
    "subTitle": "subtitle",
    "body": "outline",
    "obj": "outline",
    "chart": "chart",
    "tbl": "table",
    "dgm": "object",
    "media": "object",
    "clipArt": "graphic",
    "pic": "graphic",
    "sldImg": "page",
    "dt": "date-time",
    "ftr": "footer",
    "hdr": "header",
    "sldNum": "page-number",
}
TITLES = frozenset(("title", "ctrTitle"))
FOOTERS = frozenset(("dt", "ftr", "hdr", "sldNum"))


@dataclass(frozen=True, slots=True)
class Placeholder:
    type: str
    index: str

    @property
    def master_type(self) -> str:
        """The type of the master's placeholder that this one goes back to."""
        if self.type in TITLES:
            return "title"
        return self.type if self.type in FOOTERS or self.type == "sldImg" else "body"


def read_placeholder(shape: etree._Element) -> Placeholder | None:
    """The placeholder that a shape is; None for an ordinary shape."""
    mark = placeholder_mark(shape)
    return _placeholder(mark) if mark is not None else None


def _placeholder(mark: etree._Element) -> Placeholder:
    return _known_placeholder(mark.get("type", "obj"), mark.get("idx", "0"))


_known_placeholder = lru_cache(maxsize=1024)(Placeholder)  # a few kinds, looked up over and over


def placeholder_shapes(layer: Layer) -> Iterator[tuple[Placeholder, etree._Element]]:
    for mark, shape in layer.marked_shapes:
        yield _placeholder(mark), shape


def inherited_shapes(shape: etree._Element, layer: Layer) -> tuple[etree._Element, ...]:
    """The shapes of the layers under ``layer`` that a placeholder inherits from, nearest first."""
    placeholder = read_placeholder(shape)
    found: list[etree._Element] = []
    below = layer.base
    while placeholder is not None and below is not None:
        match = _match(placeholder, below)
        if match is not None:
            found.append(match[1])
            if match[0].type != "obj":  # the layout knows the type where the slide leaves it out
                placeholder = match[0]
        below = below.base
    return tuple(found)


def _match(placeholder: Placeholder, layer: Layer) -> tuple[Placeholder, etree._Element] | None:
    candidates = list(placeholder_shapes(layer))
    if layer.base is not None:
        for candidate in candidates:
            if candidate[0].index == placeholder.index and _alike(candidate[0], placeholder):
                return candidate
    for candidate in candidates:
        if candidate[0].type == placeholder.type:
            return candidate
    for candidate in candidates:
        if candidate[0].master_type == placeholder.master_type:
            return candidate
    return None


def _alike(one: Placeholder, other: Placeholder) -> bool:
    return (one.index != "0" or one.type == other.type) or one.master_type == other.master_type


def effective_placeholder(shape: etree._Element, layer: Layer) -> Placeholder | None:
    """The placeholder with the type that the layout gives to one that names only its index."""
    placeholder = read_placeholder(shape)
    if placeholder is None or placeholder.type != "obj":
        return placeholder
    for inherited in inherited_shapes(shape, layer):
        found = read_placeholder(inherited)
        if found is not None and found.type != "obj":
            return Placeholder(found.type, placeholder.index)
    return placeholder
