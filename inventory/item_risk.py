"""The class of a file and its rule as the database tells them: rules of places before those of contents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select

from converters.kinds import KINDS
from inventory.moments import microseconds_of
from inventory.risk import ARCHIVE_YEARS, PLACE_RULES, Risk
from inventory.tables import inspections, interfaces, items

YEAR_US = 31_557_600_000_000  # 365.25 days
_ARCHIVED = "old_untouched"
_TEMPLATES = sorted(code for code, kind in KINDS.items() if kind.template)  # used without being changed


def item_rule(now: str) -> ColumnElement[str]:
    """The rule of an item that is joined with its inspection, as of ``now`` (UTC in ISO 8601); empty without one."""
    interface = select(interfaces.c.rule).where(interfaces.c.item_id == items.c.id).scalar_subquery()
    return _decided(now, interface, literal(_ARCHIVED), func.coalesce(inspections.c.rule, literal("")))


def item_risk(now: str) -> ColumnElement[str]:
    """The class that the rule of :func:`item_rule` gives."""
    leave, archive = literal(Risk.LEAVE.value), literal(PLACE_RULES[_ARCHIVED].value)
    return _decided(now, leave, archive, func.coalesce(inspections.c.risk, literal("")))


def _decided(now: str, interface: Any, old: Any, own: Any) -> ColumnElement[str]:
    is_document = func.coalesce(inspections.c.risk, literal("")) != Risk.NONE.value
    is_interface = items.c.id.in_(select(interfaces.c.item_id))
    before = (microseconds_of(now) or 0) - ARCHIVE_YEARS * YEAR_US
    is_old = and_(
        items.c.modified_us < before,
        inspections.c.risk != Risk.LEAVE.value,
        inspections.c.kind.not_in(_TEMPLATES),
    )
    return case((~is_document, own), (is_interface, interface), (is_old, old), else_=own)
