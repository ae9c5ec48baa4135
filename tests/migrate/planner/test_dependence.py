"""Changing one price, rule, assumption or date changes exactly the figures that ``migrate explain`` says depend on it.

Soundness: a row may move a figure only if it stands behind the figure, before the change and after it. Exactness: every
row that stands behind a figure moves it by at least one admissible change of that row alone: from zero to a million
times, from a year long past to one far off, or to an empty cell where the table allows one. So a row that rounding or a
comparison hides from a small change still counts, and one that can never move the figure does not.

A choice (of licences, of waves) is one row: the optimiser compares prices and terms of the whole tenant, and any of
them may move what is chosen. Soundness holds for all that a choice compares; exactness says that something of it moves
each figure that names the choice.
"""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inventory.records import Coverage
from migrate.planner import costs, defaults, finance
from migrate.planner.dependence import moving_rows
from migrate.planner.inputs import (
    Attestation,
    Cancellation,
    Contract,
    Department,
    Invoice,
    Price,
    Score,
    User,
    WorkDays,
)
from migrate.planner.organisation import read_organisation
from migrate.planner.trace import figures_by_id, nearest, rows_behind, walk

from .conftest import AS_OF, DECIDED, file, users_of  # isort: skip
from .dependence import Traced, check_choices, check_dependence, with_short_searches  # isort: skip
from .row_changes import row_changes  # isort: skip
from .strategies import departments_of, own_prices, users_of_any  # isort: skip


@pytest.fixture(autouse=True)
def short_searches(monkeypatch):
    with_short_searches(monkeypatch)


def with_fewer_rows(inputs, items):
    """The inputs without most of the products and rules that nothing of the case uses: they move nothing, slowly."""
    found = {feature.code for item in items if item.inspection for feature in item.inspection.features}
    used = {*found, "macros.line", "closed.password", "closed.rights", "loss.unread"}
    held = {sku for user in inputs.users for sku in user.skus}
    targets = {sku for department in inputs.departments for sku in department.target_skus or ()}
    skus = {*held, *targets, "STANDARDPACK", "SPE_F1"}
    return replace(
        inputs,
        rules={code: rule for code, rule in inputs.rules.items() if code in used},
        prices={sku: price for sku, price in inputs.prices.items() if sku in skus},
    )


def organisation():
    """Every kind of department: signed and not, with a date and without, a minimum, a wish, other terms of billing."""
    users = [
        *users_of("Finance", *[("ENTERPRISEPACK", "POWER_BI_PRO")] * 3, ("SPE_E3",), last_active=date(2026, 3, 1)),
        *users_of("Parks", ("O365_BUSINESS_PREMIUM",), ("OFFICESUBSCRIPTION",), last_active=date(2026, 11, 1)),
        User("kept", "Parks", ("SPE_E3", "UNKNOWN"), keep_office_reason="macros"),
        *users_of("Archive", ("ENTERPRISEPACK", "EMS")),
        *users_of("Museum", *[("ENTERPRISEPACK",)] * 3, last_active=date(2026, 2, 1)),
    ]  # fmt: skip
    departments = [
        Department(
            "Finance", ("finance",), date(2027, 7, 1), migration=date(2027, 5, 31), minimum_seats=1, billing="monthly",
            gives_up=DECIDED,
        ),
        Department("Parks", ("parks",), date(2026, 3, 1), contract_reference="2026-1", migration=date(2026, 2, 1)),
        Department("Archive", ("archive",), None, 1, target_skus=("STANDARDPACK",), billing="annual_monthly"),
        Department("Museum", ("museum",), contract="EA 7", migration=date(2027, 2, 1), gives_up=DECIDED),
    ]  # fmt: skip
    prices = [
        Price("O365_BUSINESS_PREMIUM", 1100, "EUR", AS_OF, "contract", "contract 12"),
        Price("EMS", 0, "EUR", AS_OF, "list", "given free"),
    ]
    items = [
        file("finance/a.xlsm", "a", features=[("chart", 2)], macros=[("M", "standard", 50)]),
        file("parks/a.xlsm", "a", features=[("chart", 2)], macros=[("M", "standard", 50)]),
        file("parks/b.docx", "b", features=[("ole_object", 3)]),
        file("museum/c.docx", "c", error="ENCRYPTED", family=""),
        file("nowhere/d.docx", "d", features=[("pivot_table", 1)]),
    ]
    inputs = defaults.plan_inputs(
        users,
        departments,
        AS_OF,
        prices,
        jurisdiction="FR",
        scores=(Score("R", "saving", Decimal(0), Decimal(10), "reorganisation"),),
        invoices={
            "f1": Invoice("F1", date(2026, 6, 1), "Parks", "training", 120_000),
            "f2": Invoice("F2", date(2027, 6, 1), "Finance", "other", 5_000),
        },
        work_days={"d1": WorkDays("D1", date(2026, 7, 1), "Parks", "effort", "developer", Decimal("2.5"))},
        cancellations={
            "c1": Cancellation("C1", date(2026, 3, 1), "Parks", "O365_BUSINESS_PREMIUM", 1),
            "c2": Cancellation("C2", date(2035, 3, 1), "Finance", "SPE_E3", 1),
        },
        contracts={
            "ea_7": Contract(
                "EA 7",
                date(2027, 6, 30),
                36,
                "anniversary",
                30,
                floors={"ENTERPRISEPACK": 1},
                floor_until=date(2027, 12, 31),
            )
        },
        attestations={"museum-2": Attestation("Museum-2", "unused", "IT", date(2026, 11, 1))},
    )
    return with_fewer_rows(inputs, items), items


@pytest.mark.timeout(900)
@pytest.mark.slow
def test_one_changed_row_changes_exactly_the_figures_that_depend_on_it():
    inputs, items = organisation()
    moved = check_dependence(inputs, items)
    check_choices(Traced(inputs, items), moved)


WAVES = """department,start,end,after
Finance,2026-12-01,2027-02-28,
Parks,2027-04-01,2027-05-31,Finance
"""
CAPACITIES = """resource,amount,unit,until
trainers,1,people,
helpdesk,1,people,2040-01-01
developers,1,people,
mailboxes,100,per_month,
"""
TASKS = """task,name,months,needed_by
identity,Identity,1,all
"""


def with_waves():
    """Two departments that exchange files, a list of their own and a proposal; documents in use and not."""
    users = [*users_of("Finance", *[("ENTERPRISEPACK",)] * 2), *users_of("Parks", ("SPE_E3",))]
    departments = [
        Department("Finance", ("finance",), date(2027, 3, 1), gives_up=DECIDED),
        Department("Parks", ("parks",), date(2027, 7, 1), gives_up=DECIDED),
    ]
    items = [
        file("finance/a.docm", "a", macros=[("M", "standard", 50)], modified=date(2026, 9, 1)),
        file("parks/b.docx", "b", modified=date(2019, 9, 1)),
        file("parks/c.docx", "c", error="ENCRYPTED", family=""),
    ]
    inputs = defaults.plan_inputs(users, departments, AS_OF, horizon_months=14)
    coverage = Coverage(("share",), "2026-11-20", "2026-11-20", 3, 30, {"read": 3}, {})
    tables = {"waves": WAVES, "capacities": CAPACITIES, "tasks": TASKS}
    texts = {name: (text, f"{name}.csv") for name, text in tables.items()}
    exchanges = {("finance", "parks"): 40}
    own = read_organisation(texts, ["finance", "parks"], "FR", proposing=True, exchanges=exchanges)
    kept = [row for row in own.choices.alternatives if row.code in ("stay_plug_in", "office_files")]
    own = replace(own, choices=replace(own.choices, alternatives=tuple(kept)))
    return with_fewer_rows(inputs, items), items, coverage, (), own


@pytest.mark.timeout(900)
@pytest.mark.slow
def test_the_same_holds_for_waves_and_for_documents_in_use():
    inputs, *case = with_waves()
    ids = (figure.split(".")[0] for figure in Traced(inputs, *case).values)
    assert {"waves", "access", "sovereignty"} <= set(ids)
    chosen = {
        "plan.as_of",
        "departments.finance.renewal",
        *(
            f"assumptions.{code}"
            for code in ("wave.learning", "wave.exchange", "active_months", "restore_seat")
        ),
        *("waves.finance", "catalogue.libreoffice", "catalogue.nextcloud_deck"),
    }
    check_dependence(inputs, *case, chosen=chosen.__contains__)


NAMES = ["Finance", "Parks", "Roads"]
work = st.lists(
    st.tuples(st.sampled_from([name.lower() for name in NAMES]), st.sampled_from("abc"), st.integers(1, 3)),
    max_size=4,
)
DATED = (
    "departments.",
    "plan.",
    "users.",
    "assumptions.delay",
    "assumptions.months",
    "assumptions.price_rise",
)


@pytest.mark.timeout(900)
@settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    report_multiple_bugs=False,
    phases=(Phase.generate,),  # making a failing organisation smaller takes longer than the rest of the suite
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(users_of_any(NAMES, 2), max_size=5),
    st.lists(
        departments_of(st.sampled_from(NAMES), term_months=st.sampled_from([1, 12, 36])),
        min_size=1,
        max_size=2,
        unique_by=lambda department: department.name,
    ),
    own_prices,
    work,
    st.sampled_from(["EU", "FR", "CA", "NONE"]),
    st.integers(0, 10**6),
)
@pytest.mark.slow
def test_the_same_holds_for_any_organisation(users, departments, own_prices, work, jurisdiction, seed):
    """Of each organisation some rows are changed: terms and dates, which decide, more often than others."""
    contents = {content: count for _path, content, count in work}
    items = [
        file(f"{path}/{number}.docx", content, features=[("chart", contents[content])])
        for number, (path, content, _count) in enumerate(work)
    ]
    inputs = defaults.plan_inputs(users, departments, AS_OF, own_prices, jurisdiction=jurisdiction)
    rows = list(dict.fromkeys(row for row, _changed in row_changes(inputs)))
    dated = [row for row in rows if row.startswith(DATED)]
    others = [row for row in rows if row not in dated]
    draw = random.Random(seed)
    chosen = {*draw.sample(dated, min(6, len(dated))), *draw.sample(others, 4)}
    check_dependence(inputs, items, chosen=chosen.__contains__)


def test_a_name_that_is_missing_and_one_too_many_are_found():
    inputs = defaults.plan_inputs(users_of("Finance", ("SPE_E3",)), [Department("Finance")], AS_OF)
    figure, row, other = "departments.finance.costs.training", "assumptions.training", "assumptions.exit"

    def check(base):
        check_dependence(inputs, chosen=(row, other).__contains__, base=base)

    check(Traced(inputs))
    silent, loud = Traced(inputs), Traced(inputs)
    silent.behind[figure] -= {row}
    with pytest.raises(AssertionError, match=f"does not say so.*{figure}'"):
        check(silent)
    loud.named[figure] |= {other}
    with pytest.raises(AssertionError, match=f"nothing moves them.*{figure}'"):
        check(loud)


@pytest.mark.parametrize(
    ("module", "name", "wrong", "message"),
    [
        (costs, "factors", lambda right, named: (), "does not say so"),
        (costs, "factors", lambda right, named: [name for name, _amount in named], "nothing moves them"),
        (finance, "_rows", lambda right, named: right[1:], "does not say so"),
        (finance, "_rows", lambda right, named: (*right, "assumptions.exit"), "nothing moves them"),
    ],
)
def test_a_planner_that_names_too_little_or_too_much_is_found(monkeypatch, module, name, wrong, message):
    real = getattr(module, name)
    monkeypatch.setattr(module, name, lambda *named: wrong(real(*named), named))
    inputs = defaults.plan_inputs(users_of("Finance", ("SPE_E3",)), [Department("Finance")], AS_OF)
    rows = ("assumptions.training", "assumptions.exit", "assumptions.rate.developer", "prices.SPE_E3")
    with pytest.raises(AssertionError, match=message):
        check_dependence(inputs, chosen=rows.__contains__)


def test_a_row_that_decides_moves_a_number_although_it_is_no_factor_of_it():
    rows = moving_rows(
        lambda case: {"cheapest": min(case), "first": case[0]},
        (5, 9),
        [("a", (4, 9)), ("a", (50, 9)), ("b", (5, 8)), ("b", (5, 0))],
    )
    assert rows == {"cheapest": ("a", "b"), "first": ("a",)}


def record(id, inputs=(), sum_of=()):
    return {"id": id, "inputs": list(inputs), "sum_of": list(sum_of)}


FIGURES = figures_by_id(
    {
        "figures": [
            record("a.one", ["prices.X", "plan.as_of"]),
            record("a.two", ["a.one", "rules.y"]),
            record("a.sum", [], ["a.one", "a.two"]),
            record("a.fixed", ["a.two"], ["a.one"]),
        ]
    }
)


def test_a_sum_depends_on_what_its_parts_depend_on_and_a_total_with_inputs_on_these_alone():
    assert rows_behind(FIGURES, "a.sum") == {"prices.X", "plan.as_of", "rules.y"}
    figures = {**FIGURES, "a.fixed": record("a.fixed", ["prices.X"], ["a.one"])}
    assert rows_behind(figures, "a.fixed") == {"prices.X"}


def test_a_walk_shows_a_figure_once_and_says_where_it_comes_again():
    shown = list(walk(FIGURES, "a.sum"))
    assert shown[:3] == [(0, "a.sum", False), (1, "a.one", False), (2, "prices.X", False)]
    assert (2, "a.one", True) in shown
    assert sum(id == "prices.X" for _depth, id, _again in shown) == 1


@pytest.mark.parametrize(("wish", "meant"), [("a.tow", "a.two"), ("FIXED", "a.fixed")])
def test_a_mistyped_figure_has_a_nearest_one(wish, meant):
    assert nearest(FIGURES, wish)[0] == meant
