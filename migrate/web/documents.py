"""Documents on their way to a person: never as something that a browser would run, and never without a line in the log."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.responses import Response

from migrate.openings import note_opening
from migrate.sentences import shown
from migrate.web.visit import Visit

# a browser saves it, whatever it takes it for, and what it might still show of it may do nothing
HEADERS = {
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
_INERT = "application/octet-stream"
_LONGEST_NAME = 150


def send_document(visit: Visit, content: bytes, name: str, sha256: str, case: str = "") -> Response:
    """A document to save under a name, and the line that says who has it now. ``case`` is what it belongs to."""
    note_opening(visit.site.database, visit.who.name, "download", name, sha256, case)
    return Response(content, media_type=_INERT, headers={**HEADERS, "content-disposition": attachment(name)})


def send_picture(
    visit: Visit, content: bytes, name: str, sha256: str, case: str = "", page: int = 0
) -> Response:
    """A drawn page as PNG or WebP; the first page of a document writes the line of the log, the others belong to it."""
    if page == 0:
        note_opening(visit.site.database, visit.who.name, "view", name, sha256, case)
    kind = "image/webp" if content[8:12] == b"WEBP" else "image/png"
    return Response(content, media_type=kind, headers=HEADERS)


def attachment(name: str) -> str:
    """The header Content-Disposition (RFC 6266) for a name from anywhere: its last part, in ASCII and in UTF-8."""
    last = re.split(r"[/\\]", shown(name))[-1].strip(" .") or "document"
    stem, dot, ending = last.rpartition(".")
    last = f"{(stem if dot else ending)[:_LONGEST_NAME]}{dot}{ending[:20] if dot else ''}"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", last)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(last, safe='')}"
