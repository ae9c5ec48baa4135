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
from inventory.search import Wanted, known_kinds, links_from, links_to, search
from inventory.sources.filesystem import FilesystemSource
from inventory.store import inspected_items, kinds
from inventory.summary import coverage
from inventory.tenant.tables import tenants
from migrate import baselines, openings
from migrate.batch.decide import Action
from migrate.batch.plan import plan_batch
from migrate.batch.runner import BatchOptions, run_batch
from migrate.ledger import JobKey, Ledger
from migrate.ledger_queries import OPEN_VERDICTS, open_files, run_totals
from migrate.openings import list_openings, note_opening
from tests.inventory.postgresql import postgresql_url
from tests.migrate.batch.fake_engine import convert_in_process
from tests.migrate.ledger_rows import GOOD, OPEN, run_of


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
    assert {table.metadata for table in (baselines.baselines, openings.openings, tenants)} == {metadata}
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


def test_the_questions_of_the_pages_are_answered(url, tmp_path):
    root = tmp_path / "Share_1"
    root.mkdir()
    for name in ("Budget É.docx", "letter.docx"):
        (root / name).write_bytes(name.encode())
    engine = open_database(url)
    scan([FilesystemSource(root)], engine, inspect=_inspect, jobs=1)
    outcomes = {str(root / "letter.docx"): OPEN, str(root / "Budget É.docx"): GOOD}
    run = run_of(engine, outcomes, mark="7")
    note_opening(engine, "ann", "view", "letter\x00.docx", "ab" * 32)
    with engine.connect() as connection:
        own = Wanted("share_1/budget é")
        assert search(connection, own, 10) == []
        found = search(connection, Wanted(str(root / "Budget")), 10)
        assert [one.item.path for one in found] == ["Budget É.docx"]
        assert [one.item.path for one in search(connection, Wanted("budget é", kind="docx"), 10)] == [
            "Budget É.docx"
        ]
        assert links_to(connection, found[0].number, 10) == links_from(connection, found[0].number, 10) == []
        assert "docx" in known_kinds(connection)
        waiting = open_files(connection, OPEN_VERDICTS, 10)
        assert waiting[0].source == str(root / "letter.docx")
        assert open_files(connection, OPEN_VERDICTS, 10, waiting[-1].mark) == []
        assert run_totals(connection, run).verdicts == {"needs_a_person": 1, "converted": 1}
        assert list_openings(connection, 1, name="ANN")[0].name == "letter\x00.docx"
    engine.dispose()
