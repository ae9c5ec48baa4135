"""The presentation styles of a master page: title, subtitle, outline levels, notes, background.

They are what people change to restyle all slides of a master; names are those LibreOffice gives them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.paragraph_properties import merge_paragraph, resolve_paragraph
from converters.drawings.text_cascade import TextCascade
from converters.drawings.text_properties import RunFormat, resolve_text
from converters.odf.document import OdfDocument
from converters.odf.properties import GraphicProperties, TextProperties
from converters.odf.stylesheet import NamedStyle, Style
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.backgrounds import as_shape_fill, inherited_background
from converters.pptx_to_odp.placeholders import placeholder_shapes
from converters.pptx_to_odp.presentation import Layer, Presentation
from converters.pptx_to_odp.slide_family import SlideFamily

LEVELS = 9
_KERNED = TextProperties(letter_kerning="true")
_PLAIN = GraphicProperties(stroke="none", fill="none")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the styles of a master page read their text formatting."""

    presentation: Presentation
    layer: Layer
    context: DrawingContext
    name: str

    def cascade(self, types: tuple[str, ...]) -> TextCascade:
        """The list styles of the layer's placeholder of these types, or of the one under it."""
        for layer in self.layer.layers():
            for placeholder, shape in placeholder_shapes(layer):
                if placeholder.type in types:
                    return SlideFamily(self.presentation, layer, self.name).cascade(shape)
        default = self.presentation.default_text_style
        styles = self.layer.master.root.find(
            f"{qn('p:txStyles')}/{qn('p:titleStyle' if 'title' in types else 'p:bodyStyle')}"
        )
        return TextCascade(tuple(one for one in (default, styles) if one is not None))


def add_presentation_styles(
    document: OdfDocument, presentation: Presentation, layer: Layer, context: DrawingContext, name: str
) -> None:
    """Add the styles of the master page ``name`` (encoded) for a layout."""
    background = replace(as_shape_fill(inherited_background(layer, context)), stroke="none")
    source = _Source(presentation, layer, context, name)
    title = source.cascade(("title", "ctrTitle"))
    subtitle = source.cascade(("subTitle", "body", "obj"))
    outline = source.cascade(("body", "obj", "subTitle"))
    _add(document, name, "title", _style(title, 0, context))
    _add(document, name, "subtitle", _style(subtitle, 0, context))
    for level in range(LEVELS):
        parent = f"{name}-outline{level}" if level else None
        _add(document, name, f"outline{level + 1}", _style(outline, level, context, parent))
    notes = presentation.notes_master
    styles = notes.root.find(qn("p:notesStyle")) if notes is not None else None
    noted = _cascade_of(presentation.default_text_style, styles)
    _add(document, name, "notes", _style(noted, 0, replace(context, shares_faces=True)))
    _add(document, name, "background", Style("presentation", (background,)))
    _add(
        document,
        name,
        "backgroundobjects",
        Style("presentation", (GraphicProperties(shadow="hidden"), _KERNED)),
    )


def _cascade_of(*styles: etree._Element | None) -> TextCascade:
    return TextCascade(tuple(one for one in styles if one is not None))


def _style(cascade: TextCascade, level: int, context: DrawingContext, parent: str | None = None) -> Style:
    runs = cascade.run_sources(level, None)
    paragraph = merge_paragraph(cascade.paragraph_sources(level, None))
    size = RunFormat(runs).size_points
    spaced = resolve_paragraph(paragraph, size, in_list=False)
    properties = (_PLAIN, spaced, replace(resolve_text(runs, context), letter_kerning="true"))
    return Style("presentation", properties, parent=parent)


def _add(document: OdfDocument, master: str, ending: str, style: Style) -> None:
    shown = f"{_decoded(master)}-{ending}"
    document.add_named_style(NamedStyle(f"{master}-{ending}", style, display_name=shown))


def _decoded(name: str) -> str:
    return name.replace("_20_", " ")
