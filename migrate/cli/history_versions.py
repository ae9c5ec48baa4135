"""``migrate history --versions``: what conversion changed in a file, and what people changed since, apart."""

from __future__ import annotations

from converters.contents import Change
from migrate.cli.terminal import LISTED, say
from migrate.helpdesk.versions import STEP_ERRORS, Step, Versions
from migrate.locale import sentence
from migrate.places import describe_place
from migrate.sentences import counted_thing, error_sentence, shown

_LONGEST = 70  # characters of a text on a line


def say_versions(versions: Versions, language: str) -> None:
    say()
    say(sentence("versions", f"written_{versions.written.value}", language))
    for name, step in (("conversion", versions.conversion), ("people", versions.people)):
        say()
        say(sentence("versions", name, language), style="bold")
        for line in step_lines(step, language):
            say(f"  {line}")


def step_lines(step: Step, language: str) -> list[str]:
    """A step for a person to read: why it is not known, or its changes."""
    if step.error:
        return [step_error(step, language)]
    if step.nothing:
        return [sentence("versions", "nothing", language)]
    lines = []
    for change in step.changes.listed[:LISTED]:
        lines += change_lines(change, language)
    if step.changes.count > LISTED:
        lines.append(sentence("batch", "more", language, count=step.changes.count - LISTED))
    lines += counted_lines(step, language)
    return lines


def step_error(step: Step, language: str) -> str:
    if step.error in STEP_ERRORS:
        return sentence("versions", step.error, language)
    return error_sentence(step.error, step.error_params, language)


def counted_lines(step: Step, language: str) -> list[str]:
    return [
        sentence(
            "versions", "counted", language,
            what=counted_thing(one.what, language), before=one.source, after=one.target,
        )
        for one in step.counted
    ]  # fmt: skip


def change_lines(change: Change, language: str) -> list[str]:
    """The place and what happened there; old and new text on lines of their own."""
    place = shown(describe_place(change.place, language))
    lines = [f"{place}: {sentence('versions', change.kind.value, language)}"]
    lines += [
        f"    {sign} {_short(text)}" for sign, text in (("-", change.before), ("+", change.after)) if text
    ]
    return lines


def _short(text: str) -> str:
    text = shown(" ".join(text.split()))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
