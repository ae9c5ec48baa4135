"""What a tenant tells, as tables that a plan reads; and names of products for the exports that name them so."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from inventory.tenant.people import Licensed
from migrate.planner import defaults, tables
from migrate.planner.inputs import UNASSIGNED

USER_COLUMNS = (
    "user",
    "department",
    "skus",
    "last_active",
    "shared_device",
    "keep_office_reason",
    "keep_office_until",
    "keep_office_owner",
    "mailbox_gb",
)
_GIGABYTE = Decimal(1_000_000_000)


def products_of(cell: str) -> Sequence[tuple[str, str]]:
    """The products that a cell names, by names or part numbers: part number and id of each, the id empty where no table has
    it. PowerShell puts the tenant before a part number (``contoso:ENTERPRISEPACK``)."""
    skus = defaults.catalogue().skus
    known = cast(Any, {**skus, **defaults.products()})  # both have a name, which is all that is read
    by_id = {row.guid: sku for sku, row in skus.items()}
    found = []
    for part in tables.read_skus(cell, known):
        bare = part.rsplit(":", 1)[-1]
        name = by_id.get(bare.lower(), bare)
        found.append((name, skus[name].guid if name in skus else ""))
    return found


def users_table(people: Iterable[Licensed]) -> str:
    """The planner's table of users: what the tenant tells filled in, the rest left for those who know."""
    by_id = {row.guid: sku for sku, row in defaults.catalogue().skus.items()}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(USER_COLUMNS)
    for one in people:
        mailbox = (
            ""
            if one.mailbox_bytes is None
            else str((one.mailbox_bytes / _GIGABYTE).quantize(Decimal("0.01")))
        )
        skus = "|".join(by_id.get(sku, sku) for sku in one.skus)
        writer.writerow(
            (one.upn, one.department or UNASSIGNED, skus, one.last_active, "no", "", "", "", mailbox)
        )
    return text.getvalue()
