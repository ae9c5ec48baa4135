"""Commands as a person gives them, within the process of the test."""

from __future__ import annotations

from click.testing import CliRunner

from migrate.cli import group


def run(*arguments: object) -> str:
    """What a command says that goes well; raises what it raises."""
    result = CliRunner().invoke(group, list(map(str, arguments)), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    assert result.return_value == 0
    return result.output
