"""What animations act on: shapes, their background or text, single paragraphs (ECMA-376 Part 1, 19.5.91, p:tgtEl)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from converters.drawings.anatomy import non_visual
from converters.drawings.context import child
from converters.drawings.identifiers import Identifiers
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.units import read_int

# child of p:spTgt -> anim:sub-item (ODF 1.3 Part 3, 19.20)
_SUB_ITEMS = {qn("p:bg"): "background", qn("p:txEl"): "text"}


@dataclass(frozen=True, slots=True)
class Target:
    """``identifier`` is the ``xml:id``; ``sub_item`` None for the whole; ``exact`` is false where the source means less."""

    identifier: str
    sub_item: str | None = None
    exact: bool = True

    def attributes(self) -> dict[str, str | None]:
        return {"smil:targetElement": self.identifier, "anim:sub-item": self.sub_item}


class AnimationTargets:
    """The shapes of a slide by the number that animations call them by."""

    def __init__(self, slide: etree._Element, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self._shapes: dict[str, etree._Element] = {}
        self._positions: dict[etree._Element, int] = {}
        self._nodes: dict[str, etree._Element] = {}
        for position, shape in enumerate(_shapes(slide.find(f"{qn('p:cSld')}/{qn('p:spTree')}")), start=1):
            properties = non_visual(shape)
            self._positions[shape] = position
            self._shapes.setdefault(properties.get("id", "") if properties is not None else "", shape)

    def request(self, timing: etree._Element) -> None:
        """Ask for names of all that a timing acts on or waits for, before the shapes are written."""
        for target in timing.iter(qn("p:spTgt")):
            for element, _sub_item, _exact in self._meant(target):
                self._identifiers.request(element)
        self._nodes = {node.get("id", ""): node for node in timing.iter(qn("p:cTn"))}
        for reference in timing.iter(qn("p:tn")):
            node = self._nodes.get(reference.get("val", ""))
            if node is not None:
                self._identifiers.request(node)

    def resolve(self, target: etree._Element | None) -> tuple[Target, ...]:
        """The targets in a ``p:tgtEl`` that stand in the result."""
        shape = target.find(qn("p:spTgt")) if target is not None else None
        if shape is None:
            return ()
        return tuple(
            Target(name, sub_item, exact)
            for element, sub_item, exact in self._meant(shape)
            if (name := self._identifiers.written(element)) is not None
        )

    def name_of(self, condition: etree._Element) -> str | None:
        """The name of the node or shape whose event a ``p:cond`` waits for."""
        target = condition.find(qn("p:tgtEl"))
        if target is not None:
            return next((found.identifier for found in self.resolve(target)), None)
        reference = condition.find(qn("p:tn"))
        node = self._nodes.get(reference.get("val", "")) if reference is not None else None
        return self._identifiers.name(node) if node is not None else None

    def node_attributes(self, node: etree._Element) -> dict[str, str | None]:
        """The name of a ``p:cTn`` that others refer to."""
        return self._identifiers.node_attributes(node)

    def place_of(self, target: etree._Element | None) -> int | None:
        """The position of the shape on its slide, from 1, for people; None where it is not there."""
        shape = target.find(qn("p:spTgt")) if target is not None else None
        found = self._shapes.get(shape.get("spid", "")) if shape is not None else None
        return self._positions[found] if found is not None else None

    def _meant(self, target: etree._Element) -> Iterator[tuple[etree._Element, str | None, bool]]:
        """(shape or paragraph, part of it, whether that is all that is meant) of a ``p:spTgt``."""
        shape = self._shapes.get(target.get("spid", ""))
        if shape is None:
            return
        part = next((one for one in target if one.tag != qn("p:extLst")), None)
        listed = part.find(qn("p:pRg")) if part is not None and part.tag == qn("p:txEl") else None
        if listed is not None:
            body = child(shape, "txBody")
            paragraphs = body.findall(qn("a:p")) if body is not None else []
            first = max(0, read_int(listed.get("st"), 0) or 0)
            last = max(first, read_int(listed.get("end"), first) or 0)
            for paragraph in paragraphs[first : last + 1]:
                yield paragraph, None, True
        elif part is None:
            yield shape, None, True
        else:
            exact = part.tag in _SUB_ITEMS and part.find(qn("p:charRg")) is None
            yield shape, _SUB_ITEMS.get(part.tag), exact


def _shapes(tree: etree._Element | None) -> Iterator[etree._Element]:
    """The shapes of a tree in their order, those in groups behind their group."""
    for element in children(tree):
        if element.tag in _SHAPES:
            yield element
            if element.tag == qn("p:grpSp"):
                yield from _shapes(element)


_SHAPES = frozenset(map(qn, ("p:sp", "p:pic", "p:cxnSp", "p:grpSp", "p:graphicFrame")))
