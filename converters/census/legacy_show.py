"""The census of PowerPoint's binary files (97 to 2003): slides with their text, pictures, tables, comments, links.

Only what the last save left is read: a file holds earlier versions of its slides too, and the last directory of
persistent objects says which ones count. Sources: [MS-PPT] 2.1.2 (reading the file), 2.3.3 (UserEditAtom), 2.4.14.3
(SlideListWithTextContainer), 2.5.1 (SlideContainer), 2.9.76 (ClientTextbox), 2.10.16 (ExHyperlinkContainer).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import olefile

from converters.census.legacy_drawings import (
    GROUP_CONTAINER,
    PICTURE_FRAME,
    SHAPE,
    SHAPE_CONTAINER,
    art_text,
    is_table,
    walk,
)
from converters.census.record import Census
from converters.errors import Refused
from converters.ole_records import art_records

_STREAM_BYTES = 500_000_000
_USER_EDIT, _PERSIST_DIRECTORY, _DOCUMENT, _SLIDE = 0x0FF5, 0x1772, 0x03E8, 0x03EE
_SLIDE_LIST, _SLIDE_PERSIST = 0x0FF0, 0x03F3
_TEXT_HEADER, _TEXT_CHARACTERS, _TEXT_BYTES, _OUTLINE_REFERENCE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E
_TEXT_BOX, _OBJECT_REFERENCE, _TAG_DATA = 0xF00D, 0x0BC1, 0x138B
_COMMENT = b"\x0f\x00\xe0\x2e"  # the head of a Comment10Container
_LINK, _LINK_ATOM, _STRING, _INTERACTION = 0x0FD7, 0x0FD3, 0x0FBA, 0x0FF3
_EMBEDDED, _OBJECT_ATOM = 0x0FCC, 0x0FC3  # ExOleEmbedContainer, ExOleObjAtom
_TO_LINK = 4  # InteractiveInfoAtom.action
# fields within a text: of its slide number, dates, header and footer, which stand as one character each (2.9.49 ff.)
_FIELDS = frozenset([0x0FD8, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x1015])
_UNKNOWN = "\ufffc"


class _Show:
    """The stream of a presentation and where its live objects begin. Raises Refused DAMAGED_OLE."""

    def __init__(self, ole: olefile.OleFileIO) -> None:
        self.data = ole.openstream("PowerPoint Document").read(_STREAM_BYTES)
        user = ole.openstream("Current User").read(20) if ole.exists("Current User") else b""
        if len(user) < 20:
            raise Refused("DAMAGED_OLE", detail="Current User")
        self.offsets: dict[int, int] = {}
        self.document = 0
        self._read_edits(struct.unpack_from("<I", user, 16)[0])

    def _read_edits(self, offset: int) -> None:
        """The directory of each save, the last one first: what it says of an object goes before what older ones say."""
        directories: set[int] = set()
        while True:
            kind, first, last = self.record(offset)
            if kind != _USER_EDIT or last - first < 20:
                break
            earlier, directory, document = struct.unpack_from("<III", self.data, first + 8)
            self.document = self.document or document
            if directory not in directories:
                self._read_directory(directory)
            directories.add(directory)
            if not 0 < earlier < offset:  # each save stands behind the one before
                break
            offset = earlier
        if not self.offsets:
            raise Refused("DAMAGED_OLE", detail="UserEditAtom")

    def _read_directory(self, offset: int) -> None:
        kind, position, last = self.record(offset)
        if kind != _PERSIST_DIRECTORY:
            raise Refused("DAMAGED_OLE", detail="PersistDirectoryAtom")
        while position + 4 <= last:
            (entry,) = struct.unpack_from("<I", self.data, position)
            position += 4
            number, count = entry & 0xFFFFF, entry >> 20
            for index in range(min(count, (last - position) // 4)):
                (found,) = struct.unpack_from("<I", self.data, position + 4 * index)
                self.offsets.setdefault(number + index, found)
            position += 4 * count

    def record(self, offset: int) -> tuple[int, int, int]:
        """(type, first byte of the content, byte behind it) of the record at an offset; type 0 outside the stream."""
        if offset + 8 > len(self.data):
            return 0, len(self.data), len(self.data)
        _head, kind, size = struct.unpack_from("<HHI", self.data, offset)
        return kind, offset + 8, min(offset + 8 + size, len(self.data))

    def persistent(self, number: int, wanted: int) -> tuple[int, int] | None:
        """Where the content of a persistent object stands, if it is of the type that is wanted."""
        kind, first, last = self.record(self.offsets.get(number, len(self.data)))
        return (first, last) if kind == wanted else None


def census_of_show(ole: olefile.OleFileIO) -> Census:
    """Raises Refused DAMAGED_OLE, and what olefile raises on broken tables."""
    show = _Show(ole)
    document = show.persistent(show.document, _DOCUMENT)
    if document is None:
        raise Refused("DAMAGED_OLE", detail="DocumentContainer")
    census = Census()
    links, objects = dict(_links(show.data, *document)), set(_objects(show.data, *document))
    for number, texts in _slide_list(show.data, *document):
        place = show.persistent(number, _SLIDE)
        if place is None:
            continue
        census.counts["slides"] += 1
        _count_slide(census, show.data, *place, texts, links)
        census.counts["objects"] += sum(
            struct.unpack_from("<I", show.data, first)[0] in objects
            for kind, _instance, first, last in walk(show.data, *place)
            if kind == _OBJECT_REFERENCE and last - first >= 4
        )
    return census


def _slide_list(data: bytes, first: int, last: int) -> Iterator[tuple[int, list[str]]]:
    """(number of the persistent object, texts that the outline keeps) of each slide."""
    for _version, instance, kind, start, end in art_records(data, first, last):
        if kind != _SLIDE_LIST or instance != 0:
            continue
        slide: tuple[int, list[str]] | None = None
        for _v, _i, inner, here, there in art_records(data, start, end):
            if inner == _SLIDE_PERSIST:
                if slide is not None:
                    yield slide
                slide = struct.unpack_from("<I", data, here)[0], []
            elif slide is not None:
                _gather_text(inner, data[here:there], slide[1])
        if slide is not None:
            yield slide


def _gather_text(kind: int, content: bytes, texts: list[str]) -> None:
    """Take a record of a text into account: a header begins one, characters fill it, fields hide one of them."""
    if kind == _TEXT_HEADER:
        texts.append("")
    elif not texts:
        return
    elif kind == _TEXT_CHARACTERS:
        texts[-1] = content.decode("utf-16-le", "replace")
    elif kind == _TEXT_BYTES:
        texts[-1] = content.decode("latin-1")
    elif kind in _FIELDS and len(content) >= 4:
        (position,) = struct.unpack_from("<I", content)
        text = texts[-1]
        if position < len(text):
            texts[-1] = text[:position] + _UNKNOWN + text[position + 1 :]


def _objects(data: bytes, first: int, last: int) -> Iterator[int]:
    """The numbers of the embedded objects that the document lists; not of controls and films (2.10.27)."""
    for kind, _instance, start, end in walk(data, first, last):
        if kind != _EMBEDDED:
            continue
        for _version, _i, inner, here, there in art_records(data, start, end):
            if inner == _OBJECT_ATOM and there - here >= 12:
                yield struct.unpack_from("<I", data, here + 8)[0]


def _links(data: bytes, first: int, last: int) -> Iterator[tuple[int, str]]:
    """(number, target) of the hyperlinks that the document lists."""
    for kind, _instance, start, end in walk(data, first, last):
        if kind != _LINK:
            continue
        number, target, place = -1, "", ""
        for _version, instance, inner, here, there in art_records(data, start, end):
            if inner == _LINK_ATOM:
                (number,) = struct.unpack_from("<I", data, here)
            elif inner == _STRING and instance == 1:
                target = data[here:there].decode("utf-16-le", "replace").rstrip("\x00")
            elif inner == _STRING and instance == 3:
                place = data[here:there].decode("utf-16-le", "replace").rstrip("\x00")
        yield number, f"{target}#{place}" if target and place else target


def _count_slide(
    census: Census, data: bytes, first: int, last: int, outline: list[str], links: dict[int, str]
) -> None:
    table_end = 0  # of the table around, whose cells stand in any order
    for kind, _instance, start, end in walk(data, first, last):
        if kind == SHAPE_CONTAINER:
            _count_shape(census, data, start, end)
        elif kind == GROUP_CONTAINER and is_table(data, start, end):
            census.counts["tables"] += 1
            table_end = end
        elif kind == _TEXT_BOX:
            for text in _box_texts(data, start, end, outline):
                _add_text(census, text, in_order=start >= table_end)
        elif kind == _INTERACTION and end - start >= 9 and data[start + 8] == _TO_LINK:
            census.add_link(links.get(struct.unpack_from("<I", data, start + 4)[0], ""))
        elif kind == _TAG_DATA:
            census.counts["comments"] += data.count(_COMMENT, start, end)


def _box_texts(data: bytes, first: int, last: int, outline: list[str]) -> list[str]:
    """The texts of a text box: its own, or those of the outline that it refers to."""
    texts: list[str] = []
    for _version, _instance, kind, start, end in art_records(data, first, last):
        if kind == _OUTLINE_REFERENCE and end - start >= 4:
            (index,) = struct.unpack_from("<I", data, start)
            texts.append(outline[index] if index < len(outline) else "")
        else:
            _gather_text(kind, data[start:end], texts)
    return texts


def _add_text(census: Census, text: str, *, in_order: bool) -> None:
    for paragraph in text.split("\r"):
        words = paragraph.replace("\x0b", " ").split()
        census.add_text(" ".join(word for word in words if _UNKNOWN not in word), in_order=in_order)


def _count_shape(census: Census, data: bytes, first: int, last: int) -> None:
    picture = foreign = False
    for kind, instance, _start, _end in walk(data, first, last):
        picture |= kind == SHAPE and instance == PICTURE_FRAME
        foreign |= kind == _OBJECT_REFERENCE  # an object, a control or a film, shown by its picture
    census.counts["pictures"] += picture and not foreign
    if text := art_text(data, first, last):
        census.add_text(text, in_order=False)
