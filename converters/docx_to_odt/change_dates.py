"""When a change or comment was made, for ``dc:date`` (ODF 1.3 Part 3, 4.3.2.2).

Word writes ``w:date`` in local time with a ``Z`` that means nothing (ECMA-376 Part 1, 17.13.4.2); newer versions
say beside it when it was in UTC ([MS-DOCX] 2.7.5, ``w16du:dateUtc``). Both together tell the zone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

UNKNOWN_DATE = "1970-01-01T00:00:00"  # ODF requires one
_LENGTH = len(UNKNOWN_DATE)
_FARTHEST = timedelta(hours=14)
_MINUTE = timedelta(minutes=1)


def change_date(date: str | None, utc: str | None = None) -> str:
    """Local time, with its distance to UTC where the source knows it; UTC where nothing else is known."""
    local, instant = _read(date), _read(utc)
    if local is None:
        return UNKNOWN_DATE if instant is None else f"{instant.isoformat()}Z"
    if instant is None or abs(local - instant) > _FARTHEST:
        return local.isoformat()
    minutes = round((local - instant) / _MINUTE)
    if not minutes:
        return f"{local.isoformat()}Z"
    return f"{local.isoformat()}{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _read(text: str | None) -> datetime | None:
    """A time without its zone mark and parts of a second; None for what is no time."""
    try:
        return datetime.fromisoformat((text or "")[:_LENGTH]) if len(text or "") >= _LENGTH else None
    except ValueError:
        return None
