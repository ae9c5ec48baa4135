"""Excel workbooks (SpreadsheetML) as OpenDocument spreadsheets, natively.

Styles are read first, each sheet part is skimmed past its rows for what stands around them, then the rows stream into
the spooled body: memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterator

from converters.losses import LossLog
from converters.odf.package import OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.support import Support
from converters.xlsx_to_ods.pivot_pilots import PIVOT_TABLE
from converters.xlsx_to_ods.sheet import WORKSHEET
from converters.xlsx_to_ods.sheet_shapes import GRAPHIC_DATA
from converters.xlsx_to_ods.spreadsheet import SpreadsheetConversion
from converters.xlsx_to_ods.support_tables import ROW_CONTENT, STRUCTURE
from converters.xlsx_to_ods.workbook import WORKBOOK, read_workbook

OUTPUT_REVISION = 6

SUPPORT: tuple[Support, ...] = (WORKBOOK, WORKSHEET, STRUCTURE, ROW_CONTENT, GRAPHIC_DATA, PIVOT_TABLE)


def skimmed_parts(package: Package) -> Iterator[tuple[str, str]]:
    """(part name, sheet name) of each part whose elements the tables of SUPPORT are about; ``""`` for the workbook.

    Raises Refused as :func:`converters.xlsx_to_ods.workbook.read_workbook`.
    """
    workbook = read_workbook(package, LossLog())
    yield workbook.part, ""
    for sheet in workbook.sheets:
        if sheet.part is not None and sheet.kind == "worksheet":
            yield sheet.part, sheet.name


def convert(package: Package, odf: OdfPackage, options: Options, log: LossLog) -> None:
    """Write the workbook of ``package`` into ``odf``; what is lost goes to ``log``.

    Raises Refused for a workbook that cannot be read; nothing else leaves it but Failed.
    """
    SpreadsheetConversion(package, odf, options, log).run()


__all__ = ["OUTPUT_REVISION", "SUPPORT", "convert", "skimmed_parts"]
