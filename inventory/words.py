"""What repeats in millions of rows, as numbers: reasons, accounts, extensions, areas."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite


class Words:
    """The numbers of texts in one table, looked up once a process and added where they are missing.

    ``key`` are the columns that make a row unique. A transaction that is rolled back takes its new numbers with it:
    the object is then of no use any more.
    """

    def __init__(self, table: Table, *key: str) -> None:
        self._table = table
        self._key = key
        self.known: dict[Any, int] = {}

    def load(self, connection: Connection) -> None:
        columns = [self._table.c[name] for name in self._key]
        for number, *values in connection.execute(select(self._table.c.id, *columns)):
            self.known[values[0] if len(values) == 1 else tuple(values)] = number

    def number(self, connection: Connection, word: Any) -> int:
        """The number of a word: a text, or a tuple where the key has several columns."""
        number = self.known.get(word)
        if number is None:
            number = self.known[word] = self._added(connection, word if isinstance(word, tuple) else (word,))
        return number

    def number_or_none(self, connection: Connection, word: str) -> int | None:
        """As :meth:`number`; the empty text has none."""
        return self.number(connection, word) if word else None

    def _added(self, connection: Connection, values: tuple[Any, ...]) -> int:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        row = dict(zip(self._key, values, strict=True))
        connection.execute(dialect.insert(self._table).values(row).on_conflict_do_nothing())
        same = [self._table.c[name] == value for name, value in row.items()]
        return connection.execute(select(self._table.c.id).where(*same)).scalar_one()
