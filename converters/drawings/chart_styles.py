"""How the parts of a chart look: fills, lines, text and colours as automatic styles (ODF 1.3 Part 3, 17.22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from converters.drawings.chart_model import Chart
from converters.drawings.context import DrawingContext
from converters.drawings.fills import resolve_fill
from converters.drawings.lines import resolve_line
from converters.drawings.text_properties import resolve_text
from converters.odf.properties import ChartProperties, GraphicProperties, TextProperties, lay_over
from converters.odf.stylesheet import Style
from converters.ooxml.colors import excel_tint
from converters.ooxml.namespaces import qn

LABEL_SIZE = 1_000  # hundredths of a point
DEFAULT_LINE = GraphicProperties(stroke="solid", stroke_width="0.026cm", stroke_color="#878787")


class ChartStyles:
    """The looks of one chart. ``context.automatic`` takes its styles."""

    def __init__(self, chart: Chart, context: DrawingContext) -> None:
        self._chart = chart
        self._context = context

    def name_for(
        self, *properties: ChartProperties | GraphicProperties | TextProperties, data: str | None = None
    ) -> str:
        return self._context.automatic.name_for(Style("chart", properties, data_style=data))

    def shape(
        self,
        properties: etree._Element | None,
        fill: GraphicProperties | None = None,
        line: GraphicProperties | None = None,
    ) -> GraphicProperties:
        """Fill and line of a part of the chart over its defaults."""
        found = resolve_fill(properties, self._context) or fill or GraphicProperties()
        element = properties.find(qn("a:ln")) if properties is not None else None
        if element is None:
            return lay_over(found, line or GraphicProperties(stroke="none"))
        own = resolve_line([element], None, self._context)
        if own.stroke == "none" and not len(element):
            own = lay_over(line or own, GraphicProperties(stroke_width=own.stroke_width))
        return lay_over(found, own)

    def text(self, parent: etree._Element | None, size: int = LABEL_SIZE) -> TextProperties:
        """Text formatting of a part: its own ``c:txPr`` over the chart's."""
        own = parent.find(qn("c:txPr")) if parent is not None else None
        sources = [default_text(size), *self.whole_text()]
        sources += own.iter(qn("a:defRPr")) if own is not None else ()
        return self.resolved(sources)

    def resolved(self, sources: Sequence[etree._Element]) -> TextProperties:
        """Run properties laid over each other, for text of a chart.

        Charts name their fonts by family: an object's own font declarations are not looked at.
        """
        text = resolve_text(sources, self._context)
        return replace(text, font_family=self._context.document.fonts.family_of(text.font_name))

    def whole_text(self) -> list[etree._Element]:
        """The run properties that the chart says for all its text."""
        found = self._chart.root.find(qn("c:txPr"))
        return list(found.iter(qn("a:defRPr"))) if found is not None else []

    def color(self, index: int) -> str:
        """The colour that an application gives a series or point: the accents, then darker and lighter ones."""
        rgb = self._context.scheme.get(f"accent{index % 6 + 1}", "#4472c4")
        tints = (0.0, -0.4, 0.4, -0.2, 0.2)
        return excel_tint(rgb, tints[(index // 6) % len(tints)])


def default_text(size: int) -> etree._Element:
    """Run properties of chart text that says nothing itself: the theme's minor font in hundredths of a point."""
    default = etree.Element(qn("a:defRPr"))
    default.set("sz", str(size))
    etree.SubElement(default, qn("a:latin")).set("typeface", "+mn-lt")
    return default
