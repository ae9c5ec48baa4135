"""Data tables (what-if tables; ECMA-376 Part 1, 18.3.1.40, t="dataTable") as MULTIPLE.OPERATIONS (ODF 1.3 Part 4, 6.14.9).

SpreadsheetML names the table once, on its first cell; ODF has a formula in each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from converters.units import read_on_off
from converters.xlsx_to_ods.references import Area, cell_name, column_letters, read_area, read_cell


@dataclass(frozen=True, slots=True)
class DataTable:
    """The results of a formula for values above them, left of them, or both.

    ``row_input`` and ``column_input`` are the cells that the values above and left of the results stand in for.
    """

    area: Area
    row_input: str | None
    column_input: str | None

    def holds(self, row: int, column: int) -> bool:
        area = self.area
        return area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column

    def formula(self, row: int, column: int) -> str:
        """The formula of one result, without its prefix."""
        above, left = self.area.first_row - 1, self.area.first_column - 1
        value_above = f"[.{column_letters(column)}${above}]"
        value_left = f"[.${column_letters(left)}{row}]"
        if self.row_input and self.column_input:
            corner = f"[.${column_letters(left)}${above}]"
            pairs = [self.row_input, value_above, self.column_input, value_left]
        elif self.row_input:
            corner, pairs = value_left, [self.row_input, value_above]
        else:
            corner, pairs = value_above, [self.column_input or "", value_left]
        return f"MULTIPLE.OPERATIONS({';'.join([corner, *pairs])})"


def read_data_table(formula: Mapping[str, str]) -> DataTable | None:
    """The table that the attributes of an ``f`` tell; None for one whose place or input cells are gone."""
    area = read_area(formula.get("ref", ""))
    cells = [
        None if read_on_off(formula.get(f"del{number}"), False) else _cell(formula.get(f"r{number}", ""))
        for number in (1, 2)
    ]
    if area is None or area.first_row < 2 or area.first_column < 2 or cells[0] is None:
        return None
    if read_on_off(formula.get("dt2D"), False):
        return DataTable(area, cells[0], cells[1]) if cells[1] is not None else None
    by_row = read_on_off(formula.get("dtr"), False)
    return DataTable(area, cells[0] if by_row else None, None if by_row else cells[0])


def _cell(reference: str) -> str | None:
    cell = read_cell(reference)
    if cell is None:
        return None
    name = cell_name(*cell)
    letters = name.rstrip("0123456789")
    return f"[.${letters}${name.removeprefix(letters)}]"
