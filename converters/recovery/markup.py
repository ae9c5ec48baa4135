"""Markup that is cut or changed, made well-formed again without leaving out a word that it holds.

A parser that recovers by itself stops at the first end tag that closes its root, and drops what it takes for a broken
tag. Here the pieces are told apart by their own signs: what is no tag is text, a tag that closes nothing is left out,
what is open at the end is closed, and a name that differs from its partner in one character is the more usual of both.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from converters.errors import Refused
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.xml import read_xml

_PIECE = re.compile(r"<[^<>]*>?|[^<]+")
_NAME = r"[A-Za-z_][\w.\-]*(?::[A-Za-z_][\w.\-]*)?"
_TAG = re.compile(rf"<(/?)({_NAME})((?:\s+[^\s=\"'<>/]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(/?)(>?)")
_ATTRIBUTE = re.compile(rf"({_NAME})\s*=\s*(\"[^\"<]*\"|'[^'<]*')")
_LOST_START = re.compile(rf"[^<>]?(/?)({_NAME})((?:\s+{_NAME}=\"[^\"<>]*\")*)\s*(/?)>")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 100
_USUAL = 2  # a name that occurs so often is one of the document's

_NAMESPACE = re.compile(rb'\sxmlns(?::([A-Za-z][\w.\-]*))?="([^"<>]*)"')
_PLAIN = ("x", "rel", "ct", "ep", "op")  # prefixes of the namespaces that are usually declared without one
# root element without a prefix -> the prefix of its namespace
_ROOTS = {
    **dict.fromkeys(("worksheet", "workbook", "sst", "styleSheet", "comments", "table", "chartsheet"), "x"),
    "Relationships": "rel",
    "Types": "ct",
    "Properties": "ep",
}


@dataclass(slots=True)
class _Element:
    name: str
    attributes: str
    position: int  # of its start tag in the output


@dataclass(slots=True)
class _Mended:
    """The output while it grows."""

    counts: Counter[str]
    pieces: list[str] = field(default_factory=list)
    open: list[_Element] = field(default_factory=list)

    def text(self, text: str) -> None:
        if self.open:
            text = _ENTITY.sub("&amp;", _REFERENCE.sub(_allowed, text))
            self.pieces.append(text.replace("<", "&lt;").replace(">", "&gt;"))

    def start(self, name: str, attributes: str, *, empty: bool) -> None:
        if len(self.open) > _DEEPEST:
            self._leave(name)
            if len(self.open) > _DEEPEST:
                return
        position = len(self.pieces)
        self.pieces.append(f"<{name}{_clean_attributes(attributes)}>")
        self.open.append(_Element(name, attributes, position))
        if empty and len(self.open) > 1:
            self._close()

    def end(self, name: str) -> None:
        if len(self.open) < 2:
            return
        names = [element.name for element in self.open]
        if names[-1] == name:
            self._close()
        elif name in names[1:-1]:
            while self.open[-1].name != name:
                self._close()
            self._close()
        elif _differ_in_one(name, names[-1]):
            self._rename(name)
            self._close()

    def _leave(self, name: str) -> None:
        """Close what is open down to an element of this name, so that the next one stands beside it: a document does
        not go so deep, end tags are missing."""
        if any(element.name == name for element in self.open[1:]):
            while self.open[-1].name != name:
                self._close()
            self._close()

    def finish(self) -> str:
        while self.open:
            self._close()
        return "".join(self.pieces)

    def _close(self) -> None:
        self.pieces.append(f"</{self.open.pop().name}>")

    def _rename(self, name: str) -> None:
        """Give the innermost element the name of its end tag where that is the more usual of both."""
        element = self.open[-1]
        if self.counts[name] > self.counts[element.name]:
            element.name = name
            self.pieces[element.position] = f"<{name}{_clean_attributes(element.attributes)}>"


def mend_xml(data: bytes, part: str) -> tuple[bytes, bool]:
    """A part as well-formed XML, and whether that took a change; ``b""`` where nothing of it is markup.

    Raises Refused DOCTYPE_FORBIDDEN, LIMIT_DEPTH: what is hostile is not mended.
    """
    given = data
    data = _NAMESPACE.sub(_near_namespace, data)
    try:
        read_xml(data, part)
    except Refused as refusal:
        if refusal.code not in ("DAMAGED_XML", "LIMIT_DEPTH"):  # end tags that are gone look like depth
            raise
    else:
        return data, data != given
    text = _FORBIDDEN.sub("", _decoded(data))
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise Refused("DOCTYPE_FORBIDDEN", part=part)
    mended = _declared(_mended(text)).encode()
    try:
        read_xml(mended, part)
    except Refused as refusal:
        if refusal.code != "DAMAGED_XML":
            raise
        return b"", True
    return mended, True


def _near_namespace(declaration: re.Match[bytes]) -> bytes:
    """A declaration whose namespace is a byte away from the one that its prefix usually stands for, with that one."""
    prefix, found = (declaration[1] or b"").decode(), declaration[2]
    usual = (
        [NAMESPACES[prefix]] if prefix in NAMESPACES else [] if prefix else list(map(NAMESPACES.get, _PLAIN))
    )
    for namespace in usual:
        if namespace and _differ_in_one(found.decode("latin-1"), namespace):
            return declaration[0].replace(found, namespace.encode())
    return declaration[0]


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _mended(text: str) -> str:
    counts = Counter(match[2] for match in _TAG.finditer(text))
    mended = _Mended(counts)
    for piece in _pieces(text, counts):
        if isinstance(piece, str):
            mended.text(piece)
            continue
        closing, name, attributes, empty = piece
        if closing:
            mended.end(name)
        else:
            mended.start(name, attributes, empty=bool(empty))
    return mended.finish()


def _pieces(text: str, counts: Counter[str]) -> Iterator[str | tuple[str, str, str, str]]:
    """Text, and tags as (``/`` or nothing, name, attributes, ``/`` or nothing)."""
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece.startswith(("<?", "<!")):
            continue
        tag = _TAG.match(piece)
        if tag is not None:
            if not piece.endswith(">") and match.end() == len(text) and not tag[5]:
                return  # the tag that the end cuts
            yield tag[1], tag[2], tag[3], tag[4]
            rest = piece[tag.end() :]
            if piece.endswith(">") and not tag[5]:  # what stands between a broken attribute and the sign
                continue
            if rest:
                yield rest
        elif piece.startswith("<"):
            if match.end() < len(text):
                yield piece[1:]
        elif (lost := _LOST_START.match(piece)) is not None and counts[lost[2]] >= _USUAL:
            yield lost[1], lost[2], lost[3], lost[4]
            yield piece[lost.end() :]
        else:
            yield piece


def _clean_attributes(text: str) -> str:
    """Attributes as they stand, each name once."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        found.setdefault(name, _ENTITY.sub("&amp;", _REFERENCE.sub(_allowed, value)))
    return "".join(f" {name}={value}" for name, value in found.items())


def _allowed(reference: re.Match[str]) -> str:
    """A character reference, where XML allows the character."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    if code > 0x10FFFF or _FORBIDDEN.match(chr(code)):
        return ""
    return reference[0]


def _differ_in_one(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


_USED_PREFIX = re.compile(r"[<\s]/?([A-Za-z_][\w.\-]*):[A-Za-z_]")
_DECLARED_PREFIX = re.compile(r"\sxmlns:([A-Za-z_][\w.\-]*)=")


def _declared(text: str) -> str:
    """Declare, on the root, the prefixes that are used and declared nowhere; an unknown one has a name of its own."""
    root = _TAG.match(text)
    if root is None:
        return text
    missing = set(_USED_PREFIX.findall(text)) - set(_DECLARED_PREFIX.findall(text)) - {"xml", "xmlns"}
    declarations = "".join(
        f' xmlns:{prefix}="{NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"'
        for prefix in sorted(missing)
    )
    if ":" not in root[2] and not re.search(r"\sxmlns=", root[3]) and root[2] in _ROOTS:
        declarations += f' xmlns="{NAMESPACES[_ROOTS[root[2]]]}"'
    end = 1 + len(root[2])
    return text[:end] + declarations + text[end:]
