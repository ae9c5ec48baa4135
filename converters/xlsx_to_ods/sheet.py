"""The head and tail of a sheet part: everything but its rows (ECMA-376 Part 1, 18.3.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.references import Area, read_area


@dataclass(slots=True)
class SheetFrame:
    """What stands around the rows of one sheet. Elements whose reader is a module of its own stay elements."""

    name: str
    part: str
    tab_color: etree._Element | None = None
    fit_to_page: bool = False
    view: etree._Element | None = None
    default_row_points: str | None = None
    is_default_row_custom: bool = False  # whether a person set it
    rows_hidden: bool = False
    base_column_width: int = 8
    default_column_width: float | None = None
    columns: list[etree._Element] = field(default_factory=list)
    protection: etree._Element | None = None
    autofilter: etree._Element | None = None
    merges: list[Area] = field(default_factory=list)
    conditional_formats: list[etree._Element] = field(default_factory=list)
    validations: list[etree._Element] = field(default_factory=list)
    sparkline_groups: list[etree._Element] = field(default_factory=list)
    hyperlinks: list[etree._Element] = field(default_factory=list)
    print_options: etree._Element | None = None
    margins: etree._Element | None = None
    page_setup: etree._Element | None = None
    header_footer: etree._Element | None = None
    row_breaks: frozenset[int] = frozenset()  # the row above each break
    column_breaks: frozenset[int] = frozenset()
    drawing: str | None = None  # relationship ids
    legacy_drawing: str | None = None
    ole_objects: list[etree._Element] = field(default_factory=list)
    table_ids: list[str] = field(default_factory=list)


def read_sheet(root: etree._Element, name: str, part: str, log: LossLog) -> SheetFrame:
    """The frame of a sheet from its part without rows."""
    frame = SheetFrame(name, part)
    place = Place("sheet", container=name, part=part)
    for element in children(root):
        if isinstance(element.tag, str):
            WORKSHEET.dispatch(element, log, place, frame, log)
    return frame


def _keep(attribute: str) -> Callable[..., None]:
    """A handler that keeps the element for the module that reads it."""

    def keep(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
        setattr(frame, attribute, element)

    return keep


def _collect(attribute: str) -> Callable[..., None]:
    """A handler that keeps the element's children, or the element itself where it repeats."""

    def collect(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
        getattr(frame, attribute).extend(item for item in element if isinstance(item.tag, str))

    return collect


def _properties(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
    frame.tab_color = element.find(qn("x:tabColor"))
    setup = element.find(qn("x:pageSetUpPr"))
    frame.fit_to_page = setup is not None and read_on_off(setup.get("fitToPage"), False)


def _views(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
    frame.view = element.find(qn("x:sheetView"))


def _format(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
    frame.default_row_points = element.get("defaultRowHeight")
    frame.is_default_row_custom = read_on_off(element.get("customHeight"), False)
    frame.rows_hidden = read_on_off(element.get("zeroHeight"), False)
    frame.base_column_width = read_int(element.get("baseColWidth"), 8) or 8
    try:
        frame.default_column_width = float(element.get("defaultColWidth", ""))
    except ValueError:
        frame.default_column_width = None


def _merges(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
    for item in element.iterchildren(qn("x:mergeCell")):
        area = read_area(item.get("ref", ""))
        if area is not None and (area.rows > 1 or area.columns > 1):
            frame.merges.append(area)


def _conditional_format(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
    frame.conditional_formats.append(element)


def _breaks(attribute: str) -> Callable[..., None]:
    def read(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
        found = (read_int(item.get("id")) for item in element.iterchildren(qn("x:brk")))
        setattr(frame, attribute, frozenset(number for number in found if number))

    return read


def _relationship(attribute: str) -> Callable[..., None]:
    def read(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
        setattr(frame, attribute, element.get(qn("r:id")))

    return read


def _objects(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
    frame.ole_objects = [item for item in children(element) if item.tag == qn("x:oleObject")]


def _tables(element: etree._Element, frame: SheetFrame, _log: LossLog) -> None:
    frame.table_ids = [item.get(qn("r:id"), "") for item in element.iterchildren(qn("x:tablePart"))]


# extension lists by URI ([MS-XLSX] 2.2): what carries content; others hold view state
EXTENSIONS: dict[str, str] = {
    "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}": "",  # sparklines: read
    "{78C0D931-6437-407D-A8EE-F0AAD7539E65}": "",  # conditional formats: read
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}": "",  # data validations: read
    "{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}": "",  # slicers: reported with their part
    "{3A4CF648-6AED-40F4-86FF-DC5316D8AED3}": "",  # tables' slicers: reported with their part
    "{7E03D99C-DC04-49D9-9315-930204A7B6E9}": "",  # timelines: reported with their part
    "{FC87AEE6-9EDD-4A0A-B7FB-166176984837}": "",  # protected ranges of the sheet: reported with the protection
    "{01252117-D84E-4E92-8308-4BE1C098FCBB}": "",  # ignored errors: the green marks
    "{64002731-A6B0-56B0-2670-7721B7C09600}": "",  # Mac page layout view state
}


def _extensions(element: etree._Element, frame: SheetFrame, log: LossLog) -> None:
    for extension in element:
        if not isinstance(extension.tag, str):
            continue
        uri = extension.get("uri", "").upper()
        code = EXTENSIONS.get(uri, "SHEET_EXTENSION_DROPPED")
        place = Place("sheet", container=frame.name)
        if code == "SHEET_EXTENSION_DROPPED":
            log.report(code, place, uri=uri)
        for item in extension.iter(qn("x14:conditionalFormatting")):
            frame.conditional_formats.append(item)
        for item in extension.iter(qn("x14:dataValidation")):
            frame.validations.append(item)
        frame.sparkline_groups.extend(extension.iter(qn("x14:sparklineGroup")))


WORKSHEET = Support(
    "worksheet",
    handlers={
        "x:sheetPr": _properties,
        "x:sheetViews": _views,
        "x:sheetFormatPr": _format,
        "x:cols": _collect("columns"),
        "x:sheetProtection": _keep("protection"),
        "x:autoFilter": _keep("autofilter"),
        "x:mergeCells": _merges,
        "x:conditionalFormatting": _conditional_format,
        "x:dataValidations": _collect("validations"),
        "x:hyperlinks": _collect("hyperlinks"),
        "x:printOptions": _keep("print_options"),
        "x:pageMargins": _keep("margins"),
        "x:pageSetup": _keep("page_setup"),
        "x:headerFooter": _keep("header_footer"),
        "x:rowBreaks": _breaks("row_breaks"),
        "x:colBreaks": _breaks("column_breaks"),
        "x:drawing": _relationship("drawing"),
        "x:legacyDrawing": _relationship("legacy_drawing"),
        "x:oleObjects": _objects,
        "x:tableParts": _tables,
        "x:extLst": _extensions,
    },
    ignored={
        "x:dimension": "follows from the cells",
        "x:sheetData": "streamed apart",
        "x:sheetCalcPr": "asks for a calculation when the file opens",
        "x:phoneticPr": "how phonetic hints would be shown",
        "x:ignoredErrors": "green marks that a person switched off",
        "x:customProperties": "data of add-ins, reported with their parts",
        "x:cellWatches": "cells listed in a window of Excel",
        "x:smartTags": "smart tags ended with Office 2010",
        "x:legacyDrawingHF": "reported with its part",
        "x:drawingHF": "reported with its part",
        "x:controls": "read from the sheet's VML drawing; ActiveX reported with its parts",
        "x:customSheetViews": "views that single users of a shared workbook stored",
        "x:webPublishItems": "how parts of the sheet were saved as HTML",
        "x:sortState": "how the rows were sorted once; they stand in that order",
    },
    unsupported={
        "x:protectedRanges": "DOCUMENT_PROTECTION_DROPPED",
        "x:scenarios": "SCENARIOS_DROPPED",
        "x:dataConsolidate": "CONSOLIDATION_DROPPED",
        "x:picture": "SHEET_BACKGROUND_DROPPED",
    },
)
