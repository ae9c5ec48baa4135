"""Hyperlinks and actions of shapes and text (ECMA-376 Part 1, 21.1.2.3.5; [MS-OI29500] 2.1.1171, ppaction)."""

from __future__ import annotations

import re

from lxml import etree

from converters.drawings.anatomy import click_of
from converters.drawings.context import DrawingContext
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn

_JUMPS = {
    "firstslide": "first-page",
    "lastslide": "last-page",
    "nextslide": "next-page",
    "previousslide": "previous-page",
    "lastslideviewed": "last-visited-page",
    "endshow": "stop",
}
_JUMP = re.compile(r"ppaction://hlinkshowjump\?jump=(\w+)", re.IGNORECASE)
_DOM_EVENTS = "http://www.w3.org/2001/xml-events"
_MACRO = re.compile(r"ppaction://macro\?name=(.+)", re.IGNORECASE)
_WITHOUT_TARGET = ("ppaction://media", "ppaction://noaction", "ppaction://ole")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:")


def _macro_of(shape: etree._Element, click: etree._Element | None) -> str:
    """The macro that a click on a shape runs: its own on a sheet (20.5.2.29), the action's on a slide; or empty."""
    if macro := shape.get("macro", ""):
        return macro
    named = _MACRO.match(click.get("action", "")) if click is not None else None
    return named[1] if named else ""


def write_script(writer: XmlWriter, event: str, address: str) -> None:
    """Write ``office:event-listeners`` with one that runs a macro (ODF 1.3 Part 3, 10.3.19)."""
    attributes: dict[str, str | None] = {
        "xmlns:dom": _DOM_EVENTS,  # no other element of a document has such names
        "script:language": "ooo:script",
        "script:event-name": event,
        "xlink:href": address,
        "xlink:type": "simple",
    }
    with writer.element("office:event-listeners"):
        writer.empty("script:event-listener", attributes)


def resolve_hyperlink(element: etree._Element, context: DrawingContext) -> str | None:
    """The address that ``a:hlinkClick`` leads to, for ``xlink:href``; None, and reported, where ODF has none."""
    action, identifier = element.get("action", ""), element.get(qn("r:id"), "")
    if not identifier:
        if action and not action.startswith(_WITHOUT_TARGET):
            context.log.report("HYPERLINK_DROPPED", context.place, target=action)
        return None
    relationship = context.package.relationships(context.part).get(identifier)
    if relationship is None:
        context.log.report("RELATIONSHIP_DANGLING", context.place, id=identifier)
        return None
    if not relationship.external:
        page = context.pages.get(relationship.target)
        if page is None:
            context.log.report("HYPERLINK_DROPPED", context.place, target=relationship.target)
            return None
        return "#" + page
    if action.startswith(("ppaction://program", "ppaction://macro")):
        context.log.report("HYPERLINK_DROPPED", context.place, target=relationship.target)
        return None
    target = relationship.target.replace("\\", "/")
    if not _SCHEME.match(target) and not target.startswith(("#", "/")):
        target = "../" + target  # ODF resolves relative links against the package itself (Part 2, 3.7)
    return target


def write_click(writer: XmlWriter, shape: etree._Element, context: DrawingContext) -> None:
    """Write ``office:event-listeners`` for a shape's ``a:hlinkClick`` or macro; nothing where there is none."""
    element = click_of(shape)
    macro = _macro_of(shape, element)
    if macro and (address := context.scripts.address(macro)) is not None:
        write_script(writer, "dom:click", address)
        return
    if macro:
        context.log.report("SHAPE_MACRO_DROPPED", context.place, name=macro)
    if element is None or macro:
        return
    jump = _JUMP.match(element.get("action", ""))
    attributes: dict[str, str | None] = {"script:event-name": "dom:click"}
    if jump is not None and jump[1].lower() in _JUMPS:
        attributes["presentation:action"] = _JUMPS[jump[1].lower()]
    else:
        address = resolve_hyperlink(element, context)
        if address is None:
            return
        attributes |= {
            "presentation:action": "show",
            "xlink:href": address,
            "xlink:type": "simple",
            "xlink:show": "embed",
            "xlink:actuate": "onRequest",
        }
    with writer.element("office:event-listeners"):
        writer.empty("presentation:event-listener", attributes)
