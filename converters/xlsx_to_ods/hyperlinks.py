"""Hyperlinks of cells (ECMA-376 Part 1, 18.3.1.47) as ``text:a`` start tags."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import escape_attribute
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.xlsx_to_ods.references import quoted_sheet, read_area, split_sheet
from converters.xlsx_to_ods.row_layout import CellExtra
from converters.xlsx_to_ods.sheet import SheetFrame

_MAX_CELLS = 10_000  # of one link: beyond it only the first row of its area is linked
_UNSAFE = "%/:=&?~#+!$,;'@()*[]|"


class CellLink(NamedTuple):
    """A link and the cells that it is put on."""

    target: str
    place: Place
    cells: tuple[CellExtra, ...]


def add_hyperlinks(
    package: Package, frame: SheetFrame, extras: dict[int, dict[int, CellExtra]], log: LossLog
) -> list[CellLink]:
    """Put the start tag of each link on the cells it covers."""
    links = []
    for item in frame.hyperlinks:
        area = read_area(item.get("ref", ""))
        place = Place("cell", container=frame.name, cell=item.get("ref", ""))
        target = _target(package, frame, item.get(qn("r:id")), item.get("location"), place, log)
        if area is None or target is None:
            continue
        title = item.get("tooltip")
        shown = f' office:title="{escape_attribute(title)}"' if title else ""
        tag = f'<text:a xlink:href="{escape_attribute(target)}" xlink:type="simple"{shown}>'
        last_row = area.last_row if area.rows * area.columns <= _MAX_CELLS else area.first_row
        if last_row != area.last_row:
            log.report("HYPERLINK_DROPPED", place, target=target)
        covered = []
        for row in range(area.first_row, last_row + 1):
            cells = extras.setdefault(row, {})
            for column in range(area.first_column, area.last_column + 1):
                extra = cells.setdefault(column, CellExtra())
                extra.link = tag
                covered.append(extra)
        links.append(CellLink(target, place, tuple(covered)))
    return links


def report_links_without_text(links: Iterable[CellLink], log: LossLog) -> None:
    """Report, after the rows, the links of which no cell shows a text: in ODF a link is a property of text."""
    for link in links:
        if not any(cell.is_linked for cell in link.cells):
            log.report("HYPERLINK_DROPPED", link.place, target=link.target)


def _target(
    package: Package,
    frame: SheetFrame,
    identifier: str | None,
    location: str | None,
    place: Place,
    log: LossLog,
) -> str | None:
    if identifier:
        relationship = package.relationships(frame.part).get(identifier)
        if relationship is None:
            log.report("RELATIONSHIP_DANGLING", place, id=identifier)
            return None
        target = (
            relationship.target.replace("\\", "/")
            if "://" not in relationship.target
            else relationship.target
        )
        target = quote(target, safe=_UNSAFE)
        return f"{target}#{location}" if location and "#" not in target else target
    if location:
        return "#" + internal_target(location)
    return None


def internal_target(location: str) -> str:
    """``'My sheet'!B2`` as LibreOffice names it: ``'My sheet'.B2``; a defined name stays."""
    sheet, reference = split_sheet(location)
    return f"{quoted_sheet(sheet)}.{reference.replace('$', '')}" if sheet else reference
