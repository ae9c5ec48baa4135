"""What all pages share while the program serves: configuration, database, templates, who is in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment
from sqlalchemy import Engine

from migrate.policy import WebPolicy
from migrate.reports.pages import page_environment
from migrate.web import static
from migrate.web.entrance import Entrance, LocalEntrance, ProxyEntrance
from migrate.web.visit import Entry


@dataclass
class Site:
    """``plan`` is the file of the plan that is shown, ``addresses`` what a Host header may say, ``key`` signs forms and
    dies with the program, ``services`` holds what each module opened (see :mod:`migrate.web.registry`)."""

    policy: WebPolicy
    database: Engine
    plan: Path
    entrance: Entrance
    addresses: frozenset[str]
    navigation: tuple[Entry, ...] = ()
    services: dict[str, Any] = field(default_factory=dict)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    @cached_property
    def templates(self) -> Environment:
        environment = page_environment("migrate.web", "migrate.reports")
        environment.globals["static"] = static.address
        return environment

    @property
    def upload_bytes(self) -> int:
        return self.policy.upload_megabytes * 1_000_000


def build_site(
    policy: WebPolicy,
    database: Engine,
    plan: Path,
    port: int,
    announce: Callable[[str], None] = lambda _token: None,
) -> Site:
    """A site on a port. Without a proxy it lets those in who have the token that ``announce`` is told, each time a new
    one; with a proxy it lets in whom the proxy names."""
    if policy.proxy:
        names = frozenset(name.lower() for name in policy.names)
        return Site(policy, database, plan, ProxyEntrance.of(policy), names)
    hosts = ("127.0.0.1", "localhost", "[::1]")
    names = frozenset(f"{host}:{port}" for host in hosts) | (frozenset(hosts) if port == 80 else frozenset())
    return Site(policy, database, plan, LocalEntrance(announce, port), names)
