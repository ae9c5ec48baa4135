"""Animations, triggers, delays and sounds, element by element."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Cm

from converters.odf.namespaces import qn
from tests.converters.pptx_to_odp.slides_builder import Converted, converted, presentation
from tests.converters.pptx_to_odp.timings import (
    click,
    common,
    effect,
    filtered,
    moved,
    paragraph,
    timing,
    triggered,
    visibility,
    whole,
)

FIRST, SECOND = 2, 3  # the numbers of the shapes
REVERSED = 'autoRev="1"'


def animated(*clicks: str, more: str = "", prepare: Callable[[object], None] | None = None) -> Converted:
    """A slide with two shapes of two paragraphs each, with a timing."""

    def build(slide) -> None:
        for index in range(2):
            made = slide.shapes.add_shape(1, Cm(1 + 5 * index), Cm(2), Cm(4), Cm(3))
            made.text_frame.text = "first"
            made.text_frame.add_paragraph().text = "second"
        if prepare is not None:
            prepare(slide)
        slide._element.append(etree.fromstring(timing(*clicks, more=more)))

    return converted(presentation(build))


def behaviours(result: Converted, name: str) -> list[dict[str, str]]:
    """The attributes of each ``anim:`` element of a name, with local names."""
    return [
        {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        for element in result.find_all(f"anim:{name}")
    ]


def identifier(result: Converted, tag: str, index: int = 0) -> str:
    return result.find_all(tag)[index].get("{http://www.w3.org/XML/1998/namespace}id", "")


def test_an_entrance_waits_for_a_click_and_names_its_shape():
    steps = visibility(whole(SECOND)) + moved(whole(SECOND), "ppt_y", "1+#ppt_h/2", "#ppt_y")
    result = animated(click(effect("entr 2", steps, subtype=4)))
    assert result.codes == []
    (found,) = [one for one in behaviours(result, "par") if "preset-id" in one]
    assert found["node-type"] == "on-click"
    assert found["preset-class"] == "entrance"
    assert (found["preset-id"], found["preset-sub-type"]) == ("ooo-entrance-fly-in", "from-bottom")
    assert [one.get("begin") for one in behaviours(result, "par")][1:3] == ["next", "0s"]
    shape = identifier(result, "draw:custom-shape", 1)
    assert shape
    (step,) = behaviours(result, "animate")
    assert step == {
        "targetElement": shape, "attributeName": "y", "values": "1+height/2;y", "keyTimes": "0;1", "dur": "0.5s",
        "fill": "hold",
    }  # fmt: skip


def test_only_shapes_that_move_have_a_name():
    result = animated(click(effect("entr 1", visibility(whole(SECOND)))))
    assert identifier(result, "draw:custom-shape", 0) == ""


def test_effects_follow_each_other_with_their_delays():
    result = animated(
        click(
            effect("entr 10", visibility(whole(FIRST)) + filtered(whole(FIRST), "fade")),
            effect(
                "entr 22",
                visibility(whole(SECOND)) + filtered(whole(SECOND), "wipe(left)"),
                starts="with",
                delay="300",
            ),
        ),
        click(effect("entr 3", filtered(whole(FIRST), "blinds(horizontal)"), starts="after"), begins="500"),
    )
    effects = [one for one in behaviours(result, "par") if "preset-id" in one]
    assert [(one["node-type"], one["begin"]) for one in effects] == [
        ("on-click", "0s"),
        ("with-previous", "0.3s"),
        ("after-previous", "0s"),
    ]
    kinds = [(one["type"], one.get("subtype")) for one in behaviours(result, "transitionFilter")]
    assert kinds == [("fade", "crossfade"), ("barWipe", "leftToRight"), ("blindsWipe", "horizontal")]
    assert "0.5s" in [one.get("begin") for one in behaviours(result, "par")]


def test_an_exit_runs_its_filter_out_and_hides_the_shape_at_the_end():
    result = animated(
        click(
            effect(
                "exit 10", filtered(whole(FIRST), "fade", "out") + visibility(whole(FIRST), "hidden", "499")
            )
        )
    )
    assert behaviours(result, "transitionFilter")[0]["mode"] == "out"
    (last,) = behaviours(result, "set")
    assert (last["to"], last["begin"]) == ("hidden", "0.499s")


@pytest.mark.parametrize(
    ("step", "tag", "said"),
    [
        (
            f'<p:animRot by="21600000">{common(whole(FIRST), "r", node=REVERSED)}</p:animRot>',
            "animateTransform",
            {"type": "rotate", "by": "360", "autoReverse": "true"},
        ),
        (
            f'<p:animScale>{common(whole(FIRST))}<p:by x="150000" y="50000"/></p:animScale>',
            "animateTransform",
            {"type": "scale", "by": "0.5,-0.5"},
        ),
        (
            f'<p:animClr clrSpc="rgb" dir="ccw">{common(whole(FIRST), "fillcolor")}'
            '<p:to><a:srgbClr val="FF0000"/></p:to></p:animClr>',
            "animateColor",
            {"attributeName": "fill-color", "to": "#ff0000", "color-interpolation-direction": "counter-clockwise"},
        ),
        (
            f'<p:animClr clrSpc="hsl">{common(whole(FIRST), "style.color")}'
            '<p:by><p:hsl h="7200000" s="0" l="-12549"/></p:by></p:animClr>',
            "animateColor",
            {"attributeName": "color", "by": "hsl(120,0%,-12.549%)", "color-interpolation": "hsl"},
        ),
        (
            f'<p:animMotion origin="layout" path="M 0 0 L 0.25 0.1 E">{common(whole(FIRST), "ppt_x ppt_y")}</p:animMotion>',
            "animateMotion",
            {"path": "M 0 0 L 0.25 0.1"},
        ),
        (
            f'<p:set>{common(whole(FIRST), "style.fontSize")}<p:to><p:strVal val="1.5"/></p:to></p:set>',
            "set",
            {"attributeName": "font-size", "to": "150%"},
        ),
        (
            f'<p:anim calcmode="discrete" valueType="num" from="#ppt_w*2" to="#ppt_w">{common(whole(FIRST), "ppt_w")}</p:anim>',
            "animate",
            {"attributeName": "width", "from": "width*2", "to": "width", "calcMode": "discrete"},
        ),
    ],
    ids=["spin", "grow", "colour", "hue", "path", "size", "from and to"],
)  # fmt: skip
def test_a_step_says_what_it_changes(step, tag, said):
    result = animated(click(effect("emph 8", step)))
    assert result.codes == []
    (found,) = behaviours(result, tag)
    assert {name: found.get(name) for name in said} == said


def test_an_effect_repeats_and_reverses():
    step = visibility(whole(FIRST))
    result = animated(click(effect("emph 8", step, node='repeatCount="3000" accel="50000"')))
    (found,) = [one for one in behaviours(result, "par") if "preset-id" in one]
    assert (found["repeatCount"], found["accelerate"]) == ("3", "0.5")


def test_a_paragraph_is_animated_alone():
    result = animated(click(effect("entr 10", visibility(paragraph(FIRST, 1)))))
    names = [one.get("{http://www.w3.org/XML/1998/namespace}id") for one in result.find_all("text:p")]
    (step,) = behaviours(result, "set")
    assert names[:2] == [None, step["targetElement"]]


def test_letters_come_one_after_the_other_each_a_share_of_the_effect_later():
    iterate = '<p:iterate type="lt"><p:tmPct val="10000"/></p:iterate>'
    steps = visibility(whole(FIRST)) + filtered(whole(FIRST), "fade")
    result = animated(click(effect("entr 10", steps, iterate=iterate)))
    (found,) = behaviours(result, "iterate")
    assert (found["iterate-type"], found["iterate-interval"]) == ("by-letter", "PT0.05S")
    assert found["targetElement"] == identifier(result, "draw:custom-shape")
    assert all("targetElement" not in one for one in behaviours(result, "set"))


def test_a_click_on_another_shape_triggers_a_sequence():
    inner = click(effect("entr 1", visibility(whole(FIRST))), delay="0")
    result = animated(more=triggered(SECOND, inner))
    (sequence,) = behaviours(result, "seq")
    assert (sequence["node-type"], sequence["endsync"]) == ("interactive-sequence", "all")
    waits = f"{identifier(result, 'draw:custom-shape', 1)}.click"
    assert [one.get("begin") for one in behaviours(result, "par")][1] == waits


def test_a_shape_is_dimmed_by_the_click_after_its_own():
    dimmed = (
        '<p:animClr clrSpc="rgb"><p:cBhvr override="childStyle"><p:cTn dur="1" fill="hold" masterRel="nextClick" '
        f'afterEffect="1"/><p:tgtEl>{whole(FIRST)}</p:tgtEl><p:attrNameLst><p:attrName>ppt_c</p:attrName>'
        '</p:attrNameLst></p:cBhvr><p:to><a:srgbClr val="808080"/></p:to></p:animClr>'
    )
    result = animated(
        click(effect("entr 1", visibility(whole(FIRST)), companions=dimmed)),
        click(effect("entr 1", visibility(whole(SECOND)))),
    )
    first, second = result.find_all("anim:seq")[0]
    assert list(first.iter(qn("anim:animateColor"))) == []
    (color,) = second.iter(qn("anim:animateColor"))
    assert (color.get(qn("smil:attributeName")), color.get(qn("smil:to"))) == ("dim", "#808080")


def test_a_shape_is_hidden_when_its_effect_has_run():
    hidden = visibility(whole(FIRST), "hidden").replace(
        'fill="hold"', 'fill="hold" masterRel="sameClick" afterEffect="1"'
    )
    steps = visibility(whole(FIRST)) + filtered(whole(FIRST), "fade")
    result = animated(click(effect("entr 10", steps, companions=hidden)))
    assert [(one["to"], one["begin"]) for one in behaviours(result, "set")] == [
        ("visible", "0s"),
        ("hidden", "0.5s"),
    ]


def sound(slide) -> str:
    """The identifier of a sound in the package."""
    wav = Part(PackURI("/ppt/media/audio1.wav"), "audio/x-wav", slide.part.package, b"RIFF")
    return slide.part.relate_to(
        wav, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/audio"
    )


def test_the_sound_of_an_effect_stays_in_the_package():
    def build(slide) -> None:
        slide.shapes.add_shape(1, Cm(1), Cm(2), Cm(4), Cm(3))
        audio = (
            '<p:audio><p:cMediaNode vol="50000"><p:cTn display="0" masterRel="sameClick"><p:stCondLst>'
            '<p:cond evt="begin" delay="0"><p:tn val="99"/></p:cond></p:stCondLst></p:cTn>'
            f'<p:tgtEl><p:sndTgt r:embed="{sound(slide)}" name="a.wav"/></p:tgtEl></p:cMediaNode></p:audio>'
        )
        one = effect("entr 1", visibility(whole(FIRST)), companions=audio)
        one = one.replace('<p:cTn id="', '<p:cTn id="99" was="', 1)
        slide._element.append(etree.fromstring(timing(click(one))))

    result = converted(presentation(build))
    assert result.codes == []
    (found,) = behaviours(result, "audio")
    (par,) = [one for one in behaviours(result, "par") if "preset-id" in one]
    assert found == {"href": "Media/audio1.wav", "audio-level": "0.5", "begin": f"{par['id']}.begin"}
    assert result.part_bytes("Media/audio1.wav") == b"RIFF"


def test_an_effect_without_its_shape_is_reported_with_its_place():
    result = animated(
        click(effect("entr 1", visibility(whole(77)))), click(effect("entr 1", visibility(whole(FIRST))))
    )
    assert result.codes == ["ANIMATION_DROPPED"]
    assert len(behaviours(result, "set")) == 1


def test_what_odf_cannot_say_of_an_effect_is_reported_at_the_shape():
    step = filtered(whole(SECOND), "pixelate") + visibility(whole(SECOND))
    result = animated(click(effect("entr 10", step)))
    (loss,) = result.losses
    assert (loss.code, dict(loss.params)) == ("ANIMATION_APPROXIMATED", {"property": "pixelate"})
    assert (loss.place.kind, loss.place.index, loss.place.container) == ("shape", 2, "1")


def test_animations_of_a_layout_are_reported_once():
    def build(slide) -> None:
        slide.part.package.presentation_part.presentation.slides.add_slide(slide.slide_layout)
        steps = effect("entr 1", visibility(whole(FIRST)))
        slide.slide_layout._element.append(etree.fromstring(timing(click(steps))))

    (loss,) = converted(presentation(build)).losses
    assert (loss.code, loss.count, loss.place.kind) == ("ANIMATION_DROPPED", 1, "layout")


def test_a_timing_without_effects_writes_nothing():
    assert behaviours(animated(), "par") == []
