"""Times of animations: ``p:cTn`` and its conditions as SMIL timing attributes.

Sources: ECMA-376 Part 1, 19.5.33 (cTn), 19.5.25 (cond), 19.5.34 (endSync); ODF 1.3 Part 3, 15.1 and 19.603 and following
(smil:begin ...). Times are milliseconds, shares thousandths of a percent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.units import number, read_int, read_on_off

INDEFINITE = "indefinite"
Named = Callable[[etree._Element], "str | None"]  # the xml:id of the node or shape that a condition names

# nodeType -> presentation:node-type (19.446); those without a word of ODF only group steps
NODE_TYPES: dict[str, str] = {
    "clickEffect": "on-click",
    "withEffect": "with-previous",
    "afterEffect": "after-previous",
    "mainSeq": "main-sequence",
    "interactiveSeq": "interactive-sequence",
    "tmRoot": "timing-root",
}
# evt of a condition -> what follows the name of its node or shape, or stands alone
_EVENTS_OF_A_NODE = {
    "begin": "begin",
    "onBegin": "begin",
    "end": "end",
    "onEnd": "end",
    "onClick": "click",
    "onDblClick": "double-click",
    "onMouseOver": "mouse-over",
    "onMouseOut": "mouse-out",
}
_EVENTS = {"onNext": "next", "onPrev": "prev", "onStopAudio": "stop-audio"}


def seconds(milliseconds: float) -> str:
    return number(milliseconds / 1000) + "s"


def read_time(text: str | None) -> str | None:
    """An ``ST_TLTime``: a clock value, ``indefinite``, or None where there is none."""
    if text is None or text == INDEFINITE:
        return text
    value = read_int(text)
    return seconds(value) if value is not None and value >= 0 else None


def milliseconds_of(node: etree._Element | None) -> float:
    """How long a ``p:cTn`` lasts from the start of what holds it: its delay and its duration, 0 where none is said."""
    if node is None:
        return 0.0
    delay = node.find(f"{qn('p:stCondLst')}/{qn('p:cond')}")
    starts = read_int(delay.get("delay"), 0) or 0 if delay is not None else 0
    return float(max(0, starts) + max(0, read_int(node.get("dur"), 0) or 0))


def timing_attributes(node: etree._Element) -> dict[str, str | None]:
    """What a ``p:cTn`` says beside its conditions."""
    repeat = node.get("repeatCount")
    if repeat is not None and repeat != INDEFINITE:
        repeat = number((read_int(repeat, 1000) or 0) / 1000)
    attributes = {
        "smil:dur": read_time(node.get("dur")),
        "smil:fill": node.get("fill"),
        "smil:restart": node.get("restart"),
        "smil:repeatCount": repeat,
        "smil:repeatDur": read_time(node.get("repeatDur")),
        "smil:accelerate": _share(node.get("accel")),
        "smil:decelerate": _share(node.get("decel")),
        "smil:autoReverse": "true" if read_on_off(node.get("autoRev"), False) else None,
    }
    return {name: value for name, value in attributes.items() if value is not None}


def _share(text: str | None) -> str | None:
    value = read_int(text, 0) or 0
    return number(min(1.0, value / 100_000)) if value > 0 else None


def conditions(node: etree._Element, local: str, named: Named, *, indefinite: str = INDEFINITE) -> str | None:
    """The value of ``smil:begin`` or ``smil:end`` for ``p:stCondLst`` or ``p:endCondLst``; None where nothing is said.

    ``indefinite`` is what a wait without end stands for: in a sequence, the next step.
    """
    listed = node.find(qn(f"p:{local}"))
    values = [
        value
        for condition in (listed if listed is not None else ())
        if condition.tag == qn("p:cond") and (value := _condition(condition, named, indefinite)) is not None
    ]
    return ";".join(dict.fromkeys(values)) or None


def _condition(condition: etree._Element, named: Named, indefinite: str) -> str | None:
    event, delay = condition.get("evt"), read_time(condition.get("delay", "0"))
    if event is None:
        return indefinite if delay == INDEFINITE else delay
    offset = f"+{delay}" if delay not in (None, INDEFINITE, "0s") else ""
    if event in _EVENTS:
        return _EVENTS[event] + offset
    name = named(condition)
    if event not in _EVENTS_OF_A_NODE or name is None:
        return None
    return f"{name}.{_EVENTS_OF_A_NODE[event]}{offset}"


def end_synchronisation(node: etree._Element) -> dict[str, str | None]:
    """``smil:endsync`` for ``p:endSync``: ``all``, ``first`` or ``last`` of the steps inside."""
    run = node.find(f"{qn('p:endSync')}/{qn('p:rtn')}")
    return {} if run is None else {"smil:endsync": run.get("val")}


def interval(iterate: etree._Element, effect_milliseconds: float) -> str:
    """``anim:iterate-interval`` for ``p:tmAbs`` or ``p:tmPct``, a share of the effect's own time (19.5.49)."""
    absolute, share = iterate.find(qn("p:tmAbs")), iterate.find(qn("p:tmPct"))
    value = 0.0
    if absolute is not None:
        value = float(read_int(absolute.get("val"), 0) or 0)
    elif share is not None:
        value = effect_milliseconds * (read_int(share.get("val"), 0) or 0) / 100_000
    return f"PT{number(max(0.0, value) / 1000)}S"


PARTS_OF_TEXT: Mapping[str, str] = {"lt": "by-letter", "wd": "by-word", "el": "by-paragraph"}
