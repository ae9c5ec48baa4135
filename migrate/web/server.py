"""The web server: a socket that is bound before anything is announced, and no word of proxies believed but ours."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

_BACKLOG = 128
_MOST_REQUESTS = 200
_KEEP_ALIVE_SECONDS = 15
_STOP_SECONDS = 10
_HEAD_SECONDS = 20.0  # for the first request's head


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket at an address; port 0 for any that is free. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(_BACKLOG)
    except BaseException:
        bound.close()
        raise
    return bound


class _Protocol(H11Protocol):
    """HTTP as ever, but who opens a connection and asks nothing, or asks it a byte at a time, loses it: connections are
    counted, and somebody who only holds them would keep all others out."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(_HEAD_SECONDS, self._close_where_silent)

    def _close_where_silent(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


def server_for(application: Starlette) -> uvicorn.Server:
    """``proxy_headers`` is off: the address of a request stays that of the connection."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_level="warning",
            lifespan="on",
            ws="none",
            loop="asyncio",
            http=_Protocol,
            limit_concurrency=_MOST_REQUESTS,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=_STOP_SECONDS,
        )
    )
