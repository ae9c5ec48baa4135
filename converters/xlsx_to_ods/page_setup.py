"""Page setup of a sheet as a master page (ECMA-376 Part 1, 18.3.1.62 to 18.3.1.70; ODF 1.3 Part 3, 16.5, 16.9)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import HeaderFooterProperties, PageLayoutProperties
from converters.odf.stylesheet import PageLayout, encode_name
from converters.odf.xmlwriter import XmlWriter
from converters.units import inches, read_int, read_on_off
from converters.xlsx_to_ods.header_footer import HeaderFooter, read_header_footer, write_region
from converters.xlsx_to_ods.sheet import SheetFrame
from converters.xlsx_to_ods.text_items import StyleForRun

# 18.18.50 / 18.3.1.63 paperSize: code -> width and height in inches, upright
PAPERS: dict[int, tuple[float, float]] = {
    1: (8.5, 11), 2: (8.5, 11), 3: (11, 17), 4: (17, 11), 5: (8.5, 14), 6: (5.5, 8.5), 7: (7.25, 10.5),
    8: (11.6929, 16.5354), 9: (8.2677, 11.6929), 10: (8.2677, 11.6929), 11: (5.8268, 8.2677),
    12: (10.1181, 14.3307), 13: (7.1654, 10.1181), 14: (8.5, 13), 15: (8.4646, 10.8268), 16: (10, 14),
    17: (11, 17), 18: (8.5, 11), 19: (3.875, 8.875), 20: (4.125, 9.5), 21: (4.5, 10.375), 22: (4.75, 11),
    23: (5, 11.5), 24: (17, 22), 25: (22, 34), 26: (34, 44), 27: (4.3307, 8.6614), 28: (6.378, 9.0157),
    29: (12.7559, 18.0315), 30: (9.0157, 12.7559), 31: (6.378, 9.0157), 32: (4.4882, 9.0157),
    33: (9.8425, 13.8976), 34: (6.9291, 9.8425), 35: (6.9291, 4.9213), 36: (4.3307, 9.0551), 37: (3.875, 7.5),
    38: (3.625, 6.5), 39: (14.875, 11), 40: (8.5, 12), 41: (8.5, 13), 42: (9.8425, 13.8976), 43: (3.937, 5.8268),
    66: (16.5354, 23.3858), 70: (4.1339, 5.8268), 88: (5.0394, 7.1654),
}  # fmt: skip
# in inches: of a sheet that names none, as LibreOffice takes them
_DEFAULT_MARGINS = {
    "left": 0.748, "right": 0.748, "top": 0.9839, "bottom": 0.9839, "header": 0.5118, "footer": 0.5118,
}  # fmt: skip
_MIN_HEIGHT_INCHES = 0.1
_POINTS_PER_INCH = 72


def add_master_page(
    document: OdfDocument,
    frame: SheetFrame,
    font_points: float,
    style_for_run: StyleForRun,
    log: LossLog,
) -> str:
    """Add the page style of a sheet; answers the encoded name of its master page.

    ``font_points`` is the size of text that names none.
    """
    source = read_header_footer(frame.header_footer)
    margins = {name: _inches(frame.margins, name, default) for name, default in _DEFAULT_MARGINS.items()}
    header, header_top = _band(
        source.header_height(font_points), margins["header"], margins["top"], "margin_bottom"
    )
    footer, footer_bottom = _band(
        source.footer_height(font_points), margins["footer"], margins["bottom"], "margin_top"
    )
    layout = PageLayout(
        replace(
            _page_properties(frame),
            margin_left=inches(margins["left"]),
            margin_right=inches(margins["right"]),
            margin_top=inches(header_top),
            margin_bottom=inches(footer_bottom),
        ),
        header,
        footer,
    )
    layout_name = document.master_automatic.page_layout_for(layout)
    shown = f"PageStyle_{frame.name}"
    name = encode_name(shown)
    if source.pictures:
        log.report("HEADER_PICTURE_DROPPED", Place("sheet", container=frame.name), count=source.pictures)

    def write(writer: XmlWriter) -> None:
        attributes = {"style:name": name, "style:display-name": shown, "style:page-layout-name": layout_name}
        with writer.element("style:master-page", attributes):
            _write_bands(writer, source, style_for_run)

    document.add_master_page(write)
    return name


def _write_bands(writer: XmlWriter, source: HeaderFooter, style_for_run: StyleForRun) -> None:
    for tag, odd, even, first, present in (
        ("header", source.odd_header, source.even_header, source.first_header, source.has_header),
        ("footer", source.odd_footer, source.even_footer, source.first_footer, source.has_footer),
    ):
        write_region(writer, f"style:{tag}", odd, style_for_run, shown=present)
        if present and source.different_even:
            write_region(writer, f"style:{tag}-left", even, style_for_run, shown=True)
        if present and source.different_first:
            write_region(writer, f"style:{tag}-first", first, style_for_run, shown=True)


def _inches(element: etree._Element | None, name: str, default: float) -> float:
    try:
        return max(0.0, float(element.get(name, ""))) if element is not None else default
    except ValueError:
        return default


def _band(
    text_points: float, distance: float, margin: float, gap: str
) -> tuple[HeaderFooterProperties | None, float]:
    """(properties of a header or footer, the page margin outside it): Excel measures both from the paper's edge.

    The band is as high as its text, and what is left of the margin lies between it and the cells; text that is higher than
    the margin allows is cut off, so that the cells stand where they stood.
    """
    if not text_points:
        return None, margin
    outer = min(distance, margin)
    total = max(margin - outer, _MIN_HEIGHT_INCHES)
    space = max(0.0, total - text_points / _POINTS_PER_INCH)
    record = HeaderFooterProperties(
        min_height=inches(total) if space else None,
        height=None if space else inches(total),
        margin_left="0in",
        margin_right="0in",
        dynamic_spacing="false",
        **{gap: inches(space)},
    )
    return record, outer


def _page_properties(frame: SheetFrame) -> PageLayoutProperties:
    setup, options = frame.page_setup, frame.print_options
    landscape = setup is not None and setup.get("orientation") == "landscape"
    code = read_int(setup.get("paperSize"), 1) if setup is not None else None
    paper = PAPERS.get(code) if code is not None else None
    if paper is not None and landscape:
        paper = paper[1], paper[0]
    values: dict[str, Any] = {
        "page_width": inches(paper[0]) if paper is not None else None,  # else the reader's usual paper
        "page_height": inches(paper[1]) if paper is not None else None,
        "num_format": "1",
        "print_orientation": "landscape" if landscape else "portrait",
        "print_page_order": "ttb",
        "first_page_number": "continue",
        "writing_mode": "lr-tb",
    }
    if frame.fit_to_page:
        pages = [
            read_int(setup.get(name), 1) if setup is not None else 1 for name in ("fitToWidth", "fitToHeight")
        ]
        values["scale_to_x"] = str(pages[0]) if pages[0] else None
        values["scale_to_y"] = str(pages[1]) if pages[1] else None
    else:
        scale = (read_int(setup.get("scale"), 100) if setup is not None else 100) or 100
        values["scale_to"] = f"{min(400, max(10, scale))}%"
    if setup is not None:
        if setup.get("pageOrder") == "overThenDown":
            values["print_page_order"] = "ltr"
        if read_on_off(setup.get("useFirstPageNumber"), False):
            values["first_page_number"] = str(read_int(setup.get("firstPageNumber"), 1) or 1)
    values["print"] = _printed(frame)
    if options is not None:
        across = read_on_off(options.get("horizontalCentered"), False)
        down = read_on_off(options.get("verticalCentered"), False)
        centering = {(True, True): "both", (True, False): "horizontal", (False, True): "vertical"}
        values["table_centering"] = centering.get((across, down))
    return PageLayoutProperties(**values)


def _printed(frame: SheetFrame) -> str:
    kinds = ["charts", "drawings", "objects", "zero-values"]
    options, setup = frame.print_options, frame.page_setup
    if options is not None:
        if read_on_off(options.get("gridLines"), False):
            kinds.append("grid")
        if read_on_off(options.get("headings"), False):
            kinds.append("headers")
    if setup is not None and setup.get("cellComments") in ("asDisplayed", "atEnd"):
        kinds.append("annotations")
    return " ".join(sorted(kinds))
