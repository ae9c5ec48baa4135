"""The service allows so many resource units a day: kept over processes, waited for, and told."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from inventory.database import open_database, transaction
from inventory.graph.calls import CALLS
from inventory.graph.gate import Gate
from inventory.tenant.limits import Day, keep_limits
from inventory.tenant.tables import tenant_runs, tenant_skus, tenant_spent, tenants
from inventory.tenant.work import tenant_number
from tests.graph_emulator.clients import client
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import Tenant
from tests.inventory.tenant.scanning import NAME, scan_once

_HOUR = 3_600


@pytest.fixture
def database(tmp_path):
    engine = open_database(str(tmp_path / "limits.db"))
    yield engine
    engine.dispose()


@pytest.fixture
def tenant_id(database):
    with transaction(database) as connection:
        return tenant_number(connection, NAME)


def test_units_of_a_day_are_waited_for_until_the_hour_that_took_them_is_a_day_old(database, tenant_id):
    now = [1_000 * _HOUR + 600.0]
    day = Day(database, tenant_id, 1_000, lambda: now[0])
    day.spend(400)
    now[0] += 2 * _HOUR
    day.spend(500)
    assert day.seconds_left(100) == 0
    # the first hour counts until its last minute is 24 hours old
    assert day.seconds_left(101) == 1_025 * _HOUR - now[0]
    assert day.seconds_left(600) == 1_027 * _HOUR - now[0]
    now[0] = 1_025.0 * _HOUR
    assert day.seconds_left(500) == 0
    assert day.seconds_left(501) > 0


def test_another_process_goes_on_with_what_the_first_one_spent_and_old_hours_go(database, tenant_id):
    now = [2_000.0 * _HOUR]
    Day(database, tenant_id, 1_000, lambda: now[0]).spend(700)
    other = Day(database, tenant_id, 1_000, lambda: now[0])
    assert other.seconds_left(301) > 0
    other.spend(200)
    now[0] += 30 * _HOUR
    other.spend(300)
    with database.connect() as connection:
        assert connection.execute(select(tenant_spent.c.hour, tenant_spent.c.units)).all() == [(2_030, 300)]


def test_no_limit_of_ones_own_waits_for_nothing(database, tenant_id):
    day = Day(database, tenant_id, 0)
    day.spend(10_000_000)
    assert day.seconds_left(10_000_000) == 0


def test_a_request_beyond_the_day_leaves_when_the_day_allows_it_and_the_pause_is_told(
    tmp_path, database, tenant_id
):
    told: list[float] = []
    with emulated(tmp_path, Tenant(3, 1, 60)) as emulator:
        graph = client(emulator, gate=Gate(60_000))
        graph.gate.closing = told.append
        keep_limits(graph, database, tenant_id)
        # 1.5 seconds before the end of an hour in which everything was spent a day ago
        started = time.monotonic()
        moment = 3_000.0 * _HOUR - 1.5
        day = Day(database, tenant_id, 100, lambda: moment + time.monotonic() - started)
        with transaction(database) as connection:
            connection.execute(tenant_spent.insert().values(tenant_id=tenant_id, hour=2_975, units=100))
        day._written = day._read()
        graph.day = day
        call = CALLS["delta"]
        page = graph.page(call, drive=emulator.tenant.drives[0].id)
    assert page.values
    assert 1.4 <= time.monotonic() - started < 10
    assert len(told) == 1
    assert 1.0 < told[0] <= 1.5


def test_limits_are_those_of_the_number_of_licences_unless_the_service_is_left_to_tell(
    tmp_path, database, tenant_id
):
    row = {"part_number": "X", "capability": "Enabled", "applies_to": "User"}
    columns = {
        column.name for column in tenant_skus.columns if not column.nullable and column.server_default is None
    }
    values = {name: row.get(name, 0) for name in columns} | {
        "tenant_id": tenant_id, "taken": "2026-11-01", "sku_id": "s", "consumed": 6_000,
    }  # fmt: skip
    with transaction(database) as connection:
        connection.execute(tenant_skus.insert().values(values))
    with emulated(tmp_path, Tenant(1, 0, 1)) as emulator:
        own = client(emulator, gate=Gate(1))
        keep_limits(own, database, tenant_id)
        assert (own.gate.units_a_minute, own.day.units_a_day) == (3_750, 3_600_000)
        left = client(emulator)
        keep_limits(left, database, tenant_id)
        assert (left.gate.units_a_minute, left.day.units_a_day) == (0, 0)


def test_a_scan_counts_what_it_asked_for_and_its_run_adds_up_all_processes(tmp_path, database):
    with emulated(tmp_path, Tenant(30, 6, 2_000)) as emulator:
        outcome = scan_once(emulator, database)
        with database.connect() as connection:
            spent = connection.scalar(select(tenant_runs.c.spent))
            counted = connection.scalar(select(tenant_spent.c.units)) or 0
            named = connection.scalar(select(tenants.c.name))
    assert named == NAME
    assert spent == outcome.spent
    units = emulator.fate.seen.units
    assert outcome.spent["resource_units"]["sharepoint"] >= units
    assert 0 <= outcome.spent["resource_units"]["sharepoint"] - counted < 100
