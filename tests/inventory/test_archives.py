import io
import tarfile
import zipfile

import pytest

from inventory.database import open_database
from inventory.records import ItemState
from inventory.scan import scan
from inventory.source import Unopened, walk
from inventory.sources import archives
from inventory.sources.archives import ArchiveSource
from inventory.sources.filesystem import FilesystemSource
from inventory.sources.memory import MemorySource
from tests.inventory.conformance import SourceConformance

INSIDE = {"a.docx": b"first", "2019/b.xlsx": b"second", "2019/empty.doc": b"", "~$a.docx": b"owner"}


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()


def tarred(files, form="gz"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=f"w:{form}") as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


class TestArchiveSource(SourceConformance):
    def make(self, tmp_path, files):
        root = tmp_path / "share"
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        return ArchiveSource(FilesystemSource(root))

    def delete(self, tmp_path, source, path):
        (tmp_path / "share" / path).unlink()


def _rows(source):
    return {item.path: (item.state.value, item.reason) for item in walk(source)}


@pytest.mark.parametrize(
    ("name", "content"),
    [("old.zip", zipped(INSIDE)), ("old.TAR.GZ", tarred(INSIDE)), ("old.tar", tarred(INSIDE, ""))],
)
def test_archives_are_listed_inside_and_their_files_read(name, content):
    source = ArchiveSource(MemorySource("m", {f"x/{name}": content}))
    rows = _rows(source)
    assert rows == {
        f"x/{name}": ("seen", ""),
        f"x/{name}!/a.docx": ("seen", ""),
        f"x/{name}!/2019/b.xlsx": ("seen", ""),
        f"x/{name}!/2019/empty.doc": ("skipped", "EMPTY_FILE"),
        f"x/{name}!/~$a.docx": ("skipped", "LOCK_FILE"),
    }
    item = next(item for item in walk(source) if item.name == "b.xlsx")
    with source.open(item) as opened:
        assert opened.read() == b"second"


def test_a_scan_stores_what_is_inside(tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    source = ArchiveSource(MemorySource("m", {"old.zip": zipped(INSIDE), "b.docx": b"b"}))
    for _ in range(2):
        assert scan([source], database, inspect=lambda path: None).items == 6
    assert scan([MemorySource("m", {"old.zip": zipped(INSIDE), "b.docx": b"b"})], database).items == 2


def test_paths_that_would_lead_out_stay_inside():
    source = ArchiveSource(
        MemorySource("m", {"x.zip": zipped({"../../etc/a.docx": b"a", "C:\\b.docx": b"b"})})
    )
    assert set(_rows(source)) == {"x.zip", "x.zip!/etc/a.docx", "x.zip!/C:/b.docx"}


def test_archives_within_archives_are_rows():
    source = ArchiveSource(MemorySource("m", {"x.zip": zipped({"y.zip": zipped(INSIDE)})}))
    assert _rows(source)["x.zip!/y.zip"] == ("skipped", "NESTED_ARCHIVE")


def test_damaged_archives_are_rows_with_their_cause():
    source = ArchiveSource(
        MemorySource("m", {"x.zip": zipped(INSIDE)[:-30], "y.tar.gz": tarred(INSIDE)[:40]})
    )
    rows = _rows(source)
    assert rows["x.zip!"] == ("unreadable", "ARCHIVE_DAMAGED")
    assert rows["y.tar.gz!"] == ("unreadable", "ARCHIVE_DAMAGED")


def test_encrypted_members_are_rows_with_their_cause():
    content = bytearray(zipped({"a.docx": b"a"}))
    central = content.index(b"PK\1\2")
    content[central + 8] |= 1
    rows = _rows(ArchiveSource(MemorySource("m", {"x.zip": bytes(content)})))
    assert rows["x.zip!/a.docx"] == ("unreadable", "ARCHIVE_ENCRYPTED")


def test_what_is_too_large_is_not_unpacked(monkeypatch):
    source = ArchiveSource(MemorySource("m", {"x.zip": zipped({"a.docx": b"a" * 1000})}))
    item = next(item for item in walk(source) if item.name == "a.docx")
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 999)
    for told in (item, item._replace(size_bytes=1)):  # the second archive lies about its member
        with pytest.raises(Unopened) as caught:
            source.open(told)
        assert caught.value.reason == "ARCHIVE_LIMIT"


def test_an_archive_of_too_many_members_says_so(monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    source = ArchiveSource(MemorySource("m", {"x.zip": zipped({f"{n}.docx": b"x" for n in range(9)})}))
    assert sorted(reason for _state, reason in _rows(source).values()) == ["", "", "", "", "ARCHIVE_LIMIT"]


def test_placeholders_are_not_opened_for_their_listing():
    class Offline(MemorySource):
        def _item(self, path):
            return super()._item(path)._replace(state=ItemState.SKIPPED, reason="OFFLINE")

        def open(self, item):
            raise AssertionError

    assert _rows(ArchiveSource(Offline("m", {"x.zip": zipped(INSIDE)}))) == {"x.zip": ("skipped", "OFFLINE")}
