"""What happened to a file, and its three versions, for the helpdesk."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.responses import Response

from converters.provenance import SOURCE_HASH, read_provenance
from inventory.errors import InventoryError
from inventory.persons import people_of
from migrate.batch.staging import hash_file
from migrate.cli.history_versions import counted_lines, step_error
from migrate.cli.since import since_moment
from migrate.helpdesk.versions import Step, Versions, versions_of
from migrate.history import Event, FileHistory, Match, Question, conversion, conversions_of, history_of
from migrate.history_links import Links, links_of
from migrate.history_words import (
    engine_text,
    history_sentence,
    linked_texts,
    links_text,
    moment_text,
    standing_sentences,
    verdict_text,
)
from migrate.locale import sentence
from migrate.openings import note_opening
from migrate.places import describe_place
from migrate.sentences import counted, reasons_of, shown
from migrate.web.helpdesk import HELPDESK, desk_of, name_of, upload
from migrate.web.visit import Page, Refused, Visit

SINCE = ("today", "yesterday", "7d", "30d")  # besides any time
_FILES = 20
_IN_FULL = 5  # files of which events, links and standing are told
_REASONS = 5
_LINKED = 10
_CHANGES = 100
_LONGEST_QUESTION = 1000
_AT_ONCE = threading.BoundedSemaphore(3)  # comparisons, of all visitors


@dataclass(frozen=True, slots=True)
class _ToldEvent:
    number: int
    moment: str
    verdict: str
    verdict_code: str
    engine: str
    reasons: list[str]
    more_reasons: int
    has_result: bool


@dataclass(frozen=True, slots=True)
class _ToldFile:
    source: str
    target: str
    events: list[_ToldEvent]
    standing: list[str]
    links: str
    linked: list[tuple[str, str, str]]
    more_linked: int


def _history(visit: Visit) -> Response:
    """The answer to a question; the form alone without one."""
    text = visit.query.get("file", "")[:_LONGEST_QUESTION].strip()
    owner = visit.query.get("owner", "")[:_LONGEST_QUESTION].strip()
    since = visit.query.get("since", "")
    language = visit.language
    moment = since_moment(since, datetime.now().astimezone()) if since in SINCE else ""
    owners = _owners(visit, owner) if owner else ()
    with visit.site.database.connect() as connection:
        history = history_of(connection, Question(text, owners, moment, _FILES, local=False))
        full = [(file, links_of(connection, file, moment)) for file in history.files[:_IN_FULL]]
    head = history_sentence(
        language, f"match_{history.match.value}",
        files=counted("files", len(history.files), language), text=shown(text),
    ) if history.match is not Match.NOTHING else ""  # fmt: skip
    return visit.page(
        "helpdesk_history.html.j2",
        text=text,
        owner=owner,
        since=since if since in SINCE else "",
        all_since=SINCE,
        head=head,
        partial=history.partial,
        more=history.more,
        files=[_told_file(file, links, language) for file, links in full],
        rest=[
            (moment_text(file.newest.finished, language), verdict_text(file.newest, language), shown(file.source))
            for file in history.files[_IN_FULL:]
        ],
        local=not visit.site.policy.proxy,
        history=lambda code: history_sentence(language, code),
    )  # fmt: skip


def _owners(visit: Visit, owner: str) -> tuple[str, ...]:
    """A name as it stands in the database: as it is, or as its pseudonym."""
    try:
        return owner, people_of(visit.site.database).account(owner)
    except InventoryError:  # the key of pseudonyms is elsewhere
        return (owner,)


def _told_file(file: FileHistory, links: Links, language: str) -> _ToldFile:
    newest = file.newest
    changed = links.changed
    return _ToldFile(
        shown(file.source),
        shown(newest.target) if newest.target_sha256 else "",
        [_told_event(event, language) for event in file.events],
        standing_sentences(file, language),
        links_text(links, language),
        [linked_texts(one, language) for one in changed[:_LINKED]],
        max(len(changed) - _LINKED, 0),
    )


def _told_event(event: Event, language: str) -> _ToldEvent:
    reasons = reasons_of(event.outcome, language) if event.outcome is not None else []
    return _ToldEvent(
        event.job_id,
        moment_text(event.finished, language),
        verdict_text(event, language),
        event.outcome.verdict.value if event.outcome is not None else "",
        engine_text(event, language),
        reasons[:_REASONS],
        max(len(reasons) - _REASONS, 0),
        bool(event.target_sha256),
    )


# -- versions ------------------------------------------------------------------------------------------------------


def _ask_versions(visit: Visit) -> Response:
    """The form or, on one's own computer, the versions of a conversion of the ledger."""
    number = visit.query.get("conversion", "")
    if not number:
        return visit.page("helpdesk_versions.html.j2", versions=None, unknown=False)
    if visit.site.policy.proxy:  # the program may read more than whoever asks: they bring what they may read
        raise Refused(403, "no_role")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise Refused(404, "not_found")
    with visit.site.database.connect() as connection:
        event = conversion(connection, int(number))
    if event is None or not event.target_sha256:
        raise Refused(404, "not_found")
    note_opening(visit.site.database, visit.who.name, "view", event.source, event.source_sha256)
    return _compared(visit, Path(event.source), Path(event.target), event, shown(Path(event.target).name))


def _compare(visit: Visit) -> Response:
    """What somebody brings: the file as it is now, the original, or both."""
    present, original = upload(visit, "present"), upload(visit, "original")
    if present is None and original is None:
        raise Refused(400, "no_file")
    with tempfile.TemporaryDirectory(dir=desk_of(visit).folder) as folder:
        paths = {
            role: _stored(file, Path(folder) / role)
            for role, file in (("present", present), ("original", original))
            if file is not None
        }
        event = _event(visit, paths)
        if event is None:
            return visit.page("helpdesk_versions.html.j2", versions=None, unknown=True)
        name = name_of(present or original)  # type: ignore[arg-type]  # one of them is there
        return _compared(visit, _original(visit, paths, event), paths.get("present"), event, name)


def _stored(file: UploadFile, folder: Path) -> Path:
    """A file of the form in a folder of its own, under a name of ours with its ending."""
    folder.mkdir(mode=0o700)
    ending = Path(name_of(file)).suffix
    path = folder / f"file{ending if ending[1:].isalnum() and ending.isascii() else ''}"
    with path.open("xb") as target:
        shutil.copyfileobj(file.file, target)
    return path


def _event(visit: Visit, paths: Mapping[str, Path]) -> Event | None:
    """The conversion that made the present file, or the newest of the original, that wrote a result."""
    hashes = []
    if "original" in paths:
        hashes.append(hash_file(paths["original"]))
    if "present" in paths and (told := read_provenance(paths["present"]).get(SOURCE_HASH)):
        hashes.append(told)
    with visit.site.database.connect() as connection:
        events = [event for sha256 in hashes for event in conversions_of(connection, sha256)]
    written = [event for event in events if event.target_sha256]
    if "present" in paths:
        own = hash_file(paths["present"])
        written.sort(key=lambda event: event.target_sha256 != own)
    return written[0] if written else None


def _original(visit: Visit, paths: Mapping[str, Path], event: Event) -> Path | None:
    """What was brought; on one's own computer else the file that the ledger names."""
    if "original" in paths:
        return paths["original"]
    return None if visit.site.policy.proxy else Path(event.source)


def _compared(visit: Visit, original: Path | None, present: Path | None, event: Event, name: str) -> Response:
    if not _AT_ONCE.acquire(timeout=30):
        raise Refused(429, "busy")
    try:
        versions = versions_of(original, present, event, desk_of(visit).folder)
    finally:
        _AT_ONCE.release()
    language = visit.language
    return visit.page(
        "helpdesk_versions.html.j2",
        versions=versions,
        name=name,
        converted=moment_text(event.finished, language),
        written=sentence("versions", f"written_{versions.written.value}", language),
        steps=_told_steps(versions, language),
        unknown=False,
    )


def _told_steps(versions: Versions, language: str) -> list[dict[str, object]]:
    return [
        _told_step(code, step, language)
        for code, step in (("conversion", versions.conversion), ("people", versions.people))
    ]


def _told_step(code: str, step: Step, language: str) -> dict[str, object]:
    return {
        "code": code,
        "heading": sentence("versions", code, language),
        "error": step_error(step, language) if step.error else "",
        "nothing": sentence("versions", "nothing", language) if step.nothing else "",
        "changes": [
            (
                shown(describe_place(change.place, language)),
                sentence("versions", change.kind.value, language),
                shown(change.before),
                shown(change.after),
            )
            for change in step.changes.listed[:_CHANGES]
        ],
        "more": max(step.changes.count - _CHANGES, 0),
        "counted": counted_lines(step, language),
    }


ROUTES = (
    Page("/helpdesk/history", _history, HELPDESK),
    Page("/helpdesk/versions", _ask_versions, HELPDESK),
    Page("/helpdesk/versions/compare", _compare, HELPDESK, "POST", uploads=True),
)
