"""The text document has the page's figures and charts."""

import io
import zipfile

import pytest
from lxml import etree
from lxml import html as lxml_html

from migrate.reports import html, odt
from migrate.reports.words import Words

from .sample_plan import HOSTILE, sample_plan  # isort: skip

PLAN = sample_plan()
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


@pytest.fixture(scope="module", params=["fr", "en"])
def made(request):
    words = Words.of(request.param, "EUR")
    content = odt.render(PLAN, words)
    return words, content, etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))


def test_every_row_of_every_table_is_the_pages(made):
    words, _content, root = made
    page = lxml_html.fromstring(html.render(PLAN, words))
    rows = [[odt._text(cell) for cell in row] for row in page.xpath("//main//table//tr")]
    found = [
        [text for cell in row.iterfind(f"{TABLE}table-cell") if (text := "".join(cell.itertext()))]
        for row in root.iter(f"{TABLE}table-row")
    ]
    assert found == [[text for text in row if text] for row in rows]
    assert len(found) > 100


def test_the_headings_and_the_first_sentence_are_there_and_charts_have_their_names(made):
    words, content, root = made
    headings = ["".join(one.itertext()) for one in root.iter(f"{TEXT}h")]
    assert headings[0] == words.t("title")
    assert words.t("risks.heading") in headings
    page = lxml_html.fromstring(html.render(PLAN, words))
    assert odt._text(page.xpath("//p[@class='outlook']")[0]) in "".join(root.itertext())
    frames = list(root.iter(f"{DRAW}frame"))
    assert len(frames) == len(page.xpath("//figure"))
    assert all(frame.findtext(f"{SVG}title") for frame in frames)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawings = [archive.read(name) for name in archive.namelist() if name.endswith(".svg")]
    assert len(drawings) == len(frames)
    assert all(b"<script" not in drawing and etree.fromstring(drawing) is not None for drawing in drawings)
    assert HOSTILE in "".join(root.itertext())  # as text
