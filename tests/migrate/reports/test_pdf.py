"""The report as PDF/A-2b with tags, read back by an independent reader: what the standard asks for and what can be read.

No validator of PDF/A comes from a package registry. What is checked here of ISO 19005-2: identification (6.6.4), an output
intent with its profile (6.2.3), embedded fonts (6.2.11.4), no encryption (6.1.3), no actions that run (6.5), valid dates
(6.6.2). Of ISO 14289-1: language, title, marked content, alternative texts, heads of tables, order of headings.
"""

import io
import re
from datetime import datetime
from itertools import pairwise

import pytest
from lxml import etree
from pypdf import PdfReader

from migrate.reports import odt
from migrate.reports.words import Words
from tests.libreoffice import needs_libreoffice

from .sample_plan import sample_plan  # isort: skip

PLAN = sample_plan()
NAMES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}

pytestmark = needs_libreoffice


@pytest.fixture(scope="module")
def words():
    return Words.of("fr_CA", "CAD")


@pytest.fixture(scope="module")
def document(words):
    return PdfReader(io.BytesIO(odt.render_pdf(PLAN, words)))


@pytest.fixture(scope="module")
def root(document):
    return document.trailer["/Root"]


@pytest.fixture(scope="module")
def described(root):
    """The document's XMP."""
    return etree.fromstring(root["/Metadata"].get_object().get_data().strip(b"\x00 \n"))


def elements(root):
    """(type, element) of the structure, in reading order; own names of paragraphs as what they stand for."""
    roles = root["/StructTreeRoot"].get("/RoleMap") or {}
    waiting = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if "/S" in one:
                yield roles.get(one["/S"], one["/S"]), one
            if "/K" in one:
                waiting.append(one["/K"])


def test_it_says_that_it_is_pdf_a_2b_and_dates_are_dates(described):
    assert described.findtext(".//pdfaid:part", None, NAMES) == "2"
    assert described.findtext(".//pdfaid:conformance", None, NAMES) in ("A", "B", "U")
    dates = described.xpath(".//dc:date//rdf:li | .//xmp:CreateDate | .//xmp:ModifyDate", namespaces=NAMES)
    assert len(dates) == 3
    assert {datetime.fromisoformat(date.text).date().isoformat() for date in dates} == {PLAN["as_of"]}


def test_colours_fonts_and_access_are_for_archives(document, root):
    assert not document.is_encrypted
    (intent,) = (one.get_object() for one in root["/OutputIntents"])
    assert intent["/S"] == "/GTS_PDFA1"
    assert len(intent["/DestOutputProfile"].get_object().get_data()) > 100
    fonts = 0
    for page in document.pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            own = font.get_object()
            inner = own["/DescendantFonts"][0].get_object() if "/DescendantFonts" in own else own
            descriptor = inner["/FontDescriptor"].get_object()
            assert any(key.startswith("/FontFile") for key in descriptor), own["/BaseFont"]
            assert "Liberation" in own["/BaseFont"] or "OpenSymbol" in own["/BaseFont"]
            fonts += 1
    assert fonts > 10


def test_nothing_in_it_runs_or_leads_out(document, root):
    found = {key for page in document.pages for annotation in page.get("/Annots", ()) for key in annotation.get_object()}  # fmt: skip
    assert "/A" not in found  # an action
    assert not {"/AA", "/Names", "/AcroForm", "/Collection"} & set(root)


def test_title_language_and_structure_are_there(document, root, words):
    assert root["/Lang"] == "fr-CA"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata.title == words.t("title")
    assert words.t("risks.heading") in "".join(page.extract_text() for page in document.pages)
    assert all(page["/Tabs"] == "/S" for page in document.pages)
    assert len(document.outline) > 0


def test_charts_tables_and_headings_are_tagged(root, words):
    found = list(elements(root))
    figures = [one for kind, one in found if kind == "/Figure"]
    assert len(figures) == 5
    assert all(words.t("chart.numbers") in one["/Alt"] for one in figures)
    tables = [one for kind, one in found if kind == "/Table"]
    assert len(tables) > 20
    levels = [int(kind[2]) for kind, _one in found if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    kinds = [kind for kind, _one in found]
    assert kinds.count("/TH") > len(tables)
    assert not set(kinds) - {
        "/Document", "/H1", "/H2", "/H3", "/P", "/Span", "/Caption", "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody",
        "/L", "/LI", "/Lbl", "/LBody", "/Figure", "/Link", "/Sect", "/Div", "/Artifact",
    }  # fmt: skip
