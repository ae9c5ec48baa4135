"""Where the parts of an Office Open XML package usually stand, so that one whose directories are gone can be put together.

Source: ECMA-376 Part 1, 11.3, 12.3, 13.3, 14.2 (part names are those that Office writes; the standard leaves them free).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.ooxml.namespaces import qn

_OFFICE = "application/vnd.openxmlformats-officedocument."
_PACKAGE = "application/vnd.openxmlformats-package."


@dataclass(frozen=True, slots=True)
class PartType:
    """``name`` matches the names of such parts; ``kind`` is that of the relationship that leads to them.

    ``implied`` are the parts that need no reference: whatever stands in a source's tuple leads to one.
    """

    name: re.Pattern[str]
    media_type: str
    kind: str = ""


def _type(name: str, media_type: str, kind: str = "") -> PartType:
    return PartType(re.compile(name + r"\Z", re.IGNORECASE), media_type, kind)


_W, _X, _P = (_OFFICE + family for family in ("wordprocessingml.", "spreadsheetml.", "presentationml."))
PART_TYPES: tuple[PartType, ...] = (
    _type(r"word/document\.xml", _W + "document.main+xml"),
    _type(r"word/styles\.xml", _W + "styles+xml", "styles"),
    _type(r"word/numbering\.xml", _W + "numbering+xml", "numbering"),
    _type(r"word/settings\.xml", _W + "settings+xml", "settings"),
    _type(r"word/fontTable\.xml", _W + "fontTable+xml", "fontTable"),
    _type(r"word/footnotes\.xml", _W + "footnotes+xml", "footnotes"),
    _type(r"word/endnotes\.xml", _W + "endnotes+xml", "endnotes"),
    _type(r"word/comments\.xml", _W + "comments+xml", "comments"),
    _type(r"word/header\d*\.xml", _W + "header+xml", "header"),
    _type(r"word/footer\d*\.xml", _W + "footer+xml", "footer"),
    _type(r"xl/workbook\.xml", _X + "sheet.main+xml"),
    _type(r"xl/worksheets/[^/]+\.xml", _X + "worksheet+xml", "worksheet"),
    _type(r"xl/chartsheets/[^/]+\.xml", _X + "chartsheet+xml", "chartsheet"),
    _type(r"xl/styles\.xml", _X + "styles+xml", "styles"),
    _type(r"xl/sharedStrings\.xml", _X + "sharedStrings+xml", "sharedStrings"),
    _type(r"xl/comments\d*\.xml", _X + "comments+xml", "comments"),
    _type(r"xl/tables/[^/]+\.xml", _X + "table+xml", "table"),
    _type(r"xl/drawings/drawing\d*\.xml", _OFFICE + "drawing+xml", "drawing"),
    _type(r"ppt/presentation\.xml", _P + "presentation.main+xml"),
    _type(r"ppt/slides/[^/]+\.xml", _P + "slide+xml", "slide"),
    _type(r"ppt/slideLayouts/[^/]+\.xml", _P + "slideLayout+xml", "slideLayout"),
    _type(r"ppt/slideMasters/[^/]+\.xml", _P + "slideMaster+xml", "slideMaster"),
    _type(r"ppt/notesSlides/[^/]+\.xml", _P + "notesSlide+xml", "notesSlide"),
    _type(r"ppt/notesMasters/[^/]+\.xml", _P + "notesMaster+xml", "notesMaster"),
    _type(r"ppt/tableStyles\.xml", _P + "tableStyles+xml", "tableStyles"),
    _type(r"(?:word|xl|ppt)/theme/[^/]+\.xml", _OFFICE + "theme+xml", "theme"),
    _type(r"(?:word|xl|ppt)/charts/chart\d*\.xml", _OFFICE + "drawingml.chart+xml", "chart"),
    _type(r"(?:word|xl|ppt)/media/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)", "", "image"),
    _type(r"docProps/core\.xml", _PACKAGE + "core-properties+xml", "core-properties"),
    _type(r"docProps/app\.xml", _OFFICE + "extended-properties+xml", "extended-properties"),
    _type(r"docProps/custom\.xml", _OFFICE + "custom-properties+xml", "custom-properties"),
)
# media types by extension, for what has none of its own
DEFAULT_TYPES: dict[str, str] = {
    "rels": _PACKAGE + "relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "svg": "image/svg+xml",
    "bin": "application/vnd.openxmlformats-officedocument.oleObject",
    "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
MAIN_PARTS: dict[str, str] = {
    TEXT: "word/document.xml",
    SPREADSHEET: "xl/workbook.xml",
    PRESENTATION: "ppt/presentation.xml",
}
# part -> kinds of relationship that lead from it without being named in it
IMPLIED: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"word/document\.xml", re.IGNORECASE),
     ("styles", "numbering", "settings", "fontTable", "theme", "footnotes", "endnotes", "comments")),
    (re.compile(r"xl/workbook\.xml", re.IGNORECASE), ("styles", "sharedStrings", "theme")),
    (re.compile(r"ppt/presentation\.xml", re.IGNORECASE), ("theme", "tableStyles")),
    (re.compile(r"ppt/slideMasters/", re.IGNORECASE), ("theme",)),
    (re.compile(r"ppt/slideLayouts/", re.IGNORECASE), ("slideMaster",)),
    (re.compile(r"ppt/slides/", re.IGNORECASE), ("slideLayout",)),
)  # fmt: skip
# element that refers to a part by an id -> kind of the relationship
REFERRING: dict[str, str] = {
    qn("w:headerReference"): "header",
    qn("w:footerReference"): "footer",
    qn("x:sheet"): "worksheet",
    qn("x:drawing"): "drawing",
    qn("x:tablePart"): "table",
    qn("p:sldId"): "slide",
    qn("p:sldMasterId"): "slideMaster",
    qn("p:notesMasterId"): "notesMaster",
    qn("p:sldLayoutId"): "slideLayout",
    qn("a:blip"): "image",
    qn("v:imagedata"): "image",
    qn("c:chart"): "chart",
}
REFERENCES = tuple(map(qn, ("r:id", "r:embed", "r:link")))


def part_type(name: str) -> PartType | None:
    return next((row for row in PART_TYPES if row.name.match(name)), None)


def in_order(names: list[str]) -> list[str]:
    """Part names by their numbers: sheet2 before sheet10."""
    return sorted(
        names, key=lambda name: [int(n) if n.isdigit() else n for n in re.split(r"(\d+)", name.lower())]
    )


def references(root: etree._Element) -> list[tuple[str, str]]:
    """(id, kind of relationship) of what the elements of a part refer to, each once, in order; ``""`` for an unknown kind."""
    found: dict[str, str] = {}
    for element in root.iter(etree.Element):
        for attribute in REFERENCES:
            identifier = element.get(attribute)
            if identifier:
                found.setdefault(identifier, REFERRING.get(element.tag, ""))
    return list(found.items())
