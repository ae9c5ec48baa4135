"""Sets of SKUs that cover what a user needs: every one that the cheapest assignment can contain.

A set is kept only where no SKU of it can go without a need (others pay for nothing), and only where it costs no more
than the cheapest set without limited SKUs, which is open to everybody. So a handful of sets remain, and choosing
among them is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_


@dataclass(frozen=True, slots=True)
class Offer:
    """``covers`` and ``requires`` have one bit per need; what is required, another SKU of the set must cover.

    ``limited``: a cap or a floor counts its seats. ``suite``: at most one of these stands in a set.
    """

    sku: str
    cents: int
    covers: int
    requires: int
    limited: bool
    suite: bool


def covering_sets(
    needs: int, offers: Iterable[Offer], ceiling: int, floored: frozenset[str] = frozenset()
) -> list[tuple[int, tuple[str, ...]]]:
    """(cents, SKUs in order of name) of the sets that cover the bits of ``needs``, the cheapest first.

    No set costs more than ``ceiling``, which is what is paid today. SKUs of ``floored`` count as nothing there: a
    contract may want these seats paid in any case, so that a dear set with one of them can be the cheapest choice.
    """
    offers = list(offers)
    wanted = _union(needs, (offer.requires for offer in offers))
    useful = _undominated([offer for offer in offers if offer.covers & wanted], wanted, floored)
    by_bit = {
        bit: sorted(
            (offer for offer in useful if offer.covers & bit), key=lambda offer: (offer.cents, offer.sku)
        )
        for bit in _bits(wanted)
    }
    found: dict[tuple[str, ...], tuple[int, int]] = {}  # cents, and those of SKUs without a floor
    open_to_all = ceiling  # cents of the cheapest set without limited SKUs

    def beyond_floors(skus: Iterable[Offer]) -> int:
        return sum(offer.cents for offer in skus if offer.sku not in floored)

    def choose(chosen: tuple[Offer, ...]) -> None:
        nonlocal open_to_all
        if beyond_floors(chosen) > open_to_all:
            return
        missing = _needed(needs, chosen) & ~_union(0, (offer.covers for offer in chosen))
        if not missing:
            if _irredundant(needs, chosen):
                cents = sum(offer.cents for offer in chosen)
                found[tuple(sorted(offer.sku for offer in chosen))] = cents, beyond_floors(chosen)
                if not any(offer.limited for offer in chosen):
                    open_to_all = min(open_to_all, cents)
            return
        rarest = min(_bits(missing), key=lambda bit: len(by_bit[bit]))
        has_suite = any(offer.suite for offer in chosen)
        for offer in by_bit[rarest]:
            if not (offer.suite and has_suite):
                choose((*chosen, offer))

    choose(())
    kept = ((cents, skus) for skus, (cents, beyond) in found.items() if beyond <= open_to_all)
    return sorted(kept, key=lambda pair: (pair[0], len(pair[1]), pair[1]))


def _bits(mask: int) -> list[int]:
    return [1 << index for index in range(mask.bit_length()) if mask >> index & 1]


def _union(first: int, masks: Iterable[int]) -> int:
    return reduce(or_, masks, first)


def _needed(needs: int, chosen: Iterable[Offer]) -> int:
    return _union(needs, (offer.requires for offer in chosen))


def _irredundant(needs: int, chosen: Sequence[Offer]) -> bool:
    """Whether no SKU can go without leaving a need of the user, or of another SKU, uncovered."""
    for offer in chosen:
        others = [other for other in chosen if other is not offer]
        if not _needed(needs, others) & ~_union(0, (other.covers for other in others)):
            return False
    return True


def _undominated(offers: Sequence[Offer], wanted: int, floored: frozenset[str]) -> list[Offer]:
    """The offers without those for which another, unlimited one covers as much for no more money."""

    def dominates(other: Offer, offer: Offer) -> bool:
        if other.limited or (other.suite and not offer.suite) or other.requires & ~offer.requires:
            return False
        if offer.covers & wanted & ~other.covers or other.cents > offer.cents:
            return False
        equal = not other.covers & wanted & ~offer.covers and other.cents == offer.cents
        mutual = not offer.limited and offer.suite == other.suite and offer.requires == other.requires
        return not (equal and mutual) or other.sku < offer.sku

    return [
        offer
        for offer in offers
        if offer.sku in floored or not any(dominates(other, offer) for other in offers if other is not offer)
    ]
