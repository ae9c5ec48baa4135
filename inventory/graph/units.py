"""SharePoint's limits by the size of a tenant, and how long a number of resource units takes under them.

Microsoft states them per application and tenant: units a minute and units a day, by the number of licences.
"""

from __future__ import annotations

from dataclasses import dataclass

# (licences up to, units a minute, units a day), SharePoint "Avoid getting throttled or blocked", as told in 2026
_LIMITS: tuple[tuple[int, int, int], ...] = (
    (1_000, 1_250, 1_200_000),
    (5_000, 2_500, 2_400_000),
    (15_000, 3_750, 3_600_000),
    (50_000, 5_000, 4_800_000),
)
_LARGEST = (6_250, 6_000_000)


@dataclass(frozen=True, slots=True)
class Limit:
    units_a_minute: int
    units_a_day: int

    def days(self, units: int) -> float:
        """How long so many units take; the day's limit is always tighter than the minute's."""
        return units / self.units_a_day

    def minutes(self, units: int) -> float:
        return units / self.units_a_minute


def limit_of(licences: int) -> Limit:
    """The limit of a tenant with so many licences."""
    for up_to, minute, day in _LIMITS:
        if licences <= up_to:
            return Limit(minute, day)
    return Limit(*_LARGEST)
