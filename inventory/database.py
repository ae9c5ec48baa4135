"""The database of the inventory and of the ledger: SQLite on a local disk, or PostgreSQL by URL.

Tables register in :data:`metadata`; the schema is versioned with Alembic in ``inventory/versions`` and is brought
forward when a database is opened. It is never taken back, and a database newer than the program is refused.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from inventory.errors import InventoryError
from inventory.network import network_file_system_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

DEFAULT_DATABASE = "migrate.db"
VERSION_TABLE = "schema_version"
_HERE = Path(__file__).parent
_BUSY_MILLISECONDS = 30_000
_CACHE_KILOBYTES = 16_000
_CHECKPOINT_PAGES = 8_000  # 32 MB of log: pages that many transactions change are copied once
_UPGRADE_LOCK = 0x4D494752  # any number, the same in every version of the program


def open_database(address: str | None = None) -> Engine:
    """Open, and create or upgrade where needed, the database at a path or an SQLAlchemy URL.

    Raises InventoryError: on a network file system, newer than the program, foreign, unreachable.
    """
    engine = _sqlite(address or DEFAULT_DATABASE) if "://" not in (address or "") else _by_url(str(address))
    try:
        upgrade(engine)
    except InventoryError:
        engine.dispose()
        raise
    except OperationalError as error:
        engine.dispose()
        raise InventoryError("DATABASE_UNREACHABLE", detail=_told(engine, error)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        engine.dispose()
        raise InventoryError("DATABASE_FOREIGN", path=engine.url.database or "") from error
    return engine


def _told(engine: Engine, error: OperationalError) -> str:
    """What the driver says, on one line, and for SQLite the path, which the driver leaves out."""
    text = " ".join(str(error.orig).split())
    return f"{engine.url.database}: {text}" if engine.dialect.name == "sqlite" else text


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes. SQLite takes its write lock at once, so that it waits rather than fails later."""
    with engine.connect() as connection:
        connection = connection.execution_options(immediate=True)
        with connection.begin():
            yield connection


def database_files(engine: Engine) -> frozenset[Path]:
    """The files of an SQLite database, for walks that must not take them for documents."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return frozenset()
    return frozenset(Path(engine.url.database + suffix) for suffix in ("", "-wal", "-shm", "-journal"))


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema forward to ``revision``; a lock keeps two runs from doing it at once."""
    known = schema_revisions()
    with transaction(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        current = schema_revision(connection)
        if current is None and inspect(connection).get_table_names():
            raise InventoryError("DATABASE_FOREIGN", path=engine.url.database or "")
        if current is not None and current not in known:
            raise InventoryError("DATABASE_NEWER", revision=current)
        if current != known[-1]:
            _migrate(connection, revision)


def _migrate(connection: Connection, revision: str) -> None:
    # Alembic takes longer to import than a document to convert, and most runs find their database up to date.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory(str(_HERE), version_locations=[str(_HERE / "versions")])

    def steps(current: Any, _context: Any) -> Any:
        return script._upgrade_revs(revision, current)  # what alembic's own upgrade command calls

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=revision) as environment:
        environment.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE)
        environment.run_migrations()


def schema_revisions() -> list[str]:
    """The revisions that this program knows, oldest first: what the files in ``versions`` are named after."""
    return sorted(path.name.partition("_")[0] for path in (_HERE / "versions").glob("[0-9]*_*.py"))


def schema_revision(connection: Connection) -> str | None:
    """The revision of the schema; None for a database without one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608


def _sqlite(address: str) -> Engine:
    path = Path(address).expanduser().resolve()
    file_system = network_file_system_of(path)
    if file_system:
        raise InventoryError("DATABASE_ON_NETWORK", path=str(path), file_system=file_system)
    if not path.parent.is_dir():
        raise InventoryError("DATABASE_UNREACHABLE", detail=f"{path.parent}: no such folder")
    # The database names files and people: only its owner reads it.
    if not path.exists():
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            raise InventoryError("DATABASE_UNREACHABLE", detail=str(error)) from error
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _by_url(address: str) -> Engine:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise InventoryError("DATABASE_UNREACHABLE", detail=str(error)) from error
    if url.get_backend_name() == "sqlite":
        return _sqlite(url.database or DEFAULT_DATABASE)
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(url, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise InventoryError("DATABASE_DRIVER", driver=url.drivername) from error


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, so that DDL is part of them
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"cache_size=-{_CACHE_KILOBYTES}",
        f"wal_autocheckpoint={_CHECKPOINT_PAGES}",
        "temp_store=FILE",
        f"busy_timeout={_BUSY_MILLISECONDS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
