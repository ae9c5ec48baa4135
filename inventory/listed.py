"""What listings told, into the database: new, changed and gone items, a group of pages in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, SmallInteger, Text, and_, select, type_coerce, update

from inventory import frontier
from inventory.bulk import execute_rows, insert_rows
from inventory.columns import STATE_NUMBERS, stored_names
from inventory.marks import marks_of
from inventory.persons import People
from inventory.records import Item, ItemState, extension_of
from inventory.source import Listing
from inventory.tables import accounts, areas, extensions, items, pages, reasons
from inventory.words import Words

_MAX_EXTENSION = 16  # characters; longer ones are no extension but a sentence with a dot

_SEEN, _READ, _SKIPPED, _GONE = (
    STATE_NUMBERS[state] for state in (ItemState.SEEN, ItemState.READ, ItemState.SKIPPED, ItemState.GONE)
)

# the columns of items, in the order of the table, without the id
_COLUMNS = [column.name for column in items.columns if column.name != "id"]
_Row = tuple[Any, ...]
_PAGE, _NAME, _STATE, _FILE_ID, _LINKS = (
    _COLUMNS.index(name) for name in ("page_id", "name", "state", "file_id", "links")
)

_CHANGE = f"UPDATE items SET {', '.join(f'{name} = {{0}}' for name in _COLUMNS)} WHERE id = {{0}}"  # noqa: S608

# the columns with values as the database holds them
_AS_STORED: dict[str, Any] = {"name": Text(), "state": SmallInteger()}
_RAW: list[Any] = [
    type_coerce(column, _AS_STORED.get(column.name, column.type)).label(column.name)
    for column in items.columns
]


@dataclass(frozen=True, slots=True)
class Listed:
    """A pending page of the frontier and what became of it: its listing, or the item that stands for the failure."""

    page: Any
    listing: Listing | None
    failure: Item | None = None


class ListingStore:
    """Stores listings for one scan; of no use any more after a transaction that failed."""

    def __init__(self, scan_id: int, people: People | None = None) -> None:
        self._scan_id = scan_id
        self.areas = Words(areas, "source_id", "path")
        self._reasons = Words(reasons, "code", empty=True)
        self._accounts = Words(accounts, "name", empty=True, spelt=people.account if people else None)
        self._extensions = Words(extensions, "name")
        self.changes = 0  # items written

    def load(self, connection: Connection) -> None:
        for words in (self.areas, self._reasons, self._accounts, self._extensions):
            words.load(connection)

    def store(self, connection: Connection, group: Sequence[Listed]) -> None:
        """Store a group of pages: the items of those that tell something new, their further pages, their end."""
        pending = frontier.still_pending(connection, self._scan_id, [listed.page.id for listed in group])
        group = [listed for listed in group if listed.page.id in pending]
        listings = [(listed.page, listed.listing) for listed in group if listed.listing is not None]
        frontier.mark_listed(
            connection, [(listing.digest, listing.count, page.id) for page, listing in listings]
        )
        children = [(page.source_id, cursor) for page, listing in listings for cursor in listing.cursors]
        frontier.put_pages(connection, self._scan_id, children, self.areas)
        news = [(page, listing) for page, listing in listings if page.digest != listing.digest]
        self._store_owners(connection, [(page.id, listing.owner) for page, listing in news if listing.owner])
        if news:
            self._store_news(connection, news)
        for listed in group:
            if listed.failure is not None:
                self._store_failure(connection, listed.page, listed.failure)

    def _store_news(self, connection: Connection, news: Sequence[tuple[Any, Listing]]) -> None:
        known = _known(connection, [page.id for page, _listing in news if page.item_count is not None])
        new: list[_Row] = []
        changed: list[tuple[Any, ...]] = []
        gone: list[tuple[int]] = []
        for page, listing in news:
            before = known.get(page.id)
            rows = self._rows(connection, page, listing.items())
            if before is None:
                new += rows
                continue
            for row in rows:
                stored = before.pop(row[_NAME], None)
                if stored is None:
                    new.append(row)
                elif not self._as_before(row, stored):
                    changed.append((*row, stored.id))
            gone += [(stored.id,) for stored in before.values() if stored.state != _GONE]
        insert_rows(connection, items, new)
        execute_rows(connection, _CHANGE, changed)
        execute_rows(connection, f"UPDATE items SET state = {_GONE} WHERE id = {{0}}", gone)  # noqa: S608
        self.changes += len(new) + len(changed) + len(gone)
        source_of = {page.id: page.source_id for page, _listing in news}
        self._count_hard_links_once(
            connection, [row for row in (*new, *changed) if row[_LINKS] > 1], source_of
        )

    def _store_owners(self, connection: Connection, folders: Sequence[tuple[int, str]]) -> None:
        """Store whose folders are, where a source tells it of folders alone."""
        self._accounts.learn(connection, [owner for _page, owner in folders])
        rows = [(self._accounts.known[owner], page_id) for page_id, owner in folders]
        execute_rows(connection, "UPDATE pages SET owner_id = {0} WHERE id = {0}", rows)

    def _rows(self, connection: Connection, page: Any, found: Sequence[Item]) -> list[_Row]:
        """Items as rows of the table, in the order found."""
        prefix = f"{page.cursor}/" if page.cursor else ""
        cut = len(prefix)
        page_id = page.id
        words = (self._extensions.known, self._reasons.known, self._accounts.known)
        extension_ids, reason_ids, account_ids = words
        rows: list[_Row] = []
        names = [item.path[cut:] if item.path.startswith(prefix) else "/" + item.path for item in found]
        marks = marks_of(page.cursor, names)
        for name, stored_name, mark, item in zip(names, stored_names(names), marks, found, strict=True):
            _source, _path, size, modified, state, reason, owner, group, created, file_id, _sha256, links = (
                item
            )
            extension = extension_of(name)
            if len(extension) > _MAX_EXTENSION:
                extension = ""
            known = extension in extension_ids and reason in reason_ids
            if not (known and owner in account_ids and group in account_ids):
                self._learn(connection, extension, reason, owner, group)
            rows.append(
                (
                    page_id,
                    stored_name,
                    extension_ids[extension],
                    size,
                    modified,
                    created,
                    _SEEN if state is ItemState.SEEN else STATE_NUMBERS[state],
                    reason_ids[reason],
                    account_ids[owner],
                    account_ids[group],
                    file_id,
                    links,
                    None,
                    mark,
                )
            )
        return rows

    def _learn(self, connection: Connection, extension: str, reason: str, *accounts: str) -> None:
        self._extensions.learn(connection, [extension])
        self._reasons.learn(connection, [reason])
        self._accounts.learn(connection, accounts)

    def _as_before(self, row: _Row, stored: Any) -> bool:
        """Whether the stored row, with what is known of its content, still stands for a listed item."""
        (
            _page,
            _name,
            extension,
            size,
            modified,
            created,
            state,
            reason,
            owner,
            group,
            file_id,
            links,
            _sha,
            marks,
        ) = row
        content = (size, modified, file_id) == (stored.size_bytes, stored.modified_us, stored.file_id)
        around = (extension, created, owner, group, links, marks) == (
            stored.extension_id,
            stored.created_us,
            stored.owner_id,
            stored.group_id,
            stored.links,
            stored.marks,
        )
        if not content or not around:
            return False
        if state != _SEEN:
            return bool((state, reason) == (stored.state, stored.reason_id))
        # unreadable then may be readable now; a hard link is decided anew
        not_office = (_SKIPPED, self._reasons.known.get("NOT_OFFICE"))
        return stored.state in (_READ, _SEEN) or (stored.state, stored.reason_id) == not_office

    def _store_failure(self, connection: Connection, page: Any, failure: Item) -> None:
        """Store that a page could not be listed: what was found below it before is neither gone nor readable."""
        below = frontier.mark_unlisted(connection, self._scan_id, page)
        unreadable = {
            "state": ItemState.UNREADABLE,
            "reason_id": self._reasons.number(connection, "FOLDER_UNREADABLE"),
            "sha256": None,
        }
        connection.execute(
            update(items)
            .where(items.c.page_id.in_(below), items.c.state != ItemState.GONE)
            .values(unreadable)
        )
        (row,) = self._rows(connection, page, [failure])
        before = _known(connection, [page.id]).get(page.id, {}).get(row[_NAME])
        if before is None:
            insert_rows(connection, items, [row])
        else:
            execute_rows(connection, _CHANGE, [(*row, before.id)])
        self.changes += 1

    def _count_hard_links_once(
        self, connection: Connection, rows: Sequence[tuple[Any, ...]], source_of: dict[int, int]
    ) -> None:
        """Of names that share a file, the first stays; the others are skipped."""
        for row in rows:
            if row[_STATE] != _SEEN or not row[_FILE_ID]:
                continue
            same = and_(items.c.page_id == row[_PAGE], items.c.name == row[_NAME])
            other = (
                select(items.c.id)
                .join(pages, pages.c.id == items.c.page_id)
                .where(
                    items.c.file_id == row[_FILE_ID],
                    items.c.links > 1,
                    ~same,
                    items.c.state.in_((ItemState.SEEN, ItemState.READ)),
                    pages.c.source_id == source_of[row[_PAGE]],
                )
                .limit(1)
            )
            if connection.scalar(other) is not None:
                skipped = {
                    "state": ItemState.SKIPPED,
                    "reason_id": self._reasons.number(connection, "HARD_LINK"),
                }
                connection.execute(update(items).where(same).values(skipped))


def _known(connection: Connection, page_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The stored rows of pages, by page and stored name, with values as the database holds them."""
    known: dict[int, dict[str, Any]] = defaultdict(dict)
    if page_ids:
        for row in connection.execute(select(*_RAW).where(items.c.page_id.in_(page_ids))):
            known[row.page_id][row.name] = row
        for page_id in page_ids:
            known[page_id]  # known to have no items, which is not the same as never listed
    return dict(known)
