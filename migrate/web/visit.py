"""What a page is, and what it is given: who asks, in which language, for what."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.responses import HTMLResponse, RedirectResponse, Response

from migrate.locale import LANGUAGES, sentence
from migrate.reports.pages import scrolling_tables
from migrate.reports.words import Words
from migrate.sentences import shown

if TYPE_CHECKING:
    from migrate.web.site import Site


class Role(StrEnum):
    MANAGER = "manager"
    IT = "it"
    HELPDESK = "helpdesk"


@dataclass(frozen=True, slots=True)
class Visitor:
    """``key`` tells visitors apart, and is what a page keeps what it keeps for one of them by; ``name`` is shown and
    logged: of the account in a team, of the user who started the program otherwise."""

    name: str
    key: str
    roles: frozenset[Role]


class Refused(Exception):
    """A page that cannot be given: a status and the code of its sentences in the locale (``error.*``)."""

    def __init__(self, status: int, code: str, **params: object) -> None:
        super().__init__(status, code, params)
        self.status, self.code, self.params = status, code, params


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. ``path`` holds the parameters of the page's path, ``query`` those of the address, ``form`` what was
    posted, checked to come from a page of ours; its files are closed when the answer is made."""

    site: Site
    visitor: Visitor | None
    words: Words
    address: str
    path: Mapping[str, str]
    query: QueryParams
    form: FormData | None = None

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def who(self) -> Visitor:
        """The visitor; only for pages that have a role."""
        assert self.visitor is not None
        return self.visitor

    @property
    def csrf(self) -> str:
        """What every form must carry: nobody can guess it, and it serves this visitor alone."""
        if self.visitor is None:
            return ""
        return hmac.new(self.site.key, self.visitor.key.encode(), hashlib.sha256).hexdigest()

    def may(self, role: Role) -> bool:
        return self.visitor is not None and role in self.visitor.roles

    def t(self, code: str, **params: object) -> str:
        """A sentence of the table ``web``; numbers, dates and money in the form of the visitor's region."""
        return self.term("web", code, **params)

    def term(self, table: str, code: str, **params: object) -> str:
        """A sentence of any table."""
        told = {name: self.words.shown(value) for name, value in params.items()}
        return sentence(table, code, self.language, **told)

    def named(self, table: str, code: str, otherwise: str) -> str:
        """A sentence that not every code of its kind has."""
        text = self.term(table, code)
        return otherwise if text == code else text

    def bytes(self, size: int) -> str:
        """A size in bytes, kilobytes or megabytes."""
        if size < 1_000_000:
            return self.t(
                "kilobytes", size=self.words.decimal(Decimal(size) / 1000, 1 if size < 10_000 else 0)
            )
        return self.words.t("megabytes", size=self.words.decimal(Decimal(size) / 1_000_000, 1))

    def d(self, code: str, **params: object) -> str:
        """A sentence of the table ``desk``: pages of the helpdesk, alerts."""
        return self.term("desk", code, **params)

    def field(self, name: str) -> str:
        """A text of the form, without blanks around it; empty where it has none."""
        value = self.form.get(name, "") if self.form is not None else ""
        return value.strip() if isinstance(value, str) else ""

    def page(self, template: str, *, status: int = 200, scrolling: bool = False, **values: Any) -> Response:
        """The page that a template makes; it knows ``visit``, ``t``, ``d``, ``term``, ``shown``, ``words`` and ``values``.

        ``scrolling``: each table with a caption gets a region of its own, as in the report.
        """
        own = {
            "visit": self,
            "t": self.t,
            "d": self.d,
            "term": self.term,
            "shown": shown,
            "words": self.words,
        }
        text = self.site.templates.get_template(template).render(own | values)
        return HTMLResponse(scrolling_tables(text) if scrolling else text, status)

    def refusal(self, refused: Refused) -> Response:
        """The page that says why another one cannot be given."""
        return self.page("refused.html.j2", status=refused.status, code=refused.code, params=refused.params)

    def redirect(self, path: str) -> Response:
        """To another page of ours, after a form: going back and forth sends nothing twice."""
        assert path.startswith("/") and not path.startswith("//")
        return RedirectResponse(path, 303)

    def with_query(self, **changed: object) -> str:
        """This page's address with other parameters; one that is empty is left out."""
        kept = [(name, value) for name, value in self.query.multi_items() if name not in changed]
        text = urlencode([*kept, *((name, str(value)) for name, value in changed.items() if value)])
        return self.address + (f"?{text}" if text else "")

    @property
    def languages(self) -> tuple[str, ...]:
        return LANGUAGES


Show = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """A line of a module's ``ROUTES``. ``show`` runs in a thread of its own and may block, or raise :class:`Refused`.

    ``role`` is who may see it: any of several, or, where it is empty, everybody who came in. ``uploads``: the form may
    carry a file up to the limit of the configuration; all others are small.
    """

    path: str
    show: Show
    role: frozenset[Role] = frozenset()
    method: str = "GET"
    uploads: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the navigation: a page, the code of its name (``nav.*``) and of its sentence (``about.*``)."""

    path: str
    code: str
    role: Role
