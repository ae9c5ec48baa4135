"""What a pivot cache keeps of its source (ECMA-376 Part 1, 18.10.1.66), and whether cells of a pivot table are stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from converters.errors import Refused
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.units import read_int
from converters.xlsx_to_ods.part_stream import local_name, parse_part
from converters.xlsx_to_ods.references import Area, read_cell


@dataclass(frozen=True, slots=True)
class Item:
    """A value of a field. ``name`` is None for dates and for what is empty; ``is_uncountable`` are dates and errors."""

    name: str | None
    number: float | None = None
    is_uncountable: bool = False

    @property
    def is_empty(self) -> bool:
        return self.name is None and not self.is_uncountable


EMPTY = Item(None)


def read_pivot_records(records: etree._Element, cache: etree._Element) -> list[tuple[Item, ...]]:
    """The records of a cache, each with an item for each of its fields that has values of its own."""
    shared = [
        [_item(item) for item in items]
        for items in cache.iterfind(f"{qn('x:cacheFields')}/{qn('x:cacheField')}/{qn('x:sharedItems')}")
    ]
    return [
        tuple(
            _shared_item(shared[position], item) if item.tag == qn("x:x") else _item(item)
            for position, item in enumerate(record)
            if position < len(shared)
        )
        for record in records.iterchildren(qn("x:r"))
    ]


def _shared_item(items: Sequence[Item], element: etree._Element) -> Item:
    index = read_int(element.get("v"), -1)
    return items[index] if index is not None and 0 <= index < len(items) else EMPTY


def _item(element: etree._Element) -> Item:
    """The value of an ``n``, ``s``, ``b``, ``d``, ``e`` or ``m``, named as :class:`CacheField` names it."""
    kind, value = etree.QName(element).localname, element.get("v", "")
    if kind == "n":
        try:
            number = float(value)
        except ValueError:
            return EMPTY
        return Item(f"{number:.15g}", number)
    if kind == "b":
        return Item("TRUE" if value in ("1", "true") else "FALSE")
    if kind in ("d", "e"):
        return Item(value if kind == "e" else None, is_uncountable=True)
    return Item(value) if kind == "s" else EMPTY


def has_values(package: Package, part: str, area: Area) -> bool:
    """Whether the sheet stores a value in the area; damage, which the reader of its rows reports, counts as one."""
    found = False
    inside = False

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal found, inside
        local = local_name(name)
        if local == "c":
            cell = read_cell(attributes.get("r", ""))
            inside = (
                cell is not None
                and area.first_row <= cell[0] <= area.last_row
                and area.first_column <= cell[1] <= area.last_column
            )
        elif local in ("v", "is", "f") and inside:
            found = True

    def prepare(parser: Any) -> None:
        parser.StartElementHandler = start

    try:
        parse_part(package, part, prepare)
    except Refused:
        return True
    return found
