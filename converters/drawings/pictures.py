"""Picture parts: what they are by content, and their place in the ODF package."""

from __future__ import annotations

from dataclasses import dataclass

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.ooxml.package import Package

# (first bytes, offset) -> extension, media type. SVG is text and told apart below.
_SIGNATURES: tuple[tuple[bytes, int, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", 0, "png", "image/png"),
    (b"\xff\xd8\xff", 0, "jpg", "image/jpeg"),
    (b"GIF8", 0, "gif", "image/gif"),
    (b"BM", 0, "bmp", "image/bmp"),
    (b"II*\x00", 0, "tif", "image/tiff"),
    (b"MM\x00*", 0, "tif", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", 0, "wmf", "image/x-wmf"),
    (b"\x01\x00\x09\x00", 0, "wmf", "image/x-wmf"),
    (b"\x02\x00\x09\x00", 0, "wmf", "image/x-wmf"),
    (b" EMF", 40, "emf", "image/x-emf"),
    (b"WEBP", 8, "webp", "image/webp"),
    (b"%PDF", 0, "pdf", "application/pdf"),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the ODF package: ``href`` for ``xlink:href``."""

    href: str
    media_type: str


def identify_picture(data: bytes) -> tuple[str, str] | None:
    """(extension, media type) by content; None for what is no picture that LibreOffice reads."""
    for mark, offset, extension, media_type in _SIGNATURES:
        if data[offset : offset + len(mark)] == mark:
            return extension, media_type
    head = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith((b"<svg", b"<?xml")) and b"<svg" in data[:4096]:
        return "svg", "image/svg+xml"
    return None


def carry_picture(
    document: OdfDocument,
    package: Package,
    part: str,
    relationship_id: str | None,
    log: LossLog,
    place: Place,
) -> Picture | None:
    """Bring the picture that a relationship of ``part`` names into the ODF package.

    Linked pictures are never fetched: PICTURE_LINKED. Missing, damaged or unknown ones are reported; the answer is
    then None.
    """
    relationship = package.relationships(part).get(relationship_id or "")
    if relationship is None:
        log.report("PICTURE_MISSING", place)
        return None
    if relationship.external:
        log.report("PICTURE_LINKED", place, target=relationship.target)
        return None
    try:
        data = package.read(relationship.target)
    except Refused:
        log.report("PICTURE_MISSING", place)
        return None
    kind = identify_picture(data)
    if kind is None:
        log.report("PICTURE_FORMAT", place, content_type=package.content_type(relationship.target))
        return None
    return Picture(document.add_picture(data, *kind), kind[1])
