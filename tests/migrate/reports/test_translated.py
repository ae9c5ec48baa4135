"""No string of a report comes from anywhere but the tables of sentences, the plan's own names and citations.

Every sentence is put between marks; what stands outside of all marks with letters in it must be a name, a citation, a date
or an amount.
"""

import io
import re
import zipfile
from functools import cache

import pytest
from lxml import etree
from lxml import html as lxml_html

from migrate import locale
from migrate.locale import table
from migrate.reports import html, ods
from migrate.reports.words import Words

from .sample_plan import HOSTILE, sample_plan  # isort: skip

PLAN = sample_plan()
_INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
_CUT = re.compile(r"⟦[^⟦⟧]*?(?= · |$)")  # a name of a figure, without how it is made
_WORD = re.compile(r"[^\W\d_]{3,}")
# keys of the plan whose texts are names and citations, in no language
_NAMES = (
    "name", "sku", "source", "reason", "supplier", "operator", "owner", "contract", "licence", "publisher", "maintainer",
    "parts", "contract_reference", "reference", "currency",
)  # fmt: skip
_MONTHS = re.compile(
    r"\b(?:janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|janvier|février|avril|juillet|septembre|octobre|novembre"
    r"|décembre)\b"
)


@pytest.fixture
def marked(monkeypatch):
    """Every sentence of the tables between marks."""

    def mark(value):
        return {key: mark(one) for key, one in value.items()} if isinstance(value, dict) else f"⟦{value}⟧"

    @cache
    def marked_table(name, language):
        return {code: mark(value) for code, value in table(name, language).items()}

    monkeypatch.setattr(locale, "table", marked_table)
    assert locale.sentence("verdicts", "converted", "fr").startswith("⟦")


def names(value, key=""):
    """Every name and citation of the plan, apart."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from names(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from names(one, key)
    elif isinstance(value, str) and key in _NAMES:
        yield value
        yield from re.split(r" \+ |; ", value)


def outside(text):
    """What stands outside of all marks."""
    while text != (text := _INNERMOST.sub(" ", text)):
        pass
    return _CUT.sub(" ", text)


def strangers(texts):
    """Words outside of the marks that are neither of a name nor of a date."""
    known = {
        word for name in (*names(PLAN), HOSTILE, *PLAN["inventory"]["kinds"]) for word in _WORD.findall(name)
    }
    known -= {"own", "several"}  # of rows of tables, which have words in each language
    found = {word for text in texts for word in _WORD.findall(_MONTHS.sub(" ", outside(text)))}
    return found - known


@pytest.mark.parametrize("public", [False, True])
def test_every_word_of_the_page_is_a_sentence_a_name_or_a_date(marked, public):
    root = lxml_html.fromstring(html.render(PLAN, Words.of("fr", "EUR"), public=public))
    for element in root.xpath("//style"):
        element.getparent().remove(element)
    texts = [
        " ".join(row.itertext())
        for row in root.xpath("//h1|//h2|//h3|//p|//li|//td|//th|//dt|//dd|//caption|//text")
    ]
    texts += root.xpath("//@aria-label | //title/text()")
    assert len(texts) > 1000
    assert strangers(texts) == set()


def test_every_word_of_the_spreadsheet_is_a_sentence_a_name_or_an_id(marked):
    content = zipfile.ZipFile(io.BytesIO(ods.render(PLAN, Words.of("fr", "EUR")))).read("content.xml")
    root = etree.fromstring(content)
    ids = {figure["id"] for figure in PLAN["figures"]}
    texts = [
        "".join(one.itertext()) for one in root.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p")
    ]
    shown = [text for text in texts if text not in ids]
    assert len(shown) > 500
    departments = {word for row in PLAN["departments"] for word in _WORD.findall(row["id"])}
    assert strangers(shown) - departments == set()
