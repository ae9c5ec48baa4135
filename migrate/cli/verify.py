"""``migrate verify``: is everything of the source in the result?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from converters import Verification, WorkerPool, verify
from converters.census.record import COUNTED
from converters.errors import FAILURES, REFUSALS, ConverterError
from converters.outcome import EXIT_FAILED, EXIT_LOSSES, EXIT_OK
from migrate.cli.shared_options import json_option, lang_option, write_json, write_table
from migrate.cli.terminal import check_files, with_known_errors
from migrate.locale import sentence
from migrate.sentences import error_remedy, error_sentence

EPILOG = """\b
Examples:
  migrate verify letter.docx letter.odt
  migrate verify --json budget.xlsx budget.ods
"""
_FILE = click.Path(path_type=Path)


@click.command(epilog=EPILOG)
@click.argument("source", type=_FILE)
@click.argument("target", type=_FILE)
@json_option
@lang_option
@with_known_errors
def command(source: Path, target: Path, as_json: bool, lang: str) -> None:
    """Count SOURCE and TARGET alike, compare them, and check TARGET against the schema of ODF 1.3.

    Exits 0 where nothing is lost and TARGET is valid; 1 where something differs or could not be counted; 2 where
    the comparison itself failed.
    """
    check_files((source, target))
    with WorkerPool(1) as pool:
        answer = pool.run(verify_pair, (source, target))
    if isinstance(answer, ConverterError):
        click.echo(error_sentence(answer.code, answer.params, lang), err=True)
        sys.exit(EXIT_FAILED)
    if as_json:
        write_json({"source_path": str(source), "target_path": str(target), **answer.as_json()})
    else:
        write_verification(answer, lang)
    sys.exit(exit_code(answer))


def verify_pair(pair: tuple[Path, Path]) -> Verification:
    """:func:`converters.verify` for a worker."""
    return verify(*pair)


def exit_code(answer: Verification) -> int:
    if answer.error in FAILURES:
        return EXIT_FAILED
    return EXIT_OK if answer.clean else EXIT_LOSSES


def write_verification(answer: Verification, lang: str) -> None:
    """For a person to read: the counts side by side, what is missing, the schema, the conclusion."""
    if answer.error:
        params = dict(answer.error_params)
        click.echo(error_sentence(answer.error, params, lang))
        click.echo(error_remedy(answer.error, params, lang))
        return
    if answer.source_census and answer.target_census:
        _write_counts(answer, lang)
    if answer.unproven:
        table = "errors" if answer.unproven in REFUSALS else "engine_reasons"
        reason = sentence(table, answer.unproven, lang).rstrip(".")
        click.echo(sentence("verify", "unproven", lang, reason=reason))
    _write_validity(answer, lang)
    click.echo(sentence("verify", "clean" if answer.clean else "not_clean", lang))


def _write_counts(answer: Verification, lang: str) -> None:
    source, target = answer.source_census, answer.target_census
    if source is None or target is None:
        return
    different = {difference.what: difference for difference in answer.differences}
    before, after = source.as_json(), target.as_json()
    rows = []
    for name in ("words", *COUNTED):
        if not (before.get(name) or after.get(name)):
            continue
        difference = different.get(name)
        state = "same" if difference is None else "lost" if difference.lost else "gained"
        rows.append(
            (
                sentence("verify", name, lang),
                str(before.get(name, 0)),
                str(after.get(name, 0)),
                sentence("verify", state, lang),
            )
        )
    if "word_order" in different:
        rows.append((sentence("verify", "word_order", lang), "", "", sentence("verify", "lost", lang)))
    write_table([sentence("verify", name, lang) for name in ("what", "source", "target", "state")], rows)
    for difference in answer.differences:
        if difference.examples:
            click.echo(sentence("verify", "missing", lang, examples=", ".join(difference.examples)))


def _write_validity(answer: Verification, lang: str) -> None:
    validity = answer.validity
    if validity is None:
        return
    if validity.unchecked:
        click.echo(sentence("verify", "unchecked", lang, parts=", ".join(validity.unchecked)))
    if validity.violations:
        first = validity.violations[0]
        click.echo(
            sentence(
                "verify",
                "invalid",
                lang,
                count=len(validity.violations),
                part=first.part,
                line=first.line,
                message=first.message,
            )
        )
    elif validity.valid:
        click.echo(sentence("verify", "valid", lang))
