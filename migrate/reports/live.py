"""Formulas for the likely figures of a plan: what a spreadsheet computes again when a price or a rate changes.

A formula is OpenFormula text with tokens: ``{figure}`` is another figure's exact value (cents, minutes, seats), ``<row>``
an input cell as people write it (money, minutes, a factor). Dates, seats, documents and the choice of products stay
those of the plan. A figure that no formula follows, although inputs move it, is left out: it goes out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from migrate.planner import defaults
from migrate.planner.cash import SCHEDULE, discounts
from migrate.planner.figures import Label
from migrate.planner.frozen import thaw_basis
from migrate.planner.inputs import UNASSIGNED, Component, Department, PlanInputs, slug
from migrate.planner.likely_case import LikelyMonths, Span, likely_months
from migrate.planner.terms import contract_of, price_of

FIGURE, INPUT, CASH = re.compile(r"\{(.+?)\}"), re.compile(r"<(.+?)>"), re.compile(r"\[(\w+)/(\d+)\]")
_PARTS = {"money": 100, "minutes": 100, "months": 1, "days": 1, "factor": 10_000}
_COST_KINDS = ("one_off_h", "one_off_nh", "yearly_h", "yearly_nh", "time_nh")
_MADE_OF = {
    "licences": (("stay", 1), ("saved", -1)),
    "kept_h": (("saved", 1), ("one_off_h", -1), ("yearly_h", -1)),
    "kept_nh": (("one_off_nh", -1), ("yearly_nh", -1), ("time_nh", -1)),
    "kept": (("kept_h", 1), ("kept_nh", 1)),
}
_VALUE_OF = {"h": "kept_h", "nh": "kept_nh", "saving": "saved"}


class LiveFigures:
    """``formulas`` by id of a figure, and ``cash``: rows of a helper sheet, (department, kind) -> formula by fiscal year."""

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self._plan = plan
        self._inputs: PlanInputs = thaw_basis(plan["records"]).inputs
        self._figures = {figure["id"]: figure for figure in plan["figures"]}
        self._prices = {row["id"] for row in plan["inputs"]["prices"]}
        self._units = {row["id"]: row["unit"] for row in plan["inputs"]["assumptions"]}
        self._rules = {row["id"]: row for row in plan["inputs"]["rules"]}
        self._components: Sequence[Component] = defaults.components()
        own = {department.id: department for department in self._inputs.departments}
        self._departments = {
            row["id"]: own.get(row["id"]) or Department(UNASSIGNED) for row in plan["departments"]
        }
        self._months = {id: likely_months(self._inputs, row) for id, row in self._departments.items()}
        self.formulas: dict[str, str] = {}
        self.cash: dict[tuple[str, str], dict[str, str]] = {}
        for id, department in self._departments.items():
            self._add_effort(id)
            self._add_costs(id)
            if id != UNASSIGNED:
                self._add_licences(department)
            self._add_cash(department)
        self._add_scenarios()
        self._add_finance()
        self._add_sums()

    @property
    def years(self) -> list[str]:
        return [str(year["year"]) for year in self._plan["finance"]["years"]]

    @property
    def inputs(self) -> list[str]:
        """Ids of the rows that a formula reads, in the order of their first use."""
        texts = (*self.formulas.values(), *(text for row in self.cash.values() for text in row.values()))
        return list(dict.fromkeys(row for text in texts for row in INPUT.findall(text)))

    def _set(self, id: str, formula: str) -> None:
        if id in self._figures:
            self.formulas[id] = formula

    def _add_effort(self, id: str) -> None:
        """Minutes follow their rule in proportion; those of documents that were split are rounded once."""
        prefix = f"departments.{id}.effort.rules."
        by_slug = {slug(row["code"]): row for row in self._rules.values()}
        for name, figure in self._figures.items():
            if name.startswith(prefix) and name.endswith(".minutes"):
                rule = by_slug[name.removeprefix(prefix).removesuffix(".minutes")]
                if float(rule["likely"]):
                    self._set(name, f"ROUND({figure['likely']}*<{rule['id']}>/{rule['likely']};0)")

    def _add_costs(self, id: str) -> None:
        for component in self._components:
            who = component.per.removeprefix("minutes.")
            single = component.per == "seats" and len(component.rows) == 1
            quantity = (
                f"departments.{id}.seats"
                if component.per == "seats"
                else f"departments.{id}.effort.{who}.minutes"
            )
            rows = [f"assumptions.{code}" for code in component.rows]
            by = 60 if any(code.startswith("rate.") for code in component.rows) else 1
            scaled = []
            for row in rows:
                parts = _PARTS[self._units[row]]
                by *= parts
                scaled.append(_scaled(row, parts))
            by //= _PARTS["money"]
            factors = scaled if single else [f"{{{quantity}}}", *scaled]
            cents = f"INT((2*{'*'.join(factors)}+{by})/{2 * by})"
            self._set(
                f"departments.{id}.costs.{component.code}", f"{{{quantity}}}*{cents}" if single else cents
            )
            months = self._months[id].costs
        for year, (since, until) in months.items():
            ending = "horizon" if year == "horizon" else f"years.{year}"
            one_off, yearly = (f"{{departments.{id}.costs.{name}}}" for name in ("one_off", "support_yearly"))
            once = int(
                since == 0 < until
            )  # what falls due once is paid in the month in which the department is done
            self._set(f"departments.{id}.costs.{ending}.one_off", f"{one_off}*{once}")
            running = f"{_first_months(yearly, until)}-{_first_months(yearly, since)}"
            self._set(f"departments.{id}.costs.{ending}.support", running)

    def _unit(self, department: Department, sku: str) -> str:
        """Cents a month of one seat: a list price with the factor of its billing terms."""
        price = price_of(self._inputs, department, sku)
        if price is None:
            return "0"
        cents = _scaled(price.id, 100) if price.id in self._prices else str(price.monthly_cents)
        if price.kind == "contract":
            return cents
        billing = f"assumptions.billing.{contract_of(self._inputs, department).billing}"
        return f"ROUND({cents}*{_scaled(billing, 10_000)}/10000;0)"

    def _changes(self, department: Department) -> dict[str, tuple[str, int, int]]:
        """Name of a change -> what a seat saves a month, seats, and those that change while floors last."""
        found: dict[str, tuple[str, int, int]] = {}
        for row in self._plan["licences"]["changes"]:
            if row["department"] != department.id:
                continue
            dropped = [sku for sku in row["held"] if sku not in row["skus"]]
            added = [sku for sku in row["skus"] if sku not in row["held"]]
            name = f"{slug('_'.join(dropped) or 'none')}_to_{slug('_'.join(added) or 'none')}"
            seat = "+".join(self._unit(department, sku) for sku in dropped) or "0"
            seat += "".join(f"-{self._unit(department, sku)}" for sku in added)
            _seat, seats, early = found.get(name, ("", 0, 0))
            found[name] = (f"({seat})", seats + row["seats"], early + row["early_seats"])
        return found

    def _saving(self, department: Department, early: int, late: int) -> str:
        """Cents that months save: ``early`` of them while floors last, ``late`` after."""
        parts = [
            f"{seat}*{count}"
            for seat, seats, early_seats in self._changes(department).values()
            if (count := early_seats * early + seats * late)
        ]
        return "+".join(parts) or "0"

    def _add_licences(self, department: Department) -> None:
        prefix, months = f"departments.{department.id}.licences", self._months[department.id]
        seats = {row["id"]: row["seats"] for row in self._plan["inputs"]["users"]}
        for sku in {sku for user in self._inputs.users for sku in user.skus}:
            held = seats.get(f"users.{department.id}.{sku}", 0)
            self._set(f"{prefix}.current.{slug(sku)}.monthly", f"{held}*{self._unit(department, sku)}")
        for name, (seat, count, early_count) in self._changes(department).items():
            for (period, label), (early, late) in months.savings.items():
                times = early_count * early + count * late
                if label is Label.REALISED and self._inputs.cancellations:
                    times = 0
                self._set(f"{prefix}.changes.{name}.saving_{period}.{label}", f"{seat}*{times}")
        for name, (paid, early, late) in months.years.items():
            ending = name if name == "horizon" else f"years.{name}"
            less = self._saving(department, early, late)
            self._set(f"{prefix}.{ending}.paid", f"{{{prefix}.current_monthly}}*{paid}-({less})")
            self._set(f"{prefix}.{ending}.saved", less)

    def _add_scenarios(self) -> None:
        ids = [id for id in self._departments if id != UNASSIGNED]
        for year, (months, _early, _late) in (
            next(iter(self._months.values())).years.items() if self._months else ()
        ):
            if year == "horizon":
                continue
            prefix = f"scenarios.years.{year}"
            self._set(f"{prefix}.stay", f"{{totals.licences.current_monthly}}*{months}")
            saved = [f"departments.{id}.licences.years.{year}.saved" for id in ids]
            spent = [
                f"departments.{id}.costs.years.{year}.{kind}"
                for id in self._departments
                for kind in ("one_off", "support")
            ]
            self._set(f"{prefix}.difference", f"{_sum(saved)}-{_sum(spent)}")

    def _add_cash(self, department: Department) -> None:
        months: LikelyMonths = self._months[department.id]
        current = f"{{departments.{department.id}.licences.current_monthly}}"
        seat = self._changes(department).values()
        full = "+".join(f"{each}*{seats}" for each, seats, _early in seat) or "0"
        early = "+".join(f"{each}*{early_seats}" for each, _seats, early_seats in seat) or "0"
        buys = department.id != UNASSIGNED
        for year, fiscal in months.fiscal.items():
            stay = "+".join(_priced(current, span.months, span) for span in fiscal.stay)
            saved = [_priced(f"({full})", span.months - span.early, span) for span in fiscal.saved]
            saved += [_priced(f"({early})", span.early, span) for span in fiscal.saved if span.early]
            self._cash_row(department, "stay", year, stay if buys else "0")
            self._cash_row(department, "saved", year, "+".join(saved) if buys and saved else "0")
            for kind in _COST_KINDS:
                paid = [
                    text
                    for due, (since, until) in zip(SCHEDULE, fiscal.costs, strict=True)
                    if due.kind == kind and (text := self._paid(department, due, since, until))
                ]
                self._cash_row(department, kind, year, "+".join(paid) or "0")

    def _paid(self, department: Department, due: Any, since: int, until: int) -> str:
        ids = [f"departments.{department.id}.costs.{row.code}" for row in self._components if due.pays(row)]
        if since == until or not ids:
            return ""
        if due.begins is None:
            return _sum(ids)
        return f"INT({until}*{_sum(ids)}/12)-INT({since}*{_sum(ids)}/12)"

    def _cash_row(self, department: Department, kind: str, year: str, formula: str) -> None:
        self.cash.setdefault((department.id, kind), {})[year] = formula

    def _add_finance(self) -> None:
        """Sums of the helper sheet, by tokens ``[kind/year]``: all departments of a kind in a fiscal year."""
        for year in self.years:
            for kind in ("stay", *_COST_KINDS):
                self._set(f"finance.years.{year}.{kind}", f"[{kind}/{year}]")
            for name in _MADE_OF:
                self._set(f"finance.years.{year}.{name}", self._made(name, year))
        for name in ("stay", *_COST_KINDS, *_MADE_OF):
            self._set(
                f"finance.horizon.{name}", "+".join(self._made(name, year) for year in self.years) or "0"
            )
        worth = discounts(self._inputs, len(self.years))
        for name in (*_VALUE_OF, *_COST_KINDS):
            parts = [
                f"({self._made(_VALUE_OF.get(name, name), year)})*{factor}"
                for factor, year in zip(worth, self.years, strict=True)
            ]
            self._set(f"finance.value.{name}", f"INT(({'+'.join(parts)})/{10**12}+0.5)" if parts else "0")
        self._set("finance.value.all", "{finance.value.h}+{finance.value.nh}")

    def _made(self, name: str, year: str) -> str:
        if name not in _MADE_OF:
            return f"[{name}/{year}]"
        return "".join(
            f"{'+' if sign > 0 else '-'}({self._made(part, year)})" for part, sign in _MADE_OF[name]
        )

    def _add_sums(self) -> None:
        """Totals whose parts all follow, or cannot move."""
        known: dict[str, bool] = {}

        def follows(id: str) -> bool:
            if id not in known:
                figure = self._figures[id]
                if id in self.formulas or figure["unit"] in ("seats", "files", "days"):
                    known[id] = True
                else:
                    parts = figure["sum_of"]
                    known[id] = bool(parts) and all(list(map(follows, parts)))
                    if known[id]:
                        self.formulas[id] = _sum(parts)
            return known[id]

        for id in self._figures:
            follows(id)


def _scaled(row: str, parts: int) -> str:
    return f"ROUND(<{row}>*{parts};0)"


def _sum(ids: Iterable[str]) -> str:
    return f"({'+'.join(f'{{{id}}}' for id in ids) or '0'})"


def _first_months(yearly: str, months: int) -> str:
    """The first months of a yearly amount: twelve of them add up to it, the first ones pay the rest."""
    if not months:
        return "0"
    rest = f"MOD({yearly};12)"
    return f"(INT({yearly}/12)*{months}+{months // 12}*{rest}+MIN({months % 12};{rest}))"


def _priced(cents: str, months: int, span: Span) -> str:
    if not months:
        return "0"
    return (
        f"{months}*{cents}"
        if span.price == 1_000_000
        else f"{months}*INT(({cents}*{span.price}+500000)/1000000)"
    )
