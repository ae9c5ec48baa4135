"""The documentation says what is true."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from migrate.cli import COMMANDS, group
from tests.command_line import assert_current

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text("utf-8")


def test_the_support_matrix_is_current() -> None:
    assert_current("docs/support_matrix.py")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_stands_in_the_readme(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name="…"))
    assert f"migrate {name}" in text
    assert f"migrate {name}" in README


def test_the_readme_names_no_command_and_no_option_that_is_not_there() -> None:
    for name, rest in re.findall(r"^(?:\$ )?migrate (\w+)([^\n#]*)", README, re.MULTILINE):
        command = group.get_command(click.Context(group), name)
        assert command is not None, name
        if isinstance(command, click.Group):
            command = command.commands.get(rest.split()[0], command) if rest.split() else command
        known = {
            option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest):
            assert option in known | {"--help"}, f"{name} {option}"


def test_links_in_the_documentation_lead_somewhere() -> None:
    for page in (PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
