"""A manager at the pages, in Chromium: the decision, a figure back to its causes, a department, scenarios."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Page, expect

from inventory.database import open_database
from migrate.plan_files import plan_text
from migrate.planner.explanation import kind_of_figure
from migrate.reports import html
from migrate.reports.words import Words
from migrate.web.manager import ROUTES
from tests.browser import check_access, chromium, tab_to
from tests.migrate.reports.sample_plan import HOSTILE, sample_plan
from tests.migrate.web.people import visitor
from tests.web_server import served

__all__ = ["chromium"]

PLAN = sample_plan()
FIGURE = "/figures/totals.costs.one_off"
PAGES = (
    "/",
    "/decision",
    "/departments",
    "/departments/finances",
    "/scenarios",
    "/scenarios?show=stay",
    FIGURE,
    "/nowhere",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("manager")
    (folder / "plan.json").write_text(plan_text(PLAN), "utf-8")
    with served(folder) as running:
        yield running


@pytest.fixture
def page(chromium, site):
    with visitor(chromium, site) as opened:
        yield opened


def test_from_the_decision_down_to_prices_rules_and_files(page: Page, site) -> None:
    page.goto(f"{site.address}/decision")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leaving Microsoft Office")
    costs = page.locator(".card", has_text="Costs once").locator(".figure a")
    costs.click()
    expect(page).to_have_url(re.compile("totals.costs.one_off$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("One-off costs")
    drawn = next(figure for figure in PLAN["figures"] if figure["id"] == "totals.costs.one_off")
    for name in ("p10", "p50", "p90"):  # what the card shows rounded
        told = f"{name.upper()} {Words.of('en_GB', PLAN['currency']).money(drawn[name])}"
        expect(page.get_by_role("main")).to_contain_text(told)
    expect(page.get_by_role("heading", name="Effort rules")).to_be_visible()
    page.get_by_role("link", name="One-off costs · Finances").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Finances")
    page.get_by_role("link", name=re.compile("^Training")).click()
    expect(page.get_by_text("Bologna").first).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="Departments").click()
    page.get_by_role("row", name=re.compile("^Voirie")).first.get_by_role("link", name="Voirie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Voirie")
    expect(page.get_by_role("heading", name="Savings and licences")).to_be_visible()


def test_scenarios_that_are_ticked_stand_side_by_side(page: Page, site) -> None:
    page.goto(f"{site.address}/scenarios")
    assert page.locator("thead").first.get_by_role("columnheader").count() == len(PLAN["alternatives"])
    for box in page.get_by_role("checkbox").all()[2:]:
        box.uncheck()
    page.get_by_role("button", name="Show side by side").click()
    assert page.locator("thead").first.get_by_role("columnheader").all_inner_texts() == [
        "Stay",
        "Stay and clean up",
    ]


@pytest.mark.parametrize(("locale", "region"), [("en-GB", "en_GB"), ("fr-FR", "fr_FR"), ("fr-CA", "fr_CA")])
def test_the_page_shows_the_figures_of_the_report(chromium, site, locale, region) -> None:
    """The parts that decide, text for text, in each language and region."""
    report = html.render(PLAN, Words.of(region, PLAN["currency"]))
    with visitor(chromium, site, locale) as page:
        page.goto(f"{site.address}/decision")
        shown = [
            page.locator(part).first.inner_text() for part in (".decision", "table", ".turns", "#years table")
        ]
        page.set_content(re.sub(r"<style>.*?</style>", "", report, flags=re.DOTALL))
        told = [
            page.locator(part).first.inner_text() for part in (".decision", "table", ".turns", "#years table")
        ]
    assert ["".join(text.split()) for text in shown] == ["".join(text.split()) for text in told]


def test_every_figure_that_a_page_shows_leads_to_its_explanation(page: Page, site) -> None:
    for path in ("/decision", "/departments", "/departments/finances", "/scenarios"):
        page.goto(site.address + path)
        links = page.eval_on_selector_all("main a[href^='/figures/']", "found => found.map(a => a.href)")
        assert len(links) > 10, path
        ids = [unquote(link.rpartition("/")[2]) for link in links]
        assert set(ids) <= {figure["id"] for figure in PLAN["figures"]}
        for id in {
            kind_of_figure(id): id for id in ids
        }.values():  # others of a kind differ in department or year
            assert page.request.get(f"{site.address}/figures/{quote(id)}").status == 200, id


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious_and_400_percent_does_not_scroll_sideways(page: Page, site, path) -> None:
    page.goto(site.address + path)
    check_access(page)


def test_the_keyboard_alone_goes_from_the_first_page_to_the_causes_of_a_figure(page: Page, site) -> None:
    page.goto(f"{site.address}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to the content"
    page.keyboard.press("Enter")
    tab_to(page, "Decision")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/decision$"))
    tab_to(page, "Finances")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Finances")
    tab_to(page, "€")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/figures/"))


def test_names_that_are_scripts_are_shown_and_never_run(page: Page, site) -> None:
    hostile = next(row["id"] for row in PLAN["departments"] if row["name"] == HOSTILE)
    page.goto(f"{site.address}/decision")
    expect(page.get_by_role("link", name=HOSTILE)).to_be_visible()
    page.goto(f"{site.address}/departments/{hostile}")
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    page.goto(f"{site.address}/figures/departments.{hostile}.costs.one_off")
    expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)


@pytest.mark.parametrize("path", [
    "/departments/..%2f..%2fetc%2fpasswd", "/departments/<script>alert(1)</script>", "/figures/../../etc/passwd",
    "/figures/totals", "/figures/%00", "/decision/report.pdf", "/decision/report.<b>",
])  # fmt: skip
def test_what_is_not_in_the_plan_is_not_found(page: Page, site, path) -> None:
    answer = page.request.get(site.address + path)
    assert answer.status == 404
    assert "<script>alert" not in answer.text()


def test_the_pages_work_without_scripts(chromium, site) -> None:
    with visitor(chromium, site, script=False) as page:
        page.goto(f"{site.address}/scenarios?show=stay")
        expect(page.locator("thead").first.get_by_role("columnheader")).to_have_count(1)
        page.get_by_role("navigation").get_by_role("link", name="Decision").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Leaving Microsoft Office")


def test_the_language_that_is_chosen_is_kept(page: Page, site) -> None:
    page.goto(f"{site.address}/scenarios?show=stay")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr-FR")
    expect(page.locator("thead").first.get_by_role("columnheader")).to_have_count(1)
    page.goto(f"{site.address}/decision")
    expect(page.locator("html")).to_have_attribute("lang", "fr-FR")


@pytest.mark.parametrize("form", ["html", "ods", "csv"])
def test_the_whole_report_is_saved_and_never_opened_in_place(page: Page, site, form) -> None:
    page.goto(f"{site.address}/decision")
    with page.expect_download() as waiting:
        page.locator(f"a[href='/decision/report.{form}']").click()
    assert waiting.value.suggested_filename == f"report.{form}"
    answer = page.request.get(f"{site.address}/decision/report.{form}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_plan_that_is_made_anew_shows_at_once_and_a_missing_one_says_what_to_do(chromium, tmp_path) -> None:
    open_database(str(tmp_path / "migrate.db")).dispose()
    with served(tmp_path) as site, visitor(chromium, site) as page:
        page.goto(f"{site.address}/decision")
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no plan yet")
        (tmp_path / "plan.json").write_text("{}")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("This file is no plan")
        (tmp_path / "plan.json").write_text(plan_text(PLAN), "utf-8")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Leaving Microsoft Office")


def test_pages_of_managers_are_for_managers_alone(tmp_path) -> None:
    settings = {
        "proxy": ("127.0.0.1",),
        "names": ("m",),
        "managers": ("group:direction",),
        "it": ("group:it",),
    }
    (tmp_path / "plan.json").write_text(plan_text(PLAN), "utf-8")
    with served(tmp_path, **settings) as site:
        for page in ROUTES:
            path = (
                page.path.replace("{id:path}", "totals.costs.one_off")
                .replace("{id}", "finances")
                .replace("{form}", "csv")
            )
            for group, status in (("direction", 200), ("it", 403), ("", 403)):
                headers = {"Host": "m", "X-Remote-User": "ann", "X-Remote-Groups": group}
                assert site.ask(path, headers).status == status, (path, group)
