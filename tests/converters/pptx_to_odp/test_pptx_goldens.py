"""Whole presentations against their goldens in flat ODF; each result is valid ODF and loses nothing unannounced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pptx.dml.color import RGBColor
from pptx.util import Cm, Pt

from converters.validity import validate
from tests.converters.pptx_to_odp.slides_builder import PIXEL, converted, presentation, shape, with_shapes
from tests.golden_files import assert_golden

GOLDENS = Path(__file__).parents[2] / "golden" / "pptx_to_odp"
TITLE_AND_CONTENT = 1


def _outline(slide) -> None:
    slide.shapes.title.text = "Quarter in review"
    frame = slide.placeholders[1].text_frame
    frame.text = "First point"
    for text, level in (("Below it", 1), ("Second point", 0)):
        paragraph = frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    slide.notes_slide.notes_text_frame.text = "Speak slowly"


def _table(slide) -> None:
    table = slide.shapes.add_table(2, 3, Cm(1), Cm(1), Cm(12), Cm(3)).table
    table.cell(0, 0).text = "Heading"
    table.cell(1, 0).merge(table.cell(1, 1))
    table.cell(1, 2).text = "Last"


def _picture(slide) -> None:
    picture = slide.shapes.add_picture(str(PIXEL), Cm(2), Cm(2), Cm(4), Cm(3))
    picture.crop_left = 0.25
    picture.rotation = 30


def _background(slide) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = RGBColor(0x10, 0x20, 0x30)
    box = slide.shapes.add_textbox(Cm(1), Cm(1), Cm(8), Cm(2))
    run = box.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = "Read more", Pt(24), True
    run.hyperlink.address = "https://example.org/"


_RICH_TEXT = (
    '<a:p><a:pPr algn="r"/><a:r><a:rPr lang="fr-FR" u="sng" strike="sngStrike" baseline="30000" cap="small"/>'
    "<a:t>Été  là</a:t></a:r><a:br/><a:fld id=\"{1}\" type=\"slidenum\"><a:t>1</a:t></a:fld></a:p>"
    '<a:p><a:pPr marL="342900" indent="-342900"><a:buFont typeface="+mj-lt"/><a:buAutoNum type="romanLcPeriod"/></a:pPr>'
    "<a:r><a:t>numbered</a:t></a:r></a:p><a:p><a:endParaRPr sz=\"900\"/></a:p>"
)  # fmt: skip
_DRAWN = with_shapes(
    shape(
        _RICH_TEXT,
        body='<a:bodyPr anchor="ctr" wrap="none" lIns="0"><a:normAutofit fontScale="50000"/></a:bodyPr>',
    ),
    shape(
        name="Arrow",
        properties='<a:prstGeom prst="rightArrow"/><a:gradFill><a:gsLst><a:gs pos="0"><a:srgbClr val="FF0000"/></a:gs>'
        '<a:gs pos="100000"><a:srgbClr val="00FF00"><a:alpha val="50000"/></a:srgbClr></a:gs></a:gsLst>'
        '<a:lin ang="0"/></a:gradFill><a:effectLst><a:outerShdw dist="38100" dir="2700000"><a:srgbClr val="000000"/>'
        "</a:outerShdw></a:effectLst>",
        transform='<a:xfrm rot="2700000" flipH="1"><a:off x="0" y="0"/><a:ext cx="720000" cy="360000"/></a:xfrm>',
    ),
    '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="3" name="Group"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="720000" cy="720000"/><a:chOff x="0" y="0"/><a:chExt cx="360000" cy="360000"/>'
    '</a:xfrm><a:solidFill><a:schemeClr val="accent2"/></a:solidFill></p:grpSpPr>'
    + shape(properties='<a:prstGeom prst="ellipse"/><a:grpFill/>')
    + "</p:grpSp>",
    '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="4" name="Line"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm flipV="1">'
    '<a:off x="0" y="0"/><a:ext cx="360000" cy="720000"/></a:xfrm><a:prstGeom prst="straightConnector1"/>'
    '<a:ln w="25400"><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill><a:prstDash val="sysDot"/>'
    '<a:tailEnd type="triangle" w="lg"/></a:ln></p:spPr></p:cxnSp>',
)

CASES: dict[str, Callable[[], bytes]] = {
    "outline_and_notes": lambda: presentation(_outline, TITLE_AND_CONTENT),
    "table": lambda: presentation(_table),
    "picture": lambda: presentation(_picture),
    "background_and_link": lambda: presentation(_background),
    "drawn": lambda: _DRAWN,
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_presentation_becomes_what_its_golden_says(name, tmp_path):
    result = converted(CASES[name]())
    target = tmp_path / "result.odp"
    target.write_bytes(result.data)
    assert result.codes == []
    assert validate(target).violations == ()
    assert_golden(result.data, GOLDENS / f"{name}.fodp")
