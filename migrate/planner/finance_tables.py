"""CSV text to the records of costs and finance: components, factors, jurisdictions, applications, scores, measurements."""

from __future__ import annotations

from decimal import Decimal

from migrate.planner.draws import Factor
from migrate.planner.inputs import Application, Component, Jurisdiction, Measurement, Score
from migrate.planner.tables import read_rows

COUPLINGS = ("opens", "exports", "automates")
_PER = ("seats", "minutes.owner", "minutes.helpdesk", "minutes.developer")
_TOTALS = (
    "one_off",
    "support_yearly",
    "time_once",
    "time_yearly",
    *(f"time_year{year}" for year in range(1, 6)),
    "exit",
)


def read_components(text: str, file: str) -> tuple[Component, ...]:
    """Columns code, total, per, rows (joined by ``+``), budget, funding, spending."""
    columns = ("code", "total", "per", "rows", "budget", "funding", "spending")
    return tuple(
        Component(
            row.required("code"),
            row.choice("total", _TOTALS, ""),
            row.choice("per", _PER, ""),
            tuple(row.required("rows").split("+")),
            row.choice("budget", ("h", "nh"), ""),
            row.choice("funding", ("internal", "contracted"), ""),
            row.choice("spending", ("capital", "operating"), ""),
        )
        for row in read_rows(text, file, columns)
    )


def read_factors(text: str, file: str) -> tuple[Factor, ...]:
    """Columns factor, pattern, shared (a share of one), source."""
    found = []
    for row in read_rows(text, file, ("factor", "pattern", "shared", "source")):
        shared = row.number("shared") * 100
        if shared > 100:
            raise row.error("BAD_NUMBER", "shared", value=row.text("shared"))
        found.append(
            Factor(row.required("factor"), row.required("pattern"), int(shared), row.required("source"))
        )
    return tuple(found)


def read_jurisdictions(text: str, file: str) -> dict[str, Jurisdiction]:
    """Columns jurisdiction, discount_rate and tax (per cent), rate_kind, fiscal_month, as_of, source."""
    found = {}
    for row in read_rows(text, file, ("jurisdiction", "discount_rate", "fiscal_month", "as_of", "source")):
        code = row.required("jurisdiction").upper()
        month = row.whole("fiscal_month", 1)
        if not 1 <= month <= 12:
            raise row.error("BAD_NUMBER", "fiscal_month", value=row.text("fiscal_month"))
        found[code] = Jurisdiction(
            code,
            row.number("discount_rate"),
            row.choice("rate_kind", ("real", "nominal"), "nominal"),
            month,
            row.number("tax") if row.text("tax") else None,
            row.required_date("as_of"),
            row.required("source"),
        )
    return found


def read_applications(text: str, file: str) -> tuple[Application, ...]:
    """Columns application, departments (joined by ``|``), coupling."""
    found: dict[str, Application] = {}
    for row in read_rows(text, file, ("application", "departments", "coupling")):
        names = tuple(filter(None, map(str.strip, row.required("departments").split("|"))))
        application = Application(row.required("application"), names, row.choice("coupling", COUPLINGS, ""))
        if application.id in found:
            raise row.error("DUPLICATE_ROW", "application", value=application.name)
        found[application.id] = application
    return tuple(found.values())


def read_scores(text: str, file: str) -> tuple[Score, ...]:
    """Columns part (R, D, Q), criterion, weight, score; optional reason. An empty score is missing, not zero."""
    found: dict[tuple[str, str], Score] = {}
    for row in read_rows(text, file, ("part", "criterion", "score")):
        part, criterion = row.choice("part", ("r", "d", "q"), "").upper(), row.required("criterion")
        if (part, criterion) in found:
            raise row.error("DUPLICATE_ROW", "criterion", value=criterion)
        score = row.number("score") if row.text("score") else None
        if score is not None and score > (100 if part == "R" else 10):
            raise row.error("BAD_NUMBER", "score", value=row.text("score"))
        weight = Decimal(0) if part == "R" else row.number("weight")
        found[part, criterion] = Score(part, criterion, weight, score, row.text("reason"))
    return tuple(found.values())


def read_measurements(text: str, file: str) -> tuple[Measurement, ...]:
    """Columns kind, code, quantity, value; of kind ``minutes``: what people took, in total, for so many units of a rule.

    Rows of other kinds (invoices, internal days, licences that ended) are for the comparison with the plan.
    """
    found = []
    for row in read_rows(text, file, ("kind", "code", "quantity", "value")):
        if row.required("kind").lower() != "minutes":
            continue
        quantity = row.whole("quantity", 0)
        if not quantity:
            raise row.error("BAD_NUMBER", "quantity", value=row.text("quantity"))
        found.append(Measurement(row.required("code"), quantity, row.number("value"), row.line))
    return tuple(found)
