"""A damaged compound file put together again: its streams stay where they stand, the tables that lead to them are new.

A chain of sectors is followed as far as the table tells; where the table is broken, what follows is taken to stand in
the next sectors, as Office writes most streams. What is cut off is filled with zeros. Source: [MS-CFB] 2.1 to 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from converters.errors import Refused
from converters.identify_ole import SIGNATURE
from converters.recovery.package import Mend

_HEADER_BYTES, _ENTRY_BYTES = 512, 128
_IN_HEADER = 109  # places of table sectors that stand in the header
_FREE, _END, _TABLE, _TABLE_OF_TABLES = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_ROOT = "Root Entry".encode("utf-16-le")
_DOCUMENTS = tuple(
    name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "PowerPoint Document", "Book\0")
)
_STORAGE_KINDS, _STREAM_KIND, _ROOT_KIND = (0, 1, 2, 5), 2, 5
_MOST_GROWTH = 4  # a file that was cut is filled up to so many times of what is left


@dataclass(slots=True)
class _Compound:
    """``table`` is the old allocation table, ``chains`` what is now known: sector -> the next."""

    data: bytearray
    sector_bytes: int
    table: dict[int, int] = field(default_factory=dict)
    chains: dict[int, int] = field(default_factory=dict)
    starts: set[int] = field(default_factory=set)  # of streams: no other goes on there
    guesses: int = 0

    @property
    def count(self) -> int:
        return len(self.data) // self.sector_bytes - 1

    def place(self, sector: int) -> int:
        return (sector + 1) * self.sector_bytes

    def numbers(self, sector: int) -> tuple[int, ...]:
        size = self.sector_bytes
        return struct.unpack_from(f"<{size // 4}I", self.data, self.place(sector))

    def fill(self, sectors: int) -> None:
        """Make room for so many sectors."""
        wanted = min(sectors + 1, (self.count + 1) * _MOST_GROWTH) * self.sector_bytes
        self.data.extend(bytes(max(wanted - len(self.data), 0)))

    def is_told(self, start: int, needed: int) -> bool:
        """Whether the table leads through all of a stream."""
        seen: set[int] = set()
        while start < self.count and start not in seen and len(seen) < needed:
            seen.add(start)
            start = self.table.get(start, _FREE)
        return len(seen) == needed

    def follow(self, start: int, needed: int, *, ends: bool = False) -> list[int]:
        """The sectors of a stream, as many as are needed or can be had; they are this stream's alone from now on.

        ``ends``: nobody knows how many are needed, and the table's word for the end holds.
        """
        found: list[int] = []
        sector = start
        while len(found) < needed and sector < self.count and sector not in self.chains:
            self.chains[sector] = _END
            if found:
                self.chains[found[-1]] = sector
            found.append(sector)
            following = self.table.get(sector, _FREE)
            if ends and following == _END:
                break
            if len(found) < needed and (following >= self.count or following in self.chains):
                self.guesses += 1
                following = sector + 1
                while following in self.starts or following in self.chains:
                    following += 1
            sector = following
        return found


def mend_compound(data: bytes) -> tuple[bytes, list[Mend]]:
    """A compound file that can be read, and what was mended: nothing where its tables are whole. Raises Refused DAMAGED_OLE where no directory is left."""
    if not data.startswith(SIGNATURE) or len(data) < 3 * _HEADER_BYTES:
        raise Refused("DAMAGED_OLE", detail="header")
    (shift,) = struct.unpack_from("<H", data, 30)
    sector_bytes = 4096 if shift == 12 else 512
    whole = len(data)
    compound = _Compound(bytearray(data + bytes(-whole % sector_bytes)), sector_bytes)
    _read_table(compound)
    directory = _directory(compound)
    mends = _follow_streams(compound, directory, whole)
    if not mends and not compound.guesses:
        return data, []
    _write_tables(compound, directory[0])
    return bytes(compound.data), [Mend("DIRECTORY_REBUILT"), *mends]


def _read_table(compound: _Compound) -> None:
    """What is left of the allocation table ([MS-CFB] 2.3, 2.5)."""
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", compound.data, 76))
    further, seen = struct.unpack_from("<I", compound.data, 68)[0], set[int]()
    while further < compound.count and further not in seen:
        seen.add(further)
        *more, following = compound.numbers(further)
        places += more
        further = following
    width = compound.sector_bytes // 4
    for index, place in enumerate(places):
        if place < compound.count:
            compound.table.update(enumerate(compound.numbers(place), index * width))
        elif place == _FREE:
            break
    used = [sector for sector, following in compound.table.items() if following != _FREE]
    compound.fill(max(used, default=0) + 1)


def _directory(compound: _Compound) -> list[int]:
    """The sectors of the directory ([MS-CFB] 2.6). Raises Refused DAMAGED_OLE."""
    (start,) = struct.unpack_from("<I", compound.data, 48)
    if start >= compound.count or not compound.data.startswith(_ROOT, compound.place(start)):
        compound.guesses += 1
        start = _found_directory(compound)
        if start == _END:
            raise Refused("DAMAGED_OLE", detail="directory")
    found = compound.follow(start, compound.count, ends=True)
    kept = [found[0]]
    for sector in found[1:]:
        if not _is_directory(compound, sector):
            break
        kept.append(sector)
    for sector in found[len(kept) :]:
        del compound.chains[sector]
    compound.chains[kept[-1]] = _END
    return kept


def _found_directory(compound: _Compound) -> int:
    """Where a directory begins: the one that names a document, for embedded objects may bring their own."""
    starts = [
        sector for sector in range(compound.count) if compound.data.startswith(_ROOT, compound.place(sector))
    ]
    reach = 4 * compound.sector_bytes

    def names_a_document(sector: int) -> bool:
        place = compound.place(sector)
        return any(name in compound.data[place : place + reach] for name in _DOCUMENTS)

    return max(starts, key=names_a_document, default=_END)


def _is_directory(compound: _Compound, sector: int) -> bool:
    begin = compound.place(sector)
    return all(
        compound.data[entry + 66] in _STORAGE_KINDS
        and struct.unpack_from("<H", compound.data, entry + 64)[0] <= 64
        for entry in range(begin, begin + compound.sector_bytes, _ENTRY_BYTES)
    )


def _follow_streams(compound: _Compound, directory: Iterable[int], whole: int) -> list[Mend]:
    """Follow every stream of the directory, and the small streams' table; ``whole`` bytes of the file are left."""
    mends = []
    (cutoff,) = struct.unpack_from("<I", compound.data, 56)
    small_start, small_count = struct.unpack_from("<II", compound.data, 60)
    entries = [
        compound.place(sector) + entry
        for sector in directory
        for entry in range(0, compound.sector_bytes, _ENTRY_BYTES)
    ]
    streams = []
    for entry in entries:
        kind = compound.data[entry + 66]
        start, size = struct.unpack_from("<II", compound.data, entry + 116)
        if kind == _ROOT_KIND or (kind == _STREAM_KIND and size >= cutoff):
            streams.append((entry, start, -(-size // compound.sector_bytes)))
    compound.fill(
        max((start + needed for _entry, start, needed in streams if start < _TABLE_OF_TABLES), default=0)
    )
    compound.follow(small_start, small_count)
    compound.starts |= {start for _entry, start, _needed in streams}
    # what the table still tells comes first, so that no guess runs into it
    for entry, start, needed in sorted(
        streams, key=lambda stream: (not compound.is_told(stream[1], stream[2]), stream[2])
    ):
        found = compound.follow(start, needed)
        (length,) = struct.unpack_from("<H", compound.data, entry + 64)
        name = compound.data[entry : entry + max(length - 2, 0)].decode("utf-16-le", "replace")
        kept = sum(compound.place(sector) + compound.sector_bytes <= whole for sector in found)
        if kept < needed:
            mends.append(Mend("PART_CUT", name, (("kept", kept * compound.sector_bytes),)))
    return mends


def _write_tables(compound: _Compound, directory: int) -> None:
    """Write the new allocation table behind everything else, and lead the header to it."""
    width = compound.sector_bytes // 4
    sectors = compound.count
    tables = further = 0
    while (tables, further) != (
        needed := -(-(sectors + tables + further) // width),
        more := -(-max(needed - _IN_HEADER, 0) // (width - 1)),
    ):
        tables, further = needed, more
    places = list(range(sectors, sectors + tables))
    furthers = list(range(sectors + tables, sectors + tables + further))
    chains = compound.chains | dict.fromkeys(places, _TABLE) | dict.fromkeys(furthers, _TABLE_OF_TABLES)
    numbers = [chains.get(sector, _FREE) for sector in range(tables * width)]
    compound.data += struct.pack(f"<{len(numbers)}I", *numbers)
    rest = places[_IN_HEADER:]
    for index in range(further):
        own = rest[index * (width - 1) : (index + 1) * (width - 1)]
        own += [_FREE] * (width - 1 - len(own))
        following = furthers[index + 1] if index + 1 < further else _END
        compound.data += struct.pack(f"<{width}I", *own, following)
    in_header = (places + [_FREE] * _IN_HEADER)[:_IN_HEADER]
    struct.pack_into("<I", compound.data, 44, tables)
    struct.pack_into("<I", compound.data, 48, directory)
    struct.pack_into("<II", compound.data, 68, furthers[0] if furthers else _END, further)
    struct.pack_into(f"<{_IN_HEADER}I", compound.data, 76, *in_header)
