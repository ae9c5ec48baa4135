"""The report as one self-contained page: no script, nothing loaded from anywhere, fit to print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import Any

from markupsafe import Markup

from migrate.planner.inputs import UNASSIGNED
from migrate.reports import charts
from migrate.reports.choices import Choices
from migrate.reports.explanation import short_name
from migrate.reports.licences import floors_text, lost_text, names_text, services_text, until_text
from migrate.reports.model import READINESS, DepartmentRow, Report, Said, build_report
from migrate.reports.names import kind_name, optional, origin_text, outlook_text, rule_name
from migrate.reports.pages import page_environment, scrolling_tables
from migrate.reports.public import public_plan
from migrate.reports.questions import Answer, answers, why_not
from migrate.reports.risks import Risk
from migrate.reports.uncertainty import YEAR_COLUMNS, FiscalRow, FlipRow
from migrate.reports.words import Words

# columns that hold words: their headings stand left
_LEFT = (
    "department", "status", "who", "how", "what", "severity", "product", "kind", "unit", "as_of", "source",
    "reason", "verdict", "gives_up", "year", "held", "becomes", "kept_for_now", "cheapest", "expiry", "owner", "contract",
    "renewal", "reductions", "floors", "parts", "saves_from", "notice_due", "compared",
    "risk", "trigger", "answer", "watched_by", "engine",
)  # fmt: skip


def render(plan: Mapping[str, Any], words: Words, *, public: bool = False) -> str:
    """The page for a plan's JSON form; every text that comes from the plan is escaped.

    ``public`` leaves names out and adds what the public asks.
    """
    if public:
        plan = public_plan(plan, words)
    values = report_values(plan, words, public=public)
    page = page_environment().get_template("report.html.j2").render(**values)
    return scrolling_tables(page) + "\n"


def report_values(plan: Mapping[str, Any], words: Words, *, public: bool = False) -> dict[str, Any]:
    """Everything that the parts of a report ask for. A page on which a figure leads somewhere gives ``figure_address``
    (id -> address) and ``department_address`` (row, part -> address) of its own; here they lead nowhere."""
    report = build_report(plan)
    return dict(  # noqa: C408 - sixty names without quotes
        figure_address=lambda _id: "",
        department_address=lambda _row, _part: "",
        risk_names=lambda codes: [words.t(f"cash.{code}") for code in codes],
        report=report,
        public=public,
        why_not=why_not(plan),
        answers=answers(report),
        answer=lambda row: _answer(row, words),
        headline=report.headline,
        words=words,
        plan=plan,
        results=plan["results"],
        coverage=plan["coverage"],
        inventory=plan["inventory"],
        prices=plan["inputs"]["prices"],
        baseline=report.baseline,
        variances=report.variances,
        figure_name=lambda id: short_name(id, plan, words),
        measured=lambda row, value: _measured(row, value, words),
        assumptions=plan["inputs"]["assumptions"],
        rules=plan["inputs"]["rules"],
        readiness=READINESS,
        left=_LEFT,
        totals=_totals(report),
        confidence=[_said(words, said) for said in report.confidence],
        gaps=[words.t(f"gap.{said.code}", **said.params) for said in report.gaps],
        stylesheet=Markup(_stylesheet()),  # noqa: S704 - this package's own file
        years_chart=_years_chart(report, words),
        readiness_chart=_readiness_chart(report, words),
        results_chart=_results_chart(plan["results"], words),
        name=lambda row: _name(row, words),
        department=lambda id: next((_name(row, words) for row in report.departments if row.id == id), id),
        origin=lambda text: origin_text(text, words),
        basis=lambda row: optional(f"basis.{row.get('code', '')}", words),
        choices=Choices(plan, words),
        lost_text=lost_text,
        services_text=services_text,
        names_text=names_text,
        until_text=until_text,
        floors_text=floors_text,
        error_name=lambda error: _error_name(error, words),
        kind=lambda code: kind_name(code, words),
        rule=lambda code: rule_name(code, words),
        ready=lambda row: _ready(row, words),
        share=lambda part, whole: words.percent(Fraction(part, whole or 1)),
        outlook=outlook_text(report, words),
        question=_question(report, words),
        contents=_contents,
        calendar=_calendar(report, words),
        risk=lambda row, part: _risk(row, part, words),
        ranges={row.name: row for row in report.uncertainty.ranges},
        money_span=lambda row: words.t(
            "range", low=words.round_money(row.p10), high=words.round_money(row.p90)
        ),
        triple=lambda row: _triple(row, words),
        year_columns=YEAR_COLUMNS,
        tornado=_tornado(report, words),
        flip=lambda row: _flip(row, words),
        fiscal_year=lambda row: _fiscal_year(row, report, words),
        after=lambda months: _after(months, report.horizon_months, words),
        points=lambda part: _points(part, words),
        percent=lambda text: words.percent(Fraction(text) / 100),
        decimal=Decimal,
        megabytes=lambda size: words.t("megabytes", size=words.decimal(Fraction(size, 1_000_000), 1)),
    )


def _question(report: Report, words: Words) -> str:
    """The decision that is asked for."""
    named = sum(row.id != UNASSIGNED for row in report.departments)
    return words.t("question", departments=named, seats=report.total.seats, months=report.horizon_months)


_SECTION = re.compile(r'<section[^>]* id="([a-z-]+)"[^>]*><h2>(.*?)</h2>')


def _contents(body: Markup) -> list[tuple[str, Markup]]:
    """Id and heading of every section, for the table of contents."""
    return [(id, Markup(heading)) for id, heading in _SECTION.findall(str(body))]  # noqa: S704 - escaped before


def _answer(row: Answer, words: Words) -> str:
    """An answer's figures in words: money by the ending of a name, shares of draws and of savings as percents."""
    params = {}
    for name, value in row.params.items():
        if name.endswith("_cents"):
            params[name.removesuffix("_cents")] = words.round_money(value)
        else:
            params[name] = words.chance(value) if isinstance(value, Fraction) else value
    return words.t(row.answer, **params)


def _risk(row: Risk, part: str, words: Words) -> str:
    """The name of a risk, its sign (``trigger``) or what is done about it (``answer``)."""
    params = {key: words.shown(value) for key, value in row.params.items()}
    if row.ranged and part == "name":
        return words.t(row.code)
    return words.t(f"risk.{part}.{row.code.removeprefix('factor.')}", **params)


def _calendar(report: Report, words: Words) -> Markup:
    """Who is done when, and from when that saves, on one line of time."""
    waves = report.plan["waves"] or {}
    listed = {row["id"]: row for row in (waves.get("list") or waves.get("proposal") or {}).get("rows", ())}
    begins = date.fromisoformat(report.plan["horizon"]["from"])
    ends = date.fromisoformat(report.plan["horizon"]["until"])
    rows = []
    for row in report.plan["departments"]:
        if row["id"] == UNASSIGNED:
            continue
        own = listed.get(row["id"], {})
        work = [day for key in ("start", "end") if (day := own.get(key))] or [row["migration"]]
        marks = {"saves": row["saves_from"], "renewal": row["renewal"]}
        rows.append(
            charts.CalendarRow(
                row["name"],
                date.fromisoformat(work[0]),
                date.fromisoformat(work[-1]),
                {name: date.fromisoformat(day) for name, day in marks.items() if day},
            )
        )
    legend = {name: words.t(f"calendar.{name}") for name in ("work", "saves", "renewal")}
    return _svg(charts.calendar(words.t("calendar.heading"), rows, begins, ends, legend))


def _error_name(error: Mapping[str, Any], words: Words) -> str:
    """An error with its parameters; technical details of one file say nothing about the others."""
    params = {key: "…" if key == "detail" else value for key, value in error["params"].items()}
    return words.term("errors", error["code"], params).replace("….", "…")


def _measured(row: Any, value: int | None, words: Words) -> str:
    """A value in the unit of its row; a dash where the column knows none."""
    if value is None:
        return "–"
    unit = row["unit"] if isinstance(row, Mapping) else row.unit
    if unit == "cents":
        return words.money(value)
    return words.signed_hours(value) if unit == "minutes" else words.number(value)


def _stylesheet() -> str:
    return resources.files(__package__).joinpath("templates", "report.css").read_text("utf-8")


def _name(row: DepartmentRow, words: Words) -> str:
    return words.t("unassigned") if row.id == row.name == UNASSIGNED else row.name


def _ready(row: DepartmentRow, words: Words) -> str:
    return words.percent(Fraction(row.files["ready"], row.documents)) if row.documents else "–"


def _triple(row: Mapping[str, str], words: Words) -> str:
    """Low, likely and high of an assumption or rule; one number where they are equal."""
    ends = [Decimal(row[end]) for end in ("low", "likely", "high")]
    return " · ".join(words.number(value) for value in (ends[:1] if len(set(ends)) == 1 else ends))


def _said(words: Words, said: Said) -> str:
    params = dict(said.params)
    if "day" in params:
        params["month"] = words.month(params.pop("day"))
    if isinstance(params.get("share"), Fraction):
        params["share"] = words.percent(params["share"])
    return words.t(said.code, **params)


def _totals(report: Report) -> list[tuple[str, int]]:
    """The saving of a full year, a line per label: they are never added up."""
    lines = [("forecast", report.total.saving_forecast), ("contracted", report.total.saving_contracted)]
    return [line for line in lines if line[1]] or lines[:1]


def _years_chart(report: Report, words: Words) -> Markup:
    series = {
        words.t("column.stay"): [row.stay / 100 for row in report.years],
        words.t("column.migrate"): [row.migrate.likely / 100 for row in report.years],
    }
    return _svg(
        charts.bars(
            words.t("years.chart"),
            [str(row.year) for row in report.years],
            series,
            lambda value: words.round_money(round(value * 100)),
            width=560,
            height=280,
        )
    )


def _readiness_chart(report: Report, words: Words) -> Markup:
    shown = [code for code in READINESS if code != "other"]
    rows = [row for row in report.departments if row.documents][::-1]  # the first stands on top
    smallest = max((row.documents for row in rows), default=0) / 20  # a number needs a wide enough segment
    return _svg(
        charts.bars(
            words.t("readiness.chart"),
            [_name(row, words) for row in rows],
            {words.t(f"readiness.{code}"): [row.files[code] for row in rows] for code in shown},
            lambda value: words.number(round(value)) if value >= smallest else "",
            horizontal=True,
            stacked=True,
            height=110 + 34 * len(rows),
        )
    )


def _results_chart(results: Mapping[str, Any] | None, words: Words) -> Markup:
    if not results:
        return Markup("")
    verdicts = list(reversed(results["verdicts"].items()))
    return _svg(
        charts.bars(
            words.t("results.chart"),
            [f"{words.term('verdicts', code)} ({words.number(count)})" for code, count in verdicts],
            {words.t("column.files"): [count for _code, count in verdicts]},
            lambda value: words.number(round(value)),
            horizontal=True,
            values_on_bars=False,
            height=50 + 30 * len(verdicts),
        )
    )


def _tornado(report: Report, words: Words) -> Markup:
    rows = [(words.t(f"factor.{row.factor}"), row.at_p10, row.at_p90) for row in report.uncertainty.drivers]
    return _svg(
        charts.tornado(words.t("drivers.heading"), rows, report.uncertainty.likely, words.round_money)
    )


def _flip(row: FlipRow, words: Words) -> str:
    """What has to become how large for the decision to turn, and whether the plan thinks that possible."""
    code = "flips.within" if row.within else "flips.beyond"
    if row.near:
        code += "_near"
    if row.value is None:
        return words.t(f"{code}_rules", name=words.t(f"factor.{row.driver}"), share=words.percent(row.way),
                       end=words.t(f"flips.end.{row.end}"))  # fmt: skip
    name = words.t("factor.licence_prices") if row.unit == "share" else words.t(_sentence_of(row.driver))
    return words.t(code, name=name, value=_value(row, words))


def _sentence_of(row_id: str) -> str:
    """``assumptions.delay`` is said as ``assumption.delay``."""
    return row_id.replace("assumptions.", "assumption.", 1)


def _value(row: FlipRow, words: Words) -> str:
    assert row.value is not None
    match row.unit:
        case "money":
            return words.money(round(row.value * 100))
        case "factor" | "share":
            return words.percent_tenths(row.value)
    return f"{words.decimal(row.value, 1)} {words.t(f'unit.{row.unit}')}"


def _fiscal_year(row: FiscalRow, report: Report, words: Words) -> str:
    """``2027``, or ``2027-2028`` where it does not begin in January; a part of a year says so."""
    place = report.plan["finance"]["jurisdiction"]
    name = str(row.year) if place is None or place["fiscal_month"] == 1 else f"{row.year}–{row.year + 1}"
    return name if row.whole else words.t("fiscal.part", year=name)


def _after(months: int | None, horizon: int, words: Words) -> str:
    if months is None:
        return words.t("uncertainty.after_horizon", count=horizon)
    return words.t("uncertainty.after_months", count=months)


def _points(part: Mapping[str, Any] | None, words: Words) -> str:
    if part is None:
        return words.t("wibe.missing")
    if part["low"] == part["high"]:
        return str(part["low"])
    return words.t("range", low=part["low"], high=part["high"])


def _svg(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - serialised by lxml, which escapes what it holds
