"""Scenarios side by side: a column each, a row for what one compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from migrate.reports import charts
from migrate.reports.choices import Choices
from migrate.reports.words import Words
from migrate.web.plans import Plan

_MONEY = ("licences_yearly", "saving_yearly", "clean_up_yearly", "one_off", "recurring_yearly")
_AXES = ("residency", "operator_home", "owner_home", "keys")
_WIDTH, _LABEL = 980, 270  # of the chart
_Scenario = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """``cells``: text and the id of its figure (empty for what is none), a scenario each."""

    heading: str
    cells: Sequence[tuple[str, str]]
    money: bool


def chosen_scenarios(plan: Plan, wanted: Sequence[str]) -> list[_Scenario]:
    """Those that were asked for, in the plan's order; all where none of them is known."""
    found = [row for row in plan.model["alternatives"] if row["code"] in wanted]
    return found or list(plan.model["alternatives"])


def scenario_rows(plan: Plan, chosen: Sequence[_Scenario], words: Words) -> list[Row]:
    choices = Choices(plan.model, words)
    ids = [f"alternatives.{row['code']}" for row in chosen]
    net = [words.round_range(choices.amount(f"{id}.net_horizon")) for id in ids]
    return [
        Row(choices.t("column.net_horizon"), _linked(net, ids, "net_horizon"), True),
        *(
            Row(choices.t(f"column.{name}"), _linked([choices.money(f"{id}.{name}") for id in ids], ids, name), True)
            for name in _MONEY
        ),
        Row(
            choices.t("column.first_saving"),
            [(words.iso_day(row["first_saving"]) or "–", "") for row in chosen],
            False,
        ),
        Row(choices.t("column.kept"), [(choices.kept(row), "") for row in chosen], False),
        *_axes(plan, chosen, choices),
    ]  # fmt: skip


def _linked(texts: Iterable[str], ids: Iterable[str], name: str) -> list[tuple[str, str]]:
    return [(text, f"{id}.{name}") for text, id in zip(texts, ids, strict=True)]


def _axes(plan: Plan, chosen: Sequence[_Scenario], choices: Choices) -> Iterable[Row]:
    """Where data, operators and owners are, and who has the keys; nothing where the plan does not know."""
    known = {row["code"]: row["axes"] for row in plan.model["sovereignty"]["alternatives"]}
    if not known:
        return
    for axis in _AXES:
        texts = [
            choices.places(known.get(row["code"], {}).get(axis, {}), keys=axis == "keys") for row in chosen
        ]
        yield Row(choices.t(f"column.{axis}"), [(text or "–", "") for text in texts], False)


def net_chart(plan: Plan, chosen: Sequence[_Scenario], words: Words) -> Markup:
    """What each scenario brings over the horizon, from the cautious to the hopeful case, around staying."""
    choices = Choices(plan.model, words)
    rows = []
    for scenario in chosen:
        net = choices.amount(f"alternatives.{scenario['code']}.net_horizon")
        rows.append((choices.t(f"alternative.{scenario['code']}"), net.low, net.high))
    drawn = charts.tornado(
        choices.t("column.net_horizon"), rows, 0, words.round_money, width=_WIDTH, label=_LABEL
    )
    return Markup(drawn)  # noqa: S704 - serialised by lxml, which escapes what it holds
