"""What becomes of each part of a workbook package, by the kind of relationship that leads to it.

``CARRIED``: another module reads it. ``IGNORED``: nothing a person would miss is in it, with the reason. ``DROPPED``: the
loss that its absence means. What stands in no table is UNKNOWN_PART, a loss of content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.package import Package, Relationship

CARRIED: dict[str, str] = {
    "officeDocument": "workbook",
    "worksheet": "sheet, rows",
    "sharedStrings": "shared_strings",
    "styles": "styles",
    "theme": "styles",
    "table": "tables",
    "comments": "comments",
    "drawing": "drawings",
    "vmlDrawing": "comments",
    "hyperlink": "hyperlinks",
    "image": "drawings",
    "core-properties": "converters.ooxml.metadata",
    "extended-properties": "converters.ooxml.metadata",
    "custom-properties": "converters.ooxml.metadata",
}
IGNORED: dict[str, str] = {
    "calcChain": "an order of calculation that every program finds anew",
    "printerSettings": "the state of one printer's driver",
    "sheetMetadata": "marks dynamic arrays, which are carried as array formulas",
    "person": "the people behind threaded comments, whose text stands in the comments part too",
    "chartStyle": "presets of a chart, reported with it",
    "chartColorStyle": "presets of a chart, reported with it",
    "themeOverride": "presets of a chart, reported with it",
    "chartUserShapes": "shapes inside a chart, reported with it",
    "pivotCacheRecords": "the data behind a pivot table, reported with it",
    "pivotCacheDefinition": "the data behind a pivot table, reported with it",
    "diagramLayout": "reported with the SmartArt diagram",
    "diagramQuickStyle": "reported with the SmartArt diagram",
    "diagramColors": "reported with the SmartArt diagram",
    "diagramDrawing": "reported with the SmartArt diagram",
    "slicerCache": "reported with the slicer",
    "timelineCache": "reported with the timeline",
    "ctrlProp": "reported with the control",
    "activeXControlBinary": "reported with the control",
    "vbaProjectSignature": "reported with the macros",
    "vbaProjectSignatureAgile": "reported with the macros",
    "vbaProjectSignatureV3": "reported with the macros",
    "vbaProjectSignatureV3A": "reported with the macros",
    "wordVbaData": "reported with the macros",
    "customXmlProps": "reported with the custom XML",
    "externalLinkPath": "reported at each cell that uses the link",
    "xlPathMissing": "reported at each cell that uses the link",
    "externalLinkLongPath": "reported at each cell that uses the link",
    "xlExternalLinkPath": "reported at each cell that uses the link",
    "tableSingleCells": "cells mapped to XML, reported with the maps",
    "rdRichValueStructure": "reported with the rich values",
    "rdRichValueTypes": "reported with the rich values",
    "richValueRel": "reported with the rich values",
    "rdSupportingPropertyBag": "reported with the rich values",
    "rdSupportingPropertyBagStructure": "reported with the rich values",
    "rdArray": "reported with the rich values",
    "usernames": "people who once shared the workbook",
    "revisionHeaders": "reported with the revisions",
    "origin": "reported with the signature",
    "slicerStyle": "reported with the slicer",
    "webextension": "reported with the task pane",
    "wsSortMap": "how rows were sorted once; they stand in that order",
    "volatileDependencies": "cached data of a real-time server, whose formulas are reported at their cells",
    "commentsmeta": "commentary of another office suite's own, repeated in the comments part",
}
DROPPED: dict[str, str] = {
    "vbaProject": "MACROS_NOT_CARRIED",
    "xlMacrosheet": "MACROS_NOT_CARRIED",
    "xlIntlMacrosheet": "MACROS_NOT_CARRIED",
    "attachedToolbars": "MACROS_NOT_CARRIED",
    "dialogsheet": "DIALOG_SHEET_DROPPED",
    "chartsheet": "CHART_DROPPED",
    "chart": "CHART_DROPPED",
    "chartEx": "CHART_DROPPED",
    "pivotTable": "PIVOT_TABLE_DROPPED",
    "slicer": "SLICER_DROPPED",
    "timeline": "SLICER_DROPPED",
    "connections": "CONNECTION_DROPPED",
    "queryTable": "CONNECTION_DROPPED",
    "model": "CONNECTION_DROPPED",
    "powerPivotData": "CONNECTION_DROPPED",
    "xmlMaps": "CUSTOM_XML_DROPPED",
    "customXml": "CUSTOM_XML_DROPPED",
    "customProperty": "CUSTOM_XML_DROPPED",
    "oleObject": "EMBEDDED_OBJECT_DROPPED",
    "package": "EMBEDDED_OBJECT_DROPPED",
    "control": "ACTIVEX_DROPPED",
    "activeXControl": "ACTIVEX_DROPPED",
    "diagramData": "SMARTART_DROPPED",
    "threadedComment": "COMMENT_THREAD_FLATTENED",
    "webextensiontaskpanes": "WEB_EXTENSION_DROPPED",
    "digital-signature/origin": "SIGNATURE_LOST",
    "signature": "SIGNATURE_LOST",
    "thumbnail": "THUMBNAIL_DROPPED",
    "font": "EMBEDDED_FONT_DROPPED",
    "rdRichValue": "RICH_VALUE_DROPPED",
    "featurePropertyBag": "RICH_VALUE_DROPPED",
    "revisionLog": "REVISIONS_DROPPED",
    "externalLink": "EXTERNAL_LINK_DROPPED",
    "ui": "RIBBON_DROPPED",
    "extensibility": "RIBBON_DROPPED",
    "userCustomization": "RIBBON_DROPPED",
    "namedSheetView": "SHEET_EXTENSION_DROPPED",
    "namedSheetViews": "SHEET_EXTENSION_DROPPED",
    "classificationlabels": "SENSITIVITY_LABEL",
    "audio": "MEDIA_DROPPED",
    "video": "MEDIA_DROPPED",
    "media": "MEDIA_DROPPED",
}
# code -> the parameter that names what was lost, taken from the relationship
_PARAMETERS = {
    "EMBEDDED_OBJECT_DROPPED": "program",
    "ACTIVEX_DROPPED": "program",
    "MEDIA_DROPPED": "kind",
    "SENSITIVITY_LABEL": "label",
    "SHEET_EXTENSION_DROPPED": "uri",
}


@dataclass(frozen=True, slots=True)
class _Step:
    source: str
    relationship: Relationship
    sheet: str


def report_parts(package: Package, sheets: dict[str, str], log: LossLog) -> None:
    """Walk all relationships from the package down and report what is not carried.

    ``sheets`` gives the sheet's name for a part, so that losses name the sheet they are on.
    """
    seen: set[str] = set()
    for step in _walk(package, sheets, log):
        relationship = step.relationship
        if relationship.kind in CARRIED or relationship.kind in IGNORED:
            continue
        key = f"{relationship.kind} {relationship.target}"
        if key in seen:
            continue
        seen.add(key)
        place = Place("part", container=step.sheet, part="" if relationship.external else relationship.target)
        code = DROPPED.get(relationship.kind)
        if code is None:
            log.report("UNKNOWN_PART", place, content_type=relationship.kind)
        elif code in _PARAMETERS:
            log.report(code, place, **{_PARAMETERS[code]: relationship.kind})
        else:
            log.report(code, place)


def _walk(package: Package, sheets: dict[str, str], log: LossLog) -> Iterator[_Step]:
    pending: list[tuple[str, str]] = [("", "")]
    visited = {""}
    while pending:
        part, sheet = pending.pop(0)
        try:
            relationships = package.relationships(part)
        except Refused as error:
            log.report("PART_DAMAGED", Place("part", container=sheet, part=part), detail=str(error))
            continue
        for relationship in relationships.values():
            target = relationship.target
            here = sheets.get(target, sheet)
            if relationship.external or target in package:
                yield _Step(part, relationship, here)
            elif relationship.kind not in IGNORED and relationship.kind not in ("worksheet", "hyperlink"):
                place = Place("part", container=sheet, part=target)
                log.report("PART_MISSING", place, relationship=relationship.kind)
            if not relationship.external and target in package and target.lower() not in visited:
                visited.add(target.lower())
                pending.append((target, here))
