"""Excel workbooks of the sample share, by openpyxl."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink, ExternalSheetNames

from migrate.sample_share.documents import AUTHOR, WRITTEN
from migrate.sample_share.packages import repacked

MAIN_PART = "xl/workbook.xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_WIDTH = 18  # characters


def workbook(record: Mapping[str, Any], *, linked: str = "", linked_sheet: str = "") -> bytes:
    """One sheet of headings and rows; texts that begin with = are formulas.

    ``linked`` is another workbook, to which formulas may refer as ``[1]``, ``linked_sheet`` its sheet.
    """
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = record["sheet"]
    sheet.append(record["headings"])
    for row in record["rows"]:
        sheet.append(row)
    for number, cell in enumerate(sheet[1], 1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.freeze_panes = "A2"
    if record.get("chart"):
        _add_chart(sheet, len(record["rows"]))
    if linked:
        _add_link(made, linked, linked_sheet)
    made.security = None  # openpyxl would write an empty protection, which no Excel writes
    made.properties.creator = made.properties.lastModifiedBy = AUTHOR
    made.properties.title = record["sheet"]
    made.properties.created = WRITTEN
    stream = io.BytesIO()
    made.save(stream)
    return repacked(stream.getvalue())


def _add_chart(sheet: Any, rows: int) -> None:
    chart = BarChart()
    chart.title = sheet.title
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=rows), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows))
    sheet.add_chart(chart, "F2")


def _add_link(made: Any, target: str, sheet: str) -> None:
    """A link to another workbook (ECMA-376 part 1, 18.14)."""
    book = ExternalBook(sheetNames=ExternalSheetNames(sheetName=[sheet]), id="rId1")
    link = ExternalLink(externalBook=book)
    link.file_link = Relationship(type="externalLinkPath", Target=target, TargetMode="External", Id="rId1")
    made._external_links.append(link)
