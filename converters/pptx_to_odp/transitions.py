"""Slide transitions and times (ECMA-376 Part 1, 19.5, p:transition; ODF 1.3 Part 3, 20.258, presentation:transition-*)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.media import carry_media
from converters.odf.properties import DrawingPageProperties
from converters.ooxml.namespaces import prefixed, qn
from converters.pptx_to_odp.animation_values import FILTERS
from converters.support import Support
from converters.units import number, read_int, read_on_off

_SPEEDS = {"slow": "slow", "med": "medium", "fast": "fast"}
_FROM = {"l": "fromRight", "r": "fromLeft", "u": "fromBottom", "d": "fromTop"}
_WIPES = {"l": ("leftToRight", "reverse"), "r": ("leftToRight", None), "u": ("topToBottom", "reverse")}
_WIPES["d"] = ("topToBottom", None)
_FROM |= {"lu": "fromBottomRight", "ru": "fromBottomLeft", "ld": "fromTopRight", "rd": "fromTopLeft"}
_STRIPS = {"lu": "upLeft", "ru": "upRight", "ld": "downLeft", "rd": "downRight"}
Effect = tuple[str, str | None, str | None]  # smil:type, smil:subtype, smil:direction


def _fade(element: etree._Element) -> Effect:
    black = read_on_off(element.get("thruBlk"), False)
    return ("fade", "fadeOverColor", None) if black else ("fade", "crossfade", None)


def _wipe(element: etree._Element) -> Effect:
    subtype, direction = _WIPES[element.get("dir", "l") if element.get("dir", "l") in _WIPES else "l"]
    return "barWipe", subtype, direction


def _push(element: etree._Element) -> Effect:
    return "pushWipe", _FROM.get(element.get("dir", "l"), "fromRight"), None


def _cover(element: etree._Element) -> Effect:
    return "slideWipe", _FROM.get(element.get("dir", "l"), "fromRight"), None


def _pull(element: etree._Element) -> Effect:
    return "slideWipe", _FROM.get(element.get("dir", "l"), "fromRight"), "reverse"


def _split(element: etree._Element) -> Effect:
    direction = "reverse" if element.get("dir", "out") == "in" else None
    return "barnDoorWipe", "vertical" if element.get("orient") == "vert" else "horizontal", direction


def _bars(element: etree._Element) -> Effect:
    return "blindsWipe", "vertical" if element.get("dir") == "vert" else "horizontal", None


def _checker(element: etree._Element) -> Effect:
    return "checkerBoardWipe", "down" if element.get("dir") == "vert" else "across", None


def _random_bars(element: etree._Element) -> Effect:
    return "randomBarWipe", "vertical" if element.get("dir") == "vert" else "horizontal", None


def _wheel(element: etree._Element) -> Effect:
    spokes = {
        "1": "oneBlade",
        "2": "twoBladeVertical",
        "3": "threeBlade",
        "4": "fourBlade",
        "8": "eightBlade",
    }
    return "pinWheelWipe", spokes.get(element.get("spokes", "4"), "fourBlade"), None


def _strips(element: etree._Element) -> Effect:
    kind, subtype, is_reverse = FILTERS[f"strips({_STRIPS.get(element.get('dir', 'lu'), 'upLeft')})"]
    return kind, subtype, "reverse" if is_reverse else None


def _comb(element: etree._Element) -> Effect:
    return "pushWipe", "combVertical" if element.get("dir") == "vert" else "combHorizontal", None


def _prism(element: etree._Element) -> Effect:
    return (
        "miscShapeWipe",
        "cornersIn" if read_on_off(element.get("isInverted"), False) else "cornersOut",
        None,
    )


def _shape(subtype: str) -> Callable[[etree._Element], Effect]:
    """A transition that LibreOffice alone has, under a type that SMIL leaves to applications."""
    return lambda _element: ("miscShapeWipe", subtype, None)


def _flash(_element: etree._Element) -> Effect:
    return "fade", "fadeOverColor", None


def _zoom(element: etree._Element) -> Effect:
    return "irisWipe", "rectangle", "reverse" if element.get("dir") == "in" else None


TRANSITIONS = Support(
    context="slide transition",
    handlers={
        "p:fade": _fade,
        "p:wipe": _wipe,
        "p:push": _push,
        "p:cover": _cover,
        "p:pull": _pull,
        "p:split": _split,
        "p:blinds": _bars,
        "p:checker": _checker,
        "p:randomBar": _random_bars,
        "p:wheel": _wheel,
        "p:zoom": _zoom,
        "p:dissolve": lambda _element: ("dissolve", None, None),
        "p:circle": lambda _element: ("ellipseWipe", "circle", None),
        "p:diamond": lambda _element: ("irisWipe", "diamond", None),
        "p:plus": lambda _element: ("fourBoxWipe", "cornersOut", None),
        "p:wedge": lambda _element: ("fanWipe", "centerTop", None),
        "p:newsflash": lambda _element: ("zoom", "rotateIn", None),
        "p:random": lambda _element: ("random", None, None),
        "p:cut": lambda _element: ("", None, None),
        "p:sndAc": carry_media,
        "p:strips": _strips,
        "p:comb": _comb,
        "p14:vortex": _shape("vertical"),
        "p14:ripple": _shape("horizontal"),
        "p14:honeycomb": _shape("heart"),
        "p14:glitter": _shape("diamond"),
        "p14:prism": _prism,
        "p14:flash": _flash,
    },
    ignored={"p:extLst": "extensions repeat what older readers see"},
    unsupported={
        **dict.fromkeys(
            (
                "p14:switch", "p14:flip", "p14:doors", "p14:window", "p14:ferris", "p14:gallery", "p14:conveyor",
                "p14:pan", "p14:warp", "p14:flythrough", "p14:shred", "p14:reveal", "p14:wheelReverse", "p15:prstTrans",
            ),
            "TRANSITION_DROPPED",
        ),
    },
)  # fmt: skip


def read_transition(
    element: etree._Element | None, page: DrawingPageProperties, context: DrawingContext
) -> DrawingPageProperties:
    """The drawing page with the transition, the time and the sound that ``p:transition`` gives it.

    A transition that ODF has not is shown as the fade that its own application offers older ones.
    """
    if element is None:
        return page
    log, place = context.log, context.place
    page = replace(page, transition_speed=_SPEEDS.get(element.get("spd", "fast")))
    milliseconds = read_int(element.get("advTm"))
    if milliseconds is not None:
        page = replace(page, transition_type="automatic", duration=f"PT{number(milliseconds / 1000, 3)}S")
        if not read_on_off(element.get("advClick")):
            log.report("TRANSITION_DROPPED", place, transition="advClick")
    for child in element:
        if child.tag == qn("p:sndAc"):
            page = _with_sound(child, page, context)
            continue
        handler = TRANSITIONS.handler(child.tag)
        if handler is not None:
            kind, subtype, direction = handler(child)
            page = replace(page, smil_type=kind or None, smil_subtype=subtype, smil_direction=direction)
            if kind == "fade" and subtype == "fadeOverColor":
                page = replace(page, smil_fade_color=_FADED_TO.get(child.tag, "#000000"))
            continue
        code = TRANSITIONS.loss_code(child.tag)
        name = etree.QName(child).localname
        if code == "TRANSITION_DROPPED":
            log.report(code, place, transition=name)
            page = replace(page, smil_type="fade", smil_subtype="crossfade")
        elif code is not None:
            log.report(code, place, element=prefixed(child.tag), parent="p:transition")
    return page


def _with_sound(
    action: etree._Element, page: DrawingPageProperties, context: DrawingContext
) -> DrawingPageProperties:
    """The sound that starts with a slide (19.5.68, p:stSnd); that one only stops is reported."""
    sound = action.find(f"{qn('p:stSnd')}/{qn('p:snd')}")
    if sound is None:
        context.log.report("TRANSITION_DROPPED", context.place, transition="endSnd")
        return page
    address = carry_media(context, sound.get(qn("r:embed")))
    if address is not None and address in context.document.package:
        address = _IN_PACKAGE + address
    return replace(page, sound=address)


_IN_PACKAGE = "vnd.sun.star.Package:"  # LibreOffice looks for a bare address beside the document
_FADED_TO = {qn("p14:flash"): "#ffffff"}
