"""The shared strings part (ECMA-376 Part 1, 18.4.9) as a table of ready paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.package import Package
from converters.xlsx_to_ods.part_stream import local_name, parse_part
from converters.xlsx_to_ods.plain_text import PLAIN_TEXT
from converters.xlsx_to_ods.string_table import StringTable
from converters.xlsx_to_ods.text_items import StyleForRun, TextItem

_ITEM_END = b"</t></si>"
_PLAIN_ITEMS = re.compile(
    rb"(?>(?:\s*+<si><t(?: xml:space=\"preserve\")?>" + PLAIN_TEXT + _ITEM_END + rb")+)"
)


def read_shared_strings(
    package: Package, part: str | None, style_for_run: StyleForRun, log: LossLog
) -> StringTable:
    """One ODF fragment of ``text:p`` elements per string item; what stands before a damage stays."""
    strings = StringTable()
    if part is not None:
        reader = _ItemReader(strings, style_for_run)
        try:
            parse_part(package, part, reader.prepare, reader)
        except Refused as error:
            if error.code != "DAMAGED_XML":
                raise
            log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
    strings.seal()
    return strings


class _ItemReader:
    """Plain items (:class:`~converters.xlsx_to_ods.part_stream.PlainUnits`) by their bytes, others from the parser."""

    container, unit = b"sst", b"si"

    def __init__(self, strings: StringTable, style_for_run: StyleForRun) -> None:
        self._strings = strings
        self._item = TextItem(style_for_run)
        self._inside = False

    def prepare(self, parser: Any) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._item.chunks.append

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = local_name(name)
        if local == "si":
            self._inside = True
            self._item.clear()
        else:
            self._item.start(local, attributes)

    def _end(self, name: str) -> None:
        local = local_name(name)
        if local == "si":
            self._strings.add(self._item.fragment().encode("utf-8", "ignore"))
            self._inside = False
        else:
            self._item.end(local)

    def between(self) -> bool:
        return not self._inside

    def take(self, data: bytes, position: int, limit: int) -> int:
        match = _PLAIN_ITEMS.match(data, position, limit)
        if match is None:
            return position
        items = match[0].split(_ITEM_END)[:-1]
        self._strings.add_paragraphs([item[item.rindex(b">") + 1 :] for item in items])
        return match.end()
