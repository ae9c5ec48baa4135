"""The report in a real browser: it opens without a network, shows its headline, and runs nothing that names carry."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from migrate.reports import html
from migrate.reports.words import Words
from tests.browser import ABSENT
from tests.browser import PROGRAM as BROWSER

from .sample_plan import sample_plan

# no network at all: every host is unknown
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip

pytestmark = pytest.mark.skipif(BROWSER is None, reason=ABSENT)


def browse(folder: Path, page: Path, *flags: str) -> str:
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_report_opens_and_shows_its_figures_without_a_network(tmp_path: Path, language: str) -> None:
    page = tmp_path / "report.html"
    page.write_text(html.render(sample_plan(), Words.of(language, "EUR")), "utf-8")
    shown = browse(tmp_path, page, "--dump-dom")
    assert "<svg" in shown
    assert f'lang="{language}' in shown
    picture = tmp_path / "report.png"
    browse(tmp_path, page, f"--screenshot={picture}", "--window-size=1000,1400")
    with Image.open(picture) as image:
        colours = image.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 50  # text and charts, not an empty or broken page
