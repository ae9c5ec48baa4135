"""A batch that is killed at any moment: nothing twice, nothing missing, no half file, originals untouched."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from inventory.database import open_database
from migrate.batch.decide import Action
from migrate.batch.plan import plan_batch
from migrate.batch.runner import BatchOptions, run_batch
from migrate.ledger import Ledger, jobs
from tests.migrate.batch.fake_engine import convert_in_process, result_of

PROJECT = Path(__file__).parents[3]
FILES = 60


@pytest.fixture
def share(tmp_path):
    root = tmp_path / "share"
    for number in range(FILES):
        path = root / f"folder {number % 7}" / f"file {number}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"document {number} ".encode() * 500)
    return root


def _fingerprints(root):
    return {
        path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in root.rglob("*")
        if path.is_file()
    }


def _start(share, tmp_path, *rest):
    command = [
        sys.executable,
        "-m",
        "tests.migrate.batch.run_fake",
        share,
        tmp_path / "odf",
        tmp_path / "x.db",
        *rest,
    ]
    return subprocess.Popen(
        [str(part) for part in command], cwd=PROJECT, env=os.environ | {"PYTHONPATH": str(PROJECT)}
    )


def _placed(tmp_path):
    """What stands under targets' names; staging folders are not entered, for they come and go."""
    return list((tmp_path / "odf").glob("*/*.odt"))


def _rows(tmp_path):
    engine = open_database(str(tmp_path / "x.db"))
    with engine.connect() as connection:
        return connection.execute(jobs.select()).all()


def _check_complete(share, tmp_path):
    for source in share.rglob("*.docx"):
        target = (tmp_path / "odf" / source.relative_to(share)).with_suffix(".odt")
        assert target.read_bytes() == result_of(source.read_bytes()), target
    assert len([path for path in (tmp_path / "odf").rglob("*") if path.is_file()]) == FILES
    assert not [path for path in (tmp_path / "odf").rglob("*") if path.name.startswith(".")]


def test_a_batch_killed_again_and_again_converts_each_file_once(share, tmp_path):
    before = _fingerprints(share)
    seed = int(os.environ.get("KILL_SEED", "0")) or random.randrange(1, 10**6)
    chance = random.Random(seed)
    kills = 0
    for _attempt in range(4):
        process = _start(share, tmp_path, "1")
        goal = len(_placed(tmp_path)) + chance.randrange(1, 15)
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if len(_placed(tmp_path)) >= goal:
                time.sleep(chance.random() * 0.05)
                process.send_signal(signal.SIGKILL)
                kills += 1
                break
            time.sleep(0.002)
        process.wait()
        # whatever stands under a target's name is whole, at every moment
        for target in _placed(tmp_path):
            source = (share / target.relative_to(tmp_path / "odf")).with_suffix(".docx")
            assert target.read_bytes() == result_of(source.read_bytes()), f"seed {seed}"
    assert kills >= 2, f"seed {seed}: the batch was too fast to be killed"
    assert _start(share, tmp_path, "1").wait() == 0
    _check_complete(share, tmp_path)
    assert [row.conversions for row in _rows(tmp_path)] == [1] * FILES, f"seed {seed}"
    assert {row.state for row in _rows(tmp_path)} == {"done"}
    assert _fingerprints(share) == before


def test_edited_targets_are_kept_and_listed_with_and_without_redo(share, tmp_path):
    database = open_database(str(tmp_path / "x.db"))

    def run(revision, **options):
        ledger = Ledger(database)
        plan = plan_batch([share], tmp_path / "odf", earlier=ledger.targets())
        return run_batch(
            plan,
            ledger,
            BatchOptions(**options),
            convert=convert_in_process,
            revision=lambda kind: revision,
        )

    assert run(1).by_action() == {Action.CONVERT: FILES}
    edited = sorted((tmp_path / "odf").rglob("*.odt"))[3:40:15]
    for target in edited:
        target.write_bytes(target.read_bytes() + b" and a word of mine")
    contents = {target: target.read_bytes() for target in edited}
    for options, others in (({}, Action.OLDER_STANDS), ({"redo": True}, Action.CONVERT)):
        result = run(2, **options)
        assert result.by_action() == {others: FILES - 3, Action.KEPT_EDITED: 3}
        assert sorted(row.target for row in result.rows if row.action is Action.KEPT_EDITED) == sorted(
            map(str, edited)
        )
        assert {target: target.read_bytes() for target in edited} == contents
    assert run(2, redo=True).by_action() == {Action.DONE_BEFORE: FILES - 3, Action.KEPT_EDITED: 3}
    assert run(2, force=True).by_action() == {Action.DONE_BEFORE: FILES - 3, Action.CONVERT: 3}
    _check_complete(share, tmp_path)
