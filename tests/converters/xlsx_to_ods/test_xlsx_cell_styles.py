"""Which groups of a format hold, what their fonts are called, and how high rows and headers are."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from converters.odf.namespaces import qn
from tests.converters.xlsx_to_ods.workbooks import content, converted, raw
from tests.office_files import X

FONTS = (
    '<fonts><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="1"/></font><font/></fonts>'
)
LISTS = "<fills><fill/></fills><borders><border/></borders>"
ROW = '<sheetData><row r="1"><c r="A1" s="1"><v>1</v></c></row></sheetData>'


def _styled(formats: str, *, named: str = "", declared: str = 'name="Mine"', sheet: str = ROW) -> bytes:
    """A workbook whose second cell format is ``formats``, over the named style ``named``."""
    styles = (
        f'<styleSheet xmlns="{X}">{FONTS}{LISTS}'
        f'<cellStyleXfs><xf fontId="0"/><xf fontId="1" {named}/></cellStyleXfs>'
        f'<cellXfs><xf fontId="0" xfId="0"/>{formats}</cellXfs>'
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        f'<cellStyle {declared} xfId="1"/></cellStyles>'
        "</styleSheet>"
    )
    return raw(sheet, {"xl/styles.xml": styles}, {"rId9": ("styles", "styles.xml")})


def _cell_style(target: bytes):
    """The automatic style of the sheet's first cell."""
    root = content(target)
    name = root.find(f".//{qn('table:table-cell')}").get(qn("table:style-name"))
    return next(style for style in root.iter(qn("style:style")) if style.get(qn("style:name")) == name)


@pytest.mark.parametrize(
    ("formats", "is_written"),
    [
        ('<xf fontId="0" xfId="0" applyAlignment="1"/>', True),
        ('<xf fontId="0" xfId="0"><alignment vertical="bottom"/></xf>', True),
        ('<xf fontId="1" xfId="0"/>', False),
    ],
)
def test_an_alignment_holds_where_it_is_applied_or_spelled_out(formats, is_written):
    style = _cell_style(converted(_styled(formats)))
    cell = style.find(qn("style:table-cell-properties"))
    wrap = cell.get(qn("fo:wrap-option")) if cell is not None else None
    assert (wrap == "no-wrap") == is_written


def test_a_group_that_the_named_style_switches_off_holds_in_the_cell():
    style = _cell_style(converted(_styled('<xf fontId="1" xfId="1"/>', named='applyFont="0"')))
    assert style.find(qn("style:text-properties")).get(qn("fo:font-weight")) == "bold"


def test_two_faces_of_one_typeface_have_two_names():
    target = converted(_styled('<xf fontId="1" xfId="0"/>'))
    faces = {
        face.get(qn("style:name")): face.get(qn("style:font-family-generic"))
        for face in content(target).iter(qn("style:font-face"))
    }
    assert sorted(faces.values(), key=str) == ["roman", "swiss"]
    assert {face.rstrip("1") for face in faces} == {"Calibri"}


def test_the_typeface_of_a_font_that_says_nothing_is_declared():
    target = converted(_styled('<xf fontId="2" xfId="0" applyFont="1"/>'))
    name = _cell_style(target).find(qn("style:text-properties")).get(qn("style:font-name"))
    assert name in [face.get(qn("style:name")) for face in content(target).iter(qn("style:font-face"))]


@pytest.mark.parametrize(
    ("declared", "stays"), [('name="Mine"', True), ('name="Good" builtinId="26"', False)]
)
def test_built_in_styles_that_no_cell_has_are_left_out_and_those_of_a_person_stay(declared, stays):
    styles = content(converted(_styled('<xf fontId="0" xfId="0"/>', declared=declared)), "styles.xml")
    names = {style.get(qn("style:name")) for style in styles.iter(qn("style:style"))}
    assert bool(names & {"Mine", "Good"}) == stays


def test_a_header_is_as_high_as_its_text_and_the_cells_stay_where_they_were():
    sheet = (
        "<sheetData/>"
        '<pageMargins left="0.7" right="0.7" top="1" bottom="1" header="0.5" footer="0.5"/>'
        "<headerFooter><oddHeader>&amp;C&amp;18Title\nsecond</oddHeader></headerFooter>"
    )
    styles = content(converted(raw(sheet)), "styles.xml")
    band = styles.find(f".//{qn('style:header-style')}/{qn('style:header-footer-properties')}")
    page = styles.find(f".//{qn('style:page-layout-properties')}")
    assert (page.get(qn("fo:margin-top")), band.get(qn("fo:min-height"))) == ("0.5in", None)
    assert band.get(qn("svg:height")) == "0.5in"  # two lines of 18 points fill the half inch
    sheet = sheet.replace("&amp;18", "&amp;9").replace("\nsecond", "")
    styles = content(converted(raw(sheet)), "styles.xml")
    band = styles.find(f".//{qn('style:header-style')}/{qn('style:header-footer-properties')}")
    assert (band.get(qn("fo:min-height")), band.get(qn("fo:margin-bottom"))) == ("0.5in", "0.375in")


@pytest.mark.parametrize(("application", "height"), [("xl", "24.75pt"), ("Calc", "24.95pt")])
def test_rows_of_excel_are_whole_pixels_high(application, height):
    book = (
        f'<workbook xmlns="{X}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<fileVersion appName="{application}"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    sheet = '<sheetData><row r="1" ht="24.95" customHeight="1"><c r="A1"><v>1</v></c></row></sheetData>'
    root = content(converted(raw(sheet, {"xl/workbook.xml": book})))
    heights = {item.get(qn("style:row-height")) for item in root.iter(qn("style:table-row-properties"))}
    assert height in heights


def test_conditions_name_styles_as_they_are_shown_and_stand_by_priority():
    """LibreOffice looks for the shown name there, and of formats over one another shows the first."""
    rule = '<cfRule type="expression" dxfId="0" priority="{}"><formula>A1&gt;0</formula></cfRule>'
    formats = "".join(
        f'<conditionalFormatting sqref="{area}">{rule.format(priority)}</conditionalFormatting>'
        for area, priority in (("A1:B9", 2), ("A1:A9", 1))
    )
    styles = f'<styleSheet xmlns="{X}"><dxfs><dxf><font><b/></font></dxf></dxfs></styleSheet>'
    source = raw(f"<sheetData/>{formats}", {"xl/styles.xml": styles}, {"rId9": ("styles", "styles.xml")})
    target = converted(source)
    found = list(content(target).iter(qn("calcext:conditional-format")))
    areas = [item.get(qn("calcext:target-range-address")) for item in found]
    assert areas == ["Budget.A1:Budget.A9", "Budget.A1:Budget.B9"]
    shown = {
        style.get(qn("style:display-name"), style.get(qn("style:name")))
        for style in content(target, "styles.xml").iter(qn("style:style"))
    }
    assert {item.get(qn("calcext:apply-style-name")) for entry in found for item in entry} <= shown


def test_a_rich_run_is_plain_where_it_says_nothing_though_its_cell_is_bold():
    """And the Normal font stands in no style above those of conditions, which would hide the cells' own."""
    runs = "<is><r><rPr><b/></rPr><t>Bold</t></r><r><rPr><i/></rPr><t> not</t></r></is>"
    target = converted(raw(f'<sheetData><row r="1"><c r="A1" t="inlineStr">{runs}</c></row></sheetData>'))
    weights = [
        item.get(qn("fo:font-weight"))
        for style in content(target).iter(qn("style:style"))
        if style.get(qn("style:family")) == "text"
        for item in style.iter(qn("style:text-properties"))
    ]
    assert weights == ["bold", "normal"]


def _fonts(*fonts: str, further: str = "") -> tuple[list[str], str]:
    """(the declarations of typefaces, the styles part) of a workbook with a cell in each font."""
    cells = "".join(
        f"<c r='{column}1' s='{index}'><v>1</v></c>" for index, column in enumerate("ABC"[: len(fonts)])
    )
    formats = "".join(f"<xf fontId='{index}' applyFont='1'/>" for index in range(len(fonts)))
    styles = (
        f'<styleSheet xmlns="{X}"><fonts>{"".join(f"<font>{font}</font>" for font in fonts)}</fonts>'
        f"<cellStyleXfs><xf fontId='0'/></cellStyleXfs><cellXfs>{formats}</cellXfs>{further}</styleSheet>"
    )
    source = raw(
        f"<sheetData><row r='1'>{cells}</row></sheetData>",
        {"xl/styles.xml": styles},
        {"rId2": ("styles", "styles.xml")},
    )
    archive = zipfile.ZipFile(io.BytesIO(converted(source)))
    faces = re.findall(r'<style:font-face style:name="([^"]*)"', archive.read("content.xml").decode())
    return faces, archive.read("styles.xml").decode()


def test_a_typeface_that_only_the_normal_font_describes_is_one_face() -> None:
    described, bare = "<name val='Calibri'/><family val='2'/>", "<name val='Calibri'/>"
    assert _fonts(described, bare)[0] == ["Calibri"]
    assert _fonts(described, bare, "<name val='Calibri'/><family val='1'/>")[0] == [
        "Calibri",
        "Calibri1",
        "Calibri2",
    ]
    assert len(_fonts("<name val='Tahoma'/><family val='2'/>", "<name val='Tahoma'/>")[0]) == 2


def test_the_normal_font_stands_over_all_cells_only_where_formats_may_hide_it() -> None:
    font = "<name val='Calibri'/><sz val='11'/>"
    plain = _fonts(font)[1]
    overlaid = _fonts(font, further="<dxfs><dxf><font><b/></font></dxf></dxfs>")[1]
    assert '<style:default-style style:family="table-cell">' not in plain
    assert '<style:default-style style:family="table-cell"><style:text-properties' in overlaid
