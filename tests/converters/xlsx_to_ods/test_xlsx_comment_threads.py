"""Threaded comments: everything that was said, by whom and when, in the one annotation that a cell has."""

from __future__ import annotations

from converters.odf.namespaces import qn
from converters.ooxml.namespaces import NAMESPACES
from tests.converters.xlsx_to_ods.workbooks import content, converted, raw, text
from tests.office_files import X, relationships

_TC = NAMESPACES["xltc"]
_KIND = "http://schemas.microsoft.com/office/2017/10/relationships/"
LEGACY = (
    f'<comments xmlns="{X}"><authors><author>tc={{1}}</author><author>Old hand</author></authors><commentList>'
    '<comment ref="A1" authorId="0"><text><t>[Threaded comment] Your version of Excel ...</t></text></comment>'
    '<comment ref="B2" authorId="1"><text><t>A note</t></text></comment></commentList></comments>'
)
THREADS = (
    f'<ThreadedComments xmlns="{_TC}"><threadedComment ref="A1" dT="2024-03-01T10:20:30.55" personId="{{P1}}" id="{{1}}">'
    '<text>Is this right?\nI doubt it.</text></threadedComment><threadedComment ref="A1" dT="2024-03-02T08:00:00.00" '
    'personId="{p2}" id="{2}" parentId="{1}"><text>Yes &amp; no</text></threadedComment></ThreadedComments>'
)
PERSONS = f'<personList xmlns="{_TC}"><person displayName="Ada" id="{{P1}}"/><person displayName="Bo" id="{{P2}}"/></personList>'


def _workbook(threads: str) -> bytes:
    return raw(
        "<sheetData/>",
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                {
                    "rId1": ("comments", "../comments1.xml"),
                    "rId2": (_KIND + "threadedComment", "../threadedComments/threadedComment1.xml"),
                }
            ),
            "xl/comments1.xml": LEGACY,
            "xl/threadedComments/threadedComment1.xml": threads,
            "xl/persons/person.xml": PERSONS,
        },
        {"rId9": (_KIND + "person", "persons/person.xml")},
    )


def test_a_thread_says_who_said_what_and_when_instead_of_its_stand_in():
    notes = list(
        content(converted(_workbook(THREADS), "COMMENT_THREAD_FLATTENED")).iter(qn("office:annotation"))
    )
    first, note = notes
    assert (first.findtext(qn("dc:creator")), first.findtext(qn("dc:date"))) == ("Ada", "2024-03-01T10:20:30")
    assert text(first) == "Is this right?\nI doubt it.\n— Bo, 2024-03-02 08:00:00:\nYes & no"
    assert (note.findtext(qn("dc:creator")), text(note)) == ("Old hand", "A note")


def test_damaged_threads_leave_the_stand_in():
    (first, _note) = content(converted(_workbook("<Threaded"), "PART_DAMAGED")).iter(qn("office:annotation"))
    assert text(first).startswith("[Threaded comment]")
