"""The contents of any file that can be read by itself."""

from __future__ import annotations

from pathlib import Path

from converters.contents.odf import contents_of_odf
from converters.contents.ooxml import contents_of_package
from converters.contents.record import Contents
from converters.errors import Refused
from converters.flat_opc import read_flat_package
from converters.identify import identify
from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.ooxml.package import DEFAULT_LIMITS, Limits, Package

ODF_FAMILIES = {
    "odt": TEXT,
    "ott": TEXT,
    "ods": SPREADSHEET,
    "ots": SPREADSHEET,
    "odp": PRESENTATION,
    "otp": PRESENTATION,
}


def read_contents(path: Path, limits: Limits = DEFAULT_LIMITS) -> Contents:
    """What a document says. For a worker, which bounds time and memory.

    Raises Refused: what keeps the file from being read; UNSUPPORTED_KIND for the kinds that LibreOffice alone reads.
    """
    identity = identify(path, limits)
    if identity.kind in ODF_FAMILIES and not identity.error:
        if identity.encrypted:
            raise Refused("ENCRYPTED")
        return contents_of_odf(path, ODF_FAMILIES[identity.kind])
    refusal = identity.refusal()
    if refusal is not None:
        raise refusal
    if not identity.properties.native:
        raise Refused("UNSUPPORTED_KIND", kind=identity.kind)
    if identity.kind == "flat_docx":
        package = read_flat_package(path.read_bytes(), limits)
    else:
        package = Package(path, limits)
    with package:
        return contents_of_package(package, identity.family)
