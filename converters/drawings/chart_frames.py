"""Charts in a drawing: the chart's part becomes an object of the ODF package (ODF 1.3 Part 2, 2; Part 3, 10.4.6)."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from converters.drawings.chart_content import ChartWriter
from converters.drawings.chart_model import read_chart
from converters.drawings.chart_support import report_chart
from converters.drawings.context import DrawingContext
from converters.errors import Refused
from converters.odf.namespaces import DOCUMENT_PREFIXES, VERSION, declarations
from converters.odf.stylesheet import AutomaticStyles
from converters.odf.xmlwriter import XmlWriter, document_bytes
from converters.ooxml.namespaces import qn
from converters.ooxml.theme import DEFAULT_COLOR_MAP, read_theme

MEDIA_TYPE = "application/vnd.oasis.opendocument.chart"
# names of common elements in the formatting of a chart
_NAMED = re.compile(r' draw:(?:fill-gradient-name|opacity-name|fill-hatch-name|stroke-dash)="([^"]+)"')


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
    report_chart(root, context.log, context.place)
    inner = _own_theme(replace(context, part=relationship.target, automatic=AutomaticStyles()), root)
    body = XmlWriter()
    ChartWriter(body, chart, inner, (width_emu, height_emu)).write()
    package = context.document.package
    folder = package.new_object_folder()
    formatting = XmlWriter().fragment(inner.automatic.write)

    def write(writer: XmlWriter) -> None:
        attributes = {**declarations(DOCUMENT_PREFIXES), "office:version": VERSION}
        with writer.element("office:document-content", attributes):
            context.document.fonts.write(writer)
            with writer.element("office:automatic-styles"):
                writer.raw(formatting)
            with writer.element("office:body"), writer.element("office:chart"):
                writer.raw(body.result())

    package.add_object(folder, MEDIA_TYPE)
    package.add(folder + "content.xml", document_bytes(write), "text/xml")
    if names := sorted(set(_NAMED.findall(formatting))):
        _add_styles(context, folder, names)
    return "./" + folder.rstrip("/")


def _add_styles(context: DrawingContext, folder: str, names: list[str]) -> None:
    """The gradients and dashes that a chart names, in styles of its own: those of the document are out of its sight."""

    def write(writer: XmlWriter) -> None:
        attributes = {**declarations(DOCUMENT_PREFIXES), "office:version": VERSION}
        with writer.element("office:document-styles", attributes), writer.element("office:styles"):
            context.document.write_common(writer, names)

    context.document.package.add(folder + "styles.xml", document_bytes(write), "text/xml")


def _own_theme(context: DrawingContext, root: etree._Element) -> DrawingContext:
    """The context with the colours and fonts that the chart brings along (14.2.8, themeOverride; 21.2.2.30)."""
    override = context.package.related_part(context.part, "themeOverride")
    mapping = root.find(qn("c:clrMapOvr"))
    if override is None and mapping is None:
        return context
    theme = context.theme
    if override is not None:
        brought = read_theme(context.package, override)
        theme = replace(
            brought,
            major=brought.major if brought.major.latin else theme.major,
            minor=brought.minor if brought.minor.latin else theme.minor,
            fill_styles=brought.fill_styles or theme.fill_styles,
            line_styles=brought.line_styles or theme.line_styles,
            effect_styles=brought.effect_styles or theme.effect_styles,
        )
    own = {**DEFAULT_COLOR_MAP, **mapping.attrib} if mapping is not None else None
    return replace(context, theme=theme, scheme=theme.scheme(own))
