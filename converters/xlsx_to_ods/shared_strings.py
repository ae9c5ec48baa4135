"""The shared strings part (ECMA-376 Part 1, 18.4.9) as a list of ready paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.package import Package
from converters.xlsx_to_ods.part_stream import local_name, parse_part
from converters.xlsx_to_ods.text_items import StyleForRun, TextItem


def read_shared_strings(
    package: Package, part: str | None, style_for_run: StyleForRun, log: LossLog
) -> list[str]:
    """One ODF fragment of ``text:p`` elements per string item; what stands before a damage stays."""
    strings: list[str] = []
    if part is None:
        return strings
    item = TextItem(style_for_run)

    def start(name: str, attributes: Mapping[str, str]) -> None:
        local = local_name(name)
        if local == "si":
            item.clear()
        else:
            item.start(local, attributes)

    def end(name: str) -> None:
        local = local_name(name)
        if local == "si":
            strings.append(item.fragment())
        else:
            item.end(local)

    def prepare(parser: Any) -> None:
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = item.chunks.append

    try:
        parse_part(package, part, prepare)
    except Refused as error:
        if error.code != "DAMAGED_XML":
            raise
        log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
    return strings
