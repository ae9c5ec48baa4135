"""Presentations of Office Open XML (.pptx and its kin) as OpenDocument presentations."""

from __future__ import annotations

from collections.abc import Iterator

from converters.losses import LossLog
from converters.metadata import odf_meta
from converters.odf.document import OdfDocument
from converters.odf.package import OdfPackage
from converters.ooxml.metadata import read_metadata
from converters.ooxml.package import Package
from converters.options import Options
from converters.pptx_to_odp.document_styles import add_document_styles
from converters.pptx_to_odp.parts import report_parts
from converters.pptx_to_odp.presentation import Presentation
from converters.pptx_to_odp.presentation_settings import lock_settings, report_presentation
from converters.pptx_to_odp.slides import Slides
from converters.pptx_to_odp.support_tables import SUPPORT

__all__ = ["OUTPUT_REVISION", "SUPPORT", "convert", "skimmed_parts"]

OUTPUT_REVISION = 5


def skimmed_parts(package: Package) -> Iterator[tuple[str, str]]:
    """(part name, slide number as text) of the parts that hold a presentation's content."""
    presentation = Presentation(package, LossLog())
    for number, part in presentation.slide_parts():
        yield part, str(number)
        for kind in ("notesSlide", "diagramDrawing"):
            for relationship in package.related(part, kind):
                yield relationship.target, str(number)


def convert(package: Package, odf: OdfPackage, options: Options, log: LossLog) -> None:
    """Write a presentation into an ODF package.

    Raises Refused where the source cannot be read at all; what is lost otherwise goes into the log.
    """
    presentation = Presentation(package, log)
    document = OdfDocument(odf, "presentation")
    document.meta = odf_meta(read_metadata(package), options.provenance)
    add_document_styles(document)
    document.settings["ooo:configuration-settings"].update(lock_settings(presentation.root))
    report_presentation(presentation.root, log)
    slides = list(presentation.slides())
    Slides(document, package, presentation, log, slides, options.scripts).write(document.body)
    report_parts(package, presentation, log)
    document.save()
