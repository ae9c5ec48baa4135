"""Half months as integers: 2 for each month, the second half begins on the 16th."""

from __future__ import annotations

from datetime import date, timedelta

from migrate.planner.months import first_day, month_of

PERIODS_A_MONTH = 2
_SECOND_HALF = 16


def period_of(day: date) -> int:
    """Half months since year 0: comparable, and one more is the next half month."""
    return month_of(day) * PERIODS_A_MONTH + (day.day >= _SECOND_HALF)


def first_day_of(period: int) -> date:
    first = first_day(period // PERIODS_A_MONTH)
    return first.replace(day=_SECOND_HALF) if period % PERIODS_A_MONTH else first


def last_day_of(period: int) -> date:
    return first_day_of(period + 1) - timedelta(days=1)
