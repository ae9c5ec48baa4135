"""Sheet protection (ECMA-376 Part 1, 18.3.1.85): the state is carried, the password is not."""

from __future__ import annotations

from converters.losses import LossLog, Place
from converters.units import read_on_off
from converters.xlsx_to_ods.sheet import SheetFrame

# a password's hash is bound to Excel's algorithm; without it the sheet stays protected but opens for everybody
_PASSWORD_ATTRIBUTES = ("password", "hashValue")


def protection_attributes(frame: SheetFrame, log: LossLog) -> dict[str, str | None]:
    """The attributes of ``table:table`` for a protected sheet."""
    protection = frame.protection
    if protection is None or not read_on_off(protection.get("sheet"), False):
        return {}
    if any(protection.get(name) for name in _PASSWORD_ATTRIBUTES):
        log.report("SHEET_PASSWORD_DROPPED", Place("sheet", container=frame.name))
    return {"table:protected": "true"}
