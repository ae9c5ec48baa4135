"""The heights of a sheet's first rows, looked up before its rows stream: objects on it are as high as the rows below them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from converters.errors import Refused
from converters.ooxml.package import Package
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.part_stream import local_name, parse_part
from converters.xlsx_to_ods.references import MAX_ROW
from converters.xlsx_to_ods.row_styles import FITTED, float_or


class _Enough(Exception):
    """The rows that were asked for have passed."""


def written_heights(package: Package, part: str, last_row: int, default_points: float) -> dict[int, float]:
    """The heights in points that rows up to ``last_row`` have of their own, 0 for hidden ones.

    A height that nobody set is one where it is well beyond the default (:mod:`~converters.xlsx_to_ods.row_styles`).
    Damage is left to the reader of the rows, which reports it.
    """
    found: dict[int, float] = {}
    row = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal row
        if local_name(name) != "row":
            return
        row = min(read_int(attributes.get("r")) or row + 1, MAX_ROW)
        if row > last_row:
            raise _Enough
        if read_on_off(attributes.get("hidden"), False):
            found[row] = 0.0
        elif "ht" in attributes:
            height = float_or(attributes["ht"], -1.0)
            if height > default_points * FITTED or read_on_off(attributes.get("customHeight"), False):
                found[row] = height

    def prepare(parser: Any) -> None:
        parser.StartElementHandler = start

    try:
        parse_part(package, part, prepare)
    except _Enough:
        pass
    except Refused as error:
        if error.code != "DAMAGED_XML":
            raise
    return {row: height for row, height in found.items() if height >= 0}
