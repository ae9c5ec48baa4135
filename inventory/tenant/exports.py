"""The admin centre's CSV exports and PowerShell's, as the records that Graph would give: for those who may not register an
application, and for a start today.

A file is told by its headings, whatever it is called: users, subscriptions, or one of the usage reports.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from inventory.bulk import execute_rows
from inventory.errors import InventoryError
from inventory.persons import People
from inventory.tenant.coverage import Gap, Lack, Sight, note_area
from inventory.tenant.directory import FORGET_LICENCES, PUT_LICENCE, SET_PERSON, licence_values, person_values
from inventory.tenant.export_headings import PEOPLE, REPORT_OF_HEADINGS, SUBSCRIPTIONS, USAGE, words_of
from inventory.tenant.numbers import Numbers
from inventory.tenant.people import part_numbers
from inventory.tenant.tables import tenant_people, tenant_skus
from inventory.tenant.usage import REFRESHED, are_concealed, store_usage

_ENCODINGS = ("utf-8-sig", "cp1252")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_ID_CHARACTERS = 120
_YES = frozenset({"true", "yes", "1", "vrai", "oui"})
_UNLICENSED = frozenset({"unlicensed", "sans licence", "aucune licence", "none"})

# part numbers and ids of the products that a cell names; an unknown one comes with an empty id
Products = Callable[[str], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Imported:
    """``kind``: people, subscriptions or the name of a report; ``rows`` of the file that were stored."""

    path: Path
    kind: str
    rows: int
    concealed: bool = False


def import_export(
    connection: Connection, tenant_id: int, people: People, path: Path, today: str, products: Products
) -> Imported:
    """Store an export in place of what was known of the same. Raises InventoryError EXPORT_UNKNOWN, TABLE_UNREADABLE."""
    headings, rows = _read(path)
    usage = words_of(headings, USAGE)
    if REFRESHED in usage.values():
        return _import_usage(connection, tenant_id, people, path, rows, usage)
    words = words_of(headings, PEOPLE)
    if {"upn", "licences"} <= set(words.values()):
        told = [{word: row.get(heading, "") for heading, word in words.items()} for row in rows]
        told = [row for row in told if row["upn"] and not row.get("deleted")]
        _import_people(connection, tenant_id, people, told, products)
        return Imported(path, "people", len(told))
    words = words_of(headings, SUBSCRIPTIONS)
    if {"product", "enabled"} <= set(words.values()):
        told = [{word: row.get(heading, "") for heading, word in words.items()} for row in rows]
        _import_subscriptions(connection, tenant_id, told, today, products)
        return Imported(path, "subscriptions", len(told))
    raise InventoryError("EXPORT_UNKNOWN", path=str(path), headings=", ".join(headings[:12]))


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Headings and rows of a CSV file in any encoding that these exports come in."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InventoryError(
            "TABLE_UNREADABLE", path=str(path), line=0, detail=str(error.strerror)
        ) from error
    text = _decoded(content)
    lines = text.splitlines(keepends=True)
    if lines and lines[0].startswith("#TYPE"):  # of PowerShell
        lines = lines[1:]
    if not lines:
        raise InventoryError("EXPORT_UNKNOWN", path=str(path), headings="")
    reader = csv.DictReader(lines, delimiter=max(",;\t", key=lines[0].count))
    try:
        rows = [{k: (v or "").strip() for k, v in row.items() if isinstance(k, str)} for row in reader]
    except csv.Error as error:
        raise InventoryError(
            "TABLE_UNREADABLE", path=str(path), line=reader.line_num, detail=str(error)
        ) from error
    return [heading for heading in reader.fieldnames or () if heading], rows


def _decoded(content: bytes) -> str:
    if content.startswith(_BYTE_ORDER_MARKS):
        return content.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _import_people(
    connection: Connection, tenant_id: int, people: People, told: list[dict[str, str]], products: Products
) -> None:
    """A person is known by the directory's id or, where the export has none, by the principal name."""
    known = {
        row.upn: row.entra
        for row in connection.execute(
            select(tenant_people.c.upn, tenant_people.c.entra).where(
                tenant_people.c.tenant_id == tenant_id, tenant_people.c.upn.is_not(None)
            )
        )
    }
    subscribed = {name: sku_id for sku_id, name in part_numbers(connection, tenant_id).items()}
    users: dict[str, dict[str, Any]] = {}
    for row in told:
        key = row.get("id", "").lower() or known.get(people.account(row["upn"])) or row["upn"].lower()
        users[key] = _user(row, products, subscribed)
    numbers = Numbers(tenant_id, people)
    numbers.learn(connection, list(users))
    of = {key: numbers.number(key) for key in users}
    seen = dict(
        connection.execute(
            select(tenant_people.c.id, tenant_people.c.run_id).where(tenant_people.c.tenant_id == tenant_id)
        ).all()
    )
    rows = [(*person_values(people, seen.get(of[key]), user), of[key]) for key, user in users.items()]
    execute_rows(connection, SET_PERSON, rows)
    execute_rows(connection, FORGET_LICENCES, [(number,) for number in of.values()])
    licences = [(of[key], *licence) for key, user in users.items() for licence in licence_values(user)]
    execute_rows(connection, PUT_LICENCE, licences)
    note_area(connection, tenant_id, Gap("people", Sight.SEEN))


def _user(row: dict[str, str], products: Products, subscribed: Mapping[str, str]) -> dict[str, Any]:
    """A row of the export as the directory would tell the person."""
    blocked = row.get("blocked", "").casefold() in _YES
    enabled = row["enabled"].casefold() in _YES if row.get("enabled") else not blocked
    cell = row.get("licences", "")
    held = [] if cell.casefold() in _UNLICENSED else products(cell)
    return {
        "userPrincipalName": row["upn"],
        "department": row.get("department", ""),
        "accountEnabled": enabled,
        "userType": row.get("kind") or ("Guest" if "#ext#" in row["upn"].casefold() else "Member"),
        "usageLocation": row.get("usage_location", ""),
        "preferredDataLocation": row.get("data_location", ""),
        "onPremisesSecurityIdentifier": row.get("sid", ""),
        "createdDateTime": row.get("created", ""),
        "assignedLicenses": [{"skuId": _id_of(name, sku_id, subscribed)} for name, sku_id in held],
    }


def _id_of(name: str, sku_id: str, known: Mapping[str, str]) -> str:
    """The id of a product: a subscription's of this tenant, the one that a table has, or the name, which is never dropped."""
    return known.get(name, sku_id) or name[:_ID_CHARACTERS]


def _import_subscriptions(
    connection: Connection, tenant_id: int, told: list[dict[str, str]], today: str, products: Products
) -> None:
    rows: dict[str, dict[str, Any]] = {}
    for row in told:
        found = products(row["product"])
        name, sku_id = found[0] if len(found) == 1 else (row["product"], "")
        sku_id = row.get("sku_id", "").lower() or _id_of(name, sku_id, {})
        if not name:
            continue
        stored = rows.setdefault(
            sku_id,
            {
                "tenant_id": tenant_id,
                "taken": today,
                "sku_id": sku_id,
                "part_number": name[:80],
                "status": row.get("status", "")[:16],
                "applies_to": "User",
                "warning": 0,
                "locked_out": 0,
                "plans": [],
                "enabled": 0,
                "suspended": 0,
                "consumed": 0,
            },
        )
        for column in ("enabled", "suspended", "consumed"):
            stored[column] += _whole(row.get(column, ""))
    same = (tenant_skus.c.tenant_id == tenant_id, tenant_skus.c.taken == today)
    connection.execute(tenant_skus.delete().where(*same))
    if rows:
        connection.execute(tenant_skus.insert(), list(rows.values()))
    note_area(connection, tenant_id, Gap("licences", Sight.SEEN))


def _whole(text: str) -> int:
    digits = "".join(char for char in text if char.isdecimal())
    return int(digits) if digits else 0


def _import_usage(
    connection: Connection,
    tenant_id: int,
    people: People,
    path: Path,
    rows: list[dict[str, str]],
    words: dict[str, str],
) -> Imported:
    told = [{words.get(heading, heading): value for heading, value in row.items()} for row in rows]
    headings = set(told[0]) if told else set(words.values())
    report = next((name for name, needed in REPORT_OF_HEADINGS if headings.issuperset(needed)), None)
    if report is None:
        raise InventoryError("EXPORT_UNKNOWN", path=str(path), headings=", ".join(sorted(headings)[:12]))
    concealed = are_concealed(told)
    store_usage(connection, tenant_id, people, report, told, concealed=concealed)
    lack = Lack.CONCEALED if concealed else Lack.NOTHING
    sight = Sight.PARTLY if concealed else Sight.SEEN
    note_area(connection, tenant_id, Gap(f"usage_{report}", sight, lack))
    return Imported(path, report, len(told), concealed)
