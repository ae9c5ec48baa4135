"""Nothing that an editor needs goes without a word: an independent census of source and result, over real files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from converters import verify
from converters.outcome import Outcome
from tests.office_files import docx, paragraph
from tests.real_files import assert_nothing_untold, converted, each_real_file

# what is counted -> losses that tell of one that is gone
TOLD_BY: dict[str, tuple[str, ...]] = {
    "insertions": ("TRACKED_CHANGE_FLATTENED",),
    "deletions": ("TRACKED_CHANGE_FLATTENED",),
    "fields": ("FIELD_FLATTENED", "FIELD_DROPPED"),
    "indexes": ("FIELD_FLATTENED",),
    "comments": ("COMMENT_MISSING",),
    "notes": ("NOTE_MISSING",),
    "links": ("HYPERLINK_DROPPED", "RELATIONSHIP_DANGLING"),
    "tables": ("DRAWING_DROPPED",),
    "pictures": (
        "PICTURE_MISSING",
        "PICTURE_FORMAT",
        "PICTURE_BULLET_DROPPED",
        "DRAWING_DROPPED",
        "RELATIONSHIP_DANGLING",
        "PART_MISSING",
    ),
    "bookmarks": (),
}
# what takes any content with it
TAKES_ALL = ("UNKNOWN_ELEMENT", "ALTERNATE_CONTENT_DROPPED", "IMPORTED_PART_DROPPED", "PART_DAMAGED")


def untold(source: Path, outcome: Outcome) -> dict[str, tuple[int, int]]:
    """What the result holds less of than the source, beyond what the losses count: {what: (source, target)}."""
    losses: Counter[str] = Counter()
    for loss in outcome.losses:
        losses[loss.code] += loss.count
    answer = verify(source, Path(outcome.target or ""))
    return {
        difference.what: (difference.source, difference.target)
        for difference in answer.differences
        if difference.what in TOLD_BY
        and difference.source - difference.target
        > sum(losses[code] for code in (*TOLD_BY[difference.what], *TAKES_ALL))
    }


@each_real_file("docx")
def test_no_real_document_loses_a_change_a_note_a_field_or_a_mark_in_silence(
    source: Path, tmp_path: Path
) -> None:
    assert_nothing_untold(converted(source, tmp_path, "odt"), untold)


RUN = "<w:r><w:t>text</w:t></w:r>"
SIMPLE = f'<w:fldSimple w:instr=" PAGE ">{RUN}</w:fldSimple>'
INSERTED = f'<w:ins w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z">{RUN}</w:ins>'
DELETED = '<w:del w:id="2" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>'
MARKED = f'<w:bookmarkStart w:id="3" w:name="here"/>{RUN}<w:bookmarkEnd w:id="3"/>'


@pytest.mark.parametrize(
    ("content", "what"),
    [(SIMPLE, "fields"), (INSERTED, "insertions"), (DELETED, "deletions"), (MARKED, "bookmarks")],
    ids=["fields", "insertions", "deletions", "bookmarks"],
)
def test_the_census_sees_what_a_result_lacks(content: str, what: str, tmp_path: Path) -> None:
    full, empty = tmp_path / "full.docx", tmp_path / "empty.docx"
    full.write_bytes(docx(f"<w:p>{content}</w:p>"))
    empty.write_bytes(docx(paragraph("text")))
    outcome = converted(full, tmp_path, "odt")
    assert untold(full, outcome) == {}
    other = converted(empty, tmp_path, "odt")
    found = {
        item.what: (item.source, item.target) for item in verify(full, Path(other.target or "")).differences
    }
    assert found[what] == (1, 0)


def test_bookmarks_around_cells_and_at_the_end_of_the_body_are_kept(tmp_path: Path) -> None:
    cell = f"<w:tc>{paragraph('in a cell')}</w:tc>"
    row = f'<w:tr><w:bookmarkStart w:id="1" w:name="cells"/>{cell}{cell}<w:bookmarkEnd w:id="1"/></w:tr>'
    last = '<w:bookmarkStart w:id="2" w:name="last"/><w:bookmarkEnd w:id="2"/>'
    source = tmp_path / "marks.docx"
    source.write_bytes(docx(f"<w:tbl>{row}</w:tbl>{paragraph('after')}{last}"))
    assert untold(source, converted(source, tmp_path, "odt")) == {}
