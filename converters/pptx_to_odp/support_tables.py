"""The support tables of presentations, gathered: the user guide and the inspection read them here."""

from __future__ import annotations

from converters.drawings.effects import EFFECTS
from converters.drawings.paragraph_properties import PARAGRAPH_PROPERTIES
from converters.drawings.picture_frames import BLIP
from converters.drawings.shape_properties import SHAPE_PROPERTIES
from converters.drawings.shapes import SHAPE_TREE
from converters.drawings.text_body import PARAGRAPH_CONTENT
from converters.drawings.text_frames import BODY_PROPERTIES
from converters.drawings.text_properties import RUN_PROPERTIES
from converters.pptx_to_odp.backgrounds import BACKGROUND
from converters.pptx_to_odp.graphic_frames import GRAPHIC_DATA
from converters.pptx_to_odp.presentation_settings import PRESENTATION
from converters.pptx_to_odp.slides import COMMON_SLIDE, SLIDE
from converters.pptx_to_odp.tables import CELL_PROPERTIES
from converters.pptx_to_odp.transitions import TRANSITIONS
from converters.support import Support

SUPPORT: tuple[Support, ...] = (
    PRESENTATION,
    SLIDE,
    COMMON_SLIDE,
    BACKGROUND,
    TRANSITIONS,
    SHAPE_TREE,
    SHAPE_PROPERTIES,
    EFFECTS,
    BLIP,
    BODY_PROPERTIES,
    PARAGRAPH_CONTENT,
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    GRAPHIC_DATA,
    CELL_PROPERTIES,
)
