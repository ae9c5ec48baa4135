"""The gate of a tenant: one throttled answer stops every worker, since the limit is the tenant's and not a request's.

Waiting is by ``Retry-After``; ``RateLimit-Remaining`` spreads what is left over the seconds until it is renewed
(headers that SharePoint sends from four fifths of its limit on), and a rate of resource units keeps below the limit of
the tenant's size in the first place.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

_ENOUGH = 0.2  # of a budget: as long as more is left, nothing is spread


class StoppedError(Exception):
    """The work was stopped while it waited."""


class Gate:
    """``units_a_minute``: own rate, 0 for none. Whoever sets ``closing`` is told the seconds of
    each pause."""

    def __init__(
        self,
        units_a_minute: int = 0,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self.closing: Callable[[float], None] | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._opens = 0.0
        self._next = 0.0
        self._spacing_until, self._spacing = 0.0, 0.0
        self.units_a_minute = units_a_minute
        self.waited_seconds = 0.0
        self.closed_times = 0

    def enter(self, units: int) -> None:
        """Return when a request of so many units may leave. Raises StoppedError."""
        while True:
            with self._lock:
                moment = self._monotonic()
                seconds = self._opens - moment
                if seconds <= 0:
                    slot = max(self._next, moment)
                    self._next = slot + self._seconds_for(units, moment)
                    seconds = slot - moment
                    if seconds <= 0:
                        return self._leave()
                    entered = True
                else:
                    entered = False
                self.waited_seconds += seconds
            if self._stopped.wait(seconds):
                raise StoppedError
            if entered and self._opens <= self._monotonic():
                return self._leave()

    def _leave(self) -> None:
        if self._stopped.is_set():
            raise StoppedError

    def _seconds_for(self, units: int, moment: float) -> float:
        seconds = 60.0 * units / self.units_a_minute if self.units_a_minute else 0.0
        return max(seconds, self._spacing * units) if moment < self._spacing_until else seconds

    def close(self, seconds: float) -> None:
        """Nothing leaves for so long."""
        with self._lock:
            moment = self._monotonic()
            longer = moment + seconds > self._opens
            if longer:
                self.closed_times += moment >= self._opens  # one pause, however many answers lengthen it
                self._opens = moment + seconds
        if longer and self.closing is not None:
            self.closing(seconds)

    def heed(self, headers: Mapping[str, str]) -> None:
        """Spread what is left, where an answer tells that little is."""
        limit, remaining, reset = (
            _number(headers.get(f"ratelimit-{name}")) for name in ("limit", "remaining", "reset")
        )
        if limit is None or remaining is None or reset is None or remaining > limit * _ENOUGH:
            return
        if remaining <= 0:
            self.close(reset)
            return
        with self._lock:
            self._spacing = reset / remaining
            self._spacing_until = self._monotonic() + reset

    def wait(self, seconds: float) -> None:
        """Wait alone, without closing. Raises StoppedError."""
        if self._stopped.wait(seconds):
            raise StoppedError

    def stop(self) -> None:
        """Whoever waits or comes raises StoppedError."""
        self._stopped.set()


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
