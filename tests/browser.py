"""Chromium as people use it: one for all tests of a process, a page of its own for each, and axe-core in it.

``from tests.browser import browser, chromium`` brings the fixtures into a test module: ``browser`` is a page of
Playwright in a context of its own, ``chromium`` the browser, for tests that need several people at once.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
expect.set_options(timeout=20_000)  # milliseconds: the machine may have other things to do
ABSENT = "Chromium is not installed"
# nothing is asked for elsewhere: every host but this computer is unknown
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip

# what WCAG 2.2 AA asks for, and what axe-core takes for good practice beside it
_RULES = {"runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
]}, "resultTypes": ["violations"]}  # fmt: skip
_WEIGHTY = ("serious", "critical")


_shared: list[
    Browser
] = []  # the browser of this process; a fixture that several modules import is set up for each
_users = 0


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    global _users  # noqa: PLW0603 - one browser a process, whoever asks for it
    if PROGRAM is None:
        pytest.skip(ABSENT)
    if _shared:
        _users += 1
        yield _shared[0]
        _users -= 1
        return
    with sync_playwright() as playwright:
        _shared.append(playwright.chromium.launch(executable_path=PROGRAM, args=list(FLAGS)))
        yield _shared[0]
        assert _users == 0
        _shared.pop().close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Page]:
    """A page in a context of its own: no cookies of others."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1200, "height": 900})
    yield context.new_page()
    context.close()


def faults_of_access(page: Page) -> list[str]:
    """What axe-core calls serious or critical on a page, a line each: rule, what it is, the elements."""
    found: list[dict[str, Any]] = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in _WEIGHTY
    ]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page itself is wider than its window; a table that scrolls in a region of its own does not count."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def narrow(page: Page) -> None:
    """A window 1280 wide at 400 % (WCAG 2.2, 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 640})


def check_access(page: Page) -> None:
    """A page as it is and at 400 %: axe-core finds nothing weighty, and nothing runs out of the window."""
    assert faults_of_access(page) == [], page.url
    size = page.viewport_size
    narrow(page)
    assert faults_of_access(page) == [], page.url
    assert not scrolls_sideways(page), page.url
    if size is not None:
        page.set_viewport_size(size)


def tab_to(page: Page, text: str, most: int = 80) -> None:
    """Press Tab until the link, button or field with a text or label has the focus. Fails where it never has."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => e.matches('a, button, input, select, textarea, summary') ? (e.labels && e.labels[0] "
            "? e.labels[0].innerText : '') + ' ' + (e.innerText || e.value || '') : '')(document.activeElement)"
        )
        if text in focused:
            return
    pytest.fail(f"Tab never reaches {text!r}")
