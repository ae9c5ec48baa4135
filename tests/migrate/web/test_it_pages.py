"""IT staff at the pages, in Chromium: a file found, its links, what waits for a person, a batch with its failures."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from migrate.web.it import ROUTES
from tests.browser import check_access, chromium, tab_to
from tests.migrate.web.people import visitor
from tests.migrate.web.stock import HOSTILE, stock
from tests.web_server import Served, served

__all__ = ["chromium"]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root, folder = tmp_path_factory.mktemp("share"), tmp_path_factory.mktemp("it")
    stock(folder, root)
    with served(folder) as running:
        yield running


@pytest.fixture
def page(chromium, site):
    with visitor(chromium, site) as opened:
        yield opened


def _number(page: Page, site: Served, name: str) -> str:
    page.goto(f"{site.address}/inventory?text={name}")
    return str(page.locator("tbody a").first.get_attribute("href"))


def test_from_a_part_of_a_name_to_the_file_and_along_its_links(page: Page, site) -> None:
    page.goto(f"{site.address}/inventory")
    page.get_by_label("Path or name").fill("budget")
    page.get_by_label("Kind").select_option("docx")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Budget 2026.docx").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Budget 2026.docx")
    expect(page.get_by_role("img")).to_be_visible()
    page.get_by_role("table", name="Files that link to it").get_by_role("link", name="links.docx").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("links.docx")
    expect(page.get_by_role("table", name="What it links to")).to_contain_text("template")
    page.get_by_role("link", name="Budget 2026.docx").click()
    expect(page.get_by_role("heading", name="What happened to it")).to_be_visible()
    expect(page.locator("#happened .verdict")).to_have_text("refused")


def test_a_long_answer_comes_page_by_page(page: Page, site) -> None:
    page.goto(f"{site.address}/inventory?text=letter")
    seen = page.locator("tbody a").all_inner_texts()
    assert len(seen) == 50
    page.get_by_role("link", name="More").click()
    seen += page.locator("tbody a").all_inner_texts()
    assert len(set(seen)) == len(seen) == 60
    expect(page.get_by_role("link", name="More")).to_have_count(0)


def test_what_waits_for_a_person_says_why_and_what_to_do(page: Page, site) -> None:
    page.goto(f"{site.address}/attention")
    assert page.locator("tbody tr").count() == 3
    expect(page.get_by_role("row", name="Budget 2026.docx")).to_contain_text("password")
    page.get_by_label("Verdict").select_option("failed")
    page.get_by_role("button", name="Show").click()
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="letter 001.docx").click()
    expect(page.locator("tbody a")).to_have_text("letter 001.docx")


def test_a_batch_leads_to_its_failures(page: Page, site) -> None:
    page.goto(f"{site.address}/batches")
    assert page.locator("tbody tr").count() == 2
    page.locator("a[href*='verdict=failed']").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Batch of")
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="Batches").last.click()
    page.locator("a[href*='verdict=converted']").click()
    assert page.locator("tbody tr").count() == 8


def test_who_opened_which_document_is_told(page: Page, site) -> None:
    page.goto(f"{site.address}/openings")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("<b>eve</b>")
    expect(row).to_contain_text("saved")
    page.get_by_label("Person or document").fill("nobody")
    page.keyboard.press("Enter")
    expect(page.locator("tbody")).to_have_count(0)


def test_names_that_are_scripts_are_shown_and_never_run(page: Page, site) -> None:
    """On every page that shows the file; the page would notice a dialog, a request or a broken policy."""
    page.goto(f"{site.address}/inventory?text=onerror")
    page.get_by_role("link", name=HOSTILE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    for path in (
        "/attention",
        "/openings",
        "/batches",
        "/inventory?text=%22%3E%3Cscript%3Ealert(3)%3C/script%3E",
    ):
        page.goto(site.address + path)
        assert page.evaluate("document.querySelectorAll('main script, main img').length") == 0
    page.goto(f"{site.address}/attention")
    expect(page.get_by_role("link", name=HOSTILE)).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/inventory", "/inventory?text=letter", "/attention", "/batches", "/openings", "file", "batch"]
)
def test_axe_finds_nothing_serious_and_400_percent_does_not_scroll_sideways(page: Page, site, path) -> None:
    if path == "file":
        path = _number(page, site, "Budget")
    if path == "batch":
        page.goto(f"{site.address}/batches")
        path = str(page.locator("tbody th a").first.get_attribute("href"))
    page.goto(site.address + path)
    check_access(page)


def test_the_keyboard_alone_finds_a_file(page: Page, site) -> None:
    page.goto(f"{site.address}/")
    tab_to(page, "Files")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/inventory$"))
    tab_to(page, "Path or name")
    page.keyboard.type("links")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("text=links"))
    tab_to(page, "links.docx")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("links.docx")


def test_the_pages_are_in_french_for_those_who_ask_for_it(chromium, site) -> None:
    with visitor(chromium, site, "fr-FR") as page:
        page.goto(f"{site.address}/attention")
        expect(page.get_by_role("heading", level=1)).to_have_text("À traiter")
        expect(page.get_by_role("row", name="Budget 2026.docx")).to_contain_text("mot de passe")


@pytest.mark.parametrize("path", [
    "/inventory/0", "/inventory/-1", "/inventory/1%20OR%201=1", "/inventory/99999999999999999999999", "/inventory/..%2f..",
    "/batches/nothing", "/batches/%27%20OR%201=1",
])  # fmt: skip
def test_what_is_not_there_is_not_found(page: Page, site, path) -> None:
    assert page.request.get(site.address + path).status == 404


@pytest.mark.parametrize(
    "query",
    ["?after=x&text=a", "?before=2026~1", "?before='--", "?verdict=nothing", "?kind=%00", "?risk=<b>"],
)
def test_a_query_that_makes_no_sense_is_answered_all_the_same(page: Page, site, query) -> None:
    for path in ("/inventory", "/attention", "/batches", "/openings"):
        assert page.request.get(site.address + path + query).status == 200


def test_pages_of_it_staff_are_for_it_staff_alone(tmp_path) -> None:
    settings = {
        "proxy": ("127.0.0.1",),
        "names": ("m",),
        "managers": ("group:direction",),
        "it": ("group:it",),
    }
    with served(tmp_path, **settings) as site:
        for page in ROUTES:
            path = page.path.replace("{number}", "1").replace("{id}", "x")
            for group, statuses in (("it", (200, 404)), ("direction", (403,)), ("", (403,))):
                headers = {"Host": "m", "X-Remote-User": "ann", "X-Remote-Groups": group}
                assert site.ask(path, headers).status in statuses, (path, group)
