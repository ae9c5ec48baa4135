"""What LibreOffice made of a project of macros: Basic modules that could run, or text behind comment marks.

Source: ODF 1.3 Part 2, 3.1 (files of a package); the module format is LibreOffice's own (``module.dtd``). Its import
marks a module that it takes as code with ``Option VBASupport 1``; where it takes none (presentations), it keeps the
text as comments between ``Sub`` and ``End Sub``.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

_MODULE = re.compile(r"Basic/[^/]+/(?!script-lb\.xml$)[^/]+\.xml")
_AS_CODE = "option vbasupport 1"
_NO_CODE = re.compile(r"(?:'|rem\b|attribute\b|option\b|$)", re.IGNORECASE)
_MODULE_BYTES = 50_000_000


def count_basic_modules(result: Path) -> int:
    """How many modules of an ODF package hold code that LibreOffice could run.

    Raises zipfile.BadZipFile, lxml.etree.XMLSyntaxError where the package or a module is none.
    """
    with zipfile.ZipFile(result) as archive:
        return sum(
            _holds_code(archive.read(entry))
            for entry in archive.infolist()
            if _MODULE.fullmatch(entry.filename) and entry.file_size <= _MODULE_BYTES
        )


def _holds_code(module: bytes) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    lines = [line.strip() for line in (etree.fromstring(module, parser).text or "").splitlines()]
    taken_as_code = any(line.lower() == _AS_CODE for line in lines)
    return taken_as_code and any(not _NO_CODE.match(line) for line in lines)
