"""Commands as a person gives them, within the process of the test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from migrate.cli import group

PROJECT = Path(__file__).resolve().parent.parent


def run(*arguments: object) -> str:
    """What a command says that goes well; raises what it raises."""
    result = CliRunner().invoke(group, list(map(str, arguments)), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    assert result.return_value == 0
    return result.output


def assert_current(script: str) -> None:
    """A page that a script of the project writes is the one that it would write now."""
    checked = subprocess.run(
        [sys.executable, script, "--check"],
        cwd=PROJECT,
        env={"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
