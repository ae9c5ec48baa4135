"""Namespaces of ODF 1.3 (Part 3, 1.4) and of LibreOffice's extensions; prefixes are the usual ones."""

from __future__ import annotations

from functools import cache

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"

NAMESPACES: dict[str, str] = {
    "office": _OASIS + "office:1.0",
    "style": _OASIS + "style:1.0",
    "text": _OASIS + "text:1.0",
    "table": _OASIS + "table:1.0",
    "draw": _OASIS + "drawing:1.0",
    "fo": _OASIS + "xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": _OASIS + "meta:1.0",
    "number": _OASIS + "datastyle:1.0",
    "svg": _OASIS + "svg-compatible:1.0",
    "chart": _OASIS + "chart:1.0",
    "dr3d": _OASIS + "dr3d:1.0",
    "math": "http://www.w3.org/1998/Math/MathML",
    "form": _OASIS + "form:1.0",
    "script": _OASIS + "script:1.0",
    "config": _OASIS + "config:1.0",
    "presentation": _OASIS + "presentation:1.0",
    "anim": _OASIS + "animation:1.0",
    "smil": _OASIS + "smil-compatible:1.0",
    "of": _OASIS + "of:1.2",
    "manifest": _OASIS + "manifest:1.0",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "grddl": "http://www.w3.org/2003/g/data-view#",
    "ooo": "http://openoffice.org/2004/office",
    "ooow": "http://openoffice.org/2004/writer",
    "oooc": "http://openoffice.org/2004/calc",
    "xforms": "http://www.w3.org/2002/xforms",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "css3t": "http://www.w3.org/TR/css3-text/",
    "drawooo": "http://openoffice.org/2010/draw",
    "tableooo": "http://openoffice.org/2009/table",
    "officeooo": "http://openoffice.org/2009/office",
}
VERSION = "1.3"

# what content.xml, styles.xml and the flat form declare on their root
DOCUMENT_PREFIXES = tuple(prefix for prefix in NAMESPACES if prefix not in ("manifest", "of"))


@cache
def declarations(prefixes: tuple[str, ...]) -> dict[str, str]:
    """``xmlns:`` attributes for a root element. ``of`` is declared always: formulas name it in attribute values."""
    return {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in (*prefixes, "of")}


@cache
def qn(name: str) -> str:
    """``qn("text:p")`` is the Clark name, for reading. Raises KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
