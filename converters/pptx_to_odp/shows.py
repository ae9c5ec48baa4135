"""How a presentation is shown: endlessly, by itself, which slides; as ``presentation:settings``.

Sources: ECMA-376 Part 1, 19.2.1.30 (showPr), 19.2.1.7 (custShow); ODF 1.3 Part 3, 10.9.2 and 10.9.3 (presentation:settings,
presentation:show).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.losses import DOCUMENT, LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.pptx_to_odp.presentation import Layer, Presentation
from converters.support import Support
from converters.units import read_int, read_on_off


@dataclass(frozen=True, slots=True)
class Show:
    """Slides shown in an order of their own. ``parts`` may hold a slide twice."""

    identifier: str
    name: str
    parts: tuple[str, ...]


def read_custom_shows(presentation: Presentation, package: Package, log: LossLog) -> list[Show]:
    """The custom shows of a presentation; slides of them that are not there are reported."""
    listed = presentation.root.find(qn("p:custShowLst"))
    relationships = package.relationships(presentation.part)
    known = {part for _, part in presentation.slide_parts()}
    shows = []
    for element in listed if listed is not None else ():
        if element.tag != qn("p:custShow"):
            continue
        parts = []
        for slide in element.iterfind(f"{qn('p:sldLst')}/{qn('p:sld')}"):
            relationship = relationships.get(slide.get(qn("r:id"), ""))
            if relationship is not None and relationship.target in known:
                parts.append(relationship.target)
            else:
                log.report("RELATIONSHIP_DANGLING", DOCUMENT, id=slide.get(qn("r:id"), ""))
        shows.append(Show(element.get("id", ""), element.get("name", ""), tuple(parts)))
    return shows


def write_settings(
    writer: XmlWriter, presentation: Presentation, package: Package, slides: Sequence[Layer],
    names: Mapping[str, str], log: LossLog,
) -> None:  # fmt: skip
    """Write ``presentation:settings``, after the slides; nothing for a presentation that is shown as usual."""
    shows = read_custom_shows(presentation, package, log)
    attributes: dict[str, str | None] = {}
    properties = _show_properties(presentation, package, log)
    if properties is not None:
        attributes = _attributes(properties)
        chosen, range_of_slides = _chosen(properties, shows, slides, log)
        if range_of_slides is not None:
            shows.append(range_of_slides)
        attributes["presentation:show"] = chosen
    if not shows and not any(attributes.values()):
        return
    with writer.element("presentation:settings", attributes):
        for show in shows:
            pages = ",".join(names[part] for part in show.parts if part in names)
            writer.empty("presentation:show", {"presentation:name": show.name, "presentation:pages": pages})


def _show_properties(presentation: Presentation, package: Package, log: LossLog) -> etree._Element | None:
    part = package.related_part(presentation.part, "presProps")
    if part is None:
        return None
    try:
        return package.read_xml(part).find(qn("p:showPr"))
    except Refused as error:
        log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))
        return None


def _attributes(properties: etree._Element) -> dict[str, str | None]:
    def off(name: str) -> bool:
        return not read_on_off(properties.get(name))

    kiosk = properties.find(qn("p:kiosk")) is not None
    return {
        "presentation:endless": "true" if kiosk or read_on_off(properties.get("loop"), False) else None,
        "presentation:force-manual": "true" if off("useTimings") else None,
        "presentation:animations": "disabled" if off("showAnimation") else None,
        "presentation:full-screen": "false" if properties.find(qn("p:browse")) is not None else None,
        "presentation:transition-on-click": "disabled" if kiosk else None,
    }


def _chosen(
    properties: etree._Element, shows: Sequence[Show], slides: Sequence[Layer], log: LossLog
) -> tuple[str | None, Show | None]:
    """(name of the show that is shown instead of all slides, that show where the source only counts its slides)."""
    for element in properties:
        SHOW_PROPERTIES.report(element.tag, log, DOCUMENT)
        if element.tag == qn("p:custShow"):
            identifier = element.get("id", "")
            return next((show.name for show in shows if show.identifier == identifier), None), None
        if element.tag == qn("p:sldRg"):
            first, last = (read_int(element.get(name), 0) or 0 for name in ("st", "end"))
            parts = tuple(slide.part for slide in slides if first <= slide.number <= last)
            name = f"{first}-{last}"
            return (name, Show("", name, parts)) if parts else (None, None)
    return None, None


SHOW_PROPERTIES = Support(
    context="show properties",
    handlers=dict.fromkeys(("p:kiosk", "p:browse", "p:custShow", "p:sldRg"), write_settings),
    ignored={
        "p:present": "shown by a speaker, as every presentation is",
        "p:sldAll": "shows all slides, as every presentation does",
        "p:penClr": "the colour of the pen while a show runs, which the application has of its own",
        "p:extLst": "extensions repeat what older readers see",
    },
)
