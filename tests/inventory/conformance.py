"""What every source must do. A source's test subclasses SourceConformance and makes a source from a tree."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from inventory.database import open_database
from inventory.records import ItemState
from inventory.scan import scan
from inventory.source import FIRST, Source, Unlisted, Unopened, walk
from inventory.store import inspected_items

TREE = {
    "a.docx": b"first",
    "empty.xlsx": b"",
    "~$a.docx": b"owner",
    "finance/b.xlsx": b"second",
    "finance/2024/c.pptx": b"third",
    "finance/été & co/d.doc": b"fourth",
}


class SourceConformance:
    def make(self, tmp_path, files: Mapping[str, bytes]) -> Source:
        raise NotImplementedError

    def test_every_file_is_listed_once_with_its_size(self, tmp_path):
        source = self.make(tmp_path, TREE)
        found = [(item.path, item.size_bytes) for item in walk(source)]
        assert sorted(found) == sorted((path, len(content)) for path, content in TREE.items())

    def test_items_name_their_source_and_a_utc_time(self, tmp_path):
        source = self.make(tmp_path, TREE)
        for item in walk(source):
            assert item.source == source.name
            assert item.modified.endswith("Z")

    def test_content_comes_back_bit_by_bit(self, tmp_path):
        source = self.make(tmp_path, TREE)
        for item in walk(source):
            if item.state is ItemState.SEEN:
                with source.open(item) as content:
                    assert content.read() == TREE[item.path]

    def test_owner_files_and_empty_files_are_skipped_with_their_reason(self, tmp_path):
        reasons = {item.path: item.reason for item in walk(self.make(tmp_path, TREE)) if item.reason}
        assert reasons == {"~$a.docx": "LOCK_FILE", "empty.xlsx": "EMPTY_FILE"}

    def test_a_page_can_be_listed_again_from_its_cursor(self, tmp_path):
        source = self.make(tmp_path, TREE)
        cursors = source.listing(FIRST).cursors
        assert cursors
        for cursor in cursors:
            one, two = source.listing(cursor), source.listing(cursor)
            assert list(one.items()) == list(two.items())
            assert (one.cursors, one.count, one.digest) == (two.cursors, two.count, two.digest)
            assert one.count == len(one.items())

    def test_a_page_that_does_not_exist_is_unlisted_with_a_reason(self, tmp_path):
        source = self.make(tmp_path, TREE)
        with pytest.raises(Unlisted) as caught:
            source.listing("no such folder")
        assert caught.value.reason

    def test_an_item_that_went_away_is_unopened_with_a_reason(self, tmp_path):
        source = self.make(tmp_path, TREE)
        item = next(item for item in walk(source) if item.path == "a.docx")
        self.delete(tmp_path, source, "a.docx")
        with pytest.raises(Unopened) as caught:
            source.open(item)
        assert caught.value.reason == "VANISHED"

    def test_a_local_source_says_where_its_items_are(self, tmp_path):
        source = self.make(tmp_path, TREE)
        for item in walk(source):
            path = source.local_path(item)
            assert (path is not None) is source.capabilities.local

    def test_a_scan_holds_what_the_source_lists(self, tmp_path):
        source = self.make(tmp_path, TREE)
        database = open_database(str(tmp_path / "scan.db"))
        coverage = scan([source], database)
        with database.connect() as connection:
            stored = [inspected.item for inspected in inspected_items(connection)]
        assert sorted(stored, key=lambda item: item.path) == sorted(walk(source), key=lambda item: item.path)
        assert coverage.items == len(TREE) == sum(coverage.by_state.values())

    def delete(self, tmp_path, source: Source, path: str) -> None:
        raise NotImplementedError
