"""LibreOffice's result made valid ODF 1.3: what breaks the schema is replaced as the table of mends says.

The pass streams, and changes the tags that need it and no other byte. Most results need nothing and are not even
copied. The caller proves that what comes out is well-formed and checks it against the schema.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO

from converters.libreoffice.markup import read_attributes, read_pieces, start_tag
from converters.libreoffice.mends import MARKUP_MENDS, MENDS, MarkupMend, Mend
from converters.libreoffice.zero_starts import SIGN as ZERO_SIGN
from converters.libreoffice.zero_starts import TOGETHER as ZERO_TOGETHER
from converters.libreoffice.zero_starts import ZeroStarts

STYLES, CONTENT = "styles.xml", "content.xml"  # of the document, and of the objects in it
_BLOCK = 1 << 20
_ALL: tuple[Mend | MarkupMend, ...] = (*MARKUP_MENDS, *MENDS)
_SIGNS = (ZERO_SIGN, *(mend.sign for mend in _ALL))
_LONGEST = max(map(len, _SIGNS))
_TOGETHER = frozenset([*ZERO_TOGETHER, *(name.encode() for mend in MARKUP_MENDS for name in mend.elements)])
Pass = Callable[[Iterable[bytes]], Iterator[bytes]]


def mend_package(package: Path, mended: Path) -> frozenset[str] | None:
    """Write ``mended``, ``package`` without what the schema forbids; None, and nothing written, where none is known.

    Answers the properties that now say the nearest thing that ODF can, not the same. Raises zipfile.BadZipFile,
    OSError.
    """
    with zipfile.ZipFile(package) as source:
        names = [name for name in source.namelist() if name.rpartition("/")[2] in (STYLES, CONTENT)]
        signs = {name: _signs(source, name) for name in names}
        # a sign is a suspicion: most parts that have one need nothing
        passes = {
            name: _passes(source, name, signs)
            for name in names
            if _changes(source, name, _passes(source, name, signs))
        }
        if not passes:
            return None
        with zipfile.ZipFile(mended, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                with source.open(entry) as stream:
                    pieces = _through(stream, passes.get(entry.filename, ()))
                    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
                    copy.compress_type, copy.external_attr = entry.compress_type, entry.external_attr
                    with target.open(copy, "w", force_zip64=entry.file_size > 1 << 30) as writer:
                        for piece in pieces:
                            writer.write(piece)
        return frozenset(
            mend.nearest
            for name in passes
            for mend in _ALL
            if mend.nearest and mend.sign in signs[name] and _changes(source, name, (_pass(mend),))
        )


def _passes(source: zipfile.ZipFile, name: str, signs: dict[str, frozenset[bytes]]) -> tuple[Pass, ...]:
    """What a part has to go through; nothing for most."""
    found = signs[name]
    folder, slash, _part = name.rpartition("/")
    styles, content = f"{folder}{slash}{STYLES}", f"{folder}{slash}{CONTENT}"
    passes: list[Pass] = []
    if any(ZERO_SIGN in signs.get(part, ()) for part in (styles, content)):
        zero_starts = ZeroStarts()
        if name == content and styles in signs:
            with source.open(styles) as stream:
                for _piece in zero_starts.mend(read_pieces(stream, _TOGETHER)):
                    pass
        passes.append(zero_starts.mend)
    passes.extend(_pass(mend) for mend in _ALL if mend.sign in found)
    return tuple(passes)


def _changes(source: zipfile.ZipFile, name: str, passes: tuple[Pass, ...]) -> bool:
    if not passes:
        return False
    with source.open(name) as before, source.open(name) as after:
        return any(
            old != new
            for old, new in zip(read_pieces(before, _TOGETHER), _through(after, passes), strict=True)
        )


def _through(stream: IO[bytes], passes: tuple[Pass, ...]) -> Iterator[bytes]:
    pieces: Iterator[bytes] = (
        read_pieces(stream, _TOGETHER) if passes else iter(lambda: stream.read(_BLOCK), b"")
    )
    for go_through in passes:
        pieces = go_through(pieces)
    return pieces


def _signs(source: zipfile.ZipFile, name: str) -> frozenset[bytes]:
    """Which signs of a mend a part holds."""
    found: set[bytes] = set()
    with source.open(name) as stream:
        tail = b""
        while block := stream.read(_BLOCK):
            found.update(sign for sign in _SIGNS if sign not in found and sign in tail + block)
            tail = block[-_LONGEST:]
    return frozenset(found)


def _pass(mend: Mend | MarkupMend) -> Pass:
    return _tag_pass(mend) if isinstance(mend, Mend) else _markup_pass(mend)


def _markup_pass(mend: MarkupMend) -> Pass:
    return lambda pieces: (mend.pattern.sub(mend.replacement, piece) for piece in pieces)


def _tag_pass(mend: Mend) -> Pass:
    names = b"|".join(re.escape(name.encode()) for name in mend.elements)
    tag = re.compile(rb"<(" + names + rb")(?=[\s/>])([^<>]*?)(/?)>")

    def mended(match: re.Match[bytes]) -> bytes:
        name, text, end = match.groups()
        if not mend.trigger.search(text):
            return match[0]
        attributes = read_attributes(text)
        mend.apply(attributes)
        return start_tag(name, attributes, end)

    return lambda pieces: (tag.sub(mended, piece) for piece in pieces)
