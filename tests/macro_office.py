"""LibreOffice with a profile in which macros of documents run, for tests alone: what a converted macro really does."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from pathlib import Path
from typing import Any

from converters.libreoffice.find import find, require
from converters.libreoffice.office import arguments
from converters.libreoffice.profile import HARDENED, write_profile
from converters.libreoffice.uno_python import find_uno_python

_SCRIPT = Path(__file__).with_name("uno_macros.py")
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
# the product's settings, but for the two that forbid macros
ALLOWING = (
    *(setting for setting in HARDENED if setting[1] not in ("MacroSecurityLevel", "DisableMacrosExecution")),
    (_SECURITY, "MacroSecurityLevel", "0"),
    (_SECURITY, "DisableMacrosExecution", "false"),
)
ALWAYS, BY_SETTINGS = 4, 3  # com.sun.star.document.MacroExecMode: ALWAYS_EXECUTE_NO_WARN, USE_CONFIG


def available() -> bool:
    program = find()
    return program is not None and find_uno_python(program) is not None


def run_in_office(
    document: Path,
    folder: Path,
    *steps: list[Any],
    settings: tuple[tuple[str, str, str], ...] = ALLOWING,
    mode: int = ALWAYS,
    hidden: bool = True,
) -> list[Any]:
    """Open ``document`` and take the steps (``tests/uno_macros.py``); an answer each. ``folder`` takes the profile."""
    program = require()
    python = find_uno_python(program)
    own = folder / f"office-{secrets.token_hex(4)}"
    write_profile(own / "profile", settings)
    command = [str(python), "-s", str(_SCRIPT), own.name, str(program.path), *arguments(own)]
    request = {"url": document.absolute().as_uri(), "mode": mode, "hidden": hidden, "steps": list(steps)}
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(own),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    answer = subprocess.run(
        command,
        input=json.dumps(request),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment,
    )
    if not answer.stdout.strip():
        raise AssertionError(answer.stderr[-2000:])
    answers = json.loads(answer.stdout.splitlines()[-1])
    assert answers != "no document"
    return answers
