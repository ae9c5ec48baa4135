"""What an editor of a text needs to stay alive: tracked changes, fields, bookmarks, links; counted apart from words.

Each pair of counters says the same thing of WordprocessingML and of ODF without any table of a converter. Counted is
the flow of the body with its text boxes and the notes and comments that it refers to. Headers and footers are left
out, since they stand once per section there and once per page style here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from converters.odf.namespaces import qn as odf_name
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.xml import chosen_branch

_ALTERNATE, _ID, _TYPE = qn("mc:AlternateContent"), qn("w:id"), qn("w:type")
_CHARACTER, _CHARACTER_TYPE = qn("w:fldChar"), qn("w:fldCharType")
_SIMPLE, _INSTRUCTION = qn("w:fldSimple"), qn("w:instrText")
_BOOKMARK = qn("w:bookmarkStart")
_INSERTED, _DELETED = frozenset(map(qn, ("w:ins", "w:moveTo"))), frozenset(map(qn, ("w:del", "w:moveFrom")))
_SHOWN = frozenset(
    map(qn, ("w:t", "w:delText", "w:tab", "w:br", "w:sym", "w:drawing", "w:pict", "w:object", "w:fldChar"))
)
_RUN_PROPERTIES = qn("w:rPr")
_PARAGRAPH_MARK = qn("w:pPr")
_LINK = "HYPERLINK"
_CURSOR = "_GoBack"  # where the cursor stood when the document was saved
# fields that gather others: their entries stand as Word wrote them (ECMA-376 Part 1, 17.16.5)
_INDEXES = frozenset(("TOC", "INDEX", "TOA", "BIBLIOGRAPHY"))
# fields that mark or set and show nothing themselves (17.16.5.4, 17.16.5.56, 17.16.5.69, 17.16.5.75)
_SILENT = frozenset(("XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", ""))
_NOTES = (("footnotes", "w:footnote"), ("endnotes", "w:endnote"), ("comments", "w:comment"))


@dataclass(slots=True)
class _Field:
    """A field that is open."""

    instruction: str = ""
    in_result: bool = False
    hidden: bool = False  # within a field whose result is its own

    @property
    def name(self) -> str:
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""


@dataclass(slots=True)
class _Flow:
    counts: Counter[str] = field(default_factory=Counter)
    fields: list[_Field] = field(default_factory=list)
    bookmarks: set[str] = field(default_factory=set)

    def start(self, instruction: str = "") -> _Field:
        hidden = any(outer.hidden or not outer.in_result or outer.name != _LINK for outer in self.fields)
        opened = _Field(instruction, hidden=hidden)
        self.fields.append(opened)
        return opened

    def end(self) -> None:
        if self.fields:
            closed = self.fields.pop()
            if not closed.hidden and closed.name not in _SILENT and closed.name != _LINK:
                self.counts["indexes" if closed.name in _INDEXES else "fields"] += 1


def markup_of_document(package: Package) -> Counter[str]:
    """Counts of :data:`~converters.census.record.MARKUP` in a WordprocessingML document. Raises Refused as the parts' readers do."""
    main = package.main_part
    root = package.read_xml(main)
    flow = _Flow()
    _count(root, flow)
    for kind, tag in _NOTES:
        part = package.related_part(main, kind)
        if part is None:
            continue
        shown = {reference.get(_ID) for reference in root.iter(qn(f"{tag}Reference"))}
        for note in package.read_xml(part).iterfind(qn(tag)):
            if note.get(_TYPE, "normal") == "normal" and note.get(_ID) in shown:
                _count(note, flow)
    return flow.counts


def _count(root: etree._Element, flow: _Flow) -> None:
    for element in _elements(root):
        if counter := _COUNTERS.get(element.tag):
            counter(element, flow)
    flow.fields.clear()


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    """Descendants in document order, with the chosen branches of alternate content alone."""
    stack = [root.iterchildren(etree.Element)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        if element.tag == _ALTERNATE:
            branch = chosen_branch(element)
            if branch is not None:
                stack.append(branch.iterchildren(etree.Element))
            continue
        yield element
        stack.append(element.iterchildren(etree.Element))


def _field_character(element: etree._Element, flow: _Flow) -> None:
    kind = element.get(_CHARACTER_TYPE)
    if kind == "begin":
        flow.start()
    elif kind == "separate" and flow.fields:
        flow.fields[-1].in_result = True
    elif kind == "end":
        flow.end()


def _instruction(element: etree._Element, flow: _Flow) -> None:
    if flow.fields and not flow.fields[-1].in_result:
        flow.fields[-1].instruction += element.text or ""


def _simple_field(element: etree._Element, flow: _Flow) -> None:
    """What stands in it is counted after it: a field in the result of another hardly ever stands in a simple one."""
    flow.start(element.get(qn("w:instr"), "")).in_result = True
    flow.end()


def _change(name: str) -> Callable[[etree._Element, _Flow], None]:
    def count(element: etree._Element, flow: _Flow) -> None:
        parent = element.getparent()
        if parent is not None and parent.tag == _RUN_PROPERTIES:
            mark = parent.getparent()
            flow.counts[name] += mark is not None and mark.tag == _PARAGRAPH_MARK
        elif next(element.iter(*_SHOWN), None) is not None:
            flow.counts[name] += 1

    return count


def _bookmark(element: etree._Element, flow: _Flow) -> None:
    name = element.get(qn("w:name"), "")
    if name and name != _CURSOR and name not in flow.bookmarks:
        flow.bookmarks.add(name)
        flow.counts["bookmarks"] += 1


_COUNTERS: Mapping[str, Callable[[etree._Element, _Flow], None]] = {
    _CHARACTER: _field_character,
    _INSTRUCTION: _instruction,
    _SIMPLE: _simple_field,
    _BOOKMARK: _bookmark,
    **dict.fromkeys(_INSERTED, _change("insertions")),
    **dict.fromkeys(_DELETED, _change("deletions")),
}

# -- ODF -----------------------------------------------------------------------------------------------------------

# elements of ODF 1.3 Part 3, 7 (text fields), 10.6 (form controls in text) and LibreOffice's marks for Word's fields
_ODF_FIELDS = frozenset(
    odf_name(f"text:{name}")
    for name in re.findall(
        r"\S+",
        "date time page-number page-continuation sender-firstname sender-lastname sender-initials sender-title "
        "sender-company author-name author-initials chapter file-name template-name sheet-name variable-set "
        "variable-get variable-input user-field-get user-field-input sequence expression text-input "
        "initial-creator creation-date creation-time description user-defined print-time print-date printed-by "
        "title subject keywords editing-cycles editing-duration modification-time modification-date creator "
        "page-count paragraph-count word-count character-count table-count image-count object-count "
        "database-display database-next database-row-select database-row-number database-name page-variable-set "
        "page-variable-get placeholder conditional-text hidden-text hidden-paragraph note-ref sequence-ref "
        "reference-ref bookmark-ref script execute-macro dde-connection measure drop-down bibliography-mark",
    )
) | {odf_name("draw:control"), odf_name("field:fieldmark"), odf_name("field:fieldmark-start")}
_ODF_INDEXES = frozenset(
    odf_name(f"text:{name}")
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    )
)
_GATHERED = ("fields", "indexes")
_ODF_COUNTS: Mapping[str, str] = {
    odf_name("text:insertion"): "insertions",
    odf_name("text:deletion"): "deletions",
    odf_name("text:bookmark"): "bookmarks",
    odf_name("text:bookmark-start"): "bookmarks",
    **dict.fromkeys(_ODF_FIELDS, "fields"),
    **dict.fromkeys(_ODF_INDEXES, "indexes"),
}


def markup_of_odt(body: etree._Element) -> Counter[str]:
    """Counts of :data:`~converters.census.record.MARKUP` in the ``office:body`` of a text; the fields that an index gathered are not counted."""
    counts: Counter[str] = Counter()
    indexes = 0  # around the element at work
    for event, element in etree.iterwalk(body, events=("start", "end")):
        inside = element.tag in _ODF_INDEXES
        if event == "end":
            indexes -= inside
            continue
        name = _ODF_COUNTS.get(element.tag)
        if name is not None and not (indexes and name in _GATHERED):
            counts[name] += 1
        indexes += inside
    return counts
