"""Raw deflate streams in pieces: each piece stands for itself, so that threads deflate them and streams can be joined.

A piece ends with an empty stored block on a byte's border (RFC 1951, 3.2.4); pieces one after another are one stream.
Where the borders lie follows from what is written alone, never from the number of threads: equal input, equal bytes.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import IO

from zlib_ng import zlib_ng

PIECE_BYTES = 1 << 20
SPOOL_BYTES = 8_000_000  # deflated, beyond which a spool goes to disk
_COPY_BYTES = 1 << 16
_THOROUGH_PIECES = 4  # what is longer than these is deflated with less effort
_THOROUGH, _QUICK = 5, 2  # measured on rows of a sheet: 0.4 of the time for a quarter more bytes
_MOST_THREADS = 4
_END = zlib_ng.compressobj(_THOROUGH, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS).flush()  # an empty last block


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS), "deflate")


def _deflated(data: bytes, level: int) -> bytes:
    compressor = zlib_ng.compressobj(level, zlib_ng.DEFLATED, -zlib_ng.MAX_WBITS)
    return compressor.compress(data) + compressor.flush(zlib_ng.Z_FULL_FLUSH)


class DeflateStream:
    """Deflates what is written to ``target``. ``size`` and ``crc`` are those of the data, known after ``finish``."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._pending = bytearray()
        self._pieces = 0
        self._futures: deque[Future[bytes]] = deque()
        self.size = 0
        self.crc = 0

    def write(self, data: bytes) -> int:
        self._pending += data
        while len(self._pending) >= PIECE_BYTES:
            self._cut(PIECE_BYTES)
        return len(data)

    def _cut(self, length: int) -> None:
        piece = bytes(self._pending[:length])
        del self._pending[:length]
        self.crc = zlib_ng.crc32(piece, self.crc)
        self.size += length
        level = _THOROUGH if self._pieces < _THOROUGH_PIECES else _QUICK
        self._pieces += 1
        if self._pieces == 1 or length < PIECE_BYTES:  # most documents are no longer than this
            self._drain(0)
            self._target.write(_deflated(piece, level))
            return
        self._futures.append(_threads().submit(_deflated, piece, level))
        self._drain(_MOST_THREADS + 1)

    def _drain(self, most: int) -> None:
        """Write finished pieces in order until at most so many are under way."""
        while len(self._futures) > most:
            self._target.write(self._futures.popleft().result())

    def flush_piece(self) -> None:
        """End the piece under way and write all that is finished."""
        if self._pending:
            self._cut(len(self._pending))
        self._drain(0)

    def append(self, spool: DeflateSpool) -> None:
        """All that a spool holds, as it is deflated already. The spool must be finished."""
        self.flush_piece()
        self.crc = zlib_ng.crc32_combine(self.crc, spool.crc, spool.size)
        self.size += spool.size
        spool.copy_to(self._target)

    def finish(self) -> None:
        """Write the rest and the stream's end; the target stays open."""
        self.flush_piece()
        self._target.write(_END)


class DeflateSpool(DeflateStream):
    """A deflate stream kept for another to :meth:`~DeflateStream.append`: in memory while small, then on disk."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115
        super().__init__(self._file)

    def copy_to(self, target: IO[bytes]) -> None:
        self._file.seek(0)
        while block := self._file.read(_COPY_BYTES):
            target.write(block)

    def close(self) -> None:
        self._file.close()
