"""Files found as an administrator asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from inventory.database import open_database
from inventory.scan import scan
from inventory.search import Wanted, file_of, known_kinds, links_are_known, links_from, links_to, search
from inventory.sources.filesystem import FilesystemSource
from migrate.demo import _inspect
from tests.office_files import docx_with, relationships

FILES = (
    "finance/Budget 2026.docx",
    "finance/archive/budget_100%.docx",
    "hr/letter.docx",
    "hr/notes.txt",
    "finance.docx",
)


def linking_to(target: Path) -> bytes:
    """A document with a template attached."""
    settings = (
        '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<w:attachedTemplate r:id="rId1"/></w:settings>'
    )
    return docx_with(
        {
            "word/_rels/document.xml.rels": relationships({"rId1": ("settings", "settings.xml")}),
            "word/settings.xml": settings,
            "word/_rels/settings.xml.rels": relationships({"rId1": ("attachedTemplate", target.as_uri())}),
        }
    )


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    root = tmp_path_factory.mktemp("share")
    for path in FILES:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"plain" if path.endswith(".txt") else docx_with({}))
    (root / "finance/links.docx").write_bytes(linking_to(root / FILES[0]))
    database = open_database(str(tmp_path_factory.mktemp("database") / "x.db"))
    scan([FilesystemSource(root)], database, inspect=_inspect, jobs=1)
    yield root, database
    database.dispose()


@pytest.fixture
def found(share):
    root, database = share

    def ask(limit: int = 50, after: int = 0, **wanted: str):
        wanted = {name: value.format(root=root) for name, value in wanted.items()}
        with database.connect() as connection:
            return search(connection, Wanted(**wanted), limit, after)

    return ask


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("budget", {FILES[0], FILES[1]}),
        ("BUDGET 2026", {FILES[0]}),
        ("archive", {FILES[1]}),
        ("100%", {FILES[1]}),
        ("_100", {FILES[1]}),
        ("%", {FILES[1]}),
        ("finance/budget", {FILES[0]}),
        ("finance\\archive\\budget", {FILES[1]}),
        ("{root}/hr/letter.docx", {FILES[2]}),
        ("nowhere", set()),
        ("' OR 1=1 --", set()),
    ],
)
def test_a_part_of_a_name_or_a_path_finds_the_file(found, text, paths):
    assert {one.item.path for one in found(text=text)} == paths


def test_kind_is_what_was_found_inside_or_else_the_ending(found):
    assert {one.item.path for one in found(kind="txt")} == {"hr/notes.txt"}
    assert len(found(kind="docx")) == 5
    assert {one.kind for one in found(kind="docx")} == {"docx"}
    assert found(kind="xlsx") == []


def test_owner_and_class_narrow_the_answer(found, share):
    root, _database = share
    owner = root.owner()
    everything = found(owner=owner[:3], kind="docx")
    assert len(everything) == 5
    assert found(owner="nobody at all") == []
    risks = {one.risk for one in everything}
    assert {one.risk for risk in risks for one in found(risk=risk)} == risks


def test_pages_follow_each_other_without_gap_or_repetition(found):
    first = found(limit=2, kind="docx")
    second = found(limit=50, after=first[-1].number, kind="docx")
    numbers = [one.number for one in (*first, *second)]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 5


def test_a_file_is_known_by_its_number_alone(found, share):
    _root, database = share
    number = found(text="letter")[0].number
    with database.connect() as connection:
        item, inspection = file_of(connection, number)
        assert item.path == "hr/letter.docx"
        assert inspection.kind == "docx"
        assert file_of(connection, 10**9) is None
        assert known_kinds(connection)[0] == "docx"


def test_links_are_told_from_both_ends(found, share):
    _root, database = share
    source, target = found(text="links.docx")[0], found(text="Budget 2026")[0]
    with database.connect() as connection:
        assert links_are_known(connection)
        away = links_from(connection, source.number, 10)
        assert [(end.kind, end.state, end.number) for end in away] == [("template", "found", target.number)]
        back = links_to(connection, target.number, 10)
        assert [(end.kind, end.number) for end in back] == [("template", source.number)]
        assert back[0].location.endswith("finance/links.docx")
