"""The register of risks: what may go worse than planned, what that costs, who watches it; all from the plan's figures.

A cause with a range is worth what the plan loses at the end that one draw in ten goes beyond. Facts that the plan found
(a notice that is due, seats without an end) have no probability: they are so, or the plan does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from migrate.reports.uncertainty import Uncertainty

# factor of the drivers -> who watches it
_WATCHED_BY = {
    "macros": "it",
    "templates": "it",
    "applications": "it",
    "closed_files": "helpdesk",
    "documents": "owners",
    "training": "project",
    "helpdesk": "helpdesk",
    "hourly_rates": "project",
    "support": "purchasing",
    "administration": "it",
    "hosting": "it",
    "parallel_running": "project",
    "productivity": "project",
    "file_exchange": "owners",
    "way_back": "project",
    "price_rise": "purchasing",
    "delay": "project",
    "other": "project",
}
SHOWN = 8
_SOON = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Risk:
    """``code`` is ``factor.<name>`` or a fact. ``cents`` is None where no amount is known, ``ranged`` for a cause of which
    one draw in ten goes beyond the amount."""

    code: str
    owner: str
    cents: int | None
    ranged: bool
    params: Mapping[str, Any]


def build_risks(plan: Mapping[str, Any], uncertainty: Uncertainty) -> tuple[Risk, ...]:
    """The dearest causes first, then what the plan found."""
    ranged = [
        Risk(f"factor.{row.factor}", _WATCHED_BY.get(row.factor, "project"), worse, True, {})
        for row in uncertainty.drivers
        if (worse := uncertainty.likely - min(row.at_p10, row.at_p90)) > 0
    ]
    ranged.sort(key=lambda risk: -(risk.cents or 0))
    return (*ranged[:SHOWN], *_facts(plan))


def _facts(plan: Mapping[str, Any]) -> Iterator[Risk]:
    figures = {figure["id"]: figure["likely"] for figure in plan["figures"]}
    as_of = date.fromisoformat(plan["as_of"])
    for row in plan["departments"]:
        due = date.fromisoformat(row["notice_due"]) if row["notice_due"] else None
        yearly = figures.get(f"departments.{row['id']}.licences.saving_full_year.forecast", 0)
        if due and yearly and due <= as_of + _SOON:
            params = {"department": row["name"], "day": due}
            yield Risk("notice", "purchasing", yearly * row["term_months"] // 12, False, params)
    counted = {gap["code"]: gap for gap in plan["gaps"]}
    for code, key, owner in (
        ("residual_open", "seats", "owners"),
        ("closed_files", "files", "helpdesk"),
        ("no_applications", "", "it"),
        ("held_not_eligible", "seats", "purchasing"),
    ):
        if gap := counted.get(code):
            yield Risk(code, owner, None, False, {key: gap[key]} if key else {})
    if labelled := sum(plan["sovereignty"].get("labelled_files", {}).values()):
        yield Risk("labelled_files", "it", None, False, {"files": labelled})
