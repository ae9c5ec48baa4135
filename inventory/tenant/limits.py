"""What the service allows a tenant's scans, kept over processes: its word to wait, units a minute, units a day.

The units of 24 hours stand in the database by the hour, so that a scan that goes on, and a conversion that fetches
beside it, share one budget. A process that ends forgets what was not written yet, less than :data:`_WRITTEN_AT` units.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import OperationalError

from inventory import moments
from inventory.bulk import execute_rows
from inventory.database import transaction
from inventory.graph.client import GraphClient
from inventory.graph.units import limit_of
from inventory.tenant.tables import tenant_skus, tenant_spent, tenants

_PAUSE_KEPT_SECONDS = 5.0  # shorter ones are over before another process starts
_LONGEST_PAUSE_SECONDS = 3_600.0
_WRITTEN_AT = 100
_HOUR_SECONDS = 3_600
# an hour counts as long as any of its minutes may be younger than a day
_HOURS_COUNTED = 25

_ADD = (
    "INSERT INTO tenant_spent (tenant_id, hour, units) VALUES ({0}, {0}, {0}) "
    "ON CONFLICT (tenant_id, hour) DO UPDATE SET units = tenant_spent.units + excluded.units"
)


class Day:
    """The resource units that a tenant was asked for in the last 24 hours, and how long the next ones have to wait.

    ``units_a_day`` 0 waits for nothing. Threads share it.
    """

    def __init__(
        self, database: Engine, tenant_id: int, units_a_day: int, now: Callable[[], float] = time.time
    ) -> None:
        self.units_a_day = units_a_day
        self._database, self._tenant_id, self._now = database, tenant_id, now
        self._lock = threading.Lock()
        self._written = self._read()
        self._unwritten: Counter[int] = Counter()

    def spend(self, units: int) -> None:
        """Count units that were asked for."""
        with self._lock:
            self._unwritten[self._hour()] += units
            due = self._unwritten.total() >= _WRITTEN_AT
        if due:
            self.write()

    def write(self) -> None:
        """Store what was counted. Where somebody else writes for long, the next call stores it too."""
        with self._lock:
            rows = [(self._tenant_id, hour, units) for hour, units in sorted(self._unwritten.items())]
            if not rows:
                return
            try:
                with transaction(self._database) as connection:
                    execute_rows(connection, _ADD, rows)
                    old = (
                        tenant_spent.c.tenant_id == self._tenant_id,
                        tenant_spent.c.hour <= self._hour() - _HOURS_COUNTED,
                    )
                    connection.execute(delete(tenant_spent).where(*old))
            except OperationalError:
                return
            self._unwritten.clear()
            self._written = self._read()

    def seconds_left(self, units: int) -> float:
        """Seconds until so many units may be asked for; 0 where they may be now."""
        with self._lock:
            if not self.units_a_day:
                return 0.0
            hours = self._written + self._unwritten
            now = self._hour()
            counted = {hour: spent for hour, spent in hours.items() if hour > now - _HOURS_COUNTED}
            total = sum(counted.values()) + units
            for hour in sorted(counted):
                if total <= self.units_a_day:
                    break
                total -= counted[hour]
                now = hour + _HOURS_COUNTED
            return max(0.0, now * _HOUR_SECONDS - self._now())

    def _hour(self) -> int:
        """Hours since 1970."""
        return int(self._now() // _HOUR_SECONDS)

    def _read(self) -> Counter[int]:
        columns = (tenant_spent.c.hour, tenant_spent.c.units)
        with self._database.connect() as connection:
            rows = connection.execute(select(*columns).where(tenant_spent.c.tenant_id == self._tenant_id))
            return Counter({row.hour: row.units for row in rows})


def keep_limits(client: GraphClient, database: Engine, tenant_id: int) -> None:
    """Have a client heed what the service told an earlier process, and keep to the limits of the tenant's size, unless it
    has no rate of its own and leaves them to the service."""
    _heed_pause(client, database, tenant_id)
    client.day = Day(database, tenant_id, 0)
    keep_to_size(client, database, tenant_id)


def keep_to_size(client: GraphClient, database: Engine, tenant_id: int) -> None:
    """Limits by the number of licences, which the first answers of a scan tell."""
    if not client.gate.units_a_minute:
        return
    same = tenant_skus.c.tenant_id == tenant_id
    last = select(func.max(tenant_skus.c.taken)).where(same).scalar_subquery()
    counted = select(func.sum(tenant_skus.c.consumed)).where(same, tenant_skus.c.taken == last)
    with database.connect() as connection:
        limit = limit_of(connection.scalar(counted) or 0)
    client.gate.units_a_minute = limit.units_a_minute
    if client.day is not None:
        client.day.units_a_day = limit.units_a_day


def _heed_pause(client: GraphClient, database: Engine, tenant_id: int) -> None:
    this = tenants.c.id == tenant_id
    told = client.gate.closing

    def closing(seconds: float) -> None:
        if seconds >= _PAUSE_KEPT_SECONDS:
            until = moments.iso_time(time.time_ns() // 1_000 + round(seconds * 1_000_000))
            with transaction(database) as connection:
                connection.execute(update(tenants).where(this).values(throttled_until=until))
        if told is not None:
            told(seconds)

    with database.connect() as connection:
        until = moments.microseconds_of(
            connection.scalar(select(tenants.c.throttled_until).where(this)) or ""
        )
    left = (until or 0) / 1_000_000 - time.time()
    if left > 0:
        client.gate.close(min(left, _LONGEST_PAUSE_SECONDS))
    client.gate.closing = closing
