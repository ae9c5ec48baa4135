"""Losses that can be foreseen: every element of the family's parts, held against the tables it converts by.

The same SUPPORT tables drive the conversion, so that prediction and conversion cannot drift apart. A tag that some
table handles or ignores is expected to survive; context is the conversion's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from converters.errors import Refused
from converters.families import family_for
from converters.identify import Identity
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import prefixed, qn
from converters.ooxml.package import Package
from converters.ooxml.xml import iter_tags
from converters.support import Support

# Markup compatibility is resolved before any table is asked.
_RESOLVED = frozenset(map(qn, ("mc:AlternateContent", "mc:Choice", "mc:Fallback")))


def _tables(support: Iterable[Support]) -> tuple[set[str], dict[str, str]]:
    """(tags that are handled or ignored somewhere, tag -> code of the loss elsewhere)."""
    covered: set[str] = set()
    lost: dict[str, str] = {}
    for table in support:
        covered.update(map(qn, table.handlers), map(qn, table.ignored))
        lost.update({qn(tag): code for tag, code in table.unsupported.items()})
    return covered, lost


def expect_losses(package: Package, identity: Identity, log: LossLog) -> None:
    """Record what the native converter would lose of this document; nothing where there is no converter."""
    family = family_for(identity.kind)
    if family is None:
        return
    covered, lost = _tables(family.SUPPORT)
    for part, container in family.skimmed_parts(package):
        if part not in package:
            continue
        try:
            counts = _count_tags(package, part)
        except Refused as refusal:
            log.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))
            continue
        for tag, count in counts.items():
            if tag in covered or tag in _RESOLVED:
                continue
            place = Place("part", container=container, part=part)
            log.report(lost.get(tag, "UNKNOWN_ELEMENT"), place, count, element=prefixed(tag))


def _count_tags(package: Package, part: str) -> Counter[str]:
    with package.open(part) as stream:
        return Counter(iter_tags(stream, part))
