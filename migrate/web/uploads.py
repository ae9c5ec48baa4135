"""Forms read within bounds: bytes are counted as they come, files go to disk, and no body is held in memory."""

from __future__ import annotations

import asyncio

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message, Receive

_SMALL_BYTES = 100_000  # a form without files
_ENVELOPE_BYTES = 100_000  # what a form with a file has besides it
_LONGEST_FIELD = 20_000
_MOST_FIELDS = 50
_MOST_FILES = 5
_SECONDS = 900.0
# how much more than the limit is taken and thrown away, so that a browser gets to read why
_DRAINED_TIMES = 10
_DRAIN_SECONDS = 120.0


class TooLarge(Exception):
    """A form larger than it may be."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit_bytes)
        self.limit_bytes = limit_bytes


async def read_form(request: Request, upload_bytes: int | None) -> FormData:
    """The form of a request; ``upload_bytes`` is the limit of one that may carry files.

    Raises TooLarge, and HTTPException 400 for what is no form. Whoever calls closes it.
    """
    limit = _SMALL_BYTES if upload_bytes is None else upload_bytes
    most = limit + (_ENVELOPE_BYTES if upload_bytes is not None else 0)
    if _declared(request) > most:
        await _drain(request.receive, most * _DRAINED_TIMES)
        raise TooLarge(limit)
    counted = Request(request.scope, _counting(request.receive, most, limit))
    try:
        async with asyncio.timeout(_SECONDS):
            return await counted.form(
                max_files=_MOST_FILES if upload_bytes is not None else 0,
                max_fields=_MOST_FIELDS,
                max_part_size=_LONGEST_FIELD,
            )
    except TooLarge:
        await _drain(request.receive, most * _DRAINED_TIMES)
        raise


def _declared(request: Request) -> int:
    """What the header Content-Length says; 0 where it says nothing."""
    text = request.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _counting(receive: Receive, most: int, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise TooLarge(limit)
        return message

    return counted


async def _drain(receive: Receive, most: int) -> None:
    """Take what still comes, up to a bound, and keep none of it: a browser that is cut off while it sends shows a page
    of its own, and nobody would know why."""
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while most > 0:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
                most -= len(message.get("body", b""))
    except TimeoutError:
        return
