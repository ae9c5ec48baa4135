"""What every reader of drawings needs: where it reads, where it writes, and the theme between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.stylesheet import AutomaticStyles
from converters.ooxml.colors import Color, read_color
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme


@dataclass(frozen=True, slots=True)
class DrawingContext:
    """``part`` is the part whose relationships the elements use; ``scheme`` its colours through its colour map.

    ``automatic`` takes the styles of what is written: those of content.xml, or of master pages. ``layer`` is the
    value of ``draw:layer``, None where the family has no layers. ``pages`` are the names of pages by part, for links
    inside the document. ``cell_ranges`` answers the ODF address of the cells that a chart's formula names, None for what
    it cannot name; charts hold their own values where there is no such function.
    """

    document: OdfDocument
    package: Package
    part: str
    theme: Theme
    scheme: Mapping[str, str]
    log: LossLog
    place: Place
    automatic: AutomaticStyles
    layer: str | None = None
    pages: Mapping[str, str] = field(default_factory=dict)
    cell_ranges: Callable[[str], str | None] | None = None

    def color(self, parent: etree._Element | None, placeholder: Color | None = None) -> Color | None:
        return read_color(parent, self.scheme, placeholder)


def child(element: etree._Element | None, local: str) -> etree._Element | None:
    """The child of a local name in the element's own namespace: ``p:spPr`` of ``p:sp``, ``dsp:spPr`` of ``dsp:sp``."""
    if element is None:
        return None
    return element.find(f"{{{etree.QName(element).namespace}}}{local}")
