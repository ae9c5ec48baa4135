"""The words of alternatives, waves and sovereignty: amounts by figure id, findings and constraints as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from migrate import locale
from migrate.planner.amounts import Amount
from migrate.reports.words import Words

_TABLE = "choices"
# parameters of findings that are days, and those that name a department or task
_DAYS = ("day", "end", "since", "until", "renewal", "next")
_NAMES = ("before", "other")


class Choices:
    """What the template asks for: one plan in one language."""

    def __init__(self, plan: Mapping[str, Any], words: Words) -> None:
        self.plan, self.words = plan, words
        self._figures = {figure["id"]: figure for figure in plan["figures"]}
        self._names = {row["id"]: row["name"] for row in plan["departments"]}
        waves = plan["waves"] or {}
        for part in (waves.get("list"), waves.get("proposal")):
            self._names |= {row["id"]: row["name"] for row in (part or {}).get("rows", ())}

    def t(self, code: str, **params: Any) -> str:
        shown = {key: self.words.shown(value) for key, value in params.items()}
        return locale.sentence(_TABLE, code, self.words.language, **shown)

    def amount(self, id: str) -> Amount:
        figure = self._figures.get(id)
        return Amount(figure["low"], figure["likely"], figure["high"]) if figure else Amount(0, 0, 0)

    def money(self, id: str) -> str:
        return self.words.money(self.amount(id).likely)

    def name(self, id: str) -> str:
        return self.named("task", id, self._names.get(id, id))

    def service(self, code: str) -> str:
        """A service of licences, or one that only other suppliers have."""
        text = self.words.t(f"service.{code}")
        return self.t(f"service.{code}") if text == f"service.{code}" else text

    def named(self, table: str, code: str, otherwise: str) -> str:
        """A row's words in the language; rows of the organisation's own have theirs."""
        text = self.t(f"{table}.{code}")
        return otherwise if text == f"{table}.{code}" else text

    def hosting(self, code: str) -> str:
        rows = {row["code"]: row["name"] for row in self.plan["sovereignty"]["hosting"]}
        return self.named("hosting", code, rows.get(code, code))

    def kept(self, alternative: Mapping[str, Any]) -> str:
        """What stays with Microsoft; everything where nothing goes."""
        if not alternative["moved"]:
            return self.t("alternatives.all_kept")
        return ", ".join(map(self.service, alternative["kept"])) or self.t("alternatives.none_kept")

    def task(self, row: Mapping[str, Any]) -> str:
        """A task of the embedded table in the language; others and departments as the tables name them."""
        return self.named("task", row["id"], row["name"])

    def place(self, code: str) -> str:
        """A jurisdiction as its code, with words for what is no country."""
        return self.t(f"place.{code}") if code in ("unknown", "home", "chosen") else code

    def supplier(self, name: str) -> str:
        """A supplier as its row names it, with words for what is no company."""
        return self.t(f"supplier.{name}") if name in ("own", "several") else name

    def places(self, counts: Mapping[str, int], *, keys: bool = False) -> str:
        shown = (
            (self.t(f"keys.{code}") if keys else self.place(code), count) for code, count in counts.items()
        )
        return ", ".join(f"{name} ({self.words.number(count)})" for name, count in shown)

    def notes(self) -> Iterable[str]:
        """What stands in no figure of the alternatives; the same words for several are said for the last."""
        said: dict[tuple[str, str], str] = {}
        for row in self.plan["alternatives"]:
            title = self.t(f"alternative.{row['code']}")
            missing = ", ".join(
                f"{self.service(one['service'])} ({self.named('unit', one['unit'], one['unit'])})"
                for one in row["uncounted"]
            )
            for code, what in (("uncounted", missing), ("unpriced", ", ".join(row["unpriced"]))):
                if what:
                    said[code, what] = title
        return [
            self.t(f"alternatives.{code}", alternative=title, what=what)
            for (code, what), title in said.items()
        ]

    def moved(self) -> list[dict[str, Any]]:
        """Every service that the furthest alternative moves, with the rows of the catalogue."""
        rows = {row["code"]: row for row in self.plan["inputs"]["catalogue"]}
        found: dict[tuple[str, str, str], dict[str, Any]] = {}
        for alternative in self.plan["alternatives"]:
            for moved in alternative["moved"]:
                for by in moved["by"]:
                    key = (moved["service"], by["replacement"], by["hosting"])
                    found.setdefault(key, {**rows[by["replacement"]], "place": by["hosting"]})
        return [found[key] for key in sorted(found)]

    def finding(self, row: Mapping[str, Any]) -> str:
        params: dict[str, Any] = dict(row["params"])
        for key in _DAYS:
            if isinstance(params.get(key), str):
                day = date.fromisoformat(params[key])
                params[key], params["month"] = self.words.short_day(day), self.words.month(day)
        for key in _NAMES:
            if key in params:
                params[key] = self.name(params[key])
        if "resource" in params:
            params["resource"] = self.t(f"resource.{params['resource']}")
        return self.t(f"finding.{row['code']}", **params)

    def binding(self, row: Mapping[str, Any] | None) -> str:
        if row is None:
            return "–"
        constraint = self.t(f"constraint.{row['constraint']}")
        if row["start"] is None:
            return constraint
        params = {
            "constraint": constraint,
            "month": self.words.month(date.fromisoformat(row["start"])),
            "money": self.words.round_money(row["cents"]),
        }
        if not row["others"]:
            return self.t("binding.better", **params)
        others = ", ".join(self._other(one) for one in row["others"])
        return self.t("binding.others", others=others, **params)

    def _other(self, code: str) -> str:
        text = self.t(f"constraint.{code}")
        return self.name(code) if text == f"constraint.{code}" else text

    def share(self, part: int, whole: int) -> str:
        return self.words.percent(Fraction(part, whole or 1))

    def days(self, count: int | None) -> str:
        return self.t("access.unknown") if count is None else self.words.number(count)
