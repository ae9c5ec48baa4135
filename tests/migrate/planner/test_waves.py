"""Waves: an own list is checked and priced, a proposal keeps every limit, and says what binds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.planner import defaults
from migrate.planner.figures import Label
from migrate.planner.inputs import Department
from migrate.planner.organisation import read_organisation
from migrate.planner.plan import plan_migration
from migrate.planner.tables import TableError
from migrate.planner.waves.binding import department_bindings, relaxations
from migrate.planner.waves.greedy import Usage, greedy_schedule
from migrate.planner.waves.periods import first_day_of, last_day_of, period_of
from migrate.planner.waves.proposal import propose
from migrate.planner.waves.records import Job, Pair, Problem, Schedule, exchange_cost, worth_of
from migrate.planner.waves.tables import read_blackouts, read_capacities, read_list, read_tasks

from .conftest import AS_OF, users_of  # isort: skip


def job(id, worth, periods=2, **more):
    """A department that takes the helpdesk's whole period while it runs."""
    values = {"demand": {"trainers": 10}, "tail": {}, "tail_periods": 0, "after": (), "closed": frozenset(),
              "earliest": 0} | more  # fmt: skip
    return Job(id, id, True, periods, worth=tuple(worth), **values)


def falling(first, by, horizon=12):
    """Worth by end: the earlier the better."""
    return [first - by * end for end in range(horizon + 1)]


def problem(*jobs, trainers=10, pairs=(), horizon=12):
    return Problem(jobs, {"trainers": (trainers,) * horizon}, tuple(pairs), period_of(AS_OF) + 1, horizon)


def check_limits(problem, schedule):
    taken = Usage(problem)
    for id, start in schedule.starts.items():
        one = problem.by_id[id]
        assert not taken.over(one, start)
        taken.add(one, start)
        assert not one.closed.intersection(one.running(start))
        assert start >= one.earliest and start + one.periods <= problem.horizon
        for name in one.after:
            assert schedule.starts[name] + problem.by_id[name].periods <= start


def test_half_months_begin_on_the_first_and_on_the_sixteenth():
    assert first_day_of(period_of(date(2027, 2, 15))) == date(2027, 2, 1)
    assert first_day_of(period_of(date(2027, 2, 16))) == date(2027, 2, 16)
    assert last_day_of(period_of(date(2027, 2, 28))) == date(2027, 2, 28)


def test_the_proposal_gives_the_scarce_trainers_to_whom_they_bring_most():
    one = problem(job("small", falling(100_000, 1_000)), job("large", falling(900_000, 50_000)))
    found = propose(one)
    assert found.optimal
    assert found.schedule.starts == {"large": 0, "small": 2}
    assert found.bound == worth_of(one, found.schedule)


def test_the_proposal_is_better_than_taking_one_department_after_the_other():
    """The dearest department alone blocks two that bring more together before their contract date."""
    step = [500_000] * 5 + [0] * 8
    jobs = [
        job("long", [600_000] * 5 + [550_000] * 8, periods=4),
        job("first", step, periods=2),
        job("second", step, periods=2),
    ]
    one = problem(*jobs)
    greedy, found = greedy_schedule(one), propose(one)
    assert (worth_of(one, greedy), worth_of(one, found.schedule)) == (600_000, 1_550_000)
    check_limits(one, greedy)
    check_limits(one, found.schedule)


def test_a_department_with_no_place_is_left_out_and_the_others_stay():
    one = problem(job("fits", falling(1_000, 10)), job("too_long", falling(9_000, 10), periods=13))
    found = propose(one, greedy_schedule(one))
    assert found.schedule.starts == {"fits": 0}
    assert [row.constraint for row in department_bindings(one, found.schedule)] == ["contract", "no_place"]


def test_departments_that_exchange_files_move_together_where_that_costs_less():
    closed = frozenset({0, 1, 2, 3})
    jobs = (job("a", falling(100_000, 100)), job("b", falling(100_000, 100), closed=closed))
    apart = propose(problem(*jobs, trainers=20))
    together = problem(*jobs, trainers=20, pairs=[Pair("a", "b", 500, 50_000)])
    assert apart.schedule.starts == {"a": 0, "b": 4}
    found = propose(together).schedule
    assert found.starts == {"a": 4, "b": 4}
    assert exchange_cost(together, apart.schedule.starts) == 4 * 50_000


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({}, "contract"),
        ({"closed": frozenset({0, 1})}, "blackout"),
        ({"after": ("task",)}, "precedence"),
    ],
)
def test_the_constraint_that_binds_is_told_by_trying(change, constraint):
    task = replace(job("task", [0], periods=2), is_department=False, demand={})
    one = problem(task, job("only", falling(100_000, 1_000), **change))
    found = propose(one).schedule
    binding = department_bindings(one, found)[0]
    assert binding.constraint == constraint
    assert binding.gain == (0 if constraint == "contract" else 2_000)


def test_a_resource_binds_where_it_alone_keeps_a_department_from_a_better_date():
    one = problem(job("large", falling(900_000, 50_000)), job("small", falling(100_000, 1_000)))
    found = propose(one).schedule
    bindings = {row.department: row for row in department_bindings(one, found)}
    assert (bindings["large"].constraint, bindings["small"].constraint) == ("contract", "trainers")
    assert (bindings["small"].start, bindings["small"].gain) == (0, 2_000)
    assert [(row.constraint, row.gain) for row in relaxations(one, found)] == [("trainers", 2_000)]


jobs = st.lists(
    st.tuples(
        st.integers(0, 900_000), st.integers(-5_000, 60_000), st.integers(1, 4), st.integers(1, 10),
        st.sets(st.integers(0, 11), max_size=3), st.booleans(),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(jobs, st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=2))
def test_every_proposal_keeps_every_limit_beats_the_baseline_and_stays_below_its_bound(rows, links):
    made = [
        job(f"d{number}", falling(first, by), periods, demand={"trainers": need}, closed=frozenset(closed),
            after=(f"d{number - 1}",) if follows and number else ())
        for number, (first, by, periods, need, closed, follows) in enumerate(rows)
    ]  # fmt: skip
    pairs = [Pair(f"d{a}", f"d{b}", 5, 700) for a, b in links if a < b < len(made)]
    one = problem(*made, pairs=dict.fromkeys(pairs))
    greedy = greedy_schedule(one)
    found, again = propose(one, greedy, 0.3), propose(one, greedy, 0.3)
    assert found == again
    check_limits(one, greedy)
    check_limits(one, found.schedule)
    assert len(found.schedule.starts) >= len(greedy.starts)
    if len(found.schedule.starts) == len(greedy.starts) == len(made):
        assert worth_of(one, greedy) <= worth_of(one, found.schedule) <= found.bound


# a whole plan ---------------------------------------------------------------------------------------------------

SAVED_YEARLY = 30 * (1540 - 866) * 12  # list prices of Apps for enterprise and of what keeps its files
CAPACITIES = "resource,amount,unit\ntrainers,1,people\ndevelopers,1,people\nhelpdesk,1,people\nmailboxes,50,per_month\n"


def planned(texts, proposing=False, names=("Finance", "Parks"), seats=30, renewal=date(2027, 7, 1)):
    users = [user for name in names for user in users_of(name, *[("OFFICESUBSCRIPTION",)] * seats)]
    departments = [Department(name, renewal=renewal) for name in names]
    inputs = defaults.plan_inputs(users, departments, AS_OF)
    given = {name: (text, f"{name}.csv") for name, text in texts.items()}
    organisation = read_organisation(given, [one.id for one in departments], proposing=proposing)
    return plan_migration(inputs, organisation=organisation)


def findings(plan):
    return {(row["code"], row["department"]): row for row in plan.as_json()["waves"]["list"]["findings"]}


def test_a_list_that_misses_the_contract_by_days_is_told_what_a_year_costs():
    plan = planned({"waves": "department,start,end\nFinance,2027-05-01,2027-07-09\nParks,2027-05-01,2027-06-30\n",
                    "capacities": CAPACITIES})  # fmt: skip
    found = findings(plan)
    missed = found["contract_missed", "finance"]
    assert missed["params"] == {"renewal": "2027-07-01", "day": "2027-07-09", "next": "2028-07-01", "days": 8}
    assert missed["cents"] == SAVED_YEARLY
    assert ("contract_missed", "parks") not in found
    assert found["date_risk", "parks"]["cents"] > 0


def test_the_whole_plan_is_priced_at_the_dates_of_the_list():
    early, late = (
        planned({"waves": f"department,start,end\nFinance,2027-05-01,{end}\n"})
        for end in ("2027-06-30", "2027-07-02")
    )
    saved = [
        plan.figures["departments.finance.licences.saving_horizon.forecast"].amount.likely
        for plan in (early, late)
    ]
    assert saved[0] - saved[1] == SAVED_YEARLY


def test_a_list_is_told_every_rule_that_it_breaks():
    plan = planned({
        "waves": "department,start,end,after\nFinance,2027-01-04,2027-01-29,Parks\nParks,2027-01-04,2027-01-29,\n"
                 "Ghosts,2027-01-04,2027-02-01,\nidentity,2027-01-04,2027-01-29,\n",
        "blackouts": "from,until,reason,departments\n2027-01-10,2027-01-12,accounts,Finance\n",
        "capacities": CAPACITIES.replace("trainers,1,people", "trainers,500,per_month"),
        "tasks": "task,name,months,needed_by\nidentity,Identity,1,all\ntemplates,Templates,1,all\n",
    })  # fmt: skip
    found = findings(plan)
    assert found.keys() >= {
        ("unknown_department", "ghosts"),
        ("task_not_in_list", "templates"),
        ("precedence_broken", "finance"),
        ("precedence_broken", "parks"),
        ("blackout_hit", "finance"),
        ("capacity_exceeded", "parks"),
    }
    assert ("blackout_hit", "parks") not in found
    assert found["capacity_exceeded", "parks"]["params"] == {
        "resource": "trainers", "day": "2027-01-01", "demand": 1500, "capacity": 500, "departments": 2,
    }  # fmt: skip


def test_a_proposal_reaches_the_contract_date_with_room_for_delays_and_adds_up():
    plan = planned({"capacities": CAPACITIES}, proposing=True)
    model = plan.as_json()["waves"]["proposal"]
    ends = {row["id"]: date.fromisoformat(row["end"]) for row in model["rows"]}
    assert max(ends["finance"], ends["parks"]) < date(2027, 7, 1)
    assert ends["templates"] < min(
        date.fromisoformat(row["start"]) for row in model["rows"] if not row["task"]
    )
    net = plan.figures["waves.proposal.net"]
    assert net.label is Label.FORECAST
    assert net.amount.likely == sum(plan.figures[part].amount.likely for part in net.sum_of)
    assert (
        plan.figures["waves.greedy.net"].amount.likely
        <= net.amount.likely
        <= plan.figures["waves.bound.net"].amount.likely
    )


def test_a_plan_without_a_list_and_without_a_wish_for_one_has_no_waves():
    assert planned({}).as_json()["waves"] is None


@pytest.mark.parametrize(
    ("read", "text", "code", "line"),
    [
        (read_list, "department,start,end\nA,2027-02-01,2027-01-01\n", "BAD_SPAN", 2),
        (
            read_list,
            "department,start,end\nA,2027-02-01,2027-03-01\na,2027-02-01,2027-03-01\n",
            "DUPLICATE_ROW",
            3,
        ),
        (read_capacities, "resource,amount,unit\ncooks,1,people\n", "BAD_CHOICE", 2),
        (read_tasks, "task,name,months,needed_by,after\na,A,1,all,b\nb,B,1,all,a\n", "CIRCULAR", 2),
        (read_blackouts, "from,until,reason\n2027-02-01,2027-03-01,\n", "MISSING_VALUE", 2),
    ],
)
def test_a_mistake_in_a_table_of_waves_is_named_with_its_line(read, text, code, line):
    with pytest.raises(TableError) as caught:
        read(text, "table.csv")
    assert (caught.value.code, caught.value.line) == (code, line)


def test_departments_that_wait_for_one_another_get_no_place():
    one = problem(job("a", [1], after=("b",)), job("b", [1], after=("a",)))
    assert propose(one, Schedule({})).schedule.starts == {}
