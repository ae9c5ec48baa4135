"""The figures of one department, in the groups in which somebody asks for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from migrate.reports.explanation import figure_value, short_name
from migrate.reports.words import Words
from migrate.web.plans import Plan

# group (``department.*`` of the locale) -> its figures below the department's id, as patterns
GROUPS: Mapping[str, Sequence[str]] = {
    "savings": (
        r"licences\.saving_full_year\.\w+",
        r"licences\.saving_to_date\.realised",
        r"licences\.current_monthly",
        r"licences\.changes\..+\.saving_full_year\.\w+",
        r"licences\.unused\.(?:seats|yearly)",
        r"licences\.clean_up\.saving_full_year\.\w+",
    ),
    "costs": (
        r"costs\.one_off",
        r"costs\.(?:training|helpdesk|parallel|effort)",
        r"costs\.support_yearly",
        r"costs\.(?:support|administration|hosting)",
        r"costs\.time_(?:once|yearly)",
    ),
    "files": (r"files\.(?:ready|check|macros|closed|other)", r"files\.total"),
    "work": (
        r"effort\.minutes",
        r"effort\.(?:owner|helpdesk|developer)\.minutes",
        r"effort\.rules\..+\.minutes",
    ),
}
# figures that are shown even where they are nothing
_ALWAYS = re.compile(
    r"licences\.saving_full_year\.forecast|costs\.one_off|costs\.support_yearly|files\.total|effort\.minutes"
)


def groups_of(plan: Plan, record: Mapping[str, Any], words: Words) -> dict[str, list[tuple[str, str, str]]]:
    """Group -> id, name and value of its figures; those that are nothing are left out, as are empty groups."""
    prefix = f"departments.{record['id']}."
    own = [id for id in plan.figures if id.startswith(prefix)]
    found = {}
    for group, patterns in GROUPS.items():
        rows = [
            (id, _name(id, record, plan, words), figure_value(plan.figures[id], words))
            for pattern in patterns
            for id in own
            if re.fullmatch(pattern, id[len(prefix) :]) and _told(plan.figures[id], id[len(prefix) :])
        ]
        if rows:
            found[group] = rows
    return found


def _told(figure: Mapping[str, Any], name: str) -> bool:
    return bool(figure["low"] or figure["high"] or _ALWAYS.fullmatch(name))


def _name(id: str, record: Mapping[str, Any], plan: Plan, words: Words) -> str:
    """The figure's name without that of the department, which the page's heading says."""
    return short_name(id, plan.model, words).replace(f" · {record['name']}", "", 1)
