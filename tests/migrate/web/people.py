"""Somebody at a browser: comes in by the address that was printed, and notices what should never happen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.web_server import Served


class Watched:
    """What a page did that no page of ours may do: open a dialog, ask elsewhere, break its own policy."""

    def __init__(self, page: Page, address: str) -> None:
        self.seen: list[str] = []
        page.on("dialog", lambda dialog: (self.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((address, "data:")) else self.seen.append(request.url)
            ),
        )
        page.on("pageerror", lambda error: self.seen.append(str(error)))
        page.on(
            "console", lambda told: self.seen.append(told.text) if "Content Security" in told.text else None
        )


@contextmanager
def visitor(chromium: Browser, site: Served, locale: str = "en-GB", script: bool = True) -> Iterator[Page]:
    """A page of somebody who is in. Fails at the end where anything ran, or was asked for, that is not ours."""
    context = chromium.new_context(
        locale=locale, viewport={"width": 1200, "height": 900}, java_script_enabled=script
    )
    page = context.new_page()
    watched = Watched(page, site.address)
    page.goto(site.entrance)
    yield page
    assert watched.seen == []
    context.close()
