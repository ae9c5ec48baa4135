"""Results put in place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from converters.placement import Placement


def test_the_disk_has_a_result_before_it_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.odt"
    synced: list[tuple[int, bool]] = []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: synced.append((os.fstat(descriptor).st_size, target.exists()))
    )
    placement = Placement(target)
    made = placement.prepare()
    made.write_bytes(b"result")
    placement.place(made, tmp_path.stat(), overwrite=False, keep_modified=False)
    assert synced == [(6, False)]
    assert target.read_bytes() == b"result"


def test_a_result_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    placement = Placement(tmp_path / "a.odt")
    placement.prepare()
    placement.prepare_second()
    placement.discard()
    assert list(tmp_path.iterdir()) == []
