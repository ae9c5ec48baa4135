import os
import sys
from contextlib import contextmanager

import pytest

from inventory.errors import InventoryError
from inventory.records import ItemState
from inventory.source import Unlisted, walk
from inventory.sources import KINDS, source_by_name
from inventory.sources.filesystem import FilesystemSource
from inventory.sources.memory import MemorySource
from tests.inventory.conformance import SourceConformance

NOBODY = 65534  # the user id of nobody on Linux


class TestMemorySource(SourceConformance):
    def make(self, tmp_path, files):
        return MemorySource("memory", files)

    def delete(self, tmp_path, source, path):
        del source.files[path]


class TestFilesystemSource(SourceConformance):
    def make(self, tmp_path, files):
        root = tmp_path / "share"
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        return FilesystemSource(root)

    def delete(self, tmp_path, source, path):
        (source.root / path).unlink()


def _reasons(root):
    return {item.path: item.reason for item in walk(FilesystemSource(root))}


def test_links_are_listed_and_never_followed(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a.docx").write_bytes(b"a")
    (tmp_path / "folder/loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "link.docx").symlink_to(tmp_path / "folder/a.docx")
    (tmp_path / "dangling.docx").symlink_to(tmp_path / "nowhere")
    assert _reasons(tmp_path) == {
        "dangling.docx": "SYMLINK",
        "folder/a.docx": "",
        "folder/loop": "SYMLINK",
        "link.docx": "SYMLINK",
    }


def test_system_folders_and_pipes_are_rows_and_not_entered(tmp_path):
    (tmp_path / "$RECYCLE.BIN").mkdir()
    (tmp_path / "$RECYCLE.BIN/old.docx").write_bytes(b"old")
    os.mkfifo(tmp_path / "pipe")
    assert _reasons(tmp_path) == {"$RECYCLE.BIN": "SYSTEM_FOLDER", "pipe": "NOT_REGULAR"}


def test_a_name_that_is_no_unicode_is_listed_and_opened(tmp_path):
    name = os.fsdecode(b"caf\xe9.docx")
    try:
        (tmp_path / name).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes Unicode names alone")
    source = FilesystemSource(tmp_path)
    (item,) = walk(source)
    assert item.path == name
    with source.open(item) as content:
        assert content.read() == b"x"


@contextmanager
def an_ordinary_user(*folders):
    """For root, who may read everything: be nobody meanwhile, with the way to the folders open."""
    if os.geteuid() != 0:
        yield
        return
    modes = {folder: folder.stat().st_mode for folder in folders}
    for folder, mode in modes.items():
        folder.chmod(mode | 0o055)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        for folder, mode in modes.items():
            folder.chmod(mode)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of folders are not Windows'")
def test_a_folder_that_may_not_be_listed_is_a_row(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o000)
    ways = [folder for folder in (tmp_path, *tmp_path.parents) if folder.stat().st_uid == os.geteuid()]
    try:
        with an_ordinary_user(*ways):
            (item,) = walk(FilesystemSource(tmp_path))
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert (item.path, item.state, item.reason) == ("closed", ItemState.UNREADABLE, "FOLDER_DENIED")


def test_a_listing_that_is_denied_says_so(tmp_path, monkeypatch):
    def denied(_path):
        raise PermissionError

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(Unlisted) as caught:
        FilesystemSource(tmp_path).listing()
    assert caught.value.reason == "FOLDER_DENIED"


def test_reading_leaves_the_access_time_alone(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(b"content")
    os.utime(file, ns=(1_000_000_000, 2_000_000_000))
    source = FilesystemSource(tmp_path)
    for item in walk(source):
        with source.open(item) as content:
            content.read()
    assert file.stat().st_atime_ns == 1_000_000_000


def test_opening_never_follows_a_link_put_in_place_of_the_file(tmp_path):
    from inventory.source import Unopened

    (tmp_path / "a.docx").write_bytes(b"a")
    source = FilesystemSource(tmp_path)
    (item,) = walk(source)
    (tmp_path / "a.docx").unlink()
    (tmp_path / "a.docx").symlink_to("/etc/hostname")
    with pytest.raises(Unopened):
        source.open(item)


def test_one_file_is_a_source_too(tmp_path):
    file = tmp_path / "letter.docx"
    file.write_bytes(b"letter")
    source = FilesystemSource(file)
    (item,) = walk(source)
    assert item.path == "letter.docx"
    assert source.local_path(item) == file


def test_a_source_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(InventoryError, match="SOURCE_MISSING"):
        source_by_name(str(tmp_path / "nowhere"))
    with pytest.raises(InventoryError, match="SOURCE_UNKNOWN"):
        source_by_name("gopher://example.org/")


def test_the_catch_all_kind_comes_last():
    prefixes = [prefix for prefix, _make in KINDS]
    assert prefixes[-1] == ""
    assert all(prefixes[:-1])
