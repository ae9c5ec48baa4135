"""What the first sentence of a report says: how often migrating costs less, for the budget and with working time.

Both chances stand in it. A budget that is better off while its people lose the money's worth of time is no good news
until both are said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

# from these shares of the draws on, a result is called probable; below the second, its contrary
_PROBABLE, _IMPROBABLE = Fraction(2, 3), Fraction(1, 3)
# band of the budget, band with working time -> how far the good news carries
_TONES = {("likely", "likely"): "safe", ("likely", "open"): "likely"}


@dataclass(frozen=True, slots=True)
class Outlook:
    """Bands are ``likely``, ``open`` or ``not``; ``tone`` is ``safe``, ``likely``, ``mixed`` or ``not``."""

    budget: str
    whole: str
    budget_share: Fraction
    whole_share: Fraction

    @property
    def tone(self) -> str:
        if self.budget == "not":
            return "not"
        return _TONES.get((self.budget, self.whole), "mixed")


def build_outlook(budget_share: Fraction, whole_share: Fraction) -> Outlook:
    """Shares of the draws in which what is kept over the horizon, at present value, is above zero."""
    return Outlook(_band(budget_share), _band(whole_share), budget_share, whole_share)


def _band(share: Fraction) -> str:
    if share >= _PROBABLE:
        return "likely"
    return "open" if share >= _IMPROBABLE else "not"
