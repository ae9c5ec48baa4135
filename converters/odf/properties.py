"""Formatting properties in ODF's vocabulary, as frozen records: the waist between readers and writers.

A field holds the attribute's lexical value, or None where it says nothing; which attribute a field is stands beside
it. Readers resolve OOXML formatting to these records; equal records share one automatic style. Source: ODF 1.3
Part 3, 16.27 (formatting properties) and 20 (their attributes).

This is the door to them all; each family of records stands in a module of its own.
"""

from converters.odf.graphic_properties import CellGraphicProperties, ChartProperties, GraphicProperties
from converters.odf.page_properties import (
    BackgroundImage,
    Column,
    Columns,
    DrawingPageProperties,
    FootnoteSeparator,
    HeaderFooterProperties,
    PageLayoutProperties,
    SectionProperties,
)
from converters.odf.records import (
    AnyProperties,
    Properties,
    difference,
    is_empty,
    lay_over,
)
from converters.odf.table_properties import (
    TableCellProperties,
    TableColumnProperties,
    TableProperties,
    TableRowProperties,
)
from converters.odf.text_properties import (
    DropCap,
    ListLevelProperties,
    ParagraphProperties,
    TabStop,
    TextProperties,
)

__all__ = [
    "AnyProperties",
    "BackgroundImage",
    "CellGraphicProperties",
    "ChartProperties",
    "Column",
    "Columns",
    "DrawingPageProperties",
    "DropCap",
    "FootnoteSeparator",
    "GraphicProperties",
    "HeaderFooterProperties",
    "ListLevelProperties",
    "PageLayoutProperties",
    "ParagraphProperties",
    "Properties",
    "SectionProperties",
    "TabStop",
    "TableCellProperties",
    "TableColumnProperties",
    "TableProperties",
    "TableRowProperties",
    "TextProperties",
    "difference",
    "is_empty",
    "lay_over",
]
