import hashlib
import os

import pytest
from sqlalchemy import event

from converters.inspection import INSPECTOR_REVISION, Inspection
from converters.losses import Loss
from inventory import reading, store
from inventory.database import open_database
from inventory.findings import findings
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from inventory.sources.memory import MemorySource
from inventory.store import inspected_items
from inventory.summary import coverage


class Inspector:
    """Looks like an inspector: a docx's content decides, other content is no Office document."""

    def __init__(self):
        self.seen = []

    def __call__(self, path):
        self.seen.append(path.name)
        content = path.read_bytes()
        if content.startswith(b"crash"):
            raise ZeroDivisionError
        if not content.startswith(b"PK"):
            return None
        return Inspection(
            hashlib.sha256(content).hexdigest(),
            len(content),
            "docx",
            family="text",
            losses=(Loss("CHART_DROPPED"),),
        )


@pytest.fixture
def database(tmp_path):
    return open_database(str(tmp_path / "scan.db"))


@pytest.fixture
def share(tmp_path):
    root = tmp_path / "share"
    for path, content in {
        "a.docx": b"PK one",
        "sub/b.docx": b"PK two",
        "sub/deep/c.docx": b"PK one",
        "sub/notes.txt": b"notes",
        "~$a.docx": b"owner",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def _items(database):
    with database.connect() as connection:
        return {found.item.path: found for found in inspected_items(connection)}


def _states(database):
    return {path: (found.item.state.value, found.item.reason) for path, found in _items(database).items()}


def test_a_scan_reads_documents_and_gives_reasons_for_the_rest(share, database):
    result = scan([FilesystemSource(share)], database, inspect=Inspector())
    assert _states(database) == {
        "a.docx": ("read", ""),
        "sub/b.docx": ("read", ""),
        "sub/deep/c.docx": ("read", ""),
        "sub/notes.txt": ("skipped", "NOT_OFFICE"),
        "~$a.docx": ("skipped", "LOCK_FILE"),
    }
    assert result.items == 5 == sum(result.by_state.values())
    assert result.by_reason == {"NOT_OFFICE": 1, "LOCK_FILE": 1}
    assert result.bytes == sum(path.stat().st_size for path in share.rglob("*") if path.is_file())
    assert result.finished >= result.started
    assert result.sources == (str(share),)


def test_equal_content_shares_one_inspection(share, database):
    scan([FilesystemSource(share)], database, inspect=Inspector())
    found = _items(database)
    assert found["a.docx"].inspection == found["sub/deep/c.docx"].inspection
    assert found["a.docx"].inspection.losses == (Loss("CHART_DROPPED"),)
    with database.connect() as connection:
        assert len(connection.execute(store.inspections.select()).all()) == 2


def test_a_second_scan_reads_only_what_changed(share, database):
    scan([FilesystemSource(share)], database, inspect=Inspector())
    (share / "sub/b.docx").write_bytes(b"PK two, longer")
    (share / "new.docx").write_bytes(b"PK new")
    inspector = Inspector()
    scan([FilesystemSource(share)], database, inspect=inspector)
    assert sorted(inspector.seen) == ["b.docx", "new.docx"]


def test_an_edit_that_keeps_the_size_is_seen_by_its_time(share, database):
    scan([FilesystemSource(share)], database, inspect=Inspector())
    (share / "a.docx").write_bytes(b"PK 1ne")
    os.utime(share / "a.docx", (1, 1))
    inspector = Inspector()
    scan([FilesystemSource(share)], database, inspect=inspector)
    assert inspector.seen == ["a.docx"]


def test_what_was_deleted_is_gone_and_comes_back(share, database):
    scan([FilesystemSource(share)], database, inspect=Inspector())
    (share / "a.docx").unlink()
    (share / "sub/deep/c.docx").rename(share / "moved.docx")
    (share / "sub/deep").rmdir()
    result = scan([FilesystemSource(share)], database, inspect=Inspector())
    assert set(_items(database)) == {"moved.docx", "sub/b.docx", "sub/notes.txt", "~$a.docx"}
    assert result.by_state["gone"] == 2
    assert result.items == 4
    (share / "a.docx").write_bytes(b"PK one")
    scan([FilesystemSource(share)], database, inspect=Inspector())
    assert _states(database)["a.docx"] == ("read", "")


def test_what_is_no_document_comes_back_from_being_gone(share, database):
    scan([FilesystemSource(share)], database, inspect=Inspector())
    content = (share / "sub/notes.txt").read_bytes()
    (share / "sub/notes.txt").unlink()
    scan([FilesystemSource(share)], database, inspect=Inspector())
    (share / "sub/notes.txt").write_bytes(content)
    scan([FilesystemSource(share)], database, inspect=Inspector())
    assert _states(database)["sub/notes.txt"] == ("skipped", "NOT_OFFICE")


def test_a_folder_that_cannot_be_listed_any_more_is_unreadable_and_not_gone(database):
    source = MemorySource("m", {"a.docx": b"PK a", "sub/b.docx": b"PK b", "sub/deep/c.docx": b"PK c"})
    scan([source], database, inspect=Inspector())
    source.denied = frozenset({"sub"})
    scan([source], database, inspect=Inspector())
    assert _states(database) == {
        "a.docx": ("read", ""),
        "sub": ("unreadable", "FOLDER_DENIED"),
        "sub/b.docx": ("unreadable", "FOLDER_UNREADABLE"),
        "sub/deep/c.docx": ("unreadable", "FOLDER_UNREADABLE"),
    }
    source.denied = frozenset()
    scan([source], database, inspect=Inspector())
    assert {state for state, _reason in _states(database).values()} == {"read"}
    assert "sub" not in _states(database)


def test_a_file_that_breaks_the_inspector_or_is_denied_is_a_row(database):
    source = MemorySource(
        "m", {"a.docx": b"crash", "b.docx": b"PK", "c.docx": b"PK"}, denied=frozenset({"c.docx"})
    )
    scan([source], database, inspect=Inspector())
    assert _states(database) == {
        "a.docx": ("unreadable", "INSPECTION_FAILED"),
        "b.docx": ("read", ""),
        "c.docx": ("unreadable", "PERMISSION_DENIED"),
    }


def test_names_that_share_a_file_are_counted_once(tmp_path, database):
    root = tmp_path / "links"
    root.mkdir()
    (root / "a.docx").write_bytes(b"PK linked")
    (root / "sub").mkdir()
    os.link(root / "a.docx", root / "sub/same.docx")
    for _ in range(2):
        result = scan([FilesystemSource(root)], database, inspect=Inspector())
        assert sorted(_states(database).values()) == [("read", ""), ("skipped", "HARD_LINK")]
        assert result.bytes == len(b"PK linked")


class Stopped(BaseException):
    pass


def test_a_stopped_listing_goes_on_where_it_was(share, database, monkeypatch):
    source = FilesystemSource(share)
    listed = []
    original = FilesystemSource.listing

    def listing(self, cursor=""):
        listed.append(cursor)
        if cursor == "sub/deep" and listed.count(cursor) == 1:
            raise Stopped
        return original(self, cursor)

    monkeypatch.setattr(FilesystemSource, "listing", listing)
    with pytest.raises(Stopped):
        scan([source], database, inspect=Inspector())
    scan([source], database, inspect=Inspector())
    assert listed == ["", "sub", "sub/deep", "sub/deep"]
    assert len(_items(database)) == 5


def test_a_stopped_reading_repeats_nothing_that_was_stored(share, database, monkeypatch):
    first, second = Inspector(), Inspector()
    seen = []

    def stop_after_two(progress):
        if progress.phase == "reading" and progress.done >= 2:
            raise Stopped

    monkeypatch.setattr(reading, "_QUEUED_A_JOB", 1)
    with pytest.raises(Stopped):
        scan([FilesystemSource(share)], database, inspect=first, progress=stop_after_two)
    scan([FilesystemSource(share)], database, inspect=second)
    seen = first.seen + second.seen
    assert set(seen) == {"a.docx", "b.docx", "c.docx", "notes.txt"}
    assert len(second.seen) == 2


def test_a_newer_inspector_reads_each_content_again(share, database, monkeypatch):
    scan([FilesystemSource(share)], database, inspect=Inspector())
    monkeypatch.setattr(store, "INSPECTOR_REVISION", INSPECTOR_REVISION + 1)
    inspector = Inspector()
    scan([FilesystemSource(share)], database, inspect=inspector)
    assert sorted(inspector.seen) == ["a.docx", "b.docx"]  # c.docx is a copy


def test_a_scan_without_inspection_opens_nothing(share, database):
    source = FilesystemSource(share)
    source.open = None
    scan([source], database)
    assert _states(database)["a.docx"] == ("seen", "")


def test_sources_are_told_apart(database):
    one, two = MemorySource("one", {"a.docx": b"PK 1"}), MemorySource("two", {"a.docx": b"PK 2"})
    scan([one, two], database, inspect=Inspector(), jobs=2)
    with database.connect() as connection:
        assert [found.item.source for found in inspected_items(connection)] == ["one", "two"]
        assert [found.item.source for found in inspected_items(connection, "two")] == ["two"]
        assert coverage(connection).sources == ("one", "two")


def test_findings_name_duplicates_names_and_what_is_unreadable(database):
    source = MemorySource(
        "m",
        {"A.docx": b"PK 1", "a.docx": b"PK 1", "nul.docx": b"PK 2", "no/x.docx": b"PK"},
        denied=frozenset({"no"}),
    )
    scan([source], database, inspect=Inspector())
    with database.connect() as connection:
        found = {(finding.code, finding.path) for finding in findings(connection)}
    assert found == {
        ("DUPLICATE", "A.docx"),
        ("DUPLICATE", "a.docx"),
        ("NAMES_DIFFER_IN_CASE", "a.docx"),
        ("NAME_NOT_PORTABLE", "nul.docx"),
        ("UNREADABLE", "no"),
    }


def test_a_scan_without_a_change_writes_no_item_and_few_statements_a_folder(tmp_path, database):
    root = tmp_path / "wide"
    for number in range(600):
        folder = root / f"{number % 6}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.docx").write_bytes(b"PK")
    statements = []
    event.listen(database, "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    scan([FilesystemSource(root)], database)
    first = len(statements)
    assert first <= 12 * 7 + 20
    statements.clear()
    scan([FilesystemSource(root)], database)
    assert len(statements) <= first
    assert not [
        text for text in statements if text.startswith(("INSERT INTO items", "UPDATE items SET size"))
    ]
