"""Hyperlinks and actions of shapes and text (ECMA-376 Part 1, 21.1.2.3.5; [MS-OI29500] 2.1.1171, ppaction)."""

from __future__ import annotations

import re

from lxml import etree

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
_WITHOUT_TARGET = ("ppaction://media", "ppaction://noaction", "ppaction://ole")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:")


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


def write_click(writer: XmlWriter, element: etree._Element | None, context: DrawingContext) -> None:
    """Write ``office:event-listeners`` for a shape's ``a:hlinkClick``; nothing where there is none."""
    if element is None:
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
