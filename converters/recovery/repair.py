"""A damaged file made into one that converters read, and the words of it that a result lacks. For a worker."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from converters.errors import Refused
from converters.identify import identify
from converters.identify_ole import SIGNATURE
from converters.ooxml.package import Package
from converters.ooxml.xml import read_xml
from converters.recovery.compound import mend_compound
from converters.recovery.package import Mend, recover

_COMPOUND_BYTES = 200_000_000  # of a compound file, which is mended in memory
_BLANKS = re.compile(r"[\s\u00ad\u200b-\u200f\ufeff]+")


Text = tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]  # part, paragraphs in pieces


@dataclass(frozen=True, slots=True)
class Repair:
    """``kind`` is a code of KINDS, empty where the mended package tells none; ``text`` its words by part."""

    kind: str
    mends: tuple[Mend, ...]
    text: Text


def repair(source: Path, target: Path) -> Repair:
    """Write what can be had of ``source`` as a package, or a compound file, to ``target``.

    Raises as :func:`recover`; Refused DAMAGED_OLE, LIMIT_FILE_SIZE; OSError.
    """
    if is_compound(source):
        return _repair_compound(source, target)
    recovery = recover(source)
    target.write_bytes(recovery.data)
    text = tuple((part, tuple(rows)) for part, rows in recovery.text.items())
    return Repair(recovery.kind, tuple(recovery.mends), text)


def is_compound(path: Path) -> bool:
    """Whether a file begins as the containers of Office 97 to 2003 do."""
    with path.open("rb") as stream:
        return stream.read(len(SIGNATURE)) == SIGNATURE


def _repair_compound(source: Path, target: Path) -> Repair:
    """Its words are not known: only LibreOffice reads them."""
    size = source.stat().st_size
    if size > _COMPOUND_BYTES:
        raise Refused("LIMIT_FILE_SIZE", bytes=size, limit=_COMPOUND_BYTES)
    data, mends = mend_compound(source.read_bytes())
    target.write_bytes(data)
    identity = identify(target)
    if identity.refusal() is not None:
        raise Refused("DAMAGED_OLE", detail=identity.error or identity.kind)
    return Repair(identity.kind, tuple(mends), ())


def text_of_odf(path: Path) -> str:
    """All words of an ODF package, also those of headers and of embedded objects; notes and comments behind the rest.

    Raises Refused as :class:`converters.ooxml.package.Package` does.
    """
    found: list[str] = []
    with Package(path) as package:
        for name in package.part_names:
            if name.endswith(("content.xml", "styles.xml")):
                _add_text(read_xml(package.read(name), name), found)
    return "".join(found)


def _add_text(root: etree._Element, found: list[str]) -> None:
    apart = list(root.iter(*_APART))
    for element in apart:  # out of the paragraph that they stand in
        found += element.itertext()
        tail, element.tail = element.tail or "", None
        element.clear()
        element.tail = tail
    found += root.itertext()


def words_missing(text: Text, shown: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The paragraphs and cells of ``text``, by part, of which ``shown`` lacks a piece; blanks count for nothing."""
    whole = _plain(shown)

    def is_missing(pieces: tuple[str, ...]) -> bool:
        return _plain("".join(pieces)) not in whole and any(_plain(piece) not in whole for piece in pieces)

    found = ((part, tuple("".join(row) for row in rows if is_missing(row))) for part, rows in text)
    return tuple((part, rows) for part, rows in found if rows)


def _plain(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


_APART = tuple(
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}{tag}"
    for name, tag in (("text", "note"), ("office", "annotation"), ("text", "note-citation"))
)
