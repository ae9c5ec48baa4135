"""A plan for the public: departments, contracts, people, folders and what documents quote become numbers or dots.

Figures, ranges, assumptions and everything that the plan does not know stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrate.planner.inputs import UNASSIGNED
from migrate.reports.words import Words

# keys whose texts are codes, dates or ids of the model and never a name
_CODES = frozenset(("id", "code", "label", "unit", "sku", "as_of", "kind", "severity"))
_SAID = "…"


def public_plan(plan: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """The plan's JSON form without names and without the records that it is computed from."""
    names = dict(_names(plan, words))
    shown: dict[str, Any] = _replaced({key: value for key, value in plan.items() if key != "records"}, names)
    results = shown["results"] or {}
    for row in (*results.get("losses", ()), *results.get("errors", ())):
        row["params"] = dict.fromkeys(row["params"], _SAID)
    for row in shown["licences"]["residual"]:
        row["owner"] = words.t("public.somebody") if row["owner"] else ""
    for price in shown["inputs"]["prices"]:
        if price["kind"] == "contract":
            price["source"] = words.t("price.contract")
    return shown


def _names(plan: Mapping[str, Any], words: Words) -> Iterator[tuple[str, str]]:
    """Every name of the plan and what stands for it."""
    departments = [row for row in plan["departments"] if row["id"] != UNASSIGNED]
    groups: tuple[tuple[str, list[str]], ...] = (
        ("department", [row["name"] for row in departments]),
        ("contract", [row["name"] for row in plan["licences"]["contracts"]]),
        ("application", [row["name"] for row in plan["inputs"]["applications"]]),
        ("reason", [row["reason"] for row in (*plan["kept"], *plan["licences"]["residual"])]),
        ("source", list((plan["coverage"] or {}).get("sources", ()))),
        ("reference", [row["contract_reference"] for row in departments]),
        ("plan", _frozen(plan)),
    )
    for code, found in groups:
        for number, name in enumerate(dict.fromkeys(filter(None, found)), 1):
            yield name, words.t(f"public.{code}", number=number)


def _frozen(plan: Mapping[str, Any]) -> list[str]:
    columns = (plan.get("baseline") or {"columns": {}})["columns"]
    return [
        column[key]
        for name in ("initial", "approved")
        if (column := columns.get(name))
        for key in ("name", "reference")
        if column.get(key)
    ]


def _replaced(value: Any, names: Mapping[str, str], key: str = "") -> Any:
    if isinstance(value, str):
        return value if key in _CODES else names.get(value, value)
    if isinstance(value, dict):
        return {name: _replaced(item, names, name) for name, item in value.items()}
    return [_replaced(item, names, key) for item in value] if isinstance(value, list) else value
