"""The native converters, by kind: each is a package with the same four names, imported when its first file comes.

A family exposes ``OUTPUT_REVISION``, ``SUPPORT``, ``skimmed_parts(package)`` and
``convert(package, odf, options, log)``.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable
from functools import cache
from typing import Protocol

from converters.kinds import KINDS, PRESENTATION, SPREADSHEET, TEXT
from converters.losses import LossLog
from converters.odf.package import OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.support import Support


class Family(Protocol):
    """What a native converter exposes."""

    OUTPUT_REVISION: int
    SUPPORT: tuple[Support, ...]

    def skimmed_parts(self, package: Package) -> Iterable[tuple[str, str]]:
        """(part, container): the parts whose every element stands in a SUPPORT table."""

    def convert(self, package: Package, odf: OdfPackage, options: Options, log: LossLog) -> None:
        """Write the document into ``odf`` and every loss into ``log``."""


# family -> package
MODULES: dict[str, str] = {
    TEXT: "converters.docx_to_odt",
    SPREADSHEET: "converters.xlsx_to_ods",
    PRESENTATION: "converters.pptx_to_odp",
}


@cache
def family_for(kind: str) -> Family | None:
    """The native converter of a kind; None where there is none."""
    properties = KINDS[kind]
    if not properties.native or properties.family not in MODULES:
        return None
    name = MODULES[properties.family]
    if importlib.util.find_spec(name) is None:
        return None
    return importlib.import_module(name)


# raised when what is made of LibreOffice's results changes
LIBREOFFICE_OUTPUT_REVISION = 2


def output_revision(kind: str) -> int:
    """The revision of the output for a kind, for a job's key: the native converter's, or that of LibreOffice's way."""
    family = family_for(kind)
    return family.OUTPUT_REVISION if family else LIBREOFFICE_OUTPUT_REVISION
