"""An answer of the helpdesk in words: what is wrong, and what to tell the colleague."""

from __future__ import annotations

from migrate.helpdesk.answer import Answer
from migrate.helpdesk.causes import Found
from migrate.locale import remedy, reply, sentence
from migrate.places import describe_place
from migrate.sentences import shown


def cause_sentence(cause: Found, lang: str) -> str:
    """What is wrong, and where first."""
    text = sentence("causes", cause.code, lang, **cause_params(cause))
    places = [shown(describe_place(place, lang)) for place in cause.evidence.places]
    return f"{text.removesuffix('.')} ({', '.join(dict.fromkeys(places))})." if places else text


def cause_remedy(cause: Found, lang: str) -> str:
    """What helps."""
    return remedy("causes", cause.code, lang, **cause_params(cause))


def reply_of(answer: Answer, lang: str) -> str:
    """Words for the colleague: the likeliest cause, and the new file where there is one."""
    name = shown(answer.file.name)
    parts = [sentence("helpdesk", "greeting", lang, file=name)]
    if answer.causes:
        first = answer.causes[0]
        parts.append(reply("causes", first.code, lang, **cause_params(first)))
    else:
        parts.append(sentence("helpdesk", "reply_nothing", lang))
    if answer.target is not None:
        parts.append(sentence("helpdesk", "reply_target", lang, file=shown(answer.target.name)))
        if answer.mends or answer.text_file:
            parts.append(sentence("helpdesk", "reply_check", lang))
    return "\n".join(part for part in parts if part)


def cause_params(cause: Found) -> dict[str, str]:
    return {name: shown(value) for name, value in cause.evidence.params.items()}
