"""What every reader of drawings needs: where it reads, where it writes, and the theme between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from converters.drawings.identifiers import Identifiers
from converters.drawings.ties import Ties
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import GraphicProperties, Properties, lay_over
from converters.odf.stylesheet import AutomaticStyles, Style
from converters.ooxml.colors import Color, read_color
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme
from converters.options import NO_SCRIPTS, Scripts


@dataclass(frozen=True, slots=True)
class Anchoring:
    """How a shape hangs on its surroundings: attributes and formatting beside its place, and the style it is made from.

    On a page it stands by itself; in text it has an anchor and a way to be wrapped (ODF 1.3 Part 3, 19.742).
    """

    attributes: Mapping[str, str | None] = field(default_factory=dict)
    properties: GraphicProperties = field(default_factory=GraphicProperties)
    parent_style: str | None = "standard"
    text_style: str | None = "standard"  # for shapes that hold text
    names_geometry: bool = True  # LibreOffice puts the text of a named outline elsewhere in text documents
    spaces_lines_by_size: bool = (
        False  # lines of shapes' text are 1.2 times the font's size apart, whatever the font
    )
    counts_from_page: bool = False  # places are those on the page, in groups too


@dataclass(frozen=True, slots=True)
class DrawingContext:
    """``part`` is the part whose relationships the elements use; ``scheme`` its colours through its colour map.

    ``automatic`` takes the styles of what is written: those of content.xml, or of master pages. ``layer`` is the
    value of ``draw:layer``, None where the family has no layers. ``pages`` are the names of pages by part, for links
    inside the document. ``cell_ranges`` answers the ODF address of the cells that a chart's formula names, None for what
    it cannot name; charts hold their own values where there is no such function. ``identifiers`` names what others refer to,
    ``ties`` what connectors hold on to. ``scripts``: where the macros are that a click runs. ``shares_faces``: a typeface
    that the document declares already goes by that name, whatever this part says of its family and pitch.
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
    anchoring: Anchoring = field(default_factory=Anchoring)
    identifiers: Identifiers = field(default_factory=Identifiers)
    ties: Ties = field(default_factory=Ties)
    scripts: Scripts = NO_SCRIPTS
    shares_faces: bool = False

    def color(self, parent: etree._Element | None, placeholder: Color | None = None) -> Color | None:
        return read_color(parent, self.scheme, placeholder)

    def shape_attributes(
        self, name: str | None, properties: GraphicProperties, *more: Properties, holds_text: bool = False
    ) -> dict[str, str | None]:
        """What every shape says of itself but its place: name, style, layer, anchor."""
        anchoring = self.anchoring
        anchored = lay_over(properties, anchoring.properties)
        parent = anchoring.text_style if holds_text else anchoring.parent_style
        style = Style("graphic", (anchored, *more), parent=parent)
        return {
            "draw:name": name,
            "draw:style-name": self.automatic.name_for(style),
            "draw:layer": self.layer,
            **anchoring.attributes,
        }

    def in_group(self) -> DrawingContext:
        """The context of a group's own shapes: the group is anchored for them."""
        plain = replace(self.anchoring, attributes={}, properties=GraphicProperties())
        return replace(self, anchoring=plain)


def child(element: etree._Element | None, local: str) -> etree._Element | None:
    """The child of a local name in the element's own namespace: ``p:spPr`` of ``p:sp``, ``dsp:spPr`` of ``dsp:sp``."""
    if element is None:
        return None
    namespace, brace, _ = element.tag.rpartition("}")
    return element.find(namespace + brace + local)
