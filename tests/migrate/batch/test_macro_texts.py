"""The text of macros beside the results of a batch: listed, never over what somebody else wrote, gone when it is not asked for."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from converters import convert
from converters.engines import Conversion
from converters.options import MacroPolicy
from converters.outcome import Engine
from inventory.database import open_database
from migrate.batch import runner
from migrate.batch.plan import plan_batch
from migrate.batch.rows import BatchResult
from migrate.batch.runner import BatchOptions, run_batch
from migrate.ledger import Ledger
from tests.vba_files import project_bin, xlsm


@pytest.fixture
def database(tmp_path):
    return open_database(str(tmp_path / "x.db"))


@pytest.fixture
def share(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    _write(folder / "plan.xlsm", "Sub One()\n    Beep\nEnd Sub\n")
    return folder


def _write(path: Path, code: str) -> None:
    path.write_bytes(xlsm(project_bin({"Module1": ("standard", code)}), formula="1+1", value="2"))


def _in_process(conversions, jobs=1):
    for conversion in conversions:
        yield conversion, _convert(conversion)


def _convert(conversion: Conversion):
    return convert(
        conversion.source,
        conversion.target,
        engine=Engine.NATIVE,
        options=conversion.options,
        keep_modified=True,
    )


def _run(database, share, policy=MacroPolicy.LEAVE, **options) -> BatchResult:
    ledger = Ledger(database)
    plan = plan_batch([share], None, earlier=ledger.targets())
    return run_batch(plan, ledger, BatchOptions(macros=policy, **options), convert=_in_process)


def _texts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_modules_lie_beside_the_result_and_are_listed(share, database):
    (share / "plan.xlsm").chmod(0o640)
    (row,) = _run(database, share).rows
    beside = share / "plan.ods.macros.zip"
    (companion,) = row.outcome.companions
    assert (companion.kind, companion.path) == ("macros", str(beside))
    assert _texts(beside) == {
        "Module1.bas": b'Attribute VB_Name = "Module1"\r\nSub One()\r\n    Beep\r\nEnd Sub\r\n'
    }
    assert stat.S_IMODE(beside.stat().st_mode) == 0o640
    assert row.outcome.as_json()["companions"][0]["sha256"] == companion.sha256


def test_texts_of_a_changed_source_replace_those_that_nobody_touched(share, database):
    _run(database, share)
    _write(share / "plan.xlsm", "Sub Two()\nEnd Sub\n")
    _run(database, share)
    assert b"Sub Two" in _texts(share / "plan.ods.macros.zip")["Module1.bas"]
    assert sorted(path.name for path in share.iterdir()) == ["plan.ods", "plan.ods.macros.zip", "plan.xlsm"]


def test_texts_that_somebody_changed_stay_and_ours_take_a_number(share, database):
    _run(database, share)
    (share / "plan.ods.macros.zip").write_bytes(b"my notes")
    _write(share / "plan.xlsm", "Sub Two()\nEnd Sub\n")
    (row,) = _run(database, share).rows
    assert (share / "plan.ods.macros.zip").read_bytes() == b"my notes"
    assert row.outcome.companions[0].path == str(share / "plan.ods.macros (2).zip")
    assert b"Sub Two" in _texts(share / "plan.ods.macros (2).zip")["Module1.bas"]


def test_a_file_of_another_program_stays(share, database):
    (share / "plan.ods.macros.zip").write_bytes(b"a backup")
    (row,) = _run(database, share).rows
    assert (share / "plan.ods.macros.zip").read_bytes() == b"a backup"
    assert row.outcome.companions[0].path.endswith("macros (2).zip")


def test_texts_go_where_the_policy_asks_for_none_any_more(share, database):
    _run(database, share)
    _run(database, share, MacroPolicy.CARRY, redo=True)
    assert sorted(path.name for path in share.iterdir()) == ["plan.ods", "plan.xlsm"]


def test_changed_texts_stay_where_the_policy_asks_for_none_any_more(share, database):
    _run(database, share)
    (share / "plan.ods.macros.zip").write_bytes(b"my notes")
    _run(database, share, MacroPolicy.CARRY, redo=True)
    assert (share / "plan.ods.macros.zip").read_bytes() == b"my notes"


def test_a_run_cut_off_before_the_rename_puts_the_texts_in_place_too(share, database, monkeypatch):
    def die(*_arguments, **_options):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(runner, "put_companions", die)
        patched.setattr(runner._Batch, "close", lambda self: self.ledger.close())
        with pytest.raises(SystemExit):
            _run(database, share)
    assert not (share / "plan.ods").exists()
    _run(database, share)
    assert sorted(path.name for path in share.iterdir()) == ["plan.ods", "plan.ods.macros.zip", "plan.xlsm"]


def test_another_policy_is_an_older_result_until_redo_is_asked_for(share, database):
    _run(database, share)
    (row,) = _run(database, share, MacroPolicy.DROP).rows
    assert row.action.value == "older_stands"
