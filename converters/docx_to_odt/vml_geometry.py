"""Outlines of VML shapes: paths and formulas as ``draw:enhanced-geometry`` (ECMA-376 Part 4, 19.1.2.5, 19.1.2.19 path).

The two languages are near relatives: most commands have an equal, formulas differ in notation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from converters.ooxml.namespaces import qn
from converters.units import number, read_int

# command -> ODF's and how many numbers a step of it takes; relative ones have the command they turn into
_COMMANDS: Mapping[str, tuple[str, int]] = {
    "m": ("M", 2), "l": ("L", 2), "c": ("C", 6), "x": ("Z", 0), "e": ("N", 0), "nf": ("F", 0), "ns": ("S", 0),
    "at": ("A", 8), "ar": ("B", 8), "wa": ("W", 8), "wr": ("V", 8), "qx": ("X", 2), "qy": ("Y", 2), "qb": ("Q", 4),
    "t": ("M", 2), "r": ("L", 2), "v": ("C", 6),
}  # fmt: skip
_RELATIVE = frozenset("trv")
_TOKEN = re.compile(
    r"nf|ns|at|ar|wa|wr|qx|qy|qb|ha|hb|hc|hd|he|hf|hg|hh|hi|ae|al|[mlcxetrv]|@\d+|-?\d+(?:\.\d+)?|,"
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")
_FORMULAS: Mapping[str, tuple[str, int]] = {
    "val": ("{0}", 1),
    "sum": ("{0}+{1}-{2}", 3),
    "prod": ("{0}*{1}/{2}", 3),
    "product": ("{0}*{1}/{2}", 3),
    "mid": ("({0}+{1})/2", 2),
    "abs": ("abs({0})", 1),
    "min": ("min({0},{1})", 2),
    "max": ("max({0},{1})", 2),
    "if": ("if({0},{1},{2})", 3),
    "sqrt": ("sqrt({0})", 1),
    "mod": ("sqrt({0}*{0}+{1}*{1}+{2}*{2})", 3),
    "ellipse": ("{2}*sqrt(1-({0}/{1})*({0}/{1}))", 3),
}
_NAMES = {"width": "width", "height": "height", "xcenter": "(width/2)", "ycenter": "(height/2)"}


@dataclass(frozen=True, slots=True)
class VmlOutline:
    """An enhanced path with its equations, in a view box of ``width`` by ``height`` units."""

    width: int
    height: int
    path: str
    equations: tuple[str, ...] = ()
    modifiers: str = ""


def read_outline(shape: etree._Element, shape_type: etree._Element | None) -> VmlOutline | None:
    """The outline that a shape draws itself, or takes from its type; None for one that cannot be said in ODF."""

    def given(name: str, default: str = "") -> str:
        own = shape.get(name)
        if own is None and shape_type is not None:
            own = shape_type.get(name)
        return default if own is None else own

    path = enhanced_path(given("path"))
    equations = []
    for holder in (shape, shape_type):
        formulas = holder.find(qn("v:formulas")) if holder is not None else None
        if formulas is not None:
            equations = [_equation(formula.get("eqn", "")) for formula in formulas]
            break
    size = [read_int(part.strip(), 1000) or 1000 for part in (given("coordsize") or "1000,1000").split(",")]
    if path is None or None in equations or len(size) < 2:
        return None
    modifiers = " ".join(part.strip() or "0" for part in given("adj").split(",")) if given("adj") else ""
    return VmlOutline(size[0], size[1], path, tuple(filter(None, equations)), modifiers)


def _equation(text: str) -> str | None:
    """A formula such as ``sum @0 0 10800`` in ODF's notation; None for one with an operation that ODF has not."""
    operation, *operands = text.split()[:4] or [""]
    template = _FORMULAS.get(operation)
    if template is None:
        return None
    values = [_operand(operand) for operand in operands] + ["0"] * 3
    return template[0].format(*values) if None not in values else None


def _operand(text: str) -> str | None:
    if text.startswith("@"):
        return f"?f{text[1:]} "
    if text.startswith("#"):
        return f"${text[1:]} "
    return text if _NUMBER.match(text) else _NAMES.get(text)


def enhanced_path(path: str) -> str | None:
    """A VML path as ``draw:enhanced-path``; None for no path, or one with commands that ODF has not."""
    written: list[str] = []
    x, y = 0.0, 0.0
    known = True  # where the pen stands: after a formula nobody knows
    for command, values in _steps(path):
        row = _COMMANDS.get(command)
        if row is None:
            return None
        if command in _RELATIVE:
            if not known or not all(map(_NUMBER.match, values)):
                return None
            values = [number(float(v) + (y if i % 2 else x)) for i, v in enumerate(values)]
        written.append(" ".join([row[0], *(_argument(value) for value in values)]))
        if values:
            known = all(map(_NUMBER.match, values[-2:]))
            x, y = (float(values[-2]), float(values[-1])) if known else (0.0, 0.0)
    return " ".join(written) or None


def _argument(value: str) -> str:
    return f"?f{value[1:]}" if value.startswith("@") else value


def _steps(path: str) -> Iterator[tuple[str, list[str]]]:
    """(command, numbers) of a path, each step by itself; a number that is left out is 0."""
    command = ""
    numbers: list[str] = []
    after_comma = True
    for piece in [*_TOKEN.findall(path), ""]:
        if piece == ",":
            if after_comma:
                numbers.append("0")
            after_comma = True
        elif piece and (piece[0] in "@-" or piece[0].isdigit()):
            numbers.append(piece)
            after_comma = False
        else:
            if command:
                yield from _cut(command, numbers, trailing=after_comma and bool(numbers))
            command, numbers, after_comma = piece, [], True


def _cut(command: str, numbers: list[str], *, trailing: bool) -> Iterator[tuple[str, list[str]]]:
    arity = _COMMANDS.get(command, ("", 0))[1]
    if not arity:
        yield command, []
        return
    if trailing or len(numbers) % arity:
        numbers = numbers + ["0"] * (-len(numbers) % arity)
    for index in range(0, max(len(numbers), arity), arity):
        yield command, (numbers[index : index + arity] + ["0"] * arity)[:arity]
