"""Many rows at once through the database's driver: the query builder costs more than the database does.

Statements hold ``{0}`` where a value stands; they are written once for both databases.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

_PLACES = {"qmark": "?", "format": "%s", "pyformat": "%s"}


def execute_rows(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute a statement once a row; values are as the database holds them."""
    if rows:
        connection.exec_driver_sql(spelt(statement, connection), list(rows))


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that hold every column but ``id``, in the order of the table."""
    execute_rows(connection, _insert(table), rows)


def spelt(statement: str, connection: Connection) -> str:
    """A statement with the driver's own sign where a value stands."""
    return _spelt(statement, connection.dialect.paramstyle)


@cache
def _spelt(statement: str, paramstyle: str) -> str:
    return statement.format(_PLACES[paramstyle])


@cache
def _insert(table: Table) -> str:
    columns = [column.name for column in table.columns if column.name != "id"]
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join(['{0}'] * len(columns))})"  # noqa: S608
