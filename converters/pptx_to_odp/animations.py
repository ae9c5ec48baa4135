"""Animations: the timing of a slide as ``anim:par`` and ``anim:seq`` (ECMA-376 Part 1, 19.5; ODF 1.3 Part 3, 15).

Both are SMIL: the tree of a slide's timing stays as it is. Steps whose shape is not in the result are left out with all
that is then empty, and reported. See docs/analysis/animations.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.media import carry_media
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.pptx_to_odp.animation_behaviours import BEHAVIOURS, Attributes
from converters.pptx_to_odp.animation_presets import CLASSES, effect_name, sub_type
from converters.pptx_to_odp.animation_targets import AnimationTargets
from converters.pptx_to_odp.animation_timing import (
    NODE_TYPES,
    PARTS_OF_TEXT,
    conditions,
    end_synchronisation,
    interval,
    milliseconds_of,
    seconds,
    timing_attributes,
)
from converters.support import Support
from converters.units import read_int, read_on_off

_BEHAVIOUR_TAGS = frozenset(map(qn, BEHAVIOURS))
_READERS = {qn(tag): reader for tag, reader in BEHAVIOURS.items()}
_MEDIA_TAGS = (qn("p:audio"), qn("p:video"))
_NEXT = "next"


@dataclass(slots=True)
class Step:
    """An ``anim:*`` element to be written."""

    tag: str
    attributes: Attributes
    steps: list[Step] = field(default_factory=list)

    def write(self, writer: XmlWriter) -> None:
        with writer.element(self.tag, self.attributes):
            for step in self.steps:
                step.write(writer)


def write_animations(
    writer: XmlWriter, timing: etree._Element, targets: AnimationTargets, context: DrawingContext
) -> None:
    """Write the animations in a ``p:timing``, after the shapes that they act on; nothing where there are none."""
    reader = _TimingReader(targets, context)
    for element in children(timing.find(qn("p:tnLst"))):
        step = reader.read_container(element) if element.tag == qn("p:par") else None
        if step is not None:
            step.write(writer)


class _TimingReader:
    def __init__(self, targets: AnimationTargets, context: DrawingContext) -> None:
        self._targets = targets
        self._context = context
        self._after: list[Step] = []  # what the next click does to what was shown before it

    def read_container(self, element: etree._Element, waits: str = "indefinite") -> Step | None:
        """``p:par``, ``p:seq`` or ``p:excl``; None for one in which nothing is left.

        ``waits`` is what a start at no time stands for: in a sequence the next click, or the click on its trigger.
        """
        node = element.find(qn("p:cTn"))
        if node is None:
            return None
        if element.tag == qn("p:excl"):
            self._approximated("excl", None)
        if node.get("presetClass") is not None or node.get("nodeType") in _EFFECTS:
            return self._read_effect(node, waits)
        attributes: Attributes = {
            "presentation:node-type": NODE_TYPES.get(node.get("nodeType", "")),
            **timing_attributes(node),
            **end_synchronisation(node),
        }
        begins = conditions(node, "stCondLst", self._targets.name_of, indefinite=waits)
        if element.tag == qn("p:seq"):
            step = Step("anim:seq", attributes, self._read_sequence(node, begins))
        else:
            attributes |= self._starts_and_ends(node, begins)
            step = Step("anim:par", attributes, list(self._read_children(node)))
        if not step.steps:
            return None
        step.attributes |= self._targets.node_attributes(node)
        return step

    def _starts_and_ends(self, node: etree._Element, begins: str | None) -> Attributes:
        return {"smil:begin": begins, "smil:end": conditions(node, "endCondLst", self._targets.name_of)}

    def _read_sequence(self, node: etree._Element, trigger: str | None) -> list[Step]:
        """The steps of a main or interactive sequence: each waits for a click, the latter's on the shape that starts it."""
        interactive = node.get("nodeType") == "interactiveSeq"
        waits = (trigger or _NEXT) if interactive else _NEXT
        steps: list[Step] = []
        for child in children(node.find(qn("p:childTnLst"))):
            pending, self._after = self._after, []
            step = self._read_one(child, waits)
            if interactive and step is not None:
                step.attributes["smil:begin"] = waits
            if step is None:
                self._after = [*pending, *self._after]
                continue
            (step.steps[0] if step.steps else step).steps.extend(pending)
            steps.append(step)
        if self._after:  # the click that ends the sequence
            inner = Step("anim:par", {"smil:begin": "0s", "smil:fill": "hold"}, self._after)
            steps.append(Step("anim:par", {"smil:begin": waits, "smil:fill": "hold"}, [inner]))
            self._after = []
        return steps

    def _read_children(self, node: etree._Element) -> Iterator[Step]:
        for child in children(node.find(qn("p:childTnLst"))):
            if child.tag in _BEHAVIOUR_TAGS:
                found = list(self._read_behaviour(child))
                yield from found
                if not found:
                    self._dropped(child)
            elif (step := self._read_one(child, "indefinite")) is not None:
                yield step

    def _read_one(self, element: etree._Element, waits: str) -> Step | None:
        if element.tag in _CONTAINERS:
            return self.read_container(element, waits)
        if element.tag in _MEDIA_TAGS:
            return self._read_sound(element)
        ANIMATION.report(element.tag, self._context.log, self._context.place)
        return None

    def _read_effect(self, node: etree._Element, waits: str) -> Step | None:
        """An effect: what a person chose from the list of effects, for one shape or paragraph."""
        steps: list[Step] = []
        ends = 0.0
        first: etree._Element | None = None
        for child in children(node.find(qn("p:childTnLst"))):
            if child.tag in _BEHAVIOUR_TAGS:
                first = child if first is None else first
                ends = max(ends, milliseconds_of(child.find(f"{qn('p:cBhvr')}/{qn('p:cTn')}")))
                steps.extend(self._read_behaviour(child))
            elif (step := self._read_one(child, "indefinite")) is not None:
                steps.append(step)
        if not steps:
            self._dropped(first)
            return None
        self._report_losses(node, first)
        steps.extend(self._read_companions(node, ends))
        preset_class, identifier = node.get("presetClass", ""), read_int(node.get("presetID"), 0) or 0
        attributes: Attributes = {
            "presentation:node-type": NODE_TYPES.get(node.get("nodeType", "")),
            "presentation:preset-class": CLASSES.get(preset_class),
            "presentation:preset-id": effect_name(preset_class, identifier),
            "presentation:preset-sub-type": sub_type(
                preset_class, identifier, read_int(node.get("presetSubtype"), 0) or 0
            ),
            **timing_attributes(node),
            **self._starts_and_ends(
                node, conditions(node, "stCondLst", self._targets.name_of, indefinite=waits)
            ),
            **self._targets.node_attributes(node),
        }
        return self._part_by_part(node, Step("anim:par", attributes, steps), ends)

    def _part_by_part(self, node: etree._Element, step: Step, ends: float) -> Step:
        """An effect that takes the letters, words or paragraphs of a text one after the other (``p:iterate``)."""
        iterate = node.find(qn("p:iterate"))
        every = interval(iterate, ends) if iterate is not None else "PT0S"
        if iterate is None or every == "PT0S":
            return step
        if read_on_off(iterate.get("backwards"), False):
            self._approximated("backwards", None)
        target = next((one.attributes["smil:targetElement"] for one in step.steps if _acts(one)), None)
        for one in step.steps:
            if one.attributes.get("smil:targetElement") == target:
                one.attributes.pop("smil:targetElement", None)
        step.attributes |= {
            "smil:targetElement": target,
            "anim:iterate-type": PARTS_OF_TEXT.get(iterate.get("type", "el")),
            "anim:iterate-interval": every,
        }
        return Step("anim:iterate", step.attributes, step.steps)

    def _read_companions(self, node: etree._Element, ends: float) -> Iterator[Step]:
        """``p:subTnLst``: the sound of an effect, and what becomes of the shape after it (19.5.77)."""
        for child in children(node.find(qn("p:subTnLst"))):
            if child.tag in _MEDIA_TAGS:
                sound = self._read_sound(child)
                if sound is not None:
                    yield sound
                continue
            inner = child.find(f"{qn('p:cBhvr')}/{qn('p:cTn')}")
            steps = list(self._read_behaviour(child)) if child.tag in _BEHAVIOUR_TAGS else []
            if inner is not None and inner.get("masterRel") == "nextClick":
                self._after.extend(steps)
                continue
            for step in steps:
                step.attributes["smil:begin"] = seconds(ends)
                yield step

    def _read_behaviour(self, element: etree._Element) -> Iterator[Step]:
        """A step for each of its targets that stands in the result."""
        behaviour = _READERS[element.tag](element, self._context)
        common = element.find(qn("p:cBhvr"))
        if common is None:
            return
        target = common.find(qn("p:tgtEl"))
        for lost in behaviour.lost:
            self._approximated(lost, target)
        node = common.find(qn("p:cTn"))
        times: Attributes = {}
        if node is not None:
            begins = conditions(node, "stCondLst", self._targets.name_of)
            times = {**timing_attributes(node), **self._starts_and_ends(node, begins)}
            self._report_losses(node, element)
        if element.tag == qn("p:cmd"):
            times = {name: value for name, value in times.items() if name in ("smil:begin", "smil:end")}
        for found in self._targets.resolve(target) if behaviour.tag else ():
            if not found.exact:
                self._approximated("part of a shape", target)
            yield Step(behaviour.tag, {**times, **found.attributes(), **(behaviour.attributes or {})})

    def _read_sound(self, element: etree._Element) -> Step | None:
        """A sound of its own, ``p:sndTgt`` (19.5.70). A shape that plays is told so by commands."""
        media = element.find(qn("p:cMediaNode"))
        sound = media.find(f"{qn('p:tgtEl')}/{qn('p:sndTgt')}") if media is not None else None
        node = media.find(qn("p:cTn")) if media is not None else None
        if media is None or sound is None or node is None:
            return None
        address = carry_media(self._context, sound.get(qn("r:embed")))
        if address is None:
            return None
        volume = (
            0.0 if read_on_off(media.get("mute"), False) else (read_int(media.get("vol")) or 50_000) / 100_000
        )
        return Step(
            "anim:audio",
            {
                "xlink:href": address,
                "anim:audio-level": f"{volume:g}" if media.get("vol") or volume == 0 else None,
                **self._starts_and_ends(node, conditions(node, "stCondLst", self._targets.name_of)),
            },
        )

    def _report_losses(self, node: etree._Element, behaviour: etree._Element | None) -> None:
        """Report what a ``p:cTn`` says that SMIL's attributes in ODF do not."""
        target = behaviour.find(f"{qn('p:cBhvr')}/{qn('p:tgtEl')}") if behaviour is not None else None
        for name in ("tmFilter", "spd"):
            if node.get(name) not in (None, "100000"):
                self._approximated(name, target)

    def _approximated(self, what: str, target: etree._Element | None) -> None:
        self._report("ANIMATION_APPROXIMATED", target, property=what)

    def _dropped(self, behaviour: etree._Element | None) -> None:
        target = behaviour.find(f"{qn('p:cBhvr')}/{qn('p:tgtEl')}") if behaviour is not None else None
        self._report("ANIMATION_DROPPED", target)

    def _report(self, code: str, target: etree._Element | None, **parameters: Any) -> None:
        place, position = self._context.place, self._targets.place_of(target)
        if position is not None:
            place = place._replace(kind="shape", index=position)
        self._context.log.report(code, place, **parameters)


def _acts(step: Step) -> bool:
    return "smil:targetElement" in step.attributes


_EFFECTS = ("clickEffect", "withEffect", "afterEffect")
_CONTAINERS = frozenset(map(qn, ("p:par", "p:seq", "p:excl")))
ANIMATION = Support(
    context="slide timing",
    handlers={
        **dict.fromkeys(("p:timing", "p:tnLst"), write_animations),
        **dict.fromkeys(
            ("p:par", "p:seq", "p:excl", "p:cTn", "p:childTnLst", "p:subTnLst", "p:iterate"),
            _TimingReader.read_container,
        ),
        **dict.fromkeys(("p:stCondLst", "p:endCondLst"), conditions),
        "p:endSync": end_synchronisation,
        **dict.fromkeys(("p:audio", "p:video"), _TimingReader._read_sound),
        **BEHAVIOURS,
    },
    ignored={
        "p:bldLst": "says in which steps a text appears; the steps themselves stand in the timing",
        "p:prevCondLst": "steps back in a sequence, which every reader does by itself",
        "p:nextCondLst": "steps on in a sequence, which every reader does by itself",
        "p:extLst": "extensions repeat what older readers see",
    },
)
