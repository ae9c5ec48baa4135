"""Every figure of a plan as a table: id, label, unit, range, origin. For spreadsheets and for auditors."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from migrate.reports.words import Words

COLUMNS = ("id", "label", "unit", "low", "likely", "high", "p10", "p50", "p90", "since", "source")


def render(plan: Mapping[str, Any], words: Words) -> str:
    """Headings and labels in the language; numbers as data: money with a point and two decimals.

    Where plans were frozen, their totals stand beside.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    frozen = {row["id"]: row for row in (plan.get("baseline") or {"rows": ()})["rows"]}
    beside = ("initial", "approved") if frozen else ()
    writer.writerow([words.t(f"column.{column}") for column in (*COLUMNS, *beside)])
    for figure in plan["figures"]:
        money = figure["unit"] == "cents"
        earlier = [frozen.get(figure["id"], {}).get(column) for column in beside]
        writer.writerow(
            [
                figure["id"],
                words.t(f"label.{figure['label']}"),
                plan["currency"] if money else figure["unit"],
                *(_number(figure[end], money) for end in ("low", "likely", "high")),
                *(_number(figure[end], money) if end in figure else "" for end in ("p10", "p50", "p90")),
                figure.get("since", ""),
                " + ".join(map(_as_text, (*figure["sum_of"], *figure["inputs"]))),
                *("" if value is None else _number(value, money) for value in earlier),
            ]
        )
    return stream.getvalue()


def _number(value: int, money: bool) -> str:
    return str(Decimal(value).scaleb(-2)) if money else str(value)


def _as_text(origin: str) -> str:
    """A file's name must not become a formula in the spreadsheet that opens the table."""
    return f"'{origin}" if origin[:1] in "=+-@" else origin
