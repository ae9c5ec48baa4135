"""The parts of a package by kind of relationship: carried, ignored for a reason, or lost (ECMA-376 Part 1, 11.3).

A kind that stands in no table is an UNKNOWN_PART.
"""

from __future__ import annotations

from collections.abc import Mapping

from converters.losses import LossLog, Place
from converters.ooxml.package import Package

CARRIED: Mapping[str, str] = {
    "officeDocument": "the document",
    "styles": "the styles",
    "numbering": "the numberings",
    "settings": "the settings",
    "fontTable": "what fonts are like",
    "theme": "colours and fonts of the theme",
    "header": "a header",
    "footer": "a footer",
    "footnotes": "the footnotes",
    "endnotes": "the endnotes",
    "comments": "the comments",
    "commentsExtended": "which comments are resolved",
    "image": "a picture, carried or reported where it stands",
    "hyperlink": "a link, carried where it stands",
    "core-properties": "the metadata",
    "extended-properties": "the metadata",
    "custom-properties": "the metadata",
}
IGNORED: Mapping[str, str] = {
    "webSettings": "concerns web pages only",
    "stylesWithEffects": "a copy of the styles for Word 2010",
    "commentsIds": "identifies comments for joint editing",
    "commentsExtensible": "identifies comments for joint editing",
    "people": "account names of those who commented; their shown names are carried",
    "keyMapCustomizations": "key bindings of the editor",
    "printerSettings": "settings of the printer that printed it first",
    "attachedTemplate": "styles stand in the document itself",
    "recipientData": "reported with the mail merge settings",
    "mailMergeSource": "reported with the mail merge settings",
    "mailMergeHeaderSource": "reported with the mail merge settings",
    "documentTasks": "tasks of joint editing",
    "thumbnail": "LibreOffice makes a thumbnail of its own when the result is saved",
    "slicerCache": "belongs to an embedded workbook",
    "diagramLayout": "belongs to a SmartArt drawing, which is reported where it stands",
    "diagramQuickStyle": "belongs to a SmartArt drawing, which is reported where it stands",
    "diagramColors": "belongs to a SmartArt drawing, which is reported where it stands",
    "diagramDrawing": "belongs to a SmartArt drawing, which is reported where it stands",
    "diagramData": "belongs to a SmartArt drawing, which is reported where it stands",
    "chart": "a chart, reported where it stands",
    "chartEx": "a chart, reported where it stands",
    "oleObject": "an embedded object, reported where it stands",
    "control": "a control, reported where it stands",
    "subDocument": "a document of its own, reported where it stands",
    "aFChunk": "an imported part, reported where it stands",
    "ink": "ink, reported where it stands",
    "customXmlProps": "belongs to a custom XML part, which is reported",
    "origin": "where signatures begin; each is reported",
    "certificate": "belongs to a signature, which is reported",
    "wordVbaData": "belongs to the macros, which are reported",
    "activeXControlBinary": "belongs to a control, reported where it stands",
    "ui/userCustomization": "a customised ribbon of the editor",
    "userCustomization": "a customised ribbon of the editor",
    "webextension": "belongs to task panes, which are reported",
    "video": "media, reported where it stands",
    "audio": "media, reported where it stands",
}
UNSUPPORTED: Mapping[str, str] = {
    "vbaProject": "MACROS_NOT_CARRIED",
    "customXml": "CUSTOM_XML_DROPPED",
    "font": "EMBEDDED_FONT_DROPPED",
    "signature": "SIGNATURE_LOST",
    "glossaryDocument": "BUILDING_BLOCKS_DROPPED",
    "webextensiontaskpanes": "WEB_EXTENSION_DROPPED",
    "package": "EMBEDDED_OBJECT_DROPPED",
    "extensibility": "RIBBON_DROPPED",
    "LabelInfo": "SENSITIVITY_LABEL",
    "classificationlabels": "SENSITIVITY_LABEL",
}
_PARAMETERS: Mapping[str, dict[str, str]] = {
    "EMBEDDED_OBJECT_DROPPED": {"program": ""},
    "SENSITIVITY_LABEL": {"label": ""},
}
# parts that are not descended into: what they relate to belongs to them
_CLOSED = frozenset(
    (
        "glossaryDocument",
        "chart",
        "chartEx",
        "diagramData",
        "customXml",
        "package",
        "oleObject",
        "signature",
        "theme",
    )
)


def report_parts(package: Package, log: LossLog) -> None:
    """Walk all relationships and report each part that the result lacks, once."""
    seen: set[str] = set()
    waiting = [""]
    while waiting:
        part = waiting.pop()
        for relationship in package.relationships(part).values():
            if relationship.external or relationship.target.lower() in seen:
                continue
            seen.add(relationship.target.lower())
            kind = relationship.kind
            place = Place("part", part=relationship.target)
            if relationship.target not in package:
                if kind in CARRIED and kind not in _REPORTED_IN_PLACE:
                    log.report("PART_MISSING", place, relationship=kind)
                continue
            if kind in UNSUPPORTED:
                code = UNSUPPORTED[kind]
                log.report(code, place, **_PARAMETERS.get(code, {}))
            elif kind not in CARRIED and kind not in IGNORED:
                log.report("UNKNOWN_PART", place, content_type=package.content_type(relationship.target))
            if kind not in _CLOSED:
                waiting.append(relationship.target)


_REPORTED_IN_PLACE = frozenset(("image", "hyperlink", "header", "footer"))
