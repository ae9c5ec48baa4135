"""WordprocessingML documents (docx, docm, dotx, dotm) as OpenDocument text: the whole document in memory.

Each module is one concern, named in the standard's words; its ``SUPPORT`` tables say what it handles.
"""

from __future__ import annotations

from collections.abc import Iterator

from converters.docx_to_odt import (
    blocks,
    content_controls,
    document,
    drawings,
    equations,
    numbering,
    paragraph_content,
    paragraph_properties,
    run_content,
    run_properties,
    sections,
    settings,
    structure,
    styles,
    table_grid,
    table_properties,
    vml,
)
from converters.drawings.effects import EFFECTS
from converters.drawings.picture_frames import BLIP
from converters.drawings.shape_properties import SHAPE_PROPERTIES
from converters.drawings.shapes import SHAPE_TREE
from converters.drawings.text_frames import BODY_PROPERTIES
from converters.losses import LossLog
from converters.metadata import odf_meta
from converters.odf.document import OdfDocument
from converters.odf.package import OdfPackage
from converters.ooxml.metadata import read_metadata
from converters.ooxml.package import Package
from converters.options import Options
from converters.support import Support

OUTPUT_REVISION = 6

SUPPORT: tuple[Support, ...] = (
    document.SUPPORT,
    blocks.SUPPORT,
    paragraph_content.SUPPORT,
    content_controls.SUPPORT,
    paragraph_properties.SUPPORT,
    run_content.SUPPORT,
    run_properties.SUPPORT,
    sections.SUPPORT,
    table_grid.TABLE_CONTENT,
    table_grid.ROW_CONTENT,
    table_properties.TABLE_SUPPORT,
    table_properties.ROW_SUPPORT,
    table_properties.CELL_SUPPORT,
    drawings.DRAWING_SUPPORT,
    drawings.CONTENT_SUPPORT,
    vml.SUPPORT,
    *equations.SUPPORT,
    styles.SUPPORT,
    numbering.SUPPORT,
    numbering.ABSTRACT_SUPPORT,
    numbering.LEVEL_SUPPORT,
    settings.SUPPORT,
    SHAPE_TREE,
    SHAPE_PROPERTIES,
    BODY_PROPERTIES,
    BLIP,
    EFFECTS,
    *structure.SUPPORT,
)
# relationship of the main part -> container label of the losses in it
_STORIES = {
    "header": "header",
    "footer": "footer",
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
}


def skimmed_parts(package: Package) -> Iterator[tuple[str, str]]:
    """(part, container label) of the parts whose elements are skimmed against :data:`SUPPORT`.

    Raises Refused where the package has no main part.
    """
    main_part = package.main_part
    yield main_part, ""
    for kind, label in _STORIES.items():
        for relationship in package.related(main_part, kind):
            yield relationship.target, label


def convert(package: Package, odf: OdfPackage, options: Options, log: LossLog) -> None:
    """Write the whole ODT into ``odf``; what is lost is recorded in ``log``.

    Raises Refused where the document cannot be read at all.
    """
    target = OdfDocument(odf, "text")
    document.convert_document(package, target, log, options.scripts)
    target.meta = odf_meta(read_metadata(package), options.provenance)
    target.save()
