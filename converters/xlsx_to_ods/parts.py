"""Parts of a workbook that its own content owns and ODF, or this converter, has no place for.

By the kind of relationship that leads to a part: the loss that its absence means. What a package has whatever its family
(macros, signatures, custom XML, fonts, labels, unknown kinds) is reported once for all families, elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.package import Package

DROPPED: dict[str, str] = {
    "dialogsheet": "DIALOG_SHEET_DROPPED",
    "chartEx": "CHART_DROPPED",
    "pivotTable": "PIVOT_TABLE_DROPPED",
    "slicer": "SLICER_DROPPED",
    "timeline": "SLICER_DROPPED",
    "connections": "CONNECTION_DROPPED",
    "queryTable": "CONNECTION_DROPPED",
    "powerPivotData": "CONNECTION_DROPPED",
    "oleObject": "EMBEDDED_OBJECT_DROPPED",
    "package": "EMBEDDED_OBJECT_DROPPED",
    "control": "ACTIVEX_DROPPED",
    "diagramData": "SMARTART_DROPPED",
    "threadedComment": "COMMENT_THREAD_FLATTENED",
    "rdRichValue": "RICH_VALUE_DROPPED",
    "revisionHeaders": "REVISIONS_DROPPED",
    "externalLink": "EXTERNAL_LINK_DROPPED",
    "namedSheetView": "SHEET_EXTENSION_DROPPED",
    "audio": "MEDIA_DROPPED",
    "video": "MEDIA_DROPPED",
    "model3d": "MEDIA_DROPPED",
}
# code -> the parameter that names what was lost, which the kind of relationship tells
_PARAMETERS = {
    "EMBEDDED_OBJECT_DROPPED": "program",
    "ACTIVEX_DROPPED": "program",
    "MEDIA_DROPPED": "kind",
    "SHEET_EXTENSION_DROPPED": "uri",
}


def report_parts(
    package: Package, workbook: str, sheets: dict[str, str], log: LossLog, carried: Collection[str] = ()
) -> None:
    """Walk the relationships from the workbook down and report each part of a kind in ``DROPPED`` once.

    ``sheets`` gives the sheet's name for its part, so that losses name the sheet they are on. ``carried`` are parts of
    such kinds that the result has nevertheless.
    """
    pending = [(workbook, "")]
    visited = {workbook.lower()}
    while pending:
        part, sheet = pending.pop(0)
        try:
            relationships = package.relationships(part)
        except Refused as error:
            log.report("PART_DAMAGED", Place("part", container=sheet, part=part), detail=str(error))
            continue
        for relationship in relationships.values():
            target = relationship.target
            if relationship.external or target not in package or target.lower() in visited:
                continue
            visited.add(target.lower())
            here = sheets.get(target, sheet)
            pending.append((target, here))
            code = DROPPED.get(relationship.kind)
            if code is not None and target not in carried:
                name = _PARAMETERS.get(code)
                params: dict[str, Any] = {name: relationship.kind} if name else {}
                log.report(code, Place("part", container=here, part=target), **params)
