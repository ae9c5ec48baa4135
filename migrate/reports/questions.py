"""What auditors and the press ask, answered from the plan's figures, or said to be not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from migrate.reports.model import Report
from migrate.reports.uncertainty import RangeRow

_CHOSEN = "office"  # the alternative that the plan computes
_NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Answer:
    """``code`` of the question; ``answer`` is a code with parameters, or ``not_known``. ``_cents`` in a name means money."""

    code: str
    answer: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """An alternative beside the one of the plan: ``cents`` more or less over the horizon, likely; services kept and moved,
    and those whose cost the plan does not know."""

    code: str
    cents: int | None
    kept: int
    moved: int
    uncounted: int


def why_not(plan: Mapping[str, Any]) -> tuple[WhyNot, ...]:
    figures = {figure["id"]: figure["likely"] for figure in plan["figures"]}
    chosen = figures.get(f"alternatives.{_CHOSEN}.net_horizon")
    found = []
    for row in plan["alternatives"]:
        if row["code"] == _CHOSEN:
            continue
        own = figures.get(f"alternatives.{row['code']}.net_horizon")
        cents = own - chosen if own is not None and chosen is not None else None
        found.append(WhyNot(row["code"], cents, len(row["kept"]), len(row["moved"]), len(row["uncounted"])))
    return tuple(found)


def answers(report: Report) -> tuple[Answer, ...]:
    return tuple(
        Answer(code, f"answer.{code}", params)
        if (params := asked(report)) is not None
        else Answer(code, _NOT_KNOWN, {})
        for code, asked in _QUESTIONS.items()
    )


_Params = Mapping[str, Any] | None


def _signed(report: Report) -> _Params:
    whole = report.headline.saving_forecast + report.headline.saving_contracted
    if not whole:
        return None
    share = Fraction(report.headline.saving_contracted, whole)
    return {"share": share, "realised_cents": report.total.realised}


def _time(report: Report) -> _Params:
    found = _range(report, "time")
    if found is None:
        return None
    return {"p10_cents": found.p10, "p90_cents": found.p90, "share": report.headline.outlook.whole_share}


def _failure(report: Report) -> _Params:
    row = report.uncertainty.way_back
    return {"p10_cents": row.p10, "p90_cents": row.p90} if row else None


def _documents(report: Report) -> _Params:
    if not report.total.documents:
        return None
    return {"blockers": report.total.blockers, "documents": report.total.documents}


def _converted(report: Report) -> _Params:
    results = report.plan["results"]
    if not results:
        return None
    return {"files": results["files"], "converted": results["verdicts"]["converted"]}


def _stay(report: Report) -> _Params:
    row = next((row for row in report.uncertainty.flips if row.driver == "licence_prices"), None)
    return {"share": row.value} if row and row.value is not None else None


def _measured(report: Report) -> _Params:
    rows = report.plan["calibration"]
    return {"rules": len(rows)} if rows else None


def _prices(report: Report) -> _Params:
    rows = report.plan["inputs"]["prices"]
    if not rows:
        return None
    return {"contract": sum(row["kind"] == "contract" for row in rows), "prices": len(rows)}


def _abroad(report: Report) -> _Params:
    own = report.plan["sovereignty"]
    counts = [row["owner_home"] for row in own["abroad"]]
    if not own["home"] or not counts or None in counts:
        return None
    return {"home": own["home"], "seats": sum(counts)}


def _keepers(report: Report) -> _Params:
    return {"seats": sum(row["seats"] for row in report.plan["licences"]["residual"])}


def _again(report: Report) -> _Params:
    return {"draws": report.uncertainty.draws, "seed": report.uncertainty.seed, "day": report.as_of}


def _gaps(report: Report) -> _Params:
    return {"gaps": len(report.gaps)}


def _no_figure(_report: Report) -> _Params:
    """The plan has no figure for it, whatever its inputs."""
    return None


def _range(report: Report, name: str) -> RangeRow | None:
    return next((row for row in report.uncertainty.ranges if row.name == name), None)


_QUESTIONS: Mapping[str, Callable[[Report], _Params]] = {
    "signed": _signed,
    "time": _time,
    "failure": _failure,
    "documents": _documents,
    "converted": _converted,
    "stay": _stay,
    "prices": _prices,
    "measured": _measured,
    "abroad": _abroad,
    "keepers": _keepers,
    "again": _again,
    "gaps": _gaps,
    "elsewhere": _no_figure,
    "jobs": _no_figure,
    "consulted": _no_figure,
    "accessibility": _no_figure,
    "offer": _no_figure,
}
