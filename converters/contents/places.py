"""What stands at places of a document, so that they can be found on its drawn pages."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from lxml import etree

from converters.census.ooxml import own_text, walk
from converters.census.record import normalised_words
from converters.contents.ooxml import A1, column_number
from converters.contents.read import read_contents
from converters.contents.record import Sheets
from converters.identify import identify
from converters.kinds import SPREADSHEET, TEXT
from converters.losses import Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import DEFAULT_LIMITS, Limits, Package

_P, _T, _TEXT_BOX = qn("w:p"), qn("w:t"), qn("w:txbxContent")
_WORDS = 8  # of a paragraph: enough to know it again
_SIGNS = 4  # of a cell: less stands anywhere


def texts_at(path: Path, places: Collection[Place], limits: Limits = DEFAULT_LIMITS) -> dict[Place, str]:
    """The first words of paragraphs of the body, and cells that hold a text; other places and kinds are left out.

    For a worker. Raises Refused where the file cannot be read.
    """
    identity = identify(path, limits)
    if identity.refusal() is not None or not identity.properties.native or identity.kind == "flat_docx":
        return {}
    if identity.family == SPREADSHEET:
        contents = read_contents(path, limits)
        return _cells(contents, places) if isinstance(contents, Sheets) else {}
    if identity.family == TEXT:
        with Package(path, limits) as package:
            return _paragraphs(package.read_xml(package.main_part), places)
    return {}


def _paragraphs(root: etree._Element, places: Collection[Place]) -> dict[Place, str]:
    wanted = {
        place.index: place for place in places if place.kind == "paragraph" and place.index and not place.container
    }  # fmt: skip
    found, number = {}, 0
    for element in walk(root):
        if element.tag != _P or next(element.iterancestors(_TEXT_BOX), None) is not None:
            continue
        number += 1
        if number in wanted and (words := normalised_words(own_text(element, _P, _T))):
            found[wanted[number]] = " ".join(words[:_WORDS])
    return found


def _cells(sheets: Sheets, places: Collection[Place]) -> dict[Place, str]:
    found = {}
    for place in places:
        match = A1.fullmatch(place.cell) if place.kind == "cell" else None
        if match is None:
            continue
        row = sheets.sheets.get(place.container, {}).get(int(match[2]), {})
        cell = row.get(column_number(match[1]))
        text = cell.value if cell is not None and isinstance(cell.value, str) else ""
        if len(re.sub(r"\s", "", text)) >= _SIGNS:
            found[place] = " ".join(normalised_words(text)[:_WORDS])
    return found


def page_of(text: str, pages: Collection[str]) -> int | None:
    """The number of the first page, counted from 1, on which words stand; None where they are not found."""
    sought = _plain(text)
    return (
        next((number for number, page in enumerate(pages, 1) if sought in _plain(page)), None)
        if sought
        else None
    )


def _plain(text: str) -> str:
    """A text without spaces: a drawing breaks lines and hyphenates as it likes."""
    return re.sub(r"[\s\u00ad-]+", "", text)
