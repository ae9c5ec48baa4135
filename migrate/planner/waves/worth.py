"""What a department brings by the day on which it is done: savings at contract dates, support, and the risk of delay.

Work ends late more often than early, and a contract date that is missed costs a term. So a date is worth what it
brings on average over the assumed delays, and less for a department that starts before there is experience: a part of
the spread of its costs counts against it, the less the later it starts. And as long as a department is not done, the
helpdesk serves two worlds: without that, whoever saves nothing would wait for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from migrate.planner.amounts import rounded
from migrate.planner.dependence import moving_rows
from migrate.planner.figures import Figures
from migrate.planner.inputs import Department, PlanInputs
from migrate.planner.licences import DepartmentLicences
from migrate.planner.months import month_of, months_later
from migrate.planner.periods import horizon_months
from migrate.planner.term_changes import term_changes, with_assumption
from migrate.planner.terms import contract_of

# assumption -> how much longer a piece of work takes then, as a share of its length
LATE: Mapping[str, Fraction] = {
    "wave.late.quarter": Fraction(1, 4),
    "wave.late.half": Fraction(1, 2),
    "wave.late.double": Fraction(1),
}
_LEARNING = ("wave.learning", "wave.early_risk", "wave.parallel", "rate.helpdesk")
_TRIED = tuple(map(Decimal, (0, 1, 120)))
_SHIFTS = tuple(map(timedelta, (-120, 31, 200)))
_FROM_NOW = tuple(map(timedelta, (-800, 0, 60, 120, 180, 240, 360, 540, 20000)))
_LONGER = timedelta(60)
_MILLION = 1_000_000  # cents by which an amount changes when it is asked what it moves


@dataclass(frozen=True, slots=True)
class Worth:
    """Cents over the horizon. ``saving`` is without delay, ``parallel`` the helpdesk for two worlds until the
    department is done, ``date_risk`` what delays take on average."""

    saving: int
    support: int
    parallel: int
    date_risk: int
    early_risk: int

    @property
    def net(self) -> int:
        return self.saving - self.support - self.parallel - self.date_risk - self.early_risk


@dataclass(frozen=True, slots=True)
class DepartmentWorth:
    """The worth of one department's dates."""

    inputs: PlanInputs
    department: Department
    licences: DepartmentLicences
    support_yearly: int
    spread: int  # between likely and high one-off costs
    seats: int

    @classmethod
    def of(cls, inputs: PlanInputs, row: DepartmentLicences, figures: Figures) -> DepartmentWorth:
        costs = f"departments.{row.department.id}.costs"
        one_off = figures[f"{costs}.one_off"].amount
        support = figures[f"{costs}.support_yearly"].amount.likely
        seats = figures[f"departments.{row.department.id}.seats"].amount.likely
        return cls(inputs, row.department, row, support, one_off.high - one_off.likely, seats)

    def rows_behind(self, start: date, done: date, told_by: str) -> dict[str, tuple[str, ...]]:
        """Part of :class:`Worth` -> ids of the rows and figures that move it, for work between two days.

        ``told_by`` is the row that tells the days.
        """

        def parts(case: tuple[DepartmentWorth, date, date]) -> dict[str, int]:
            worth = case[0].expected(*case[1:])
            return {name: getattr(worth, name) for name in Worth.__dataclass_fields__}

        starts = [start + days for days in _SHIFTS] + [self.inputs.as_of + days for days in _FROM_NOW]
        days = [(told_by, (self, other, other + (done - start))) for other in starts]
        days.append((told_by, (self, start, done + _LONGER)))
        rows = [(row, (changed, start, done)) for row, changed in self._variations(done)]
        return moving_rows(parts, (self, start, done), [*rows, *days])

    def _variations(self, done: date) -> Iterator[tuple[str, DepartmentWorth]]:
        """Each row and figure behind the worth of a date, changed."""
        id, licences = f"departments.{self.department.id}", self.licences
        label = contract_of(self.inputs, self.department).label
        more = replace(
            licences,
            saving_cents=licences.saving_cents + _MILLION,
            early_saving_cents=licences.early_saving_cents + _MILLION,
        )
        yield f"{id}.licences.saving_full_year.{label}", replace(self, licences=more)
        yield f"{id}.seats", replace(self, seats=self.seats + _MILLION)
        yield f"{id}.costs.one_off", replace(self, spread=self.spread + _MILLION)
        yield f"{id}.costs.support_yearly", replace(self, support_yearly=self.support_yearly + _MILLION)
        for code in (*LATE, *_LEARNING):
            for value in _TRIED:
                row, inputs = with_assumption(self.inputs, code, value)
                yield row, replace(self, inputs=inputs)
        for row, inputs, department in term_changes(self.inputs, replace(self.department, migration=done)):
            yield row, replace(self, inputs=inputs, department=department)

    def expected(self, start: date, done: date) -> Worth:
        """For work from ``start`` until ``done``, both days included."""
        assumptions = self.inputs.assumptions
        days = (done - start).days + 1
        saving, support = self.saving_at(done), self.support_at(done)
        parallel = self.parallel_until(done)
        lost = Fraction(0)
        for code, share in LATE.items():
            late = done + timedelta(days=-(-days * share.numerator // share.denominator))
            difference = (saving - support - parallel) - (
                self.saving_at(late) - self.support_at(late) - self.parallel_until(late)
            )
            lost += Fraction(assumptions[code].likely) * difference
        learnt = months_later(self.inputs.as_of, assumptions["wave.learning"].whole.likely)
        ahead = Fraction(max(0, (learnt - start).days), max(1, (learnt - self.inputs.as_of).days))
        early = Fraction(assumptions["wave.early_risk"].likely) * min(ahead, Fraction(1)) * self.spread
        return Worth(saving, support, parallel, rounded(lost), rounded(early))

    def saving_at(self, done: date) -> int:
        """What the horizon saves where the work is done on a day, while floors of the contract last and after."""
        early, late = horizon_months(self.inputs, replace(self.department, migration=done))
        return self.licences.early_saving_cents * early + self.licences.saving_cents * late

    def support_at(self, done: date) -> int:
        return rounded(Fraction(self.support_yearly * self._months_from(month_of(done)), 12))

    def parallel_until(self, done: date) -> int:
        """The helpdesk's price of two worlds side by side, from the plan's date until a day of the horizon."""
        end = months_later(self.inputs.as_of, self.inputs.horizon_months)
        days = max(0, (min(done, end) - self.inputs.as_of).days)
        minutes = self.inputs.assumptions["wave.parallel"].whole.likely
        rate = self.inputs.assumptions["rate.helpdesk"].cents.likely
        return rounded(Fraction(self.seats * minutes * rate * days * 12, 60 * 365))

    def _months_from(self, month: int) -> int:
        begins = month_of(self.inputs.as_of)
        return max(0, begins + self.inputs.horizon_months - max(month, begins))
