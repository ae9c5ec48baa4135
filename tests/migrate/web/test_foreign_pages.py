"""A page that is not ours, in the browser of somebody who is in: it does nothing here and sees nothing."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser import chromium
from tests.migrate.web.people import visitor
from tests.web_server import served

__all__ = ["chromium"]

# the other port is the same site for cookies, so that only what browsers say of a request's origin keeps it out
PAGES = {
    "/form": '<form id="f" method="post" action="{site}/leave"><input name="csrf" value="{key}"></form>'
    "<script>document.getElementById('f').submit()</script>",
    "/frame": '<iframe id="f" src="{site}/"></iframe>',
    "/script": '<script src="{site}/"></script><img src="{site}/"><script>fetch("{site}/", {{credentials: "include"}})'
    '.then(answer => answer.text()).then(text => document.title = text, () => document.title = "refused")</script>',
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(tmp_path_factory.mktemp("foreign")) as running:
        yield running


@pytest.fixture
def elsewhere(site):
    """The address of the foreign pages; its ``key`` is what a form of theirs carries."""
    told = {"site": site.address, "key": "0" * 64}

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = PAGES.get(self.path, "").format(**told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_told: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", told
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_form_from_elsewhere_does_nothing_even_with_the_right_key(chromium, site, elsewhere) -> None:
    address, told = elsewhere
    context = chromium.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(site.entrance)
    told["key"] = page.locator("input[name=csrf]").first.input_value()
    page.goto(f"{address}/form")
    expect(page.get_by_role("heading", level=1)).to_have_text("Please send this form again")
    page.goto(f"{site.address}/")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    context.close()


def test_a_page_from_elsewhere_can_neither_frame_nor_read_ours(chromium, site, elsewhere) -> None:
    address, _told = elsewhere
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site.entrance)
    page.goto(f"{address}/frame")
    framed = page.frames[-1]
    assert "csrf" not in framed.content()
    page.goto(f"{address}/script")
    expect(page).to_have_title("refused")
    context.close()


def test_two_browsers_are_two_people(chromium, site) -> None:
    with visitor(chromium, site) as first, visitor(chromium, site) as second:
        keys = {page.locator("input[name=csrf]").first.input_value() for page in (first, second)}
        assert len(keys) == 2
        first.get_by_role("button", name="Sign out").click()
        expect(first.get_by_role("heading", level=1)).to_have_text("You are signed out")
        first.goto(f"{site.address}/")
        expect(first.get_by_role("heading", level=1)).to_have_text("Please open the address that was printed")
        second.reload()
        expect(second.get_by_role("button", name="Sign out")).to_be_visible()
