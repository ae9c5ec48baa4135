"""What people see at a terminal of 80 columns: nothing runs over, the next step is said, pipes get plain text."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from migrate.cli import COMMANDS, group, help_language
from migrate.cli.help_language import in_language
from migrate.cli.terminal import wrapped
from migrate.locale import LANGUAGES, help_in_french, table
from migrate.sample_share.share import content, write_share
from tests.terminal import at_a_terminal

COLUMNS = 80
PLAN = ("--users", "users.csv", "--departments", "departments.csv", "-o", "plan.json", "--db", "migrate.db")

# the main job of every command; {lang} differs
MAIN = (
    ("doctor",),
    ("scan", "share"),
    ("convert", "share", "--to", "odf", "--dry-run"),
    ("convert", "share", "--to", "odf", "--engine", "native"),
    ("inventory",),
    ("inventory", "--by", "risk"),
    ("inventory", "--by", "source", "--reveal"),
    ("duplicates", "--reveal"),
    ("links", "--reveal"),
    ("interfaces",),
    ("privacy",),
    ("inspect", "share/budget/budget-2026.xlsx"),
    ("inspect", "missing.docx"),
    ("verify", "share/budget/suivi-2026.xlsx", "odf/budget/suivi-2026.ods"),
    ("fix", "share/budget/budget-2025.xlsx", "-o", "fixed-{lang}.ods"),
    ("plan", "--init", "tables-{lang}"),
    ("plan", *PLAN),
    ("plan", "freeze", "first-{lang}", "plan.json", "--db", "migrate.db"),
    ("plan", "baselines", "--db", "migrate.db"),
    ("history", "suivi-2026.xlsx"),
    ("history", "suivi-2026.xlsx", "--versions"),
    ("explain", "totals.costs.one_off"),
    ("report", "-o", "report-{lang}.html"),
    ("report", "--format", "csv"),
)
# what has no main job without a tenant, or is the whole path again
ELSEWHERE = {"tenant", "demo", "completion", "serve"}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand by its full name."""
    for name in COMMANDS:
        found = group.get_command(click.Context(group), name)
        assert found is not None
        yield name, found
        if isinstance(found, click.Group):
            yield from ((f"{name} {own}", one) for own, one in found.commands.items())


def too_wide(text: str) -> list[str]:
    """Lines beyond the edge, but for a path that stands alone: it is never broken, so that one can copy it."""
    lines = [line for line in text.split("\n") if cell_len(line) > COLUMNS]
    return [line for line in lines if not line.strip().startswith("/") or " " in line.strip()]


@pytest.fixture(scope="module")
def finances(tmp_path_factory):
    """The finance department of the sample share."""
    folder = tmp_path_factory.mktemp("share")
    write_share(folder, None)
    return folder / "finances"


@pytest.fixture(scope="module", params=LANGUAGES)
def session(request, finances, tmp_path_factory):
    """Every command at a terminal, in one language."""
    folder = tmp_path_factory.mktemp("terminal")
    shutil.copytree(finances, folder / "share")
    for name in ("users.csv", "departments.csv"):
        (folder / name).write_text(content(name), "utf-8")
    wishes = [
        [*(word.format(lang=request.param) for word in words), "--lang", request.param] for words in MAIN
    ]
    return request.param, at_a_terminal(wishes, folder, columns=COLUMNS)


def test_every_command_has_its_main_job_here() -> None:
    assert {words[0] for words in MAIN} | ELSEWHERE == set(COMMANDS)


def test_nothing_runs_over_the_edge_of_a_terminal(session) -> None:
    _language, told = session
    assert {" ".join(one.arguments): wide for one in told if (wide := too_wide(one.text))} == {}
    assert [one.arguments for one in told if one.code not in (0, 1, 3)] == []
    assert all(one.text.strip() for one in told)


def test_the_next_step_is_said(session) -> None:
    language, told = session
    begin = {"en": "Next: ", "fr": "Ensuite\u00a0: "}[language]
    silent = {
        one.arguments[0]
        for one in told
        if one.code != 3 and begin not in one.text and one.arguments[0] not in ("fix", "convert", "history")
    }
    assert silent == set()


def test_no_sentence_of_the_other_language_is_said(session) -> None:
    language, told = session
    other = next(one for one in LANGUAGES if one != language)
    names = (
        "batch",
        "inventory",
        "duplicates",
        "links",
        "inspect",
        "verify",
        "doctor",
        "plan",
        "helpdesk",
        "next",
    )

    def sentences(which: str) -> set[str]:
        rows = (row for name in names for row in table(name, which).values())
        texts = (text for row in rows for text in (row.values() if isinstance(row, dict) else (row,)))
        return {re.split(r"[{]", text)[0].strip() for text in texts if len(re.split(r"[{]", text)[0]) > 14}

    foreign = sentences(other) - sentences(language)
    shown = " ".join(" ".join(one.text.split()) for one in told)
    assert [text for text in foreign if " ".join(text.split()) in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_help_fits_and_every_command_takes_a_language(
    name: str, command: click.Command, language: str, monkeypatch
) -> None:
    monkeypatch.setenv("MIGRATE_LANG", language)
    told = CliRunner().invoke(in_language(group, language), [*name.split(), "--help"], terminal_width=COLUMNS)
    assert told.exit_code == 0
    assert told.output.startswith({"en": "Usage: ", "fr": "Utilisation\u00a0: "}[language])
    assert too_wide(told.output) == []
    if not (isinstance(command, click.Group) and not command.invoke_without_command):
        assert "--lang" in told.output


def test_every_text_of_the_help_is_there_in_french_and_nothing_else(monkeypatch) -> None:
    asked: dict[str, bool] = {}

    def said(english: str, otherwise: str) -> str:
        asked[english] = otherwise == english
        return otherwise

    monkeypatch.setattr(help_language, "_said", said)
    for _name, command in (("", group), *commands()):
        in_language(command, "fr")
    asked |= {text: True for _module, text in COMMANDS.values()}
    typed = re.compile(r"migrate |\[|eval |[a-z_]+ = ")  # commands and settings
    missing = [
        text
        for text, is_text in asked.items()
        if text not in help_in_french()
        and not (typed.match(text) if is_text else text[2:3].isdigit() or " " not in text[2:])
    ]
    assert missing == []
    assert set(help_in_french()) - set(asked) == set()


@pytest.mark.parametrize("arguments", [["scan", "--help", "--lang", "fr"], ["scan", "--lang=fr", "--help"]])
def test_help_follows_the_language_that_is_asked_for(arguments, monkeypatch) -> None:
    monkeypatch.setenv("MIGRATE_LANG", "en")
    assert "Rien n’est modifié." in CliRunner().invoke(group, arguments).output


def test_a_pipe_gets_whole_lines_without_colours_or_next_steps(finances) -> None:
    document = str(finances / "budget" / "consolidation.xlsm")
    told = CliRunner().invoke(group, ["inspect", document, "--lang", "en"])
    assert told.exit_code == 0
    assert "\x1b" not in told.output
    assert "Next:" not in told.output
    assert any(cell_len(line) > COLUMNS for line in told.output.split("\n"))  # nobody breaks lines of a pipe


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("    12  one two three", "    12  one two\n        three"),
        ("  - one two three four", "  - one two\n    three four"),
        ("1. one two three", "1. one two\n   three"),
        ("a/very/long/path/stays.docx whole", "a/very/long/path/stays.docx\nwhole"),
        ("prix\u00a0: 12\u00a0%", "prix\u00a0: 12\u00a0%"),
        ("", ""),
    ],
)
def test_lines_break_between_words_and_hang_under_their_text(line: str, shown: str) -> None:
    assert wrapped(line, 15) == shown
