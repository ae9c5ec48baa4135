"""The edition for the public: no name, no path, every figure and caveat, and answers that come from the model."""

import json
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from lxml import html as lxml_html

from migrate.cli.report import command
from migrate.plan_files import plan_text
from migrate.reports import html
from migrate.reports.model import build_report
from migrate.reports.questions import answers, why_not
from migrate.reports.words import Words

from .sample_plan import HOSTILE, HOSTILE_FILE, sample_plan  # isort: skip

PLAN = sample_plan()


def page(language, public=True):
    return lxml_html.fromstring(html.render(PLAN, Words.of(language, "EUR"), public=public))


def shown(root):
    for element in root.xpath("//style"):
        element.getparent().remove(element)
    return root.text_content() + " ".join(root.xpath("//@*"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_name_path_or_reason_is_on_the_page(language):
    text = shown(page(language))
    named = shown(page(language, public=False))
    for name in (HOSTILE, "Voirie", "<i>macros</i>", "council"):
        assert name in named, name
        assert name not in text, name
    for name in (HOSTILE_FILE, "voirie", "user1"):
        assert name not in text, name


def amounts(root):
    """Amounts of money of every section but those that only the public edition has."""
    own = root.xpath("//section[not(@id='why-not') and not(@id='questions')]")
    return [found for section in own for found in re.findall(r"€[\d,.]+", section.text_content())]


def test_every_figure_and_every_caveat_stays():
    public, named = page("en"), page("en", public=False)
    assert amounts(public) == amounts(named)
    for section in ("gaps", "risks", "assumptions"):
        count = f"count(//section[@id='{section}']//*[self::li or self::tr])"
        assert public.xpath(count) == named.xpath(count) > 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_questions_without_a_figure_are_said_to_be_not_known(language):
    root, words = page(language), Words.of(language, "EUR")
    told = [item.text_content() for item in root.xpath("//section[@id='questions']//dd")]
    expected = answers(build_report(PLAN))
    assert len(told) == len(expected) > 12
    for text, row in zip(told, expected, strict=True):
        assert (text == words.t("not_known")) == (row.answer == "not_known"), row.code
        assert "{" not in text
        assert not text.startswith("answer.")
    assert {"jobs", "offer", "abroad"} <= {row.code for row in expected if row.answer == "not_known"}


def test_answers_follow_the_model():
    report = build_report(PLAN)
    told = {row.code: row for row in answers(report)}
    assert told["documents"].params == {
        "blockers": report.total.blockers,
        "documents": report.total.documents,
    }
    nothing = replace(report, plan=PLAN | {"results": None})
    assert {row.code: row for row in answers(nothing)}["converted"].answer == "not_known"


def test_every_alternative_but_the_plan_stands_with_its_difference():
    figures = {figure["id"]: figure["likely"] for figure in PLAN["figures"]}
    rows = why_not(PLAN)
    assert [row.code for row in rows] == [
        row["code"] for row in PLAN["alternatives"] if row["code"] != "office"
    ]
    chosen = figures["alternatives.office.net_horizon"]
    assert all(row.cents == figures[f"alternatives.{row.code}.net_horizon"] - chosen for row in rows)


def test_other_forms_are_refused_because_their_ids_are_names(tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(plan_text(PLAN), "utf-8")
    result = CliRunner().invoke(command, [str(plan), "--public", "--format", "json"])
    assert result.exit_code != 0
    result = CliRunner().invoke(command, [str(plan), "--public", "--lang", "en"])
    assert result.exit_code == 0, result.output
    assert HOSTILE not in (tmp_path / "plan.public.html").read_text("utf-8")
    assert json.loads(plan.read_text("utf-8"))["departments"][1]["name"] == HOSTILE
