"""The few files that pages load: a table of names, so that no path of a client leads anywhere."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_PREFIX = "/static/"
# name -> (type, the files that it is made of, by package and path)
FILES: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "style.css": (
        "text/css; charset=utf-8",
        (
            ("migrate.reports", "templates/report.css"),
            ("migrate.reports", "templates/rendering.css"),
            ("migrate.web", "static/web.css"),
            ("migrate.web", "static/helpdesk.css"),
        ),
    ),
    "web.js": ("text/javascript; charset=utf-8", (("migrate.web", "static/web.js"),)),
    "icon.svg": ("image/svg+xml", (("migrate.web", "static/icon.svg"),)),
}


def is_static(path: str) -> bool:
    return path.removeprefix(_PREFIX) in FILES and path.startswith(_PREFIX)


@cache
def content(name: str) -> bytes:
    parts = FILES[name][1]
    return b"\n".join(resources.files(package).joinpath(path).read_bytes() for package, path in parts)


@cache
def version(name: str) -> str:
    """What the address of a file ends with, so that browsers keep it until it changes."""
    return hashlib.sha256(content(name)).hexdigest()[:12]


def address(name: str) -> str:
    return f"{_PREFIX}{name}?v={version(name)}"


async def _serve(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=86400"}
    return Response(content(name), media_type=FILES[name][0], headers=headers)


ROUTE = Route(f"{_PREFIX}{{name}}", _serve, methods=["GET"])
