"""Presentations that are broken, sparse or hostile: refused with a code, or converted with the loss named."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.errors import ConverterError, Refused
from converters.odf.namespaces import qn
from converters.ooxml.namespaces import qn as ooxml_qn
from tests.converters.pptx_to_odp.slides_builder import (
    PIXEL,
    converted,
    presentation,
    rewritten,
    shape,
    with_shapes,
)
from tests.office_files import pptx

SLIDE = "ppt/slides/slide1.xml"
BODY = shape("<a:p><a:r><a:t>kept</a:t></a:r></a:p>")


@pytest.mark.parametrize(
    "part",
    [
        "ppt/slideLayouts/slideLayout7.xml",
        "ppt/slideMasters/slideMaster1.xml",
        "ppt/theme/theme1.xml",
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        "ppt/slides/_rels/slide1.xml.rels",
        "docProps/core.xml",
    ],
)
@pytest.mark.parametrize(
    "damage", [lambda _old: None, lambda old: old[: len(old) // 2]], ids=["missing", "damaged"]
)
def test_text_survives_the_loss_of_a_part_around_it(part, damage):
    try:
        result = converted(rewritten(with_shapes(BODY), {part: damage}))
    except ConverterError:
        return
    assert "kept" in result.paragraphs()


def test_a_missing_slide_is_reported_and_the_others_stay():
    result = converted(rewritten(presentation(), {SLIDE: lambda _old: None}))
    assert "PART_MISSING" in result.codes
    assert result.find_all("draw:page") == []


def test_a_damaged_slide_is_reported():
    result = converted(rewritten(presentation(), {SLIDE: lambda _old: b"<p:sld"}))
    assert result.codes == ["PART_DAMAGED"]


def test_a_slide_that_declares_entities_is_refused():
    hostile = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    with pytest.raises(Refused, match="DOCTYPE_FORBIDDEN"):
        converted(rewritten(presentation(), {SLIDE: lambda _old: hostile}))


@pytest.mark.parametrize(
    "xml",
    [
        shape(transform=""),
        shape(transform='<a:xfrm><a:off x="NaN" y="1e99"/><a:ext cx="-1" cy="x"/></a:xfrm>'),
        shape(properties='<a:prstGeom prst="rect"><a:avLst><a:gd name="adj" fmla="*/ 1 2"/></a:avLst></a:prstGeom>'),
        shape(properties="<a:custGeom/>"),
        shape(properties='<a:custGeom><a:pathLst><a:path w="0"><a:arcTo wR="r" hR="-1" swAng="1e9"/></a:path></a:pathLst></a:custGeom>'),
        shape(properties="<a:gradFill/>"),
        shape(properties='<a:ln w="x"><a:custDash/></a:ln>'),
        shape('<a:p><a:pPr lvl="99" marL="x"><a:buChar/></a:pPr><a:r><a:rPr sz="-5" lang="!"/><a:t>x</a:t></a:r></a:p>'),
        shape('<a:p><a:pPr><a:buAutoNum/></a:pPr><a:r/></a:p>'),
        "<p:sp/>",
        "<p:pic/>",
        "<p:grpSp/>",
        "<p:cxnSp/>",
        "<p:graphicFrame/>",
    ],
)  # fmt: skip
def test_senseless_values_never_stop_a_conversion(xml):
    converted(with_shapes(xml, BODY))


def test_groups_nest_as_deep_as_the_parser_allows():
    nested = "<p:sp/>"
    for _ in range(60):
        nested = f"<p:grpSp><p:grpSpPr/>{nested}</p:grpSp>"
    assert len(converted(with_shapes(nested)).find_all("draw:g")) == 60


def test_a_shape_of_an_unknown_kind_is_drawn_as_a_rectangle_and_reported():
    result = converted(with_shapes(shape(properties='<a:prstGeom prst="teapot"/>')))
    assert result.codes == ["SHAPE_GEOMETRY_APPROXIMATED"]
    assert result.find_all("draw:enhanced-geometry")[0].get(qn("draw:type")) == "ooxml-rect"


def test_a_picture_whose_opacity_is_left_out_is_opaque():
    def build(slide) -> None:
        picture = slide.shapes.add_picture(str(PIXEL), 0, 0)
        etree.SubElement(picture._element.blipFill.find(ooxml_qn("a:blip")), ooxml_qn("a:alphaModFix"))

    properties = converted(presentation(build)).find_all("style:graphic-properties")
    assert [found.get(qn("draw:image-opacity")) for found in properties] == ["100%"]


def test_a_presentation_without_masters_or_themes_is_converted():
    assert "Welcome" in " ".join(converted(pptx()).paragraphs())


@pytest.mark.corpus
@pytest.mark.slow
def test_every_presentation_of_the_corpus_is_converted_or_refused(corpus):
    for path in sorted([*corpus.glob("pptx/*"), *corpus.glob("macro/*.p??m")]):
        try:
            converted(path.read_bytes())
        except ConverterError:
            continue
