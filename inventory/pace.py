"""How fast and when a scan may work: a rate of items, and hours of the day."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as TimeOfDay

_WINDOW = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST_SLEEP_SECONDS = 60.0  # so that a clock that is set is noticed


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of the local day in which work goes on; over midnight where the end is before the start."""

    start: TimeOfDay
    end: TimeOfDay

    @classmethod
    def parse(cls, text: str) -> Window:
        """``20:00-06:00``. Raises ValueError."""
        found = _WINDOW.fullmatch(text.strip())
        if not found:
            raise ValueError("20:00-06:00")
        hours = [int(number) for number in found.groups()]
        return cls(TimeOfDay(hours[0], hours[1]), TimeOfDay(hours[2], hours[3]))

    def seconds_until_open(self, now: datetime) -> float:
        """0 inside of the window; a window that ends when it starts is the whole day."""
        moment = now.time()
        inside = (
            self.start <= moment < self.end
            if self.start < self.end
            else moment >= self.start or moment < self.end
        )
        if inside:
            return 0.0
        opening = now.replace(hour=self.start.hour, minute=self.start.minute, second=0, microsecond=0)
        if opening < now:
            opening += timedelta(days=1)
        return (opening - now).total_seconds()


class Pace:
    """Waits where work has to wait. ``items_a_second`` 0 and ``window`` None: never."""

    def __init__(
        self,
        items_a_second: int = 0,
        window: Window | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = datetime.now,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate = items_a_second
        self._window = window
        self._monotonic, self._now, self._sleep = monotonic, now, sleep
        self._next = monotonic()

    def wait(self, items: int) -> None:
        """Return when the work after ``items`` more items may start. A pause earns no credit for a burst."""
        while self._window and (seconds := self._window.seconds_until_open(self._now())):
            self._sleep(min(seconds, _LONGEST_SLEEP_SECONDS))
        if self._rate:
            moment = self._monotonic()
            self._next = max(self._next, moment) + items / self._rate
            if self._next > moment:
                self._sleep(self._next - moment)
