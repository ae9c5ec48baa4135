"""Raw deflate streams in pieces: each piece stands for itself, so that threads deflate them and streams can be joined.

A piece ends with an empty stored block on a byte's border (RFC 1951, 3.2.4); pieces one after another are one stream.
Where the borders lie follows from what is written alone, never from the number of threads: equal input, equal bytes.
"""

from __future__ import annotations

import os
import tempfile
import zlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import IO

PIECE_BYTES = 1 << 20
SPOOL_BYTES = 8_000_000  # deflated, beyond which a spool goes to disk
_COPY_BYTES = 1 << 16
_THOROUGH_PIECES = 4  # what is longer than these is deflated with less effort
_THOROUGH, _QUICK = 6, 3  # measured on rows of a sheet: less than half the time for a fifth more bytes
_MOST_THREADS = 4
_CRC_POLYNOMIAL = 0xEDB88320


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS), "deflate")


def _deflated(data: bytes, level: int) -> bytes:
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush(zlib.Z_FULL_FLUSH)


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
        self.crc = zlib.crc32(piece, self.crc)
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
        self.crc = joined_crc(self.crc, spool.crc, spool.size)
        self.size += spool.size
        spool.copy_to(self._target)

    def finish(self) -> None:
        """Write the rest and the stream's end; the target stays open."""
        self.flush_piece()
        self._target.write(zlib.compressobj(_THOROUGH, zlib.DEFLATED, -zlib.MAX_WBITS).flush())


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


def joined_crc(first: int, second: int, second_size: int) -> int:
    """The CRC-32 of two pieces of data one after another, from theirs: ``first`` times x to the power of the second's
    bits, modulo the polynomial (bits in reversed order, as in RFC 1952, 8)."""
    power, square = 1 << 31, 1 << 23  # x^0 and x^8: a byte
    while second_size:
        if second_size & 1:
            power = _multiplied(square, power)
        square = _multiplied(square, square)
        second_size >>= 1
    return _multiplied(power, first) ^ second


def _multiplied(left: int, right: int) -> int:
    """The product of two polynomials modulo that of CRC-32."""
    product = 0
    for bit in range(31, -1, -1):
        if left >> bit & 1:
            product ^= right
        right = right >> 1 ^ (_CRC_POLYNOMIAL if right & 1 else 0)
    return product
