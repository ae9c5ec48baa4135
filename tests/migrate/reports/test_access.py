"""The report in a real browser as people with other needs use it: axe-core, keyboard alone, 400 %, print, no colour."""

from __future__ import annotations

import pytest

from migrate.reports import html
from migrate.reports.words import Words
from tests.browser import browser, chromium, faults_of_access, narrow, scrolls_sideways, tab_to  # noqa: F401

from .sample_plan import sample_plan  # isort: skip

PLAN = sample_plan()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The report by language, and its edition for the public, as files."""
    folder = tmp_path_factory.mktemp("report")
    for name, language, public in (("fr", "fr", False), ("en", "en_CA", False), ("public", "fr_CA", True)):
        text = html.render(PLAN, Words.of(language, "EUR"), public=public)
        (folder / f"{name}.html").write_text(text, "utf-8")
    return folder


@pytest.fixture(params=["fr", "public"])
def report(request, browser, pages):  # noqa: F811
    browser.goto((pages / f"{request.param}.html").as_uri())
    return browser


def test_axe_finds_nothing_serious(report):
    assert faults_of_access(report) == []


@pytest.mark.parametrize("report", ["en"], indirect=True)
def test_at_400_percent_nothing_but_wide_tables_scrolls_sideways(report):
    narrow(report)
    assert not scrolls_sideways(report)
    assert faults_of_access(report) == []


@pytest.mark.parametrize("report", ["fr"], indirect=True)
def test_the_keyboard_alone_reaches_the_contents_and_every_table_that_scrolls(report):
    narrow(report)
    link = report.locator("nav a").first
    tab_to(report, link.inner_text())
    report.keyboard.press("Enter")
    assert report.url.endswith(link.get_attribute("href"))
    hidden = report.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.scrollWidth > e.clientWidth + 1"
        " && getComputedStyle(e).overflowX === 'auto' && e.tabIndex < 0).length"
    )
    assert hidden == 0


@pytest.mark.parametrize("report", ["fr"], indirect=True)
def test_printed_tables_are_whole_and_pages_begin_with_a_heading(report):
    report.emulate_media(media="print")
    report.set_viewport_size({"width": 703, "height": 1000})  # A4 less its margins
    assert not scrolls_sideways(report)
