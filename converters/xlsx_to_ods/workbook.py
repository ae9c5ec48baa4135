"""The workbook part: sheets, date system, calculation, names, views (ECMA-376 Part 1, 18.2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package, Relationship
from converters.support import Support
from converters.units import read_int, read_on_off

EXCEL = "xl"  # what Excel calls itself (18.2.13)


@dataclass(frozen=True, slots=True)
class Sheet:
    """``kind`` is the relationship's; ``part`` None for a sheet whose part is missing. ``state``: visible, hidden,
    veryHidden."""

    name: str
    part: str | None
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class DefinedName:
    """``sheet`` is the index of the sheet that a local name belongs to."""

    name: str
    text: str
    sheet: int | None
    hidden: bool
    function: bool


@dataclass(slots=True)
class Workbook:
    part: str
    sheets: list[Sheet] = field(default_factory=list)
    names: list[DefinedName] = field(default_factory=list)
    date_1904: bool = False
    iterate: bool = False
    iterate_count: int = 100
    iterate_delta: str = "0.001"
    full_precision: bool = True
    automatic: bool = True  # whether edits are calculated at once
    locks: list[etree._Element] = field(default_factory=list)  # of the structure, and of the whole file
    active_tab: int = 0
    show_tabs: bool = True
    application: str = ""
    external: list[str] = field(
        default_factory=list
    )  # relationships of other workbooks, in the order of their numbers
    is_strict: bool = False  # 18.2.27, conformance

    def built_in_name(self, name: str, sheet: int) -> str | None:
        """The text of ``_xlnm.Print_Area`` and the like for a sheet."""
        wanted = "_xlnm." + name.lower()
        for item in self.names:
            if item.sheet == sheet and item.name.lower() == wanted:
                return item.text
        return None


def read_workbook(package: Package, log: LossLog) -> Workbook:
    """Raises Refused as :meth:`Package.read_xml`, and MISSING_PART where no part is the workbook."""
    part = package.main_part
    root = package.read_xml(part)
    workbook = Workbook(part, is_strict=root.get("conformance") == "strict")
    for element in root:
        if isinstance(element.tag, str):
            WORKBOOK.dispatch(element, log, Place("part", part=part), workbook, package, log)
    if not workbook.sheets:
        log.report("PART_MISSING", Place("part", part=part), relationship="worksheet")
    return workbook


def _read_sheets(element: etree._Element, workbook: Workbook, package: Package, log: LossLog) -> None:
    relationships = package.relationships(workbook.part)
    worksheets = [r for r in relationships.values() if r.kind == "worksheet"]
    taken: set[str] = set()
    for index, item in enumerate(element.iterchildren(qn("x:sheet"))):
        name = _unique(item.get("name") or f"Sheet{index + 1}", taken)
        relationship = relationships.get(item.get(qn("r:id"), ""))
        part = _sheet_part(package, relationship, worksheets, workbook.part, index)
        if part is None:
            log.report("PART_MISSING", Place("sheet", container=name), relationship="worksheet")
        kind = relationship.kind if relationship is not None else "worksheet"
        workbook.sheets.append(Sheet(name, part, kind, item.get("state", "visible")))


def _sheet_part(
    package: Package,
    relationship: Relationship | None,
    worksheets: list[Relationship],
    workbook_part: str,
    index: int,
) -> str | None:
    """The part of a sheet; where its relationship is lost, the part that stands at the usual place."""
    if relationship is not None and not relationship.external and relationship.target in package:
        return relationship.target
    if not worksheets:
        folder = workbook_part.rpartition("/")[0]
        usual = f"{folder}/worksheets/sheet{index + 1}.xml".lstrip("/")
        if usual in package:
            return usual
    return None


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate.lower() in taken:
        candidate, number = f"{name}_{number}", number + 1
    taken.add(candidate.lower())
    return candidate


def _read_version(element: etree._Element, workbook: Workbook, *_: object) -> None:
    workbook.application = element.get("appName", "")


def _read_external_references(element: etree._Element, workbook: Workbook, *_: object) -> None:
    workbook.external = [item.get(qn("r:id"), "") for item in element.iterchildren(qn("x:externalReference"))]


def _read_properties(element: etree._Element, workbook: Workbook, *_: object) -> None:
    workbook.date_1904 = read_on_off(element.get("date1904"), False)


def _read_calculation(element: etree._Element, workbook: Workbook, *_: object) -> None:
    workbook.iterate = read_on_off(element.get("iterate"), False)
    workbook.iterate_count = read_int(element.get("iterateCount"), 100) or 100
    workbook.iterate_delta = element.get("iterateDelta") or "0.001"
    workbook.automatic = element.get("calcMode", "auto") != "manual"
    workbook.full_precision = read_on_off(element.get("fullPrecision"), True)


def _read_views(element: etree._Element, workbook: Workbook, *_: object) -> None:
    view = element.find(qn("x:workbookView"))
    if view is not None:
        workbook.active_tab = read_int(view.get("activeTab"), 0) or 0
        workbook.show_tabs = read_on_off(view.get("showSheetTabs"), True)


def _read_names(element: etree._Element, workbook: Workbook, *_: object) -> None:
    for item in element.iterchildren(qn("x:definedName")):
        workbook.names.append(
            DefinedName(
                item.get("name", ""),
                "".join(item.itertext()).strip(),
                read_int(item.get("localSheetId")),
                read_on_off(item.get("hidden"), False),
                read_on_off(item.get("function"), False) or read_on_off(item.get("xlm"), False),
            )
        )


def _read_lock(element: etree._Element, workbook: Workbook, *_: object) -> None:
    workbook.locks.append(element)


WORKBOOK = Support(
    "workbook",
    handlers={
        "x:fileVersion": _read_version,
        "x:sheets": _read_sheets,
        "x:workbookPr": _read_properties,
        "x:calcPr": _read_calculation,
        "x:bookViews": _read_views,
        "x:definedNames": _read_names,
        "x:externalReferences": _read_external_references,
        "x:fileSharing": _read_lock,
        "x:workbookProtection": _read_lock,
    },
    ignored={
        "x:fileRecoveryPr": "how a damaged file was repaired",
        "x:oleSize": "the part of the workbook that an embedding document shows",
        "x:webPublishing": "how the workbook would be saved as HTML",
        "x:pivotCaches": "reported with the pivot tables that show them",
        "x:smartTagPr": "smart tags ended with Office 2010",
        "x:smartTagTypes": "smart tags ended with Office 2010",
        "x:webPublishObjects": "how parts of the workbook were saved as HTML",
        "x:functionGroups": "groups in the dialog that lists functions",
        "x:customWorkbookViews": "views that single users of a shared workbook stored",
        "x:extLst": "repeats what parts and relationships say: slicer and timeline caches, calculation features",
        "mc:AlternateContent": "the absolute path where the file lay",
        "xr:revisionPtr": "identifies an editing session",
    },
)
