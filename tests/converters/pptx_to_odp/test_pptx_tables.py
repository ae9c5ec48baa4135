"""Tables on slides: what lies behind their cells."""

from __future__ import annotations

import pytest
from lxml import etree
from pptx.util import Cm

from converters.odf.namespaces import qn
from tests.converters.pptx_to_odp.slides_builder import NAMESPACES, Converted, converted, presentation

_GREY = '<a:solidFill><a:srgbClr val="808080"/></a:solidFill>'
_STYLED = f"<a:tblBg><a:fill>{_GREY}</a:fill></a:tblBg>"
_THEMED = '<a:tblBg><a:fillRef idx="{}"><a:srgbClr val="808080"/></a:fillRef></a:tblBg>'
_RED = '<a:solidFill><a:srgbClr val="FF0000">{}</a:srgbClr></a:solidFill>'


def _converted(own: str = "", style: str = "", cell: str = "") -> Converted:
    """A table of one cell: ``own`` stands in ``a:tblPr``, ``style`` in the style inside it, ``cell`` in ``a:tcPr``."""

    def on_slide(slide) -> None:
        table = slide.shapes.add_table(1, 1, Cm(1), Cm(1), Cm(10), Cm(5)).table._tbl
        properties = f'{own}<a:tableStyle styleId="x" styleName="x">{style}<a:wholeTbl/></a:tableStyle>'
        table.replace(table.tblPr, etree.fromstring(f"<a:tblPr {NAMESPACES}>{properties}</a:tblPr>"))
        only = table.tr_lst[0].tc_lst[0]
        only.replace(only.tcPr, etree.fromstring(f"<a:tcPr {NAMESPACES}>{cell}</a:tcPr>"))

    return converted(presentation(on_slide))


def _fill(result: Converted) -> tuple[str | None, ...]:
    (cell,) = result.find_all("loext:graphic-properties")
    return tuple(cell.get(qn(name)) for name in ("draw:fill", "draw:fill-color", "draw:opacity"))


@pytest.mark.parametrize("own, style", [(_GREY, ""), ("", _STYLED), ("", _THEMED.format(1))])
@pytest.mark.parametrize("cell", ["", "<a:noFill/>"])
def test_a_cell_without_a_fill_shows_what_lies_behind_its_table(own, style, cell):
    result = _converted(own, style, cell)
    assert not result.losses
    assert _fill(result) == ("solid", "#808080", None)


def test_what_lies_behind_a_table_shines_through_half_transparent_cells():
    result = _converted(style=_STYLED, cell=_RED.format('<a:alpha val="50000"/>'))
    assert _fill(result) == ("solid", "#c04040", None)


@pytest.mark.parametrize(
    ("own", "style", "cell", "expected"),
    [
        ("", _STYLED, _RED.format(""), ("solid", "#ff0000", None)),
        ("", "", "", ("none", None, None)),
        ("<a:noFill/>", _STYLED, "", ("none", None, None)),
        ("", "<a:tblBg/>", "", ("none", None, None)),
        ("", _THEMED.format(0), "", ("none", None, None)),
    ],
)
def test_a_cell_keeps_its_own_fill_where_nothing_lies_behind_it(own, style, cell, expected):
    assert _fill(_converted(own, style, cell)) == expected


def test_a_background_of_several_colours_shows_the_one_in_its_middle():
    stops = "".join(
        f'<a:gs pos="{place}"><a:srgbClr val="{color}"/></a:gs>'
        for place, color in ((0, "FFFFFF"), (50_000, "336699"), (100_000, "000000"))
    )
    result = _converted(own=f"<a:gradFill><a:gsLst>{stops}</a:gsLst></a:gradFill>")
    assert _fill(result) == ("solid", "#336699", None)
    assert result.codes == ["TABLE_BACKGROUND_APPROXIMATED"]


@pytest.mark.parametrize(("width", "written"), [(12_700, "0.02cm"), (38_100, "0.06cm")])
def test_lines_of_a_table_are_drawn_as_wide_as_the_file_says(width, written):
    """LibreOffice draws those on pages 2540/1440 times as wide as their style says."""
    result = _converted(
        cell=f'<a:lnL w="{width}"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:lnL>'
    )
    (cell,) = result.find_all("style:table-cell-properties")
    assert cell.get(qn("fo:border-left")) == f"{written} solid #ff0000"
