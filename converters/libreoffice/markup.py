"""LibreOffice's XML in pieces that end between tags: what the passes over its results work on.

They rely on how LibreOffice writes (``sax/source/expatwrap/saxwriter.cxx``): attributes in double quotes, ``<`` and
``>`` never bare in a value, no comments, no sections.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO

Attributes = dict[str, str]
"""Names with LibreOffice's prefixes; values as they stand, with entities."""

_BLOCK = 1 << 20
_NAME = re.compile(rb"</?([\w:.-]+)")
_ATTRIBUTE = re.compile(rb'([^\s="]+)="([^"]*)"')


def read_pieces(stream: IO[bytes], together: Collection[bytes]) -> Iterator[bytes]:
    """The bytes of a part. No piece begins with a tag of the elements ``together``, nor ends behind one: what is
    looked at with its neighbours is never looked at in two halves."""
    kept = b""
    while block := stream.read(_BLOCK):
        kept += block
        end = len(kept)
        while (end := kept.rfind(b"<", 0, end)) > 0:
            before = kept.rfind(b"<", 0, end)
            names = {match[1] for start in (before, end) if (match := _NAME.match(kept, start))}
            if before >= 0 and names.isdisjoint(together) and _complete(kept, end):
                yield kept[:end]
                kept = kept[end:]
                break
    yield kept


def _complete(data: bytes, start: int) -> bool:
    """Whether the name of the tag at ``start`` is all there."""
    match = _NAME.match(data, start)
    return match is not None and match.end() < len(data)


def read_attributes(text: bytes) -> Attributes:
    """The attributes of a start tag, in their order."""
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(text)}


def start_tag(element: bytes, attributes: Attributes, end: bytes) -> bytes:
    """A start tag; ``end`` is ``/`` for an empty element."""
    text = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return b"<" + element + text.encode() + end + b">"
