"""Comments of cells (ECMA-376 Part 1, 18.7) as annotations; which are shown says the VML drawing beside them."""

from __future__ import annotations

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.units import read_int
from converters.xlsx_to_ods.comment_threads import read_threads
from converters.xlsx_to_ods.references import read_cell
from converters.xlsx_to_ods.row_layout import CellExtra
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.text_items import unescape


def add_comments(
    package: Package,
    frame: SheetFrame,
    workbook_part: str,
    extras: dict[int, dict[int, CellExtra]],
    log: LossLog,
) -> None:
    """Put each comment as an ``office:annotation`` on its cell; of a thread, what was said instead of its stand-in."""
    threads = read_threads(package, frame.part, workbook_part, log, frame.name)
    for (row, column), thread in threads.items():
        extra = extras.setdefault(row, {}).setdefault(column, CellExtra())
        extra.before += _annotation(thread.author, thread.text, shown=False, date=thread.date)
    part = package.related_part(frame.part, "comments")
    if part is None:
        return
    place = Place("sheet", container=frame.name, part=part)
    try:
        root = package.read_xml(part)
    except Refused as error:
        log.report("PART_DAMAGED", place, detail=str(error))
        return
    shown = _shown_cells(package, frame)
    authors = [item.text or "" for item in root.iterfind(f"{qn('x:authors')}/{qn('x:author')}")]
    for comment in root.iter(qn("x:comment")):
        cell = read_cell(comment.get("ref", ""))
        if cell is None:
            log.report("PART_DAMAGED", place, detail=comment.get("ref", "")[:20])
            continue
        if cell in threads:
            continue
        author = read_int(comment.get("authorId"), -1)
        name = authors[author] if author is not None and 0 <= author < len(authors) else ""
        extra = extras.setdefault(cell[0], {}).setdefault(cell[1], CellExtra())
        extra.before += _annotation(name, _text(comment), shown=cell in shown)


def _text(comment: etree._Element) -> str:
    """The text of all runs; their fonts are those of Excel's comment boxes."""
    text = comment.find(qn("x:text"))
    if text is None:
        return ""
    return "".join(
        unescape(item.text or "") for item in text.iter(qn("x:t")) if item.getparent().tag != qn("x:rPh")
    )


def _annotation(author: str, text: str, *, shown: bool, date: str = "") -> str:
    writer = XmlWriter()
    with writer.element("office:annotation", {"office:display": "true" if shown else "false"}):
        if author:
            writer.text_element("dc:creator", author)
        if date:
            writer.text_element("dc:date", date)
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            with writer.element("text:p"):
                write_text(writer, line)
    return writer.result()


def _shown_cells(package: Package, frame: SheetFrame) -> set[tuple[int, int]]:
    """The cells whose comments are always shown; damaged VML, which real files have, means none."""
    part = package.related_part(frame.part, "vmlDrawing")
    if part is None:
        return set()
    try:
        root = package.read_xml(part)
    except Refused:
        return set()
    found = set()
    for data in root.iter(qn("xvml:ClientData")):
        if data.get("ObjectType") == "Note" and data.find(qn("xvml:Visible")) is not None:
            row, column = (read_int(data.findtext(qn(f"xvml:{name}"))) for name in ("Row", "Column"))
            if row is not None and column is not None:
                found.add((row + 1, column + 1))
    return found
