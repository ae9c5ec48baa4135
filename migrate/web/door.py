"""What every request passes: a known host name, a known visitor, a language; and what every answer says to browsers."""

from __future__ import annotations

import re
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from migrate.locale import LANGUAGES
from migrate.web import static
from migrate.web.entrance import LocalEntrance
from migrate.web.languages import COOKIE, words_for
from migrate.web.site import Site
from migrate.web.visit import Refused, Visit, Visitor

ENTER = "/enter"
_PORT = re.compile(r":\d{1,5}$")
_YEAR_SECONDS = 365 * 24 * 3600

# no script but ours, no style but ours, no frame, nothing from elsewhere; pictures may stand in the page itself
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


class SecurityHeaders:
    """Adds the headers that an answer does not have of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)


class Door:
    """Puts a :class:`Visit` into the request's scope, or answers itself."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self.app, self.site = app, site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        visit = self._visit(request, None)
        try:
            self._check_host(request)
            visitor = self.site.entrance.visitor_of(request)
            answer = self._entered(request, visit, visitor)
        except Refused as refused:
            answer = visit.refusal(refused)
        if answer is None:
            scope["visit"] = self._visit(request, visitor)
            send = _remembering(request, send)
            await self.app(scope, receive, send)
            return
        await answer(scope, receive, send)

    def _visit(self, request: Request, visitor: Visitor | None) -> Visit:
        return Visit(
            self.site,
            visitor,
            words_for(request),
            request.url.path,
            {},
            request.query_params,
        )

    def _check_host(self, request: Request) -> None:
        """A name that is not ours is that of a page elsewhere which made its name lead here (DNS rebinding)."""
        hosts = [host.lower() for host in request.headers.getlist("host")]
        if self.site.policy.proxy:  # the port is the proxy's
            hosts = [_PORT.sub("", host) for host in hosts]
        if len(hosts) != 1 or hosts[0] not in self.site.addresses:
            raise Refused(400, "unknown_host")

    def _entered(self, request: Request, visit: Visit, visitor: Visitor | None) -> Response | None:
        """An answer for those who are not in; None where the page decides."""
        entrance = self.site.entrance
        entering = request.method == "GET" and request.url.path == ENTER
        if isinstance(entrance, LocalEntrance) and entering:
            if visitor is not None:
                return visit.redirect("/")
            session = entrance.enter(request.query_params.get("token", ""))
            if session is None:
                raise Refused(403, "wrong_token")
            answer = visit.redirect("/")
            answer.set_cookie(entrance.cookie, session, httponly=True, samesite="strict", path="/")
            return answer
        if visitor is None and not static.is_static(request.url.path):
            raise Refused(403, "unknown_visitor_proxy" if self.site.policy.proxy else "unknown_visitor")
        return None


def _remembering(request: Request, send: Send) -> Send:
    """Keeps a language that was chosen by ``?lang=``."""
    chosen = request.query_params.get("lang")
    if chosen not in LANGUAGES:
        return send

    async def with_cookie(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer = Response()
            answer.set_cookie(COOKIE, chosen, _YEAR_SECONDS, httponly=True, samesite="strict", path="/")
            MutableHeaders(scope=message).append("set-cookie", answer.headers["set-cookie"])
        await send(message)

    return with_cookie
