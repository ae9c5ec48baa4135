"""Contents of ODF packages, in the words of :mod:`converters.census.odf`."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from converters.census.odf import PARAGRAPHS, own_text, read_part, walk
from converters.contents.record import Contents, Deck, Sheets, Shown, Text
from converters.errors import Refused
from converters.kinds import PRESENTATION, SPREADSHEET
from converters.odf.namespaces import qn
from converters.recalculation.cells import read_spreadsheet

_DRAW = qn("draw:frame").removesuffix("frame")
_ASIDE = frozenset(map(qn, ("text:note", "office:annotation", "officeooo:annotation")))
_PAGE, _NOTES, _FRAME, _CLASS = (
    qn(name) for name in ("draw:page", "presentation:notes", "draw:frame", "presentation:class")
)


def contents_of_odf(path: Path, family: str) -> Contents:
    """Raises Refused: DAMAGED_ZIP, MISSING_PART, DAMAGED_XML, LIMIT_PART_SIZE."""
    if family == SPREADSHEET:
        return _sheets(path)
    try:
        with zipfile.ZipFile(path) as archive:
            root = read_part(archive, "content.xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused("DAMAGED_ZIP", detail=str(error)) from None
    body = root.find(qn("office:body"))
    if body is None:
        raise Refused("MISSING_PART", part="office:body")
    return _deck(body) if family == PRESENTATION else _text(body)


def _sheets(path: Path) -> Sheets:
    found = Sheets()
    for (sheet, row, column), cell in read_spreadsheet(path, formulas_only=False).cells.items():
        found.add(sheet, row, column, Shown(cell.value, cell.error, cell.formula, cell.text))
    return found


def _text(body: etree._Element) -> Text:
    found = Text()
    for element in walk(body):
        if element.tag in PARAGRAPHS:
            found.add(own_text(element), aside=_stands_aside(element))
    return found


def _stands_aside(paragraph: etree._Element) -> bool:
    """Whether a paragraph is of a note, a comment, or what is drawn."""
    return any(
        parent.tag in _ASIDE or str(parent.tag).startswith(_DRAW) for parent in paragraph.iterancestors()
    )


def _deck(body: etree._Element) -> Deck:
    found = Deck()
    for page in body.iter(_PAGE):
        slide = Text()
        for element in walk(page):
            if element.tag in PARAGRAPHS and not _is_comment(element):
                slide.add(own_text(element))
        for frame in page.iterfind(f"{_NOTES}/{_FRAME}"):
            if frame.get(_CLASS) == "notes":
                for paragraph in frame.iter(*PARAGRAPHS):
                    slide.add(own_text(paragraph), aside=True)
        found.slides.append(slide)
    return found


def _is_comment(paragraph: etree._Element) -> bool:
    return any(parent.tag in _ASIDE for parent in paragraph.iterancestors())
