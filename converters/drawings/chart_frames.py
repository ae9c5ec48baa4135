"""Charts in a drawing: the chart's part becomes an object of the ODF package (ODF 1.3 Part 2, 2; Part 3, 10.4.6)."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from converters.drawings.chart_content import ChartWriter
from converters.drawings.chart_model import read_chart
from converters.drawings.context import DrawingContext
from converters.errors import Refused
from converters.odf.namespaces import DOCUMENT_PREFIXES, VERSION, declarations
from converters.odf.stylesheet import AutomaticStyles
from converters.odf.xmlwriter import XmlWriter, document_bytes
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.theme import DEFAULT_COLOR_MAP, read_theme
from converters.units import read_on_off

MEDIA_TYPE = "application/vnd.oasis.opendocument.chart"
# parts of a chart that are drawn over or beside its series (21.2.2)
_DROPPED_PARTS = (
    "c:trendline",
    "c:errBars",
    "c:dTable",
    "c:dropLines",
    "c:hiLowLines",
    "c:upDownBars",
    "c:serLines",
    "c:dispUnits",
    "c:userShapes",
)
# elements whose looks are the reader's own in the written chart
_DROPPED_DETAILS = ("c:size", "c:style")
# names of common elements in the formatting of a chart
_NAMED = re.compile(r' draw:(?:fill-gradient-name|opacity-name|fill-hatch-name|stroke-dash)="([^"]+)"')
_CATEGORY_AXES = ("c:catAx", "c:dateAx", "c:serAx")


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
    _report_parts(context, root)
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


def _report_parts(context: DrawingContext, root: etree._Element) -> None:
    """Report each kind of part that the chart holds and the written one does not, once."""
    dropped = {prefixed(element.tag) for element in root.iter(*map(qn, _DROPPED_PARTS))}
    if any(read_on_off(element.get("val")) for element in root.iter(qn("c:showSerName"))):
        dropped.add("c:showSerName")
    dropped.update(_second_category_axes(root))
    for tag in sorted(dropped):
        context.log.report("CHART_PART_DROPPED", context.place, part=tag.removeprefix("c:"))
    for tag in _DROPPED_DETAILS:
        if next(root.iter(qn(tag)), None) is not None:
            context.log.report("CHART_DETAIL_DROPPED", context.place, part=tag.removeprefix("c:"))


def _second_category_axes(root: etree._Element) -> list[str]:
    """The category axes that are shown beside the first."""
    shown = []
    for axis in root.iter(*map(qn, _CATEGORY_AXES)):
        deleted = axis.find(qn("c:delete"))
        if deleted is None or not read_on_off(deleted.get("val")):
            shown.append(prefixed(axis.tag))
    return shown[1:]


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
