"""What happened to a file, in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from migrate.history import Event, FileHistory
from migrate.history_links import Linked, Links
from migrate.locale import sentence
from migrate.sentences import counted, shown
from migrate.standing import Standing, standing_of


def history_sentence(language: str, code: str, **params: object) -> str:
    return sentence("history", code, language, **params)


def moment_text(moment: str, language: str) -> str:
    """A moment of the database in this machine's time zone, to the minute; words where it has not come."""
    if not moment:
        return history_sentence(language, "not_ended")
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def verdict_text(event: Event, language: str) -> str:
    if event.outcome is None:
        return history_sentence(language, f"state_{event.state}")
    return sentence("verdicts", event.outcome.verdict.value, language)


def engine_text(event: Event, language: str) -> str:
    """What converted it; empty where nothing did."""
    engine = event.outcome.engine if event.outcome is not None else None
    return history_sentence(language, f"engine_{engine.value}") if engine is not None else ""


def standings(file: FileHistory) -> tuple[Standing, Standing | None]:
    """How original and result stand now; None where no result was written."""
    newest = file.newest
    source = standing_of(file.source, newest.source_sha256)
    return source, standing_of(newest.target, newest.target_sha256) if newest.target_sha256 else None


def standing_sentences(file: FileHistory, language: str) -> list[str]:
    """How original and result stand now, as far as there is something to say."""
    source, target = standings(file)
    texts = [history_sentence(language, f"target_{target.value}")] if target is not None else []
    if source is not Standing.UNTOUCHED:
        texts.append(history_sentence(language, f"source_{source.value}"))
    return texts


def linked_texts(linked: Linked, language: str) -> tuple[str, str, str]:
    """When a linked file changed (empty where that is not known), which it is, and what happened to it."""
    when = moment_text(linked.moment, language) if linked.moment else ""
    which = f"{history_sentence(language, f'direction_{linked.direction.value}')} {shown(linked.path)}"
    code = f"{linked.direction.value}_{linked.change.value}"
    return when, which, history_sentence(language, code, target=shown(Path(linked.target).name))


def links_text(links: Links, language: str) -> str:
    """How many files it is linked with, and how many of them changed; with a colon where these are to follow."""
    if not links.known:
        return history_sentence(language, "links_unknown")
    if not links.files:
        return history_sentence(language, "links_none")
    files, changed = counted("files", len(links.files), language), len(links.changed)
    if not changed:
        return history_sentence(language, "links_quiet", files=files)
    return history_sentence(language, "links", files=files, changed=counted("changed", changed, language))
