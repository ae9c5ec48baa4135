"""The census of OOXML packages.

Counted is what a person sees in the body: text in the chosen branch of alternate content, without deleted text,
field codes, headers and footers (they stand once per section there, once per page style here).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO

from lxml import etree

from converters.census.markup import markup_of_document
from converters.census.record import Census
from converters.errors import Refused
from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.xml import chosen_branch

_SKIPPED = frozenset(
    map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr", "w:sectPr", "w:sdtPr"))
)
_ALTERNATE = qn("mc:AlternateContent")
_SPACES = frozenset(map(qn, ("w:tab", "w:br", "w:cr", "w:ptab", "a:br")))
_SLIDE_NUMBER = "slidenum"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ST_Xstring (ECMA-376 Part 1, 22.9.2.19)


def census_of_package(package: Package, family: str) -> Census:
    """Raises Refused as the parts' readers do."""
    return _READERS[family](package)


# -- text and drawings ---------------------------------------------------------------------------------------------


def walk(element: etree._Element) -> Iterator[etree._Element]:
    """Descendants in document order, without skipped subtrees and unchosen branches."""
    for child in element.iterchildren(etree.Element):
        if child.tag in _SKIPPED:
            continue
        if child.tag == _ALTERNATE:
            branch = chosen_branch(child)
            if branch is not None:
                yield from walk(branch)
            continue
        yield child
        yield from walk(child)


def _count_text(
    census: Census, root: etree._Element, paragraph: str, text: str, *, in_order: bool = True
) -> None:
    """Text of all paragraphs under ``root``; that of a paragraph within another (a text box) stands for itself."""
    for element in walk(root):
        if element.tag == paragraph:
            census.add_text(own_text(element, paragraph, text), in_order=in_order and not floats(element))


def floats(paragraph: etree._Element) -> bool:
    """Whether a paragraph stands in a text box, a frame or a floating table, which the target may write elsewhere."""
    if paragraph.find(_FRAME) is not None or next(paragraph.iterancestors(_TEXT_BOX), None) is not None:
        return True
    return any(table.find(_FLOATING) is not None for table in paragraph.iterancestors(_TABLE))


def own_text(root: etree._Element, paragraph: str, text: str) -> str:
    pieces: list[str] = []

    def gather(element: etree._Element) -> None:
        for child in element.iterchildren(etree.Element):
            if child.tag in _SKIPPED or child.tag == paragraph:
                continue
            if child.tag == _ALTERNATE:
                branch = chosen_branch(child)
                if branch is not None:
                    gather(branch)
            elif child.tag == text:
                pieces.append(child.text or "")
            elif child.tag == _SYMBOL:  # what it shows hangs on its font: a word with it is not counted
                pieces.append(_UNKNOWN)
            elif child.tag in _SPACES:
                pieces.append(" ")
            elif child.tag == _NO_BREAK_HYPHEN:
                pieces.append("-")
            elif not (child.tag == _FIELD and child.get("type", "") == _SLIDE_NUMBER):
                gather(child)

    gather(root)
    return " ".join(word for word in "".join(pieces).split() if _UNKNOWN not in word)


def _count_elements(census: Census, root: etree._Element, table: dict[str, str]) -> None:
    names = {qn(tag): name for tag, name in table.items()}
    for element in walk(root):
        name = names.get(element.tag)
        if name and not (element.tag == _TABLE and element.find(_ROW) is None):  # no row, nothing to see
            census.counts[name] += 1


def _add_links(census: Census, package: Package, part: str, root: etree._Element) -> None:
    """Targets of hyperlinks that the part's content uses; a relationship that nothing names is no link."""
    relationships = package.relationships(part)
    for element in (found for tag in _LINKS for found in root.iter(tag)):
        relationship = relationships.get(element.get(_R_ID, ""))
        if relationship is not None and relationship.external and relationship.kind == "hyperlink":
            anchor = element.get(_ANCHOR)
            census.add_link(f"{relationship.target}#{anchor}" if anchor else relationship.target)


_TEXT_BOX, _FRAME = qn("w:txbxContent"), f"{qn('w:pPr')}/{qn('w:framePr')}"
_TABLE, _ROW, _FLOATING = qn("w:tbl"), f".//{qn('w:tr')}", f"{qn('w:tblPr')}/{qn('w:tblpPr')}"
_FIELD, _NO_BREAK_HYPHEN = qn("a:fld"), qn("w:noBreakHyphen")
_SYMBOL, _UNKNOWN = qn("w:sym"), "\ufffc"
_R_ID, _ANCHOR = qn("r:id"), qn("w:anchor")
_LINKS = tuple(map(qn, ("w:hyperlink", "a:hlinkClick", "x:hyperlink")))
_WORD_COUNTS = {
    "w:tbl": "tables",
    "w:footnoteReference": "notes",
    "w:endnoteReference": "notes",
    "w:commentReference": "comments",
    "pic:pic": "pictures",
    "c:chart": "charts",
}


# -- families ------------------------------------------------------------------------------------------------------


def _census_of_text(package: Package) -> Census:
    census = Census()
    part = package.main_part
    root = package.read_xml(part)
    _count_text(census, root, qn("w:p"), qn("w:t"))
    _count_elements(census, root, _WORD_COUNTS)
    _add_links(census, package, part, root)
    for note in shown_notes(package, part, root):
        _count_text(census, note, qn("w:p"), qn("w:t"), in_order=False)
    census.counts.update(markup_of_document(package))
    return census


def shown_notes(package: Package, part: str, root: etree._Element) -> Iterator[etree._Element]:
    """Footnotes, endnotes and comments that a document part refers to (ECMA-376 Part 1, 17.11, 17.13.4)."""
    for kind, tag in (("footnotes", "w:footnote"), ("endnotes", "w:endnote"), ("comments", "w:comment")):
        notes = package.related_part(part, kind)
        if notes is None:
            continue
        shown = {reference.get(qn("w:id")) for reference in root.iter(qn(f"{tag}Reference"))}
        for note in package.read_xml(notes).iterfind(qn(tag)):
            if note.get(qn("w:type"), "normal") == "normal" and note.get(qn("w:id")) in shown:
                yield note


def slide_parts(package: Package) -> Iterator[str]:
    """The parts of slides in their order, those that are there (19.2.1.34)."""
    main = package.main_part
    relationships = package.relationships(main)
    for slide in package.read_xml(main).iterfind(f"{qn('p:sldIdLst')}/{qn('p:sldId')}"):
        relationship = relationships.get(slide.get(_R_ID, ""))
        if relationship is not None and relationship.target in package:
            yield relationship.target


def speaker_notes(package: Package, slide: str) -> Iterator[etree._Element]:
    """The notes of a slide: the shapes of their body placeholder (19.3.1.26 and 19.7.10)."""
    part = package.related_part(slide, "notesSlide")
    if part is None or part not in package:
        return
    for shape in package.read_xml(part).iter(qn("p:sp")):
        placeholder = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
        if placeholder is not None and placeholder.get("type") == "body":
            yield shape


def _census_of_presentation(package: Package) -> Census:
    census = Census()
    for part in slide_parts(package):
        root = package.read_xml(part)
        census.counts["slides"] += 1
        _count_text(census, root, qn("a:p"), qn("a:t"))
        _count_elements(census, root, {"a:tbl": "tables", "p:pic": "pictures", "c:chart": "charts"})
        _add_links(census, package, part, root)
        _count_speaker_notes(census, package, part)
        for comments in package.related(part, "comments"):
            census.counts["comments"] += sum(
                1 for child in package.read_xml(comments.target) if child.tag in (qn("p:cm"), qn("p188:cm"))
            )
    return census


def _count_speaker_notes(census: Census, package: Package, slide: str) -> None:
    before = census.counts["paragraphs"]
    for shape in speaker_notes(package, slide):
        _count_text(census, shape, qn("a:p"), qn("a:t"), in_order=False)
    census.counts["notes"] += census.counts["paragraphs"] > before


def _census_of_spreadsheet(package: Package) -> Census:
    census = Census()
    main = package.main_part
    census.values = Counter()
    strings = shared_strings(package, package.related_part(main, "sharedStrings"))
    relationships = package.relationships(main)
    book = package.read_xml(main)
    census.counts["names"] = sum(map(_is_persons_name, book.iter(qn("x:definedName"))))
    for sheet in book.iterfind(f"{qn('x:sheets')}/{qn('x:sheet')}"):
        relationship = relationships.get(sheet.get(_R_ID, ""))
        if relationship is None or relationship.target not in package:
            continue
        census.counts["sheets"] += 1
        part = relationship.target
        if relationship.kind == "worksheet":
            with package.open(part) as stream:
                links = _count_cells(census, stream, part, strings)
            _add_cell_links(census, package, part, links)
        for comments in package.related(part, "comments"):
            root = package.read_xml(comments.target)
            census.counts["comments"] += len(root.findall(f"{qn('x:commentList')}/{qn('x:comment')}"))
        for drawing in package.related(part, "drawing"):
            count_drawing(census, package, drawing.target)
    return census


def _is_persons_name(name: etree._Element) -> bool:
    """Whether a person gave it: none of Excel's own, hidden, or of a macro or an add-in (ECMA-376 Part 1, 18.2.5)."""
    marks = ("hidden", "function", "vbProcedure", "xlm")
    return not name.get("name", "").lower().startswith("_xlnm.") and not any(
        name.get(mark) in ("1", "true") for mark in marks
    )


def count_drawing(census: Census, package: Package, part: str) -> None:
    """The pictures and charts of a sheet's drawing."""
    _count_elements(census, package.read_xml(part), {"xdr:pic": "pictures", "c:chart": "charts"})


def shared_strings(package: Package, part: str | None) -> list[str]:
    if part is None:
        return []
    texts = []
    with package.open(part) as stream:
        for _event, item in parsed(stream, part, ("si",)):
            texts.append(string_of(item))
            item.clear()
    return texts


def string_of(item: etree._Element) -> str:
    """The text of a string item: its own or that of its runs, without phonetic hints (ECMA-376 Part 1, 18.4)."""
    pieces = []
    for child in item:
        local = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if local == "t":
            pieces.append(child.text or "")
        elif local == "r":
            pieces.extend(text.text or "" for text in child if etree.QName(text).localname == "t")
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(pieces))


def _count_cells(census: Census, stream: IO[bytes], part: str, strings: list[str]) -> list[tuple[str, str]]:
    """Cells with a value, formulas and words of a sheet, streamed; answers its links: relationship and location."""
    links = []
    for _event, element in parsed(stream, part, ("row", "hyperlink")):
        if etree.QName(element).localname == "hyperlink":
            identifier = next((value for name, value in element.items() if name.endswith("}id")), "")
            links.append((identifier, element.get("location", "")))
            continue
        for cell in element:
            _count_cell(census, cell, strings)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return links


def _add_cell_links(census: Census, package: Package, part: str, links: list[tuple[str, str]]) -> None:
    relationships = package.relationships(part) if links else {}
    for identifier, location in links:
        relationship = relationships.get(identifier)
        if relationship is not None and relationship.external:
            census.add_link(f"{relationship.target}#{location}" if location else relationship.target)


def _count_cell(census: Census, cell: etree._Element, strings: list[str]) -> None:
    found = {etree.QName(child).localname: child for child in cell if isinstance(child.tag, str)}
    kind = cell.get("t", "n")
    value = found.get("v")
    text = (value.text or "") if value is not None else ""
    # an error that somebody typed is a formula in ODF, which has no such constants
    census.counts["formulas"] += "f" in found or (kind == "e" and bool(text))
    if kind == "s":
        number = int(text) if text.isdigit() else len(strings)
        text = strings[number] if number < len(strings) else ""
        words = text
    elif kind == "inlineStr":
        text = words = string_of(found["is"]) if "is" in found else ""
    else:
        words = text if kind == "str" else ""
    if text and kind != "e" and "f" not in found:
        census.counts["cells"] += 1
        if kind == "n" and census.values is not None and (value_number := _number(text)) is not None:
            census.values[value_number] += 1
    if words and "f" not in found:
        census.add_cell_text(words)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None  # kept as a text, and reported by who converts


def parsed(stream: IO[bytes], part: str, names: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    """Elements of these local names in any namespace, as they end. Raises Refused DAMAGED_XML."""
    try:
        yield from etree.iterparse(
            stream,
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
        )
    except etree.XMLSyntaxError as error:
        raise Refused("DAMAGED_XML", part=part, detail=str(error.msg)) from None


_READERS: dict[str, Callable[[Package], Census]] = {
    TEXT: _census_of_text,
    SPREADSHEET: _census_of_spreadsheet,
    PRESENTATION: _census_of_presentation,
}
