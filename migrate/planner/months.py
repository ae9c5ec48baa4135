"""Calendar months as integers, and the dates at which a contract lets go of a seat."""

from __future__ import annotations

import calendar
from datetime import date


def month_of(day: date) -> int:
    """Months since year 0: comparable, and one more is the next month."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def first_whole_month(day: date) -> int:
    """The first month that lies wholly on or after ``day``: a part of a month saves nothing."""
    return month_of(day) + (day.day > 1)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    first = first_day(month_of(day) + months)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def next_renewal(renewal: date, term_months: int, not_before: date) -> date:
    """The first renewal on or after ``not_before`` of a contract that renews every ``term_months``.

    Counted from the first date each time, so that the 31st does not drift to the 28th.
    """
    terms = max(0, (month_of(not_before) - month_of(renewal)) // term_months)
    while months_later(renewal, terms * term_months) < not_before:
        terms += 1
    return months_later(renewal, terms * term_months)
