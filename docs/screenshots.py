"""Makes the pictures of the guides: the real program on the sample share, at a terminal and in Chromium.

python docs/screenshots.py                  all of them, in both languages, below docs/guide/pictures
python docs/screenshots.py scan report      those whose names begin so

Terminals become SVG, pages PNG. It needs LibreOffice and Chromium; the sample share lies in a folder of its own meanwhile.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from migrate.demo import run_demo  # noqa: E402
from migrate.locale import LANGUAGES  # noqa: E402
from tests.browser import FLAGS, PROGRAM  # noqa: E402
from tests.terminal import at_a_terminal  # noqa: E402
from tests.web_server import Served, served  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = PROJECT / "docs" / "guide" / "pictures"
SHARE = Path(tempfile.gettempdir()) / "val-riviere"  # what paths in the pictures begin with
COLUMNS, LINES = 80, 34
PAGE_WIDTH, PAGE_HEIGHT = 1100, 820
PALETTE_COLOURS = 96


@dataclass(frozen=True, slots=True)
class Terminal:
    """``shown`` is the command in the picture; ``before`` runs first and is not shown; ``lines`` are at most kept."""

    name: str
    shown: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()
    lines: int = LINES


TERMINALS = (
    Terminal("doctor", ("doctor",)),
    Terminal("inventory", ("inventory", "--by", "risk")),
    Terminal("links", ("links", "--reveal")),
    Terminal("convert", ("convert", "share/finances", "--to", "new"), lines=40),
    Terminal("inspect", ("inspect", "share/finances/budget/consolidation.xlsm")),
    Terminal(
        "verify", ("verify", "share/finances/budget/suivi-2026.xlsx", "odf/finances/budget/suivi-2026.ods")
    ),
    Terminal("fix", ("fix", "share/finances/budget/suivi-2026.xlsx", "-o", "suivi-{lang}.ods")),
    Terminal("plan", ("plan", "--init", "tables-{lang}")),
    Terminal("history", ("history", "suivi-2026.xlsx")),
    Terminal("explain", ("explain", "departments.finances.costs.one_off")),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page: ``opened`` brings it to where it is worth looking, ``height`` is what is kept of it."""

    name: str
    opened: Callable[[Page, str], None]
    height: int = PAGE_HEIGHT


def _report(page: Page, language: str) -> None:
    page.goto((SHARE / f"report.{language}.html").as_uri())


def _report_appendix(page: Page, language: str) -> None:
    _report(page, language)
    page.locator("#readiness").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#readiness').scrollIntoView()")


def _pages_side_by_side(page: Page, language: str) -> None:
    target = SHARE / f"pages-{language}.html"
    name = "communications/bulletin/bulletin-printemps"
    words = ("verify", "--html", target.name, f"share/{name}.docx", f"odf/{name}.odt")
    at_a_terminal([[*words, "--lang", language]], SHARE)
    page.goto(target.as_uri())


FILES = (
    Shot("report", _report, 1180),
    Shot("report-readiness", _report_appendix, 620),
    Shot("verify-pages", _pages_side_by_side),
)


def _at(path: str) -> Callable[[Page, str], None]:
    """A page of ``migrate serve`` by its path."""
    return lambda page, _language: _goto(page, path)


def _goto(page: Page, path: str) -> None:
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/', 3)[2]}{path}")


def _taken_in(page: Page, _language: str, file: str = "finances/budget/suivi-2026.xlsx") -> None:
    """A file that a colleague brought, looked into."""
    _goto(page, "/helpdesk")
    page.set_input_files("input[type=file]", SHARE / "share" / file)
    page.fill("[name=ticket]", "INC-2026-118")
    page.select_option("[name=symptom]", "links-ask")
    page.locator("form[action='/helpdesk/cases'] button").click()
    page.wait_for_selector("#pages", timeout=90_000)


def _drawn(page: Page, language: str) -> None:
    """The pages of a document beside those of the new file."""
    _taken_in(page, language, "communications/bulletin/bulletin-printemps.docx")
    for _attempt in range(60):
        if page.locator(".drawn image").count():
            break
        page.wait_for_timeout(2_000)
        page.locator("a[href*='#pages']").click()
    page.evaluate("document.querySelector('#pages').scrollIntoView()")


def _linked(page: Page, _language: str) -> None:
    """A file that takes figures from another, found by its name."""
    _goto(page, "/inventory?text=suivi-2026")
    page.locator("main table a").first.click()


def _batch(page: Page, _language: str) -> None:
    _goto(page, "/batches")
    page.locator("main table a").last.click()


# pages of migrate serve, as one person after another sees them
PAGES = (
    Shot("web-helpdesk", _at("/helpdesk"), 900),
    Shot("web-case", _taken_in, 900),
    Shot("web-pages", _drawn, 700),
    Shot("web-history", _at("/helpdesk/history?file=suivi-2026.xlsx"), 760),
    Shot("web-inventory", _at("/inventory?kind=xlsx")),
    Shot("web-links", _linked, 900),
    Shot("web-attention", _at("/attention")),
    Shot("web-batch", _batch),
    Shot("web-decision", _at("/decision")),
    Shot("web-figure", _at("/figures/departments.finances.costs.one_off")),
    Shot("web-scenarios", _at("/scenarios")),
)


def names() -> list[str]:
    """Every picture by its file name."""
    return [f"{one.name}.svg" for one in TERMINALS] + [f"{one.name}.png" for one in (*FILES, *PAGES)]


def wanted(name: str, wishes: Sequence[str]) -> bool:
    return not wishes or any(name.startswith(wish) for wish in wishes)


def make(wishes: Sequence[str]) -> None:
    """Write the pictures. Raises RuntimeError where Chromium is missing."""
    if PROGRAM is None:
        raise RuntimeError("Chromium is not installed.")
    shutil.rmtree(SHARE, ignore_errors=True)
    run_demo(SHARE)
    try:
        for language in LANGUAGES:
            (PICTURES / language).mkdir(parents=True, exist_ok=True)
            _draw_terminals(language, [one for one in TERMINALS if wanted(one.name, wishes)])
        with _chromium() as chromium, served(SHARE) as pages:
            for language in LANGUAGES:
                for shot in FILES:
                    if wanted(shot.name, wishes):
                        _draw_page(chromium, shot, language)
                for shot in PAGES:
                    if wanted(shot.name, wishes):
                        _draw_page(chromium, shot, language, pages)
    finally:
        shutil.rmtree(SHARE, ignore_errors=True)


def _draw_terminals(language: str, terminals: Sequence[Terminal]) -> None:
    """All commands at one terminal, so that modules load once."""
    commands: list[list[str]] = []
    places: list[int] = []
    for terminal in terminals:
        for words in (*terminal.before, terminal.shown):
            commands.append([*(word.format(lang=language) for word in words), "--lang", language])
        places.append(len(commands) - 1)
    told = at_a_terminal(commands, SHARE, columns=COLUMNS) if commands else []
    for terminal, place in zip(terminals, places, strict=True):
        text = told[place].coloured.strip("\n")
        svg = as_svg(commands[place], text.split("\n")[: terminal.lines])
        (PICTURES / language / f"{terminal.name}.svg").write_text(svg, "utf-8")


def as_svg(command: Sequence[str], lines: Sequence[str]) -> str:
    """A terminal with a command and what it told, in the fonts of whoever looks at it."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    typed = textwrap.wrap(
        f"$ migrate {shlex.join(command)}",
        COLUMNS - 2,
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    console.print(Text(" \\\n".join(typed), style="bold"), soft_wrap=True)
    for line in lines:
        console.print(Text.from_ansi(line), soft_wrap=True)
    svg = console.export_svg(title="migrate", theme=SVG_EXPORT_THEME, unique_id="terminal")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # nothing is loaded from elsewhere
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def _chromium() -> _Started:
    return _Started()


class _Started:
    """Chromium for the time of a ``with``."""

    def __enter__(self) -> Browser:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415

        self._playwright = sync_playwright().start()
        return self._playwright.chromium.launch(executable_path=PROGRAM, args=list(FLAGS))

    def __exit__(self, *_error: object) -> None:
        self._playwright.stop()


def _draw_page(chromium: Browser, shot: Shot, language: str, pages: Served | None = None) -> None:
    context = chromium.new_context(
        locale={"en": "en-GB", "fr": "fr-FR"}[language],
        viewport={"width": PAGE_WIDTH, "height": shot.height},
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        if pages is not None:
            page.goto(pages.entrance)
        shot.opened(page, language)
        write_png(page.screenshot(), PICTURES / language / f"{shot.name}.png")
    finally:
        context.close()


def write_png(content: bytes, target: Path) -> None:
    """A screenshot in few colours: a third of the size, and nobody sees it."""
    with Image.open(io.BytesIO(content)) as image:
        image.convert("RGB").quantize(PALETTE_COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def pictures_of(folder: Path) -> Iterator[str]:
    yield from (path.name for path in sorted(folder.iterdir()))


if __name__ == "__main__":
    make(sys.argv[1:])
