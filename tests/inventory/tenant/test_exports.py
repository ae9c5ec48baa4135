"""Exports of the admin centre and of PowerShell give the records that a scan gives."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from inventory.database import open_database, transaction
from inventory.errors import InventoryError
from inventory.persons import People, Persons
from inventory.tenant.exports import import_export
from inventory.tenant.people import licensed_people, units_over_time
from inventory.tenant.tables import tenant_licences, tenant_people, tenant_skus, tenant_usage
from inventory.tenant.work import tenant_number
from migrate.planner import defaults, tables
from migrate.tenant_tables import products_of, users_table
from tests.command_line import run
from tests.graph_emulator import documents
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import SKUS, Tenant
from tests.inventory.tenant.scanning import NAME, scan_once

USERS = {
    "en": (
        "Block credential,Department,Display name,Licenses,Object Id,Usage location,User principal name,When created",
        "False,Finances,Ann,Office 365 E3+Power BI Pro,{id},FR,ann@contoso.example,2020-01-02 03:04:05Z",
        "True,,Bob,Enterprise Mobility + Security E3,,FR,bob@contoso.example,",
        "False,Finances,Guest,Unlicensed,,,guest#EXT#@contoso.example,",
        "False,Finances,Eve,Contoso Wonder Suite,,FR,eve@contoso.example,",
    ),
    "fr": (
        "Bloquer les informations d’identification;Service;Nom d’affichage;Licences;ID d’objet;Emplacement d’utilisation;"
        "Nom d’utilisateur principal;Date de création",
        "False;Finances;Ann;Office 365 E3+Power BI Pro;{id};FR;ann@contoso.example;2020-01-02 03:04:05Z",
        "True;;Bob;Enterprise Mobility + Security E3;;FR;bob@contoso.example;",
        "False;Finances;Guest;Sans licence;;;guest#EXT#@contoso.example;",
        "False;Finances;Eve;Contoso Wonder Suite;;FR;eve@contoso.example;",
    ),
}


@pytest.fixture
def database(tmp_path):
    engine = open_database(str(tmp_path / "migrate.db"))
    yield engine
    engine.dispose()


def _import(database, *paths, people=None, today="2026-11-22"):
    with transaction(database) as connection:
        number = tenant_number(connection, NAME)
        return [
            import_export(connection, number, people or People(), path, today, products_of) for path in paths
        ]


def _licensed(database):
    with database.connect() as connection:
        return {one.upn: one for one in licensed_people(connection, 1)}


@pytest.mark.parametrize("language", USERS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_users_are_read_in_both_languages_and_whatever_the_encoding(tmp_path, database, language, encoding):
    path = tmp_path / "anything.csv"
    path.write_text("\n".join(USERS[language]).format(id="0f" * 16) + "\n", encoding)
    (told,) = _import(database, path)
    assert (told.kind, told.rows) == ("people", 4)
    people = _licensed(database)
    assert people["ann@contoso.example"].skus == tuple(
        sorted(
            row.guid for row in (defaults.catalogue().skus[sku] for sku in ("ENTERPRISEPACK", "POWER_BI_PRO"))
        )
    )
    assert people["ann@contoso.example"].department == "Finances"
    assert not people["bob@contoso.example"].enabled
    assert len(people["bob@contoso.example"].skus) == 1  # the plus sign is part of a name
    assert len(people) == 3  # nobody without a licence
    assert people["eve@contoso.example"].skus == ("Contoso Wonder Suite",)  # unknown, and not dropped


def test_subscriptions_name_what_people_hold_and_days_show_what_was_cancelled(tmp_path, database):
    users = tmp_path / "u.csv"
    users.write_text("\n".join(USERS["en"]).format(id="") + "\n")
    first, later = tmp_path / "l1.csv", tmp_path / "l2.csv"
    first.write_text(
        "Product name,Total licenses,Expired licenses,Assigned licenses,Status message\n"
        'Office 365 E3,"1,200",0,900,\nContoso Wonder Suite,5,1,1,\n'
    )
    later.write_text(
        "Nom du produit;Total des licences;Licences expirées;Licences attribuées\nOffice 365 E3;700;0;690\n"
    )
    _import(database, users, first, today="2026-01-05")
    assert _licensed(database)["eve@contoso.example"].skus == ("Contoso Wonder Suite",)
    assert "ENTERPRISEPACK" in _licensed(database)["ann@contoso.example"].skus
    _import(database, later, today="2026-11-05")
    with database.connect() as connection:
        units = {one.part_number: one for one in units_over_time(connection, 1)}
    assert (units["ENTERPRISEPACK"].first_enabled, units["ENTERPRISEPACK"].last_enabled) == (1200, 700)
    assert units["ENTERPRISEPACK"].consumed == 690
    assert units["Contoso Wonder Suite"].last_enabled == 0


def test_a_scan_and_exports_of_the_same_tenant_tell_the_same(tmp_path, database):
    """Each record that a scan makes is made of exports, too; what exports do not tell is missing there."""
    tenant = Tenant(40, 2, 60)
    with emulated(tmp_path, tenant) as emulator:
        scan_once(emulator, database)
    other = open_database(str(tmp_path / "exports.db"))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["UserPrincipalName", "ObjectId", "Department", "AccountEnabled", "Licenses", "UserType"])
    for person in tenant.people:
        held = "+".join(sorted({f"contoso:{SKUS[sku][1]}" for sku, _group, _plans in person.licences}))
        kind = "Guest" if person.guest else "Member"
        writer.writerow([person.upn, person.id, person.department, person.enabled, held, kind])
    paths = [tmp_path / "users.csv", tmp_path / "skus.csv"]
    paths[0].write_text("#TYPE Selected.User\n" + text.getvalue())
    rows = ["SkuPartNumber,SkuId,ConsumedUnits,Enabled"]
    rows += [
        f"{sku['skuPartNumber']},{sku['skuId']},{sku['consumedUnits']},{sku['prepaidUnits']['enabled']}"
        for sku in documents.skus(tenant)
    ]
    paths[1].write_text("\n".join(rows) + "\n")
    for name in documents.REPORTS:
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(documents.report(name, tenant, concealed=False), "utf-8")
    told = _import(other, *paths)
    assert {one.kind for one in told} == {
        "people", "subscriptions", "apps", "users", "mail", "mailboxes", "onedrive", "sharepoint", "teams",
    }  # fmt: skip
    for table, left_out in (
        (tenant_usage, set()),
        (tenant_people, {"usage_location", "data_location", "created_us", "sid", "account", "run_id"}
         | {"signed_in_us", "background_us", "succeeded_us"}),
    ):  # fmt: skip
        columns = [column for column in table.columns if column.name not in left_out | {"id", "person_id"}]
        both = []
        for engine in (database, other):
            with engine.connect() as connection:
                both.append(sorted(map(repr, connection.execute(select(*columns)))))
        assert both[0] == both[1]
    skus = []
    for engine in (database, other):
        with engine.connect() as connection:
            columns = (
                tenant_skus.c.sku_id,
                tenant_skus.c.part_number,
                tenant_skus.c.enabled,
                tenant_skus.c.consumed,
            )
            skus.append(sorted(connection.execute(select(*columns)).all()))
    assert skus[0] == skus[1]
    assert {upn: one.skus for upn, one in _licensed(database).items()} == {
        upn: one.skus for upn, one in _licensed(other).items()
    }
    other.dispose()


def test_a_scan_after_an_import_makes_nobody_twice(tmp_path, database):
    tenant = Tenant(20, 1, 40)
    path = tmp_path / "users.csv"
    rows = ["UserPrincipalName,Licenses"] + [f"{person.upn},ENTERPRISEPACK" for person in tenant.people[:5]]
    path.write_text("\n".join(rows) + "\n")
    _import(database, path)
    with emulated(tmp_path, tenant) as emulator:
        scan_once(emulator, database)
    _import(database, path)
    with database.connect() as connection:
        stored = connection.execute(select(tenant_people.c.upn, tenant_people.c.entra)).all()
        held = connection.execute(select(tenant_licences)).all()
    assert sorted(row.upn for row in stored) == sorted(person.upn for person in tenant.people)
    assert {row.entra for row in stored} == {person.id for person in tenant.people}
    assert held


def test_reports_that_hide_names_are_sums_alone(tmp_path, database):
    path = tmp_path / "apps.csv"
    path.write_text(documents.report("getM365AppUserDetail", Tenant(20, 0, 30), concealed=True), "utf-8")
    (told,) = _import(database, path)
    assert told.concealed
    with database.connect() as connection:
        assert connection.scalars(select(tenant_usage.c.subject)).all() == [""]


def test_what_is_no_export_is_refused_with_its_headings(tmp_path, database):
    path = tmp_path / "x.csv"
    for text in ("a,b\n1,2\n", "", "Report Refresh Date,Nonsense\n2026-01-01,1\n"):
        path.write_text(text)
        with pytest.raises(InventoryError) as caught:
            _import(database, path)
        assert caught.value.code == "EXPORT_UNKNOWN"


def test_people_of_exports_have_pseudonyms(tmp_path):
    engine = open_database(str(tmp_path / "hidden.db"))
    path = tmp_path / "u.csv"
    path.write_text("\n".join(USERS["en"]).format(id="") + "\n")
    _import(engine, path, people=People(Persons.PSEUDONYMOUS, b"k" * 32))
    engine.dispose()
    content = b"".join(one.read_bytes() for one in tmp_path.glob("hidden.db*"))
    assert b"ann@contoso" not in content
    assert b"person-" in content


def test_the_planner_reads_the_table_of_users_that_a_tenant_makes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "users.csv").write_text("\n".join(USERS["en"]).format(id="") + "\n")
    (tmp_path / "mail.csv").write_text(
        "Report Refresh Date,User Principal Name,Last Activity Date,Item Count,Storage Used (Byte),Report Period\n"
        "2026-11-20,ann@contoso.example,2026-11-03,10,12340000000,180\n"
    )
    (tmp_path / "l.csv").write_text("Product name,Total licenses,Assigned licenses\nOffice 365 E3,9,1\n")
    said = run("tenant", "import", NAME, "mail.csv", "users.csv", "l.csv", "--lang", "en")
    assert "users.csv: users, 4 rows" in said
    run("tenant", "users", NAME, "-o", "plan.csv")
    (ann,) = [
        user
        for user in tables.read_users((tmp_path / "plan.csv").read_text(), "plan.csv", defaults.products())
        if user.user == "ann@contoso.example"
    ]
    assert ann.department == "Finances"
    assert "ENTERPRISEPACK" in ann.skus
    assert str(ann.last_active) == "2026-11-03"
    assert str(ann.mailbox_gb) == "12.34"
    with pytest.raises(Exception, match="already"):
        run("tenant", "users", NAME, "-o", "plan.csv", "--lang", "en")
    with pytest.raises(Exception, match="m365:other"):
        run("tenant", "users", "m365:other", "--lang", "en")
    assert "ENTERPRISEPACK" in run("tenant", "licences", NAME, "--lang", "en")
    assert users_table([]).startswith("user,department,skus")
