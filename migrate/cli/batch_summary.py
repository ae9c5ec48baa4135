"""What a batch says at its end: the worst first, a count per verdict, the files that need a person, what to do next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from converters.libreoffice.isolation import Network
from converters.outcome import Verdict
from converters.typefaces import Presence
from migrate.batch.decide import Action
from migrate.batch.rows import BatchResult, Row, need_a_person
from migrate.cli.terminal import LISTED, near, say, say_counts
from migrate.locale import sentence
from migrate.sentences import (
    alike_sentence,
    error_remedy,
    grouped,
    reason_sentence,
    reasons_of,
    recalculation_sentence,
    shown,
)

_STYLES = {
    Verdict.CONVERTED: "green",
    Verdict.CONVERTED_WITH_LOSSES: "yellow",
    Verdict.NEEDS_A_PERSON: "bold yellow",
    Verdict.REFUSED: "red",
    Verdict.FAILED: "bold red",
}
_REASONS_A_FILE = 4
# what was not done again or not at all, each with its own list
_KEPT = (Action.KEPT_EDITED, Action.KEPT_FOREIGN, Action.IN_PROGRESS)


def say_summary(result: BatchResult, language: str, target_root: Path | None = None) -> None:
    if result.dry_run:
        _say_plan(result, language)
    else:
        _say_head(result, language)
        say_counts(
            [
                (count, sentence("verdicts", verdict, language))
                for verdict, count in result.by_verdict().items()
            ]
        )
        _say_recalculations(result, language)
        _say_rendered(result, language)
        _say_rivals(result, language)
        _say_network(result, language)
        _say_typefaces(result, language)
        _say_people(result, language)
    _say_actions(result, language)
    _say_left(result, language)
    _say_next(result, language, target_root)


def _say_head(result: BatchResult, language: str) -> None:
    """The worst that happened, in one line."""
    verdicts = result.by_verdict()
    if result.interrupted:
        say(sentence("batch", "interrupted", language), style="bold")
    if not result.rows:
        code = "head_nothing"
    elif verdicts.get(Verdict.FAILED):
        code = "head_failed"
    elif result.worst is not None:
        code = f"head_{result.worst.identifier}"
    else:
        code = "head_refused" if verdicts.get(Verdict.REFUSED) else "head_clean"
    say(sentence("batch", code, language), style="bold")


def _say_recalculations(result: BatchResult, language: str) -> None:
    """How many formula results differ, over all files that were cross-checked."""
    checked = [outcome.recalculation for outcome in result.outcomes if outcome.recalculation is not None]
    if not checked:
        return
    say(recalculation_sentence(checked, language))


def _say_rendered(result: BatchResult, language: str) -> None:
    """How many pages look alike, over all files that were drawn, and of how many files nothing is known."""
    if not result.rendered:
        return
    if any(item.compared for item in result.rendered):
        say(alike_sentence(result.rendered, language))
    missing = sum(not item.compared for item in result.rendered)
    if missing:
        say(sentence("rendering", "not_compared_files", language, count=grouped(missing)), style="yellow")


def _say_rivals(result: BatchResult, language: str) -> None:
    """Whose results were kept where both engines worked, and why."""
    kept = Counter(
        (outcome.engine, outcome.engine_reason)
        for outcome in result.outcomes
        if outcome.rivals and outcome.engine is not None
    )
    if not kept:
        return
    say(sentence("batch", "kept_of_both", language))
    say_counts(
        [
            (
                count,
                sentence(
                    "batch", f"kept_{engine}", language, reason=sentence("engine_reasons", reason, language)
                ),
            )
            for (engine, reason), count in kept.most_common()
        ]
    )


def _say_network(result: BatchResult, language: str) -> None:
    """That LibreOffice could have reached somebody; where it could not, there is nothing to say."""
    reached = [outcome for outcome in result.outcomes if outcome.network == Network.NOT_ISOLATED]
    if reached:
        say(sentence("batch", "network_not_isolated", language, count=len(reached)), style="yellow")


def _say_typefaces(result: BatchResult, language: str) -> None:
    """Which typefaces this machine shows in other widths, the most frequent first."""
    counts = Counter(
        typeface.name
        for outcome in result.outcomes
        for typeface in outcome.typefaces
        if typeface.presence is Presence.MISSING
    )
    if counts:
        names = [f"{shown(name)} ({count})" for name, count in counts.most_common(LISTED)]
        if len(counts) > LISTED:
            names.append("…")
        say(sentence("batch", "typefaces_missing", language, names=", ".join(names)))


def _say_people(result: BatchResult, language: str) -> None:
    rows = need_a_person(result.rows)
    if not rows:
        return
    say()
    say(sentence("batch", "need_a_person", language), style="bold")
    for row in rows[:LISTED]:
        _say_row(row, language)
    if len(rows) > LISTED:
        say(sentence("batch", "more", language, count=len(rows) - LISTED))


def _say_row(row: Row, language: str) -> None:
    outcome = row.outcome
    if outcome is None:
        return
    say(
        sentence(
            "terminal",
            "labelled",
            language,
            name=near(row.source),
            text=sentence("verdicts", outcome.verdict, language),
        ),
        style=_STYLES[outcome.verdict],
    )
    if outcome.target:
        say(f"    → {near(outcome.target)}")
    for companion in outcome.companions:
        say("    " + sentence("batch", f"beside_{companion.kind}", language, path=near(companion.path)))
    reasons = reasons_of(outcome, language)
    for reason in reasons[:_REASONS_A_FILE]:
        say(f"    {reason}")
    if len(reasons) > _REASONS_A_FILE:
        say("    " + sentence("batch", "more", language, count=len(reasons) - _REASONS_A_FILE))
    if outcome.error and (remedy := error_remedy(outcome.error, dict(outcome.error_params), language)):
        say(f"    {remedy}")


def _say_plan(result: BatchResult, language: str) -> None:
    say(
        sentence("batch", "head_dry_run", language, count=result.by_action().get(Action.CONVERT, 0)),
        style="bold",
    )
    for row in result.rows:
        if row.action is Action.CONVERT:
            say(f"{near(row.source)} → {near(row.target)}", hanging=2)


def _say_actions(result: BatchResult, language: str) -> None:
    counts = result.by_action()
    for action in (Action.DONE_BEFORE, Action.OLDER_STANDS):
        if counts.get(action):
            say(sentence("batch", f"action_{action}", language, count=counts[action]))
    for action in _KEPT:
        if not counts.get(action):
            continue
        say()
        say(sentence("batch", f"action_{action}", language, count=counts[action]), style="bold")
        kept = [row for row in result.rows if row.action is action]
        for row in kept[:LISTED]:
            say(f"    {near(row.target)}")
        if len(kept) > LISTED:
            say("    " + sentence("batch", "more", language, count=len(kept) - LISTED))


def _say_left(result: BatchResult, language: str) -> None:
    if not result.left:
        return
    say()
    say(sentence("batch", "left", language, count=len(result.left)), style="bold")
    for reason, count in result.by_reason().items():
        say_counts([(count, reason_sentence(reason, language))])
        paths = [left.path for left in result.left if left.reason == reason]
        for path in paths[:3]:
            say(f"        {near(path)}")
        if len(paths) > 3:
            say("        " + sentence("batch", "more", language, count=len(paths) - 3))


def _say_next(result: BatchResult, language: str, target_root: Path | None) -> None:
    actions = result.by_action()
    if result.interrupted:
        code = "next_again"
    elif result.dry_run:
        code = "next_run"
    elif actions.get(Action.KEPT_EDITED) or actions.get(Action.KEPT_FOREIGN):
        code = "next_force"
    elif actions.get(Action.OLDER_STANDS):
        code = "next_redo"
    elif need_a_person(result.rows):
        code = "next_look"
    elif result.rows:
        code = "next_open"
    else:
        code = "next_scan"
    say()
    say(sentence("batch", code, language, folder=near(target_root) if target_root else ""))
