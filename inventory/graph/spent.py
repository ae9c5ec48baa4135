"""What a run asked of Graph: requests, resource units, and what became of them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from inventory.graph.calls import Budget, Call


class Spent:
    """Counts of requests by call, by what became of them, and of resource units by budget."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.calls: Counter[str] = Counter()
        self.units: Counter[Budget] = Counter()
        self.throttled = self.refused = self.unanswered = 0

    def count(self, call: Call, status: int) -> None:
        """A request that left; ``status`` 0 for one without an answer."""
        with self._lock:
            self.calls[call.name] += 1
            self.units[call.budget] += call.units
            if status in (429, 503, 509):
                self.throttled += 1
            elif status == 401:
                self.refused += 1
            elif status == 0 or status >= 500:
                self.unanswered += 1

    @property
    def requests(self) -> int:
        return sum(self.calls.values())

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {
                "requests": self.requests,
                "calls": dict(sorted(self.calls.items())),
                "resource_units": {str(budget): units for budget, units in sorted(self.units.items())},
                "throttled": self.throttled,
                "refused": self.refused,
                "unanswered": self.unanswered,
            }


def added(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """What two processes took together, of what :meth:`Spent.as_json` says of each."""
    together: dict[str, Any] = {}
    for name in sorted({**first, **second}):
        one, other = first.get(name), second.get(name)
        if isinstance(one or other, Mapping):
            together[name] = added(one or {}, other or {})
        else:
            together[name] = (one or 0) + (other or 0)
    return together
