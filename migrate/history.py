"""What happened to a file: every conversion that the ledger knows of it, found by path, name, bytes, owner or day.

The ledger's rows are counted in millions: each way to understand a question is one or two conditions that an index
serves, and of what they find only the newest are read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true, union_all

from converters.errors import Failed
from converters.outcome import Outcome
from converters.provenance import SOURCE_HASH, read_provenance
from inventory.accounts import accounts_called
from inventory.columns import stored_path
from inventory.item_paths import items_at, owned_paths
from inventory.names import known_name, known_parts
from migrate.batch.staging import hash_file
from migrate.ledger import jobs

LISTED = 20  # files of an answer, unless another number is asked for
EVENTS = 20  # conversions of one file
_ROWS_A_FILE = 50  # read for each file of an answer: a file may have been converted often
_OWNED = 20_000  # files of an owner that are looked for in the ledger
_WALKED = 50_000  # newest conversions whose owner is looked up where somebody owns more
_CANDIDATES = 2_000  # conversions of one name among which the folders of a path decide
_KEYS_A_QUERY = 500
_AFTER_ALL = "\U0010ffff"


class Match(StrEnum):
    """How the files of an answer were found."""

    PATH = "path"
    FOLDER = "folder"
    CONTENT = "content"  # the bytes that were converted, or that a result says it was made of
    END_OF_PATH = "end_of_path"  # the last folders and the name agree
    NAME = "name"
    BEGINNING = "beginning"  # of a name
    PATTERN = "pattern"
    ALL = "all"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Question:
    """``text``: a path, a name or a pattern; empty for every file. ``owners``: ways to write an owner's name.
    ``since``: UTC in ISO 8601, empty for ever.

    ``local``: the path may be one of this machine, whose file is then looked at; never for what a browser sends.
    """

    text: str = ""
    owners: tuple[str, ...] = ()
    since: str = ""
    limit: int = LISTED
    local: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """A conversion. ``finished`` is empty where a run has not ended it, ``outcome`` missing where none was told.
    ``options`` are the ledger's text."""

    job_id: int
    run_id: str
    state: str
    finished: str
    source: str
    source_sha256: str
    target: str
    target_sha256: str
    options: str
    conversions: int
    outcome: Outcome | None

    def as_json(self) -> dict[str, Any]:
        told = self.outcome.as_json() if self.outcome is not None else {}
        return {
            "finished": self.finished or None,
            "state": self.state,
            "source": self.source,
            "target": self.target,
            "verdict": told.get("verdict"),
            "engine": told.get("engine"),
            "engine_reason": told.get("engine_reason") or None,
            "losses": told.get("losses", []),
            "error": told.get("error"),
            "error_params": told.get("error_params", {}),
            "source_sha256": self.source_sha256,
            "target_sha256": self.target_sha256 or None,
            "conversions": self.conversions,
            "run": self.run_id,
        }


@dataclass(frozen=True, slots=True)
class FileHistory:
    """Conversions of one source, the newest first; never empty."""

    source: str
    events: tuple[Event, ...]

    @property
    def newest(self) -> Event:
        return self.events[0]


@dataclass(frozen=True, slots=True)
class History:
    """``more``: further files match. ``accounts`` are those that the owner's name means; ``partial``: they own so many
    files that only some were looked at."""

    question: Question
    match: Match
    files: tuple[FileHistory, ...] = ()
    more: bool = False
    accounts: int = 0
    partial: bool = False


# conditions of which each is served by one index, and a job meets one of them
Arms = Sequence[ColumnElement[bool]]


def history_of(connection: Connection, question: Question) -> History:
    """The files that a question means, those that were converted last before others."""
    accounts = accounts_called(connection, question.owners)
    if question.owners and not accounts:
        return History(question, Match.NOTHING)
    if accounts and not question.text:
        sources, partial = _sources_of_owner(connection, accounts, question)
        match, more = Match.ALL, len(sources) > question.limit
    else:
        match, sources, more = _sources_of_text(connection, accounts, question)
        partial = False
    files = tuple(_history(connection, source, question.since) for source in sources[: question.limit])
    return History(
        question, match if files else Match.NOTHING, files, more and bool(files), len(accounts), partial
    )


def conversions_of(connection: Connection, source_sha256: str, limit: int = LISTED) -> list[Event]:
    """What was made of these bytes, wherever they lay, the newest first."""
    return _events(connection, jobs.c.source_sha256 == source_sha256, limit)


def conversion(connection: Connection, job_id: int) -> Event | None:
    """One conversion by its number."""
    return next(iter(_events(connection, jobs.c.id == job_id, 1)), None)


# -- ways to understand a question ---------------------------------------------------------------------------------


def _sources_of_text(
    connection: Connection, accounts: Sequence[int], question: Question
) -> tuple[Match, list[str], bool]:
    """The way that finds something first, with its sources, and whether there are more of them."""
    for match, arms in _ways(connection, question):
        rows = (question.limit + 1) * _ROWS_A_FILE
        rows = max(rows, _CANDIDATES) if accounts else rows
        many = match in (Match.PATTERN, Match.BEGINNING)
        found = _Newest(connection, arms, question.since, rows, many_names=many)
        sources: list[str] = []
        for group in found:
            sources += _owned(connection, group, accounts) if accounts else group
            if len(sources) > question.limit:
                break
        if sources:
            return match, sources, len(sources) > question.limit or found.cut
    return Match.NOTHING, [], False


def _ways(connection: Connection, question: Question) -> Iterator[tuple[Match, Arms]]:
    """The surest first; the later ones cost a look-up only where they are needed."""
    text = question.text
    if not text:
        yield Match.ALL, [true()]
        return
    if re.search(r"[*?]", text):
        pattern = _escaped(stored_path(known_name(text))).replace("*", "%").replace("?", "_")
        yield Match.PATTERN, [column.like(pattern, escape="!") for column in _NAMES]
        return
    here = question.local and os.path.lexists(text)
    if here or "/" in text or "\\" in text:
        absolute = os.path.abspath(text) if question.local else text  # noqa: PTH100 - no links resolved
        paths = list(dict.fromkeys((text, absolute)))
        yield Match.PATH, [column.in_(paths) for column in (jobs.c.source, jobs.c.target)]
        for path in paths:
            yield Match.FOLDER, [_begins(connection, jobs.c.source, path.rstrip("/") + "/")]
        for sha256 in _hashes(Path(text)) if here else ():
            yield Match.CONTENT, [jobs.c.source_sha256 == sha256]
        if found := _by_end(connection, known_parts(text)):
            yield Match.END_OF_PATH, [jobs.c.id.in_(found)]
    name = known_name(text)
    yield Match.NAME, [column == name for column in _NAMES]
    yield Match.BEGINNING, [_begins(connection, column, name) for column in _NAMES]


_NAMES = (jobs.c.source_name, jobs.c.target_name)


def _hashes(path: Path) -> list[str]:
    """What a file that is here was made of, and its own bytes: the ledger knows it by another path."""
    if not path.is_file():
        return []
    try:
        return [sha256 for sha256 in (read_provenance(path).get(SOURCE_HASH), hash_file(path)) if sha256]
    except (OSError, Failed):
        return []


def _by_end(connection: Connection, parts: Sequence[str]) -> list[int]:
    """Jobs of the name whose folders agree farthest with a path from its end, by one folder at least."""
    if len(parts) < 2:
        return []
    agree: dict[int, int] = {}
    for name, path in zip(_NAMES, (jobs.c.source, jobs.c.target), strict=True):
        rows = connection.execute(
            select(jobs.c.id, path.label("path"))
            .where(name == parts[-1], path.ilike(_end(parts), escape="!"))
            .order_by(jobs.c.finished.desc())
            .limit(_CANDIDATES)
        )
        for row in rows:
            agree[row.id] = max(agree.get(row.id, 0), _agreeing(parts, row.path))
    most = max(agree.values(), default=0)
    return [number for number, parts_agree in agree.items() if parts_agree == most] if most > 1 else []


def _end(parts: Sequence[str]) -> str:
    """A pattern for paths that end so: letters whose case or accents a database may not know stand open (ss: ß)."""
    return "%/" + re.sub(r"[^\x20-\x7e]+|ss", "%", _escaped("/".join(parts[-2:])))


def _agreeing(parts: Sequence[str], path: str) -> int:
    """How many parts two paths share from their ends."""
    count = 0
    for one, other in zip(reversed(parts), reversed(known_parts(path)), strict=False):
        if one != other:
            break
        count += 1
    return count


def _begins(connection: Connection, column: Any, beginning: str) -> ColumnElement[bool]:
    """A text's beginning, by the column's index."""
    if connection.dialect.name == "sqlite":  # which compares bytes: a range is a beginning
        within: ColumnElement[bool] = column.between(beginning, beginning + _AFTER_ALL)
        return within
    like: ColumnElement[bool] = column.like(_escaped(stored_path(beginning)) + "%", escape="!")
    return like


def _escaped(text: str) -> str:
    return re.sub(r"([%_!])", r"!\1", text)


# -- whose files ---------------------------------------------------------------------------------------------------


def _owned(connection: Connection, sources: Sequence[str], accounts: Sequence[int]) -> list[str]:
    """Those of some sources that accounts own."""
    placed = items_at(connection, sources)
    return [source for source in sources if source in placed and placed[source].owner_id in accounts]


def _sources_of_owner(
    connection: Connection, accounts: Sequence[int], question: Question
) -> tuple[list[str], bool]:
    """The owner's newest sources and one more than is asked for, if there are; whether some files were left out.

    Of few files the ledger is asked about each; where somebody owns more, the newest conversions are asked whose they are.
    """
    paths = owned_paths(connection, accounts, _OWNED + 1)
    if len(paths) <= _OWNED:
        newest: dict[str, str] = {}
        for first in range(0, len(paths), _KEYS_A_QUERY):
            statement = select(jobs.c.source, jobs.c.finished).where(
                jobs.c.source.in_(paths[first : first + _KEYS_A_QUERY]), *_since(question.since)
            )
            for row in connection.execute(statement):
                newest[row.source] = max(newest.get(row.source, ""), row.finished)
        if newest or not paths:
            return sorted(newest, key=lambda source: newest[source], reverse=True), False
    # many files, or files that were converted under another path than they were scanned
    sources: list[str] = []
    found = _Newest(connection, [true()], question.since, _WALKED)
    for group in found:
        sources += _owned(connection, group, accounts)
        if len(sources) > question.limit:
            return sources, False
    return sources, found.cut


# -- rows ----------------------------------------------------------------------------------------------------------


class _Newest:
    """The sources of the newest jobs that meet one of some conditions, in groups, each source once.

    ``cut`` tells, when all were given, that there were more jobs than ``rows``.
    """

    def __init__(
        self, connection: Connection, arms: Arms, since: str, rows: int, *, many_names: bool = False
    ) -> None:
        self.connection, self.rows, self.cut = connection, rows, False
        # many names: SQLite would rather walk the index of moments, and read every row for its name
        finished = jobs.c.finished.concat("").label("finished") if many_names else jobs.c.finished
        parts = [select(jobs.c.id, finished).where(arm, *_since(since)) for arm in arms]
        if len(parts) > 1:
            joined = union_all(*parts).subquery()
            self._statement = select(joined.c.id, joined.c.finished)
        else:
            self._statement = parts[0]
        columns = self._statement.selected_columns
        self._statement = self._statement.order_by(columns.finished.desc(), columns.id.desc()).limit(rows + 1)

    def __iter__(self) -> Iterator[list[str]]:
        numbers = [row.id for row in self.connection.execute(self._statement)]
        self.cut = len(numbers) > self.rows
        given: set[str] = set()
        numbers = numbers[: self.rows]
        for first in range(0, len(numbers), _KEYS_A_QUERY):
            group = numbers[first : first + _KEYS_A_QUERY]
            rows = self.connection.execute(select(jobs.c.id, jobs.c.source).where(jobs.c.id.in_(group)))
            source_of = {row.id: row.source for row in rows}
            sources = dict.fromkeys(source_of[number] for number in group)
            yield [source for source in sources if source not in given]
            given.update(sources)


def _since(moment: str) -> list[ColumnElement[bool]]:
    return [jobs.c.finished >= moment] if moment else []


def _history(connection: Connection, source: str, since: str) -> FileHistory:
    return FileHistory(source, tuple(_events(connection, jobs.c.source == source, EVENTS, since)))


def _events(connection: Connection, which: ColumnElement[bool], limit: int, since: str = "") -> list[Event]:
    statement = select(jobs).where(which, *_since(since))
    rows: Iterable[Any] = connection.execute(
        statement.order_by(jobs.c.finished.desc(), jobs.c.id.desc()).limit(limit)
    )
    return [
        Event(
            job_id=row.id,
            run_id=row.run_id,
            state=row.state,
            finished=row.finished,
            source=row.source,
            source_sha256=row.source_sha256,
            target=row.target,
            target_sha256=row.target_sha256,
            options=row.options,
            conversions=row.conversions,
            outcome=Outcome.from_json(row.outcome) if row.outcome else None,
        )
        for row in rows
    ]
