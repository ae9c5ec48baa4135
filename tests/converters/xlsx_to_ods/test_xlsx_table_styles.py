"""Table styles are written into the cells of the table: Excel's own and the workbook's, under what the cells say."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from converters.odf.namespaces import qn
from converters.ooxml.theme import Theme
from converters.validity import validate
from converters.xlsx_to_ods.colors import Palette
from converters.xlsx_to_ods.references import Area
from converters.xlsx_to_ods.table_bands import BandedTable, TableBands
from converters.xlsx_to_ods.table_styles import TableElement, built_in_table_style
from tests.converters.xlsx_to_ods.workbooks import attribute, content, converted, raw
from tests.golden_files import assert_golden
from tests.office_files import X, relationships

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "xlsx_to_ods"
STYLES = (
    f'<styleSheet xmlns="{X}"><fonts><font><sz val="11"/></font></fonts><fills><fill/><fill/><fill>'
    '<patternFill patternType="solid"><fgColor rgb="FFFFFF00"/></patternFill></fill></fills><borders><border/></borders>'
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf fillId="2" applyFill="1"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs><dxf><font><b/><color rgb="FF112233"/></font><border><bottom style="thick"><color rgb="FF445566"/></bottom>'
    '</border></dxf><dxf><fill><patternFill><bgColor rgb="FFABCDEF"/></patternFill></fill></dxf></dxfs>'
    '<tableStyles><tableStyle name="Mine"><tableStyleElement type="headerRow" dxfId="0"/>'
    '<tableStyleElement type="secondRowStripe" size="2" dxfId="1"/></tableStyle></tableStyles></styleSheet>'
)
ROWS = (
    '<row r="1"><c r="A1" t="str"><v>Kind</v></c><c r="B1" t="str"><v>Size</v></c></row>'
    '<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>2</v></c></row>'
    '<row r="3" hidden="1"><c r="A3"><v>3</v></c></row><row r="4"><c r="A4"><v>4</v></c></row>'
)


def _workbook(style: str, rows: str = ROWS, further: str = "") -> bytes:
    table = (
        f'<table xmlns="{X}" id="1" name="Sizes" displayName="Sizes" ref="A1:B6" {further}><tableColumns count="2">'
        '<tableColumn id="1" name="Kind"/><tableColumn id="2" name="Size"/></tableColumns>'
        f'<tableStyleInfo name="{style}" showRowStripes="1"/></table>'
    )
    return raw(
        f'<sheetData>{rows}</sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relationships({"rId1": ("table", "../tables/table1.xml")}),
            "xl/tables/table1.xml": table,
            "xl/styles.xml": STYLES,
        },
        {"rId9": ("styles", "styles.xml")},
    )


def _properties(target: bytes) -> dict[str, dict[str, str]]:
    """The properties of the style of each cell, by its address."""
    root = content(target)
    styles = {
        attribute(style, "style:name"): {
            etree.QName(name).localname: value for item in style for name, value in item.attrib.items()
        }
        for style in root.iter(qn("style:style"))
        if attribute(style, "style:family") == "table-cell"
    }
    found: dict[str, dict[str, str]] = {}
    number = 1
    for row in root.iter(qn("table:table-row")):
        column = 0
        for cell in row:
            for _ in range(min(int(cell.get(qn("table:number-columns-repeated"), "1")), 9)):
                found[f"{chr(65 + column)}{number}"] = styles.get(attribute(cell, "table:style-name"), {})
                column += 1
        number += int(row.get(qn("table:number-rows-repeated"), "1"))
    return found


def _fills(target: bytes) -> dict[str, str]:
    return {
        cell: fill
        for cell, properties in _properties(target).items()
        if (fill := properties.get("background-color", "transparent")) != "transparent"
    }


def test_the_bands_of_excels_usual_style_lie_under_what_cells_say_and_count_shown_rows(tmp_path):
    target = converted(_workbook("TableStyleMedium2"), "TABLE_STYLE_APPROXIMATED")
    pale = _fills(target)["A2"]
    assert _fills(target) == {
        "A1": "#4472c4", "B1": "#4472c4", "A2": pale, "B2": "#ffff00", "A5": pale, "B5": pale,
    }  # fmt: skip
    cells = _properties(target)
    assert (cells["A1"]["color"], cells["A1"]["font-weight"]) == ("#ffffff", "bold")
    assert cells["A2"]["border-left"].startswith("0.74pt solid") and cells["A2"]["border-right"] == "none"
    assert cells["B6"]["border-bottom"] != "none" and cells["B6"]["border-right"] != "none"
    path = tmp_path / "target.ods"
    path.write_bytes(target)
    assert not validate(path).violations
    assert_golden(target, GOLDEN / "table_style.fods")


def test_a_style_of_the_workbook_bands_by_its_own_sizes():
    cells = _properties(converted(_workbook("Mine"), "TABLE_STYLE_APPROXIMATED"))
    assert (cells["A1"]["color"], cells["A1"]["border-bottom"]) == ("#112233", "2.49pt solid #445566")
    fills = _fills(converted(_workbook("Mine"), "TABLE_STYLE_APPROXIMATED"))
    assert fills == {"B2": "#ffff00", **dict.fromkeys(("A3", "B3", "A4", "B4", "A5", "B5"), "#abcdef")}


def test_an_unknown_style_is_reported_and_none_is_silent():
    assert _fills(converted(_workbook("Gone"), "TABLE_STYLE_DROPPED")) == {"B2": "#ffff00"}
    assert _fills(converted(_workbook(""))) == {"B2": "#ffff00"}


def test_the_total_row_has_its_own_look():
    cells = _properties(
        converted(_workbook("TableStyleMedium9", further='totalsRowCount="1"'), "TABLE_STYLE_APPROXIMATED")
    )
    assert (cells["A6"]["background-color"], cells["A6"]["border-top"]) == ("#4472c4", "2.49pt solid #ffffff")


def test_first_and_last_columns_are_stronger_than_stripes():
    style = {"firstColumn": TableElement(fill="#111111"), "firstRowStripe": TableElement(fill="#222222"),
             "firstColumnStripe": TableElement(fill="#333333", size=2)}  # fmt: skip
    table = BandedTable(Area(2, 2, 4, 5), 1, 0, style, column_stripes=True, first_column=True)
    bands = TableBands([table])
    assert bands.next_row(1) == 2

    def fills(row: int) -> dict[int, str | None]:
        runs = bands.at(row, hidden=False)
        return {column: fill.fill for first, last, fill in runs for column in range(first, last + 1)}

    assert fills(2) == {2: "#111111"}
    assert fills(3) == {2: "#111111", 3: "#222222", 4: "#222222", 5: "#222222"}
    assert {column: fill for column, fill in fills(4).items() if fill} == {
        2: "#111111",
        3: "#333333",
        5: "#333333",
    }
    assert bands.next_row(5) > 1_000_000


@pytest.mark.parametrize("kind, last", [("Light", 21), ("Medium", 28), ("Dark", 11)])
def test_every_style_of_excel_is_known(kind, last):
    palette = Palette(Theme())
    assert built_in_table_style(f"TableStyle{kind}{last + 1}", palette) is None
    for number in range(1, last + 1):
        style = built_in_table_style(f"TableStyle{kind}{number}", palette)
        assert style is not None and {"wholeTable", "headerRow", "firstRowStripe"} <= set(style)
