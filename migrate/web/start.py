"""The first page: what somebody with these roles can do here."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from migrate.web.entrance import LocalEntrance
from migrate.web.visit import Page, Refused, Role, Visit


def _home(visit: Visit) -> Response:
    """A card a page; who has only one goes there at once, who has none is told so."""
    entries = [entry for entry in visit.site.navigation if visit.may(entry.role)]
    if not visit.who.roles:
        raise Refused(403, "no_role_at_all", user=visit.who.name)
    if len(entries) == 1:
        return visit.redirect(entries[0].path)
    roles = [role for role in Role if any(entry.role is role for entry in entries)]
    return visit.page("home.html.j2", entries=entries, roles=roles)


def _leave(visit: Visit) -> Response:
    """Forget this browser; the next address that was printed lets it in again."""
    if not isinstance(visit.site.entrance, LocalEntrance):
        raise Refused(404, "not_found")
    visit.site.entrance.leave(visit.who)
    return replace(visit, visitor=None).page("left.html.j2")


ROUTES = (Page("/", _home), Page("/leave", _leave, method="POST"))
