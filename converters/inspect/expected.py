"""Losses that can be foreseen: every element of the family's parts, held against the tables it converts by.

The same SUPPORT tables drive the conversion, so that prediction and conversion cannot drift apart. A tag that some
table handles or ignores is expected to survive; context is the conversion's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from converters.errors import Refused
from converters.families import family_for
from converters.identify import Identity
from converters.kinds import PRESENTATION, TEXT
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.xml import iter_tags
from converters.support import LOST_ANYWHERE, Support, report_element

# parts beside those a family skims that hold elements of its tables: relationship kinds of the main part
_FURTHER = {TEXT: ("settings", "numbering"), PRESENTATION: ("presProps",)}


@dataclass(frozen=True, slots=True)
class _Tables:
    """All SUPPORT tables of a family as one: a tag that is handled anywhere is entered, whatever other tables say."""

    handled: frozenset[str]
    ignored: frozenset[str]
    unsupported: Mapping[str, str]

    @classmethod
    def of(cls, support: Iterable[Support]) -> _Tables:
        handled: set[str] = set()
        ignored: set[str] = set()
        unsupported = {qn(tag): code for tag, code in LOST_ANYWHERE.items()}
        for table in support:
            handled.update(map(qn, table.handlers))
            ignored.update(map(qn, table.ignored))
            unsupported.update({qn(tag): code for tag, code in table.unsupported.items()})
        return cls(frozenset(handled), frozenset(ignored), unsupported)

    def loss_code(self, tag: str) -> str | None:
        if tag in self.handled or tag in self.ignored:
            return None
        return self.unsupported.get(tag, "UNKNOWN_ELEMENT")

    def enters(self, tag: str) -> bool:
        """Whether what stands within matters: an element that is lost goes with all it holds."""
        return tag in self.handled or tag in self.ignored


def expect_losses(package: Package, identity: Identity, log: LossLog) -> None:
    """Record what the native converter would lose of this document; nothing where there is no converter."""
    family = family_for(identity.kind)
    if family is None:
        return
    tables = _Tables.of(family.SUPPORT)
    skimmed = [(part, container, True) for part, container in family.skimmed_parts(package)]
    skimmed += [(part, "", False) for part in _further_parts(package, identity.family)]
    damaged = {place.part for loss in log.losses() if loss.code == "PART_DAMAGED" for place in loss.examples}
    for part, container, whole in skimmed:
        if part not in package or part in damaged:
            continue
        place = Place("part", container=container, part=part)
        try:
            counts = _count_tags(package, part, tables, whole=whole)
        except Refused as refusal:
            log.report("PART_DAMAGED", place, detail=str(refusal))
            continue
        for tag, count in counts.items():
            code = tables.loss_code(tag)
            if code is not None:
                report_element(code, tag, log, place, count)


def _further_parts(package: Package, family: str) -> list[str]:
    main = package.main_part
    return [found.target for kind in _FURTHER.get(family, ()) for found in package.related(main, kind)]


def _count_tags(package: Package, part: str, tables: _Tables, *, whole: bool) -> Counter[str]:
    """How often each tag occurs that the tables are about; the root is the part itself, and always entered.

    What stands within an element that is ignored, and what a part holds that is not ``whole`` the tables' own, is
    read by other means than the tables: there only losses that a table names count, and nothing is unknown.
    """
    counts: Counter[str] = Counter()
    ignored_from: int | None = None if whole else 0  # depth below which nothing is unknown
    root: list[str] = []

    def enter(tag: str) -> bool:
        if not root:
            root.append(tag)
            return True
        return tables.enters(tag) or (not whole and tag not in tables.unsupported)

    with package.open(part) as stream:
        for tag, depth in iter_tags(stream, part, enter=enter):
            if whole and ignored_from is not None and depth <= ignored_from:
                ignored_from = None
            if depth and (ignored_from is None or tag in tables.unsupported):
                counts[tag] += 1
            if ignored_from is None and depth and tag in tables.ignored and tag not in tables.handled:
                ignored_from = depth
    return counts
