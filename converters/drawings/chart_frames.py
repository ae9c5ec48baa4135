"""Charts in a drawing: the chart's part becomes an object of the ODF package (ODF 1.3 Part 2, 2; Part 3, 10.4.6)."""

from __future__ import annotations

from dataclasses import replace

from converters.drawings.chart_content import ChartWriter
from converters.drawings.chart_model import read_chart
from converters.drawings.context import DrawingContext
from converters.errors import Refused
from converters.odf.namespaces import DOCUMENT_PREFIXES, VERSION, declarations
from converters.odf.stylesheet import AutomaticStyles
from converters.odf.xmlwriter import XmlWriter, document_bytes

MEDIA_TYPE = "application/vnd.oasis.opendocument.chart"


def carry_chart(
    context: DrawingContext, identifier: str | None, width_emu: float, height_emu: float
) -> str | None:
    """Bring the chart that a relationship names into the package; the answer is its address for ``xlink:href``.

    None, and reported, where there is no chart that can be shown.
    """
    relationship = context.package.relationships(context.part).get(identifier or "")
    if relationship is None or relationship.external:
        context.log.report("CHART_DROPPED", context.place)
        return None
    try:
        root = context.package.read_xml(relationship.target)
    except Refused as error:
        context.log.report("PART_DAMAGED", context.place, detail=str(error))
        return None
    chart = read_chart(root)
    if chart is None:
        context.log.report("CHART_DROPPED", context.place)
        return None
    inner = replace(context, part=relationship.target, automatic=AutomaticStyles())
    body = XmlWriter()
    ChartWriter(body, chart, inner).write(width_emu, height_emu)
    package = context.document.package
    number = 1
    while f"Object {number}/content.xml" in package:
        number += 1
    folder = f"Object {number}/"

    def write(writer: XmlWriter) -> None:
        attributes = {**declarations(DOCUMENT_PREFIXES), "office:version": VERSION}
        with writer.element("office:document-content", attributes):
            context.document.fonts.write(writer)
            with writer.element("office:automatic-styles"):
                inner.automatic.write(writer)
            with writer.element("office:body"), writer.element("office:chart"):
                writer.raw(body.result())

    package.add_object(folder, MEDIA_TYPE)
    package.add(folder + "content.xml", document_bytes(write), "text/xml")
    return "./" + folder.rstrip("/")
