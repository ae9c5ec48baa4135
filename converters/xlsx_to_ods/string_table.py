"""Strings by index that need little memory of their own: beyond a limit they lie in a file that is mapped, not read."""

from __future__ import annotations

import mmap
import tempfile
from array import array
from itertools import accumulate
from typing import IO

MEMORY_BYTES = 4_000_000
_RELEASED_BYTES = 16_000_000  # a mapped file of less stays mapped in
_START, _END = b"<text:p>", b"</text:p>"


class _Store:
    """Bytes that are appended, then read as one buffer."""

    def __init__(self) -> None:
        self._gathered = bytearray()
        self._file: IO[bytes] | None = None
        self._size = 0
        self._map: mmap.mmap | None = None

    def add(self, data: bytes) -> None:
        self._gathered += data
        self._size += len(data)
        if len(self._gathered) > MEMORY_BYTES:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the store)
            self._file.write(self._gathered)
            self._gathered.clear()

    def sealed(self) -> bytes | mmap.mmap:
        if self._file is None:
            data = bytes(self._gathered)
            self._gathered.clear()
            return data
        self._file.write(self._gathered)
        self._file.flush()
        self._gathered.clear()
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map

    def release(self) -> None:
        """Give pages back that were mapped in; they come again when they are asked for."""
        if self._map is not None and self._size > _RELEASED_BYTES and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)


class StringTable:
    """ODF fragments by index. First filled by ``add``, then, after ``seal``, asked.

    ``data`` and ``ends`` are the buffers that it is made of, for the scanner of rows: fragment ``i`` lies in ``data``
    from ``ends[i]`` to ``ends[i + 1]``.
    """

    def __init__(self) -> None:
        self._texts, self._positions = _Store(), _Store()
        self._gathered = array("Q", (0,))
        self._length = 0
        self._end = 0
        self.data: bytes | mmap.mmap = b""
        self.ends: memoryview = memoryview(array("Q", (0,)))

    def add(self, fragment: bytes) -> None:
        self._add(fragment, [len(fragment)])

    def add_paragraphs(self, texts: list[bytes]) -> None:
        """Fragments of one paragraph each, by the paragraphs' content."""
        around = len(_START) + len(_END)
        self._add(
            _START + (_END + _START).join(texts) + _END if texts else b"",
            [len(text) + around for text in texts],
        )

    def _add(self, fragments: bytes, lengths: list[int]) -> None:
        self._texts.add(fragments)
        ends = accumulate(lengths, initial=self._end)
        next(ends)
        self._gathered.extend(ends)
        self._end += len(fragments)
        self._length += len(lengths)
        if len(self._gathered) > MEMORY_BYTES >> 6:
            self._flush_positions()

    def _flush_positions(self) -> None:
        self._positions.add(self._gathered.tobytes())
        del self._gathered[:]

    def seal(self) -> None:
        self._flush_positions()
        self.data = self._texts.sealed()
        self.ends = memoryview(self._positions.sealed()).cast("Q")

    def release(self) -> None:
        """Between two blocks of rows: keep no more of a large table in memory than the next ones ask for."""
        self._texts.release()
        self._positions.release()

    def __len__(self) -> int:
        return self._length

    def fragment(self, index: int) -> bytes:
        """In UTF-8. Raises IndexError."""
        if not 0 <= index < self._length:
            raise IndexError(index)
        return self.data[self.ends[index] : self.ends[index + 1]]

    def __getitem__(self, index: int) -> str:
        """Raises IndexError."""
        return self.fragment(index).decode()
