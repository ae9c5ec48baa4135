"""How much is read of files that are one text."""

from __future__ import annotations

from typing import IO

from converters.inspect.findings import Findings
from converters.inspection import UNREAD

_BYTES = 100_000_000
_CHEAP_BYTES = 4_000_000


def read_head(stream: IO[bytes], findings: Findings, *, deep: bool) -> bytes:
    """The file from its start, as far as the level reads; what the cheap level leaves unread asks for the deep one."""
    stream.seek(0)
    limit = _BYTES if deep else _CHEAP_BYTES
    data = stream.read(limit)
    if not deep and len(data) == limit:
        findings.asks.append(UNREAD)
    return data
