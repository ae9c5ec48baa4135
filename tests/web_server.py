"""The pages of ``migrate serve`` in this process, at a free port, for as long as a test module needs them."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from inventory.database import open_database
from migrate.policy import WebPolicy
from migrate.web.application import application
from migrate.web.server import bound_socket, server_for
from migrate.web.site import Site, build_site


@dataclass
class Served:
    """``tokens`` are all that were announced; the last one lets a browser in."""

    site: Site
    port: int
    tokens: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def entrance(self) -> str:
        return f"{self.address}/enter?token={self.tokens[-1]}"

    def ask(
        self,
        path: str,
        headers: dict[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
    ) -> http.client.HTTPResponse:
        """One request as it is, without a browser's care; the answer is read (``.text``) and follows no redirect."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
        for name, value in {
            **({"Content-Length": str(len(body))} if body is not None else {}),
            **(headers or {}),
        }.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
        connection.close()
        return answer

    def cookie(self) -> str:
        """The cookie of a new session, as a header's value."""
        answer = self.ask(self.entrance.removeprefix(self.address))
        return str(answer.getheader("set-cookie")).split(";", maxsplit=1)[0]


@contextmanager
def served(
    folder: Path, *, plan: Path | None = None, database: Path | None = None, **policy: object
) -> Iterator[Served]:
    """The pages over a plan and a database (empty ones of ``folder`` otherwise), with keys of the section ``[web]``."""
    engine = open_database(str(database or folder / "migrate.db"))
    bound = bound_socket("127.0.0.1", 0)
    port = bound.getsockname()[1]
    tokens: list[str] = []
    web = replace(WebPolicy(), port=port, **policy)  # type: ignore[arg-type]
    site = build_site(web, engine, plan or folder / "plan.json", port, tokens.append)
    server = server_for(application(site))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    try:
        yield Served(site, port, tokens)
    finally:
        server.should_exit = True
        thread.join(20)
        bound.close()
        engine.dispose()
