"""Microsoft's own client against the emulator: it signs in, pages, waits and reads errors as it does with Graph, and finds
what the scan finds. What both sides of a test of ours could have got wrong alike, it does not."""

from __future__ import annotations

import asyncio
import ssl
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from inventory.database import open_database
from inventory.graph.calls import CALLS
from inventory.tenant.tables import tenant_people, tenant_skus
from tests.graph_emulator.clients import cloud
from tests.graph_emulator.faults import ALL_PERMISSIONS, Faults
from tests.graph_emulator.server import CLIENT, SECRET, TENANT, emulated
from tests.graph_emulator.tenant import Tenant
from tests.inventory.tenant.scanning import found, scan_once

pytestmark = pytest.mark.filterwarnings(
    "ignore:This class is deprecated:DeprecationWarning"
)  # its own, of its own

httpx = pytest.importorskip(
    "httpx", reason="Microsoft's client is not installed: pip install '.[independent]'"
)
pytest.importorskip("msgraph", reason="Microsoft's client is not installed: pip install '.[independent]'")


@asynccontextmanager
async def _microsofts_client(emulator):
    from azure.identity import ClientSecretCredential
    from kiota_authentication_azure.azure_identity_authentication_provider import (
        AzureIdentityAuthenticationProvider,
    )
    from msgraph import GraphRequestAdapter, GraphServiceClient
    from msgraph_core import GraphClientFactory

    credential = ClientSecretCredential(
        TENANT,
        CLIENT,
        SECRET,
        authority=emulator.login,
        disable_instance_discovery=True,
        connection_verify=str(emulator.ca),
    )
    trusting = ssl.create_default_context(cafile=str(emulator.ca))
    async with httpx.AsyncClient(verify=trusting) as session:
        adapter = GraphRequestAdapter(
            AzureIdentityAuthenticationProvider(
                credential, scopes=[f"{emulator.graph}/.default"], allowed_hosts=["localhost"]
            ),
            GraphClientFactory.create_with_default_middleware(client=session),
        )
        adapter.base_url = f"{emulator.graph}/v1.0"
        yield GraphServiceClient(request_adapter=adapter)


def _ask(emulator, questions):
    """What ``questions``, given Microsoft's client, answer."""

    async def asking():
        async with _microsofts_client(emulator) as graph:
            return await questions(graph)

    with ThreadPoolExecutor(1) as thread:  # in this one a browser of other tests may keep a loop running
        return thread.submit(asyncio.run, asking()).result()


async def _all(builder, page):
    """The values of a page and of those after it."""
    values = list(page.value)
    while page.odata_next_link:
        page = await builder.with_url(page.odata_next_link).get()
        values += page.value
    return values, page


async def _items(graph, address, drive):
    """What a drive's delta tells, by id, and the link to what comes later."""
    builder = graph.drives.by_drive_id(drive).items.by_drive_item_id("root").delta
    values, last = await _all(builder, await builder.with_url(address).get())
    return {item.id: item for item in values}, last.odata_delta_link


def test_microsofts_client_finds_in_the_emulator_what_the_scan_finds(tmp_path):
    tenant = Tenant(40, 6, 4_000)
    with emulated(tmp_path, tenant, Faults(empty_page_share=0.2, throttle_share=0.02)) as emulator:
        database = open_database(str(tmp_path / "tenant.db"))
        scan_once(emulator, database)

        async def questions(graph):
            skus = (await graph.subscribed_skus.get()).value
            people, _last = await _all(
                graph.users, await graph.users.with_url(CALLS["users"].url(cloud(emulator))).get()
            )
            sites = graph.sites.get_all_sites
            top, _last = await _all(sites, await sites.get())
            told = {}
            for site in await _with_subsites(graph, [one for one in top if not one.is_personal_site]):
                for drive in (await graph.sites.by_site_id(site.id).drives.get()).value:
                    told[drive.id] = drive
            items = {}
            for drive in told:
                address = CALLS["delta"].url(cloud(emulator), drive=drive)
                items[drive], _link = await _items(graph, address, drive)
            return skus, people, items

        skus, people, items = _ask(emulator, questions)
    with database.connect() as connection:
        columns = (tenant_skus.c.part_number, tenant_skus.c.consumed)
        scanned_skus = set(connection.execute(select(*columns)).all())
        columns = (tenant_people.c.upn, tenant_people.c.department, tenant_people.c.enabled)
        scanned_people = set(connection.execute(select(*columns)).all())
    assert {(one.sku_part_number, one.consumed_units) for one in skus} == scanned_skus
    assert {
        (one.user_principal_name, one.department, one.account_enabled) for one in people
    } == scanned_people
    libraries = {drive.id for drive in tenant.drives if drive.site is not None}
    assert set(items) == libraries
    by_id = {told[2]: told[:2] for path, told in found(database).items() if path.startswith("SharePoint/")}
    files = {
        item.id: (item.size, item.file_system_info.last_modified_date_time)
        for of_drive in items.values()
        for item in of_drive.values()
        if item.folder is None and item.root is None
    }
    assert {id: size for id, (size, _moment) in files.items()} == {id: told[0] for id, told in by_id.items()}
    moments = {id: datetime.fromisoformat(told[1]) for id, told in by_id.items()}
    assert {id: moment.astimezone(UTC) for id, (_size, moment) in files.items()} == moments
    database.dispose()


def test_microsofts_client_pages_through_everybody(tmp_path):
    tenant = Tenant(2_100, 1, 10)
    with emulated(tmp_path, tenant) as emulator:
        address = CALLS["users"].url(cloud(emulator))

        async def questions(graph):
            return await _all(graph.users, await graph.users.with_url(address).get())

        people, last = _ask(emulator, questions)
    assert [one.user_principal_name for one in people] == [one.upn for one in tenant.people]
    assert len(last.value) == 2_100 - 2 * 999


async def _with_subsites(graph, sites):
    found = list(sites)
    for site in found:
        builder = graph.sites.by_site_id(site.id).sites
        values, _last = await _all(builder, await builder.get())
        found += values
    return found


def test_microsofts_client_follows_changes_from_the_delta_link_as_it_is(tmp_path):
    tenant = Tenant(2, 1, 300)
    drive = tenant.drives[0]
    with emulated(tmp_path, tenant) as emulator:
        address = CALLS["delta"].url(cloud(emulator), drive=drive.id)

        async def questions(graph):
            _items_then, link = await _items(graph, address, drive.id)
            drive.change(5, size=77)
            drive.change(7, deleted=True)
            return await _items(graph, link, drive.id)

        changed, _link = _ask(emulator, questions)
    assert changed[drive.item_id(5)].size == 77
    assert changed[drive.item_id(7)].deleted is not None
    assert changed[drive.item_id(7)].name is None


def test_microsofts_client_reads_the_errors_of_the_emulator_as_graphs(tmp_path):
    from msgraph.generated.models.o_data_errors.o_data_error import ODataError

    tenant = Tenant(3, 3, 60, locked=1)
    faults = Faults(permissions=ALL_PERMISSIONS - {"User.Read.All"})
    with emulated(tmp_path, tenant, faults) as emulator:

        async def questions(graph):
            told = {}
            for name, asked in (
                ("permission", graph.users),
                ("locked", graph.sites.by_site_id(tenant.sites[1].id).drives),
                ("missing", graph.sites.by_site_id("contoso.sharepoint.example,1,2").drives),
            ):
                with pytest.raises(ODataError) as error:
                    await asked.get()
                inner = error.value.error.inner_error
                told[name] = (
                    error.value.response_status_code,
                    error.value.error.code,
                    bool(inner.request_id),
                )
            return told

        told = _ask(emulator, questions)
    assert told == {
        "permission": (403, "Authorization_RequestDenied", True),
        "locked": (423, "resourceLocked", True),
        "missing": (404, "itemNotFound", True),
    }


def test_microsofts_client_takes_the_emulators_batches_apart(tmp_path):
    from msgraph_core.requests.batch_request_content import BatchRequestContent
    from msgraph_core.requests.batch_request_item import BatchRequestItem

    tenant = Tenant(30, 1, 400)
    with emulated(tmp_path, tenant) as emulator:

        async def questions(graph):
            asked = {
                person.id: BatchRequestItem(
                    graph.users.by_user_id(person.id).drive.to_get_request_information(), id=person.id
                )
                for person in tenant.people[:20]
            }
            answer = await graph.batch.post(BatchRequestContent(asked), None)
            return {id: part.status for id, part in answer.responses.items()}

        statuses = _ask(emulator, questions)
    assert statuses == {person.id: 200 if tenant.drive_of(person) else 404 for person in tenant.people[:20]}
