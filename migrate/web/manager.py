"""Pages for those who decide: the report's first page, each department, any figure back to its causes, the scenarios."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from inventory.duplicate_queries import files_with
from migrate import locale
from migrate.plan_files import PlanFileError
from migrate.planner.explanation import KINDS, Explanation, explain
from migrate.planner.inputs import UNASSIGNED
from migrate.reports import csv, html, ods
from migrate.reports.explanation import figure_name, figure_value, row_details, row_name, short_name
from migrate.reports.model import DepartmentRow
from migrate.reports.words import Words
from migrate.web.department import groups_of
from migrate.web.documents import send_document
from migrate.web.plans import Plan, Plans
from migrate.web.scenarios import chosen_scenarios, net_chart, scenario_rows
from migrate.web.site import Site
from migrate.web.visit import Entry, Page, Refused, Role, Visit

SHOWN_ROWS = 200  # of one kind; `migrate explain --json` names all
SHOWN_PATHS = 5  # of one content
_MANAGERS = frozenset((Role.MANAGER,))

# ending -> renderer of the whole report
FORMS: Mapping[str, Callable[[Mapping[str, Any], Words], str | bytes]] = {
    "html": html.render,
    "ods": ods.render,
    "csv": csv.render,
}


@contextmanager
def open_service(site: Site) -> Iterator[Plans]:
    yield Plans(site.plan)


def figure_address(id: str) -> str:
    return f"/figures/{quote(id, safe='')}"


def department_address(id: str) -> str:
    return f"/departments/{quote(id, safe='')}"


def _decision(visit: Visit) -> Response:
    return _shown(visit, "manager_decision.html.j2")


def _departments(visit: Visit) -> Response:
    return _shown(visit, "manager_departments.html.j2")


def _department(visit: Visit) -> Response:
    plan, words = _plan(visit)
    record = next((row for row in plan.model["departments"] if row["id"] == visit.path["id"]), None)
    if record is None:
        raise Refused(404, "not_found")
    own = record["name"]
    return _shown(
        visit,
        "manager_department.html.j2",
        record=record,
        title=words.t("unassigned") if record["id"] == own == UNASSIGNED else own,
        groups=groups_of(plan, record, words),
    )


def _scenarios(visit: Visit) -> Response:
    plan, words = _plan(visit)
    chosen = chosen_scenarios(plan, visit.query.getlist("show"))
    return _shown(
        visit,
        "manager_scenarios.html.j2",
        chosen=chosen,
        rows=scenario_rows(plan, chosen, words),
        chart=net_chart(plan, chosen, words),
    )


def _figure(visit: Visit) -> Response:
    """A figure, what it is made of and a part of, and every row, date and file behind it."""
    plan, words = _plan(visit)
    try:
        found = explain(plan.model, visit.path["id"])
    except KeyError:
        raise Refused(404, "no_figure") from None
    parts = [node.figure for node in found.nodes if node.depth == 1 and node.figure]
    return visit.page(
        "manager_figure.html.j2",
        words=words,
        figure=found.figure,
        name=figure_name(found.figure["id"], plan.model, words),
        value=figure_value(found.figure, words),
        percentiles=_percentiles(found.figure, words),
        draws=plan.model["uncertainty"]["draws"],
        parts=[_told(plan, part, words) for part in parts],
        whole=[_told(plan, plan.figures[id], words) for id in plan.parents.get(found.figure["id"], ())],
        kinds=_rows_by_kind(visit, plan, found, words),
        explained=lambda code: locale.sentence("explain", code, visit.language),
    )


def _percentiles(figure: Mapping[str, Any], words: Words) -> str:
    """``P10 … · P50 … · P90 …``; empty for a figure that was not drawn."""
    if figure["unit"] != "cents" or figure.get("p10") is None:
        return ""
    names = ("p10", "p50", "p90")
    return " · ".join(f"{words.t(f'column.{name}')} {words.money(figure[name])}" for name in names)


def _told(plan: Plan, figure: Mapping[str, Any], words: Words) -> dict[str, str]:
    return {
        "address": figure_address(figure["id"]),
        "name": short_name(figure["id"], plan.model, words),
        "value": figure_value(figure, words),
    }


@dataclass(frozen=True, slots=True)
class _Told:
    """A row behind a figure: its name, what is said of it, its id, and where its content lies."""

    name: str
    details: str
    id: str
    paths: Sequence[str]


def _rows_by_kind(
    visit: Visit, plan: Plan, found: Explanation, words: Words
) -> list[tuple[str, list[_Told], int]]:
    """Kind of row, the first rows, and how many more there are."""
    kinds = []
    for kind in KINDS:
        rows = [row for row in found.rows if row.kind == kind]
        told = [
            _Told(
                row_name(row, plan.model, words).removeprefix("file:"),
                " · ".join(row_details(row, plan.model, words)),
                row.id,
                _paths(visit, row.id),
            )
            for row in rows[:SHOWN_ROWS]
        ]
        if rows:
            kinds.append((kind, told, len(rows) - len(told)))
    return kinds


def _paths(visit: Visit, row: str) -> list[str]:
    """Where the inventory knows the content of a file to lie."""
    if not row.startswith("sha256:"):
        return []
    with visit.site.database.connect() as connection:
        found = sorted(
            f"{item.source}/{item.path}" for item in files_with(connection, row.removeprefix("sha256:"))
        )
    return found[:SHOWN_PATHS]


def _report(visit: Visit) -> Response:
    """The whole report to keep, as a file: the page, a spreadsheet that calculates, all figures."""
    plan, words = _plan(visit)
    form = visit.path["form"]
    if form not in FORMS:
        raise Refused(404, "not_found")
    made = FORMS[form](plan.model, words)
    content = made.encode() if isinstance(made, str) else made
    return send_document(visit, content, f"report.{form}", hashlib.sha256(content).hexdigest())


def _plan(visit: Visit) -> tuple[Plan, Words]:
    """The plan, and words in its currency. Raises Refused where there is none to show."""
    plans: Plans = visit.site.services[__name__]
    try:
        plan = plans.current()
    except PlanFileError as error:
        raise Refused(404, f"plan_{error.code}", path=str(plans.path)) from error
    return plan, Words.of(visit.words.region, plan.model["currency"])


def _shown(visit: Visit, template: str, **values: Any) -> Response:
    """A page that is made of parts of the report, whose figures lead to their explanation."""
    plan, words = _plan(visit)
    plans: Plans = visit.site.services[__name__]
    given = {
        "figure_address": lambda id: figure_address(id) if id in plan.figures else "",
        "department_address": _address_of_row,
        "has": lambda id: id in plan.figures,
    }
    return visit.page(template, scrolling=True, **{**plans.values(plan, words), **given, **values})


def _address_of_row(row: DepartmentRow, part: str) -> str:
    """A row of the table of departments; the total leads to the same part for all of them."""
    address = department_address(row.id) if row.id else "/departments"
    return f"{address}#{part}" if part else address


ROUTES = (
    Page("/decision", _decision, _MANAGERS),
    Page("/decision/report.{form}", _report, _MANAGERS),
    Page("/departments", _departments, _MANAGERS),
    Page("/departments/{id}", _department, _MANAGERS),
    Page("/scenarios", _scenarios, _MANAGERS),
    Page("/figures/{id:path}", _figure, _MANAGERS),
)

NAVIGATION = (
    Entry("/decision", "decision", Role.MANAGER),
    Entry("/departments", "departments", Role.MANAGER),
    Entry("/scenarios", "scenarios", Role.MANAGER),
)
