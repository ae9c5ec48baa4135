"""Parts of a presentation that its content owns and that are not carried, by the kind of relationship to them.

What a package holds beside its content (macros, custom XML, fonts, signatures, unknown kinds) is reported for all
families in one place, :mod:`converters.parts`.
"""

from __future__ import annotations

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.package import Package, Relationship
from converters.pptx_to_odp.presentation import Presentation

# kind of relationship -> code of the loss
PARTS: dict[str, str] = {
    "model3d": "DRAWING_DROPPED",
    "ink": "INK_DROPPED",
    "handoutMaster": "HANDOUT_MASTER_DROPPED",
}
_NAMING_THEIR_KIND = frozenset(("DRAWING_DROPPED",))


def report_parts(package: Package, presentation: Presentation, log: LossLog) -> None:
    """Report each part of :data:`PARTS` once, at the slide that leads to it."""
    seen: set[str] = set()
    sources = [(presentation.part, 0), *((part, number) for number, part in presentation.slide_parts())]
    for source, number in sources:
        for relationship in _relationships(package, source, log):
            if relationship.kind in PARTS and relationship.target not in seen:
                seen.add(relationship.target)
                code = PARTS[relationship.kind]
                place = Place("part", part=source)
                if number:
                    place = Place("slide", number, str(number), part=source)
                if code in _NAMING_THEIR_KIND:
                    log.report(code, place, kind=relationship.kind)
                else:
                    log.report(code, place)


def _relationships(package: Package, part: str, log: LossLog) -> list[Relationship]:
    try:
        return list(package.relationships(part).values())
    except Refused as error:
        log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
        return []
