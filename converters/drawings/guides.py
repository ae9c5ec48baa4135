"""Guide formulas of DrawingML geometries, evaluated for a size (ECMA-376 Part 1, 20.1.9.11; ST_GeomGuideFormula)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

ANGLE_UNITS_PER_DEGREE = 60_000
_FULL_TURN = 360 * ANGLE_UNITS_PER_DEGREE


def radians(angle: float) -> float:
    """An ``ST_Angle`` (60000ths of a degree) in radians."""
    return math.radians(angle / ANGLE_UNITS_PER_DEGREE)


def _divided(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else 0.0


def _angle_of(x: float, y: float) -> float:
    return math.degrees(math.atan2(y, x)) * ANGLE_UNITS_PER_DEGREE


# operator -> function of up to three operands; a missing operand is 0
_OPERATORS: dict[str, Callable[[float, float, float], float]] = {
    "val": lambda x, _y, _z: x,
    "*/": lambda x, y, z: _divided(x * y, z),
    "+-": lambda x, y, z: x + y - z,
    "+/": lambda x, y, z: _divided(x + y, z),
    "?:": lambda x, y, z: y if x > 0 else z,
    "abs": lambda x, _y, _z: abs(x),
    "at2": lambda x, y, _z: _angle_of(x, y),
    "cat2": lambda x, y, z: x * math.cos(math.atan2(z, y)),
    "cos": lambda x, y, _z: x * math.cos(radians(y)),
    "max": lambda x, y, _z: max(x, y),
    "min": lambda x, y, _z: min(x, y),
    "mod": lambda x, y, z: math.sqrt(x * x + y * y + z * z),
    "pin": lambda x, y, z: x if y < x else min(y, z),
    "sat2": lambda x, y, z: x * math.sin(math.atan2(z, y)),
    "sin": lambda x, y, _z: x * math.sin(radians(y)),
    "sqrt": lambda x, _y, _z: math.sqrt(max(0.0, x)),
    "tan": lambda x, y, _z: x * math.tan(radians(y)),
}


def _built_in(width: float, height: float) -> dict[str, float]:
    """The guides that every geometry has (presetShapeDefinitions; 20.1.9.11)."""
    short, long = min(width, height), max(width, height)
    values = {"w": width, "h": height, "l": 0.0, "t": 0.0, "r": width, "b": height}
    values |= {"hc": width / 2, "vc": height / 2, "ss": short, "ls": long}
    values |= {f"wd{n}": width / n for n in (2, 3, 4, 5, 6, 8, 10, 12, 16, 32)}
    values |= {f"hd{n}": height / n for n in (2, 3, 4, 5, 6, 8, 10, 12, 16, 32)}
    values |= {f"ssd{n}": short / n for n in (2, 4, 6, 8, 16, 32)}
    values |= {f"cd{n}": _FULL_TURN / n for n in (2, 3, 4, 8)}
    values |= {"3cd4": _FULL_TURN * 3 / 4, "3cd8": _FULL_TURN * 3 / 8}
    values |= {"5cd8": _FULL_TURN * 5 / 8, "7cd8": _FULL_TURN * 7 / 8}
    return values


class Guides:
    """Values of guides by name, for a shape of ``width`` by ``height`` (any unit; the answers have the same)."""

    def __init__(self, width: float, height: float) -> None:
        self._values = _built_in(width, height)

    def define(self, formulas: Iterable[tuple[str, str]], given: Mapping[str, str] | None = None) -> None:
        """Evaluate ``(name, formula)`` pairs in order; ``given`` replaces formulas by name (adjust values)."""
        for name, formula in formulas:
            self._values[name] = self._evaluated((given or {}).get(name, formula))

    def value(self, token: str) -> float:
        """A number, or a guide's value; 0 for a name that no guide has."""
        try:
            return float(token)
        except ValueError:
            return self._values.get(token, 0.0)

    def _evaluated(self, formula: str) -> float:
        operator, *operands = formula.split() or ("val",)
        function = _OPERATORS.get(operator)
        if function is None:  # a bare number or name, as the table of presets and some producers write
            return self.value(operator)
        x, y, z = ([self.value(token) for token in operands] + [0.0] * 3)[:3]
        try:
            result = function(x, y, z)
        except (OverflowError, ValueError):
            return 0.0
        return result if math.isfinite(result) else 0.0
