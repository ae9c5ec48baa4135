"""A day or moment from which on something is asked for, in the words of people, as UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import click

# words -> days before today, whose first moment is meant
_DAYS = {
    "today": 0, "yesterday": 1, "week": 7, "month": 30,
    "aujourd'hui": 0, "aujourd\N{RIGHT SINGLE QUOTATION MARK}hui": 0, "hier": 1, "semaine": 7, "mois": 30,
}  # fmt: skip
_AGO = re.compile(r"(\d{1,4})\s*([hdj])")  # hours, days, jours


class Since(click.ParamType):
    """``yesterday``, ``3d``, ``12h``, ``2026-03-01`` or a moment in ISO 8601; in the time zone of this machine."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return since_moment(str(value), datetime.now().astimezone())
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no day: yesterday, 3d, 12h, 2026-03-01", param, ctx)


def since_moment(text: str, now: datetime) -> str:
    """UTC in ISO 8601 with microseconds, as the database keeps moments. Raises ValueError, OverflowError."""
    word = text.strip().casefold()
    ago = _AGO.fullmatch(word)
    if word in _DAYS:
        moment = _midnight(now, _DAYS[word])
    elif ago and ago[2] == "h":
        moment = now - timedelta(hours=int(ago[1]))
    elif ago:
        moment = _midnight(now, int(ago[1]))
    else:
        moment = datetime.fromisoformat(text.strip())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=now.tzinfo)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _midnight(now: datetime, days: int) -> datetime:
    return (now - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
