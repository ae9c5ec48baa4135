"""Results put in place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from converters.placement import Placement


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size of each file that the disk is asked to take."""
    sizes: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: sizes.append(os.fstat(descriptor).st_size))
    return sizes


def _place(target: Path, *, ahead: bool, later: bytes = b"") -> None:
    placement = Placement(target)
    temporary = placement.prepare()
    temporary.write_bytes(b"result")
    if ahead:
        placement.begin_sync()
    if later:
        placement._synced.result()
        with temporary.open("ab") as stream:
            stream.write(later)
    placement.place(target.parent.stat(), overwrite=False, keep_modified=False)


def test_the_disk_has_a_result_before_it_takes_its_name(tmp_path: Path, synced: list[int]) -> None:
    _place(tmp_path / "a.odt", ahead=False)
    assert synced == [6]


def test_what_the_disk_has_already_is_not_asked_for_again(tmp_path: Path, synced: list[int]) -> None:
    _place(tmp_path / "a.odt", ahead=True)
    assert synced == [6]


def test_what_came_after_is_asked_for_again(tmp_path: Path, synced: list[int]) -> None:
    _place(tmp_path / "a.odt", ahead=True, later=b" and more")
    assert synced == [6, 15]


def test_a_result_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    placement = Placement(tmp_path / "a.odt")
    placement.prepare()
    placement.begin_sync()
    placement.discard()
    assert list(tmp_path.iterdir()) == []
