"""Answers and all items as tables for other programs: CSV, or Parquet by way of DuckDB.

Names stay here unless the caller reveals them: paths, owners, authors, groups and hashes are left out, sources and
owners are numbered, owners and authors of fewer than five files are one. What is left tells how much there is of
what, and nothing about whose it is.
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, and_, func, select

from converters.inspection import INSPECTOR_REVISION
from inventory.departments import UNASSIGNED, Departments
from inventory.directory import Directory
from inventory.errors import InventoryError
from inventory.hiding import FEW_PEOPLE, FEWEST
from inventory.item_risk import item_risk, item_rule
from inventory.moments import iso_time
from inventory.queries import departments_of_areas
from inventory.records import ItemState
from inventory.store import path_of
from inventory.tables import (
    accounts,
    applications,
    author_totals,
    authors,
    extensions,
    inspections,
    items,
    owner_totals,
    pages,
    reasons,
    sources,
)

_ROWS_A_FETCH = 5_000

# column -> its type in Parquet
COLUMNS: dict[str, str] = {
    "source": "VARCHAR",
    "department": "VARCHAR",
    "extension": "VARCHAR",
    "kind": "VARCHAR",
    "risk": "VARCHAR",
    "rule": "VARCHAR",
    "size_bytes": "BIGINT",
    "modified": "TIMESTAMP",
    "state": "VARCHAR",
    "reason": "VARCHAR",
    "owner": "VARCHAR",
    "author": "VARCHAR",
    "application": "VARCHAR",
}
FEW = "few files"
REVEALED_COLUMNS: dict[str, str] = {"path": "VARCHAR", "group": "VARCHAR", "sha256": "VARCHAR"}


def export_items(
    connection: Connection,
    target: Path,
    departments: Departments | None = None,
    directory: Directory | None = None,
    *,
    reveal: bool = False,
) -> int:
    """Write all items that exist to ``target``, whose extension decides the form; answers how many.

    Raises InventoryError EXPORT_DRIVER for Parquet without DuckDB, FileExistsError for a target that is there.
    """
    rows = _rows(connection, departments, directory, reveal)
    return write_rows(target, COLUMNS | REVEALED_COLUMNS if reveal else COLUMNS, rows)


def write_rows(target: Path, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a table to ``target``, .csv or .parquet; answers how many rows. ``columns`` are names and their types in
    Parquet. Raises as :func:`export_items`; a target that could not be written whole is taken away."""
    if target.suffix.lower() != ".parquet":
        return _write_csv(target, columns, rows)
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise InventoryError("EXPORT_DRIVER", extra="parquet") from error
    if target.exists():
        raise FileExistsError(target)
    with tempfile.TemporaryDirectory(prefix="migrate-") as folder:
        plain = Path(folder, "items.csv")
        count = _write_csv(plain, columns, rows)
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as converter:
            relation = converter.read_csv(
                str(plain), header=True, dtype=dict(columns), sep=",", quotechar='"'
            )
            relation.write_parquet(str(target), compression="zstd")
    return count


def _write_csv(target: Path, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    with target.open("x", encoding="utf-8", errors="backslashreplace", newline="") as file:
        try:
            table = csv.DictWriter(file, list(columns), extrasaction="ignore")
            table.writeheader()
            for row in rows:
                table.writerow(row)
                count += 1
        except BaseException:
            target.unlink()
            raise
    return count


def _rows(
    connection: Connection, departments: Departments | None, directory: Directory | None, reveal: bool
) -> Iterator[dict[str, Any]]:
    names = {row.id: row.name for row in connection.execute(select(sources.c.id, sources.c.name))}
    owners, by_owner = _people(connection, accounts, directory)
    written_by, by_author = _people(connection, authors, directory)
    codes = {row.id: row.code for row in connection.execute(select(reasons.c.id, reasons.c.code))}
    programs = {row.id: row.name for row in connection.execute(select(applications))}
    by_area = departments_of_areas(connection, departments)
    assigned = departments is not None or directory is not None
    few_owners, few_authors = (
        set() if reveal else _of_few_files(connection, total, column)
        for total, column in ((owner_totals, "owner_id"), (author_totals, "author_id"))
    )
    few_people = {} if reveal or directory is None else directory.people

    def department_of(area: int, owner: int | None, author: int | None) -> str:
        told = (by_area.get(area), by_owner.get(owner), by_author.get(author))
        department = next((name for name in told if name and name != UNASSIGNED), UNASSIGNED)
        return FEW_PEOPLE if few_people.get(department, FEWEST) < FEWEST else department

    now = iso_time(time.time_ns() // 1_000)
    statement = (
        select(
            items,
            pages.c.cursor,
            pages.c.source_id,
            pages.c.area_id,
            pages.c.owner_id.label("folder_owner_id"),
            extensions.c.name.label("extension"),
            inspections.c.kind,
            item_rule(now).label("rule"),
            item_risk(now).label("risk"),
            inspections.c.author_id,
            inspections.c.application_id,
        )
        .join(pages, pages.c.id == items.c.page_id)
        .join(extensions, extensions.c.id == items.c.extension_id)
        .outerjoin(
            inspections,
            and_(inspections.c.sha256 == items.c.sha256, inspections.c.revision == INSPECTOR_REVISION),
        )
        .where(items.c.state != ItemState.GONE)
        .order_by(items.c.id)
        .execution_options(yield_per=_ROWS_A_FETCH)
    )
    for row in connection.execute(statement):
        owner = row.owner_id or row.folder_owner_id
        values = {
            "source": f"source {row.source_id}",
            "department": department_of(row.area_id, owner, row.author_id) if assigned else "",
            "extension": row.extension,
            "kind": row.kind or "",
            "risk": row.risk,
            "rule": row.rule,
            "size_bytes": row.size_bytes,
            "modified": iso_time(row.modified_us)[:-1],
            "state": row.state.value,
            "reason": codes.get(row.reason_id, ""),
            "owner": _number("owner", owner, few_owners),
            "author": _number("author", row.author_id, few_authors),
            "application": programs.get(row.application_id, ""),
        }
        if reveal:
            values |= {
                "source": names[row.source_id],
                "owner": owners.get(owner, ""),
                "author": written_by.get(row.author_id, ""),
                "path": path_of(row.cursor, row.name),
                "group": owners.get(row.group_id, ""),
                "sha256": row.sha256 or "",
            }
        yield values


def _people(
    connection: Connection, table: Table, directory: Directory | None
) -> tuple[dict[int | None, str], dict[int | None, str]]:
    """What the people of a table are called, and their departments, by number."""
    called: dict[int | None, str] = {}
    departments: dict[int | None, str] = {}
    for row in connection.execute(select(table)):
        shown = getattr(row, "shown", None)
        called[row.id] = shown or row.name
        if directory is not None:
            departments[row.id] = directory.department_of(row.name, shown)
    return called, departments


def _of_few_files(connection: Connection, total: Table, column: str) -> set[int]:
    """The people whose files are so few that their number would tell who they are."""
    statement = select(total.c[column]).group_by(total.c[column]).having(func.sum(total.c.files) < FEWEST)
    return set(connection.scalars(statement))


def _number(word: str, number: int | None, few: Collection[int]) -> str:
    if not number:
        return ""
    return FEW if number in few else f"{word} {number}"
