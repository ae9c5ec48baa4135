"""What goes wrong, how often, and what of it happened: the emulator refuses by a plan that repeats itself."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

ALL_PERMISSIONS = frozenset(
    {
        "LicenseAssignment.Read.All",
        "User.Read.All",
        "AuditLog.Read.All",
        "Group.ReadBasic.All",
        "Reports.Read.All",
        "ReportSettings.Read.All",
        "SharePointTenantSettings.Read.All",
        "Sites.Read.All",
        "Files.Read.All",
        "Channel.ReadBasic.All",
        "Tasks.Read.All",
    }
)


@dataclass
class Faults:
    """Shares are of requests, 0 to 1. ``throttle_seconds``: how long a throttled tenant refuses everybody."""

    throttle_share: float = 0.0
    throttle_seconds: int = 1
    drop_share: float = 0.0
    slow_share: float = 0.0
    slow_seconds: float = 0.05
    busy_share: float = 0.0  # 503 with an empty body
    empty_page_share: float = 0.0
    token_requests: int = 0  # a token is refused after so many requests; 0: never
    delta_expires_share: float = 0.0  # of drives, once each, in the middle of a listing
    loop_410: frozenset[str] = frozenset()  # drives whose delta never ends
    claims_once: bool = False
    page_expires_once: bool = False
    content_breaks_once: bool = False
    concealed: bool = False
    premium: bool = True
    premium_fails: int = 0  # so many times a licensed tenant is told that it has no licence
    reports_exist: bool = True
    foreign_next_link: str = ""
    permissions: frozenset[str] = ALL_PERMISSIONS
    seed: int = 1


@dataclass
class Seen:
    """What the emulator saw. ``served`` counts answers by what was asked, each part of a batch alone. ``cut`` maps what was
    answered last on a connection that ended to that connection, and ``cut_requests`` are those of them whose answer was
    asked for again."""

    served: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    paths: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    refused_tokens: int = 0
    dropped: int = 0
    busy: int = 0
    expired_deltas: int = 0
    cut_repeats: int = 0
    repeats: int = 0
    cut: dict[str, int] = field(default_factory=dict)
    cut_requests: set[int] = field(default_factory=set)
    connections: int = 0
    units: int = 0
    tokens: int = 0
    claims: list[str] = field(default_factory=list)
    leaked_tokens: int = 0
    requests: int = 0


class Fate:
    """Decides about each request. A throttled tenant refuses everybody for a while, as the service does."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.seen = Seen()
        self.lock = threading.Lock()
        self._chance = random.Random(faults.seed)
        self._closed_until = 0.0

    def throttle_left(self) -> int:
        """Seconds that this request has to wait; 0 where it is served."""
        with self.lock:
            self.seen.requests += 1
            now = time.monotonic()
            if now >= self._closed_until:
                few = self.seen.throttled < self.faults.throttle_share * self.seen.requests
                if not few or self._chance.random() > 0.2:
                    return 0
                self._closed_until = now + self.faults.throttle_seconds
            self.seen.throttled += 1
            return max(1, round(self._closed_until - now + 0.499))

    def happens(self, share: float) -> bool:
        with self.lock:
            return share > 0 and self._chance.random() < share

    def forget(self, beginning: str) -> None:
        """What was served has to be asked for again, since the service itself took it back."""
        with self.lock:
            for key in [key for key in self.seen.served if key.startswith(beginning)]:
                del self.seen.served[key]

    def serve(self, key: str) -> None:
        with self.lock:
            self.seen.served[key] += 1
            if self.seen.served[key] > 1:
                self.seen.repeats += 1
                connection = self.seen.cut.pop(key, None)
                if connection is not None:
                    self.seen.cut_repeats += 1
                    self.seen.cut_requests.add(connection)
