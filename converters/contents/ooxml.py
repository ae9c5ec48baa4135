"""Contents of OOXML packages (ECMA-376 Part 1, clauses 17 to 19), in the words of :mod:`converters.census.ooxml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from lxml import etree

from converters.census.numbers import EPOCH
from converters.census.ooxml import (
    ESCAPED,
    floats,
    own_text,
    parsed,
    shared_strings,
    shown_notes,
    slide_parts,
    speaker_notes,
    string_of,
    walk,
)
from converters.contents.record import Contents, Deck, Sheets, Shown, Text
from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.recalculation.cells import Value

_W_P, _W_T, _A_P, _A_T = (qn(name) for name in ("w:p", "w:t", "a:p", "a:t"))
_R_ID = qn("r:id")
_DAY = timedelta(days=1)
A1 = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def contents_of_package(package: Package, family: str) -> Contents:
    """Raises Refused as the parts' readers do."""
    return _READERS[family](package)


def _text(package: Package) -> Text:
    found = Text()
    main = package.main_part
    root = package.read_xml(main)
    for element in walk(root):
        if element.tag == _W_P:
            found.add(own_text(element, _W_P, _W_T), aside=floats(element))
    for note in shown_notes(package, main, root):
        _add_all(found, note, _W_P, _W_T, aside=True)
    return found


def _add_all(found: Text, root: etree._Element, paragraph: str, text: str, *, aside: bool = False) -> None:
    for element in walk(root):
        if element.tag == paragraph:
            found.add(own_text(element, paragraph, text), aside=aside)


def _deck(package: Package) -> Deck:
    found = Deck()
    for part in slide_parts(package):
        slide = Text()
        _add_all(slide, package.read_xml(part), _A_P, _A_T)
        for shape in speaker_notes(package, part):
            _add_all(slide, shape, _A_P, _A_T, aside=True)
        found.slides.append(slide)
    return found


def _sheets(package: Package) -> Sheets:
    main = package.main_part
    strings = shared_strings(package, package.related_part(main, "sharedStrings"))
    relationships = package.relationships(main)
    book = package.read_xml(main)
    properties = book.find(qn("x:workbookPr"))
    epoch = properties.get("date1904", "0") if properties is not None else "0"
    found = Sheets(dates_from_1904=epoch in ("1", "true", "on"))
    for sheet in book.iterfind(f"{qn('x:sheets')}/{qn('x:sheet')}"):
        relationship = relationships.get(sheet.get(_R_ID, ""))
        if relationship is None or relationship.kind != "worksheet" or relationship.target not in package:
            continue
        _add_sheet(found, sheet.get("name", ""), package, relationship.target, strings)
    return found


def _add_sheet(found: Sheets, name: str, package: Package, part: str, strings: list[str]) -> None:
    """The cells of a part, streamed; a cell or row without a reference follows the one before (18.3.1.4, 18.3.1.73)."""
    number = 0
    with package.open(part) as stream:
        for _event, row in parsed(stream, part, ("row",)):
            told = row.get("r", "")
            number = int(told) if told.isdecimal() else number + 1
            column = 0
            for cell in row:
                column = _column(cell.get("r", "")) or column + 1
                found.add(name, number, column, _shown(cell, strings))
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]


def _column(reference: str) -> int:
    match = A1.fullmatch(reference)
    return column_number(match[1]) if match else 0


def column_number(letters: str) -> int:
    """``A`` is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _shown(cell: etree._Element, strings: list[str]) -> Shown:
    """A ``c`` (18.3.1.4): the value by its type (18.18.11)."""
    parts: Mapping[str, etree._Element] = {
        etree.QName(child).localname: child for child in cell if isinstance(child.tag, str)
    }
    formula = (parts["f"].text or "=") if "f" in parts else ""
    value = parts["v"].text or "" if "v" in parts else ""
    kind = cell.get("t", "n")
    if kind == "e":
        return Shown(None, value or "#", formula)
    return Shown(_value(kind, value, parts.get("is"), strings), "", formula)


def _value(kind: str, text: str, inline: etree._Element | None, strings: list[str]) -> Value:
    if kind == "s":
        number = int(text) if text.isdecimal() else len(strings)
        return (strings[number] if number < len(strings) else "") or None
    if kind == "inlineStr":
        return (string_of(inline) if inline is not None else "") or None
    if kind == "str":
        return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) or None
    try:
        return (datetime.fromisoformat(text[:26]) - EPOCH) / _DAY if kind == "d" else float(text)
    except ValueError:
        return text or None


_READERS: dict[str, Callable[[Package], Contents]] = {
    TEXT: _text,
    SPREADSHEET: _sheets,
    PRESENTATION: _deck,
}
