"""The typefaces that an ODF file uses for Latin text, and those it brings along.

Counted are the names that styles refer to, of paragraphs, cells, shapes and lists; a declaration that nothing refers
to is no use. Symbol fonts are left out: their characters became others, or stand for pictures.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from converters.losses import LossLog
from converters.typefaces import Presence, Typeface

_BLOCK, _MOST = 1 << 16, 8_000_000
_BODY = b"<office:body"
_FACE = re.compile(rb'<style:font-face\b[^>]*?\bstyle:name="([^"]*)"[^>]*?(/?)>', re.DOTALL)
_FAMILY = re.compile(rb' svg:font-family="([^"]*)"')
_USED = re.compile(
    rb' style:font-name="([^"]*)"'
)  # a pattern that begins with a literal is sought ten times as fast
_SOURCE = b"<svg:font-face-src"
# what LibreOffice's own styles name
_OWN = frozenset((b"Liberation Sans", b"Liberation Serif", b"Liberation Mono", b"Noto Sans", b"DejaVu Sans"))
_SYMBOLS = frozenset(
    ("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "opensymbol", "starsymbol")
)


class UsedTypefaces(NamedTuple):
    names: tuple[str, ...]
    embedded: tuple[str, ...]


def typefaces_of_odf(path: Path, *, by_libreoffice: bool = False) -> UsedTypefaces:
    """In order of name; empty for a file that is no package.

    Named styles of a result ``by_libreoffice`` hold its own typefaces too, which nothing may use: they do not count there.
    """
    families: dict[bytes, str] = {}
    used: set[bytes] = set()
    embedded: set[str] = set()
    try:
        with zipfile.ZipFile(path) as archive:
            for part in ("styles.xml", "content.xml"):
                data = _head(archive, part)
                found = set(_USED.findall(data))
                used |= found - _OWN if by_libreoffice and part == "styles.xml" else found
                for name, family, has_source in _faces(data):
                    families[name] = family
                    if has_source:
                        embedded.add(family)
    except (zipfile.BadZipFile, zlib.error, OSError, KeyError, EOFError):
        return UsedTypefaces((), ())
    names = {families.get(name) or _text(name) for name in used}
    shown = sorted(name for name in names if name and name.casefold() not in _SYMBOLS)
    return UsedTypefaces(tuple(shown), tuple(sorted(embedded)))


def _head(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part up to the document's body: its declarations and styles."""
    data = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            data += block
            position = data.find(_BODY, max(0, len(data) - len(block) - len(_BODY)))
            if position >= 0:
                return data[:position]
            if len(data) > _MOST:
                break
    return data


def _faces(data: bytes) -> list[tuple[bytes, str, bool]]:
    """(name, family, whether the file holds it) of each declaration."""
    found = []
    for match in _FACE.finditer(data):
        family = _FAMILY.search(match[0])
        first = html.unescape(_text(family[1])).split(",")[0].strip("' \"") if family else ""
        inside = b"" if match[2] else data[match.end() : data.find(b"</style:font-face>", match.end())]
        found.append((match[1], first, _SOURCE in inside))
    return found


def _text(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))


def report_typefaces(typefaces: Iterable[Typeface], log: LossLog) -> None:
    """What the readers' machines will show otherwise: in other widths, or only in other shapes."""
    for typeface in typefaces:
        if typeface.presence is Presence.MISSING:
            log.report("TYPEFACE_MISSING", typeface=typeface.name)
        elif typeface.presence is Presence.TWIN:
            log.report("TYPEFACE_REPLACED", typeface=typeface.name, twin=typeface.twin)
