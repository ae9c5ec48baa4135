"""How far this machine's clock is from the service's, by the ``Date`` of its answers.

Tokens are signed, and taken for expired, by the local time: five minutes off is enough that nobody can sign in.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

TOLERATED_SECONDS = 120.0


class Clock:
    """``skew_seconds`` is positive where the local clock is ahead; None before the first answer."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.skew_seconds: float | None = None

    def note(self, headers: Mapping[str, str]) -> None:
        """Learn from an answer; the smallest skew counts, since answers take their time."""
        try:
            moment = parsedate_to_datetime(headers.get("Date") or headers.get("date") or "").timestamp()
        except (TypeError, ValueError):
            return
        skew = self._now() - moment
        if self.skew_seconds is None or abs(skew) < abs(self.skew_seconds):
            self.skew_seconds = skew

    @property
    def is_wrong(self) -> bool:
        return self.skew_seconds is not None and abs(self.skew_seconds) > TOLERATED_SECONDS
