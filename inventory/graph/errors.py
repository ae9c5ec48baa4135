"""What Graph answers instead of what was asked for: transient, permanent or fatal, and what it means.

Graph's messages name people and files: they stand in ``body`` and ``message`` and never in the text of an exception.
Codes are compared without case, the most specific one first (``innerError`` may nest); messages decide only where
Graph gives no code of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Meaning(StrEnum):
    """What an error stands for; the scan decides by it."""

    OTHER = "other"
    THROTTLED = "throttled"
    UNANSWERED = "unanswered"  # no answer, half of one, or one that is none
    PERMISSION = "permission"  # the application lacks a permission
    ROLE = "role"  # the person who signed in lacks a role
    NOT_PREMIUM = "not_premium"  # the tenant has no Entra ID P1
    NO_DRIVE = "no_drive"
    NOT_FOUND = "not_found"
    LOCKED = "locked"
    RESYNC = "resync"  # a delta token is too old: everything is listed anew
    PAGE_EXPIRED = "page_expired"  # a page's link is too old: the listing begins anew
    MALWARE = "malware"
    UNSUPPORTED = "unsupported"  # this cloud or version does not have it
    TOKEN = "token"  # noqa: S105 - the token was not taken
    SIGN_IN = "sign_in"
    UNTRUSTED = "untrusted"  # the host's certificate is none that this machine trusts
    NOT_ALLOWED = "not_allowed"  # this program does not send that


@dataclass(frozen=True, slots=True)
class Told:
    """An answer without what was asked for. ``codes`` are in lower case, the most specific first."""

    status: int = 0
    codes: tuple[str, ...] = ()
    message: str = ""
    request_id: str = ""
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class GraphError(Exception):
    """``call`` is the name of what was asked for, without ids. The text names neither people nor tokens."""

    def __init__(self, meaning: Meaning, call: str = "", told: Told | None = None, detail: str = "") -> None:
        self.meaning, self.call, self.told, self.detail = meaning, call, told or Told(), detail
        code = self.told.codes[0] if self.told.codes else ""
        said = [call, str(self.told.status or ""), code, meaning.value if not code else "", detail]
        super().__init__(" ".join(filter(None, said)))

    @property
    def status(self) -> int:
        return self.told.status

    @property
    def retry_after_seconds(self) -> float | None:
        """What the answer asks to wait; None where it does not say."""
        return retry_after(self.told.headers)


class TransientError(GraphError):
    """Asked again later, it may be answered."""


class PermanentError(GraphError):
    """Asked again, it will not be answered; what does not depend on it goes on."""


class FatalError(GraphError):
    """Nothing else will be answered either."""


_MAX_RETRY_AFTER_SECONDS = 3_600.0
_TRANSIENT = frozenset({408, 429, 500, 502, 503, 504, 509})
_THROTTLED = frozenset({429, 509})

# (status or 0 for any, code or "", text in the message or "") -> meaning; the first row that fits
_MEANINGS: tuple[tuple[int, str, str, Meaning], ...] = (
    (0, "malwaredetected", "", Meaning.MALWARE),
    (0, "authentication_requestfromnonpremiumtenantorb2ctenant", "", Meaning.NOT_PREMIUM),
    (0, "authentication_requestfromunsupporteduserrole", "", Meaning.ROLE),
    (0, "authorization_requestdenied", "", Meaning.PERMISSION),
    (0, "s2sunauthorized", "", Meaning.PERMISSION),
    (0, "missingcredentials", "", Meaning.PERMISSION),
    (0, "directory_expiredpagetoken", "", Meaning.PAGE_EXPIRED),
    (400, "", "token is either invalid or expired", Meaning.PAGE_EXPIRED),
    (410, "", "", Meaning.RESYNC),
    (0, "syncstatenotfound", "", Meaning.RESYNC),
    (0, "syncstateinvalid", "", Meaning.RESYNC),
    (423, "", "", Meaning.LOCKED),
    (0, "resourcelocked", "", Meaning.LOCKED),
    (403, "notallowed", "", Meaning.LOCKED),
    (404, "", "mysite", Meaning.NO_DRIVE),
    (404, "", "404 file not found", Meaning.NO_DRIVE),
    (0, "", "tenant does not have a spo license", Meaning.NO_DRIVE),
    (404, "", "", Meaning.NOT_FOUND),
    (501, "", "", Meaning.UNSUPPORTED),
    (0, "notsupported", "", Meaning.UNSUPPORTED),
    (400, "", "resource not found for the segment", Meaning.UNSUPPORTED),
    (403, "", "", Meaning.PERMISSION),
    (401, "", "", Meaning.TOKEN),
)


def told_by(status: int, body: str, headers: Mapping[str, str] | None = None) -> Told:
    """What an error's body says; a body that is none of Graph's is kept as it is."""
    try:
        document = json.loads(body) if body else {}
    except ValueError:
        document = {}
    error = document.get("error") if isinstance(document, dict) else None
    if not isinstance(error, dict):
        return Told(status, body=body, headers=headers or {})
    codes: list[str] = []
    request_id = ""
    inner: Any = error
    while isinstance(inner, dict):
        codes.append(str(inner.get("code") or "").lower())
        request_id = str(inner.get("request-id") or request_id)
        inner = inner.get("innerError", inner.get("innererror"))
    found = tuple(code for code in reversed(codes) if code)
    return Told(status, found, str(error.get("message") or ""), request_id, body, headers or {})


def meaning_of(told: Told) -> Meaning:
    """What an answer stands for."""
    message = told.message.lower()
    for status, code, text, meaning in _MEANINGS:
        if status in (0, told.status) and (not code or code in told.codes) and text in message:
            return meaning
    return Meaning.THROTTLED if told.status in _THROTTLED else Meaning.OTHER


def error_of(told: Told, call: str) -> GraphError:
    """The error that an answer is."""
    if told.status in _TRANSIENT:
        throttled = told.status in _THROTTLED or (told.status == 503 and "retry-after" in told.headers)
        return TransientError(Meaning.THROTTLED if throttled else Meaning.UNANSWERED, call, told)
    return PermanentError(meaning_of(told), call, told)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds of a Retry-After header, which some services spell as a date that is not read here."""
    text = str(headers.get("retry-after", "")).strip()
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        return None
    return min(float(text), _MAX_RETRY_AFTER_SECONDS)


def lower_headers(headers: Mapping[str, Any]) -> dict[str, str]:
    return {str(name).lower(): str(value) for name, value in headers.items()}
