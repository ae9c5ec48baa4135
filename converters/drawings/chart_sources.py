"""The cells of a spreadsheet that a chart shows (ECMA-376 Part 1, 21.2.2.65, ``c:f``), as cell range addresses."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.drawings.chart_model import Chart
from converters.ooxml.namespaces import qn

_DATA = ("c:cat", "c:val", "c:xVal", "c:yVal", "c:bubbleSize")


class ChartSources:
    """``is_linked`` holds where every series takes all its data from cells that have an address."""

    def __init__(self, chart: Chart, address_of: Callable[[str], str | None] | None) -> None:
        self._address_of = address_of
        self._addresses: dict[etree._Element, str] = {}
        self.is_linked = address_of is not None
        if address_of is None:
            return
        for series in chart.series:
            names = [found for found in (series.element.find(qn("c:tx")),) if found is not None]
            data = [found for tag in _DATA if (found := series.element.find(qn(tag))) is not None]
            for owner in (*names, *data):
                formula = next((item.text for item in owner.iter(qn("c:f")) if item.text), None)
                address = address_of(formula) if formula else None
                if address is not None:
                    self._addresses[owner] = address
                elif formula or owner in data:
                    self.is_linked = False

    def cells(self, source: etree._Element) -> str | None:
        """The cells of an element that refers to data beside those of the series."""
        formula = next((item.text for item in source.iter(qn("c:f")) if item.text), None)
        return self._address_of(formula) if formula and self._address_of is not None else None

    def address(self, series: etree._Element, *tags: str) -> str | None:
        """The cells of the first of these children of ``c:ser`` that has any; None also where nothing is linked."""
        if not self.is_linked:
            return None
        owners = (series.find(qn(tag)) for tag in tags)
        return next((self._addresses[owner] for owner in owners if owner in self._addresses), None)
