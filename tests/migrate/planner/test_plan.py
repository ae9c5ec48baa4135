import json
import re

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.losses import Loss
from converters.outcome import Engine, Outcome, Verdict
from inventory.records import Coverage, ItemState
from migrate.planner import data, defaults
from migrate.planner.contract_tables import STATES
from migrate.planner.inputs import Attestation, Contract, User
from migrate.planner.plan import plan_migration

from .conftest import AS_OF, file, users_of  # isort: skip
from .strategies import SKUS, days, departments_of, users_of_any  # isort: skip

VALIDATOR = jsonschema.Draft202012Validator(json.loads(data.text("plan.schema.json")))
NAMES = ["Finance", "Parks & trees", "Voirie été"]
users = users_of_any(NAMES, most_skus=3)
departments = st.tuples(
    *[
        departments_of(st.just(name), st.just((name[:5],)), contract=st.sampled_from(["", "EA"]))
        for name in NAMES
    ]
)
contracts = st.builds(
    Contract,
    st.just("EA"),
    days,
    st.integers(1, 36),
    st.sampled_from(["renewal", "anniversary"]),
    st.integers(0, 90),
    st.sampled_from(["annual", "annual_monthly", "monthly"]),
    st.dictionaries(st.sampled_from(SKUS), st.integers(0, 4), max_size=2),
    st.integers(0, 3),
    st.none() | days,
    st.sampled_from(["", "2026-2"]),
)
states = st.sampled_from(STATES)
features = st.lists(
    st.sampled_from(["chart", "macros", "external_link", "footnote"]), max_size=3, unique=True
)
files = st.lists(
    st.builds(
        lambda path, content, found, error: file(
            f"{path}/{content}.docx", content, features=[(code, 2) for code in found], error=error
        ),
        st.sampled_from([*(name[:5] for name in NAMES), "nowhere"]),
        st.sampled_from("abcd"),
        features,
        st.sampled_from(["", "", "ENCRYPTED"]),
    ),
    max_size=12,
)


def check_sums(model):
    figures = {figure["id"]: figure for figure in model["figures"]}
    for figure in model["figures"]:
        if figure["sum_of"] or not figure["inputs"]:
            for end in ("low", "likely", "high"):
                assert figure[end] == sum(figures[part][end] for part in figure["sum_of"]), figure["id"]
        for part in figure["sum_of"]:
            assert (figures[part]["unit"], figures[part]["label"]) == (figure["unit"], figure["label"])


def check_licences(model):
    """Changes and clean-up together are what today's licences cost more than those after every change."""
    figures = {figure["id"]: figure["likely"] for figure in model["figures"]}
    cents = model["licences"]["monthly_cents"]
    assert cents["bound"] == cents["after"] <= cents["while_floors_last"] <= cents["today"]
    assert figures["totals.licences.current_monthly"] == cents["today"]
    changed = sum(row["monthly_cents"] * row["seats"] for row in model["licences"]["changes"])
    dated = {row["id"] for row in model["departments"] if row["saves_from"]}
    saved = sum(
        12 * row["monthly_cents"] * row["seats"]
        for row in model["licences"]["changes"]
        if row["department"] in dated
    )
    ending = "licences.saving_full_year"
    assert saved == figures[f"totals.{ending}.forecast"] + figures[f"totals.{ending}.contracted"]
    cleaned = cents["today"] - cents["after"] - changed
    assert figures["totals.licences.clean_up.saving_full_year.forecast"] <= 12 * cleaned


def check_origins(model):
    known = {figure["id"] for figure in model["figures"]}
    known |= {row["id"] for rows in model["inputs"].values() for row in rows if "id" in row}
    terms = r"departments\.[a-z0-9_]+\.(renewal|migration|term_months|minimum_seats|target_skus)$"
    given = re.compile(
        r"users\.|attestations\.|choices\.(?:licences|waves)$|exchanges$|waves\.|targets\.|contracts\.|plan\.as_of$"
        rf"|{terms}|sha256:[a-f0-9]{{64}}$|file:|inventory$"
    )
    for figure in model["figures"]:
        for origin in (*figure["inputs"], *figure["sum_of"]):
            assert origin in known or given.match(origin), (figure["id"], origin)


@settings(max_examples=40, deadline=None)
@given(st.lists(users, max_size=12), departments, files, contracts, st.lists(states, max_size=4))
def test_rows_add_up_to_totals_and_every_figure_has_origins_and_the_model_stands_its_schema(
    users, departments, files, contract, attested
):
    inputs = defaults.plan_inputs(
        users,
        departments,
        AS_OF,
        currency="EUR",
        contracts={"ea": contract},
        attestations={
            user.user.lower(): Attestation(user.user, state, "somebody", AS_OF)
            for user, state in zip(users, attested, strict=False)
        },
    )
    model = plan_migration(inputs, files).as_json()
    check_sums(model)
    check_origins(model)
    check_licences(model)
    VALIDATOR.validate(model)


def test_the_same_records_give_the_same_plan(make_plan, department):
    first, second = (
        make_plan(users_of("Finance", ("SPE_E3",)), [department()], [file("x.docx")]).as_json()
        for _ in range(2)
    )
    assert json.dumps(first) == json.dumps(second)


def test_staying_is_priced_beside_migrating_over_the_same_months(make_plan, department):
    plan = make_plan(users_of("Finance", ("ENTERPRISEPACK",)), [department()])
    figures = plan.figures
    assert figures["scenarios.stay.horizon"].amount.likely == 36 * 2600
    saved = figures["totals.licences.saving_horizon.forecast"].amount.likely
    one_off = figures["totals.costs.one_off"].amount.likely
    support = sum(
        figures[f"scenarios.years.{year}.migrate.support"].amount.likely for year in plan.scenarios.years
    )
    assert figures["scenarios.difference.horizon"].amount.likely == saved - one_off - support


def test_a_plan_that_never_pays_back_says_so(make_plan, department):
    plan = make_plan(users_of("Finance", ("STANDARDPACK",)), [department()])
    assert plan.scenarios.pays_back is None
    assert plan.figures["scenarios.difference.horizon"].amount.likely < 0
    assert plan.as_json()["scenarios"]["break_even_seconds_a_day"] is None


def test_high_cost_pays_back_no_earlier_than_likely_cost(make_plan, department):
    scenarios = make_plan(users_of("Finance", *[("ENTERPRISEPACK",)] * 20), [department()]).scenarios
    assert scenarios.pays_back is not None
    assert scenarios.pays_back_at_high_cost is None or scenarios.pays_back_at_high_cost >= scenarios.pays_back


def test_files_of_no_department_are_a_row_of_their_own_and_a_gap(make_plan, department):
    plan = make_plan([], [department()], [file("elsewhere/a.docx")])
    assert plan.departments[-1].id == "unassigned"
    assert {"code": "unassigned_files", "files": 1} in list(plan.gaps())


def test_a_department_may_be_called_unassigned(make_plan, department):
    plan = make_plan([], [department("Unassigned")], [file("elsewhere/a.docx")])
    assert [row.id for row in plan.departments] == ["unassigned"]


def test_no_persons_name_is_in_the_model(make_plan, department):
    text = json.dumps(
        make_plan([User("anne.martin@example.org", "Finance", ("SPE_E3",))], [department()]).as_json()
    )
    assert "anne.martin" not in text


def test_results_and_coverage_are_part_of_the_model(department):
    outcomes = [
        Outcome("a", "b", Verdict.CONVERTED, Engine.NATIVE),
        Outcome("c", "d", Verdict.NEEDS_A_PERSON, Engine.NATIVE, losses=(Loss("CHART_DROPPED", count=3),)),
        Outcome("e", None, Verdict.REFUSED, error="ENCRYPTED"),
    ]
    coverage = Coverage(("share",), "2026-11-20", "2026-11-20", 3, 30, {"read": 3}, {})
    inputs = defaults.plan_inputs([], [department()], AS_OF)
    model = plan_migration(inputs, [file("a.docx", state=ItemState.READ)], coverage, outcomes).as_json()
    VALIDATOR.validate(model)
    assert model["results"]["verdicts"]["needs_a_person"] == 1
    assert model["results"]["losses"] == [
        {"code": "CHART_DROPPED", "severity": "content", "params": {}, "files": 1, "count": 3}
    ]
    assert model["coverage"]["items"] == 3


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
