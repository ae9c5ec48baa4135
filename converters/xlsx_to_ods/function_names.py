"""Functions of Excel under the names of OpenFormula: the table ``functions.tsv`` beside this module.

Columns: the name in Excel; the name in an ODF file; the first version of LibreOffice that calculates it, 7.4 standing
for every version that is supported; and the source of the name: ``OF`` OpenFormula (ODF 1.3 Part 4, 6, with its
``LEGACY.`` names), ``MS`` the ``COM.MICROSOFT.`` names that LibreOffice gives to functions of Excel alone, ``LO`` other
names of LibreOffice. What stands in no row has no counterpart: functions of add-ins, of macros and named lambdas, of
databases and services, and those that LibreOffice has not got yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# prefixes that Excel writes before names newer than 2007 ([MS-XLSX] 2.2.2.1); ``_xludf.`` stands before names that it
# did not know when the file was saved, and shows as #NAME?
STORED_PREFIXES = ("_XLFN.", "_XLWS.")

Version = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Function:
    """``since``: the first version of LibreOffice that calculates the function."""

    openformula: str
    since: Version
    source: str


def _read_functions() -> dict[str, Function]:
    _header, *lines = Path(__file__).with_name("functions.tsv").read_text("utf-8").splitlines()
    functions = {}
    for line in lines:
        name, openformula, since, source = line.split("\t")
        major, _, minor = since.partition(".")
        functions[name] = Function(openformula, (int(major), int(minor)), source)
    return functions


FUNCTIONS = _read_functions()


@lru_cache(maxsize=4096)
def known_function(name: str) -> Function | None:
    """The row of a function under the name that Excel stores (``_xlfn.XLOOKUP``); None where it has none."""
    stored = name.upper()
    while stored.startswith(STORED_PREFIXES):
        stored = stored.partition(".")[2]
    return FUNCTIONS.get(stored)
