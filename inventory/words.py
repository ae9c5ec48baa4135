"""What repeats in millions of rows, as numbers: reasons, accounts, extensions, areas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Table, select

from inventory.bulk import execute_rows, spelt
from inventory.columns import stored_path


class Words:
    """The numbers of texts in one table, looked up once a process and added where they are missing.

    ``key`` are the columns that make a row unique; with ``empty``, the empty text is null and not a row; ``spelt``
    says what stands in the table for a text. A transaction that is rolled back takes its new numbers with it: the
    object is then of no use any more.
    """

    def __init__(
        self, table: Table, *key: str, empty: bool = False, spelt: Callable[[str], str] | None = None
    ) -> None:
        self._spelt = spelt or (lambda text: text)
        self._table = table
        self._key = key
        self._last = 0
        columns, places = ", ".join(key), ", ".join(["{0}"] * len(key))
        self._insert = f"INSERT INTO {table.name} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608
        same = " AND ".join(f"{column} = {{0}}" for column in key)
        self._select = f"SELECT id FROM {table.name} WHERE {same}"  # noqa: S608
        self._empty = empty
        self.known: dict[Any, Any] = {"": None} if empty else {}

    def load(self, connection: Connection) -> None:
        """Look up what was added since the last time."""
        columns = [self._table.c[name] for name in self._key]
        new = select(self._table.c.id, *columns).where(self._table.c.id > self._last)
        for number, *values in connection.execute(new):
            self.known[values[0] if len(values) == 1 else tuple(values)] = number
            self._last = max(self._last, number)

    def learn(self, connection: Connection, words: Iterable[Any]) -> None:
        """Know all of these words: texts, or tuples where the key has several columns."""
        missing = [word for word in dict.fromkeys(words) if word not in self.known]
        if self._empty:
            nothing = {word for word in missing if not self._spelt(word)}
            self.known.update(dict.fromkeys(nothing))
            missing = [word for word in missing if word not in nothing]
        if not missing:
            return
        rows = {word: self._stored(word) for word in missing}
        execute_rows(connection, self._insert, list(rows.values()))
        self.load(connection)
        for word in missing:
            if word not in self.known:  # another process was faster, and began before us
                found = connection.exec_driver_sql(spelt(self._select, connection), rows[word])
                self.known[word] = found.scalar_one()

    def number(self, connection: Connection, word: Any) -> int | None:
        self.learn(connection, [word])
        number: int | None = self.known[word]
        return number

    def _stored(self, word: Any) -> tuple[Any, ...]:
        values = word if isinstance(word, tuple) else (word,)
        return tuple(stored_path(self._spelt(value)) if isinstance(value, str) else value for value in values)
