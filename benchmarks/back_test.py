"""Published migrations predicted by rules that were calibrated without them: docs/analysis/back_test.md.

python benchmarks/back_test.py            rewrite the page
python benchmarks/back_test.py --check    exit 1 where it is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from migrate.planner import data
from migrate.planner.back_test import Decided, Prediction, back_test, cases, decisions
from migrate.planner.tables import read_rows

PAGE = Path(__file__).resolve().parent.parent / "docs" / "analysis" / "back_test.md"
_QUANTITIES = {"licences": "licences", "one_off": "one-off cost"}
_BASES = {
    "purchase": "price of a licence",
    "spend": "share of the spend that ends",
    "subscription": "list prices",
    "suite": "cost a seat",
    "parallel": "cost a seat, and years side by side",
}

_HEAD = """# Back-test: published migrations

Written by `python benchmarks/back_test.py`; a test keeps it current.

Thirty published migrations were looked at. Which of them are predicted, which outcome of each counts, how a rule is
calibrated without the case and what "inside" means was written into `migrate/planner/data/cases.csv` and
`case_outcomes.csv`, in a commit of its own before the first run; nothing was changed after it. A range is what the
planner draws from a row whose low, likely and high are the smallest, the median and the largest value of the *other*
cases; inside means between P10 and P90, with P90 no more than three times P10.
"""

_LIMITS = """## What this does not show

- The cases were known when the method was designed: the numbers of a case are left out of its own prediction, its story
  could not be. That licences are predicted by price and one-off cost by seat follows from what cases publish.
- Licences are the easier half. The one-off cost a seat spreads from 2.50 to 600 between organisations that differ in
  training, macros, templates and honesty of accounting; without an inventory no rule of ours narrows that to a factor of
  three. This is why a plan wants the files scanned, and why minutes measured in a pilot go before the rules.
- Sums of the perpetual era. A subscription ends another sum than a purchase: only the price rows speak for it.
- Working time lost is published for two cases, both of which failed. That the plan says no to them shows that it takes
  known strain seriously, not that it measures it: the losses differ by half.
- Newspapers and suppliers are the sources of most cases. A claim, a plan and a result stand beside each other; the table
  says which is which.

## Pesaro's hourly rate

The study publishes 530.38 a user and year over five years for 500 users, about 300,000 of it once. 850 user-years of 15
minutes on 220 days are 46,750 hours, so it priced an hour at (530.38 x 2,500 - 300,000) / 46,750 = 21.9. With these
inputs a plan of this program arrives within one euro at the published 530.38 (`tests/migrate/planner/test_back_test.py`).
"""


def page() -> str:
    """The whole page as Markdown."""
    predictions, decided = back_test(), decisions()
    principal = [row for row in predictions if row.outcome.principal]
    inside = sum(row.inside for row in principal)
    narrow = sum(row.narrow for row in principal)
    others = [row for row in predictions if not row.outcome.principal]
    costs = [row for row in predictions if row.outcome.quantity == "one_off"]
    lines = [
        _HEAD,
        f"**{inside} of {len(principal)} cases lie inside**, {narrow} of the ranges are no wider than three times. "
        f"Of all {len(predictions)} outcomes {sum(row.inside for row in predictions)} lie inside; of the one-off costs "
        f"alone {sum(row.inside for row in costs)} of {len(costs)}: the planner does not know what a migration costs "
        "once until it knows the files.",
        "",
        "## Principal outcomes",
        "",
        *_table(principal),
        "",
        "## Other outcomes of the same cases",
        "",
        *_table(others),
        "",
        "## Every miss, and why",
        "",
        *_misses(predictions),
        "",
        "## Would the plan have said yes?",
        "",
        "Licences less one-off cost less lost time, in euros, from rules without the case. Lost time is counted only where "
        "too little training and support, open-ended parallel running or an old version were known beforehand, by what the "
        "other such case lost. Published is the same difference from published figures; Pesaro's leaves out what its "
        "licences would have cost.",
        "",
        *_decisions(decided),
        "",
        f"{sum(row.right for row in decided)} of {len(decided)} answers are those of the outcome.",
        "",
        "## Left out",
        "",
        "| case | organisation | reason |",
        "|---|---|---|",
        *(f"| {row.id} | {row.organisation} | {row.reason} |" for row in cases().values() if not row.in_test),
        "",
        _LIMITS,
    ]
    return "\n".join(lines)


def _table(rows: Sequence[Prediction]) -> Iterator[str]:
    yield "| case | organisation | outcome | from | nature | published | P10 | P50 | P90 | P90/P10 | inside |"
    yield "|---|---|---|---|---|---:|---:|---:|---:|---:|---|"
    for row in rows:
        outcome, range_ = row.outcome, row.percentiles
        yield (
            f"| {outcome.case} | {cases()[outcome.case].organisation} | {_QUANTITIES[outcome.quantity]} "
            f"| {_BASES[outcome.basis]} | {outcome.nature} | {row.actual:,} {outcome.currency} | {range_.p10:,} "
            f"| {range_.p50:,} | {range_.p90:,} | {_ratio(range_.p90, range_.p10)} | {'yes' if row.inside else '**no**'} |"
        )


def _ratio(high: int, low: int) -> str:
    hundredths = (200 * high + low) // (2 * low)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _misses(predictions: Sequence[Prediction]) -> Iterator[str]:
    reasons = {
        (row.required("case"), row.required("quantity")): row.required("reason")
        for row in read_rows(data.text("case_misses.csv"), "case_misses.csv", ("case", "quantity", "reason"))
    }
    for row in predictions:
        if not row.inside:
            key = (row.outcome.case, row.outcome.quantity)
            name = cases()[row.outcome.case].organisation
            yield f"- {key[0]} {name}, {_QUANTITIES[key[1]]}: {reasons.pop(key)}"
    if reasons:
        raise SystemExit(f"reasons for what is inside: {sorted(reasons)}")


def _decisions(rows: Sequence[Decided]) -> Iterator[str]:
    yield "| case | organisation | P10 | P50 | P90 | draws above zero | published | went back | the plan says |"
    yield "|---|---|---:|---:|---:|---:|---:|---|---|"
    for row in rows:
        range_ = row.percentiles
        yield (
            f"| {row.case.id} | {row.case.organisation} | {range_.p10:,} | {range_.p50:,} | {range_.p90:,} "
            f"| {row.chance // 10} % | {row.actual:,} | {'yes' if row.case.failed else 'no'} "
            f"| {'yes' if row.says_yes else '**no**'} |"
        )


def main() -> int:
    """Write or check the page; the exit code."""
    text = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.exists() and PAGE.read_text("utf-8") == text
        if not current:
            sys.stderr.write(f"{PAGE.name} is not current: run python benchmarks/back_test.py\n")
        return 0 if current else 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
