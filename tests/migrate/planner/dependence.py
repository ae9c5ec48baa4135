"""The contract of ``inputs`` and ``sum_of``, checked by changing rows one at a time and planning again.

A figure moves when its low, likely, high or percentiles, its label or its first day change, or when it comes or goes.
"""

from collections import defaultdict
from functools import partial

from migrate.planner import plan
from migrate.planner.draws import Draws
from migrate.planner.licences import CHOICE, choice_inputs
from migrate.planner.organisation import Organisation
from migrate.planner.plan import plan_migration
from migrate.planner.trace import rows_of_all
from migrate.planner.waves import section
from migrate.planner.waves.proposal import propose
from migrate.planner.waves.section import PROPOSAL

from .row_changes import organisation_changes, row_changes  # isort: skip

ORIGINS = ("inputs", "sum_of")
AT_LEAST = 2  # changes of a row, even if it has moved already all that names it


def with_short_searches(monkeypatch):
    """What moves a percentile moves it with few draws too; what explains a proposal of waves stands in no figure."""
    monkeypatch.setattr(plan, "Draws", partial(Draws, count=11))
    monkeypatch.setattr(section, "propose", partial(propose, deterministic_seconds=0.02))
    monkeypatch.setattr(section, "relaxations", lambda problem, schedule: ())
    monkeypatch.setattr(section, "department_bindings", lambda problem, schedule: ())


class Traced:
    """A plan's figures: their values, the rows that they name, and these with the rows that choices compare."""

    def __init__(self, inputs, *case):
        made = plan_migration(inputs, *case)
        figures = {figure.id: figure.as_json() for figure in made.figures}
        compared = {CHOICE: choice_inputs(inputs), PROPOSAL: made.waves.choice_inputs if made.waves else ()}
        self.values = {
            id: {key: value for key, value in record.items() if key not in ORIGINS}
            for id, record in figures.items()
        }
        self.named = rows_of_all(figures)
        self.behind = rows_of_all(figures, compared)
        self.compared = {
            choice: frozenset().union(*(self.behind.get(row, {row}) for row in rows))
            for choice, rows in compared.items()
        }


def check_dependence(inputs, *case, chosen=lambda row: True, base=None):
    """Row -> ids of the figures that it moved.

    Raises AssertionError with every figure that moves unannounced, and every row announced that moves nothing.

    ``case`` is what :func:`plan_migration` takes besides the inputs; ``chosen`` says which rows are changed; ``base``
    is the plan whose announcements are checked, by default that of the inputs.
    """
    base = base or Traced(inputs, *case)
    naming = defaultdict(set)
    for id, rows in base.named.items():
        for row in rows:
            naming[row].add(id)
    changes = defaultdict(list)
    for row, changed in row_changes(inputs):
        if chosen(row):
            changes[row].append((changed, *case))
    if case and isinstance(case[-1], Organisation):
        for row, changed in organisation_changes(case[-1], inputs):
            if chosen(row):
                changes[row].append((inputs, *case[:-1], changed))
    resting_on = {choice: naming[choice] for choice in base.compared}
    moved, unannounced = defaultdict(set), set()
    for row, cases in changes.items():
        resting = set().union(*(resting_on[choice] for choice, rows in base.compared.items() if row in rows))
        for number, changed in enumerate(cases):
            if number >= AT_LEAST and naming[row] <= moved[row] and resting <= set().union(*moved.values()):
                break
            after = Traced(*changed)
            for id in base.values.keys() | after.values.keys():
                if base.values.get(id) != after.values.get(id):
                    moved[row].add(id)
                    if any(row not in plan.behind.get(id, {row}) for plan in (base, after)):
                        unannounced.add((id, row))
    idle = {(id, row) for row in changes for id in naming[row] - moved[row]}
    assert not unannounced, f"moved, but explain does not say so: {sorted(unannounced)}"
    assert not idle, f"explain says that these depend, but nothing moves them: {sorted(idle)}"
    return moved


def check_choices(plan, moved):
    """Raises AssertionError with every figure that names a choice of which nothing that it compares moves the figure."""
    idle = {
        (id, choice)
        for choice, rows in plan.compared.items()
        for id, named in plan.named.items()
        if choice in named and not any(id in moved[row] for row in rows)
    }
    assert not idle, f"explain says that these rest on a choice, but none moves them: {sorted(idle)}"
