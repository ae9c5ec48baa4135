"""The support tables of presentations, gathered: the user guide and the inspection read them here."""

from __future__ import annotations

from converters.drawings.anatomy import non_visual
from converters.drawings.effects import EFFECTS
from converters.drawings.fills import resolve_fill
from converters.drawings.paragraph_properties import PARAGRAPH_PROPERTIES
from converters.drawings.picture_frames import BLIP, write_picture
from converters.drawings.shape_properties import SHAPE_PROPERTIES, resolve_shape_properties
from converters.drawings.shapes import SHAPE_TREE, ShapeTree
from converters.drawings.text_body import PARAGRAPH_CONTENT, TextWriter
from converters.drawings.text_frames import BODY_PROPERTIES
from converters.drawings.text_properties import RUN_PROPERTIES
from converters.drawings.transforms import read_transform
from converters.pptx_to_odp.animations import ANIMATION
from converters.pptx_to_odp.backgrounds import BACKGROUND, resolve_background
from converters.pptx_to_odp.graphic_frames import GRAPHIC_DATA, write_graphic_frame
from converters.pptx_to_odp.placeholders import read_placeholder
from converters.pptx_to_odp.presentation_settings import PRESENTATION
from converters.pptx_to_odp.shows import SHOW_PROPERTIES
from converters.pptx_to_odp.slides import COMMON_SLIDE, SLIDE
from converters.pptx_to_odp.tables import CELL_PROPERTIES, write_table
from converters.pptx_to_odp.transitions import TRANSITIONS
from converters.support import Support

_SHAPES = ("p", "dsp")
# elements that are read by name where they stand, and what reads them
STRUCTURE = Support(
    context="structure of shapes, text and tables",
    handlers={
        **{
            f"{prefix}:{local}": reader
            for prefix in _SHAPES
            for local, reader in (
                ("spPr", resolve_shape_properties),
                ("style", resolve_shape_properties),
                ("txBody", TextWriter.write),
                ("txXfrm", read_transform),
                ("nvSpPr", non_visual),
                ("nvPicPr", non_visual),
                ("nvCxnSpPr", non_visual),
                ("nvGraphicFramePr", non_visual),
                ("cNvPr", non_visual),
                ("spTree", ShapeTree.write),
            )
        },
        **dict.fromkeys(("a:p", "a:r", "a:rPr", "a:pPr", "a:endParaRPr", "a:t", "a:bodyPr"), TextWriter.write),
        **dict.fromkeys(
            ("a:tbl", "a:tblPr", "a:tblGrid", "a:gridCol", "a:tr", "a:tc", "a:tcPr", "a:txBody"), write_table
        ),
        "p:embed": write_graphic_frame,
        "p:link": write_graphic_frame,
        "p:nvPr": read_placeholder,
        "p:ph": read_placeholder,
        "p:blipFill": write_picture,
        "a:blip": write_picture,
        "a:srcRect": write_picture,
        "a:stretch": write_picture,
        "a:tile": resolve_fill,
        "p:xfrm": read_transform,
        "p:bgPr": resolve_background,
        "p:bgRef": resolve_background,
        "a:graphic": write_graphic_frame,
        "a:graphicData": write_graphic_frame,
    },
    ignored={
        **dict.fromkeys(
            (
                "a:off", "a:ext", "a:chOff", "a:chExt", "a:avLst", "a:gdLst", "a:rect", "a:pathLst", "a:lnRef",
                "a:fillRef", "a:effectRef", "a:fontRef", "a:fillRect", "a:tailEnd", "a:headEnd", "a:miter", "a:round",
                "a:bevel", "a:prstDash", "a:custDash", "a:srgbClr", "a:schemeClr", "a:prstClr", "a:sysClr", "a:hslClr",
                "a:scrgbClr", "a:gsLst", "a:lin", "a:path", "a:tileRect", "a:fgClr", "a:bgClr", "a:lstStyle",
                "a:tableStyleId", "a:tableStyle", "a:spcPct", "a:spcPts", "a:tab", "a:snd",
            ),
            "read with the element around it",
        ),
        **dict.fromkeys(
            ("a:ahLst", "a:cxnLst"), "handles and connection sites: the outline is drawn for the shape's size"
        ),
        **dict.fromkeys(
            (
                "p:cNvSpPr", "p:cNvPicPr", "p:cNvCxnSpPr", "p:cNvGraphicFramePr", "p:cNvGrpSpPr", "dsp:cNvSpPr",
                "dsp:cNvPicPr", "dsp:cNvCxnSpPr", "dsp:cNvGrpSpPr",
            ),
            "locks and connections of the editing program",
        ),
        "a:hlinkHover": "a sound or highlight of the pointer, without a target of its own",
    },
)  # fmt: skip

SUPPORT: tuple[Support, ...] = (
    PRESENTATION,
    STRUCTURE,
    ANIMATION,
    SLIDE,
    COMMON_SLIDE,
    BACKGROUND,
    TRANSITIONS,
    SHOW_PROPERTIES,
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
