"""For IT: causes that many cases of the helpdesk share, with every file that they touch."""

from __future__ import annotations

from starlette.responses import Response

from migrate.helpdesk.alerts import files_affected, handle_alert, open_alerts
from migrate.helpdesk.causes import CAUSES, SETTINGS
from migrate.history_words import moment_text
from migrate.locale import sentence
from migrate.sentences import shown
from migrate.web.visit import Entry, Page, Refused, Role, Visit

_IT = frozenset((Role.IT,))
_AFFECTED = 200
_CASES = 50
_CODES = frozenset(code for causes in CAUSES.values() for code, _look in causes) | frozenset(
    SETTINGS.values()
)


def _alerts(visit: Visit) -> Response:
    language = visit.language
    with visit.site.database.connect() as connection:
        told = [
            {
                "cause": alert.cause,
                "heading": cause_name(alert.cause, language),
                "cases": [
                    (moment_text(case.created, language), case.ticket, case.visitor, case.name)
                    for case in reversed(alert.cases[-_CASES:])
                ],
                "count": len(alert.cases),
                "files": alert.files,
                "since": moment_text(alert.first, language),
                "affected": [
                    (moment_text(one.finished, language), shown(one.source))
                    for one in files_affected(connection, alert.cause, _AFFECTED)
                ],
            }
            for alert in open_alerts(connection)
        ]
    return visit.page("alerts.html.j2", alerts=told, most=_AFFECTED)


def cause_name(cause: str, language: str) -> str:
    """What is wrong, without the particulars of one file."""
    return sentence("desk", f"cause.{cause}", language)


def _handled(visit: Visit) -> Response:
    cause = visit.field("cause")
    if cause not in _CODES:
        raise Refused(400, "bad_request")
    handle_alert(visit.site.database, cause, visit.who.name)
    return visit.redirect("/alerts")


NAVIGATION = (Entry("/alerts", "alerts", Role.IT),)
ROUTES = (Page("/alerts", _alerts, _IT), Page("/alerts/handled", _handled, _IT, "POST"))
