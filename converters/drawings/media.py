"""Sounds and videos: their bytes stay in the package, a picture shows where they are.

Sources: ECMA-376 Part 1, 20.1.3 (audioFile, videoFile ...), 19.3.1.29; [MS-PPTX] 2.3.1 (p14:media); ODF 1.3 Part 3, 10.4.8
(draw:plugin). The type of the frame's content is the one by which LibreOffice knows a player; the manifest has the true one.
"""

from __future__ import annotations

import posixpath

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.errors import Refused
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn

FOLDER = "Media/"
_USUAL_FOLDER = "ppt/media/"  # parts elsewhere keep their folder's name, so that names stay apart
_PLAYER = "application/vnd.sun.star.media"
_LINKED = tuple(map(qn, ("a:videoFile", "a:audioFile", "a:quickTimeFile")))
# extension -> media type, where the package names none
_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".wmv": "video/x-ms-wmv",
    ".avi": "video/x-msvideo",
    ".mpg": "video/mpeg",
    ".mpeg": "video/mpeg",
    ".wav": "audio/x-wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wma": "audio/x-ms-wma",
    ".mid": "audio/midi",
}


def media_identifier(shape: etree._Element) -> str | None:
    """The relationship from a picture to what it plays; None for a picture alone.

    The embedded file of newer applications stands in an extension, beside the link that older ones know.
    """
    properties = shape.find(f"{qn('p:nvPicPr')}/{qn('p:nvPr')}")
    if properties is None:
        return None
    embedded = next(properties.iter(qn("p14:media")), None)
    if embedded is not None and (found := embedded.get(qn("r:embed")) or embedded.get(qn("r:link"))):
        return found
    for child in properties:
        if child.tag in _LINKED:
            return child.get(qn("r:link"))
        if child.tag == qn("a:wavAudioFile"):
            return child.get(qn("r:embed"))
    return None


def carry_media(context: DrawingContext, identifier: str | None) -> str | None:
    """The address of a sound or video, brought into the package where the source holds it.

    None, and MEDIA_DROPPED, for one that is not there; MEDIA_LINKED for one that stands elsewhere.
    """
    relationship = context.package.relationships(context.part).get(identifier or "")
    if relationship is None:
        context.log.report("MEDIA_DROPPED", context.place, kind="media")
        return None
    if relationship.external:
        context.log.report("MEDIA_LINKED", context.place, target=relationship.target)
        return relationship.target.replace("\\", "/")
    path = FOLDER + relationship.target.removeprefix(_USUAL_FOLDER).replace("/", "_")
    if path in context.document.package:
        return path
    try:
        data = context.package.read(relationship.target)
    except Refused:
        context.log.report("MEDIA_DROPPED", context.place, kind=relationship.kind)
        return None
    extension = posixpath.splitext(path)[1].lower()
    media_type = context.package.content_type(relationship.target)
    if not media_type.startswith(("audio/", "video/")):
        media_type = _TYPES.get(extension, media_type or "application/octet-stream")
    context.document.package.add(path, data, media_type)
    return path


def write_media(writer: XmlWriter, address: str) -> None:
    """Write what plays a sound or video, for the ``draw:frame`` around it and its picture."""
    attributes = {
        "xlink:href": address,
        "xlink:type": "simple",
        "xlink:show": "embed",
        "xlink:actuate": "onLoad",
        "draw:mime-type": _PLAYER,
    }
    with writer.element("draw:plugin", attributes):
        for name, value in (("Loop", "false"), ("Mute", "false"), ("VolumeDB", "0")):
            writer.empty("draw:param", {"draw:name": name, "draw:value": value})
