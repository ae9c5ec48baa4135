"""Tables of Word documents: width, place, borders between parts of a style, rows without marks."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import (
    STYLES,
    body_of,
    build_docx,
    convert_docx,
    converted,
    paragraph,
)
from tests.converters.docx_to_odt.test_docx_structure import cell, table


def properties_of(root: etree._Element, element: etree._Element, tag: str) -> etree._Element:
    name = element.get(qn("table:style-name"))
    style = next(s for s in root.iter(qn("style:style")) if s.get(qn("style:name")) == name)
    return style.find(qn(tag))


def table_properties(root: etree._Element) -> etree._Element:
    return properties_of(root, next(body_of(root).iter(qn("table:table"))), "style:table-properties")


def mode(number: int) -> dict[str, str]:
    setting = f'<w:compatSetting w:name="compatibilityMode" w:val="{number}"/>'
    return {"settings": f"<w:compat>{setting}</w:compat>"}


@pytest.mark.parametrize(
    ("width", "expected", "share"),
    [
        ('<w:tblW w:w="5000" w:type="dxa"/>', "250pt", None),  # wider than the grid of 4000
        ('<w:tblW w:w="3000" w:type="dxa"/>', "200pt", None),
        ('<w:tblW w:w="0" w:type="auto"/>', "200pt", None),
        ('<w:tblW w:w="2500" w:type="pct"/>', "225.65pt", "50%"),
    ],
)
def test_a_table_is_as_wide_as_it_says_unless_its_grid_is_wider(
    width: str, expected: str, share: str | None
) -> None:
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    found = table_properties(converted(table([cell("a") + cell("b")], width) + section))
    assert found.get(qn("style:width")) == expected
    assert found.get(qn("style:rel-width")) == share


@pytest.mark.parametrize(("parts", "expected"), [(mode(14), "-5.4pt"), (mode(15), "0.5pt"), ({}, "0.5pt")])
def test_the_border_hangs_out_in_the_modes_of_old_versions(parts: dict[str, str], expected: str) -> None:
    borders = '<w:tblBorders><w:left w:val="single" w:sz="8"/></w:tblBorders>'
    root = converted(table([cell("a") + cell("b")], borders), parts=parts)
    assert table_properties(root).get(qn("fo:margin-left")) == expected


def test_a_wide_border_does_not_run_into_the_text() -> None:
    borders = '<w:tblBorders><w:left w:val="single" w:sz="48"/></w:tblBorders>'
    margins = '<w:tblCellMar><w:left w:w="20" w:type="dxa"/></w:tblCellMar>'
    root = converted(table([cell("a") + cell("b")], borders + margins))
    found = properties_of(
        root, next(body_of(root).iter(qn("table:table-cell"))), "style:table-cell-properties"
    )
    assert found.get(qn("fo:padding-left")) == "3pt"


BANDED = (
    '<w:style w:type="table" w:styleId="B"><w:name w:val="B"/><w:tblPr><w:tblBorders>'
    '<w:insideH w:val="single" w:sz="8" w:color="112233"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="band1Horz"><w:tcPr><w:tcBorders><w:insideH w:val="nil"/></w:tcBorders></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="band2Horz"><w:tcPr><w:tcBorders><w:insideH w:val="nil"/></w:tcBorders></w:tcPr></w:tblStylePr>'
    "</w:style>"
)


@pytest.mark.parametrize(("banded", "line"), [("0", "none"), ("1", "1pt solid #112233")])
def test_bands_without_inside_lines_show_none_between_rows(banded: str, line: str) -> None:
    look = f'<w:tblStyle w:val="B"/><w:tblLook w:noHBand="{banded}" w:noVBand="1"/>'
    root = converted(
        table([cell("a"), cell("b"), cell("c")], look, columns=1), parts={"styles": STYLES + BANDED}
    )
    middle = list(body_of(root).iter(qn("table:table-cell")))[1]
    found = properties_of(root, middle, "style:table-cell-properties")
    sides = {found.get(qn(f"fo:border-{side}")) or found.get(qn("fo:border")) for side in ("top", "bottom")}
    assert sides == {line}


def test_a_merged_cell_ends_with_the_border_of_its_last_cell() -> None:
    bottom = '<w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="FF0000"/></w:tcBorders>'
    rows = [cell("a", '<w:vMerge w:val="restart"/>'), cell("", f"<w:vMerge/>{bottom}")]
    root = converted(table(rows, columns=1))
    found = properties_of(
        root, next(body_of(root).iter(qn("table:table-cell"))), "style:table-cell-properties"
    )
    assert found.get(qn("fo:border-bottom")) == "1pt solid #ff0000"


def test_empty_cells_without_marks_do_not_stretch_their_row() -> None:
    hidden = '<w:trPr><w:trHeight w:val="60"/></w:trPr><w:tc><w:tcPr><w:hideMark/></w:tcPr><w:p/></w:tc>'
    root = converted(table([hidden, cell("b")], columns=1))
    first, second = (
        properties_of(root, row, "style:table-row-properties")
        for row in body_of(root).iter(qn("table:table-row"))
    )
    assert first.get(qn("style:row-height")) == "3pt"
    assert second.get(qn("style:row-height")) is None


def test_a_floating_table_without_rows_leaves_no_frame() -> None:
    empty = '<w:tbl><w:tblPr><w:tblpPr w:tblpX="500" w:tblpY="700"/></w:tblPr><w:tblGrid/></w:tbl>'
    assert body_of(converted(empty + paragraph("a"))).find(f".//{qn('draw:frame')}") is None


def test_a_floating_table_at_the_end_of_a_section_stays_in_it() -> None:
    floating = table([cell("a")], '<w:tblpPr w:tblpX="500" w:tblpY="700"/>', columns=1).removesuffix(
        paragraph("")
    )
    body = f"{floating}<w:p><w:pPr><w:sectPr/></w:pPr></w:p>{paragraph('next')}<w:sectPr/>"
    first, second = body_of(converted(body)).findall(qn("text:p"))
    assert first.find(qn("draw:frame")) is not None
    assert second.find(qn("draw:frame")) is None


def test_frames_of_paragraphs_in_a_table_are_the_tables_own_place() -> None:
    framed = paragraph("a", '<w:framePr w:hAnchor="text" w:x="100"/>')
    root = body_of(converted(table([f"<w:tc>{framed}</w:tc>"], columns=1)))
    assert root.find(f".//{qn('draw:frame')}") is None


@pytest.mark.parametrize(
    ("wrap", "carried"), [("around", "parallel"), ("none", "run-through"), ("notBeside", "none")]
)
def test_text_goes_past_a_text_frame_as_its_wrapping_says(wrap: str, carried: str) -> None:
    framed = paragraph("a", f'<w:framePr w:wrap="{wrap}" w:hAnchor="page" w:x="100"/>')
    root = converted(framed + paragraph("b"))
    frame = body_of(root).find(f".//{qn('draw:frame')}")
    assert frame is not None
    style = frame.get(qn("draw:style-name"))
    found = [element for element in root.iter(qn("style:style")) if element.get(qn("style:name")) == style]
    assert found[0][0].get(qn("style:wrap")) == carried


def test_a_page_break_in_a_cell_is_reported_and_adds_no_line() -> None:
    broken = '<w:tc><w:p><w:r><w:br w:type="page"/><w:t>a</w:t></w:r></w:p></w:tc>'
    root = body_of(converted(table([broken], columns=1), losses=("BREAK_IN_TABLE_DROPPED",)))
    assert root.find(f".//{qn('text:line-break')}") is None


def test_cells_merged_in_the_old_way_span_too() -> None:
    row = cell("a", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>")
    first, second = next(body_of(converted(table([row]))).iter(qn("table:table-row")))
    assert first.get(qn("table:number-columns-spanned")) == "2"
    assert second.tag == qn("table:covered-table-cell")


def test_a_cell_in_a_vertical_merge_keeps_its_own_borders() -> None:
    bottom = '<w:tcBorders><w:bottom w:val="single" w:sz="8" w:color="000000"/></w:tcBorders>'
    rows = [
        cell("tall", '<w:vMerge w:val="restart"/>') + cell("a"),
        cell("", "<w:vMerge/>") + cell("b"),
        cell("", f"<w:vMerge/>{bottom}") + cell("c"),
    ]
    root = converted(table(rows))
    first, *others = (row[0] for row in body_of(root).iter(qn("table:table-row")))
    properties = [properties_of(root, found, "style:table-cell-properties") for found in (first, *others)]
    assert [found.get(qn("fo:border-bottom")) for found in properties] == [
        "1pt solid #000000",
        None,
        "1pt solid #000000",
    ]
    assert {found.tag for found in others} == {qn("table:covered-table-cell")}


def test_a_row_may_have_cell_margins_of_its_own() -> None:
    margins = '<w:tblPrEx><w:tblCellMar><w:left w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPrEx>'
    root = converted(table([margins + cell("a"), cell("b")], columns=1))
    paddings = [
        properties_of(root, found, "style:table-cell-properties").get(qn("fo:padding-left"))
        for found in body_of(root).iter(qn("table:table-cell"))
    ]
    assert paddings == ["2pt", "5.4pt"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('w:val="single" w:sz="0"', "0.75pt solid #000000"),
        ('w:val="dashSmallGap" w:sz="4"', "1pt fine-dashed #000000"),
    ],
)
def test_a_line_is_as_wide_as_it_is_shown_at_least(line: str, shown: str) -> None:
    borders = f'<w:tblBorders><w:top {line} w:color="000000"/></w:tblBorders>'
    root = converted(table([cell("a")], borders, columns=1))
    found = next(body_of(root).iter(qn("table:table-cell")))
    properties = properties_of(root, found, "style:table-cell-properties")
    assert properties.get(qn("fo:border-top")) == shown


@pytest.mark.parametrize(
    ("own", "repeats"), [("", True), ('<w:trPr><w:tblHeader w:val="0"/></w:trPr>', False)]
)
def test_the_first_row_repeats_where_its_table_style_says_so(own: str, repeats: bool) -> None:
    style = (
        '<w:style w:type="table" w:styleId="H"><w:name w:val="H"/><w:tblStylePr w:type="firstRow">'
        "<w:trPr><w:tblHeader/></w:trPr></w:tblStylePr></w:style>"
    )
    look = '<w:tblStyle w:val="H"/><w:tblLook w:firstRow="1"/>'
    root = body_of(
        converted(table([own + cell("a"), cell("b")], look, columns=1), parts={"styles": STYLES + style})
    )
    assert (root.find(f".//{qn('table:table-header-rows')}") is not None) is repeats


def test_alike_cells_keep_the_borders_of_their_place_and_each_its_loss() -> None:
    sides = "".join(f'<w:{side} w:val="single" w:sz="8"/>' for side in ("top", "left", "bottom", "right"))
    alike = cell("a", "<w:tcFitText/>") * 3
    body = table([alike] * 3, f"<w:tblBorders>{sides}</w:tblBorders>", columns=3)
    _, losses = convert_docx(build_docx(body))
    assert [(loss.code, loss.count) for loss in losses] == [("TEXT_FIT_DROPPED", 9)]
    root = converted(body, losses=("TEXT_FIT_DROPPED",))
    found = [
        properties_of(root, one, "style:table-cell-properties")
        for one in body_of(root).iter(qn("table:table-cell"))
    ]
    drawn = [
        "".join(side[0] for side in ("top", "left", "bottom", "right") if _line(one, side) != "none")
        for one in found
    ]
    assert drawn == ["tl", "t", "tr", "l", "", "r", "lb", "b", "br"]


def _line(cell_properties: etree._Element, side: str) -> str | None:
    return cell_properties.get(qn(f"fo:border-{side}"), cell_properties.get(qn("fo:border")))


def test_paragraphs_alike_in_a_table_with_a_style_and_outside_differ() -> None:
    style = '<w:style w:type="table" w:styleId="C"><w:name w:val="C"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    body = (
        paragraph("before")
        + table([cell("in")], '<w:tblStyle w:val="C"/>', columns=1)
        + paragraph("after")
        + paragraph("broken", "<w:pageBreakBefore/>")
        + paragraph("broken", "<w:pageBreakBefore/>")
    )
    root = converted(body, parts={"styles": STYLES + style})
    names = {
        "".join(one.itertext()): one.get(qn("text:style-name")) for one in body_of(root).iter(qn("text:p"))
    }
    assert names["before"] != names["in"]
    inside = next(s for s in root.iter(qn("style:style")) if s.get(qn("style:name")) == names["in"])
    assert inside.find(qn("style:paragraph-properties")).get(qn("fo:text-align")) == "center"
    assert names["after"] == "Standard"
    assert names["broken"] not in ("Standard", names["in"])
