import hashlib
import os

import pytest

from converters.inspection import Inspection
from inventory import duplicates
from inventory.database import open_database
from inventory.duplicate_queries import (
    Contents,
    Copies,
    contents_by_kind,
    count_copies,
    files_with,
    largest_copies,
)
from inventory.duplicates import EDGE_BYTES, find_duplicates
from inventory.pace import Pace
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from inventory.sources.memory import MemorySource
from inventory.store import inspected_items
from inventory.tables import edges

LARGE = 3 * EDGE_BYTES


def _large(middle):
    return b"a" * EDGE_BYTES + middle * EDGE_BYTES + b"z" * EDGE_BYTES


FILES = {
    "one/video.mp4": _large(b"1"),
    "two/video copy.mp4": _large(b"1"),
    "two/other middle.mp4": _large(b"2"),
    "two/other end.mp4": b"a" * EDGE_BYTES + b"1" * EDGE_BYTES + b"y" * EDGE_BYTES,
    "two/longer.mp4": _large(b"1") + b"!",
    "one/small.txt": b"same words",
    "two/small.txt": b"same words",
    "two/else.txt": b"other word",
    "one/alone.bin": b"alone, by its size",
    "one/empty.txt": b"",
    "~$one.docx": b"same words",
}


class Watched(MemorySource):
    """Counts the bytes that are read of each file."""

    def __init__(self, name, files, **more):
        super().__init__(name, files, **more)
        self.read = {}

    def open(self, item):
        stream = super().open(item)
        original = stream.read

        class Counting(type(stream)):
            def read(inner, size=-1):
                data = super().read(size)
                self.read[item.path] = self.read.get(item.path, 0) + len(data)
                return data

        assert original
        return Counting(stream.getvalue())


@pytest.fixture
def database(tmp_path):
    return open_database(str(tmp_path / "scan.db"))


def _searched(source, database, **options):
    scan([source], database)
    unopened = find_duplicates({source.name: source}, database, **options)
    assert unopened == 0


def _groups(database):
    with database.connect() as connection:
        return [
            sorted(item.path for item in files_with(connection, found.sha256))
            for found in largest_copies(connection, 10)
        ]


def test_copies_are_found_by_size_then_ends_then_all_bytes(database):
    source = Watched("m", FILES)
    _searched(source, database)
    assert _groups(database) == [
        ["one/video.mp4", "two/video copy.mp4"],
        ["one/small.txt", "two/small.txt"],
    ]
    with database.connect() as connection:
        assert count_copies(connection) == (2, 4, LARGE + 10)
        first = largest_copies(connection, 1)[0]
    assert first == Copies(hashlib.sha256(_large(b"1")).hexdigest(), 2, LARGE, LARGE)
    # sizes that stand alone are never opened; other ends are not read whole; small files are read once
    assert set(source.read) == {
        "one/video.mp4",
        "two/video copy.mp4",
        "two/other middle.mp4",
        "two/other end.mp4",
        "one/small.txt",
        "two/small.txt",
        "two/else.txt",
    }
    assert source.read["two/other end.mp4"] == 2 * EDGE_BYTES
    assert source.read["two/other middle.mp4"] == 2 * EDGE_BYTES + LARGE
    assert source.read["one/small.txt"] == 10


def test_a_second_search_reads_nothing(database):
    _searched(MemorySource("m", FILES), database)
    source = Watched("m", FILES)
    _searched(source, database)
    assert source.read == {}


class Stopped(BaseException):
    pass


def test_a_stopped_search_goes_on_where_it_was(database, monkeypatch):
    monkeypatch.setattr(duplicates, "_FILES_A_BATCH", 1)
    source = Watched("m", FILES)
    scan([source], database)

    def stop(progress):
        if progress.phase == "contents":
            raise Stopped

    with pytest.raises(Stopped):
        find_duplicates({"m": source}, database, progress=stop)
    before = dict(source.read)
    again = Watched("m", FILES)
    find_duplicates({"m": again}, database)
    assert set(again.read) == {"one/video.mp4", "two/video copy.mp4", "two/other middle.mp4"} - {
        path for path, size in before.items() if size == 2 * EDGE_BYTES + LARGE
    }
    assert len(_groups(database)) == 2


def test_a_file_that_changed_is_looked_at_anew(database, tmp_path):
    root = tmp_path / "share"
    root.mkdir()
    for name, content in (("a.bin", _large(b"1")), ("b.bin", _large(b"1"))):
        (root / name).write_bytes(content)
    _searched(FilesystemSource(root), database)
    assert _groups(database) == [["a.bin", "b.bin"]]
    (root / "b.bin").write_bytes(_large(b"2"))
    os.utime(root / "b.bin", (1, 1))
    _searched(FilesystemSource(root), database)
    assert _groups(database) == []
    (root / "b.bin").unlink()
    _searched(FilesystemSource(root), database)
    with database.connect() as connection:
        assert len(connection.execute(edges.select()).all()) == 1


def test_offline_and_denied_files_are_not_read(database):
    class Offline(Watched):
        def _item(self, path):
            item = super()._item(path)
            return item._replace(state="skipped", reason="OFFLINE") if path.startswith("offline") else item

    source = Offline(
        "m",
        {"offline.bin": b"1" * 50, "a.bin": b"1" * 50, "closed.bin": b"1" * 50},
        denied=frozenset({"closed.bin"}),
    )
    scan([source], database)
    assert find_duplicates({"m": source}, database) == 1
    assert set(source.read) == {"a.bin"}


def test_a_file_that_is_shorter_than_it_was_listed_has_no_hash(database):
    source = MemorySource("m", {"a.bin": b"1" * 50, "b.bin": b"1" * 50})
    scan([source], database)
    source.files["b.bin"] = b"1" * 49
    assert find_duplicates({"m": source}, database) == 1
    assert _groups(database) == []


def test_documents_that_were_looked_into_are_counted_once_each(database):
    def inspect(path):
        content = path.read_bytes()
        if not content.startswith(b"PK"):
            return None
        digest = hashlib.sha256(content).hexdigest()
        return Inspection(digest, len(content), "docx", family="text")

    files = {"a.docx": b"PK1", "b.docx": b"PK1", "c.docx": b"PK2", "copy of a.bin": b"PK1", "d.txt": b"txt"}
    source = Watched("m", files)
    scan([source], database, inspect=inspect)
    source.read.clear()
    find_duplicates({"m": source}, database)
    assert set(source.read) == {"d.txt"}  # the others were hashed when they were looked into
    with database.connect() as connection:
        assert contents_by_kind(connection) == [Contents("docx", 4, 12, 2, 6)]
        assert count_copies(connection) == (1, 3, 6)


def test_large_documents_are_compared_with_files_that_are_none(database):
    def inspect(path):
        content = path.read_bytes()
        if path.suffix != ".docx":
            return None
        return Inspection(hashlib.sha256(content).hexdigest(), len(content), "docx", family="text")

    files = {"a.docx": _large(b"1"), "backup of a.bin": _large(b"1"), "other.bin": _large(b"3")}
    source = Watched("m", files)
    scan([source], database, inspect=inspect)
    source.read.clear()
    find_duplicates({"m": source}, database)
    assert _groups(database) == [["a.docx", "backup of a.bin"]]
    assert source.read["a.docx"] == 2 * EDGE_BYTES


def test_the_rate_is_held(database):
    waits = []

    class Counted(Pace):
        def wait(self, items):
            waits.append(items)

    _searched(MemorySource("m", FILES), database, pace=Counted())
    assert sum(waits) == 7 + 3


def test_small_files_can_be_left_alone(database):
    source = Watched("m", FILES)
    _searched(source, database, smallest_bytes=1000)
    assert len(_groups(database)) == 1
    assert not [path for path in source.read if path.endswith(".txt")]


def test_only_the_sources_asked_for_are_opened(database):
    one, two = Watched("one", {"a.bin": b"12345"}), Watched("two", {"b.bin": b"12345"})
    scan([one, two], database)
    find_duplicates({"one": one}, database)
    assert (one.read, two.read) == ({}, {})
    find_duplicates({"one": one, "two": two}, database)
    with database.connect() as connection:
        assert count_copies(connection) == (1, 2, 5)
        assert len(list(inspected_items(connection))) == 2
