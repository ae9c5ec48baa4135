"""Lengths of OOXML as ODF lengths.

Sources: ECMA-376 Part 1, 22.9.2 (measures), 20.1.2.1 (EMU), 17.18 (eighths of a point, half-points);
ODF 1.3 Part 3, 18.3.18 (length). All results are strings in ODF's lexical form.
"""

from __future__ import annotations

import re
from functools import lru_cache

EMU_PER_POINT = 12_700
EMU_PER_CENTIMETRE = 360_000
TWIPS_PER_POINT = 20
_LENGTHS_KEPT = 2048  # a document names the same few lengths over and over

_MEASURE = re.compile(r"^\s*(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)\s*$")
_POINTS_PER_UNIT = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}


def number(value: float, digits: int = 4) -> str:
    """A number without trailing zeros and without ``-0``."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in ("-0", "") else text


@lru_cache(_LENGTHS_KEPT)
def points(value: float) -> str:
    """Points as an ODF length: ``points(12.5) == "12.5pt"``."""
    return number(value, 3) + "pt"


def inches(value: float) -> str:
    return number(value, 5) + "in"


def centimetres(value: float) -> str:
    return number(value, 4) + "cm"


def percent(value: float) -> str:
    """A share of 100 as an ODF percentage: ``percent(62.5) == "62.5%"``."""
    return number(value, 3) + "%"


@lru_cache(_LENGTHS_KEPT)
def from_twips(twips: float) -> str:
    """Twentieths of a point as an ODF length in points."""
    return points(twips / TWIPS_PER_POINT)


def from_emu(emu: float) -> str:
    """English metric units as an ODF length in centimetres."""
    return centimetres(emu / EMU_PER_CENTIMETRE)


def read_int(text: str | None, default: int | None = None) -> int | None:
    """An ``xsd:int`` as real producers write it (``"720"``, ``"720.0"``, blanks); ``default`` where it is none."""
    if text is None:
        return default
    try:
        return int(text)
    except ValueError:
        try:
            return round(float(text))
        except (ValueError, OverflowError):
            return default


def read_twips(text: str | None) -> float | None:
    """``ST_TwipsMeasure`` and ``ST_SignedTwipsMeasure``: a number of twips, or a number with a unit (22.9.2.14)."""
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        match = _MEASURE.match(text)
        return float(match[1]) * _POINTS_PER_UNIT[match[2]] * TWIPS_PER_POINT if match else None


def read_half_points(text: str | None) -> float | None:
    """``ST_HpsMeasure``: half-points, or a number with a unit; the result is in points."""
    if text is None:
        return None
    try:
        return float(text) / 2
    except ValueError:
        match = _MEASURE.match(text)
        return float(match[1]) * _POINTS_PER_UNIT[match[2]] if match else None


def read_percentage(text: str | None) -> float | None:
    """``ST_Percentage``: thousandths of a percent (Transitional) or ``"50%"`` (Strict); the result is in percent."""
    if text is None:
        return None
    try:
        return float(text[:-1]) if text.endswith("%") else float(text) / 1000
    except ValueError:
        return None


def read_on_off(text: str | None, default: bool = True) -> bool:
    """``ST_OnOff`` and ``xsd:boolean``: an absent value means ``default`` (22.9.2.7)."""
    if text is None:
        return default
    return text.strip().lower() not in ("0", "false", "off", "none", "")
