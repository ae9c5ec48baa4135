"""The steps of an animation effect: ``p:set``, ``p:anim`` and their kin as ``anim:set``, ``anim:animate`` ...

Sources: ECMA-376 Part 1, 19.5 (animation); ODF 1.3 Part 3, 15.3 to 15.6. A reader answers the element and what it says
beside its time and its target.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.ooxml.colors import read_color
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.animation_values import (
    ATTRIBUTES,
    FILTERS,
    REDUNDANT_ATTRIBUTES,
    REDUNDANT_FILTERS,
    attribute_value,
    in_words_of_odf,
)
from converters.units import number, read_int

Attributes = dict[str, "str | None"]
_PER_DEGREE, _WHOLE = 60_000, 100_000
_COMMANDS = {"togglepause": "toggle-pause", "stop": "stop", "pause": "pause", "resume": "play"}
_NO_PATH = re.compile(r"[^MmLlCcZz0-9.,+\-eE\s]")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """``tag`` empty for what says nothing of its own; ``lost`` names what ODF cannot say of it."""

    tag: str = ""
    attributes: Attributes | None = None
    lost: tuple[str, ...] = ()


_NOTHING = Behaviour()
Reader = Callable[[etree._Element, DrawingContext], Behaviour]


def _attribute_name(element: etree._Element) -> str:
    return (element.findtext(f"{qn('p:cBhvr')}/{qn('p:attrNameLst')}/{qn('p:attrName')}") or "").strip()


def _named(element: etree._Element) -> tuple[str | None, Behaviour]:
    """The attribute that a behaviour changes in ODF's words; without one, what there is to say instead."""
    name = _attribute_name(element)
    if name in ATTRIBUTES:
        return ATTRIBUTES[name], _NOTHING
    return None, _NOTHING if name in REDUNDANT_ATTRIBUTES else Behaviour(lost=(name or "attrName",))


def _value(parent: etree._Element | None, name: str, context: DrawingContext) -> str | None:
    """The value in a ``p:to``, ``p:val`` and their kin (19.5.92)."""
    if parent is None or len(parent) == 0:
        return None
    value = parent[0]
    if value.tag == qn("p:clrVal"):
        color = context.color(value)
        return color.rgb if color is not None else None
    return attribute_value(name, value.get("val", ""))


def _common(element: etree._Element) -> Attributes:
    behaviour = element.find(qn("p:cBhvr"))
    if behaviour is None:
        return {}
    return {
        "smil:additive": "sum" if behaviour.get("additive") == "sum" else None,
        "smil:accumulate": "sum" if behaviour.get("accumulate") == "always" else None,
    }


def _set(element: etree._Element, context: DrawingContext) -> Behaviour:
    """``p:set`` (19.5.66)."""
    name, instead = _named(element)
    value = _value(element.find(qn("p:to")), name, context) if name is not None else None
    if name is None or value is None:
        return instead if name is None else Behaviour(lost=(name,))
    return Behaviour("anim:set", {"smil:attributeName": name, "smil:to": value, **_common(element)})


def _animate(element: etree._Element, context: DrawingContext) -> Behaviour:
    """``p:anim`` (19.5.1): from, by and to, or values at shares of the time."""
    name, instead = _named(element)
    if name is None:
        return instead
    attributes: Attributes = {"smil:attributeName": name}
    if element.get("calcmode") == "discrete":
        attributes["smil:calcMode"] = "discrete"
    for side in ("from", "by", "to"):
        text = element.get(side)
        attributes[f"smil:{side}"] = attribute_value(name, text) if text is not None else None
    steps = [
        (step.get("tm", "0"), value, step.get("fmla"))
        for step in element.iterfind(f"{qn('p:tavLst')}/{qn('p:tav')}")
        if (value := _value(step.find(qn("p:val")), name, context)) is not None
    ]
    if steps:
        attributes["smil:values"] = ";".join(value for _, value, _ in steps)
        attributes["smil:keyTimes"] = ";".join(_key_time(time) for time, _, _ in steps)
        formula = next((formula for _, _, formula in steps if formula), None)
        attributes["anim:formula"] = in_words_of_odf(formula) if formula is not None else None
    return Behaviour("anim:animate", {**attributes, **_common(element)})


def _key_time(text: str) -> str:
    value = read_int(text)  # "indefinite" stands for a time that nobody knows: the end
    return number(min(_WHOLE, max(0, value)) / _WHOLE) if value is not None else "1"


def _color(element: etree._Element, context: DrawingContext) -> Behaviour:
    """``p:animClr`` (19.5.2)."""
    name, instead = _named(element)
    if name is None:
        return instead
    attributes: Attributes = {"smil:attributeName": name}
    for side in ("from", "to"):
        color = read_color(element.find(qn(f"p:{side}")), context.scheme)
        attributes[f"smil:{side}"] = color.rgb if color is not None else None
    by = element.find(qn("p:by"))
    if by is not None and len(by):
        attributes["smil:by"] = _color_step(by[0])
    if not any(attributes.get(f"smil:{side}") for side in ("by", "to")):
        return Behaviour(lost=(name,))
    attributes["anim:color-interpolation"] = "hsl" if element.get("clrSpc") == "hsl" else "rgb"
    counter = element.get("dir") == "ccw"
    attributes["anim:color-interpolation-direction"] = "counter-clockwise" if counter else "clockwise"
    return Behaviour("anim:animateColor", {**attributes, **_common(element)})


def _color_step(step: etree._Element) -> str | None:
    """A difference of colours: ``hsl(120,0%,0%)``, or the parts of red, green and blue (19.5.8)."""
    if step.tag == qn("p:hsl"):
        hue, *parts = (read_int(step.get(name), 0) or 0 for name in "hsl")
        shares = ",".join(f"{number(part * 100 / _WHOLE)}%" for part in parts)
        return f"hsl({number(hue / _PER_DEGREE)},{shares})"
    parts = [round((read_int(step.get(name), 0) or 0) * 255 / _WHOLE) for name in "rgb"]
    return "#" + "".join(f"{part:02x}" for part in parts) if all(0 <= part < 256 for part in parts) else None


def _filter(element: etree._Element, _context: DrawingContext) -> Behaviour:
    """``p:animEffect`` (19.5.3): the first of its filters that ODF knows."""
    names = [name.strip() for name in element.get("filter", "").split(";")]
    found = next((FILTERS[name] for name in names if name in FILTERS), None)
    if found is None:
        return _NOTHING if set(names) <= REDUNDANT_FILTERS.keys() else Behaviour(lost=tuple(names[:1]))
    kind, subtype, is_reverse = found
    return Behaviour(
        "anim:transitionFilter",
        {
            "smil:type": kind,
            "smil:subtype": subtype,
            "smil:direction": "reverse" if is_reverse else None,
            "smil:mode": "out" if element.get("transition") == "out" else None,
        },
    )


def _motion(element: etree._Element, _context: DrawingContext) -> Behaviour:
    """``p:animMotion`` (19.5.4): a path in shares of the slide, which ends with ``E``.

    The schema asks for the name of an attribute; which, says nobody.
    """
    path = _NO_PATH.sub("", element.get("path", "").strip().rstrip("Ee").strip())
    attributes: Attributes = {"svg:path": path or None}
    for side in ("from", "by", "to"):
        attributes[f"smil:{side}"] = _point(element.find(qn(f"p:{side}")))
    if not any(attributes.values()):
        return Behaviour(lost=("path",))
    return Behaviour(
        "anim:animateMotion", {"smil:attributeName": "position", **attributes, **_common(element)}
    )


def _point(element: etree._Element | None, *, base: float = 0) -> str | None:
    if element is None:
        return None
    return ",".join(number((read_int(element.get(axis), 0) or 0) / _WHOLE - base) for axis in "xy")


def _rotation(element: etree._Element, _context: DrawingContext) -> Behaviour:
    """``p:animRot`` (19.5.5)."""
    attributes: Attributes = {"smil:attributeName": "transform", "svg:type": "rotate"}
    for side in ("from", "by", "to"):
        angle = read_int(element.get(side))
        attributes[f"smil:{side}"] = number(angle / _PER_DEGREE) if angle is not None else None
    return Behaviour("anim:animateTransform", {**attributes, **_common(element)})


def _scale(element: etree._Element, _context: DrawingContext) -> Behaviour:
    """``p:animScale`` (19.5.6): ``by`` is the size itself in DrawingML and what is added to it in SMIL."""
    attributes: Attributes = {"smil:attributeName": "transform", "svg:type": "scale"}
    for side, base in (("from", 0), ("by", 1), ("to", 0)):
        attributes[f"smil:{side}"] = _point(element.find(qn(f"p:{side}")), base=base)
    return Behaviour("anim:animateTransform", {**attributes, **_common(element)})


def _command(element: etree._Element, _context: DrawingContext) -> Behaviour:
    """``p:cmd`` (19.5.17): what an object is told to do."""
    kind, command = element.get("type"), element.get("cmd", "")
    if kind == "verb":
        return Behaviour("anim:command", {"anim:command": "verb"})
    if kind == "evt":
        stops = command == "onstopaudio"
        return (
            Behaviour("anim:command", {"anim:command": "stop-audio"}) if stops else Behaviour(lost=(command,))
        )
    if command.startswith("play"):
        starts_late = command not in ("play", "playFrom(0)", "playFrom(0.0)")
        return Behaviour("anim:command", {"anim:command": "play"}, (command,) if starts_late else ())
    known = _COMMANDS.get(command.lower())
    return Behaviour("anim:command", {"anim:command": known}) if known else Behaviour(lost=(command,))


BEHAVIOURS: dict[str, Reader] = {
    "p:set": _set,
    "p:anim": _animate,
    "p:animClr": _color,
    "p:animEffect": _filter,
    "p:animMotion": _motion,
    "p:animRot": _rotation,
    "p:animScale": _scale,
    "p:cmd": _command,
}
