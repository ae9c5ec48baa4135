"""Inventory and ledger on a real PostgreSQL server."""

import multiprocessing
import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from converters.inspection import Inspection
from inventory.database import VERSION_TABLE, metadata, open_database
from inventory.findings import findings
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from inventory.store import inspected_items, kinds
from inventory.summary import coverage
from migrate import baselines
from migrate.batch.decide import Action
from migrate.batch.plan import plan_batch
from migrate.batch.runner import BatchOptions, run_batch
from migrate.ledger import JobKey, Ledger
from tests.inventory.postgresql import postgresql_url
from tests.migrate.batch.fake_engine import convert_in_process


@pytest.fixture(scope="module")
def url():
    with postgresql_url() as address:
        yield address


def _open(url):
    open_database(url).dispose()


def test_processes_that_open_a_new_database_at_once_upgrade_it_once(url):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_open, args=(url,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    engine = open_database(url)
    assert baselines.baselines.metadata is metadata
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def _inspect(path: Path) -> Inspection:
    return Inspection(f"{path.stat().st_size:064}", path.stat().st_size, "docx", family="text")


def test_a_scan_is_stored_changed_and_counted(url, tmp_path):
    root = tmp_path / "share"
    (root / "sub").mkdir(parents=True)
    (root / "a.docx").write_bytes(b"a")
    (root / "sub/b.docx").write_bytes(b"b")
    (root / os.fsdecode(b"caf\xe9.docx")).write_bytes(b"bytes that are no UTF-8")
    engine = open_database(url)
    for _ in range(2):
        scan([FilesystemSource(root)], engine, inspect=_inspect)
    (root / "a.docx").unlink()
    scan([FilesystemSource(root)], engine, inspect=_inspect)
    with engine.connect() as connection:
        found = {
            inspected.item.path: inspected.inspection for inspected in inspected_items(connection, str(root))
        }
        assert set(found) == {os.fsdecode(b"caf\xe9.docx"), "sub/b.docx"}
        assert all(found.values())
        assert kinds(connection) == {"docx": 2}
        assert coverage(connection).by_state == {"gone": 1, "read": 2}
        assert list(findings(connection)) == []
    engine.dispose()


def test_a_batch_is_remembered(url, tmp_path):
    root = tmp_path / "share"
    root.mkdir()
    for number in range(5):
        (root / f"{number}.docx").write_bytes(b"%d" % number)
    engine = open_database(url)
    for action in (Action.CONVERT, Action.DONE_BEFORE):
        ledger = Ledger(engine)
        plan = plan_batch([root], tmp_path / "odf", earlier=ledger.targets())
        result = run_batch(plan, ledger, BatchOptions(), convert=convert_in_process, revision=lambda kind: 1)
        assert result.by_action() == {action: 5}
    engine.dispose()


def test_two_runs_never_work_on_one_target(url):
    engine = open_database(url)
    one, two = Ledger(engine), Ledger(engine)
    assert one.claim(JobKey("/odf/x.odt", "0" * 64, "{}", 1), "/share/x.docx", "/odf/.a.partial") is not None
    assert two.claim(JobKey("/odf/x.odt", "1" * 64, "{}", 1), "/share/x.docx", "/odf/.b.partial") is None
    one.close()
    engine.dispose()
