"""The context of drawings that are anchored in text: what the shared readers of drawings need to know of a story."""

from __future__ import annotations

from dataclasses import replace

from converters.docx_to_odt.anchors import Anchor
from converters.docx_to_odt.conversion import Story
from converters.drawings.context import Anchoring, DrawingContext

TEXT_STYLE = (
    "Frame"  # a shape made from it holds text of Writer's own, with styles and fields, in LibreOffice
)
_PLACE = ("svg:x", "svg:y")


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
