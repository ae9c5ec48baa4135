"""A figure of a published plan taken apart: what it is made of, and the rows, dates and files behind it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate.planner.trace import choices, figures_by_id, rows_behind, walk

# kinds of rows in the order in which a reader needs them; what is in none of them comes last as ``other``
KINDS = (
    "prices",
    "contracts",
    "assumptions",
    "rules",
    "dates",
    "invoices",
    "work_days",
    "cancellations",
    "choices",
    "attestations",
    "applications",
    "jurisdictions",
    "scores",
    "catalogue",
    "targets",
    "supplies",
    "capacities",
    "tasks",
    "blackouts",
    "waves",
    "exchanges",
    "users",
    "files",
    "inventory",
    "other",
)
# what a department's row is called in the plan, where that is not its own name
_TERMS = {"migration": "migration_date"}
_DATES = ("departments", "plan")
_FILES = ("sha256:", "file:")

# what varies in an id and says nothing of what the figure is
_VARIES = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"^actuals\.licences\.[^.]+\.saving", "actuals.licences.saving"),
        (r"^(actuals\.costs)\.[^.]+\.(invoices|days).*", r"\1.\2"),
        (r"^(?:departments\.[^.]+|totals)\.", ""),
        (r"^alternatives\.[^.]+\.(?:departments\.[^.]+\.)?", "alternatives."),
        (r"^waves\.[^.]+\.(?:departments\.[^.]+\.)?", "waves."),
        (r"^sovereignty\.spending\..*", "sovereignty.spending"),
        (r"^finance\.(?:years\.\d+|horizon)\.", "finance."),
        (r"^(costs\.(?:productivity\.|time_)year)\d$", r"\1"),
        (r"^costs\.(?:one_off|support_yearly)\.by_(\w+)\..*", r"costs.by_\1"),
        (r"\byears\.\d+", "years"),
        (r"\b(changes|current|rules)\.[^.]+\.", r"\1."),
        (r"\bclean_up\.[^.]+\.saving", "clean_up.saving"),
        (r"\beffort\.(?:owner|helpdesk|developer)\b", "effort.who"),
        (r"^files\..*", "files"),
        (r"\.changes\.saving", ".saving"),
        (r"(saving_\w+)\.\w+$", r"\1"),
    )
)


@dataclass(frozen=True, slots=True)
class Node:
    """A figure or a row on the way from the asked figure; ``again``: it stands further up already."""

    depth: int
    id: str
    figure: Mapping[str, Any] | None
    again: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row that the figure depends on. ``values`` is what the plan says of it: price, range, date, source."""

    id: str
    kind: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    figure: Mapping[str, Any]
    nodes: tuple[Node, ...]
    rows: tuple[Row, ...]

    def as_json(self, files: Mapping[str, list[str]]) -> dict[str, Any]:
        """``files`` are the paths that are known of files, by their row's id."""
        return {
            "figure": dict(self.figure),
            "made_of": [
                {"depth": node.depth, **dict(node.figure)} for node in self.nodes[1:] if node.figure and not node.again
            ],
            "depends_on": [
                {"id": row.id, "table": row.kind, **row.values, **({"paths": files[row.id]} if row.id in files else {})}
                for row in self.rows
            ],
        }  # fmt: skip


def explain(plan: Mapping[str, Any], id: str) -> Explanation:
    """Everything behind a figure. Raises KeyError for an id that the plan does not have."""
    figures = figures_by_id(plan)
    figure = figures[id]
    nodes = tuple(Node(depth, name, figures.get(name), again) for depth, name, again in walk(figures, id))
    # a total shows the files and seats of its parts, although only rows that move it count as behind it
    given = {node.id for node in nodes if node.figure is None and kind_of_row(node.id) in ("users", "files")}
    tables = (*plan["inputs"].values(), plan.get("licences", {}).get("contracts", ()))
    known = {row["id"]: row for rows in tables for row in rows if "id" in row}
    rows = [Row(row, kind_of_row(row), _values(plan, known, row)) for row in rows_behind(figures, id) | given]
    rows.sort(key=lambda row: (KINDS.index(row.kind), row.id))
    return Explanation(figure, nodes, tuple(rows))


def kind_of_row(id: str) -> str:
    if id.startswith(_FILES):
        return "files"
    first = id.split(".", maxsplit=1)[0]
    if first in _DATES:
        return "dates"
    return first if first in KINDS else "other"


def kind_of_figure(id: str) -> str:
    """What a figure is, whatever its department, year, product or rule: ``costs.years.one_off``."""
    for pattern, kept in _VARIES:
        id = pattern.sub(kept, id)
    return id


def _values(plan: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], id: str) -> dict[str, Any]:
    if id in known:
        return {key: value for key, value in known[id].items() if key != "id"}
    if id in plan["inputs"]:  # a table of which no row counts
        return {"value": len(plan["inputs"][id])}
    if id in (compared := choices(plan)):
        return {"compares": compared[id]}
    if id == "exchanges":
        return {"value": len(plan["records"]["organisation"]["waves"]["exchanges"])}
    names = id.split(".")
    if names[0] in ("users", "attestations"):
        return {"seats": 0}
    if names[0] == "plan" and len(names) == 2:
        return {"value": plan.get(names[1])}
    if names[0] == "departments" and len(names) == 3:
        terms: Mapping[str, Any] = next((row for row in plan["departments"] if row["id"] == names[1]), {})
        if names[2] == "billing" and not terms:
            return {"department": names[1], "value": "annual"}
        return {"department": terms.get("name", names[1]), "value": terms.get(_TERMS.get(names[2], names[2]))}
    return {}
