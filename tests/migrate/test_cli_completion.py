"""Shells complete commands, options and values by what the program itself answers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli import group
from migrate.cli.completion import SHELLS

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An environment in which ``migrate`` is this source tree."""
    folder = tmp_path_factory.mktemp("bin")
    program = folder / "migrate"
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from migrate.cli import main; main()" "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(PROJECT)}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell):
    told = CliRunner().invoke(group, ["completion", shell])
    assert told.exit_code == 0
    assert "_MIGRATE_COMPLETE" in told.output
    assert f"{shell}_complete" in told.output


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("migrate", "dup"), {"duplicates"}),
        (("migrate", "plan", "fr"), {"freeze"}),
        (("migrate", "report", "--form"), {"--format"}),
        (("migrate", "report", "--format", "od"), {"ods", "odt"}),
    ],
)
def test_bash_completes_by_the_script(words, expected, environment):
    line = " ".join(f"'{word}'" for word in words)
    script = (
        'eval "$(migrate completion bash)"\n'
        f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}\n"
        '_migrate_completion migrate\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert set(done.stdout.split()) == expected


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_are_answered_with_the_help_beside_the_name(shell, environment):
    asked = {"zsh": {"COMP_WORDS": "migrate expl", "COMP_CWORD": "1"}, "fish": {"COMP_WORDS": "migrate expl", "COMP_CWORD": "expl"}}  # fmt: skip
    done = subprocess.run(
        ["migrate"],
        env=environment | asked[shell] | {"_MIGRATE_COMPLETE": f"{shell}_complete"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "explain" in done.stdout
    assert "Any figure of a plan" in done.stdout
