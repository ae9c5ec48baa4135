"""No right is ever widened: modes, groups and access lists of results and of the folders that lead to them."""

import os
import stat
import sys
from itertools import product
from pathlib import Path

import pytest

from inventory.database import open_database
from migrate.batch.permissions import MirroredFolders, carry_permissions, reach_of
from migrate.batch.plan import plan_batch
from migrate.batch.runner import BatchOptions, run_batch
from migrate.ledger import Ledger
from tests.migrate.batch.fake_engine import convert_in_process

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")

MODES = (0o600, 0o640, 0o644, 0o664, 0o666, 0o400, 0o444, 0o755, 0o604, 0o660)
FOLDERS = (0o700, 0o750, 0o755, 0o770, 0o775, 0o711, 0o500, 0o555)


def _mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def share(tmp_path):
    root = tmp_path / "share"
    for folder, mode in product(FOLDERS, MODES):
        path = root / f"{folder:o}" / f"{mode:o}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content")
        path.chmod(mode)
    for folder in FOLDERS:
        (root / f"{folder:o}").chmod(folder)
    yield root
    for folder in root.iterdir():
        folder.chmod(0o700)


def _run(tmp_path, share, to, umask=0):
    before = os.umask(umask)
    try:
        ledger = Ledger(open_database(str(tmp_path / "x.db")))
        result = run_batch(plan_batch([share], to), ledger, BatchOptions(), convert=convert_in_process)
    finally:
        os.umask(before)
    assert all(row.outcome.target for row in result.rows)
    return result


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_targets_and_mirrored_folders_have_the_modes_of_their_sources(share, tmp_path, umask):
    share.chmod(0o755)
    _run(tmp_path, share, tmp_path / "odf", umask)
    for source in share.rglob("*"):
        target = tmp_path / "odf" / source.relative_to(share)
        if source.is_dir():
            assert _mode(target) == _mode(source), source
        else:
            assert _mode(target.with_suffix(".odt")) == _mode(source) & 0o666, source
    assert _mode(tmp_path / "odf") == _mode(share)
    for folder in (tmp_path / "odf").iterdir():
        folder.chmod(0o700)


def test_targets_beside_their_sources_keep_the_mode_too(share, tmp_path):
    for folder in share.iterdir():
        folder.chmod(_mode(folder) | 0o700)
    _run(tmp_path, share, None)
    for source in share.rglob("*.docx"):
        assert _mode(source.with_suffix(".odt")) == _mode(source) & 0o666


def test_a_wider_folder_that_was_there_narrows_the_files_in_it(tmp_path):
    share, to = tmp_path / "share", tmp_path / "odf"
    share.mkdir(mode=0o700)
    to.mkdir()
    to.chmod(0o777)
    (share / "a.docx").write_bytes(b"a")
    (share / "a.docx").chmod(0o644)
    _run(tmp_path, share, to)
    assert _mode(to) == 0o777
    assert _mode(to / "a.odt") == 0o600


def test_a_private_folder_above_the_source_counts(tmp_path):
    share, to = tmp_path / "home/alice/documents", tmp_path / "public/odf"
    (share / "sub").mkdir(parents=True)
    (tmp_path / "home/alice").chmod(0o700)
    (tmp_path / "public").mkdir()
    (share / "sub/a.docx").write_bytes(b"a")
    (share / "sub/a.docx").chmod(0o644)
    _run(tmp_path, share, to)
    assert _mode(to) == 0o700


def test_a_second_run_neither_widens_nor_narrows(tmp_path):
    share, to = tmp_path / "share", tmp_path / "odf"
    (share / "sub").mkdir(parents=True)
    (share / "sub").chmod(0o750)
    for name in ("a.docx", "b.docx"):
        (share / "sub" / name).write_bytes(name.encode())
        (share / "sub" / name).chmod(0o644)
        _run(tmp_path, share, to)
    assert _mode(to / "sub/a.odt") == _mode(to / "sub/b.odt") == 0o644
    assert _mode(to / "sub") == 0o750


def test_folders_that_were_there_keep_their_mode(tmp_path):
    share, to = tmp_path / "share", tmp_path / "odf"
    (share / "sub").mkdir(parents=True)
    (share / "sub/a.docx").write_bytes(b"a")
    (to / "sub").mkdir(parents=True)
    (to / "sub").chmod(0o711)
    _run(tmp_path, share, to)
    assert _mode(to / "sub") == 0o711


def test_a_group_that_cannot_be_given_loses_its_rights(tmp_path, monkeypatch):
    source, result = tmp_path / "a.docx", tmp_path / "a.odt"
    for path in (source, result):
        path.write_bytes(b"")
    source.chmod(0o664)
    status = source.stat()
    other = os.stat_result((*status[:5], status.st_gid + 1, *status[6:10]))

    def denied(*_arguments):
        raise PermissionError

    monkeypatch.setattr(os, "chown", denied)
    carry_permissions(other, source, result)
    assert _mode(result) == 0o604


def test_an_access_list_that_cannot_be_carried_takes_the_groups_rights(tmp_path, monkeypatch):
    source, result = tmp_path / "a.docx", tmp_path / "a.odt"
    for path in (source, result):
        path.write_bytes(b"")
    source.chmod(0o664)
    monkeypatch.setattr(os, "getxattr", lambda path, name: b"list" if Path(path) == source else _none())

    def denied(*_arguments):
        raise OSError

    monkeypatch.setattr(os, "setxattr", denied)
    carry_permissions(source.stat(), source, result)
    assert _mode(result) == 0o604


def _none():
    raise OSError


@pytest.mark.parametrize(
    ("folder", "mask"), [(0o700, 0o700), (0o710, 0o770), (0o711, 0o777), (0o744, 0o700), (0o701, 0o707)]
)
def test_the_reach_of_a_folder_is_who_may_search_it(tmp_path, folder, mask):
    (tmp_path / "x").mkdir()
    (tmp_path / "x").chmod(folder)
    assert reach_of((tmp_path / "x").stat()) == mask


def test_staging_is_private_while_a_result_is_made(tmp_path):
    share = tmp_path / "share"
    share.mkdir()
    (share / "a.docx").write_bytes(b"a")
    seen = []

    def convert(conversions, jobs=1):
        for conversion, outcome in convert_in_process(conversions):
            seen.append(_mode(conversion.target.parent))
            yield conversion, outcome

    ledger = Ledger(open_database(str(tmp_path / "x.db")))
    run_batch(plan_batch([share], None), ledger, BatchOptions(), convert=convert)
    assert seen == [0o700]


def test_nothing_is_made_for_targets_beside_their_sources(tmp_path):
    assert MirroredFolders().prepare(tmp_path / "a.odt", tmp_path, tmp_path) == 0o777
