"""Alternatives side by side, the catalogue behind them, and where data and money are under each."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest

from inventory.records import Coverage
from migrate.planner import data, defaults
from migrate.planner.inputs import Department
from migrate.planner.organisation import read_organisation
from migrate.planner.plan import plan_migration
from migrate.planner.sovereignty import is_abroad
from migrate.planner.tables import TableError

from .conftest import AS_OF, file, users_of  # isort: skip

CODES = ["stay", "stay_clean_up", "stay_plug_in", "office", "office_files", "all_but_security", "full"]
COVERAGE = Coverage(("share",), "2026-11-20", "2026-11-20", 3, 10)


def planned(texts=None, files=(), home="", skus=("SPE_E3",), coverage=None, **department):
    users = users_of("Finance", *[skus] * 10)
    departments = [Department("Finance", ("Finance",), renewal=date(2027, 7, 1), **department)]
    inputs = defaults.plan_inputs(users, departments, AS_OF)
    given = {name: (text, f"{name}.csv") for name, text in (texts or {}).items()}
    organisation = read_organisation(given, ["finance"], home)
    return plan_migration(inputs, files, coverage, organisation=organisation)


def amount(plan, code, name):
    return plan.figures[f"alternatives.{code}.{name}"].amount.likely


def rows(plan):
    return {row["code"]: row for row in plan.as_json()["alternatives"]}


def test_the_seven_ways_stand_side_by_side_and_say_what_they_keep():
    found = rows(planned())
    assert list(found) == CODES
    assert found["stay"]["moved"] == found["stay_plug_in"]["moved"] == []
    assert [moved["service"] for moved in found["office"]["moved"]] == ["desktop_office"]
    kept = set(found["all_but_security"]["kept"])
    assert kept >= {"security", "identity", "devices", "information_protection", "compliance", "windows"}
    assert not kept & {"mail", "files", "desktop_office", "chat_meetings"}
    assert "mail" not in found["full"]["kept"]


def test_staying_changes_nothing_and_the_plug_in_costs_once():
    plan = planned()
    held = plan.figures["totals.licences.current_monthly"].amount.likely * 12
    for code in ("stay", "stay_clean_up", "stay_plug_in"):
        assert (amount(plan, code, "licences_yearly"), amount(plan, code, "saving_yearly")) == (held, 0)
    assert amount(plan, "stay", "one_off") == 0
    minutes = defaults.assumptions()["plug_in"].whole.likely
    rate = defaults.assumptions()["rate.helpdesk"].cents.likely
    assert amount(plan, "stay_plug_in", "one_off") == round(minutes * 10 * rate / 60)
    assert amount(plan, "stay_plug_in", "recurring_yearly") == 0


def test_leaving_more_never_costs_more_licences_and_leaving_all_costs_none():
    plan = planned()
    licences = [amount(plan, code, "licences_yearly") for code in CODES[3:]]
    assert licences == sorted(licences, reverse=True)
    assert licences[-1] == 0
    assert (
        rows(plan)["full"]["first_saving"] == "2027-07-01"
        or rows(plan)["full"]["first_saving"] > "2027-07-01"
    )


def test_a_saving_never_starts_before_the_contract_lets_go():
    plan = planned(migration=date(2026, 12, 1))
    for code in CODES[3:]:
        first = rows(plan)[code]["first_saving"]
        assert first is None or first >= "2027-07-01"
    without = defaults.plan_inputs(users_of("Finance", ("SPE_E3",)), [Department("Finance")], AS_OF)
    assert plan_migration(without).figures["alternatives.full.saving_yearly"].amount.likely == 0


def test_rows_of_one_package_are_paid_once():
    plan = planned()
    usual = {row["code"]: row for row in plan.as_json()["inputs"]["catalogue"]}
    package = max(
        row["yearly"][1] for row in usual.values() if row["package"] == "opendesk" and row["yearly"]
    )
    alone = sum(
        row["yearly"][1]
        for row in usual.values()
        if not row["package"] and row["yearly"] and row["service"] != "desktop_office"
    )
    support = plan.figures["totals.costs.support_yearly"].amount.likely
    assert amount(plan, "full", "recurring_yearly") == support + 10 * (package + alone)


def test_what_is_counted_by_hand_and_was_not_is_named_and_stands_in_no_figure():
    plan = planned()
    assert {"service": "automation", "unit": "flow"} in rows(plan)["full"]["uncounted"]
    counted = planned({"targets": "department,service,replacement,units\nall,automation,node_red,3\n"})
    assert {"service": "automation", "unit": "flow"} not in rows(counted)["full"]["uncounted"]
    rate = defaults.assumptions()["rate.developer"].cents.likely
    assert amount(counted, "full", "one_off") - amount(plan, "full", "one_off") == 3 * 960 * rate // 60


def test_targets_make_an_alternative_of_their_own_by_department_and_service():
    texts = {
        "targets": "department,service,replacement,hosting\nall,mail,grommunio,outscale\n"
        "Finance,chat_meetings,visio,\nFinance,files,stay,\n"
    }
    own = rows(planned(texts))["own"]
    assert [
        (moved["service"], moved["by"][0]["replacement"], moved["by"][0]["hosting"]) for moved in own["moved"]
    ] == [
        ("chat_meetings", "visio", "outscale"),
        ("mail", "grommunio", "outscale"),
    ]
    assert "files" in rows(planned(texts))["full"]["kept"]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Nobody,mail,ox_app_suite,", "department"),
        ("all,mail,nextcloud,", "replacement"),
        ("all,mail,sogo,moon", "hosting"),
    ],
)
def test_a_target_that_stands_nowhere_is_named(line, column):
    with pytest.raises(TableError) as caught:
        planned({"targets": f"department,service,replacement,hosting\n{line}\n"})
    assert (caught.value.code, caught.value.line, caught.value.column) == ("UNKNOWN_NAME", 2, column)


def test_every_row_of_the_catalogue_is_complete_and_every_service_has_a_usual_one():
    found = list(csv.DictReader(io.StringIO(data.text("catalogue.csv"))))
    hosting = {row["code"] for row in csv.DictReader(io.StringIO(data.text("hosting.csv")))}
    for row in found:
        assert row["licence"] and row["unit"] and row["source"] and date.fromisoformat(row["as_of"])
        assert set(filter(None, row["hosting"].split("|"))) <= hosting
        assert bool(row["likely"]) == bool(row["currency"])
    usual = {row["service"] for row in found if row["default"] == "yes"}
    services = set(defaults.catalogue().services) - {"other"}
    assert services <= usual
    assert len({row["code"] for row in found}) == len(found)


# sovereignty ----------------------------------------------------------------------------------------------------

LOCATIONS = (
    "service,supplier,residency,operator_home,keys,assessed,source\n"
    "mail,Microsoft,FR,US,provider,2026-05-04,register\nfiles,Microsoft,CA-ON,US,customer,,register\n"
)


def test_residency_operator_and_keys_are_axes_by_themselves():
    today = {
        row["service"]: row for row in planned({"locations": LOCATIONS}).as_json()["sovereignty"]["today"]
    }
    mail, files, sites = today["mail"], today["files"], today["sites"]
    assert (mail["residency"], mail["operator_home"], mail["keys"], mail["assessed"]) == ("FR", "US", "provider", "2026-05-04")  # fmt: skip
    assert (files["residency"], files["keys"], files["assessed"]) == ("CA-ON", "customer", None)
    assert (sites["residency"], sites["operator_home"]) == ("unknown", "US")


@pytest.mark.parametrize(
    ("jurisdiction", "home", "abroad"),
    [("CA-QC", "CA-QC", False), ("CA-ON", "CA-QC", True), ("CA", "CA-QC", True), ("CA-QC", "CA", False),
     ("home", "FR", False), ("US", "FR", True), ("unknown", "FR", None), ("US", "", None)],
)  # fmt: skip
def test_another_province_is_outside_and_what_is_not_known_is_not_counted(jurisdiction, home, abroad):
    assert is_abroad(jurisdiction, home) is abroad


def test_data_moves_with_its_service_and_loses_its_assessment():
    plan = planned(
        {
            "locations": LOCATIONS,
            "targets": "department,service,replacement,hosting\nall,mail,sogo,outscale\n",
        },
        home="FR",
    )
    found = {row["code"]: row for row in plan.as_json()["sovereignty"]["alternatives"]}
    assert "FR" not in found["office"]["axes"]["operator_home"]
    assert found["own"]["axes"]["operator_home"]["FR"] == 10
    before, after = (found[code]["abroad"][0]["operator_home"] for code in ("stay", "own"))
    assert before - after == 10


def test_where_the_money_goes_adds_up_and_other_suppliers_count():
    supplies = (
        "product,supplier,service,seats,yearly,currency,owner_home,contract_end,replacement,assessed\n"
        "Zoom One,Zoom,chat_meetings,4,480,EUR,US,2027-12-31,jitsi,\n"
        "Creative Cloud,Adobe,graphics,2,1440,EUR,US,,stay,2026-01-01\n"
        "CRM,Salesforce,crm,2,900,USD,US,,stay,\n"
    )
    plan = planned({"supplies": supplies})
    model = plan.as_json()
    spending = model["sovereignty"]["spending"]
    stay = {row["supplier"]: row["cents"] for row in spending if row["alternative"] == "stay"}
    assert (stay["Zoom"], stay["Adobe"]) == (48_000, 144_000)
    assert stay["Microsoft"] == amount(plan, "stay", "licences_yearly")
    full = {row["supplier"]: row["cents"] for row in spending if row["alternative"] == "full"}
    assert "Zoom" not in full and full["Adobe"] == 144_000
    paid = sum(full.values()) - 144_000
    assert paid == amount(plan, "full", "licences_yearly") + amount(plan, "full", "recurring_yearly")
    assert model["sovereignty"]["other_currencies"] == ["CRM"]
    against = [
        (row["contract"], row["code"])
        for row in model["sovereignty"]["contracts"]
        if row["alternative"] == "full"
    ]
    assert ("Zoom One", "supplier_term") in against
    unassessed = {row["supplier"] for row in model["sovereignty"]["unassessed"]}
    assert "Zoom, Zoom One" in unassessed and "Adobe, Creative Cloud" not in unassessed


def test_a_contract_that_runs_on_or_fixes_seats_contradicts_leaving_and_not_staying():
    plan = planned(migration=date(2027, 1, 31), minimum_seats=4)
    found = {(row["alternative"], row["code"]): row for row in plan.as_json()["sovereignty"]["contracts"]}
    assert found["full", "floor"]["seats"] == 4
    assert found["office", "term"]["until"] == "2027-07-01"
    assert not any(alternative.startswith("stay") for alternative, _code in found)


def micros(day):
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1_000_000)


def test_documents_in_use_that_open_without_microsoft_are_counted_and_the_rest_is_dated():
    def used(found, day):
        return type(found)(found.item._replace(modified_us=micros(day)), found.inspection)

    files = [
        used(file("Finance/a.docx", "a"), "2026-10-01"),
        used(file("Finance/b.docx", "b", features=[("macros", 1)]), "2026-10-01"),
        used(file("Finance/c.docx", "c", error="RIGHTS_MANAGED"), "2026-10-01"),
        used(file("Finance/old.docx", "d"), "2020-01-01"),
    ]
    plan = planned(files=files, coverage=COVERAGE)
    counted = {
        name: plan.figures[f"access.{name}"].amount.likely for name in ("documents", "opens", "closed")
    }
    assert counted == {"documents": 3, "opens": 1, "closed": 1}
    access = plan.as_json()["sovereignty"]["access"]
    assert access["days"]["mail"] == 1 and access["days"]["office"] >= 1
    assert planned().as_json()["sovereignty"]["access"] is None
