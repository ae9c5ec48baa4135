"""All items as a table for other programs: CSV, or Parquet by way of DuckDB.

Names stay here unless the caller reveals them: paths, owners, groups and hashes are left out, sources and owners are
numbered. What is left tells how much there is of what, and nothing about whose it is.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, and_, select

from converters.inspection import INSPECTOR_REVISION
from inventory.departments import Departments
from inventory.errors import InventoryError
from inventory.records import ItemState, iso_time
from inventory.store import path_of
from inventory.tables import accounts, areas, extensions, inspections, items, pages, reasons, sources

_ROWS_A_FETCH = 5_000

# column -> its type in Parquet
COLUMNS: dict[str, str] = {
    "source": "VARCHAR",
    "department": "VARCHAR",
    "extension": "VARCHAR",
    "kind": "VARCHAR",
    "risk": "VARCHAR",
    "size_bytes": "BIGINT",
    "modified": "TIMESTAMP",
    "state": "VARCHAR",
    "reason": "VARCHAR",
    "owner": "VARCHAR",
}
REVEALED_COLUMNS: dict[str, str] = {"path": "VARCHAR", "group": "VARCHAR", "sha256": "VARCHAR"}


def export_items(
    connection: Connection, target: Path, departments: Departments | None = None, *, reveal: bool = False
) -> int:
    """Write all items that exist to ``target``, whose extension decides the form; answers how many.

    Raises InventoryError EXPORT_DRIVER for Parquet without DuckDB, FileExistsError for a target that is there.
    """
    if target.suffix.lower() != ".parquet":
        return _write_csv(connection, target, departments, reveal)
    try:
        import duckdb  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise InventoryError("EXPORT_DRIVER", extra="parquet") from error
    if target.exists():
        raise FileExistsError(target)
    with tempfile.TemporaryDirectory(prefix="migrate-") as folder:
        rows = Path(folder, "items.csv")
        count = _write_csv(connection, rows, departments, reveal)
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as converter:
            relation = converter.read_csv(
                str(rows), header=True, dtype=_columns(reveal), sep=",", quotechar='"'
            )
            relation.write_parquet(str(target), compression="zstd")
    return count


def _columns(reveal: bool) -> dict[str, str]:
    return COLUMNS | REVEALED_COLUMNS if reveal else COLUMNS


def _write_csv(connection: Connection, target: Path, departments: Departments | None, reveal: bool) -> int:
    count = 0
    with target.open("x", encoding="utf-8", errors="backslashreplace", newline="") as file:
        rows = csv.DictWriter(file, list(_columns(reveal)), extrasaction="ignore")
        rows.writeheader()
        for row in _rows(connection, departments, reveal):
            rows.writerow(row)
            count += 1
    return count


def _rows(connection: Connection, departments: Departments | None, reveal: bool) -> Iterator[dict[str, Any]]:
    names = {row.id: row.name for row in connection.execute(select(sources.c.id, sources.c.name))}
    owners = {row.id: row.name for row in connection.execute(select(accounts.c.id, accounts.c.name))}
    codes = {row.id: row.code for row in connection.execute(select(reasons.c.id, reasons.c.code))}
    folders = connection.execute(select(areas.c.id, areas.c.source_id, areas.c.path))
    department_of = {
        area.id: departments.department_of(names[area.source_id], area.path) if departments else ""
        for area in folders
    }
    statement = (
        select(
            items,
            pages.c.cursor,
            pages.c.source_id,
            pages.c.area_id,
            extensions.c.name.label("extension"),
            inspections.c.kind,
            inspections.c.risk,
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
        values = {
            "source": f"source {row.source_id}",
            "department": department_of[row.area_id],
            "extension": row.extension,
            "kind": row.kind or "",
            "risk": row.risk or "",
            "size_bytes": row.size_bytes,
            "modified": iso_time(row.modified_us)[:-1],
            "state": row.state.value,
            "reason": codes.get(row.reason_id, ""),
            "owner": f"owner {row.owner_id}" if row.owner_id else "",
        }
        if reveal:
            values |= {
                "source": names[row.source_id],
                "owner": owners.get(row.owner_id, ""),
                "path": path_of(row.cursor, row.name),
                "group": owners.get(row.group_id, ""),
                "sha256": row.sha256 or "",
            }
        yield values
