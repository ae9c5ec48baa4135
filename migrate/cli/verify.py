"""``migrate verify``: is everything of the source in the result?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from converters import Verification, WorkerPool, identify, verify
from converters.census.record import COUNTED, LEGACY_COUNTED
from converters.errors import FAILURES, REFUSALS, ConverterError
from converters.formula_results import Recalculation
from converters.kinds import SPREADSHEET
from converters.options import Options
from converters.outcome import EXIT_FAILED, EXIT_LOSSES, EXIT_OK
from converters.recalculation import recalculate as recalculate_results
from converters.rendered_pages import RenderedPages
from converters.rendering.pair import PAGES, PagePictures
from migrate.cli.terminal import (
    LISTED,
    check_files,
    json_option,
    language_option,
    say,
    suggest,
    with_known_errors,
    write_json,
    write_table,
)
from migrate.cli.verify_pages import check_html, write_html, write_pages
from migrate.locale import preferred_language, sentence
from migrate.page_pictures import Wish, compare_in_worker
from migrate.reports.rendering import Counts
from migrate.sentences import counted_thing, error_remedy, error_sentence, recalculation_sentence, shown

EPILOG = """\b
Examples:
  migrate verify letter.docx letter.odt
  migrate verify --recalculate budget.xlsx budget.ods
  migrate verify --render plan.pptx plan.odp   drawn, page by page
  migrate verify --html pages.html --lang fr letter.docx letter.odt
  migrate verify --json budget.xlsx budget.ods
"""
_FILE = click.Path(path_type=Path)


@click.command(epilog=EPILOG)
@click.argument("source", type=_FILE)
@click.argument("target", type=_FILE)
@click.option(
    "--recalculate",
    is_flag=True,
    help="Of spreadsheets, let LibreOffice cross-check the formula results too.",
)
@click.option(
    "--render", is_flag=True, help="Let LibreOffice draw both too, and compare their pages as pictures."
)
@click.option(
    "--html",
    "html_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the pages side by side, differences marked, as one page for a browser; implies --render.",
)
@click.option(
    "--pages", type=click.IntRange(1, 500), default=PAGES, show_default=True, help="Pages that are compared."
)
@json_option
@language_option
@with_known_errors
def command(
    source: Path,
    target: Path,
    recalculate: bool,
    render: bool,
    html_path: Path | None,
    pages: int,
    as_json: bool,
    lang: str | None,
) -> None:
    """Count SOURCE and TARGET alike, compare them, and check TARGET against the schema of ODF 1.3.

    Exits 0 where nothing is lost and TARGET is valid; 1 where something differs or could not be counted; 2 where
    the comparison itself failed. With --render, 1 too where TARGET does not open in LibreOffice or pages differ.
    """
    language = preferred_language(lang)
    check_files((source, target))
    if html_path is not None:
        check_html(html_path, (source, target))
    results: Recalculation | ConverterError | None = None
    rendered: RenderedPages | None = None
    pictures: Sequence[PagePictures] = ()
    with WorkerPool(1) as pool:
        answer = pool.run(verify_pair, (source, target))
        if recalculate and not isinstance(answer, ConverterError) and not answer.error:
            results = pool.run(recalculate_pair, (source, target))
    if isinstance(results, ConverterError):
        results = Recalculation(error=results.code, error_params=tuple(results.params.items()))
    if isinstance(answer, ConverterError):
        say(error_sentence(answer.code, answer.params, language), err=True)
        sys.exit(EXIT_FAILED)
    wish = Wish(source, target, pages, pictures=html_path is not None)
    if (render or html_path is not None) and not answer.error:
        rendered, pictures = compare_in_worker(wish)
        if html_path is not None:
            write_html(html_path, wish, rendered, pictures, counts_of(answer, language), language)
    if as_json:
        checked = {"recalculation": results.as_json()} if results else {}
        drawn = {"rendering": rendered.as_json()} if rendered else {}
        document = {"source_path": str(source), "target_path": str(target)}
        write_json({**document, **answer.as_json(), **checked, **drawn})
    else:
        write_verification(answer, language)
        if results:
            write_recalculation(results, language)
        if rendered:
            write_pages(rendered, language)
    sys.exit(exit_code(answer, results, rendered))


def verify_pair(pair: tuple[Path, Path]) -> Verification:
    """:func:`converters.verify` for a worker."""
    return verify(*pair)


def recalculate_pair(pair: tuple[Path, Path]) -> Recalculation | None:
    """:func:`converters.recalculation.recalculate` for a worker; None for what is no spreadsheet."""
    source, target = pair
    identity, options = identify(source), Options()
    if identity.family != SPREADSHEET:
        return None
    return recalculate_results(
        source,
        identity.kind,
        target,
        timeout_seconds=options.timeout_seconds,
        memory_megabytes=options.memory_megabytes,
    )


def exit_code(
    answer: Verification, results: Recalculation | None = None, rendered: RenderedPages | None = None
) -> int:
    if answer.error in FAILURES:
        return EXIT_FAILED
    unsure = results is not None and (results.differing or results.error)
    unsure = unsure or (rendered is not None and not rendered.clean)
    return EXIT_OK if answer.clean and not unsure else EXIT_LOSSES


def write_recalculation(results: Recalculation, lang: str) -> None:
    """How many formula results differ, and which, with both results and the cause."""
    say(recalculation_sentence([results], lang))
    if results.error:
        params = dict(results.error_params)
        say(error_sentence(results.error, params, lang))
        say(error_remedy(results.error, params, lang))
    if not results.cells:
        return
    headers = [sentence("recalculation", name, lang) for name in ("cell", "stored", "recalculated", "cause")]
    rows = [
        (
            f"{shown(item.sheet)}!{item.cell}",
            shown(item.stored),
            shown(item.recalculated),
            sentence("recalculation", f"cause_{item.cause}", lang),
        )
        for item in results.cells[:LISTED]
    ]
    write_table(headers, rows)
    if len(results.cells) > LISTED:
        say(sentence("batch", "more", lang, count=len(results.cells) - LISTED))


def write_verification(answer: Verification, lang: str) -> None:
    """For a person to read: the counts side by side, what is missing, the schema, the conclusion."""
    if answer.error:
        params = dict(answer.error_params)
        say(error_sentence(answer.error, params, lang))
        say(error_remedy(answer.error, params, lang))
        return
    if answer.source_census and answer.target_census:
        _write_counts(answer, lang)
    if answer.unproven:
        table = "errors" if answer.unproven in REFUSALS else "engine_reasons"
        reason = sentence(table, answer.unproven, lang).rstrip(".")
        say(sentence("verify", "unproven", lang, reason=reason))
    if answer.uncounted:
        parts = ", ".join(counted_thing(code, lang) for code in answer.uncounted)
        say(sentence("verify", "uncounted", lang, parts=parts))
    _write_validity(answer, lang)
    say(sentence("verify", "clean" if answer.clean else "not_clean", lang))
    suggest("verify", lang)


def _write_counts(answer: Verification, lang: str) -> None:
    counts = counts_of(answer, lang)
    if counts is None:
        return
    write_table(counts.headings, counts.rows)
    for text in counts.notes:
        say(text)


def counts_of(answer: Verification, lang: str) -> Counts | None:
    """Both censuses side by side, and what is missing by name; None where one of them could not be made."""
    source, target = answer.source_census, answer.target_census
    if source is None or target is None:
        return None
    different = {difference.what: difference for difference in answer.differences}
    before, after = source.as_json(), target.as_json()
    rows = []
    for name in ("words", "values", *COUNTED, *LEGACY_COUNTED):
        if not (before.get(name) or after.get(name)):
            continue
        count, found = before.get(name, 0), after.get(name, 0)
        lost = name in different and different[name].lost
        state = "lost" if lost else "gained" if found > count else "same"
        rows.append(
            (
                sentence("verify", name, lang),
                str(count),
                str(found),
                sentence("verify", state, lang),
            )
        )
    if "word_order" in different:
        rows.append((sentence("verify", "word_order", lang), "", "", sentence("verify", "lost", lang)))
    headings = [sentence("verify", name, lang) for name in ("what", "source", "target", "state")]
    notes = [
        sentence("verify", "missing", lang, examples=shown(", ".join(difference.examples)))
        for difference in answer.differences
        if difference.examples
    ]
    return Counts(headings, rows, notes)


def _write_validity(answer: Verification, lang: str) -> None:
    validity = answer.validity
    if validity is None:
        return
    if validity.unchecked:
        say(sentence("verify", "unchecked", lang, parts=", ".join(validity.unchecked)))
    if validity.violations:
        first = validity.violations[0]
        say(
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
        say(sentence("verify", "valid", lang))
