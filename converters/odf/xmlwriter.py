"""A streaming XML writer: elements by prefixed name, in document order, never a tree.

Namespaces are declared once on the root, so names are written as they are given. Attributes whose value is None are
left out. Characters that XML 1.0 forbids are dropped (2.2).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import IO

from converters.odf.deflate import DeflateSpool, DeflateStream

FLUSH_CHARACTERS = 65_536
Attributes = Mapping[str, "str | None"]

_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE = {**_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_FORBIDDEN = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_TEXT_SPECIAL = re.compile(f"[&<>\r{_FORBIDDEN}]")
_ATTRIBUTE_SPECIAL = re.compile(f'[&<>\r"\n\t{_FORBIDDEN}]')


def escape_text(text: str) -> str:
    if _TEXT_SPECIAL.search(text) is None:
        return text
    return _TEXT_SPECIAL.sub(lambda match: _TEXT.get(match[0], ""), text)


def escape_attribute(text: str) -> str:
    if _ATTRIBUTE_SPECIAL.search(text) is None:
        return text
    return _ATTRIBUTE_SPECIAL.sub(lambda match: _ATTRIBUTE.get(match[0], ""), text)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape_attribute(value)}"'


_SHORT = 64  # such values are few in a document: names, lengths, colours
_short_attribute = lru_cache(16_384)(_attribute)


class XmlWriter:
    """Writes to a binary stream in UTF-8, or into memory for a :meth:`fragment`."""

    __slots__ = ("_chunks", "_open", "_pending", "_size", "_stream")

    def __init__(self, stream: IO[bytes] | DeflateStream | None = None, *, declaration: bool = False) -> None:
        self._stream = stream
        self._chunks: list[str] = []
        self._size = 0
        self._open: list[str] = []
        self._pending = False  # a start tag still lacks its ">"
        if declaration:
            self._chunks.append('<?xml version="1.0" encoding="UTF-8"?>\n')

    def _put(self, text: str) -> None:
        self._chunks.append(text)
        self._size += len(text)
        if self._size > FLUSH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        self._size = 0
        if self._stream is not None:
            self._stream.write("".join(self._chunks).encode("utf-8", "ignore"))
            self._chunks.clear()

    def start(self, name: str, attributes: Attributes | None = None) -> None:
        tag = "><" + name if self._pending else "<" + name
        if attributes:
            for key, value in attributes.items():
                if value is not None:
                    tag += _short_attribute(key, value) if len(value) < _SHORT else _attribute(key, value)
        self._open.append(name)
        self._pending = True
        self._chunks.append(tag)
        self._size += len(tag)
        if self._size > FLUSH_CHARACTERS:
            self.flush()

    def end(self) -> None:
        name = self._open.pop()
        if self._pending:
            self._pending = False
            self._put("/>")
        else:
            self._put("</" + name + ">")

    def empty(self, name: str, attributes: Attributes | None = None) -> None:
        self.start(name, attributes)
        self.end()

    def element(self, name: str, attributes: Attributes | None = None) -> _Element:
        """For a ``with`` block, which writes the element's content."""
        return _Element(self, name, attributes)

    def text_element(self, name: str, text: str, attributes: Attributes | None = None) -> None:
        self.start(name, attributes)
        self.text(text)
        self.end()

    def text(self, text: str) -> None:
        """Character data as it is; text with runs of spaces, tabs and breaks goes through ``odf.text``."""
        if text:
            self.raw(text if _TEXT_SPECIAL.search(text) is None else escape_text(text))

    def raw(self, xml: str) -> None:
        """Well-formed content that this writer's sibling made (:meth:`fragment`)."""
        if xml:
            if self._pending:
                xml = ">" + xml
                self._pending = False
            self._chunks.append(xml)
            self._size += len(xml)
            if self._size > FLUSH_CHARACTERS:
                self.flush()

    def fragment(self, write: Callable[[XmlWriter], None]) -> str:
        """What ``write`` writes, as text, for content whose place in the document comes later."""
        writer = XmlWriter()
        write(writer)
        return writer.result()

    def raw_bytes(self, xml: bytes) -> None:
        """Well-formed UTF-8 content of any length, for a writer with a stream."""
        self.raw(" " if self._pending else "")
        self.flush()
        if self._stream is not None:
            self._stream.write(xml)

    def append_spool(self, spool: DeflateSpool) -> None:
        """Well-formed content that was deflated before, for a writer into a deflate stream."""
        self.raw(" ")
        self.flush()
        if not isinstance(self._stream, DeflateStream):
            raise TypeError("no deflate stream")
        self._stream.append(spool)

    @property
    def depth(self) -> int:
        return len(self._open)

    def result(self) -> str:
        """All that was written, for a writer without a stream. Every element must be closed."""
        if self._open:
            raise ValueError(f"unclosed: {self._open}")
        return "".join(self._chunks)

    def close(self) -> None:
        """Flush. Raises ValueError when an element is still open; the stream stays open."""
        if self._open:
            raise ValueError(f"unclosed: {self._open}")
        self.flush()


class _Element:
    """An element around a ``with`` block; what a generator would do, in a third of its time."""

    __slots__ = ("_attributes", "_name", "_writer")

    def __init__(self, writer: XmlWriter, name: str, attributes: Attributes | None) -> None:
        self._writer, self._name, self._attributes = writer, name, attributes

    def __enter__(self) -> None:
        self._writer.start(self._name, self._attributes)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._writer.end()


def document_bytes(write: Callable[[XmlWriter], None]) -> bytes:
    """A whole small XML document in memory."""
    stream = io.BytesIO()
    writer = XmlWriter(stream, declaration=True)
    write(writer)
    writer.close()
    return stream.getvalue()
