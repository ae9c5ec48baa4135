"""Threaded comments ([MS-XLSX] 2.6.205) as the text of one annotation: ODF has one for a cell, and no threads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.xlsx_to_ods.references import read_cell

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Thread:
    """``author`` and ``date`` (ISO 8601, ``""`` for none) are those of its first comment; ``text`` all that was said."""

    author: str
    date: str
    text: str


def read_threads(
    package: Package, sheet_part: str, workbook_part: str, log: LossLog, sheet: str
) -> dict[tuple[int, int], Thread]:
    """The threads of a sheet by cell. Each is reported: who said what stays, the thread does not."""
    part = package.related_part(sheet_part, "threadedComment")
    if part is None:
        return {}
    place = Place("sheet", container=sheet, part=part)
    try:
        root = package.read_xml(part)
        persons = _persons(package, workbook_part)
    except Refused as error:
        log.report("PART_DAMAGED", place, detail=str(error))
        return {}
    log.report("COMMENT_THREAD_FLATTENED", place)
    said: dict[tuple[int, int], list[etree._Element]] = {}
    for comment in root.iterchildren(qn("xltc:threadedComment")):
        cell = read_cell(comment.get("ref", ""))
        if cell is not None:
            said.setdefault(cell, []).append(comment)
    return {cell: _thread(comments, persons) for cell, comments in said.items()}


def _persons(package: Package, workbook_part: str) -> Mapping[str, str]:
    part = package.related_part(workbook_part, "person")
    if part is None:
        return {}
    root = package.read_xml(part)
    return {item.get("id", "").lower(): item.get("displayName", "") for item in root.iter(qn("xltc:person"))}


def _thread(comments: list[etree._Element], persons: Mapping[str, str]) -> Thread:
    """The first comment, and each reply below its author and time; ordered as the file is, by time."""
    first, *replies = sorted(comments, key=lambda item: item.get("parentId") is not None)
    lines = [_text(first)]
    for reply in replies:
        told = ", ".join(filter(None, (_author(reply, persons), _date(reply).replace("T", " "))))
        lines += [f"— {told}:", _text(reply)]
    return Thread(_author(first, persons), _date(first), "\n".join(lines))


def _author(comment: etree._Element, persons: Mapping[str, str]) -> str:
    return persons.get(comment.get("personId", "").lower(), "")


def _date(comment: etree._Element) -> str:
    match = _MOMENT.match(comment.get("dT", ""))
    return match[0] if match else ""


def _text(comment: etree._Element) -> str:
    return comment.findtext(qn("xltc:text")) or ""
