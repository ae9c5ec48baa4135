"""The properties of compound files: in their own code page, and read at once where a count lies."""

from __future__ import annotations

import struct
from pathlib import Path

from converters import inspect
from tests.office_files import BOF8, biff, compound


def property_set(*properties: tuple[int, bytes]) -> bytes:
    """A property set stream ([MS-OLEPS] 2.21) of typed values by identifier."""
    entries, values = b"", b""
    start = 8 + 8 * len(properties)
    for identifier, value in properties:
        entries += struct.pack("<II", identifier, start + len(values))
        values += value
    content = struct.pack("<II", start + len(values), len(properties)) + entries + values
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + content


def text(value: bytes) -> bytes:
    return struct.pack("<II", 0x1E, len(value)) + value


def inspected(folder: Path, summary: bytes):
    path = folder / "old.xls"
    path.write_bytes(compound({"Workbook": biff(BOF8, (0x000A, b"")), "\x05SummaryInformation": summary}))
    return inspect(path, "cheap")


def test_names_are_read_in_the_code_page_of_the_file(tmp_path: Path) -> None:
    found = inspected(
        tmp_path,
        property_set(
            (1, struct.pack("<II", 2, 1251)),
            (4, text("Оленька".encode("cp1251") + b"\x00")),
            (12, struct.pack("<IQ", 0x40, 125_911_584_000_000_000)),
            (18, text(b"Microsoft Excel\x00")),
        ),
    )
    assert found.metadata == {"creator": "Оленька", "created": "2000-01-01T00:00:00"}
    assert found.application == "Microsoft Excel"


def test_counts_that_lie_cost_nothing(tmp_path: Path) -> None:
    vector = struct.pack("<II", 0x1003, 0xFFFFFFFF)
    found = inspected(
        tmp_path, property_set((13, vector), (4, struct.pack("<II", 0x1E, 0xFFFFFFFF)), (8, text(b"ann")))
    )
    assert (found.error, found.metadata["last_modified_by"]) == ("", "ann")
    many = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + struct.pack("<II", 8, 0xFFFFFFFF)
    assert inspected(tmp_path, many).error == ""
