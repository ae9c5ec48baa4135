"""``migrate fix``: one broken file of one worried colleague, put right, with words to tell them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from converters.outcome import EXIT_FAILED, EXIT_LOSSES, EXIT_OK
from migrate.cli.terminal import (
    LISTED,
    ask_for_password,
    check_files,
    json_option,
    language_option,
    near,
    say,
    suggest,
    with_known_errors,
    write_json,
)
from migrate.helpdesk.answer import Answer
from migrate.helpdesk.causes import SYMPTOMS
from migrate.helpdesk.fix import fix
from migrate.helpdesk.words import cause_remedy, cause_sentence, reply_of
from migrate.locale import preferred_language, sentence
from migrate.sentences import error_remedy, error_sentence, loss_sentence, shown

EPILOG = """\b
Examples:
  migrate fix letter.docx                       what is wrong, and a new file
  migrate fix budget.xlsx --symptom name-error  what the colleague sees
  migrate fix minutes.docx --ask-password       the new file has it too
  migrate fix --json plan.pptx --symptom picture-gone

Symptoms: """ + ", ".join(SYMPTOMS)


@click.command(epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The new file; it must not exist."
)
@click.option(
    "--symptom", type=click.Choice(list(SYMPTOMS)), metavar="SYMPTOM", help="What the colleague says."
)
@click.option("--ask-password", is_flag=True, help="Ask for the password that opens FILE.")
@click.option(
    "--store-decrypted",
    is_flag=True,
    help="Write the new file without the password: everybody who reaches it can read it.",
)
@json_option
@language_option
@with_known_errors
def command(
    file: Path,
    output: Path | None,
    symptom: str | None,
    ask_password: bool,
    store_decrypted: bool,
    as_json: bool,
    lang: str | None,
) -> None:
    """Say what is wrong with FILE, make a new file that is right, and give a reply for the colleague.

    FILE is only read. What is damaged is put together again, as far as it goes, and what is gone is named. Exits 0
    where the new file lacks nothing, 1 where it does or where there is none, 2 where something failed.
    """
    language = preferred_language(lang)
    check_files([file])
    password = ask_for_password(language) if ask_password else None
    answer = fix(file, output, symptom=symptom, password=password, reencrypt=not store_decrypted)
    if as_json:
        write_json({**answer.as_json(), "reply": reply_of(answer, language)})
    else:
        write_answer(answer, language)
    sys.exit(exit_code(answer))


def exit_code(answer: Answer) -> int:
    if answer.target is None:
        return EXIT_LOSSES if any(cause.code != "FAILED" for cause in answer.causes) else EXIT_FAILED
    lacking = answer.mends or answer.text_file or not (answer.verification and answer.verification.clean)
    return EXIT_LOSSES if lacking else EXIT_OK


def write_answer(answer: Answer, lang: str) -> None:
    """For an agent on the telephone: the causes, what was done, what is gone, the new file, the reply."""
    if answer.ours:
        say(sentence("helpdesk", "ours", lang, **{"source": answer.ours.get("Source SHA-256", "")[:16]}))
    if answer.error:
        say(error_sentence(answer.error, answer.error_params, lang))
        if not answer.causes:
            say(error_remedy(answer.error, answer.error_params, lang))
    real = [cause for cause in answer.causes if not cause.setting]
    if not answer.causes:
        say(sentence("helpdesk", "nothing_found", lang))
    for number, cause in enumerate(answer.causes, 1):
        say(f"{number}. {cause_sentence(cause, lang)}", style="bold" if number == 1 else "")
        say(f"   {cause_remedy(cause, lang)}")
    if answer.causes and not real:
        say(sentence("helpdesk", "only_setting", lang))
    if answer.acts:
        say(f"\n{sentence('helpdesk', 'done', lang)}")
        for act in answer.acts:
            say(
                f"  - {sentence('helpdesk', f'act.{act.code}', lang, **{k: shown(v) for k, v in act.params.items()})}"
            )
    _write_gone(answer, lang)
    if answer.target is not None:
        say(f"\n{sentence('helpdesk', 'target', lang, path=near(answer.target))}")
    say(f"\n{sentence('helpdesk', 'reply', lang)}\n")
    say(reply_of(answer, lang))
    suggest("fix", lang, symptoms=", ".join(SYMPTOMS))


def _write_gone(answer: Answer, lang: str) -> None:
    rows = [sentence("mends", mend.code, lang, part=mend.part, **dict(mend.params)) for mend in answer.mends]
    rows += [loss_sentence(loss, lang) for loss in answer.losses]
    if not rows:
        return
    say(f"\n{sentence('helpdesk', 'gone', lang)}")
    for row in rows[:LISTED]:
        say(f"  - {row}")
    if len(rows) > LISTED:
        say("  " + sentence("batch", "more", lang, count=len(rows) - LISTED))
