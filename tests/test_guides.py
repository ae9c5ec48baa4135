"""The guides name what is there, say the same in both languages, and their pictures are made by the script."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from docs.screenshots import PICTURES, names
from migrate.cli import COMMANDS, group
from migrate.helpdesk.causes import SYMPTOMS
from migrate.locale import LANGUAGES
from migrate.policy import load_policy

PROJECT = Path(__file__).resolve().parent.parent
GUIDES = PROJECT / "docs" / "guide"
ROLES = ("managers", "it", "helpdesk")
PAGES = [GUIDES / language / f"{role}.md" for language in LANGUAGES for role in ROLES]
# what no guide needs: a manager is told of the report, not of the command that sums tenants up
NOT_IN_GUIDES: set[str] = set()


def blocks(page: Path, kind: str = "") -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    return [line for block in blocks(page) for line in block.splitlines() if line.startswith("migrate ")]


def asks_for(line: str) -> str:
    """What a line is the fault of; empty for one that could be given as it is."""
    words = shlex.split(line)[1:]
    command: click.Command | None = group.get_command(click.Context(group), words[0])
    if command is None:
        return f"no command {words[0]}"
    rest = words[1:]
    if isinstance(command, click.Group) and rest and rest[0] in command.commands:
        command, rest = command.commands[rest[0]], rest[1:]
    try:
        command.make_context(words[0], list(rest), resilient_parsing=False)
    except click.exceptions.Exit:
        return ""
    except click.ClickException as error:
        # the files of the guides are not here; everything else must be as it stands there
        return "" if "does not exist" in error.format_message() else error.format_message()
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_every_command_of_a_guide_could_be_given_as_it_stands(page: Path, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = commands(page)
    assert len(lines) > 8
    assert {line: fault for line in lines if (fault := asks_for(line))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_stands_in_a_guide(language: str) -> None:
    named = {line.split()[1] for role in ROLES for line in commands(GUIDES / language / f"{role}.md")}
    assert set(COMMANDS) - named == NOT_IN_GUIDES


@pytest.mark.parametrize("role", ROLES)
def test_both_languages_say_the_same(role: str) -> None:
    english, french = (GUIDES / language / f"{role}.md" for language in LANGUAGES)

    def shape(page: Path) -> list[str]:
        """Headings by level, commands, pictures by name, rows of tables, items of lists."""
        found = []
        for line in page.read_text("utf-8").splitlines():
            if picture := re.search(r"\]\(\.\./pictures/\w+/([\w.-]+)\)", line):
                found.append(picture[1])
            elif line.startswith("migrate "):
                found.append(re.sub(r'--lang \w+|"[^"]*"', "", line))
            elif mark := re.match(r"#+(?= )|\|(?=.*\|$)|- |\d\. |```", line):
                found.append(mark[0])
        return found

    assert shape(english) == shape(french)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.stem}")
def test_pictures_are_those_of_the_script_in_the_guides_language_and_named(page: Path) -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(\.\./pictures/(\w+)/([\w.-]+)\)", page.read_text("utf-8"))
    assert shown
    for words, language, name in shown:
        assert words
        assert language == page.parent.name
        assert name in names()
        assert (PICTURES / language / name).stat().st_size < 200_000


def test_every_picture_is_made_by_the_script_and_shown_somewhere() -> None:
    shown = {
        name for page in PAGES for name in re.findall(r"pictures/\w+/([\w.-]+)\)", page.read_text("utf-8"))
    }
    for language in LANGUAGES:
        assert {path.name for path in (PICTURES / language).iterdir()} == set(names())
    assert shown == set(names())


def test_pictures_of_terminals_load_nothing() -> None:
    for picture in PICTURES.glob("*/*.svg"):
        text = picture.read_text("utf-8")
        assert "<script" not in text
        assert not re.search(r"(?:href|src|url\()\s*=?\s*[\"']?https?:", text), picture.name


@pytest.mark.parametrize(
    "page", [one for one in PAGES if one.stem == "it"], ids=lambda page: page.parent.name
)
def test_the_settings_that_it_shows_are_read(page: Path, tmp_path) -> None:
    told = blocks(page, "toml")
    assert len(told) == 2
    for number, block in enumerate(told):
        file = tmp_path / f"{number}.toml"
        file.write_text(block, "utf-8")
        load_policy(file)
        assert tomllib.loads(block)


def test_the_guide_of_the_helpdesk_names_every_symptom() -> None:
    for language in LANGUAGES:
        text = (GUIDES / language / "helpdesk.md").read_text("utf-8")
        assert [name for name in SYMPTOMS if f"`{name}`" not in text] == []


def test_french_pages_have_their_spaces() -> None:
    for page in (GUIDES / "fr").glob("*.md"):
        prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        assert re.findall(r".{12}(?<=[^\s|]) [:;!?»](?!\w).{3}|« .{9}", prose) == [], page.name


def test_every_page_of_analysis_stands_in_the_index() -> None:
    folder = PROJECT / "docs" / "analysis"
    index = (folder / "index.md").read_text("utf-8")
    assert [
        path.name for path in folder.glob("*.md") if f"]({path.name})" not in index and path.stem != "index"
    ] == []


def test_the_site_is_built_without_a_broken_link_and_loads_nothing_from_elsewhere(tmp_path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(tmp_path), strict=True))
    for name in ("index.html", "guide/fr/managers.html", "guide/en/it.html"):
        text = (tmp_path / name).read_text("utf-8")
        assert re.findall(r"(?:src=|<link[^>]*href=)\"https?://[^\"]*", text) == []
