"""``migrate doctor``: is everything here that the work needs, and with which command does one mend it?"""

from __future__ import annotations

import sys

import click

from converters.outcome import EXIT_OK, EXIT_USAGE
from migrate.cli.terminal import (
    json_option,
    language_option,
    say,
    say_command,
    suggest,
    write_json,
    write_table,
)
from migrate.diagnosis import Check, diagnose
from migrate.locale import preferred_language, sentence

EPILOG = """\b
Examples:
  migrate doctor
  migrate doctor --json
"""


@click.command(epilog=EPILOG)
@json_option
@language_option
def command(as_json: bool, lang: str | None) -> None:
    """Check this machine: LibreOffice, fonts, optional parts. Each that is missing with the command that mends it.

    Exits 0 where all that is required is there, else 3.
    """
    language = preferred_language(lang)
    checks = diagnose()
    well = all(check.ok for check in checks if check.required)
    if as_json:
        write_json({"ok": well, "checks": [check.as_json() for check in checks]})
    else:
        write_checks(checks, language)
    sys.exit(EXIT_OK if well else EXIT_USAGE)


def write_checks(checks: list[Check], lang: str) -> None:
    """For a person to read: a table, then the commands."""
    rows = [
        (sentence("doctor", check.code, lang, **dict(check.params)), _state(check, lang), _found(check, lang))
        for check in checks
    ]
    write_table([sentence("doctor", name, lang) for name in ("part", "state", "found")], rows)
    if all(check.ok for check in checks if check.required):
        say(sentence("doctor", "all_well", lang))
    if not any(check.required and not check.ok for check in checks):
        suggest("doctor", lang)
    commands = list(dict.fromkeys(check.remedy for check in checks if not check.ok and check.remedy))
    if commands:
        say(sentence("doctor", "to_mend", lang))
    for line in commands:
        say_command(line, 2)


def _found(check: Check, lang: str) -> str:
    """What was found; a code has its words in the locale."""
    return sentence("doctor", f"network.{check.found}", lang) if check.code == "network" else check.found


def _state(check: Check, lang: str) -> str:
    return sentence("doctor", "ok" if check.ok else "missing" if check.required else "optional", lang)
