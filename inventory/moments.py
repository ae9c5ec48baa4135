"""Moments as the database keeps them: UTC in ISO 8601 with microseconds, or microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> str:
    """UTC in ISO 8601 with microseconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def iso_time(microseconds: int | None) -> str:
    """UTC in ISO 8601 with microseconds; empty for None and for a time outside the years 1 to 9999."""
    if microseconds is None:
        return ""
    try:
        moment = _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return ""
    return f"{moment.isoformat()[:19]}.{microseconds % 1_000_000:06d}Z"


def microseconds_of(iso: str) -> int | None:
    """The inverse of :func:`iso_time`."""
    if not iso:
        return None
    return (datetime.fromisoformat(iso) - _EPOCH) // timedelta(microseconds=1)
