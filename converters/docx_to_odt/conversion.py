"""What the modules of one conversion share: the parts read once, and the stories that content flows into."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from converters.docx_to_odt.fonts import Fonts
from converters.docx_to_odt.numbering import Numbering
from converters.docx_to_odt.outline import Outline
from converters.docx_to_odt.paragraph_properties import ParagraphPropertiesReader
from converters.docx_to_odt.run_properties import RunFormat, RunPropertiesReader
from converters.docx_to_odt.settings import Settings
from converters.docx_to_odt.styles import Styles
from converters.docx_to_odt.table_styles import TableStyles
from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import BackgroundImage, ParagraphProperties, TextProperties
from converters.odf.stylesheet import AutomaticStyles
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn, transitional
from converters.ooxml.package import Package
from converters.ooxml.theme import Theme
from converters.ooxml.xml import read_chosen_children, read_xml, without_children
from converters.options import NO_SCRIPTS, Scripts

if TYPE_CHECKING:
    from converters.docx_to_odt.paragraph_sums import ParagraphSum
    from converters.docx_to_odt.table_properties import CellProperties

_ID = qn("w:id")
FEW_NOTES_BYTES = 1_000_000  # of a part that is read whole
_CHANGE_ID = re.compile(r'="ct\d+"')


@dataclass(slots=True)
class Changes:
    """Tracked changes of the flow at work: each a fragment of its ``text:tracked-changes``."""

    regions: list[str] = field(default_factory=list)
    count: int = 0

    def next_id(self) -> str:
        self.count += 1
        return f"ct{self.count}"

    @contextmanager
    def apart(self) -> Iterator[list[str]]:
        """The changes of a header or footer, which holds its own list of them (ODF 1.3 Part 3, 16.10)."""
        outside, self.regions = self.regions, []
        try:
            yield self.regions
        finally:
            self.regions = outside

    def renumbered(self, xml: str) -> str:
        """A fragment that is written once more: its changes get identifiers of their own."""
        names: dict[str, str] = {}

        def new_name(match: re.Match[str]) -> str:
            if match[0] not in names:
                names[match[0]] = f'="{self.next_id()}"'
            return names[match[0]]

        return _CHANGE_ID.sub(new_name, xml)


@dataclass(frozen=True, slots=True)
class CommentThreads:
    """What comments answer to: identifier -> identifier of the first of the thread; and which are settled."""

    parents: Mapping[str, str] = field(default_factory=dict)
    resolved: frozenset[str] = frozenset()


@dataclass(slots=True)
class Counters:
    """Names that must be unique in the document."""

    frames: int = 0
    sections: int = 0
    tables: int = 0
    lists: int = 0
    footnote: int = 0
    endnote: int = 0
    indexes: int = 0
    marks: int = 0

    def next(self, name: str) -> int:
        setattr(self, name, getattr(self, name) + 1)
        return int(getattr(self, name))


@dataclass(frozen=True, slots=True)
class FieldExtents:
    """The ``w:fldChar`` elements of a part that begin a field without an end, and one that ends beside its begin."""

    endless: frozenset[etree._Element]
    whole: frozenset[etree._Element]


@dataclass(slots=True)
class Conversion:
    """One document on its way."""

    package: Package
    document: OdfDocument
    log: LossLog
    main_part: str
    theme: Theme
    settings: Settings
    fonts: Fonts
    styles: Styles
    table_styles: TableStyles
    numbering: Numbering
    paragraph_reader: ParagraphPropertiesReader
    run_reader: RunPropertiesReader
    write_flow: Callable[[Story, etree._Element], None]  # all block content of an element, by the top module
    scripts: Scripts = NO_SCRIPTS  # where the macros are that a field runs
    notes: dict[str, dict[str, etree._Element]] = field(default_factory=dict)  # kind -> id -> element
    comments: dict[str, etree._Element] = field(default_factory=dict)
    written_comments: set[str] = field(default_factory=set)
    open_comments: set[str] = field(default_factory=set)
    comment_threads: CommentThreads = field(default_factory=CommentThreads)
    comment_times: Mapping[str, str] = field(default_factory=dict)  # identifier -> when, in UTC
    changes: Changes = field(default_factory=Changes)
    counters: Counters = field(default_factory=Counters)
    bookmarks: dict[str, str] = field(default_factory=dict)  # id -> name, of bookmarks that are open
    used_bookmarks: set[str] = field(default_factory=set)
    lists: dict[int, WrittenList] = field(default_factory=dict)  # abstract numbering -> what goes on
    restarted: set[tuple[int, int]] = field(default_factory=set)  # instance and level whose start has counted
    note_parts: dict[str, str] = field(default_factory=dict)  # footnote, endnote, comment -> part
    # identity of the automatic styles, paragraph style, what runs start from, in an index
    # -> identity of a run's format -> style name
    run_style_names: dict[tuple[int, str, TextProperties, bool], dict[int, str | None]] = field(
        default_factory=dict
    )
    # identity of a paragraph's format, what a table says for it -> their sum
    paragraph_sums: dict[tuple[int, TableFormat | None], ParagraphSum] = field(default_factory=dict)
    # wording of a cell's properties -> what they say, tags of what is lost
    cell_properties: dict[Hashable, tuple[CellProperties, tuple[str, ...]]] = field(default_factory=dict)
    typeface_formats: dict[tuple[int, str], RunFormat] = field(default_factory=dict)
    text_chains: dict[str, dict[str, frozenset[int]]] = field(
        default_factory=dict
    )  # by part and number: places
    field_extents: dict[str, FieldExtents] = field(default_factory=dict)  # by part
    instructed: dict[str, bool] = field(
        default_factory=dict
    )  # part -> whether fields have instructions there
    sequences: dict[str, int] = field(default_factory=dict)  # name -> the value that stands
    sequence_counts: dict[str, int] = field(default_factory=dict)  # name -> how many fields of it are written
    background_color: str | None = None  # of all pages, #rrggbb
    background_image: BackgroundImage | None = None
    numbers_lines: bool = False
    bookmark_names: frozenset[str] = frozenset()  # of the whole document, for references
    outline: Outline = field(default_factory=Outline)
    noted_bookmarks: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # name -> class and id of a note


def read_part(package: Package, part: str, log: LossLog) -> etree._Element | None:
    """The root of an optional part, or None after reporting PART_DAMAGED."""
    return _read_reporting(package.read_xml, part, log)


def read_notes_part(
    package: Package, part: str, log: LossLog, tag: str, referenced: Set[str]
) -> etree._Element | None:
    """As :func:`read_part`, of a part of notes: where there are many, without those that nothing refers to."""

    def is_referenced(note: etree._Element) -> bool:
        identifier = note.get(_ID)
        if identifier is None:  # in a Strict document
            identifier = next((value for name, value in note.items() if transitional(name) == _ID), "")
        return identifier in referenced

    def read(part: str) -> etree._Element:
        data = package.read(part)
        if len(data) > FEW_NOTES_BYTES:
            data = without_children(data, tag, {identifier.encode() for identifier in referenced}) or data
        if len(data) <= FEW_NOTES_BYTES:
            return read_xml(data, part)
        with package.open(part) as stream:
            return read_chosen_children(stream, part, tag, is_referenced)

    return _read_reporting(read, part, log)


def _read_reporting(read: Callable[[str], etree._Element], part: str, log: LossLog) -> etree._Element | None:
    try:
        return read(part)
    except Refused as error:
        log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
        return None


@dataclass(frozen=True, slots=True)
class TableFormat:
    """What a table style says for the text of a cell: it lies between the defaults and the paragraph's style."""

    paragraph: ParagraphProperties = field(default_factory=ParagraphProperties)
    text: TextProperties = field(default_factory=TextProperties)


@dataclass(slots=True)
class OpenField:
    """A complex field between its begin and its end (17.16.18)."""

    instruction: str = ""
    in_result: bool = False
    mode: str = (
        "shown"  # shown: the result flows on; replaced: it becomes a field; link: a link; mark: marks around
    )
    whole: bool = False  # it begins and ends in one place of one paragraph
    result: str = ""
    run: RunFormat | None = None
    href: str = ""
    form_data: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class WrittenList:
    """The last ``text:list`` of an abstract numbering: its ``xml:id`` and list style."""

    identifier: str
    style_name: str


@dataclass(slots=True)
class OpenList:
    """The ``text:list`` that is open: its abstract numbering, its list style and how deep it is."""

    abstract_id: int
    style_name: str
    depth: int


@dataclass(slots=True)
class Story:
    """One flow of text: the body, a header, a note, a cell's text box.

    ``container`` is what losses name: empty for the body. ``automatic`` are the styles of the part of the result
    that the story stands in.
    """

    conversion: Conversion
    part: str
    container: str
    writer: XmlWriter
    automatic: AutomaticStyles
    paragraphs: int = 0
    fields: list[OpenField] = field(default_factory=list)
    open_list: OpenList | None = None
    table_format: TableFormat | None = None
    pending_break: str | None = None  # page or column: before the next paragraph or table
    pending_break_after: str | None = None  # as pending_break, once the paragraph at work is written
    pending_master_page: str | None = None
    pending_page_number: str | None = None
    pending_line_number: str | None = None
    master_after_break: str | None = None  # for the first paragraph that starts a page
    lines_numbered: bool = True  # where the document numbers lines at all
    pending_paragraphs: list[tuple[etree._Element, etree._Element]] = field(
        default_factory=list
    )  # frame, paragraph
    pending_drop_cap: etree._Element | None = None  # the paragraph of a drop cap: it begins the next one
    pending_frames: list[str] = field(default_factory=list)  # frames for the next paragraph to anchor
    pending_changes: list[str] = field(
        default_factory=list
    )  # of paragraph marks: they end in the next paragraph
    pending_bookmarks: list[tuple[str, str]] = field(
        default_factory=list
    )  # tag, name: for the next paragraph
    has_columns: bool = False  # its section has more than one
    at_start: bool = True  # nothing of the flow is written yet
    at_end: bool = False  # what is being written is the last of the flow
    table_depth: int = 0
    in_index: bool = False  # what is written are the entries of a table of contents
    runs_into: Story | None = None  # the flow whose next paragraph has what is written in its first line
    depth: int = 0  # of notes, comments and text boxes around the flow
    width_points: float = 451.0  # of the text area, for tables and frames without a width
    log: LossLog = field(init=False)  # the conversion's, which is asked for at every element
    _place: Place | None = None
    _placed: int = -1  # the paragraph that ``_place`` names

    def __post_init__(self) -> None:
        self.log = self.conversion.log

    @property
    def may_float(self) -> bool:
        """Whether a table may stand in a frame here: in the body, a header or a table of theirs, not in a text box."""
        return self.container in ("", "header", "footer") and self.depth == 0

    @property
    def place(self) -> Place:
        """Where the flow stands. It is asked for at every element, and made once a paragraph."""
        place = self._place
        if place is None or self._placed != self.paragraphs:
            self._placed = self.paragraphs
            self._place = place = Place("paragraph", self.paragraphs or None, self.container, part=self.part)
        return place

    def nested(self, container: str | None = None, part: str | None = None) -> Story:
        """A flow inside this one, such as a text box or a note: with lists and fields of its own."""
        return Story(
            self.conversion,
            self.part if part is None else part,
            self.container if container is None else container,
            self.writer,
            self.automatic,
            paragraphs=self.paragraphs,
            depth=self.depth + 1,
            width_points=self.width_points,
        )
