"""The demo end to end. Its table of expected verdicts is the test: every difference is named."""

import json

import pytest
from click.testing import CliRunner

from migrate.cli import group
from migrate.cli.demo import NEXT, command, difference_sentence
from migrate.demo import Difference, FolderInUse, run_demo
from tests.libreoffice import needs_libreoffice


def test_the_demo_overwrites_nothing(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderInUse):
        run_demo(tmp_path)
    result = CliRunner().invoke(command, [str(tmp_path), "--lang", "en"])
    assert result.exit_code == 3
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.slow
@pytest.mark.libreoffice
@needs_libreoffice
def test_every_file_of_the_demo_gets_the_verdict_it_was_made_for(tmp_path):
    demo = run_demo(tmp_path / "demo")
    assert [difference_sentence(difference, "en") for difference in demo.differences] == []
    plan = json.loads((demo.folder / "plan.json").read_text("utf-8"))
    assert plan["results"]["files"] == len(demo.verdicts)
    assert plan["coverage"]["items"] == len(demo.share.paths)
    for report in demo.reports.values():
        assert "</html>" in report.read_text("utf-8")


def test_what_the_demo_proposes_next_are_commands_that_exist():
    for line in NEXT.values():
        words = line.format(plan="plan.json", database="migrate.db").split()
        assert words[0] == "migrate"
        found = group.get_command(None, words[1])
        if words[1] == "plan":
            assert words[2] in found.commands


def test_a_difference_names_the_file_and_both_verdicts():
    text = difference_sentence(Difference("a/b.docx", None, None, None), "fr")
    assert (
        text
        == "a/b.docx\u00a0: «\u00a0aucun résultat\u00a0» attendu, «\u00a0aucun résultat\u00a0» obtenu (–)"
    )
