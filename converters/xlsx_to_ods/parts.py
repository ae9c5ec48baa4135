"""Parts of a workbook that its own content owns and ODF, or this converter, has no place for.

By the kind of relationship that leads to a part: the loss that its absence means. What a package has whatever its family
(macros, signatures, custom XML, fonts, labels, unknown kinds) is reported once for all families, elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package

DROPPED: dict[str, str] = {
    "dialogsheet": "DIALOG_SHEET_DROPPED",
    "xlMacrosheet": "MACRO_SHEET_DROPPED",
    "xlIntlMacrosheet": "MACRO_SHEET_DROPPED",
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
    "rdRichValue": "RICH_VALUE_DROPPED",
    "revisionHeaders": "REVISIONS_DROPPED",
    "externalLink": "EXTERNAL_LINK_DROPPED",
    "namedSheetView": "SHEET_EXTENSION_DROPPED",
    "audio": "MEDIA_DROPPED",
    "video": "MEDIA_DROPPED",
    "model3d": "MEDIA_DROPPED",
}
# kind of relationship -> the element and attribute that name what was lost
_NAMED: dict[str, tuple[str, str]] = {
    "slicer": ("x14:slicer", "name"),
    "timeline": ("x15:timeline", "name"),
    "connections": ("x:connection", "name"),
    "queryTable": ("x:queryTable", "name"),
    "powerPivotData": ("x:model", "name"),
    "pivotTable": ("x:pivotTableDefinition", "name"),
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
            if code is None or target in carried:
                continue
            place = Place("part", container=here, part=target)
            names = _NAMED.get(relationship.kind)
            if names is not None:
                for name in _names(package, target, *names):
                    log.report(code, place, name=name)
            else:
                parameter = _PARAMETERS.get(code)
                params: dict[str, Any] = {parameter: relationship.kind} if parameter else {}
                if code == "MACRO_SHEET_DROPPED":
                    params = {"name": here}
                log.report(code, place, **params)


def _names(package: Package, part: str, tag: str, attribute: str) -> list[str]:
    """The names of the elements of a part; the part's own where it is no XML or names none."""
    if not part.lower().endswith(".xml"):
        return [part]
    try:
        root = package.read_xml(part)
    except Refused:
        return [part]
    named = (item.get(attribute, "") for item in root.iter(qn(tag)))
    return list(dict.fromkeys(filter(None, named))) or [part]
