"""Preset and custom geometry of shapes as ``draw:enhanced-geometry``.

Sources: ECMA-376 Part 1, 20.1.9 (shape definitions); ODF 1.3 Part 3, 19.145 (draw:enhanced-path). Guides are
evaluated for the shape's size, arcs become Bézier curves: every reader of ODF draws the same outline. A shape that is
resized later scales its outline as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from converters.drawings.guides import Guides, radians
from converters.drawings.preset_geometries import PRESET_GEOMETRIES
from converters.drawings.transforms import Transform
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import EMU_PER_CENTIMETRE, number, read_int, read_on_off

EMU_PER_UNIT = EMU_PER_CENTIMETRE / 1000  # the view box counts hundredths of a millimetre

_ARITY = {"M": 2, "L": 2, "C": 6, "Q": 4, "A": 4, "Z": 0}
_COMMANDS = {
    qn("a:moveTo"): "M",
    qn("a:lnTo"): "L",
    qn("a:cubicBezTo"): "C",
    qn("a:quadBezTo"): "Q",
    qn("a:arcTo"): "A",
    qn("a:close"): "Z",
}
# a path's fill -> LibreOffice's command that shades it (drawooo:enhanced-path)
_SHADES = {"darken": "H", "darkenLess": "I", "lighten": "J", "lightenLess": "K"}


@dataclass(frozen=True, slots=True)
class Path:
    """``commands`` are (letter, arguments): numbers or guide names; ``width`` and ``height`` 0 for the shape's own."""

    commands: tuple[tuple[str, tuple[str, ...]], ...]
    width: float = 0
    height: float = 0
    fill: str = "norm"
    stroke: bool = True


@dataclass(frozen=True, slots=True)
class Geometry:
    """A shape's outline before its size is known. ``name`` is the preset's, empty for a custom geometry."""

    name: str
    adjustments: tuple[tuple[str, str], ...]
    guides: tuple[tuple[str, str], ...]
    rectangle: tuple[str, str, str, str]
    paths: tuple[Path, ...]

    @property
    def is_rectangle(self) -> bool:
        return self.name == "rect"


def read_geometry(properties: etree._Element | None) -> Geometry | None:
    """The geometry in shape properties (``p:spPr`` and its kin); None where they name none, or none that is known."""
    if properties is None:
        return None
    custom = properties.find(qn("a:custGeom"))
    if custom is not None:
        return _custom(custom)
    preset = properties.find(qn("a:prstGeom"))
    if preset is None:
        return None
    given = dict(_read_guides(preset.find(qn("a:avLst"))))
    return preset_geometry(preset.get("prst", ""), given)


def preset_geometry(name: str, given: dict[str, str] | None = None) -> Geometry | None:
    """The preset of a name with adjust values laid over its own; None for a name that is no ``ST_ShapeType``."""
    row = PRESET_GEOMETRIES.get(name)
    if row is None:
        return None
    adjustments, guides, rectangle, paths = row
    return Geometry(
        name=name,
        adjustments=tuple((key, (given or {}).get(key, value)) for key, value in _pairs(adjustments)),
        guides=tuple(_pairs(guides)),
        rectangle=tuple(rectangle.split() or ("l", "t", "r", "b")),  # type: ignore[arg-type]
        paths=tuple(map(_preset_path, paths)),
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for item in filter(None, text.split("; ")):
        name, _, formula = item.partition(" ")
        yield name, formula


def _preset_path(text: str) -> Path:
    tokens = iter(text.split())
    attributes: dict[str, str] = {}
    commands = []
    for token in tokens:
        key, equals, value = token.partition("=")
        if equals:
            attributes[key] = value
        else:
            commands.append((token, tuple(next(tokens) for _ in range(_ARITY[token]))))
    return Path(
        tuple(commands),
        float(attributes.get("w", 0)),
        float(attributes.get("h", 0)),
        attributes.get("fill", "norm"),
        attributes.get("stroke") != "0",
    )


def _read_guides(listed: etree._Element | None) -> Iterator[tuple[str, str]]:
    for guide in listed if listed is not None else ():
        if guide.tag == qn("a:gd"):
            yield guide.get("name", ""), guide.get("fmla", "")


def _custom(element: etree._Element) -> Geometry:
    rectangle = element.find(qn("a:rect"))
    paths = element.find(qn("a:pathLst"))
    sides = [(rectangle.get(s, s) if rectangle is not None else s) for s in "ltrb"]
    return Geometry(
        name="",
        adjustments=tuple(_read_guides(element.find(qn("a:avLst")))),
        guides=tuple(_read_guides(element.find(qn("a:gdLst")))),
        rectangle=tuple(sides),  # type: ignore[arg-type]
        paths=tuple(
            _custom_path(path) for path in (paths if paths is not None else ()) if path.tag == qn("a:path")
        ),
    )


def _custom_path(element: etree._Element) -> Path:
    commands = []
    for child in element:
        letter = _COMMANDS.get(child.tag)
        if letter == "A":
            commands.append(("A", tuple(child.get(name, "0") for name in ("wR", "hR", "stAng", "swAng"))))
        elif letter is not None:
            points = child.findall(qn("a:pt"))[: _ARITY[letter] // 2]
            if len(points) * 2 == _ARITY[letter]:
                commands.append((letter, tuple(point.get(axis, "0") for point in points for axis in "xy")))
    return Path(
        tuple(commands),
        read_int(element.get("w"), 0) or 0,
        read_int(element.get("h"), 0) or 0,
        element.get("fill", "norm"),
        read_on_off(element.get("stroke")),
    )


@dataclass(frozen=True, slots=True)
class Outline:
    """A geometry for a size, in hundredths of a millimetre: commands M, L, C, Q, Z with points, and F, S, N."""

    width: int
    height: int
    path: str
    shaded_path: str  # with LibreOffice's shades of parts, empty where there are none
    text_area: tuple[int, int, int, int]


def outline(geometry: Geometry, width_emu: float, height_emu: float) -> Outline:
    """The outline of a shape of this size."""
    guides = Guides(width_emu, height_emu)
    guides.define(geometry.adjustments)
    guides.define(geometry.guides)
    plain: list[str] = []
    shaded: list[str] = []
    for path in geometry.paths:
        commands = list(_drawn(path, guides, width_emu, height_emu))
        if not commands:
            continue
        marks = [] if path.stroke else ["S"]
        if path.fill == "none":
            marks.insert(0, "F")
        plain += [*commands, *marks, "N"]
        shade = _SHADES.get(path.fill)
        shaded += [*commands, *marks, *([shade] if shade else []), "N"]
    area = [_unit(guides.value(side)) for side in geometry.rectangle]
    return Outline(
        max(1, _unit(width_emu)),
        max(1, _unit(height_emu)),
        " ".join(plain),
        " ".join(shaded) if shaded != plain else "",
        (area[0], area[1], area[2], area[3]),
    )


@dataclass(frozen=True, slots=True)
class Course:
    """Where a line runs on its page, in hundredths of a millimetre: ``path`` is its ``svg:d`` (ODF 1.3 Part 3, 19.525)."""

    path: str
    points: tuple[tuple[int, int], ...]

    @property
    def box(self) -> str:
        """``svg:viewBox``: the size of what the points span."""
        spans = [max(values) - min(values) for values in zip(*self.points, strict=True)]
        return f"0 0 {max(1, spans[0])} {max(1, spans[1])}"


def course(geometry: Geometry, place: Transform) -> Course:
    """The course of a connector at a place: its outline, flipped and turned."""
    steps = outline(geometry, place.width, place.height).path.split()
    drawn: list[str] = []
    points: list[tuple[int, int]] = []
    values: list[float] = []
    for step in steps:
        if step.isalpha():
            drawn += [step] if step not in "FSN" else []
            continue
        values.append(float(step) * EMU_PER_UNIT)
        if len(values) == 2:
            x, y = place.point(*values)
            points.append((_unit(x), _unit(y)))
            drawn += map(str, points[-1])
            values = []
    return Course(" ".join(drawn), tuple(points))


def _unit(emu: float) -> int:
    return round(emu / EMU_PER_UNIT)


def _drawn(path: Path, guides: Guides, width_emu: float, height_emu: float) -> Iterator[str]:
    x_scale = width_emu / path.width if path.width else 1.0
    y_scale = height_emu / path.height if path.height else 1.0
    x = y = start_x = start_y = 0.0

    def points(values: Iterable[float]) -> str:
        scaled = [
            number(value * (y_scale if index % 2 else x_scale) / EMU_PER_UNIT, 1)
            for index, value in enumerate(values)
        ]
        return " ".join(scaled)

    drawn = False  # closing a place that nothing was drawn from yet draws nothing either
    for letter, arguments in path.commands:
        values = [guides.value(argument) for argument in arguments]
        if letter == "Z":
            x, y = start_x, start_y
            if drawn:
                yield "Z"
        elif letter == "A":
            for curve in _arc(x, y, *values):
                yield "C " + points(curve)
                x, y = curve[4], curve[5]
        else:
            x, y = values[-2:]
            if letter == "M":
                start_x, start_y = x, y
            yield f"{letter} {points(values)}"
        drawn = letter not in "MZ"


def _arc(
    x: float, y: float, width: float, height: float, start: float, swing: float
) -> Iterator[list[float]]:
    """Bézier curves for an ``a:arcTo`` from (x, y): angles are those of the ellipse's own parameter (20.1.9.4)."""
    if not (width or height) or not swing:
        return
    begin, sweep = _parameter(radians(start), width, height), radians(swing)
    sweep = max(-2 * math.pi, min(2 * math.pi, sweep))
    if abs(sweep) < 2 * math.pi:
        end = _parameter(radians(start) + sweep, width, height)
        turned = (end - begin) % (2 * math.pi)
        sweep = turned if swing > 0 else turned - 2 * math.pi
    centre_x, centre_y = x - width * math.cos(begin), y - height * math.sin(begin)
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / pieces
    reach = 4 / 3 * math.tan(step / 4)
    for index in range(pieces):
        one, two = begin + index * step, begin + (index + 1) * step
        yield [
            centre_x + width * (math.cos(one) - reach * math.sin(one)),
            centre_y + height * (math.sin(one) + reach * math.cos(one)),
            centre_x + width * (math.cos(two) + reach * math.sin(two)),
            centre_y + height * (math.sin(two) - reach * math.cos(two)),
            centre_x + width * math.cos(two),
            centre_y + height * math.sin(two),
        ]


def _parameter(angle: float, width: float, height: float) -> float:
    """The ellipse's parameter for the direction ``angle`` from its centre."""
    if not width or not height:
        return angle
    return math.atan2(math.sin(angle) * width, math.cos(angle) * height)


def write_geometry(
    writer: XmlWriter,
    geometry: Geometry,
    place: Transform,
    *,
    text_angle: float = 0,
    named: bool = True,
) -> None:
    """Write ``draw:enhanced-geometry`` in the size and with the flips of ``place``.

    ``text_angle`` in degrees, counter-clockwise; ``named``: as the preset that it is.
    """
    flips = {
        "draw:mirror-horizontal": "true" if place.flip_horizontal else None,
        "draw:mirror-vertical": "true" if place.flip_vertical else None,
        "draw:text-rotate-angle": number(text_angle) if text_angle else None,
    }
    if geometry.is_rectangle:
        _write_rectangle(writer, flips)
        return
    drawn = outline(geometry, place.width, place.height)
    writer.empty(
        "draw:enhanced-geometry",
        {
            "svg:viewBox": f"0 0 {drawn.width} {drawn.height}",
            "draw:type": f"ooxml-{geometry.name}" if geometry.name and named else "non-primitive",
            "draw:text-areas": " ".join(map(str, drawn.text_area)),
            **flips,
            "draw:enhanced-path": drawn.path or "M 0 0 N",
            "drawooo:enhanced-path": drawn.shaded_path or None,
        },
    )


def _write_rectangle(writer: XmlWriter, flips: dict[str, str | None]) -> None:
    """A rectangle in terms of the shape's size: one of fixed numbers would not shrink around its text in LibreOffice."""
    attributes = {
        "svg:viewBox": "0 0 0 0",
        "draw:type": "ooxml-rect",
        "draw:text-areas": "0 0 ?f0 ?f1",
        **flips,
        "draw:enhanced-path": "M 0 0 L ?f0 0 ?f0 ?f1 0 ?f1 Z N",
    }
    with writer.element("draw:enhanced-geometry", attributes):
        for name, formula in (("f0", "logwidth"), ("f1", "logheight")):
            writer.empty("draw:equation", {"draw:name": name, "draw:formula": formula})
