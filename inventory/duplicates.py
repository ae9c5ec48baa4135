"""Which files are copies of others: by size, then by first and last bytes, then by all bytes.

Only files whose size is not theirs alone are opened, the largest first; only those whose ends agree too are read whole.
Small files are read once. What was found is stored at once, so that a stopped search goes on where it was; a file that
changed since is looked at anew after the next scan. Placeholders, links and what could not be read are not asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    and_,
    bindparam,
    case,
    column,
    delete,
    func,
    or_,
    select,
    table,
    tuple_,
    update,
)

from inventory.bulk import execute_rows
from inventory.database import transaction
from inventory.frontier import source_ids
from inventory.pace import Pace
from inventory.records import Item, ItemState
from inventory.source import Source, Unopened
from inventory.store import item_by_row, item_query
from inventory.summary import summarise_contents
from inventory.tables import edges, items, pages, reasons

EDGE_BYTES = 65_536  # of each end; a file of no more than two of them is read whole at once
_DIGEST_BYTES = 16
_CHUNK_BYTES = 1 << 20
_FILES_A_BATCH = 200
# hashed: whether inspection or an earlier search knew the content when the search began
_CANDIDATES = table("duplicate_candidates", column("item_id"), column("size_bytes"), column("hashed"))

_Read = Callable[[BinaryIO, int], bytes]
_Found = tuple[int, Item, bytes]  # the item's id, the item, a digest


@dataclass(frozen=True, slots=True)
class DuplicateProgress:
    """``phase`` is ends or contents; ``unopened`` counts files that could not be read this time."""

    phase: str
    done: int
    total: int
    unopened: int = 0


def _silent(_progress: DuplicateProgress) -> None:
    """Progress that nobody watches."""


def find_duplicates(
    sources_by_name: Mapping[str, Source],
    database: Engine,
    *,
    smallest_bytes: int = 1,
    pace: Pace | None = None,
    progress: Callable[[DuplicateProgress], None] = _silent,
) -> int:
    """Hash what may be copies and make the totals of contents anew; answers how many files could not be read.

    Only files of the given sources are opened, of at least ``smallest_bytes``.
    """
    search = _Search(sources_by_name, database, pace or Pace(), progress)
    with database.connect() as connection:
        # candidates live as long as the connection, apart from the database's own tables
        search.collect(connection, smallest_bytes)
        search.read_ends(connection)
        search.read_contents(connection)
    with transaction(database) as connection:
        summarise_contents(connection)
    return search.unopened


class _Search:
    def __init__(
        self,
        by_name: Mapping[str, Source],
        database: Engine,
        pace: Pace,
        progress: Callable[[DuplicateProgress], None],
    ) -> None:
        self._sources = by_name
        self._database = database
        self._pace = pace
        self._progress = progress
        self.unopened = 0

    def collect(self, connection: Connection, smallest_bytes: int) -> None:
        """The files whose size another file has too."""
        with transaction(self._database) as writing:
            _forget_changed(writing)
        numbers = source_ids(connection)
        readable = _readable([numbers[name] for name in self._sources], smallest_bytes)
        sizes = (
            select(items.c.size_bytes)
            .join(pages, pages.c.id == items.c.page_id)
            .where(readable)
            .group_by(items.c.size_bytes)
            .having(func.count() > 1)
        )
        chosen = (
            select(
                items.c.id.label("item_id"),
                items.c.size_bytes,
                case((items.c.sha256.is_(None), 0), else_=1).label("hashed"),
            )
            .join(pages, pages.c.id == items.c.page_id)
            .where(readable, items.c.size_bytes.in_(sizes))
        )
        made = chosen.compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {_CANDIDATES.name}")  # of an earlier search
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {_CANDIDATES.name} AS {made}")
        connection.exec_driver_sql(
            f"CREATE INDEX ix_{_CANDIDATES.name} ON {_CANDIDATES.name} (size_bytes, item_id)"
        )
        connection.commit()

    def read_ends(self, connection: Connection) -> None:
        """First and last bytes of the candidates; all bytes of small ones. What has a hash is asked only where others
        of its size have none."""
        unhashed = select(_CANDIDATES.c.size_bytes).where(_CANDIDATES.c.hashed == 0)
        compared = and_(_CANDIDATES.c.size_bytes > 2 * EDGE_BYTES, _CANDIDATES.c.size_bytes.in_(unhashed))
        self._each(
            connection,
            "ends",
            and_(edges.c.item_id.is_(None), or_(items.c.sha256.is_(None), compared)),
            _ends_of,
            self._store_ends,
        )

    def read_contents(self, connection: Connection) -> None:
        """All bytes of the files whose size and ends agree with another's."""
        other = edges.alias("other")
        agrees = (
            select(other.c.item_id)
            .where(
                other.c.size_bytes == edges.c.size_bytes,
                other.c.digest == edges.c.digest,
                other.c.item_id != edges.c.item_id,
            )
            .exists()
        )
        self._each(
            connection,
            "contents",
            and_(edges.c.item_id.is_not(None), items.c.sha256.is_(None), agrees),
            _content_of,
            self._store_content,
        )

    def _each(
        self,
        connection: Connection,
        phase: str,
        condition: Any,
        read: _Read,
        store: Callable[[Connection, Sequence[_Found]], None],
    ) -> None:
        """Read the candidates that a condition holds for, the largest first, and store some at once."""
        key = (_CANDIDATES.c.size_bytes, _CANDIDATES.c.item_id)
        waiting = (
            select(*key)
            .join(items, items.c.id == _CANDIDATES.c.item_id)
            .outerjoin(edges, edges.c.item_id == _CANDIDATES.c.item_id)
            .where(condition)
        )
        total = connection.scalar(select(func.count()).select_from(waiting.subquery())) or 0
        following = waiting.order_by(*(part.desc() for part in key)).limit(_FILES_A_BATCH)
        batch, done = following, 0
        while rows := connection.execute(batch).all():
            connection.rollback()  # a reader would keep the log of the writer from being taken up
            found = list(self._read(self._items([row.item_id for row in rows]), read))
            with transaction(self._database) as writing:
                store(writing, found)
            done += len(rows)
            self._progress(DuplicateProgress(phase, done, total, self.unopened))
            batch = following.where(tuple_(*key) < tuple_(*rows[-1]))

    def _items(self, ids: Sequence[int]) -> list[tuple[int, Item]]:
        with self._database.connect() as connection:
            found = {
                row.id: item_by_row(row)
                for row in connection.execute(item_query().where(items.c.id.in_(ids)))
            }
        return [(number, found[number]) for number in ids if number in found]

    def _read(self, wanted: Sequence[tuple[int, Item]], read: _Read) -> Iterator[_Found]:
        for number, item in wanted:
            self._pace.wait(1)
            try:
                with self._sources[item.source].open(item) as content:
                    yield number, item, read(content, item.size_bytes)
            except (Unopened, OSError, _Changed):
                self.unopened += 1

    def _store_ends(self, connection: Connection, found: Sequence[_Found]) -> None:
        whole = [row for row in found if row[1].size_bytes <= 2 * EDGE_BYTES]
        self._store_content(connection, whole)
        rows = [
            (number, item.size_bytes, item.modified_us, digest)
            for number, item, digest in found
            if item.size_bytes > 2 * EDGE_BYTES
        ]
        statement = "INSERT INTO edges (item_id, size_bytes, modified_us, digest) VALUES ({0}, {0}, {0}, {0})"
        execute_rows(connection, statement, rows)

    def _store_content(self, connection: Connection, found: Sequence[_Found]) -> None:
        rows = [
            {
                "number": number,
                "digest": digest.hex(),
                "size": item.size_bytes,
                "modified": item.modified_us,
            }
            for number, item, digest in found
        ]
        if rows:
            connection.execute(_SET_HASH, rows)


# a file that was listed anew meanwhile has another size or time, or its hash by now
_SET_HASH = (
    update(items)
    .where(
        items.c.id == bindparam("number"),
        items.c.size_bytes == bindparam("size"),
        items.c.modified_us.is_not_distinct_from(bindparam("modified", type_=BigInteger)),
        items.c.sha256.is_(None),
    )
    .values(sha256=bindparam("digest"))
)


class _Changed(Exception):
    """A file is no longer as long as it was listed."""


def _ends_of(content: BinaryIO, size: int) -> bytes:
    """A digest of both ends; of a small file the SHA-256 of all."""
    if size <= 2 * EDGE_BYTES:
        return _content_of(content, size)
    digest = hashlib.blake2b(_exactly(content, EDGE_BYTES), digest_size=_DIGEST_BYTES)
    content.seek(size - EDGE_BYTES)
    digest.update(_exactly(content, EDGE_BYTES))
    return digest.digest()


def _content_of(content: BinaryIO, size: int) -> bytes:
    digest, left = hashlib.sha256(), size
    while left:
        chunk = content.read(min(left, _CHUNK_BYTES))
        if not chunk:
            raise _Changed
        digest.update(chunk)
        left -= len(chunk)
    if content.read(1):
        raise _Changed
    return digest.digest()


def _exactly(content: BinaryIO, size: int) -> bytes:
    parts, left = [], size
    while left:
        part = content.read(left)
        if not part:
            raise _Changed
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _readable(numbers: list[int], smallest_bytes: int) -> Any:
    """What may be opened: files that were listed or read, and those that are no documents."""
    no_office = select(reasons.c.id).where(reasons.c.code == "NOT_OFFICE").scalar_subquery()
    return and_(
        items.c.size_bytes >= smallest_bytes,
        or_(
            items.c.state.in_((ItemState.SEEN, ItemState.READ)),
            and_(items.c.state == ItemState.SKIPPED, items.c.reason_id == no_office),
        ),
        pages.c.source_id.in_(numbers),
    )


def _forget_changed(connection: Connection) -> None:
    """Take away the ends of files that are gone or have changed."""
    same = (
        select(items.c.id)
        .where(
            items.c.id == edges.c.item_id,
            items.c.size_bytes == edges.c.size_bytes,
            items.c.modified_us.is_not_distinct_from(edges.c.modified_us),
            items.c.state != ItemState.GONE,
        )
        .exists()
    )
    connection.execute(delete(edges).where(~same))
