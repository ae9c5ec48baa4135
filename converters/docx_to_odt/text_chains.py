"""Text boxes that hand their text on to the next ([MS-ODRAWXML] 2.20.2.17, wps:linkedTxbx; ODF 1.3 Part 3, 19.127).

The first box holds all the text and a number, the others name that number and their place in the chain. In ODF a
``draw:text-box`` names the frame that its text goes on in.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.docx_to_odt.conversion import Story
from converters.ooxml.namespaces import qn
from converters.units import read_int

_FIRST, _LINKED = qn("wps:txbx"), qn("wps:linkedTxbx")


@dataclass(frozen=True, slots=True)
class ChainLink:
    """The name of a frame in a chain, and of the frame after it."""

    name: str
    next_name: str | None


def read_chain_link(shape: etree._Element, story: Story) -> ChainLink | None:
    """The place of a ``wps:wsp`` in a chain; None for a text box of its own."""
    first, linked = shape.find(_FIRST), shape.find(_LINKED)
    if linked is not None:
        identifier, place = linked.get("id", ""), read_int(linked.get("seq"), 1) or 1
    elif first is not None and first.get("id"):
        identifier, place = first.get("id", ""), 0
    else:
        return None
    known = story.conversion.text_chains.get(story.part)
    if known is None:
        known = story.conversion.text_chains[story.part] = _read_chains(shape)
    places = known.get(identifier, frozenset())
    if not places:
        return None
    following = place + 1 if place + 1 in places else None
    name = f"Text chain {story.part.rpartition('/')[2].removesuffix('.xml')} {identifier}"
    return ChainLink(f"{name}.{place}", None if following is None else f"{name}.{following}")


def _read_chains(shape: etree._Element) -> dict[str, frozenset[int]]:
    """The places that linked text boxes of a part take, by the number of their chain."""
    found: dict[str, set[int]] = {}
    for linked in shape.getroottree().getroot().iter(_LINKED):
        found.setdefault(linked.get("id", ""), set()).add(read_int(linked.get("seq"), 1) or 1)
    return {identifier: frozenset(places) for identifier, places in found.items()}
