"""Cell values of SpreadsheetML (18.18.11) as value attributes of ODF (Part 3, 19.385 ff): never another number.

A serial number becomes a date or time only where the ISO form stands for exactly that number; else the cell keeps it as
a number, which its format still shows as a date.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import floor

EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
FIRST_SAFE_SERIAL_1900 = 61  # Excel's 29 February 1900 has serial 60: before it, its dates are a day off
_MAX_SERIAL = 2_958_465  # 31 December 9999
_SECONDS_PER_DAY = 86_400

number_text = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*").fullmatch
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(?:Z|[+-]\d{2}:\d{2})?$")

# as LibreOffice writes errors, and their formula where they are constants
ODF_ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))


def float_attributes(text: str) -> str:
    """``text`` has passed ``number_text``; its digits stay as they are."""
    return f' office:value-type="float" office:value="{text}"'


def _fraction(share: float, exact: float, whole: int) -> str | None:
    """Seconds of a day with as few decimals as name the number exactly; None where nanoseconds do not."""
    for digits in (0, 3, 6, 9):
        seconds = round(share * _SECONDS_PER_DAY, digits)
        if seconds < _SECONDS_PER_DAY and whole + seconds / _SECONDS_PER_DAY == exact:
            return f"{seconds:.{digits}f}"
    return None


@lru_cache(maxsize=32_768)
def date_attributes(text: str, epoch: date) -> str:
    """A serial number of the date system that starts at ``epoch`` as a date."""
    serial = float(text)
    days = floor(serial)
    if not 0 <= serial <= _MAX_SERIAL:
        return float_attributes(text)
    try:
        day = (epoch + timedelta(days)).isoformat()
    except OverflowError:
        return float_attributes(text)
    if serial == days:
        return f' office:value-type="date" office:date-value="{day}"'
    seconds = _fraction(serial - days, serial, days)
    if seconds is None:
        return float_attributes(text)
    hours, minutes, rest = _clock(seconds)
    return f' office:value-type="date" office:date-value="{day}T{hours:02d}:{minutes:02d}:{rest}"'


@lru_cache(maxsize=32_768)
def time_attributes(text: str) -> str:
    """A serial number as a duration."""
    serial = float(text)
    if not 0 <= serial <= _MAX_SERIAL:
        return float_attributes(text)
    days = floor(serial)
    seconds = _fraction(serial - days, serial, days)
    if seconds is None:
        return float_attributes(text)
    hours, minutes, rest = _clock(seconds)
    return f' office:value-type="time" office:time-value="PT{days * 24 + hours:02d}H{minutes:02d}M{rest}S"'


def _clock(seconds: str) -> tuple[int, int, str]:
    whole, _, decimals = seconds.partition(".")
    minutes, rest = divmod(int(whole), 60)
    hours, minutes = divmod(minutes, 60)
    return hours, minutes, f"{rest:02d}" + (f".{decimals}" if decimals else "")


def iso_date_attributes(text: str) -> str | None:
    """A cell of type ``d``: its text is an ISO 8601 date already; None where it is none."""
    match = _ISO.match(text.strip())
    if match is None:
        return None
    try:
        datetime.fromisoformat(match[1])
    except ValueError:
        return None
    clock = match[2]
    if clock and len(clock) == 5:
        clock += ":00"
    return f' office:value-type="date" office:date-value="{match[1]}{"T" + clock if clock else ""}"'


def boolean_attributes(text: str) -> str:
    value = "true" if text.strip().lower() in ("1", "true") else "false"
    return f' office:value-type="boolean" office:boolean-value="{value}"'


ERROR_ATTRIBUTES = ' office:value-type="string" office:string-value="" calcext:value-type="error"'
