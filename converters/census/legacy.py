"""The census of the formats before Office Open XML and of those beside it, each by its own reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import olefile

from converters.census.binary_workbook import census_of_binary_workbook
from converters.census.legacy_show import census_of_show
from converters.census.legacy_word import census_of_word
from converters.census.legacy_workbook import census_of_workbook
from converters.census.record import Census
from converters.census.rich_text import census_of_rtf
from converters.identify_ole import opened
from converters.ooxml.package import DEFAULT_LIMITS, Limits


def _ole(read: Callable[[olefile.OleFileIO], Census]) -> Callable[[Path, Limits], Census]:
    def read_file(path: Path, _limits: Limits) -> Census:
        with opened(path) as ole:
            return read(ole)

    return read_file


# kind -> its reader
LEGACY_READERS: Mapping[str, Callable[[Path, Limits], Census]] = {
    **dict.fromkeys(("doc", "dot"), _ole(census_of_word)),
    **dict.fromkeys(("xls", "xlt"), _ole(census_of_workbook)),
    "ppt": _ole(census_of_show),
    "xlsb": census_of_binary_workbook,
    "rtf": lambda path, _limits: census_of_rtf(path),
}


_OBJECTS = frozenset(("ole_object", "package_object"))
# kind -> features (:data:`converters.inspection.FEATURES`) that its reader counts
COUNTED_FEATURES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("doc", "dot", "ppt", "rtf"), _OBJECTS),
    **dict.fromkeys(("xls", "xlt"), _OBJECTS | {"data_validation", "conditional_format"}),
}


def census_of_legacy(path: Path, kind: str, limits: Limits = DEFAULT_LIMITS) -> Census:
    """Raises Refused: DAMAGED_OLE, DAMAGED_ZIP, MISSING_PART, and as the packages' readers do."""
    return LEGACY_READERS[kind](path, limits)
