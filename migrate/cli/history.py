"""``migrate history``: what happened to a file, when, and to the files that it hangs together with."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from inventory.database import open_database
from inventory.errors import InventoryError
from inventory.persons import people_of
from migrate.cli.since import Since
from migrate.cli.terminal import answer, answer_options, language_of, policy_for, say
from migrate.history import LISTED, FileHistory, History, Match, Question, history_of
from migrate.history_links import Links, links_of
from migrate.history_words import (
    engine_text,
    history_sentence,
    linked_texts,
    links_text,
    moment_text,
    standing_sentences,
    standings,
    verdict_text,
)
from migrate.locale import sentence
from migrate.sentences import counted, reasons_of, shown

if TYPE_CHECKING:
    from migrate.helpdesk.versions import Versions

_IN_FULL = 3  # files whose events, losses and links are told; of the others the newest conversion
_REASONS = 4
_LINKED = 8

EPILOG = """\b
Examples:
  migrate history budget.xlsx                a name, whole or as it begins
  migrate history "*budget*" --since 7d      a part of a name, with stars
  migrate history finance/budget.xlsx        a path, of original or result
  migrate history "P:\\budget.xlsx"          a path as it is read out to you
  migrate history --owner anne.tremblay --since yesterday
  migrate history budget.ods --versions      conversion's and people's changes
  migrate history --since yesterday --json   all that was converted"""


@click.command(epilog=EPILOG)
@click.argument("file", required=False, default="")
@click.option("--owner", default="", help="Files that this account owns, as the last scan saw them.")
@click.option("--since", type=Since(), help="yesterday, today, 7d, 12h or a date.")
@click.option(
    "--versions",
    "with_versions",
    is_flag=True,
    help="What conversion changed in the first file, and what people changed since, by cell, paragraph and slide.",
)
@click.option("--top", type=click.IntRange(1, 1000), default=LISTED, show_default=True, help="Files listed.")
@answer_options
def command(
    file: str,
    owner: str,
    since: str | None,
    with_versions: bool,
    top: int,
    db: str | None,
    as_json: bool,
    config: Path | None,
    lang: str | None,
) -> int:
    """What happened to FILE (a path, a name or a pattern): when, by which engine, with which verdict and losses, and
    which files that it links to changed. The last conversions of all files where nothing is asked for.

    Only the database is read, and the files it names, to tell whether somebody changed them since.
    """
    policy = policy_for(config, db, lang)
    language = language_of(policy)
    database = open_database(policy.database)
    try:
        owners: tuple[str, ...] = (owner,) if owner else ()
        if owner:
            with contextlib.suppress(
                InventoryError
            ):  # the key of pseudonyms is elsewhere: names as they stand
                owners = (owner, people_of(database).account(owner))
        with database.connect() as connection:
            history = history_of(connection, Question(file, owners, since or "", top))
            links = [links_of(connection, one, since or "") for one in history.files[:_IN_FULL]]
    finally:
        database.dispose()
    versions = first_versions(history) if with_versions else None

    def tell(_document: dict[str, Any], told: str) -> None:
        say_history(history, links, told)
        if versions is not None:
            from migrate.cli.history_versions import say_versions  # noqa: PLC0415

            say_versions(versions, told)
        elif history.files:
            say()
            say(history_sentence(told, "next_versions"))
            say(history_sentence(told, "next_fix"))

    return answer(as_document(history, links, versions), tell, language, as_json=as_json)


def first_versions(history: History) -> Versions | None:
    """The versions of the first file that has a result."""
    from migrate.helpdesk.versions import versions_of  # noqa: PLC0415 - converters take longer to import than to answer

    for file in history.files:
        for event in file.events:
            if event.target_sha256:
                return versions_of(Path(event.source), Path(event.target), event)
    return None


def as_document(history: History, links: list[Links], versions: Versions | None = None) -> dict[str, Any]:
    """The whole answer as one JSON document; links and standings of the first files alone."""
    files: list[dict[str, Any]] = []
    for number, one in enumerate(history.files):
        row: dict[str, Any] = {
            "source": one.source,
            "conversions": [event.as_json() for event in one.events],
        }
        if number < len(links):
            source, target = standings(one)
            row |= {
                "source_now": source.value,
                "target_now": target.value if target else None,
                "links_known": links[number].known,
                "more_links": links[number].more,
                "linked": [linked.as_json() for linked in links[number].files],
            }
        files.append(row)
    return {
        "question": history.question.text or None,
        "since": history.question.since or None,
        "match": history.match.value,
        "more": history.more,
        "partial": history.partial,
        "files": files,
        "versions": versions.as_json() if versions is not None else None,
    }


def say_history(history: History, links: list[Links], language: str) -> None:
    if history.match is Match.NOTHING:
        say(history_sentence(language, "nothing"))
        say(history_sentence(language, "nothing_next"))
        return
    head = history_sentence(
        language, f"match_{history.match.value}",
        files=counted("files", len(history.files), language), text=shown(history.question.text),
    )  # fmt: skip
    say(head, style="bold")
    if history.partial:
        say(history_sentence(language, "partial"))
    for one, linked in zip(history.files, links, strict=False):
        say()
        _say_file(one, linked, language)
    rest = history.files[len(links) :]
    if rest:
        say()
        for one in rest:
            say(f"{moment_text(one.newest.finished, language)}  {verdict_text(one.newest, language)}")
            say(f"    {shown(one.source)}")
    if history.more:
        say()
        say(history_sentence(language, "more"))


def _say_file(file: FileHistory, links: Links, language: str) -> None:
    say(shown(file.source), style="bold")
    for event in file.events:
        engine = engine_text(event, language)
        by = f" ({engine})" if engine else ""
        say(f"  {moment_text(event.finished, language)}  {verdict_text(event, language)}{by}")
        if event.outcome is not None:
            reasons = reasons_of(event.outcome, language)
            for text in reasons[:_REASONS]:
                say(f"      - {text}")
            if len(reasons) > _REASONS:
                say("      " + sentence("batch", "more", language, count=len(reasons) - _REASONS))
    if file.newest.target_sha256:
        say("  " + history_sentence(language, "result", path=shown(file.newest.target)))
    for text in standing_sentences(file, language):
        say(f"  {text}")
    _say_links(links, language)


def _say_links(links: Links, language: str) -> None:
    say("  " + links_text(links, language))
    changed = links.changed
    for one in changed[:_LINKED]:
        when, which, what = linked_texts(one, language)
        say("    " + (f"{when}  {which}" if when else which))
        say(f"        {what}")
    if len(changed) > _LINKED:
        say("    " + sentence("batch", "more", language, count=len(changed) - _LINKED))
