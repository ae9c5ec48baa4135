"""A wave plan for 30,000 users in 40 departments under 8 contracts: the proposal, its bound, and the greedy baseline.

    python benchmarks/waves.py
    python benchmarks/waves.py --users 5000 --departments 12

The organisation is made by a seeded generator: departments of very unequal size, macros in a few of them, contracts
that renew in different months, two blackouts a year, identity, templates and two applications before their users, and
departments that exchange files with their neighbours. Seconds are of the processor.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import date
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # this folder would hide the package ``inventory``

from migrate.planner import defaults  # noqa: E402
from migrate.planner.amounts import Amount  # noqa: E402
from migrate.planner.figures import Figures  # noqa: E402
from migrate.planner.inputs import Department, PlanInputs, User  # noqa: E402
from migrate.planner.licences import DepartmentLicences  # noqa: E402
from migrate.planner.plan import plan_migration  # noqa: E402
from migrate.planner.waves.binding import department_bindings, relaxations  # noqa: E402
from migrate.planner.waves.demand import WaveTables, build_problem  # noqa: E402
from migrate.planner.waves.greedy import greedy_schedule  # noqa: E402
from migrate.planner.waves.proposal import propose  # noqa: E402
from migrate.planner.waves.records import worth_of  # noqa: E402
from migrate.planner.waves.tables import read_blackouts, read_capacities, read_tasks  # noqa: E402

AS_OF = date(2026, 11, 21)
LEFT = ("compliance", "information_protection", "security")
RENEWALS = [date(2027, month, 1) for month in (3, 4, 6, 7, 9, 10, 12)] + [date(2028, 1, 1)]
BLACKOUTS = """from,until,departments,reason
2026-12-16,2027-01-15,,year end
2027-12-16,2028-01-15,,year end
2027-04-16,2027-05-15,department_3|department_4|department_5,elections
2027-05-16,2027-06-30,department_7|department_8,examinations
"""
CAPACITIES = """resource,amount,unit
trainers,14,people
developers,8,people
helpdesk,24,people
mailboxes,3000,per_month
"""
TASKS = """task,name,months,developer_days,needed_by,after
identity,Identity,1,10,all,
templates,Templates,2,30,all,
records,Records application,4,120,department_1|department_2|department_6,identity
tax,Tax application,6,200,department_9|department_10,identity
"""


def organisation(users: int, departments: int, seed: int) -> tuple[PlanInputs, dict[str, int]]:
    """Inputs, and the developer minutes of each department."""
    chance = random.Random(seed)
    weights = [chance.paretovariate(1.5) for _ in range(departments)]
    names = [f"Department {number}" for number in range(1, departments + 1)]
    people: list[User] = []
    for name, weight in zip(names, weights, strict=True):
        count = max(5, round(users * weight / sum(weights)))
        for number in range(count):
            sku = chance.choices(("ENTERPRISEPACK", "SPE_E3", "STANDARDPACK"), (6, 3, 1))[0]
            keeps = "macros" if chance.random() < 0.1 else ""
            people.append(User(f"{name}.{number}", name, (sku,), keep_office_reason=keeps))
    rows = [
        Department(
            name,
            renewal=RENEWALS[number % len(RENEWALS)],
            term_months=36 if number % 8 == 5 else 12,
            gives_up=LEFT,
        )
        for number, name in enumerate(names)
    ]
    macros = {row.id: chance.choice((0, 0, 2_000, 20_000, 90_000)) for row in rows}
    return defaults.plan_inputs(people[:users], rows, AS_OF, horizon_months=48), macros


def exchanges(departments: int, seed: int) -> dict[tuple[str, str], int]:
    chance = random.Random(seed)
    pairs = {}
    for number in range(1, departments + 1):
        for other in (number % departments + 1, chance.randint(1, departments)):
            pairs[f"department_{number}", f"department_{other}"] = min(
                3_000, round(20 * chance.paretovariate(0.9))
            )
    return pairs


def with_macros(figures: Figures, macros: dict[str, int]) -> Figures:
    """The figures of a plan without an inventory, with minutes of developers as a scan would have found them."""
    found = Figures()
    for figure in figures:
        parts = figure.id.split(".")
        amount = figure.amount
        if figure.id.endswith(".effort.developer.minutes") and parts[0] == "departments":
            amount = Amount(macros[parts[1]] // 2, macros[parts[1]], macros[parts[1]] * 3)
        found.add(figure.id, figure.unit, amount, figure.label, figure.inputs, figure.since)
    return found


def money(cents: int) -> str:
    return f"{cents / 100:,.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--users", type=int, default=30_000)
    parser.add_argument("--departments", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    inputs, macros = organisation(options.users, options.departments, options.seed)
    tables = WaveTables(
        None,
        read_capacities(CAPACITIES, "capacities.csv"),
        read_tasks(TASKS, "tasks.csv"),
        read_blackouts(BLACKOUTS, "blackouts.csv"),
        exchanges(options.departments, options.seed),
        frozenset(row.id for row in inputs.departments),
    )
    started = time.process_time()
    plan = plan_migration(inputs)
    licences: list[DepartmentLicences] = plan.licences.departments
    planned = time.process_time()
    problem = build_problem(inputs, tables, licences, with_macros(plan.figures, macros))
    greedy = greedy_schedule(problem)
    built = time.process_time()
    proposal = propose(problem, greedy)
    solved = time.process_time()
    relaxed = relaxations(problem, proposal.schedule)
    bindings = department_bindings(problem, proposal.schedule)
    explained = time.process_time()

    worth, baseline = worth_of(problem, proposal.schedule), worth_of(problem, greedy)
    print(f"{len(inputs.users):,} users, {len(inputs.departments)} departments, "
          f"{len({row.renewal for row in inputs.departments})} contracts")  # fmt: skip
    after, bound = (
        plan.figures[f"totals.licences.{name}_monthly"].amount.likely for name in ("after", "bound")
    )
    print(f"licences  {money(after):>14} {inputs.currency} a month, bound {money(bound)}")
    print(
        f"greedy    {money(baseline):>14} {inputs.currency}  {len(greedy.starts)} of {len(problem.jobs)} placed"
    )
    print(
        f"proposal  {money(worth):>14} {inputs.currency}  {len(proposal.schedule.starts)} of {len(problem.jobs)} placed"
    )
    gap = (proposal.bound - worth) / max(1, abs(proposal.bound))
    print(f"bound     {money(proposal.bound):>14} {inputs.currency}  gap {gap:.2%}"
          f"{', proved best' if proposal.optimal else ''}")  # fmt: skip
    for row in relaxed:
        print(f"  without {row.constraint:24} + {money(row.gain)}")
    counted: dict[str, int] = {}
    for binding in bindings:
        counted[binding.constraint] = counted.get(binding.constraint, 0) + 1
    print("binding:", ", ".join(f"{name} {count}" for name, count in sorted(counted.items())))
    print(f"licences and alternatives {planned - started:.1f} s, problem and greedy {built - planned:.1f} s, "
          f"proposal {solved - built:.1f} s, explanation {explained - solved:.1f} s (processor)")  # fmt: skip


if __name__ == "__main__":
    main()
