"""The census of ODF packages: what :mod:`converters.census.ooxml` counts, in ODF's own elements."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from lxml import etree

from converters.census.markup import markup_of_odt
from converters.census.numbers import EPOCH, cell_number, epoch_of
from converters.census.record import Census
from converters.errors import Refused
from converters.kinds import SPREADSHEET, TEXT
from converters.odf.namespaces import qn

MAX_CONTENT_BYTES = 400_000_000
PARAGRAPHS = (qn("text:p"), qn("text:h"))
_SKIPPED = frozenset(
    map(
        qn,
        (
            "text:tracked-changes",
            "text:sequence-decls",
            "text:variable-decls",
            "text:user-field-decls",
            "text:note-citation",
            "table:content-validations",
            "table:tracked-changes",
            "table:source-service",
            "presentation:notes",
            "office:forms",
            "svg:title",
            "svg:desc",
            "dc:creator",
            "meta:creator-initials",
            "loext:sender-initials",
            "dc:date",
            "text:page-number",
            "text:ruby-text",
        ),
    )
)
_SPACES = frozenset(map(qn, ("text:s", "text:tab", "text:line-break")))
_COUNTS = {
    qn("text:note"): "notes",
    qn("office:annotation"): "comments",
    qn("officeooo:annotation"): "comments",  # of slides, in LibreOffice's own namespace
    qn("draw:page"): "slides",
}
_FRAME, _IMAGE = qn("draw:frame"), qn("draw:image")
_PAGE, _NOTES, _CLASS = qn("draw:page"), qn("presentation:notes"), qn("presentation:class")
_OBJECTS = (qn("draw:object"), qn("draw:object-ole"), qn("draw:plugin"), qn("table:table"))
_EMBEDDED = (qn("draw:object"), qn("draw:object-ole"))
_CONDITIONAL_FORMAT, _VALIDATION = qn("calcext:conditional-format"), qn("table:content-validation-name")
_TABLE, _ROW = qn("table:table"), qn("table:table-row")
_CELLS = frozenset(
    (qn("table:table-cell"), qn("table:covered-table-cell"))
)  # what a merge covers is still there
_TABLE_SOURCE = qn("table:table-source")
_HREF = qn("xlink:href")
_LINKS = (qn("text:a"), qn("draw:a"))
_EVENT = qn("presentation:event-listener")
_BITMAP_SHAPES = tuple(map(qn, ("draw:custom-shape", "draw:rect", "draw:path", "draw:polygon")))
_NAMES, _NAME = (qn("table:named-range"), qn("table:named-expression")), qn("table:name")
_BUILT_IN = re.compile(r"_+xlnm|excel_builtin", re.IGNORECASE)  # of print ranges, titles, filters
_CHART = "application/vnd.oasis.opendocument.chart"


def census_of_odf(path: Path, family: str, *, of_legacy: bool = False) -> Census:
    """The census of a result; ``of_legacy`` with what is counted of binary files and RTF alone.

    Raises Refused: DAMAGED_ZIP, MISSING_PART, DAMAGED_XML, LIMIT_PART_SIZE.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = read_part(archive, "content.xml")
            manifest = read_part(archive, "META-INF/manifest.xml")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused("DAMAGED_ZIP", detail=str(error)) from None
    census = Census()
    bitmap_styles = _bitmap_styles(root)
    body = root.find(qn("office:body"))
    if body is None:
        raise Refused("MISSING_PART", part="office:body")
    if family == SPREADSHEET:
        _count_sheets(census, body)
    else:
        _count_document(census, body)
        if family == TEXT:
            census.counts.update(markup_of_odt(body))
    census.counts["pictures"] += sum(
        element.get(qn("draw:style-name")) in bitmap_styles
        for tag in _BITMAP_SHAPES
        for element in body.iter(tag)
    )
    if of_legacy:
        _count_for_legacy(census, body)
    charts = sum(entry.get(qn("manifest:media-type")) == _CHART for entry in manifest)
    if charts:
        census.counts["charts"] = charts
    return census


def _bitmap_styles(root: etree._Element) -> set[str]:
    """Automatic styles that fill a shape with a picture: cropped pictures become such shapes."""
    return {
        style.get(qn("style:name"), "")
        for style in root.iterfind(f"{qn('office:automatic-styles')}/{qn('style:style')}")
        for properties in style.iterfind(qn("style:graphic-properties"))
        if properties.get(qn("draw:fill")) == "bitmap"
    }


def read_part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    try:
        entry = archive.getinfo(name)
    except KeyError:
        raise Refused("MISSING_PART", part=name) from None
    if entry.file_size > MAX_CONTENT_BYTES:
        raise Refused("LIMIT_PART_SIZE", part=name, limit=MAX_CONTENT_BYTES)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
    try:
        return etree.fromstring(archive.read(entry), parser)
    except etree.XMLSyntaxError as error:
        raise Refused("DAMAGED_XML", part=name, detail=str(error.msg)) from None


def walk(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren(etree.Element):
        if child.tag not in _SKIPPED:
            yield child
            yield from walk(child)


def own_text(root: etree._Element) -> str:
    """A paragraph's text without that of paragraphs within it (notes, frames, annotations)."""
    pieces = [root.text or ""]
    for child in root.iterchildren(etree.Element):
        if child.tag in _SPACES:
            pieces.append(" ")
        elif child.tag not in _SKIPPED and child.tag not in PARAGRAPHS:
            pieces.append(own_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _count_document(census: Census, body: etree._Element) -> None:
    for element in walk(body):
        if element.tag in PARAGRAPHS:
            census.add_text(own_text(element))
        _count_common(census, element)
        if element.tag == _TABLE and element.get(qn("table:is-sub-table")) != "true":
            census.counts["tables"] += 1
        if element.tag == _PAGE:
            _count_speaker_notes(census, element)


def _count_speaker_notes(census: Census, page: etree._Element) -> None:
    """The text of a slide's notes frame (ODF 1.3 Part 3, 9.1.6); it may stand anywhere among the slides' texts."""
    before = census.counts["paragraphs"]
    for frame in page.iterfind(f"{_NOTES}/{_FRAME}"):
        if frame.get(_CLASS) == "notes":
            for paragraph in frame.iter(*PARAGRAPHS):
                census.add_text(own_text(paragraph), in_order=False)
    census.counts["notes"] += census.counts["paragraphs"] > before


def _count_for_legacy(census: Census, body: etree._Element) -> None:
    """Embedded objects, charts among them; cells with a validation; conditional formats."""
    census.counts["objects"] = sum(1 for tag in _EMBEDDED for _element in body.iter(tag))
    census.counts["conditional_formats"] = sum(1 for _element in body.iter(_CONDITIONAL_FORMAT))
    for row in body.iter(_ROW):
        rows = int(row.get(qn("table:number-rows-repeated"), "1"))
        for cell in row.iterchildren(*_CELLS):
            if cell.get(_VALIDATION) is not None:
                census.counts["validations"] += rows * int(cell.get(qn("table:number-columns-repeated"), "1"))


def _count_common(census: Census, element: etree._Element) -> None:
    if name := _COUNTS.get(element.tag):
        census.counts[name] += 1
    elif element.tag in _LINKS or element.tag == _EVENT:
        census.add_link(element.get(_HREF, ""))
    elif element.tag == _FRAME and element.find(_IMAGE) is not None and not _is_object(element):
        census.counts["pictures"] += 1


def _is_object(frame: etree._Element) -> bool:
    """Whether a frame's picture is but the replacement of an object."""
    return any(frame.find(tag) is not None for tag in _OBJECTS)


def _count_sheets(census: Census, body: etree._Element) -> None:
    spreadsheet = body.find(qn("office:spreadsheet"))
    census.counts["names"] = sum(
        not _BUILT_IN.match(name.get(_NAME, "")) for tag in _NAMES for name in body.iter(tag)
    )
    census.values = Counter()
    epoch = EPOCH if spreadsheet is None else epoch_of(spreadsheet)
    for table in spreadsheet.iterfind(_TABLE) if spreadsheet is not None else ():
        if table.find(_TABLE_SOURCE) is not None:  # values of another document
            continue
        census.counts["sheets"] += 1
        for row in table.iter(_ROW):
            rows = int(row.get(qn("table:number-rows-repeated"), "1"))
            for cell in row.iterchildren(*_CELLS):
                columns = int(cell.get(qn("table:number-columns-repeated"), "1"))
                _count_cell(census, cell, rows * columns, epoch)
        for element in walk(table):
            _count_common(census, element)


def _count_cell(census: Census, cell: etree._Element, times: int, epoch: datetime) -> None:
    if cell.get(qn("table:formula")) is not None:
        census.counts["formulas"] += times
        return
    if cell.get(qn("office:value-type")) is None:
        return
    census.counts["cells"] += times
    if census.values is not None and (value := cell_number(cell, epoch)) is not None:
        census.values[value] += times
    if cell.get(qn("office:value-type")) == "string":
        text = "\n".join(own_text(paragraph) for paragraph in cell if paragraph.tag in PARAGRAPHS)
        census.add_cell_text(text, times)
