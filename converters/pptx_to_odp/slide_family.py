"""What slides, layouts, masters and notes tell the writers of shapes: inheritance, text styles, graphic frames."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.drawings.context import DrawingContext, child
from converters.drawings.shapes import PresentationObject
from converters.drawings.text_cascade import TextCascade
from converters.drawings.text_shapes import body_alignment, write_body
from converters.drawings.transforms import Transform
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.graphic_frames import write_graphic_frame
from converters.pptx_to_odp.placeholders import (
    CLASSES,
    FOOTERS,
    TITLES,
    effective_placeholder,
    inherited_shapes,
    read_placeholder,
)
from converters.pptx_to_odp.presentation import Layer, Presentation

# presentation:class -> the ending of the style's name that presentation objects of a master page are edited by
_STYLE_ENDINGS = {"title": "title", "subtitle": "subtitle", "outline": "outline1", "notes": "notes"}


@dataclass(frozen=True, slots=True)
class SlideFamily:
    """``style_stem`` is the name of the master page, which its presentation styles begin with.

    ``shown_by_master`` is a shape that the master page shows in the place of this layer.
    """

    presentation: Presentation
    layer: Layer
    style_stem: str
    shown_by_master: etree._Element | None = None

    def inherited(self, shape: etree._Element) -> tuple[etree._Element, ...]:
        return inherited_shapes(shape, self.layer)

    def is_left_out(self, shape: etree._Element) -> bool:
        placeholder = read_placeholder(shape)
        return placeholder is not None and (placeholder.type == "sldImg" or shape is self.shown_by_master)

    @property
    def is_notes(self) -> bool:
        return etree.QName(self.layer.root).localname.startswith("notes")

    def presentation_object(self, shape: etree._Element) -> PresentationObject | None:
        placeholder = effective_placeholder(shape, self.layer)
        if placeholder is None:
            return None
        name = CLASSES.get(placeholder.type, "outline")
        empty = not has_text(shape)
        if not empty and name not in (*_STYLE_ENDINGS, "date-time", "footer", "header", "page-number"):
            name = "outline"  # text typed into a placeholder for pictures, charts or tables
        if self.is_notes and name == "outline":
            name = "notes"
        ending = _STYLE_ENDINGS.get(name, "backgroundobjects")
        return PresentationObject(name, f"{self.style_stem}-{ending}", empty)

    def cascade(self, shape: etree._Element) -> TextCascade:
        """The list styles for a shape's text (19.3.1.52, p:txStyles; 19.2.1.8, p:defaultTextStyle).

        What the presentation says of a level is said of shapes: titles and bodies begin with the master's styles.
        """
        placeholder = effective_placeholder(shape, self.layer)
        own = [_list_style(one) for one in reversed(self.inherited(shape))]
        master = self._master_style(placeholder.type) if placeholder is not None else None
        base = [self.presentation.default_text_style, master]
        if (
            master is not None
            and placeholder is not None
            and placeholder.type not in FOOTERS
            and not self.is_notes
        ):
            base[0] = self.presentation.default_of_all_levels
        own.append(_list_style(shape))
        style = child(shape, "style")
        return TextCascade(
            tuple(found for found in base if found is not None),
            tuple(found for found in own if found is not None),
            style.find(qn("a:fontRef")) if style is not None else None,
        )

    def _master_style(self, placeholder_type: str) -> etree._Element | None:
        root = self.layer.master.root
        if self.is_notes:
            return root.find(qn("p:notesStyle"))
        if placeholder_type in TITLES:
            name = "p:titleStyle"
        else:
            name = "p:otherStyle" if placeholder_type in FOOTERS else "p:bodyStyle"
        return root.find(f"{qn('p:txStyles')}/{qn(name)}")

    def alignment(self, shape: etree._Element) -> str:
        return body_alignment(shape, self.cascade(shape))

    def write_text(self, writer: XmlWriter, shape: etree._Element, context: DrawingContext) -> None:
        write_body(writer, shape, self.cascade(shape), context)

    def write_graphic_frame(
        self, writer: XmlWriter, frame: etree._Element, place: Transform, context: DrawingContext
    ) -> None:
        write_graphic_frame(writer, frame, place, context, self)


def has_text(shape: etree._Element) -> bool:
    """Whether a shape's text holds any run: a placeholder without one shows its prompt only while editing."""
    body = child(shape, "txBody")
    return body is not None and any(
        paragraph.find(qn(tag)) is not None
        for paragraph in body.iterfind(qn("a:p"))
        for tag in ("a:r", "a:fld", "a:br", "mc:AlternateContent")
    )


def _list_style(shape: etree._Element) -> etree._Element | None:
    body = child(shape, "txBody")
    return body.find(qn("a:lstStyle")) if body is not None else None
