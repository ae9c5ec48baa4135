"""Many rows at once through the database's driver: the query builder costs more than the database does.

Statements hold ``{0}`` where a value stands; they are written once for both databases.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Table

_ROWS_A_STATEMENT = 10
_PLACES = {"qmark": "?", "format": "%s", "pyformat": "%s"}


def execute_rows(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute a statement once a row; values are as the database holds them."""
    if rows:
        connection.exec_driver_sql(spelt(statement, connection), list(rows))


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that hold every column but ``id``, in the order of the table; several with each statement."""
    whole = len(rows) - len(rows) % _ROWS_A_STATEMENT
    several = [
        tuple(chain.from_iterable(rows[first : first + _ROWS_A_STATEMENT]))
        for first in range(0, whole, _ROWS_A_STATEMENT)
    ]
    execute_rows(connection, _insert(table, _ROWS_A_STATEMENT), several)
    execute_rows(connection, _insert(table, 1), rows[whole:])


def spelt(statement: str, connection: Connection) -> str:
    """A statement with the driver's own sign where a value stands."""
    return _spelt(statement, connection.dialect.paramstyle)


@cache
def _spelt(statement: str, paramstyle: str) -> str:
    return statement.format(_PLACES[paramstyle])


@cache
def _insert(table: Table, rows: int) -> str:
    columns = [column.name for column in table.columns if column.name != "id"]
    row = f"({', '.join(['{0}'] * len(columns))})"
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES {', '.join([row] * rows)}"  # noqa: S608
