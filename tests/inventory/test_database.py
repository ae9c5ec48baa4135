import multiprocessing
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from inventory import database as database_module
from inventory import tables
from inventory.columns import restored_path, stored_path
from inventory.database import (
    VERSION_TABLE,
    metadata,
    open_database,
    schema_revisions,
    transaction,
)
from inventory.errors import InventoryError
from inventory.network import network_file_system
from inventory.tenant.tables import tenants
from migrate import baselines, ledger, openings
from migrate.helpdesk import alerts, cases
from tests.inventory.earlier_database import check_upgraded, fill_first_revision

MOUNTS = """\
/dev/vda / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//server/share /mnt/share cifs rw 0 0
server:/export /mnt/share/nfs\\040here nfs4 rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/migrate.db", None),
        ("/tmp/migrate.db", None),
        ("/mnt/share/migrate.db", "cifs"),
        ("/mnt/sharepoint/migrate.db", None),
        ("/mnt/share/nfs here/x.db", "nfs4"),
        ("/mnt/share/local/x.db", None),
        ("/mnt/c/x.db", "9p"),
    ],
)
def test_network_file_systems_are_recognised_by_the_mount_that_holds_the_path(path, kind):
    assert network_file_system(path, MOUNTS) == kind


def test_the_root_of_a_container_is_local():
    assert network_file_system("/work/migrate.db", "none / 9p rw 0 0\n") is None


def test_a_database_on_a_network_file_system_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(database_module, "network_file_system_of", lambda path: "nfs4")
    with pytest.raises(InventoryError) as caught:
        open_database(str(tmp_path / "x.db"))
    assert caught.value.code == "DATABASE_ON_NETWORK"
    assert not (tmp_path / "x.db").exists()


def test_the_schema_of_the_versions_is_that_of_the_tables(tmp_path):
    registered = (
        tables.items,
        tenants,
        ledger.jobs,
        baselines.baselines,
        openings.openings,
        cases.cases,
        alerts.handled_alerts,
    )
    assert {table.metadata for table in registered} == {metadata}
    engine = open_database(str(tmp_path / "x.db"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_a_database_of_the_first_revision_is_upgraded_and_keeps_its_rows(tmp_path):
    path = tmp_path / "old.db"
    path.touch()
    engine = database_module._sqlite(str(path))
    fill_first_revision(engine)
    engine.dispose()
    engine = open_database(str(path))
    check_upgraded(engine)
    engine.dispose()


def test_a_newer_database_is_refused_and_left_alone(tmp_path):
    path = str(tmp_path / "x.db")
    engine = open_database(path)
    with transaction(engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(InventoryError) as caught:
        open_database(path)
    assert (caught.value.code, caught.value.params) == ("DATABASE_NEWER", {"revision": "9999"})


def test_another_programs_database_is_refused(tmp_path):
    path = tmp_path / "other.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bookmarks (id INTEGER)"))
    with pytest.raises(InventoryError, match="DATABASE_FOREIGN"):
        open_database(str(path))


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK\x03\x04" * 1000)
    with pytest.raises(InventoryError, match="DATABASE_FOREIGN"):
        open_database(str(path))
    assert path.read_bytes() == b"PK\x03\x04" * 1000


@pytest.mark.parametrize("address", ["/no/such/folder/x.db", "nonsense://", "postgresql://127.0.0.1:1/x"])
def test_a_database_out_of_reach_is_an_error_with_a_code(address):
    with pytest.raises(InventoryError) as caught:
        open_database(address)
    assert caught.value.code in ("DATABASE_UNREACHABLE", "DATABASE_DRIVER")


def test_a_new_database_is_its_owners_alone(tmp_path):
    path = tmp_path / "x.db"
    open_database(str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def _open(path):
    open_database(path).dispose()


def test_processes_that_open_a_new_database_at_once_upgrade_it_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_open, args=(str(tmp_path / "x.db"),)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_path_survives_the_database(path):
    stored = stored_path(path)
    stored.encode("utf-8")
    assert "\x00" not in stored
    assert restored_path(stored) == path


def test_the_files_of_the_schemas_versions_are_named_after_their_revisions():
    versions = Path(database_module.__file__).with_name("versions")
    script = ScriptDirectory(str(versions.parent), version_locations=[str(versions)])
    assert schema_revisions() == [step.revision for step in script.walk_revisions()][::-1]
    assert schema_revisions()[-1] == script.get_current_head()


def test_a_database_that_is_up_to_date_is_opened_without_alembic(tmp_path):
    path = tmp_path / "share.db"
    open_database(str(path)).dispose()
    code = "import sys; from inventory.database import open_database; open_database(sys.argv[1]); print('alembic' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"
