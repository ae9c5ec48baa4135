"""The last point before the socket: what may leave this program, and to whom.

A tenant is never written to. Whatever the code above asks for, a session made here sends GET, the POSTs of
ALLOWED_POSTS and nothing else, over TLS alone; what stands inside a batch is looked at too.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from inventory.graph.clouds import Cloud, host_of
from inventory.graph.errors import FatalError, Meaning

# (whose host, path): the only requests that are no GET
ALLOWED_POSTS: tuple[tuple[str, str], ...] = (
    ("graph", r"/v1\.0/\$batch"),
    ("login", r"/[^/]+/oauth2/v2\.0/(token|devicecode)"),
)
CONNECT_SECONDS, READ_SECONDS = 15.0, 120.0

# Links of Graph carry tokens in their queries, and device codes are as good as tokens: these loggers write both.
_LOUD = ("urllib3.connectionpool", "msal.token_cache", "msal.oauth2cli")


@dataclass(frozen=True, slots=True)
class Network:
    """How the network is reached. ``ca``: a file of certificates of one's own; ``proxy``: an address, empty for what
    the environment says."""

    ca: str = ""
    proxy: str = ""


class ReadingAdapter(HTTPAdapter):
    """``hosts`` are those that may be sent to, by their role; None: any, for links that carry their own leave."""

    def __init__(self, hosts: Mapping[str, tuple[str, str, int | None]] | None) -> None:
        super().__init__(pool_connections=4, pool_maxsize=2, max_retries=0)
        self._hosts = hosts

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        check_leaves(request, self._hosts)
        return super().send(request, *arguments, **options)


def check_leaves(
    request: requests.PreparedRequest, hosts: Mapping[str, tuple[str, str, int | None]] | None
) -> None:
    """Raises FatalError for a request that this program never sends."""
    url = request.url or ""
    parts = host_of(url)
    roles = [role for role, host in (hosts or {}).items() if host == parts]
    if parts[0] != "https" or (hosts is not None and not roles):
        raise FatalError(Meaning.NOT_ALLOWED, detail="host")
    if request.method == "GET":
        return
    path = urlsplit(url).path
    allowed = any(role in roles and re.fullmatch(pattern, path) for role, pattern in ALLOWED_POSTS)
    if request.method != "POST" or not allowed:
        raise FatalError(Meaning.NOT_ALLOWED, detail=str(request.method))
    if "graph" in roles:
        body = request.body or b"{}"
        methods = {str(part.get("method")) for part in json.loads(body).get("requests", ())}
        if methods - {"GET"}:
            raise FatalError(Meaning.NOT_ALLOWED, detail="batch")


def session_for(cloud: Cloud, network: Network) -> requests.Session:
    """A session that reaches the login host and Graph of one cloud."""
    hosts = {"login": host_of(cloud.login), "graph": host_of(cloud.graph)}
    return _session(network, ReadingAdapter(hosts))


def plain_session(network: Network) -> requests.Session:
    """A session for links that carry their own leave: it sends no token to anybody."""
    return _session(network, ReadingAdapter(None))


class _Session(requests.Session):
    def merge_environment_settings(self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any) -> Any:
        """As its own, but an authority that was configured goes before one that the environment names."""
        if verify is None and isinstance(self.verify, str):
            verify = self.verify
        return super().merge_environment_settings(url, proxies, stream, verify, cert)


def is_untrusted(error: BaseException) -> bool:
    """Whether a host's certificate is none that this machine trusts, which no second try mends."""
    return isinstance(error, requests.exceptions.SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error)


def _session(network: Network, adapter: ReadingAdapter) -> requests.Session:
    session = _Session()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    if network.ca:
        session.verify = network.ca
    if network.proxy:
        session.proxies = {"https": network.proxy}
    # names of the environment alone: a .netrc would replace the token
    session.auth = _no_login
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    return session


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
