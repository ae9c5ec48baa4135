"""Every page is valid HTML by the Nu checker of the W3C, in both languages."""

from __future__ import annotations

import re

from migrate.plan_files import plan_text
from tests.migrate.reports.sample_plan import HOSTILE, sample_plan
from tests.migrate.reports.test_valid_html import checked, needs_checker
from tests.migrate.web.stock import stock
from tests.web_server import served

PATHS = (
    "/", "/decision", "/departments", "/departments/finances", "/scenarios", "/figures/totals.costs.one_off",
    "/figures/finance.horizon.kept_h", "/inventory", "/inventory?text=letter", "/inventory?text=nothing", "/attention",
    "/batches", "/openings", "/nowhere",
)  # fmt: skip


@needs_checker
def test_every_page_is_valid_html(tmp_path):
    plan = sample_plan()
    folder, root = tmp_path / "site", tmp_path / "share"
    folder.mkdir()
    root.mkdir()
    stock(folder, root)
    (folder / "plan.json").write_text(plan_text(plan), "utf-8")
    hostile = next(row["id"] for row in plan["departments"] if row["name"] == HOSTILE)
    pages = []
    with served(folder) as site:
        cookie = site.cookie()
        found = site.ask("/inventory?text=Budget", {"Cookie": cookie}).text
        run = re.search(r'href="(/batches/\w+)"', site.ask("/batches", {"Cookie": cookie}).text)[1]
        paths = (*PATHS, f"/departments/{hostile}", re.search(r'href="(/inventory/\d+)"', found)[1], run)
        for language in ("en-GB", "fr-CA"):
            for number, path in enumerate(paths):
                answer = site.ask(path, {"Cookie": cookie, "Accept-Language": language})
                assert answer.status == (404 if path == "/nowhere" else 200), path
                pages.append(tmp_path / f"{language}-{number}.html")
                pages[-1].write_text(answer.text, "utf-8")
        pages.append(tmp_path / "outside.html")
        pages[-1].write_text(site.ask("/").text, "utf-8")
    assert checked(pages) == []
