"""Names for what others refer to: shapes and paragraphs that are animated, shapes that a connector holds on to.

ODF refers by ``xml:id`` (ODF 1.3 Part 3, 19.916); ``draw:id`` repeats it on shapes for older readers (19.187.3). Only
what something refers to gets a name.
"""

from __future__ import annotations

from lxml import etree

_SHAPE = ("xml:id", "draw:id")
_PARAGRAPH = ("xml:id", "text:id")
_NODE = ("xml:id", "anim:id")


class Identifiers:
    """Names by source element. ``prefix`` keeps them apart within a document; elements stay alive as keys."""

    __slots__ = ("_names", "_prefix", "_written")

    def __init__(self, prefix: str = "shape") -> None:
        self._prefix = prefix
        self._names: dict[etree._Element, str] = {}
        self._written: set[str] = set()

    def request(self, element: etree._Element) -> str:
        """The name of an element that something will refer to."""
        return self._names.setdefault(element, f"{self._prefix}-{len(self._names) + 1}")

    def stand_in(self, element: etree._Element, stands_for: etree._Element) -> None:
        """``element`` is what gets written of another: the picture of an embedded object for its frame."""
        if stands_for in self._names:
            self._names[element] = self._names[stands_for]

    def shape_attributes(self, element: etree._Element) -> dict[str, str | None]:
        """For the ODF element that an element becomes; empty where nothing refers to it."""
        return self._attributes(element, _SHAPE)

    def paragraph_attributes(self, element: etree._Element) -> dict[str, str | None]:
        """For the ``text:p`` that an ``a:p`` becomes; empty where nothing refers to it."""
        return self._attributes(element, _PARAGRAPH)

    def node_attributes(self, element: etree._Element) -> dict[str, str | None]:
        """For the step of an animation that a ``p:cTn`` becomes; empty where nothing refers to it."""
        return self._attributes(element, _NODE)

    def name(self, element: etree._Element) -> str | None:
        """The name of an element, written or not; None where nothing refers to it."""
        return self._names.get(element)

    def _attributes(self, element: etree._Element, names: tuple[str, str]) -> dict[str, str | None]:
        name = self._names.get(element)
        if name is None or name in self._written:
            return {}
        self._written.add(name)
        return dict.fromkeys(names, name)

    def written(self, element: etree._Element) -> str | None:
        """The name of an element that stands in the result; None for what was left out."""
        name = self._names.get(element)
        return name if name in self._written else None
