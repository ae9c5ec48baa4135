"""One client for one tenant: tokens, waiting, trying again, errors as types, pages and batches.

Every thread has a connection of its own; the gate and the tokens are everybody's. Whatever is answered is JSON of a
bounded size, or bytes that a link with its own leave gives.
"""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol, cast
from urllib.parse import urljoin
from uuid import uuid4

import requests
import urllib3

from inventory.graph.calls import CALLS, Budget, Call
from inventory.graph.clock import Clock
from inventory.graph.clouds import VERSION, Cloud, host_of
from inventory.graph.errors import (
    FatalError,
    GraphError,
    Meaning,
    PermanentError,
    Told,
    TransientError,
    error_of,
    lower_headers,
    told_by,
)
from inventory.graph.gate import Gate
from inventory.graph.spent import Spent
from inventory.graph.token import Tokens, claims_challenge
from inventory.graph.wire import (
    CONNECT_SECONDS,
    READ_SECONDS,
    Network,
    is_untrusted,
    plain_session,
    session_for,
)

AGENT = "NONISV|OfficeMigrationAssistant|Inventory/1.0"
BATCH_PARTS = 20
_ANSWER_BYTES = 64_000_000
_ERROR_BYTES = 64_000
_CHUNK = 1 << 16
_KEPT_IN_MEMORY = 8_000_000
_UNSENT = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often something is asked for. ``tries``: without an answer; ``throttled``: told to wait. The pause before a
    try that nobody named the time for doubles from ``first_seconds`` to ``longest_seconds``."""

    tries: int = 6
    throttled: int = 60
    first_seconds: float = 0.5
    longest_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list. ``next_link`` leads on and may do so from a page without values; ``delta_link`` to what changed
    since."""

    values: list[Json]
    next_link: str = ""
    delta_link: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class Budgeted(Protocol):
    """Units of a day that are shared with other processes."""

    units_a_day: int

    def spend(self, units: int) -> None: ...

    def seconds_left(self, units: int) -> float: ...


class GraphClient:
    """``spent`` counts what was asked; ``clock`` learns from every answer; ``day`` holds SharePoint's units of a day, where
    somebody keeps them."""

    def __init__(
        self,
        cloud: Cloud,
        tokens: Tokens,
        network: Network | None = None,
        *,
        gate: Gate | None = None,
        patience: Patience | None = None,
        clock: Clock | None = None,
        agent: str = AGENT,
    ) -> None:
        self.cloud, self.tokens = cloud, tokens
        self.gate = gate or Gate()
        self.spent = Spent()
        self.day: Budgeted | None = None
        self.clock = clock or Clock()
        self._network = network or Network()
        self._patience = patience or Patience()
        self._agent = agent
        self._own = threading.local()

    def get(self, call: Call, url: str) -> Json:
        """The document of a call. Raises GraphError."""
        return self._document(call, self._sent(call, "GET", url))

    def page(self, call: Call, link: str = "", **ids: str) -> Page:
        """A page: the first of a call, or the one that a link of the page before leads to. Raises GraphError.

        A link is followed as it is, and to the configured host alone.
        """
        url = self._checked(call, link) if link else call.url(self.cloud, **ids)
        document = self.get(call, url)
        values = document.get("value")
        if not isinstance(values, list):
            raise TransientError(Meaning.UNANSWERED, call.name, detail="no list")
        page = Page(
            [value for value in values if isinstance(value, dict)],
            str(document.get("@odata.nextLink") or ""),
            str(document.get("@odata.deltaLink") or ""),
        )
        if page.next_link and page.next_link == link:
            raise PermanentError(Meaning.OTHER, call.name, detail="the page leads to itself")
        return page

    def resync_link(self, error: GraphError) -> str:
        """Where an answer 410 says that the listing begins anew; empty where it does not, or leads elsewhere."""
        location = error.told.headers.get("location", "")
        return location if self.follows(location) else ""

    def batch(self, call: Call, asked: Mapping[str, Mapping[str, str]]) -> dict[str, Json | GraphError]:
        """Answers to at most 20 calls of a kind by their keys; ``asked`` maps keys to the ids of a path.

        Each part counts as a request, and each that was told to wait comes back as a TransientError.
        """
        batch = CALLS["batch"]
        numbered = {str(number): key for number, key in enumerate(asked)}
        parts = []
        for number, key in numbered.items():
            part: Json = {"id": number, "method": "GET", "url": call.path_for(**asked[key])}
            parts.append(part | ({"headers": {"ConsistencyLevel": "eventual"}} if call.eventual else {}))
        self._enter(call, call.units * len(parts) - 1)
        document = self._document(
            batch, self._sent(batch, "POST", f"{self.cloud.root}/$batch", {"requests": parts})
        )
        answers: dict[str, Json | GraphError] = {}
        wait = 0.0
        for part in document.get("responses", ()):
            key = numbered.get(str(part.get("id")), "")
            status = int(part.get("status") or 0)
            headers = lower_headers(part.get("headers") or {})
            body = part.get("body")
            self._count(call, status)
            if 200 <= status < 300 and isinstance(body, dict):
                answers[key] = body
                continue
            error = error_of(told_by(status, json.dumps(body), headers), call.name)
            if error.meaning is Meaning.THROTTLED:
                wait = max(wait, error.retry_after_seconds or self._patience.first_seconds)
            answers[key] = error
        if wait:
            self.gate.close(wait)
        missing = TransientError(Meaning.UNANSWERED, call.name, detail="no part")
        return {key: answers.get(key, missing) for key in asked}

    def report(self, call: Call, **ids: str) -> Iterator[dict[str, str]]:
        """The rows of a usage report by their headings. Raises GraphError, before the first row."""
        content = self._fetched(call, call.url(self.cloud, **ids))
        text = io.TextIOWrapper(content, "utf-8-sig", "replace", newline="")
        return ({k: v for k, v in row.items() if k and v is not None} for row in csv.DictReader(text))

    def content(self, **ids: str) -> BinaryIO:
        """The bytes of a drive item. Raises GraphError."""
        call = CALLS["content"]
        return self._fetched(call, call.url(self.cloud, **ids))

    def _fetched(self, call: Call, url: str) -> BinaryIO:
        """What a call's redirection leads to: a link with its own leave, which no token is sent to. It lives for
        minutes, so that after a break a new one is asked for."""
        for attempt in range(self._patience.tries):
            answer = self._sent(call, "GET", url)
            if answer.status == 200:
                return io.BytesIO(answer.body)
            target = urljoin(url, answer.headers.get("location", ""))
            try:
                return self._copied(call, target)
            except TransientError:
                if attempt + 1 == self._patience.tries:
                    raise
                self.gate.wait(self._pause(attempt))
        raise AssertionError("unreachable")

    def _copied(self, call: Call, url: str) -> BinaryIO:
        session = self._session("plain", lambda: plain_session(self._network))
        copy = tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY)  # noqa: SIM115 - the caller closes it
        try:
            with session.get(
                url,
                stream=True,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                headers={"User-Agent": self._agent, "Accept-Encoding": "identity"},
            ) as answer:
                if answer.status_code != 200:
                    body = _limited(answer, _ERROR_BYTES).decode("utf-8", "replace")
                    told = told_by(answer.status_code, body, lower_headers(answer.headers))
                    error = error_of(told, call.name)
                    if answer.status_code in (401, 403, 404, 410):  # the link was too old
                        error = TransientError(Meaning.UNANSWERED, call.name, told)
                    raise error
                for chunk in answer.iter_content(_CHUNK):
                    copy.write(chunk)
        except _UNSENT as error:
            raise TransientError(Meaning.UNANSWERED, call.name, detail=type(error).__name__) from None
        copy.seek(0)
        return cast(BinaryIO, copy)

    def follows(self, link: str) -> bool:
        """Whether a link leads to the configured host; no other gets a token."""
        return host_of(link) == host_of(self.cloud.graph) and f"/{VERSION}/" in link

    def _checked(self, call: Call, link: str) -> str:
        if not self.follows(link):
            raise PermanentError(Meaning.NOT_ALLOWED, call.name, detail="host")
        return link

    def _document(self, call: Call, answer: _Answer) -> Json:
        try:
            document = json.loads(answer.body)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise TransientError(Meaning.UNANSWERED, call.name, Told(answer.status), detail="no document")
        return document

    def _sent(self, call: Call, method: str, url: str, body: Json | None = None) -> _Answer:
        """An answer that is one, after as many tries as patience allows. Raises GraphError."""
        untaken, unanswered, throttled = False, 0, 0
        while True:
            self._enter(call, max(call.units, 1))
            token = self.tokens.token()
            try:
                return self._once(call, method, url, body, token)
            except PermanentError as error:
                if error.status != 401 or error.meaning is not Meaning.TOKEN:
                    raise
                if untaken:
                    # a drive that was just made refuses for a while; anywhere else nothing more will be answered
                    raise (error if call.budget is Budget.SHAREPOINT else _as_fatal(error)) from None
                untaken = True
                self.tokens.renew(token, claims_challenge(error.told.headers.get("www-authenticate", "")))
            except TransientError as error:
                wait = error.retry_after_seconds
                if error.meaning is Meaning.THROTTLED:
                    throttled += 1
                    if throttled >= self._patience.throttled:
                        raise
                    self.gate.close(self._pause(throttled) if wait is None else wait)
                    continue
                unanswered += 1
                if unanswered >= self._patience.tries:
                    raise
                self.gate.wait(self._pause(unanswered) if wait is None else wait)

    def _enter(self, call: Call, units: int) -> None:
        """Return when units may be asked for. Raises StoppedError."""
        if self.day is not None and call.budget is Budget.SHAREPOINT:
            while (seconds := self.day.seconds_left(units)) > 0:
                self.gate.close(seconds)
                self.gate.enter(0)
        self.gate.enter(units)

    def _count(self, call: Call, status: int) -> None:
        self.spent.count(call, status)
        if self.day is not None and call.budget is Budget.SHAREPOINT:
            self.day.spend(call.units)

    def _once(self, call: Call, method: str, url: str, body: Json | None, token: str) -> _Answer:
        session = self._session("graph", lambda: session_for(self.cloud, self._network))
        headers = {
            "Authorization": f"Bearer {token}",
            "User-Agent": self._agent,
            "Accept": "application/json",
            "client-request-id": str(uuid4()),
        }
        if call.eventual:
            headers["ConsistencyLevel"] = "eventual"
        if call.budget is Budget.DIRECTORY:
            headers["x-ms-throttle-priority"] = "Low"
        try:
            with session.request(
                method,
                url,
                headers=headers,
                json=body,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            ) as answer:
                told_headers = lower_headers(answer.headers)
                status = answer.status_code
                content = _limited(answer, _ANSWER_BYTES if status < 400 else _ERROR_BYTES)
        except _UNSENT as error:
            self._count(call, 0)
            if is_untrusted(error):
                raise FatalError(Meaning.UNTRUSTED, call.name) from None
            raise TransientError(Meaning.UNANSWERED, call.name, detail=type(error).__name__) from None
        self._count(call, status)
        self.clock.note(told_headers)
        if call.budget is Budget.SHAREPOINT:
            self.gate.heed(told_headers)
        if status >= 400:
            raise error_of(told_by(status, content.decode("utf-8", "replace"), told_headers), call.name)
        return _Answer(status, told_headers, content)

    def _session(self, name: str, make: Callable[[], requests.Session]) -> requests.Session:
        """This thread's session of a kind."""
        session: requests.Session | None = getattr(self._own, name, None)
        if session is None:
            session = make()
            setattr(self._own, name, session)
        return session

    def _pause(self, attempt: int) -> float:
        longest = min(self._patience.first_seconds * 2**attempt, self._patience.longest_seconds)
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 - workers apart, not a secret


def _as_fatal(error: GraphError) -> FatalError:
    return FatalError(error.meaning, error.call, error.told)


def _limited(answer: requests.Response, size: int) -> bytes:
    """The body of an answer, no more than so many bytes. Raises OSError beyond."""
    chunks, found = [], 0
    for chunk in answer.iter_content(_CHUNK):
        chunks.append(chunk)
        found += len(chunk)
        if found > size:
            raise OSError("too long")
    return b"".join(chunks)
