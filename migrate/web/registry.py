"""The modules of pages. A role's pages are one module and one line here.

A module has ``ROUTES`` (:class:`~migrate.web.visit.Page`) and may have ``NAVIGATION``
(:class:`~migrate.web.visit.Entry`) and ``open_service(site)``, a context manager that is entered when serving begins and
left when it ends; what it gives stands in ``site.services`` under the module's name.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import ModuleType
from typing import Any

from migrate.web.site import Site

MODULES: tuple[str, ...] = (
    "migrate.web.start",
    "migrate.web.manager",
    "migrate.web.it",
    "migrate.web.alerts",
    "migrate.web.helpdesk",
    "migrate.web.helpdesk_history",
)


def page_modules() -> Iterator[ModuleType]:
    for name in MODULES:
        yield importlib.import_module(name)


def service_of(module: ModuleType, site: Site) -> AbstractContextManager[Any] | None:
    opened = getattr(module, "open_service", None)
    return opened(site) if opened else None
