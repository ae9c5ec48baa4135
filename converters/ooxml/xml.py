"""The hardened XML parser: no entities, no document type, no network, bounded depth; Strict read as Transitional."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Set
from enum import Enum
from functools import cache
from typing import IO

from lxml import etree

from converters.errors import Refused
from converters.ooxml.namespaces import NAMESPACES, STRICT_MARK, qn, transitional

MAX_DEPTH = 250
HUGE_PART_BYTES = 9_000_000  # above this libxml2's own guards would refuse honest long text nodes

_ROOT_TAG = re.compile(rb"<[A-Za-z_][^<>]*>")
_ASCII_BASED = re.compile(
    rb"(?:\xef\xbb\xbf)?<(?:\?xml(?![^>]*encoding=(?!['\"](?i:utf-8|us-ascii)['\"]))|[A-Za-z_])"
)
_VAL = qn("w:val")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
# Markup Compatibility: what this package understands, so that mc:Choice can be chosen (ECMA-376 Part 3).
UNDERSTOOD = {NAMESPACES[p] for p in ("a14", "wps", "wpg", "wpc", "wp14", "w14", "w15", "x14", "p14", "x15")}


class _Branch(Enum):
    """What became of the branches of alternate content: none taken, a fallback without a word so far, or one that speaks."""

    NONE = 0
    SILENT = 1
    SPOKEN = 2


@cache
def _parser(*, huge: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=huge,
        collect_ids=False,
    )


def read_xml(data: bytes, part: str) -> etree._Element:
    """The root element of a part, in Transitional namespaces.

    Raises Refused: DAMAGED_XML, DOCTYPE_FORBIDDEN (OPC forbids it, ECMA-376 Part 2, 7.2), LIMIT_DEPTH.
    """
    if has_doctype(data):
        raise Refused("DOCTYPE_FORBIDDEN", part=part)
    try:
        root = etree.fromstring(data, _parser(huge=len(data) > HUGE_PART_BYTES))
    except etree.XMLSyntaxError as error:
        raise _refusal(error, part) from None
    except (ValueError, LookupError) as error:  # an encoding that no codec knows
        raise Refused("DAMAGED_XML", part=part, detail=str(error)) from None
    if root.getroottree().docinfo.doctype:  # one that the look at the head did not find
        raise Refused("DOCTYPE_FORBIDDEN", part=part)
    if len(data) > HUGE_PART_BYTES and _too_deep(root):
        raise Refused("LIMIT_DEPTH", part=part)
    if STRICT_MARK in data:
        fold_strict(root)
    return root


def _refusal(error: etree.XMLSyntaxError, part: str) -> Refused:
    """What a parser's error means. Raises MemoryError where the machine is at fault, not the part."""
    if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
        raise MemoryError from None
    if "depth" in str(error):
        return Refused("LIMIT_DEPTH", part=part)
    return Refused("DAMAGED_XML", part=part, detail=str(error.msg))


def has_doctype(data: bytes) -> bool:
    """Whether a document type stands before the root element, in any of the encodings XML allows."""
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:8]:
        head = head.replace(b"\x00", b"")
    if b"<!" not in head:
        return False
    declaration = _DOCTYPE.search(head)
    root = _ROOT_TAG.search(head)
    return declaration is not None and (root is None or declaration.start() < root.start())


# whether any element has more than MAX_DEPTH - 1 around it
_too_deep = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")


def without_children(data: bytes, name: str, chosen: Set[bytes]) -> bytes | None:
    """A part without those children ``name`` whose identifier (attribute ``id`` of the same prefix) is not among ``chosen``.

    Cut out as text, for a part of which little is needed: what is cut is never parsed. None where text does not tell for
    sure where an element begins and ends, or where one of the chosen is not found.
    """
    if (b"!" in data and b"<!" in data) or data.count(b"?>") > 1 or _ASCII_BASED.match(data) is None:
        return None  # what text alone finds is looked for by its rarer character first
    opening, closing = f"<{name} ".encode(), f"</{name}>".encode()
    count = data.count(opening)
    first, last = data.find(opening), data.rfind(closing)
    alternating = first < data.find(closing) and data.rfind(opening) < last
    if not (alternating and data.count(closing) == count and data.count(closing + opening) == count - 1):
        return None  # they do not stand side by side, with nothing around or between them
    wanted = b"|".join(map(re.escape, sorted(chosen)))
    tag = b'<%b (?:[^>]*?\\s)?%b:id="(%b)"[^>]*(?<!/)>' % (
        name.encode(),
        name.partition(":")[0].encode(),
        wanted,
    )
    found: set[bytes] = set()
    kept = [data[:first]]
    for match in re.finditer(tag, data) if chosen else ():
        found.add(match[1])
        kept.append(data[match.start() : data.find(closing, match.end()) + len(closing)])
    kept.append(data[last + len(closing) :])
    return b"".join(kept) if found == chosen else None


def read_chosen_children(
    stream: IO[bytes], part: str, name: str, chosen: Callable[[etree._Element], bool]
) -> etree._Element:
    """As :func:`read_xml`, but without those children ``name`` of the root that are not ``chosen``.

    For a large part of which little is needed: the others are never in memory together. ``name`` is prefixed; what
    ``chosen`` is given is as written, in Strict or Transitional names.
    """
    events = _parse_events(stream, ("end",), tag="{*}" + name.partition(":")[2])
    dropped: etree._Element | None = None
    try:
        for _event, element in events:
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue
            if dropped is not None:  # a child may go once the parser has left it behind
                parent.remove(dropped)
                dropped = None
            if not chosen(element):
                element.clear()
                dropped = element
    except etree.XMLSyntaxError as error:
        raise _refusal(error, part) from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refused("DAMAGED_ZIP", detail=f"{part}: {error}") from None
    root = events.root
    if dropped is not None:
        root.remove(dropped)
    if root.getroottree().docinfo.doctype:
        raise Refused("DOCTYPE_FORBIDDEN", part=part)
    if _too_deep(root):
        raise Refused("LIMIT_DEPTH", part=part)
    fold_strict(root)
    return root


def fold_strict(root: etree._Element) -> None:
    """Rename Strict elements and attributes to Transitional ones, in place."""
    for element in root.iter(etree.Element):
        element.tag = transitional(element.tag)
        for name in [name for name in element.attrib if name[:1] == "{"]:
            folded = transitional(name)
            if folded != name:
                element.set(folded, element.attrib.pop(name))


def first_child(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child of a name: what ``find`` answers, in a third of its time."""
    if not len(element):
        return None
    first = element[0]
    return first if first.tag == tag else next(element.iterchildren(tag), None)


def child_value(element: etree._Element, tag: str) -> str | None:
    """``@w:val`` of the first child of a name; None without such a child or without a value."""
    found = first_child(element, tag)
    return found.get(_VAL) if found is not None else None


def wording(element: etree._Element, beside: Container[str] = ()) -> Hashable:
    """What the children of an element say; of those named in ``beside``, only that they are there."""
    return tuple(
        [
            child.tag
            if child.tag in beside
            else (child.tag, tuple(child.items()), wording(child, beside) if len(child) else None)
            for child in element
        ]
    )


def children(element: etree._Element | None) -> Iterator[etree._Element]:
    """The child elements, with ``mc:AlternateContent`` resolved: its chosen branch's children stand in its place."""
    if element is None:
        return
    for child in element:
        if child.tag == ALTERNATE_CONTENT:
            yield from resolved(child)
        else:
            yield child


def resolved(alternate: etree._Element) -> Iterable[etree._Element]:
    """What stands in the place of an ``mc:AlternateContent``.

    Choice: the first ``mc:Choice`` all of whose required namespaces are understood, else ``mc:Fallback``
    (ECMA-376 Part 3, 7.6). Alternate content without a branch for us, or with one that says nothing in place of what we
    do not understand, stands for itself, so that its loss is reported.
    """
    branch = chosen_branch(alternate)
    lost = branch is None or (branch.tag == _FALLBACK and len(branch) == 0)
    return (alternate,) if lost else children(branch)


def chosen_branch(alternate: etree._Element) -> etree._Element | None:
    for branch in alternate:
        if branch.tag in (_CHOICE, _FALLBACK) and _is_understood(branch):
            return branch
    return None


def _is_understood(branch: etree._Element) -> bool:
    """Whether all namespaces that a branch requires are understood; a fallback requires none."""
    required = [branch.nsmap.get(prefix) for prefix in branch.get("Requires", "").split()]
    return all(uri in UNDERSTOOD for uri in required)


def iter_elements(stream: IO[bytes], part: str) -> Iterator[etree._Element]:
    """Each element of a part as it ends, without keeping a tree; its children are gone by then.

    Names are as written: Strict ones are the caller's to fold. Raises Refused as :func:`read_xml`, and DAMAGED_ZIP
    where the stream itself breaks.
    """
    for _event, element in _iter_events(stream, part, ("end",)):
        yield element


def iter_tags(
    stream: IO[bytes], part: str, *, enter: Callable[[str], bool] = lambda _tag: True
) -> Iterator[tuple[str, int]]:
    """(Clark name, depth) of each element of a part, without building a tree: for skimming. The root's depth is 0.

    Alternate content is resolved as :func:`children` does: of its branches only the chosen one counts, and its own
    elements do not, except where no branch is chosen. What stands within an element that ``enter`` declines is passed over. Raises Refused as
    :func:`iter_elements`.
    """
    skipped = 0  # depth within a branch that is not chosen, or within an element that is not entered
    # per alternate content around this place: whether a branch was taken already, and whether it says anything
    chosen: list[_Branch] = []
    depth = 0
    for event, element in _iter_events(stream, part, ("start", "end")):
        if event == "end":
            if skipped:
                skipped -= 1
            elif element.tag == ALTERNATE_CONTENT:
                if chosen.pop() is not _Branch.SPOKEN:
                    yield element.tag, depth
            elif element.tag not in (_CHOICE, _FALLBACK) or not chosen:
                depth -= 1
        elif skipped:
            skipped += 1
        elif element.tag == ALTERNATE_CONTENT:
            if chosen and chosen[-1] is _Branch.SILENT:
                chosen[-1] = _Branch.SPOKEN
            chosen.append(_Branch.NONE)
        elif element.tag in (_CHOICE, _FALLBACK) and chosen:
            if chosen[-1] is not _Branch.NONE or not _is_understood(element):
                skipped = 1
            else:
                chosen[-1] = _Branch.SILENT if element.tag == _FALLBACK else _Branch.SPOKEN
        else:
            tag = transitional(element.tag)
            if chosen and chosen[-1] is _Branch.SILENT:
                chosen[-1] = _Branch.SPOKEN
            yield tag, depth
            if enter(tag):
                depth += 1
            else:
                skipped = 1


def _parse_events(stream: IO[bytes], wished: tuple[str, ...], tag: str | None = None) -> etree.iterparse:
    return etree.iterparse(
        stream,
        events=wished,
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )


def _iter_events(
    stream: IO[bytes], part: str, wished: tuple[str, ...]
) -> Iterator[tuple[str, etree._Element]]:
    events = _parse_events(stream, wished)
    try:
        for event, element in events:
            yield event, element
            if event == "end":
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
    except etree.XMLSyntaxError as error:
        raise _refusal(error, part) from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refused("DAMAGED_ZIP", detail=f"{part}: {error}") from None
    if events.root is not None and events.root.getroottree().docinfo.doctype:
        raise Refused("DOCTYPE_FORBIDDEN", part=part)


ALTERNATE_CONTENT, _CHOICE, _FALLBACK = qn("mc:AlternateContent"), qn("mc:Choice"), qn("mc:Fallback")
