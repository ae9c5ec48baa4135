"""The page that shows original and result side by side: it loads and runs nothing, and says what its pictures show."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as lxml_html
from PIL import Image

from converters.rendered_pages import ComparedPage, PageState, Region, RenderedPages
from converters.rendering.pair import PagePictures, Picture
from migrate.locale import LANGUAGES
from migrate.reports import rendering
from tests.browser import ABSENT, PROGRAM
from tests.migrate.reports.test_browser import browse
from tests.migrate.reports.test_valid_html import checked, needs_checker

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> & co.docx'


def picture(colour: str) -> Picture:
    stream = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(stream, "WEBP")
    return Picture(stream.getvalue(), 595.3, 841.9)


PAGES = (
    ComparedPage(1, PageState.ALIKE, 1.0),
    ComparedPage(2, PageState.DIFFERENT, 0.875, tuple(Region(8 * n, 16, 40, 8) for n in range(20)), 3, 1),
    ComparedPage(3, PageState.MISSING, 0.0),
    ComparedPage(4, PageState.ADDED, 0.0),
)
RENDERED = RenderedPages(3, 4, PAGES, cut=True, opens=True, witness="LibreOffice 25.2")
PICTURES = (
    PagePictures(picture("white"), picture("white")),
    PagePictures(picture("red"), picture("blue")),
    PagePictures(picture("white"), None),
    PagePictures(None, picture("white")),
)
COUNTS = rendering.Counts(
    ("Counted", "Source", "Result", "State"), (("words", "2", "1", "lost"),), ("Missing: <b>word</b>",)
)


def page(language: str, name: str = "letter.docx") -> str:
    return rendering.render(name, "letter.odt", RENDERED, PICTURES, language, COUNTS)


class Loads(HTMLParser):
    """Everything on a page that a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "iframe", "img", "object", "embed", "base", "form"):
            self.found.append(tag)
        for name, value in attrs:
            own = name == "href" and (value or "").startswith(("#page-", "data:image/webp;base64,"))
            if name in ("src", "href", "xlink:href", "action", "srcset", "style") or name.startswith("on"):
                self.found += [] if own else [(tag, name, value)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing_and_runs_nothing(language: str) -> None:
    text = page(language, HOSTILE)
    loads = Loads()
    loads.feed(text)
    assert loads.found == []
    assert "default-src 'none'" in text
    assert "@import" not in text
    assert "url(" not in text
    assert "{" not in lxml_html.fromstring(text).find("body").text_content()


def test_names_and_words_from_documents_are_text_and_never_markup() -> None:
    text = page("en", HOSTILE)
    assert "<script" not in text
    assert "<img" not in text
    assert "<b>word" not in text
    assert "alert(1)" in lxml_html.fromstring(text).findtext(".//h1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_says_what_it_shows_and_headings_follow_each_other(language: str) -> None:
    tree = lxml_html.fromstring(page(language))
    assert tree.get("lang") == language
    pictures = tree.findall(".//figure/svg")
    labels = [picture.get("aria-label") for picture in pictures]
    assert len(labels) == len(set(labels)) == 6
    assert all(picture.get("role") == "img" for picture in pictures)
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    targets = {link.get("href")[1:] for link in tree.iter("a")}
    assert targets == {"page-2", "page-3", "page-4"}
    assert targets <= {element.get("id") for element in tree.iter() if element.get("id")}


def test_differences_are_marked_on_both_pictures_and_told_in_words() -> None:
    tree = lxml_html.fromstring(page("en"))
    section = tree.get_element_by_id("page-2")
    for side in ("before", "after"):
        figure = section.find_class(side)[0]
        assert len(figure.find_class("mark")) == 20
        assert len(figure.find_class("number")) == rendering.NUMBERED
    words = [item.text_content() for item in section.findall(".//li")]
    assert words[0] == "1: 0.0 cm from the left, 0.6 cm from the top, 1.4 × 0.3 cm"
    assert words[-1] == "and 8 smaller ones"
    assert "20 places marked" in section.find(".//svg").get("aria-label")


def test_a_page_that_one_of_them_has_not_is_told() -> None:
    tree = lxml_html.fromstring(page("en"))
    assert "No such page" in tree.get_element_by_id("page-3").find_class("after")[0].text_content()
    assert "No such page" in tree.get_element_by_id("page-4").find_class("before")[0].text_content()


def test_it_says_what_it_is_how_much_was_compared_and_rounds_nothing_up() -> None:
    text = lxml_html.fromstring(page("en")).text_content()
    assert "a witness, not the truth" in text
    assert "LibreOffice 25.2" in text
    assert "Only the first 4 pages were compared." in text
    assert "1 of 4" in text
    assert "46%" in text  # (1 + 0.875) / 4 = 46.9 %
    assert "Page 2: 87% alike, words that differ: 3" in text


def test_without_a_comparison_the_page_says_why() -> None:
    nothing = RenderedPages(opens=False, error="UNREADABLE")
    text = lxml_html.fromstring(rendering.render("a.docx", "a.odt", nothing, (), "fr")).text_content()
    assert "Non" in text
    assert "Les pages n’ont pas été comparées" in text


@pytest.mark.skipif(PROGRAM is None, reason=ABSENT)
def test_a_browser_shows_pictures_and_marks(tmp_path: Path) -> None:
    target = tmp_path / "pages.html"
    target.write_text(page("fr"), "utf-8")
    shot = tmp_path / "pages.png"
    browse(tmp_path, target, f"--screenshot={shot}", "--window-size=1200,2600")
    with Image.open(shot) as image:
        colours = {colour for _count, colour in image.convert("RGB").getcolors(1 << 24) or []}
    assert any(red > 230 and green < 60 and blue < 60 for red, green, blue in colours)
    assert any(blue > 230 and green < 60 and red < 60 for red, green, blue in colours)


@needs_checker
def test_the_page_is_valid_html(tmp_path: Path) -> None:
    pages = [tmp_path / f"pages.{language}.html" for language in LANGUAGES]
    for target, language in zip(pages, LANGUAGES, strict=True):
        target.write_text(page(language, HOSTILE), "utf-8")
    assert checked(pages) == []


def test_pictures_stand_in_the_page_itself() -> None:
    found = re.findall(r'href="data:image/webp;base64,([^"]+)"', page("en"))
    assert len(found) == 6
    with Image.open(io.BytesIO(base64.b64decode(found[0]))) as image:
        assert image.size == (60, 80)
