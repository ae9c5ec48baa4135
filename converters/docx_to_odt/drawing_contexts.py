"""The context of drawings that are anchored in text: what the shared readers of drawings need to know of a story."""

from __future__ import annotations

from dataclasses import replace

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.conversion import Story
from converters.drawings.context import Anchoring, DrawingContext
from converters.drawings.transforms import Transform
from converters.units import EMU_PER_CENTIMETRE

TEXT_STYLE = (
    "Frame"  # a shape made from it holds text of Writer's own, with styles and fields, in LibreOffice
)
_PLACE = ("svg:x", "svg:y")


def anchor_place(anchor: Anchor) -> Transform:
    """The box of an anchor, in EMU from where it counts."""
    x, y = (
        float((anchor.attributes.get(name) or "0cm").removesuffix("cm")) * EMU_PER_CENTIMETRE
        for name in _PLACE
    )
    return Transform(x, y, anchor.width_emu, anchor.height_emu)


def drawing_context(story: Story, anchor: Anchor | None = None) -> DrawingContext:
    """The context for a drawing at an anchor, which holds all of the anchor but the place."""
    conversion = story.conversion
    anchoring = Anchoring(parent_style=None, text_style=TEXT_STYLE, names_geometry=False)
    if anchor is not None:
        attributes = {name: value for name, value in anchor.attributes.items() if name not in _PLACE}
        anchoring = replace(anchoring, attributes=attributes, properties=anchor.properties)
    return DrawingContext(
        conversion.document,
        conversion.package,
        story.part,
        conversion.theme,
        conversion.theme.scheme(),
        story.log,
        story.place,
        story.automatic,
        anchoring=anchoring,
    )
