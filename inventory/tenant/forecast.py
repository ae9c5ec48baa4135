"""What the items of a tenant's drives will take, told before any is listed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from inventory.graph.calls import ITEMS_A_PAGE
from inventory.graph.units import limit_of
from inventory.tenant.records import State
from inventory.tenant.tables import tenant_drives, tenant_skus, tenant_usage
from inventory.tenant.usage import FILE_COUNT


@dataclass(frozen=True, slots=True)
class Forecast:
    """``files`` is what the usage reports count, 0 where there are none. Units are SharePoint's: a page of items costs one,
    and so does the content of a file. Days and minutes are those of the service's limit for a tenant of this size."""

    drives: int
    files: int
    listing_units: int
    listing_minutes: float
    content_units: int
    content_days: float

    def as_json(self) -> dict[str, Any]:
        return {
            "drives": self.drives,
            "files": self.files,
            "listing_units": self.listing_units,
            "listing_minutes": round(self.listing_minutes, 1),
            "content_units": self.content_units,
            "content_days": round(self.content_days, 2),
        }


def forecast(connection: Connection, tenant_id: int) -> Forecast:
    """From the drives that are known, the reports and the licences."""
    known = (tenant_drives.c.tenant_id == tenant_id, tenant_drives.c.state != State.GONE)
    drives = connection.scalar(select(func.count()).select_from(tenant_drives).where(*known)) or 0
    totals = select(tenant_usage.c.figures).where(
        tenant_usage.c.tenant_id == tenant_id,
        tenant_usage.c.subject == "",
        tenant_usage.c.report.in_(("onedrive", "sharepoint")),
    )
    files = sum(int(figures.get(FILE_COUNT, 0)) for figures in connection.scalars(totals))
    last = select(func.max(tenant_skus.c.taken)).where(tenant_skus.c.tenant_id == tenant_id).scalar_subquery()
    licences = (
        connection.scalar(
            select(func.sum(tenant_skus.c.consumed)).where(
                tenant_skus.c.tenant_id == tenant_id, tenant_skus.c.taken == last
            )
        )
        or 0
    )
    limit = limit_of(licences)
    units = drives + math.ceil(files / ITEMS_A_PAGE)
    return Forecast(drives, files, units, limit.minutes(units), files, limit.days(files))
