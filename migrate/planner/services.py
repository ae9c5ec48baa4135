"""Services: what a licence gives its user, as families with ordered tiers, whatever the product is called.

Microsoft sells SKUs, and a SKU contains service plans (``EXCHANGE_S_ENTERPRISE``). Plan names never compare: a
cheaper SKU has another plan, not a smaller one. Hence ``data/plans.csv`` says for every plan which service it is and
at which tier, and ``data/services.csv`` in which order the tiers stand. A service whose plans do not replace each
other has *parts* (security of mail, of devices); each part is kept or given up by itself.

A plan that stands in no table is unknown: it is shown by its name and never counted as a service that can go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

Part = tuple[str, str]  # a service and its part; most services have one part, ""
Levels = Mapping[Part, int]  # the position of the tier, from 1; what is missing is not there at all

_NOTHING: Levels = {}

OFFICE = "desktop_office"
OTHER = "other"  # plans that serve the others and are no reason to keep a product


@dataclass(frozen=True, slots=True)
class Service:
    """``tiers`` ascend. ``usual_tier`` is what a department keeps that says no more than "without Office".

    A ``decision`` is a service that protects: nothing but a decision of the department gives it up.
    """

    code: str
    tiers: tuple[str, ...]
    usual_tier: str
    decision: bool
    as_of: date
    source: str

    def level(self, tier: str) -> int:
        """The position of a tier from 1; 0 for no tier. Raises ValueError for one that the service does not have."""
        return self.tiers.index(tier) + 1 if tier else 0


@dataclass(frozen=True, slots=True)
class PlanTier:
    plan: str
    service: str
    part: str
    level: int
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Sku:
    """A row of Microsoft's table: part number (``ENTERPRISEPACK``), GUID, name and the names of its service plans."""

    sku: str
    guid: str
    name: str
    plans: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    services: Mapping[str, Service]
    plan_tiers: Mapping[str, tuple[PlanTier, ...]]
    skus: Mapping[str, Sku]

    def levels(self, sku: str) -> Levels:
        """What a SKU gives; empty for a SKU that nobody knows or that has no known service."""
        return self._levels_of_skus.get(sku, _NOTHING)

    @cached_property
    def _levels_of_skus(self) -> Mapping[str, Levels]:
        return {
            sku: joined(self._levels_of_plan(plan) for plan in row.plans) for sku, row in self.skus.items()
        }

    def _levels_of_plan(self, plan: str) -> Levels:
        rows = self.plan_tiers.get(plan, ())
        return {(row.service, row.part): row.level for row in rows if row.service != OTHER}

    def unknown_plans(self, sku: str) -> tuple[str, ...]:
        """Plans of a SKU without a row in the table of plans, by their names."""
        return tuple(
            plan for plan in (self.skus[sku].plans if sku in self.skus else ()) if plan not in self.plan_tiers
        )

    def needs(self, held: Levels, kept: Mapping[str, str]) -> dict[Part, int]:
        """What is still needed of what is held: each part up to the tier at which its service is kept.

        ``kept`` is service -> tier; a service that is missing there is not kept. Nobody needs more than they hold,
        and a part that has no tier as low as the kept one is not kept.
        """
        found: dict[Part, int] = {}
        for part, level in held.items():
            service = self.services[part[0]]
            wanted = min(level, service.level(kept.get(service.code, "")))
            reachable = [known for known in self._levels_of_parts[part] if known <= wanted]
            if reachable:
                found[part] = max(reachable)
        return found

    @cached_property
    def _levels_of_parts(self) -> Mapping[Part, frozenset[int]]:
        levels: dict[Part, set[int]] = {}
        for rows in self.plan_tiers.values():
            for row in rows:
                levels.setdefault((row.service, row.part), set()).add(row.level)
        return {part: frozenset(found) for part, found in levels.items()}

    def usual(self, moved: Iterable[str] = (OFFICE,)) -> dict[str, str]:
        """Service -> tier for a department that leaves the services ``moved`` and otherwise works on as usual."""
        gone = set(moved)
        return {
            service.code: service.usual_tier
            for service in self.services.values()
            if service.usual_tier and service.code not in gone
        }

    def as_held(self, moved: Iterable[str] = ()) -> dict[str, str]:
        """Service -> highest tier: whatever is held stays, but for the services ``moved``."""
        gone = set(moved)
        return {
            service.code: service.tiers[-1] for service in self.services.values() if service.code not in gone
        }


def joined(levels: Iterable[Levels]) -> dict[Part, int]:
    """What several SKUs give together."""
    found: dict[Part, int] = {}
    for own in levels:
        for part, level in own.items():
            found[part] = max(found.get(part, 0), level)
    return found


def given_up(before: Levels, after: Levels) -> dict[Part, tuple[int, int]]:
    """Part -> (tier before, tier after) of what is less than before; 0 stands for nothing."""
    return {
        part: (level, after.get(part, 0))
        for part, level in sorted(before.items())
        if after.get(part, 0) < level
    }
