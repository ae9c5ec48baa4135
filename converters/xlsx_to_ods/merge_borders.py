"""Borders of merged cells: Excel draws the right and lower edge as the cells there say, ODF as the first cell says.

So the cells at the far corners of merged areas are looked up before the rows stream (a pass over start tags alone, only
for sheets that merge cells), and the first cell's style takes over their edges.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from converters.errors import Refused
from converters.ooxml.package import Package
from converters.xlsx_to_ods.part_stream import local_name, parse_part
from converters.xlsx_to_ods.references import Area, cell_name


def corner_styles(package: Package, part: str, merges: list[Area]) -> dict[tuple[int, int], int]:
    """The style index of the first and the last cell of each merged area that the source names, by (row, column).

    Cells without a reference are not found. Damage is left to the reader of the rows, which reports it.
    """
    wanted = {
        cell_name(row, column): (row, column)
        for area in merges
        for row, column in (
            (area.first_row, area.first_column),
            (area.last_row, area.last_column),
        )
    }
    found: dict[tuple[int, int], int] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        if reference in wanted and local_name(name) == "c":
            index = attributes.get("s", "0")
            found[wanted[reference]] = int(index) if index.isdecimal() else 0

    def prepare(parser: Any) -> None:
        parser.StartElementHandler = start

    try:
        parse_part(package, part, prepare)
    except Refused as error:
        if error.code != "DAMAGED_XML":
            raise
    return found
