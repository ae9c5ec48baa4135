"""Documents leave as something to save, and the log knows to whom."""

import pytest

from inventory.database import open_database
from migrate.openings import list_openings, note_opening
from migrate.web.documents import attachment


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("letter.odt", "attachment; filename=\"letter.odt\"; filename*=UTF-8''letter.odt"),
        ("../../etc/pass wd", "attachment; filename=\"pass wd\"; filename*=UTF-8''pass%20wd"),
        ("C:\\temp\\é.odt", "attachment; filename=\"_.odt\"; filename*=UTF-8''%C3%A9.odt"),
        ('a"\r\nSet-Cookie: x=1.odt', None),
        ("", "attachment; filename=\"document\"; filename*=UTF-8''document"),
        ("...", "attachment; filename=\"document\"; filename*=UTF-8''document"),
        ("x" * 5000 + ".odt", None),
    ],
)
def test_the_name_of_a_document_is_one_plain_part(name, header):
    made = attachment(name)
    if header is not None:
        assert made == header
    assert made.isascii()
    assert "\r" not in made
    assert "\n" not in made
    assert made.count('"') == 2
    assert len(made) < 800


def test_who_opened_what_is_kept_with_the_newest_first(tmp_path):
    database = open_database(str(tmp_path / "x.db"))
    note_opening(database, "ann", "download", "100%_budget.xlsx", "ab" * 32, "case-1")
    note_opening(database, "bea", "view", "letter.docx", "", "")
    with database.connect() as connection:
        both = list_openings(connection, 10)
        assert [(one.visitor, one.action, one.name) for one in both] == [
            ("bea", "view", "letter.docx"),
            ("ann", "download", "100%_budget.xlsx"),
        ]
        assert both[1].sha256 == "ab" * 32
        assert [one.visitor for one in list_openings(connection, 10, name="0%_b")] == ["ann"]
        assert list_openings(connection, 10, name="0%xb") == []
        assert [one.visitor for one in list_openings(connection, 1)] == ["bea"]
    database.dispose()
