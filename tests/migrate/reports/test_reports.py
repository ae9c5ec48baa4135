import csv
import io
import json
import re
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from migrate.locale import table
from migrate.reports import charts, html, model
from migrate.reports import csv as csv_report
from migrate.reports import json as json_report
from migrate.reports.words import Words

from .sample_plan import HOSTILE, sample_plan  # isort: skip

PLAN = sample_plan()


def page(language):
    return html.render(PLAN, Words.of(language, "EUR"))


class Loads(HTMLParser):
    """Everything on a page that a browser would fetch or run."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "link", "iframe", "img", "object", "embed", "base", "form"):
            self.found.append(tag)
        for name, value in attrs:
            fetched = name in ("src", "href", "xlink:href", "action", "srcset", "data", "style")
            on_the_page = tag == "a" and name == "href" and value.startswith("#")
            if (fetched and not on_the_page) or name.startswith("on"):
                self.found.append((tag, name, value))


@pytest.mark.parametrize("language", ["fr", "en", "fr_CA", "en-CA"])
def test_the_page_loads_nothing_and_runs_nothing(language):
    text = page(language)
    loads = Loads()
    loads.feed(text)
    assert loads.found == []
    assert "@import" not in text
    assert "url(" not in text
    assert not re.search(
        r"https?://(?!www\.w3\.org/(2000/svg|1999/xlink))", text.replace("https://example.org", "")
    )


def test_names_from_the_share_are_text_and_never_markup():
    text = page("fr")
    assert "<script" not in text
    assert "<img" not in text
    assert "<b>SKU" not in text
    assert "<i>macros" not in text
    assert "&lt;script&gt;alert(&#39;été&#39;)&lt;/script&gt; &amp; Cie" in text


def shown(language):
    """The page without its style sheet."""
    root = lxml_html.fromstring(page(language))
    for element in root.xpath("//style"):
        element.getparent().remove(element)
    return root


def numbers(language):
    """Every number of the page's visible text as digits, in order; months are compared by the plan's dates."""
    root = shown(language)
    found = []
    for row in root.xpath("//tr | //p | //li | //text"):
        text = " | ".join(row.itertext())  # cells stay apart
        text = re.sub(r"(?<=\d)[\s\u00a0\u202f,.](?=\d{3}(?!\d))", "", text)  # grouping
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
        found.append(sorted(re.findall(r"\d+(?:\.\d+)?", text)))
    return found


def test_both_languages_show_the_same_figures():
    french, english = numbers("fr"), numbers("en")
    assert len(french) == len(english) > 100
    differing = [pair for pair in zip(french, english, strict=True) if pair[0] != pair[1]]
    assert differing == []


def visible_sentences(language):
    """Sentences that have no parameter and are long enough to be nobody else's."""
    return {
        text
        for name in ("report", "choices", "losses", "errors", "features", "verdicts", "severities")
        for entry in table(name, language).values()
        for text in (entry.values() if isinstance(entry, dict) else (entry,))
        if "{" not in text and len(text) > 12
    }


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_no_sentence_of_the_other_language_is_on_a_page(language, other):
    root = shown(language)
    text = " ".join([root.text_content(), *root.xpath("//@aria-label | //@title | //@alt")])
    foreign = visible_sentences(other) - visible_sentences(language)
    assert [sentence for sentence in foreign if sentence in text] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_code_stands_where_a_sentence_should(language):
    text = shown(language).text_content()
    prefixes = (
        r"(?:card|sure|column|label|gap|rule|how|unit|who|reason|gives_up|assumption|method|state|severity)"
    )
    assert re.findall(rf"\b{prefixes}\.[a-z_]+(?:\.[a-z_]+)*\b", text) == []
    assert "{" not in text
    assert "built-in method" not in text  # a template that took a dictionary's method for its value
    assert "None" not in text


def test_sources_are_citations_in_no_language():
    inputs = PLAN["inputs"]
    rows = [
        row for name in ("prices", "assumptions", "rules") for row in inputs[name] if row["source"] != HOSTILE
    ]
    assert len(rows) > 40
    assert [
        row["source"] for row in rows if re.search(r"\b(the|per|and|from|of|likely|as)\b", row["source"])
    ] == []


def test_rows_of_the_department_table_add_up_to_its_total():
    report = model.build_report(PLAN)
    for field in (
        "seats",
        "documents",
        "support_yearly",
        "saving_forecast",
        "saving_contracted",
        "unused_yearly",
    ):
        assert sum(getattr(row, field) for row in report.departments) == getattr(report.total, field), field
    for field in ("one_off", "training", "helpdesk", "effort", "effort_minutes"):
        for end in ("low", "likely", "high"):
            parts = [getattr(getattr(row, field), end) for row in report.departments]
            assert sum(parts) == getattr(getattr(report.total, field), end), field
    assert sum(row.minutes.likely for row in report.effort) == report.total.effort_minutes.likely
    assert sum(row.difference.likely for row in report.years) == report.years_total.difference.likely


def test_every_chart_is_named_and_has_its_numbers_in_a_table():
    root = lxml_html.fromstring(page("en"))
    charts = root.xpath("//figure[starts-with(@class, 'chart')]//svg")
    assert len(charts) == 5
    assert all(chart.get("role") == "img" and chart.get("aria-label") for chart in charts)
    assert len(root.xpath("//table[caption]")) == len(root.xpath("//table"))


def test_headings_follow_one_another_without_a_gap():
    levels = [int(element.tag[1]) for element in lxml_html.fromstring(page("fr")).xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("region", "money"), [("fr", "1\u202f234,56\xa0€"), ("fr_CA", "1\xa0234,56\xa0€"), ("en", "€1,234.56")]
)
def test_money_follows_the_region(region, money):
    assert Words.of(region, "EUR").money(123456) == money


@pytest.mark.parametrize(
    ("region", "currency", "money", "day", "short", "share"),
    [
        ("fr_FR", "EUR", "\u22121\u202f234,56\xa0€", "1er juillet 2026", "1er juil. 2026", "40\xa0%"),
        ("fr", "CAD", "\u22121\xa0234,56\xa0$", "1er juillet 2026", "1er juill. 2026", "40\xa0%"),
        ("fr_FR", "CAD", "\u22121\u202f234,56\xa0$CA", "1er juillet 2026", "1er juil. 2026", "40\xa0%"),
        ("fr_CA", "CAD", "\u22121\xa0234,56\xa0$", "1er juillet 2026", "1er juill. 2026", "40\xa0%"),
        ("en_CA", "CAD", "\u2212$1,234.56", "July 1, 2026", "Jul 1, 2026", "40%"),
        ("en", "EUR", "\u2212€1,234.56", "1 July 2026", "1 Jul 2026", "40%"),
    ],
)
def test_money_dates_and_shares_take_the_forms_of_the_region(region, currency, money, day, short, share):
    words, first = Words.of(region, currency), date(2026, 7, 1)
    assert words.money(-123456) == money
    assert (words.day(first), words.short_day(first)) == (day, short)
    assert words.percent(Fraction(2, 5)) == share


def test_french_of_canada_and_of_europe_say_the_same_in_other_forms():
    assert numbers("fr_CA") == numbers("fr")
    canada, europe = (
        html.render(PLAN | {"currency": "CAD"}, Words.of(name, "CAD")) for name in ("fr_CA", "fr_FR")
    )
    assert "$CA" not in canada
    assert "\u202f" not in shown("fr_CA").text_content()
    assert "$CA" in europe
    assert 'lang="fr-CA"' in canada


@pytest.mark.parametrize("language", ["de", "", "fr_XX"])
def test_a_language_that_is_not_spoken_is_refused(language):
    with pytest.raises(ValueError):
        Words.of(language, "EUR")


def test_forecast_and_signed_savings_stand_apart_on_page_one():
    root = lxml_html.fromstring(page("en"))
    card = root.xpath("//div[@class='card']")[1]
    assert [pill.text for pill in card.xpath(".//span[contains(@class, 'pill')]")] == ["forecast", "signed"]


def test_the_csv_form_holds_every_figure_to_the_cent():
    rows = list(csv.reader(io.StringIO(csv_report.render(PLAN, Words.of("fr", "EUR")))))
    assert len(rows) == len(PLAN["figures"]) + 1
    by_id = {row[0]: row for row in rows}
    figure = next(figure for figure in PLAN["figures"] if figure["id"] == "totals.costs.one_off")
    assert by_id["totals.costs.one_off"][4] == f"{figure['likely'] // 100}.{figure['likely'] % 100:02d}"


def test_the_json_form_is_the_models():
    data = json.loads(json_report.render(PLAN, Words.of("fr", "EUR")))
    assert data["total"]["seats"] == 39
    assert data["departments"][1]["name"] == HOSTILE


def test_a_plan_without_files_or_results_still_makes_a_page():
    plan = PLAN | {
        "coverage": None,
        "results": None,
        "figures": [],
        "departments": [],
        "unpriced": [],
        "kept": [],
    }
    plan["scenarios"] = PLAN["scenarios"] | {"pays_back": None, "years": [2026]}
    for language in ("fr", "en"):
        assert "</html>" in html.render(plan, Words.of(language, "EUR"))


@pytest.mark.parametrize(
    ("largest", "values"),
    [(0, [0]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (64083, [0, 20000, 40000, 60000, 80000])],
)
def test_the_scale_of_a_chart_has_few_and_round_values(largest, values):
    assert charts._scale(largest) == values


def test_the_table_of_figures_has_the_initial_plan_beside_every_total():
    rows = list(csv.DictReader(io.StringIO(csv_report.render(PLAN, Words.of("en", "EUR")))))
    given = {row["id"]: row["initial"] for row in PLAN["baseline"]["rows"]}
    totals = [row for row in rows if row["Id"] in given]
    assert totals
    for row in totals:
        assert round(float(row["Initial"]) * (100 if row["Unit"] == "EUR" else 1)) == given[row["Id"]]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_cause_of_a_difference_stands_on_the_page(language):
    words = Words.of(language, "EUR")
    text = " ".join(" ".join(shown(language).itertext()).split())
    for part in ("scope", "volume", "prices", "rules", "error"):
        assert words.t(f"column.{part}") in text
    row = next(row for row in PLAN["baseline"]["rows"] if row["id"] == "totals.costs.one_off")
    assert " ".join(words.money(row["variances"]["forecast"]["total"]).split()) in text
