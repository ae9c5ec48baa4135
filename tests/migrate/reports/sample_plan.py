"""A plan with something in every section, and hostile names."""

from dataclasses import replace
from datetime import date

from converters.inspection import Feature, Inspection, MacroModule
from converters.losses import Loss
from converters.outcome import Engine, Outcome, Verdict
from inventory.records import Coverage, InspectedItem, Item, ItemState
from migrate.planner import defaults
from migrate.planner.baseline import FrozenPlan
from migrate.planner.inputs import Cancellation, Department, Invoice, Price, User
from migrate.planner.plan import plan_migration, with_baseline

HOSTILE = "<script>alert('été')</script> & Cie"
HOSTILE_FILE = '<img src="https://example.org/x" onerror=alert(1)>.docx'
AS_OF = date(2026, 11, 21)


def sample_plan():
    names = ["Finances", HOSTILE, "Voirie"]
    users = [
        User(
            f"user{number}",
            names[number % 3],
            ("ENTERPRISEPACK", "<b>SKU</b>") if number % 7 == 0 else ("ENTERPRISEPACK",),
            date(2026, 3, 1) if number % 11 == 0 else date(2026, 11, 1),
            keep_office_reason="<i>macros</i>" if number == 5 else "",
        )
        for number in range(40)
    ]
    decided = ("security", "information_protection", "compliance")
    departments = [
        Department(names[0], ("finances",), date(2027, 7, 1), migration=date(2027, 5, 31), gives_up=decided),
        Department(
            names[1],
            ("com",),
            date(2026, 9, 1),
            migration=date(2026, 8, 1),
            contract_reference="2026-1",
            gives_up=decided,
        ),
        Department(names[2], ("voirie",), None),
    ]
    prices = [Price("ENTERPRISEPACK", 2450, "EUR", AS_OF, "contract", HOSTILE)]
    items = [_item(f"finances/{number}.docx", number) for number in range(8)]
    items += [
        _item(f"com/{HOSTILE_FILE}", 3),
        _item("nowhere/a.xlsm", 9, macros=(MacroModule("M", "standard", 120),)),
    ]
    items += [_item("voirie/closed.docx", 10, error="ENCRYPTED")]
    coverage = Coverage(
        (HOSTILE,), "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", 11, 12345678, {"read": 11}, {}
    )
    outcomes = [
        *[Outcome("a", "b", Verdict.CONVERTED, Engine.NATIVE)] * 7,
        Outcome(
            "c",
            "d",
            Verdict.NEEDS_A_PERSON,
            Engine.NATIVE,
            losses=(Loss("UNKNOWN_ELEMENT", (("element", HOSTILE), ("parent", "p"))),),
        ),
        Outcome("e", None, Verdict.REFUSED, error="ENCRYPTED"),
    ]
    inputs = defaults.plan_inputs(users, departments, AS_OF, prices)
    earlier = plan_migration(
        defaults.plan_inputs(users[:30], departments, date(2026, 5, 1), prices), items[:4]
    )
    initial = FrozenPlan(HOSTILE, "", "2026-05-01T08:00:00+00:00", "ab" * 32, earlier.as_json())
    approved = FrozenPlan("council", HOSTILE, "2026-06-01T08:00:00+00:00", "cd" * 32, earlier.as_json())
    told = replace(
        inputs,
        invoices={"f1": Invoice("F1", date(2026, 8, 3), names[1], "training", 98765)},
        cancellations={"c1": Cancellation("C1", date(2026, 9, 1), names[1], "ENTERPRISEPACK", 3)},
    )
    return with_baseline(plan_migration(told, items, coverage, outcomes), initial, approved).as_json()


def _item(path, number, macros=(), error=""):
    sha256 = f"{number:064x}"
    features = (Feature("chart", number),) if number % 2 else ()
    inspection = Inspection(
        sha256, 10, "docx", "" if error else "text", features=features, macros=macros, error=error
    )
    return InspectedItem(Item("share", path, 10, None, ItemState.READ, sha256=sha256), inspection)
