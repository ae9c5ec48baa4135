"""Slide numbers that the master page shows, and those that stay shapes of their slide."""

from __future__ import annotations

import pytest

from converters.odf.namespaces import qn
from tests.converters.pptx_to_odp.slides_builder import Converted, converted, with_shapes

_FIELD = '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="fr-CA" smtClean="0"/><a:t>1</a:t></a:fld>'


def _number(text: str = _FIELD, properties: str = "", frame: str = "<a:bodyPr/>") -> Converted:
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="77" name="Number"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{properties}</p:spPr><p:txBody>{frame}<a:lstStyle/><a:p>{text}</a:p></p:txBody></p:sp>"
    )
    return converted(with_shapes(shape))


def _shown_by_master(result: Converted) -> str:
    (page,) = result.find_all("draw:page")
    (style,) = [
        one
        for one in result.find_all("style:style")
        if one.get(qn("style:name")) == page.get(qn("draw:style-name"))
    ]
    return style.find(qn("style:drawing-page-properties")).get(qn("presentation:display-page-number"))


def test_a_number_that_changes_nothing_of_its_layout_is_shown_by_the_master_page():
    result = _number()
    assert _shown_by_master(result) == "true"
    assert result.find_all("text:page-number") == []
    frames = [
        frame
        for frame in result.part("styles.xml").iter(qn("draw:frame"))
        if frame.get(qn("presentation:class")) == "page-number"
    ]
    assert len(frames) == 1
    assert frames[0].find(f".//{qn('text:page-number')}") is not None


@pytest.mark.parametrize(
    "own",
    [
        {"text": "<a:r><a:t>Page </a:t></a:r>" + _FIELD},
        {"text": _FIELD.replace('lang="fr-CA"', 'sz="2400"')},
        {"properties": '<a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="457200"/></a:xfrm>'},
        {"frame": '<a:bodyPr anchor="t"/>'},
    ],
)
def test_a_number_with_something_of_its_own_stays_on_its_slide(own: dict[str, str]):
    result = _number(**own)
    assert _shown_by_master(result) == "false"
    assert len(result.find_all("text:page-number")) == 1


def test_a_slide_without_a_number_shows_none():
    assert _shown_by_master(converted(with_shapes())) == "false"
