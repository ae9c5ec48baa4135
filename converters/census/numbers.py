"""The numbers of cells: what ODF says as a number, a date, a time or a truth value, as the number behind it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from lxml import etree

from converters.odf.namespaces import qn

_TYPE, _VALUE = qn("office:value-type"), qn("office:value")
_DATE, _TIME, _TRUTH = qn("office:date-value"), qn("office:time-value"), qn("office:boolean-value")
EPOCH = datetime(1899, 12, 30)
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(\d+)H(\d+)M([\d.]+)S")
# dates and times are written to a fraction of a second: days, and the share of a value that rounding may cost
_ROUNDING, _SHARE = 2e-8, 1e-13


def epoch_of(spreadsheet: etree._Element) -> datetime:
    """The day from which a spreadsheet counts its days (ODF 1.3 Part 3, 9.4.2)."""
    null_date = spreadsheet.find(f"{qn('table:calculation-settings')}/{qn('table:null-date')}")
    try:
        return (
            datetime.fromisoformat(null_date.get(qn("table:date-value"), ""))
            if null_date is not None
            else EPOCH
        )
    except ValueError:
        return EPOCH


def cell_number(cell: etree._Element, epoch: datetime = EPOCH) -> float | None:
    """The number of a cell as a spreadsheet holds it, dates as days since ``epoch``; None for a text."""
    kind = cell.get(_TYPE)
    try:
        if kind == "date":
            return _days(cell.get(_DATE, ""), epoch)
        if kind == "time":
            return _share_of_day(cell.get(_TIME, ""))
        if kind in ("float", "percentage", "currency"):
            return float(cell.get(_VALUE, ""))
    except ValueError:
        return None
    return None


def _days(text: str, epoch: datetime) -> float:
    """Raises ValueError."""
    distance = datetime.fromisoformat(text[:26]) - epoch
    return distance.days + (distance.seconds + distance.microseconds / 1e6) / 86_400


def _share_of_day(text: str) -> float:
    """Raises ValueError."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    seconds = int(found[2] or 0) * 86_400 + int(found[3]) * 3_600 + int(found[4]) * 60 + float(found[5])
    return (-seconds if found[1] else seconds) / 86_400


def missing_numbers(source: Counter[float], target: Counter[float]) -> Counter[float]:
    """Numbers of the source that the target has not got as often, but for what the writing of dates rounds away."""
    missing, more = source - target, target - source
    if not missing or not more:
        return missing
    spare = sorted(more.items())
    position = 0
    left: Counter[float] = Counter()
    for value, count in sorted(missing.items()):
        allowed = _ROUNDING + abs(value) * _SHARE
        while position < len(spare) and spare[position][0] < value - allowed:
            position += 1
        while count and position < len(spare) and abs(spare[position][0] - value) <= allowed:
            near, available = spare[position]
            taken = min(count, available)
            count -= taken
            spare[position] = (near, available - taken)
            position += available == taken
        if count:
            left[value] = count
    return left
