"""Tables that LibreOffice reads otherwise than the standard: they are written as the source says, and named.

Whoever compares the converted document with LibreOffice's own view of the original finds the reason in the report.
Each case was found by Word's own page breaks (``w:lastRenderedPageBreak``) or page count, and stands in
``docs/analysis/far_from_libreoffice.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

from converters.docx_to_odt.conversion import Story
from converters.docx_to_odt.table_grid import Row
from converters.docx_to_odt.table_styles import TableStyle
from converters.ooxml.namespaces import qn

_P, _RUN, _TABLE = qn("w:p"), qn("w:r"), qn("w:tbl")
_FLOATING = f"{qn('w:tblPr')}/{qn('w:tblpPr')}"
_OUTER, _INNER = ("top", "left", "bottom", "right"), ("insideH", "insideV")


def report_readings(story: Story, style: TableStyle, rows: Sequence[Row]) -> None:
    """Report what of a table LibreOffice shows otherwise when it opens the original."""
    if style.inherits_spacing:
        story.log.report("TABLE_SPACING_KEPT", story.place)
    if any(row.exceptions.borders and _has_thinner_lines_inside(row) for row in rows):
        story.log.report("ROW_BORDERS_KEPT", story.place)
    if any(_holds_only_a_floating_table(row) for row in rows):
        story.log.report("ROW_HEIGHT_KEPT", story.place)


def _has_thinner_lines_inside(row: Row) -> bool:
    """Borders for one row (17.4.61): LibreOffice draws the outer ones on all sides of its cells."""
    borders = row.exceptions.borders
    outer = max((borders[side].width_points for side in _OUTER if side in borders), default=0.0)
    return any(borders[side].width_points < outer for side in _INNER if side in borders)


def _holds_only_a_floating_table(row: Row) -> bool:
    """Cells that hide their marks (17.4.21), empty but for a floating table: LibreOffice takes them for empty."""
    elements = [cell.element for cell in row.cells if cell.element is not None]
    if not elements or not all(cell.properties.hide_mark for cell in row.cells if cell.element is not None):
        return False
    tables = [table for element in elements for table in element.iterchildren(_TABLE)]
    return (
        bool(tables)
        and all(table.find(_FLOATING) is not None for table in tables)
        and all(
            paragraph.find(_RUN) is None for element in elements for paragraph in element.iterchildren(_P)
        )
    )
