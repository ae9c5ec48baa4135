"""``migrate inspect``: what is in a file and what it would lose."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from converters import inspect_all
from converters.errors import REFUSALS, ConverterError, Param
from converters.inspection import Inspection
from converters.losses import Severity
from converters.outcome import EXIT_FAILED, EXIT_LOSSES, EXIT_OK
from converters.typefaces import Presence, installed, look_up
from migrate.cli.terminal import (
    check_files,
    json_option,
    language_option,
    near,
    say,
    suggest,
    with_known_errors,
    write_json,
    write_table,
)
from migrate.locale import preferred_language, sentence
from migrate.places import describe_places
from migrate.sentences import counted, error_remedy, error_sentence, shown

SHOWN = 12  # fonts and links; --json has all
_USES_SHOWN = 4  # names of a procedure
LABEL_COLUMNS = 18

EPILOG = """\b
Examples:
  migrate inspect letter.docx
  migrate inspect --cheap *.xlsm       what a scan's first look sees
  migrate inspect --json *.pptx | jq '.[].losses'
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--deep/--cheap",
    default=True,
    help="Read everything, the source of macros too, or only what surrounds the text.  [default: deep]",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.identifier for severity in Severity]),
    help="Exit 1 where a loss of this weight or worse is foreseen.",
)
@json_option
@language_option
@with_known_errors
def command(
    files: tuple[Path, ...], deep: bool, fail_on: str | None, as_json: bool, lang: str | None
) -> None:
    """Show what is in FILES and what a conversion would lose. Nothing is written.

    Exits 0; 1 where a file would be refused, or would lose more than --fail-on allows; 2 where one could not be read.
    """
    language = preferred_language(lang)
    check_files(files)
    found = dict(inspect_all(files, "deep" if deep else "cheap"))
    answers = [(path, found[path]) for path in files]
    if as_json:
        write_json([_as_json(path, answer) for path, answer in answers])
    else:
        for path, answer in answers:
            write_answer(path, answer, language)
    sys.exit(exit_code([answer for _path, answer in answers], fail_on))


def exit_code(answers: list[Inspection | ConverterError], fail_on: str | None = None) -> int:
    """The exit code for a set of answers: what could not be read before what would be refused or lose too much."""
    limit = Severity.from_identifier(fail_on) if fail_on else None
    code = EXIT_OK
    for answer in answers:
        if isinstance(answer, ConverterError) or (answer.error and answer.error not in REFUSALS):
            return EXIT_FAILED
        if answer.error or (limit and any(loss.severity >= limit for loss in answer.losses)):
            code = EXIT_LOSSES
    return code


def _as_json(path: Path, answer: Inspection | ConverterError) -> dict[str, object]:
    if isinstance(answer, ConverterError):
        return {"path": str(path), "error": answer.code, "error_params": answer.params}
    typefaces = [typeface.as_json() for typeface in look_up(answer.fonts, installed())]
    return {"path": str(path), **answer.as_json(), "typefaces": typefaces}


def write_answer(path: Path, answer: Inspection | ConverterError, lang: str) -> None:
    """One file for a person to read."""
    say(shown(path), style="bold")
    if isinstance(answer, ConverterError):
        _write_error(answer.code, answer.params, lang)
        return
    for code, text in _rows(answer, lang):
        if text:
            _write_row(sentence("inspect", code, lang), text)
    if answer.error:
        _write_error(answer.error, dict(answer.error_params), lang)
    else:
        _write_losses(answer, lang)
        suggest("inspect", lang, path=near(path))
    say()


def _rows(answer: Inspection, lang: str) -> tuple[tuple[str, str], ...]:
    features = (f"{sentence('features', found.code, lang)} ({found.count})" for found in answer.features)
    protection = (sentence("inspect", f"protection_{kind}", lang) for kind in answer.protection)
    return (
        ("kind", answer.kind),
        ("size", counted("bytes", answer.size_bytes, lang)),
        ("application", answer.application),
        ("work", ", ".join(counted(unit, count, lang) for unit, count in answer.work.items())),
        ("features", ", ".join(features)),
        ("fonts", _shortened(tuple(_fonts(answer, lang)), lang)),
        ("macros", "; ".join(_macros(answer, lang))),
        ("macros_lacking", _shortened(tuple(_lacking(answer, lang)), lang, "; ")),
        ("macros_windows", _shortened(_uses(answer, "windows"), lang)),
        ("macros_unknown", _shortened(_uses(answer, "unknown"), lang)),
        ("macros_references", _shortened(_references(answer), lang)),
        ("links", _shortened(tuple(dict.fromkeys(link.target for link in answer.links)), lang)),
        ("protection", ", ".join(protection)),
    )


def _fonts(answer: Inspection, lang: str) -> list[str]:
    """The typefaces of a document, those that are missing here first, each with what stands for it."""
    found = sorted(
        look_up(answer.fonts, installed()), key=lambda typeface: typeface.presence is not Presence.MISSING
    )
    return [
        sentence("inspect", f"font_{typeface.presence.value}", lang, name=typeface.name, twin=typeface.twin)
        if typeface.presence in (Presence.MISSING, Presence.TWIN)
        else typeface.name
        for typeface in found
    ]


def _write_row(label: str, text: str) -> None:
    """A label and its text, broken on a terminal under the text."""
    say(shown(f"  {label:<{LABEL_COLUMNS}}{text}"), hanging=LABEL_COLUMNS + 2)


def _shortened(texts: tuple[str, ...], lang: str, between: str = ", ") -> str:
    text = between.join(texts[:SHOWN])
    if len(texts) > SHOWN:
        text += between + sentence("inspect", "more", lang, count=len(texts) - SHOWN)
    return text


def _macros(answer: Inspection, lang: str) -> list[str]:
    return [
        module.name
        if module.lines is None
        else sentence(
            "inspect",
            "macro_module",
            lang,
            name=module.name,
            lines=module.lines,
            procedures=len(module.procedures),
        )
        for module in answer.macros
    ]


def _lacking(answer: Inspection, lang: str) -> list[str]:
    """The procedures that use what LibreOffice has not, each with what that is."""
    return [
        sentence(
            "inspect",
            "macro_lacking",
            lang,
            procedure=f"{module.name}.{procedure.name}".rstrip("."),
            names=", ".join(_word(use) for use in procedure.missing[:_USES_SHOWN]),
        )
        for module in answer.macros
        for procedure in module.details
        if procedure.missing
    ]


def _uses(answer: Inspection, support: str) -> tuple[str, ...]:
    """What the procedures use, each once, of one class."""
    found = (
        _word(use)
        for module in answer.macros
        for procedure in module.details
        for use in getattr(procedure, support)
    )
    return tuple(dict.fromkeys(found))


def _word(use: str) -> str:
    return use.partition(":")[2]


def _references(answer: Inspection) -> tuple[str, ...]:
    names = (name for project in answer.macro_projects for name, _target in project.references)
    return tuple(dict.fromkeys(name for name in names if name))


def _write_error(code: str, params: Mapping[str, Param], lang: str) -> None:
    text = f"{sentence('inspect', 'stopped', lang)}. {error_sentence(code, params, lang)}"
    for line in (text, error_remedy(code, params, lang)):
        if line:
            say(f"  {line}")


def _write_losses(answer: Inspection, lang: str) -> None:
    if not answer.losses:
        say(f"  {sentence('inspect', 'nothing_lost', lang)}")
        return
    say(f"  {sentence('inspect', 'losses', lang)}")
    headers = [sentence("inspect", name, lang) for name in ("severity", "count", "what", "where")]
    rows = [
        (
            sentence("severities", loss.severity.identifier, lang),
            str(loss.count),
            sentence("losses", loss.code, lang, **dict(loss.params)),
            describe_places(loss, lang),
        )
        for loss in answer.losses
    ]
    write_table(headers, rows)
