"""The words of rows and of the first sentence, for every form of the report."""

from __future__ import annotations

from converters.inspection import FEATURES
from migrate.reports.model import Report
from migrate.reports.words import Words


def rule_name(code: str, words: Words) -> str:
    """A rule is named after the feature it costs, or has a name of its own."""
    return words.term("features", code) if code in FEATURES else words.t(f"rule.{code}")


def kind_name(code: str, words: Words) -> str:
    """A kind is known by its extension, or has a name of its own."""
    return optional(f"kind.{code}", words) or f".{code}"


def optional(code: str, words: Words) -> str:
    """A sentence that not every code of its group has; empty where there is none."""
    text = words.t(code)
    return "" if text == code else text


def origin_text(text: str, words: Words) -> str:
    """A row's source: citations joined by `` + ``, where ``own`` is an assumption of this program and ``measured`` what the
    organisation's own minutes corrected."""
    parts = text.split(" + ")
    return "; ".join(words.t(f"source.{part}") if part in ("own", "measured") else part for part in parts)


def outlook_text(report: Report, words: Words) -> str:
    """One sentence with both chances: of the budget, and with the working time that no budget counts."""
    own = report.headline.outlook
    return words.t(
        "outlook",
        months=report.horizon_months,
        budget=words.t(f"outlook.budget.{own.budget}", share=words.chance(own.budget_share)),
        whole=words.t(f"outlook.whole.{own.whole}", share=words.chance(own.whole_share)),
    )
