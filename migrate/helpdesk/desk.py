"""Files that people brought, while they are looked into: each visitor's own, worked on in processes, gone after a time.

A case's files lie in a folder that this account alone can enter, one for each case; they and the answer end with the
program, when the time is over or when their owner says so. The record in the database (:mod:`migrate.helpdesk.cases`)
stays. What an earlier run that was killed left behind is deleted at the next start.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
import os
import queue
import re
import shutil
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import psutil
from sqlalchemy import Engine

from converters.contents.places import page_of, texts_at
from converters.errors import REFUSALS, ConverterError
from converters.losses import Loss, Place
from converters.outcome import Verdict, verdict_for
from converters.rendered_pages import RenderedPages
from converters.workers import WorkerLimits, WorkerPool
from migrate.helpdesk.answer import Act, Answer
from migrate.helpdesk.cases import forget_contents, open_case, overdue, settle_case
from migrate.helpdesk.fix import fix
from migrate.page_pictures import Wish, compare_in_worker

PAGES = 12  # of each document that are drawn
MOST_WAITING = 5  # cases of one visitor that are not done
MOST_KEPT = 50  # of one visitor: the content of older ones goes before its time
_MOST_WAITING_OF_ALL = 100
_PLACES = 10  # of each loss, whose pages are looked for
_PLACE_SECONDS = 30.0
_SWEEP_SECONDS = 300.0
_BLOCK_BYTES = 1 << 20
_PREFIX = "migrate-cases-"
_FOLDER = re.compile(rf"{_PREFIX}(\d+)-")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_LOG = logging.getLogger("migrate.helpdesk")


class Busy(Exception):
    """Too much is waiting already."""


class Stage(StrEnum):
    WAITING = "waiting"
    FIXING = "fixing"
    DRAWING = "drawing"  # there is an answer; its pictures are being made
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for: see :func:`migrate.helpdesk.fix.fix`."""

    symptom: str | None = None
    password: str | None = field(default=None, repr=False)
    reencrypt: bool = True


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of one document as a picture in the case's folder; its size in points."""

    path: Path
    width: float
    height: float


@dataclass(slots=True)
class Work:
    """A case as long as its content is kept. ``name`` is the file's as its owner calls it, never a path of ours."""

    case: str
    visitor_key: str
    name: str
    sha256: str
    ticket: str
    folder: Path
    source: Path
    choice: Choice
    stage: Stage = Stage.WAITING
    answer: Answer | None = None
    verdict: Verdict | None = None
    target: Path | None = None
    text_file: Path | None = None
    rendered: RenderedPages | None = None
    pages: tuple[tuple[Drawn | None, Drawn | None], ...] = ()
    loss_pages: tuple[tuple[int, ...], ...] = ()  # of each loss of the answer, as far as they were found
    failed: bool = False
    attempt: int = 0


class Desk:
    """All cases of a program that serves. Its methods may be called from any thread."""

    def __init__(self, database: Engine, keep_hours: int, jobs: int = 2) -> None:
        _remove_what_is_left()
        self.database, self.keep_hours = database, keep_hours
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._works: dict[str, Work] = {}
        self._lock = threading.Lock()
        self._queue: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._ended = threading.Event()
        for number in range(jobs):
            threading.Thread(target=self._serve, name=f"helpdesk-{number}", daemon=True).start()
        threading.Thread(target=self._sweep_ever, name="helpdesk-sweep", daemon=True).start()

    def close(self) -> None:
        """Delete what is kept. Work under way ends with the program."""
        self._ended.set()
        with self._lock:
            numbers = list(self._works)
            self._works.clear()
        forget_contents(self.database, numbers)
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- what visitors ask for ---------------------------------------------------------------------------------

    def take(
        self, content: BinaryIO, name: str, *, visitor: str, visitor_key: str, ticket: str, choice: Choice
    ) -> str:
        """Take a file in and begin to look into it; answers the case's number. Raises Busy, OSError."""
        with self._lock:
            waiting = [work for work in self._works.values() if work.stage is not Stage.DONE]
            own = sum(work.visitor_key == visitor_key for work in waiting)
            if own >= MOST_WAITING or len(waiting) >= _MOST_WAITING_OF_ALL:
                raise Busy
            done = [
                work.case
                for work in self._works.values()
                if work.visitor_key == visitor_key and work.stage is Stage.DONE
            ]  # the oldest first
        if len(done) + own >= MOST_KEPT:
            self._forget(done[: len(done) + own - MOST_KEPT + 1])
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        ending = _ENDING.fullmatch(Path(name).suffix)
        source = folder / f"original{ending[0].lower() if ending else ''}"
        sha256, size = _store(content, source)
        number = open_case(
            self.database, visitor=visitor, visitor_key=visitor_key, ticket=ticket, name=name, sha256=sha256,
            size_bytes=size,
        )  # fmt: skip
        work = Work(number, visitor_key, name, sha256, ticket, folder, source, choice)
        with self._lock:
            self._works[number] = work
        self._queue.put(number)
        return number

    def again(self, number: str, visitor_key: str, choice: Choice) -> bool:
        """Look into a file once more with another choice; False where it is not there, or still worked on."""
        with self._lock:
            work = self._own(number, visitor_key)
            if work is None or work.stage is not Stage.DONE:
                return False
            work.choice, work.stage = choice, Stage.WAITING
            work.answer, work.verdict, work.rendered = None, None, None
            work.pages, work.loss_pages = (), ()
        self._queue.put(number)
        return True

    def look(self, number: str, visitor_key: str) -> Work | None:
        """A visitor's own case, as it is now; None for another's as for one whose content is gone."""
        with self._lock:
            work = self._own(number, visitor_key)
            return replace(work) if work is not None else None

    def delete(self, number: str, visitor_key: str) -> None:
        """Delete a visitor's own file and all that was made of it."""
        with self._lock:
            if self._own(number, visitor_key) is None:
                return
        self._forget([number])

    def sweep(self) -> None:
        """Delete what was kept long enough, and forget the names of files that earlier runs had."""
        with self.database.connect() as connection:
            numbers = overdue(connection, self.keep_hours)
        if numbers:
            self._forget(numbers)

    # -- work --------------------------------------------------------------------------------------------------

    def _own(self, number: str, visitor_key: str) -> Work | None:
        work = self._works.get(number)
        return work if work is not None and work.visitor_key == visitor_key else None

    def _forget(self, numbers: Sequence[str]) -> None:
        with self._lock:
            works = [work for number in numbers if (work := self._works.pop(number, None)) is not None]
        for work in works:
            shutil.rmtree(work.folder, ignore_errors=True)
        forget_contents(self.database, numbers)

    def _sweep_ever(self) -> None:
        while not self._ended.is_set():
            try:
                self.sweep()
            except Exception:  # a database that is away for a while must not end the deleting
                _LOG.exception("sweep")
            self._ended.wait(_SWEEP_SECONDS)

    def _serve(self) -> None:
        while not self._ended.is_set():
            number = self._queue.get()
            with self._lock:
                work = self._works.get(number)
            if work is None or self._ended.is_set():
                continue
            try:
                self._fix(work)
                self._draw(work)
            except Exception:
                if work.folder.is_dir():  # else it was deleted while it was worked on
                    _LOG.exception("case %s", number)
                work.failed = True
            finally:
                work.stage = Stage.DONE

    def _fix(self, work: Work) -> None:
        work.stage, work.failed = Stage.FIXING, False
        work.attempt += 1
        attempt = work.folder / str(work.attempt)
        attempt.mkdir(mode=0o700)
        source = attempt / work.source.name
        shutil.copyfile(work.source, source)
        choice = work.choice
        try:
            found = fix(
                source, symptom=choice.symptom, password=choice.password, reencrypt=choice.reencrypt, scratch=attempt
            )  # fmt: skip
        except ConverterError as error:
            found = Answer(source, "", choice.symptom, error=error.code, error_params=dict(error.params))
        finally:
            work.choice = replace(choice, password=None)
        work.target, work.text_file = found.target, found.text_file
        verdict = verdict_of(found)
        # a name of its owner, for what people read
        stem = Path(work.name).stem or "document"
        work.answer = replace(
            found,
            file=Path(work.name),
            target=Path(stem + found.target.suffix) if found.target else None,
            text_file=Path(stem + ".txt") if found.text_file else None,
            acts=tuple(_named(act, f"{stem}.txt") for act in found.acts),
        )
        work.verdict = verdict
        settle_case(
            self.database,
            work.case,
            kind=found.kind,
            symptom=choice.symptom or "",
            verdict=verdict.value,
            cause=found.causes[0].code if found.causes else "",
            actions=[act.code for act in found.acts],
            target_sha256=_sha256(found.target) if found.target else "",
        )
        opened = choice.password is not None
        work.stage = Stage.DRAWING if found.target and not opened and not found.mends else Stage.DONE

    def _draw(self, work: Work) -> None:
        """Draw original and result; neither can be drawn of what a password opened or was put together again."""
        if work.stage is not Stage.DRAWING or work.target is None:
            return
        rendered, pictures = compare_in_worker(Wish(work.source, work.target, PAGES, pictures=True))
        numbers = itertools.count()
        pages = []
        for page in pictures:
            pair = []
            for picture in (page.source, page.target):
                drawn = None
                if picture is not None:
                    path = work.folder / f"{work.attempt}-{next(numbers)}.webp"
                    path.write_bytes(picture.webp)
                    drawn = Drawn(path, picture.width, picture.height)
                pair.append(drawn)
            pages.append((pair[0], pair[1]))
        losses = work.answer.losses if work.answer is not None else ()
        found = _pages_of(losses, work.source, [page.words for page in pictures])
        work.rendered, work.pages, work.loss_pages = rendered, tuple(pages), found


def _pages_of(losses: Sequence[Loss], source: Path, words: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """On which drawn pages the first places of losses stand: slides by their numbers, others by their words."""
    places = {place for loss in losses for place in loss.examples[:_PLACES]}
    with WorkerPool(1, WorkerLimits(timeout_seconds=_PLACE_SECONDS)) as pool:
        texts = pool.run(_texts_at, (source, places)) if places else {}
    known: dict[Place, int] = {}
    for place, text in ({} if isinstance(texts, ConverterError) else texts).items():
        if (number := page_of(text, words)) is not None:
            known[place] = number
    for place in places:
        number = place.index if place.kind == "slide" else None
        if number is not None and number <= len(words):
            known[place] = number
    return tuple(
        tuple(sorted({known[place] for place in loss.examples[:_PLACES] if place in known})) for loss in losses
    )  # fmt: skip


def _texts_at(given: tuple[Path, set[Place]]) -> dict[Place, str]:
    return texts_at(*given)


def verdict_of(answer: Answer) -> Verdict:
    """A verdict as for every file; what was damaged needs a person whatever came of it."""
    if answer.target is not None:
        return Verdict.NEEDS_A_PERSON if answer.mends else verdict_for(answer.losses)
    return Verdict.REFUSED if answer.error in REFUSALS else Verdict.FAILED


def _named(act: Act, text_file: str) -> Act:
    """An act without a path of ours."""
    return replace(act, params={**act.params, "path": text_file}) if "path" in act.params else act


def _store(content: BinaryIO, target: Path) -> tuple[str, int]:
    """Write a new file, for its owner alone; answers its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := content.read(_BLOCK_BYTES):
            digest.update(block)
            size += len(block)
            file.write(block)
    return digest.hexdigest(), size


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_what_is_left() -> None:
    """Delete the folders of programs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        made_by = _FOLDER.match(folder.name)
        with contextlib.suppress(OSError):
            own = not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
            if made_by and own and not folder.is_symlink() and not psutil.pid_exists(int(made_by[1])):
                shutil.rmtree(folder, ignore_errors=True)
