"""Animations: what a slide's timing holds of them (ECMA-376 Part 1, 19.5, p:timing). None is carried."""

from __future__ import annotations

from lxml import etree

from converters.losses import LossLog, Place
from converters.support import Support


def report_animations(timing: etree._Element, log: LossLog, place: Place) -> None:
    """Report the effects in ``p:timing``; a timing without any only orders the slide's own steps."""
    for element in timing.iter(etree.Element):
        code = ANIMATION.loss_code(element.tag)
        if code == "ANIMATION_DROPPED":
            log.report(code, place)


ANIMATION = Support(
    context="slide timing",
    handlers=dict.fromkeys(
        ("p:timing", "p:tnLst", "p:par", "p:seq", "p:excl", "p:cTn", "p:childTnLst", "p:subTnLst"),
        report_animations,
    ),
    ignored={
        "p:bldLst": "says in which steps a text appears; the effects themselves are reported",
        "p:stCondLst": "starts of effects that are reported",
        "p:endCondLst": "ends of effects that are reported",
        "p:prevCondLst": "steps between effects that are reported",
        "p:nextCondLst": "steps between effects that are reported",
        "p:endSync": "ends of effects that are reported",
        "p:iterate": "belongs to an effect that is reported",
        "p:audio": "reported with the sound's part",
        "p:video": "reported with the video's part",
        "p:extLst": "extensions repeat what older readers see",
    },
    unsupported=dict.fromkeys(
        ("p:anim", "p:animClr", "p:animEffect", "p:animMotion", "p:animRot", "p:animScale", "p:cmd", "p:set"),
        "ANIMATION_DROPPED",
    ),
)
