"""Places of a document are found again on its drawn pages, by what stands there."""

import pytest
from openpyxl import Workbook

from converters.contents.places import page_of, texts_at
from converters.losses import Place
from tests.office_files import docx, paragraph


def test_paragraphs_are_known_by_their_number(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(
        docx(
            "".join(map(paragraph, ("one", "", "three and some more words than are needed here to know it")))
        )
    )
    found = texts_at(
        path, {Place("paragraph", 1), Place("paragraph", 2), Place("paragraph", 3), Place("style", 3)}
    )
    assert found == {
        Place("paragraph", 1): "one",
        Place("paragraph", 3): "three and some more words than are needed",
    }


def test_cells_are_known_by_a_text_that_is_long_enough(tmp_path):
    book = Workbook()
    book.active.title = "Budget"
    book.active["B2"] = "Total of all departments"
    book.active["B3"] = "ab"
    book.active["B4"] = 12345
    book.save(tmp_path / "a.xlsx")
    places = {Place("cell", container="Budget", cell=cell) for cell in ("B2", "B3", "B4", "ZZ9", "", "b2")}
    assert texts_at(tmp_path / "a.xlsx", places) == {
        Place("cell", container="Budget", cell="B2"): "Total of all departments"
    }


def test_what_is_no_document_has_no_places(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"no document")
    assert texts_at(path, {Place("paragraph", 1)}) == {}


@pytest.mark.parametrize(
    ("text", "page"), [("second page", 2), ("bro ken word", 3), ("nowhere", None), ("", None), ("first", 1)]
)
def test_the_first_page_with_the_words_counts(text, page):
    assert (
        page_of(text, ["the first page", "the second\npage, not the first", "a bro\u00adken-\nword"]) == page
    )
