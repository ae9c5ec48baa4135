"""The first page decides: question, range, both chances, departments, first saving, what would turn it."""

import re
from fractions import Fraction

import pytest
from lxml import html as lxml_html

from migrate.reports import html, model
from migrate.reports.outlook import build_outlook
from migrate.reports.words import Words

from .sample_plan import sample_plan  # isort: skip

PLAN = sample_plan()


def page(language, plan=PLAN):
    return lxml_html.fromstring(html.render(plan, Words.of(language, "EUR")))


def with_chances(budget, whole):
    chance = PLAN["uncertainty"]["chance"] | {"budget": budget, "all": whole}
    return PLAN | {"uncertainty": PLAN["uncertainty"] | {"chance": chance}}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_sentence_has_both_shares(language):
    words = Words.of(language, "EUR")
    sentence = page(language, with_chances(870, 120)).xpath("string(//p[@class='outlook'])")
    for share in (87, 12):
        assert words.percent(Fraction(share, 100)) in sentence
    assert sentence.count(".") == 1


@pytest.mark.parametrize(
    ("budget", "whole", "tone"),
    [(990, 990, "safe"), (990, 500, "likely"), (997, 6, "mixed"), (500, 400, "mixed"), (100, 0, "not")],
)
def test_good_news_for_the_budget_alone_is_never_called_safe(budget, whole, tone):
    assert build_outlook(Fraction(budget, 1000), Fraction(whole, 1000)).tone == tone


@pytest.mark.parametrize(
    ("share", "text"), [(6, "<\u00a01%"), (997, ">\u00a099%"), (0, "0%"), (1000, "100%")]
)
def test_a_share_is_never_rounded_to_none_or_all(share, text):
    assert Words.of("en", "EUR").chance(Fraction(share, 1000)) == text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_decides_stands_before_the_table_of_contents(language):
    root = page(language)
    words = Words.of(language, "EUR")
    before = " ".join(
        "".join(element.itertext())
        for element in root.xpath("//main/*[not(self::nav)][following-sibling::nav]")
    )
    report = model.build_report(PLAN)
    ranges = {row.name: row for row in report.uncertainty.ranges}
    assert f"{report.total.seats}" in before
    for name in ("budget", "all", "one_off"):
        for value in (ranges[name].p10, ranges[name].p90):
            assert words.round_money(value) in before
    assert words.month(report.headline.saves_from) in before
    for row in report.departments:
        assert (row.name if row.id != "unassigned" else words.t("unassigned")) in before
    assert words.t("flips.heading") in before


def test_the_appendix_keeps_its_order_and_every_entry_leads_to_its_section():
    root = page("en")
    targets = [link[1:] for link in root.xpath("//nav//a/@href")]
    assert targets == root.xpath("//section/@id")
    order = (
        "years", "costs", "fiscal", "uncertainty", "alternatives", "drivers", "flips", "waves", "licences",
        "residual", "risks", "sovereignty", "inventory", "results", "assumptions", "gaps", "method",
    )  # fmt: skip
    assert [target for target in targets if target in order] == list(order)


def test_risks_come_from_the_plan_and_are_never_gains():
    report = model.build_report(PLAN)
    ranged = [risk for risk in report.risks if risk.ranged]
    assert ranged
    assert all(risk.cents > 0 for risk in ranged)
    assert [risk.cents for risk in ranged] == sorted((risk.cents for risk in ranged), reverse=True)
    assert "residual_open" in {risk.code for risk in report.risks}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_risk_has_its_words(language):
    table = page(language).xpath("//section[@id='risks']//table")[0]
    text = " ".join(table.itertext())
    assert not re.search(r"\brisk\.|watched_by\.", text)
    assert all(cell.text_content().strip() for cell in table.xpath(".//td"))
