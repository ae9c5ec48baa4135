"""Embedded objects of other applications: their bytes stay in the package, beside the picture that was shown of them.

Sources: ECMA-376 Part 1, 15.2.10 and 15.2.11 (embedded packages and objects); ODF 1.3 Part 3, 10.4.6.3 (draw:object-ole).
"""

from __future__ import annotations

from dataclasses import dataclass

from converters.drawings.pictures import identify_picture
from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.package import Package

MEDIA_TYPE = "application/vnd.sun.star.oleobject"
_LINK = {"xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}


@dataclass(frozen=True, slots=True)
class EmbeddedObject:
    """Addresses for ``xlink:href``; ``preview`` is None where there is no picture that can be shown."""

    href: str
    preview: str | None
    preview_type: str = ""


def carry_object(
    document: OdfDocument,
    package: Package,
    part: str,
    identifier: str | None,
    preview_identifier: str | None,
    program: str,
    log: LossLog,
    place: Place,
    *,
    preview_part: str | None = None,
) -> EmbeddedObject | None:
    """Bring the object that a relationship of ``part`` names into the package, with its preview.

    ``preview_part`` is the part that leads to the preview where it is another.

    None, and EMBEDDED_OBJECT_DROPPED, for what is linked or not there.
    """
    data = _read(package, part, identifier)
    if data is None:
        log.report("EMBEDDED_OBJECT_DROPPED", place, program=program)
        return None
    name = document.package.new_object_folder().rstrip("/")
    document.package.add(name, data, MEDIA_TYPE)
    picture = _read(package, preview_part or part, preview_identifier)
    kind = identify_picture(picture) if picture is not None else None
    if picture is None or kind is None:
        log.report("PICTURE_MISSING", place)
        return EmbeddedObject(f"./{name}", None)
    document.package.add(f"ObjectReplacements/{name}", picture, kind[1])
    return EmbeddedObject(f"./{name}", f"./ObjectReplacements/{name}", kind[1])


def _read(package: Package, part: str, identifier: str | None) -> bytes | None:
    relationship = package.relationships(part).get(identifier or "")
    if relationship is None or relationship.external:
        return None
    try:
        return package.read(relationship.target)
    except Refused:
        return None


def write_object(writer: XmlWriter, embedded: EmbeddedObject) -> None:
    """Write the object and its preview, for the ``draw:frame`` around them."""
    writer.empty("draw:object-ole", {"xlink:href": embedded.href, **_LINK})
    if embedded.preview is not None:
        writer.empty(
            "draw:image",
            {"xlink:href": embedded.preview, **_LINK, "draw:mime-type": embedded.preview_type},
        )
