"""The application: every request passes the same door, every page the same guard."""

from __future__ import annotations

import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from migrate.web import static
from migrate.web.door import Door, SecurityHeaders
from migrate.web.registry import page_modules, service_of
from migrate.web.site import Site
from migrate.web.uploads import TooLarge, read_form
from migrate.web.visit import Page, Refused, Visit

_LOG = logging.getLogger("migrate.web")
_STATUSES = {404: "not_found", 405: "not_allowed"}


def application(site: Site) -> Starlette:
    """The application of a site, with the pages of all modules."""
    modules = list(page_modules())
    site.navigation = tuple(entry for module in modules for entry in getattr(module, "NAVIGATION", ()))

    @asynccontextmanager
    async def serving(_application: Starlette) -> AsyncIterator[None]:
        with ExitStack() as opened:
            for module in modules:
                service = service_of(module, site)
                if service is not None:
                    site.services[module.__name__] = opened.enter_context(service)
            yield

    routes = [static.ROUTE]
    for page in (page for module in modules for page in module.ROUTES):
        routes.append(Route(page.path, _guarded(page), methods=[page.method]))
    return Starlette(
        routes=routes,
        middleware=[Middleware(SecurityHeaders), Middleware(Door, site=site)],
        exception_handlers={HTTPException: _refuse_by_status},
        lifespan=serving,
    )


def _guarded(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The page behind its role, with its form read within bounds and proved to be ours; errors become pages."""

    async def answer(request: Request) -> Response:
        visit: Visit = request.scope["visit"]
        visit = replace(visit, path=dict(request.path_params))
        form: FormData | None = None
        try:
            if page.role and not (visit.visitor and page.role & visit.visitor.roles):
                raise Refused(403, "no_role")
            if page.method == "POST":
                _check_origin(request)
                form = await read_form(request, visit.site.upload_bytes if page.uploads else None)
                _check_form(visit, form)
                visit = replace(visit, form=form)
            return await run_in_threadpool(page.show, visit)
        except TooLarge as error:
            code = "too_large" if page.uploads else "too_large_form"
            return visit.refusal(Refused(413, code, limit=error.limit_bytes // 1_000_000))
        except Refused as refused:
            return visit.refusal(refused)
        except (HTTPException, ClientDisconnect):
            raise
        except Exception:
            _LOG.exception("%s %s", page.method, page.path)
            return visit.refusal(Refused(500, "failed"))
        finally:
            if form is not None:
                await form.close()

    return answer


def _check_origin(request: Request) -> None:
    """What a browser says of where a form comes from, before anything of it is read. Raises Refused."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "foreign_form")


def _check_form(visit: Visit, form: FormData) -> None:
    """A form carries what only a page of ours could give it. Raises Refused."""
    given = form.get("csrf")
    if (
        not isinstance(given, str)
        or not visit.csrf
        or not hmac.compare_digest(given.encode(), visit.csrf.encode())
    ):
        raise Refused(403, "foreign_form")


async def _refuse_by_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    visit: Visit = request.scope["visit"]
    return visit.refusal(Refused(status, _STATUSES.get(status, "bad_request")))
