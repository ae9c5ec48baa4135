"""How slides follow each other: transitions, their sounds, custom shows, endless and unattended ones."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.odf.namespaces import qn
from converters.ooxml.namespaces import NAMESPACES as OOXML
from tests.converters.pptx_to_odp.slides_builder import (
    NAMESPACES,
    Converted,
    converted,
    presentation,
    rewritten,
)
from tests.converters.pptx_to_odp.test_pptx_animations import sound

P14 = f'xmlns:p14="{OOXML["p14"]}"'


def with_transition(content: str, attributes: str = "") -> Converted:
    def build(slide) -> None:
        inner = content.replace("SOUND", sound(slide)) if "SOUND" in content else content
        xml = f"<p:transition {NAMESPACES} {P14} {attributes}>{inner}</p:transition>"
        slide._element.append(etree.fromstring(xml))

    return converted(presentation(build))


def said(result: Converted) -> dict[str, str]:
    """What the style of the slide says of its transition, with local names."""
    page = result.find_all("draw:page")[0].get(qn("draw:style-name"))
    (style,) = [one for one in result.find_all("style:style") if one.get(qn("style:name")) == page]
    (properties,) = style.iterfind(qn("style:drawing-page-properties"))
    return {name.rpartition("}")[2]: value for name, value in properties.attrib.items()}


@pytest.mark.parametrize(
    ("transition", "expected"),
    [
        ('<p:cover dir="lu"/>', ("slideWipe", "fromBottomRight", None)),
        ('<p:cover dir="r"/>', ("slideWipe", "fromLeft", None)),
        ('<p:pull dir="rd"/>', ("slideWipe", "fromTopLeft", "reverse")),
        ('<p:strips dir="ld"/>', ("waterfallWipe", "horizontalRight", None)),
        ('<p:strips dir="ru"/>', ("waterfallWipe", "horizontalRight", "reverse")),
        ('<p:comb dir="vert"/>', ("pushWipe", "combVertical", None)),
        ("<p14:ripple/>", ("miscShapeWipe", "horizontal", None)),
        ('<p14:prism isInverted="1"/>', ("miscShapeWipe", "cornersIn", None)),
        ("<p14:flash/>", ("fade", "fadeOverColor", None)),
    ],
)
def test_a_transition_has_its_type_and_direction(transition, expected):
    result = with_transition(transition)
    found = said(result)
    assert (found.get("type"), found.get("subtype"), found.get("direction")) == expected
    assert result.codes == []


def test_a_transition_that_odf_has_not_becomes_a_fade_and_is_reported():
    result = with_transition('<p14:doors dir="vert"/>')
    assert said(result)["type"] == "fade"
    assert [(loss.code, dict(loss.params)) for loss in result.losses] == [
        ("TRANSITION_DROPPED", {"transition": "doors"})
    ]


def test_a_flash_is_white_and_a_fade_through_black_black():
    assert said(with_transition("<p14:flash/>"))["fadeColor"] == "#ffffff"
    assert said(with_transition('<p:fade thruBlk="1"/>'))["fadeColor"] == "#000000"


def test_the_sound_of_a_transition_stays_in_the_package():
    result = with_transition(
        '<p:fade/><p:sndAc><p:stSnd><p:snd r:embed="SOUND" name="a"/></p:stSnd></p:sndAc>'
    )
    (found,) = result.find_all("presentation:sound")
    assert found.get(qn("xlink:href")) == "vnd.sun.star.Package:Media/audio1.wav"
    assert result.part_bytes("Media/audio1.wav") == b"RIFF"
    assert result.codes == []


def test_a_transition_that_stops_a_sound_is_reported():
    assert with_transition("<p:sndAc><p:endSnd/></p:sndAc>").codes == ["TRANSITION_DROPPED"]


def shown(properties: str, custom: str = "") -> Converted:
    """Three slides (the builder's own is the first) with ``p:showPr`` and custom shows; ``{0}`` ... are their ids."""

    def build(slide) -> None:
        made = slide.part.package.presentation_part.presentation
        for _ in range(2):
            made.slides.add_slide(slide.slide_layout)

    def with_shows(content: bytes) -> bytes:
        root = etree.fromstring(content)
        identifiers = [one.get(f"{{{OOXML['r']}}}id") for one in root.iter(f"{{{OOXML['p']}}}sldId")]
        if custom:
            listed = f"<p:custShowLst {NAMESPACES}>{custom.format(*identifiers)}</p:custShowLst>"
            root.find(f"{{{OOXML['p']}}}notesSz").addnext(etree.fromstring(listed))
        return etree.tostring(root)

    show = f"<p:presentationPr {NAMESPACES}>{properties}</p:presentationPr>".encode()
    changes = {"ppt/presProps.xml": lambda _content: show, "ppt/presentation.xml": with_shows}
    return converted(rewritten(presentation(build), changes))


def settings(result: Converted) -> dict[str, str]:
    found = result.find_all("presentation:settings")
    return {name.rpartition("}")[2]: value for name, value in found[0].attrib.items()} if found else {}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<p:showPr showNarration="1"><p:present/><p:sldAll/></p:showPr>', {}),
        ('<p:showPr loop="1"/>', {"endless": "true"}),
        ('<p:showPr><p:kiosk/></p:showPr>', {"endless": "true", "transition-on-click": "disabled"}),
        ('<p:showPr useTimings="0" showAnimation="0"/>', {"force-manual": "true", "animations": "disabled"}),
        ('<p:showPr><p:browse/></p:showPr>', {"full-screen": "false"}),
    ],
)  # fmt: skip
def test_a_presentation_is_shown_as_its_properties_say(properties, expected):
    result = shown(properties)
    assert settings(result) == expected
    assert result.codes == []


CUSTOM = '<p:custShow name="Short" id="7"><p:sldLst><p:sld r:id="{2}"/><p:sld r:id="{0}"/><p:sld r:id="{2}"/></p:sldLst></p:custShow>'


def test_a_custom_show_lists_its_slides_in_their_order():
    result = shown('<p:showPr><p:custShow id="7"/></p:showPr>', CUSTOM)
    (show,) = result.find_all("presentation:show")
    assert show.get(qn("presentation:pages")) == "Slide 3,Slide 1,Slide 3"
    assert settings(result) == {"show": "Short"}
    assert result.codes == []


def test_a_range_of_slides_is_a_show_of_its_own():
    result = shown('<p:showPr><p:sldRg st="2" end="3"/></p:showPr>')
    (show,) = result.find_all("presentation:show")
    assert show.get(qn("presentation:pages")) == "Slide 2,Slide 3"
    assert settings(result) == {"show": "2-3"}


def test_a_slide_of_a_custom_show_that_is_not_there_is_reported():
    assert shown("", CUSTOM.replace("{0}", "rId999")).codes == ["RELATIONSHIP_DANGLING"]


def test_titles_of_slides_hold_no_comma_as_names():
    def build(slide) -> None:
        slide.shapes.title.text = "One, two"

    result = converted(presentation(build, layout=5))
    assert result.find_all("draw:page")[0].get(qn("draw:name")) == "One two"
