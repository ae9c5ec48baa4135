"""Who comes in: by a token that works once and becomes a cookie, or by the word of the proxy in front of us."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import ipaddress
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from starlette.requests import Request

from migrate.policy import WebPolicy
from migrate.web.visit import Refused, Role, Visitor

IDLE_SECONDS = 12 * 3600.0
_MOST_SESSIONS = 1000
_LONGEST_NAME = 200
_GROUP = "group:"

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Entrance(Protocol):
    def visitor_of(self, request: Request) -> Visitor | None:
        """Who asks; None for somebody unknown. Raises Refused for a request that must not be answered at all."""


@dataclass(slots=True)
class _Session:
    visitor: Visitor
    used: float  # seconds of the monotonic clock


class LocalEntrance:
    """One computer, all roles. A token lets one browser in, once; the next token is announced then."""

    def __init__(self, announce: Callable[[str], None], port: int) -> None:
        self.cookie = f"migrate-{port}"  # cookies are shared by all ports of a host
        self._announce = announce
        self._name = _user()
        self._lock = threading.Lock()
        self._token = secrets.token_urlsafe(32)
        self._sessions: dict[str, _Session] = {}
        announce(self._token)

    def enter(self, token: str) -> str | None:
        """The value of the cookie for a token; None for a token that is wrong or was used."""
        with self._lock:
            if not hmac.compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = secrets.token_urlsafe(32)
            session = secrets.token_urlsafe(32)
            self._sessions[_digest(session)] = _Session(
                Visitor(self._name, f"session {secrets.token_hex(8)}", frozenset(Role)), monotonic()
            )
            for old in sorted(self._sessions, key=lambda one: self._sessions[one].used)[:-_MOST_SESSIONS]:
                del self._sessions[old]
        self._announce(self._token)
        return session

    def visitor_of(self, request: Request) -> Visitor | None:
        digest = _digest(request.cookies.get(self.cookie, ""))
        with self._lock:
            session = self._sessions.get(digest)
            if session is None or monotonic() - session.used > IDLE_SECONDS:
                self._sessions.pop(digest, None)
                return None
            session.used = monotonic()
            return session.visitor

    def leave(self, visitor: Visitor) -> None:
        """The browser of a visitor is not let in again by its cookie."""
        with self._lock:
            self._sessions = {
                digest: session for digest, session in self._sessions.items() if session.visitor != visitor
            }


@dataclass(frozen=True, slots=True)
class ProxyEntrance:
    """A team behind a proxy that signs people in. Its headers are believed from its addresses alone; from any other
    address nothing is answered."""

    proxies: tuple[Network, ...]
    user_header: str
    groups_header: str
    roles: Mapping[Role, frozenset[str]]  # role -> accounts, and groups as ``group:name``, folded

    @classmethod
    def of(cls, policy: WebPolicy) -> ProxyEntrance:
        rights = {Role.MANAGER: policy.managers, Role.IT: policy.it, Role.HELPDESK: policy.helpdesk}
        return cls(
            tuple(ipaddress.ip_network(address, strict=False) for address in policy.proxy),
            policy.user_header,
            policy.groups_header,
            {role: frozenset(name.casefold() for name in names) for role, names in rights.items()},
        )

    def visitor_of(self, request: Request) -> Visitor | None:
        if not self._trusts(request.client.host if request.client else ""):
            raise Refused(403, "not_the_proxy")
        users = request.headers.getlist(self.user_header)
        if len(users) > 1:  # one of them is not the proxy's
            raise Refused(400, "two_users")
        user = users[0].strip() if users else ""
        if not user or len(user) > _LONGEST_NAME or not user.isprintable():
            return None
        groups = ",".join(request.headers.getlist(self.groups_header)).replace(";", ",").split(",")
        # no account is taken for a group of its name
        names = {f"{_GROUP}{group.strip().casefold()}" for group in groups if group.strip()}
        if not user.casefold().startswith(_GROUP):
            names.add(user.casefold())
        return Visitor(user, f"account {user.casefold()}", frozenset(
            role for role, allowed in self.roles.items() if names & allowed
        ))  # fmt: skip

    def _trusts(self, address: str) -> bool:
        try:
            asking = ipaddress.ip_address(address)
        except ValueError:
            return False
        if isinstance(asking, ipaddress.IPv6Address) and asking.ipv4_mapped:
            asking = asking.ipv4_mapped
        return any(asking in network for network in self.proxies)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"
