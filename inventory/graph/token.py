"""Tokens for Graph by msal: of an application with a certificate or a secret, or of a person by device code.

A token is asked for with every request; msal answers from its cache until five minutes before the token ends. A token
that Graph refuses is renewed once, with the claims that Graph asks for where it does.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import requests

from inventory.graph.cache import Kept, token_cache
from inventory.graph.clock import Clock
from inventory.graph.clouds import Cloud
from inventory.graph.errors import FatalError, Meaning, Told, TransientError
from inventory.graph.wire import CONNECT_SECONDS, READ_SECONDS, Network, is_untrusted, session_for

_PEM = re.compile(r"-----BEGIN ([A-Z ]+)-----.*?-----END \1-----", re.DOTALL)
_ENTRA_CODE = re.compile(r"AADSTS\d+")
_CLOCK_CODES = frozenset({"AADSTS700024", "AADSTS500133"})  # an assertion that is not valid yet, or any more
_BUSY = frozenset({"temporarily_unavailable", "server_error", "service_unavailable"})


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs in. ``certificate``: a PEM file with key and certificate, or a PFX file with its ``passphrase``. Without
    certificate and secret a person signs in by device code, for ``permissions``; their token is kept at ``cache``."""

    tenant: str
    client_id: str
    certificate: Path | None = None
    passphrase: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    permissions: Sequence[str] = ()
    cache: Path | None = None

    @property
    def delegated(self) -> bool:
        return not self.certificate and not self.secret


class Tokens(Protocol):
    def token(self) -> str:
        """A token that is thought to be good now. Raises FatalError, TransientError."""
        ...

    def renew(self, refused: str, claims: str = "") -> None:
        """A token was refused: the next one is another."""
        ...


class MsalTokens:
    """``tell`` is told what a person has to do: the address and the code of a device sign-in."""

    def __init__(
        self,
        credentials: Credentials,
        cloud: Cloud,
        network: Network,
        *,
        clock: Clock | None = None,
        tell: Callable[[str, str], None] | None = None,
    ) -> None:
        self._credentials, self._cloud, self._tell = credentials, cloud, tell
        self.clock = clock or Clock()
        self._session = session_for(cloud, network)
        self._lock = threading.Lock()
        self._app: Any = None
        self._claims = ""
        self._current = ""
        self.kept = Kept.MEMORY
        self.renewals = 0

    def token(self) -> str:
        with self._lock:
            found = self._person() if self._credentials.delegated else self._application()
            self._current = self._token_of(found)
            self._claims = ""
            return self._current

    def renew(self, refused: str, claims: str = "") -> None:
        with self._lock:
            if refused != self._current:
                return  # another worker was faster
            self.renewals += 1
            self._claims = claims
            self._current = ""
            if self._app is not None and not self._credentials.delegated:
                self._app.remove_tokens_for_client()

    @property
    def uses_secret(self) -> bool:
        return bool(self._credentials.secret)

    def granted(self) -> frozenset[str]:
        """The permissions that the token holds."""
        return granted_in(self.token())

    def _application(self) -> dict[str, Any]:
        if self._app is None:
            self._app = self._made(
                "ConfidentialClientApplication", client_credential=_credential(self._credentials)
            )
        return self._asked(self._app.acquire_token_for_client, [self._cloud.scope], **self._challenge())

    def _person(self) -> dict[str, Any]:
        scopes = [f"{self._cloud.graph}/{name}" for name in self._credentials.permissions]
        if self._app is None:
            cache, self.kept = token_cache(self._credentials.cache)
            self._app = self._made("PublicClientApplication", token_cache=cache)
        accounts = self._app.get_accounts()
        if accounts:
            renewed = not self._current
            found = self._asked(
                self._app.acquire_token_silent_with_error,
                scopes,
                account=accounts[0],
                force_refresh=renewed and self.renewals > 0,
                **self._challenge(),
            )
            if found and "access_token" in found:
                return found
        return self._by_device(scopes)

    def _by_device(self, scopes: Sequence[str]) -> dict[str, Any]:
        flow = self._asked(self._app.initiate_device_flow, list(scopes), **self._challenge())
        if "user_code" not in flow or self._tell is None:
            raise self._refused(flow)
        self._tell(str(flow["verification_uri"]), str(flow["user_code"]))
        return self._asked(self._app.acquire_token_by_device_flow, flow)

    def _challenge(self) -> dict[str, str]:
        return {"claims_challenge": self._claims} if self._claims else {}

    def _made(self, kind: str, **options: Any) -> Any:
        import msal  # noqa: PLC0415 - an extra, and slow to import

        make = getattr(msal, kind)
        return self._asked(
            make,
            self._credentials.client_id,
            authority=self._cloud.authority(self._credentials.tenant),
            instance_discovery=False,  # the cloud's hosts are configured, and no other host is asked about them
            http_client=_Login(self._session, self.clock),
            client_capabilities=["CP1"],  # claims challenges are understood
            **options,
        )

    def _asked(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except requests.RequestException as error:
            if is_untrusted(error):
                raise FatalError(Meaning.UNTRUSTED, "sign_in") from None
            raise TransientError(Meaning.UNANSWERED, "sign_in", detail=type(error).__name__) from None
        except Exception as error:  # of msal, jwt and cryptography; their words may hold what was configured
            raise FatalError(Meaning.SIGN_IN, "sign_in", detail=type(error).__name__) from None

    def _token_of(self, found: dict[str, Any] | None) -> str:
        if found and "access_token" in found:
            return str(found["access_token"])
        raise self._refused(found or {})

    def _refused(self, found: dict[str, Any]) -> FatalError | TransientError:
        description = str(found.get("error_description") or "")
        codes = _ENTRA_CODE.findall(description) or [str(found.get("error") or "unknown")]
        told = Told(codes=tuple(codes), body=description)
        if found.get("error") in _BUSY:
            return TransientError(Meaning.UNANSWERED, "sign_in", told)
        wrong_clock = bool(_CLOCK_CODES.intersection(codes)) or self.clock.is_wrong
        return FatalError(Meaning.SIGN_IN, "sign_in", told, detail="clock" if wrong_clock else "")


class _Login:
    """The client that msal speaks through: sessions of this program alone, with time limits and the clock's ear."""

    def __init__(self, session: requests.Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def get(self, url: str, **options: Any) -> requests.Response:
        return self._send("GET", url, options)

    def post(self, url: str, **options: Any) -> requests.Response:
        return self._send("POST", url, options)

    def close(self) -> None:
        self._session.close()

    def _send(self, method: str, url: str, options: dict[str, Any]) -> requests.Response:
        options.pop("timeout", None)
        answer = self._session.request(
            method, url, timeout=(CONNECT_SECONDS, READ_SECONDS), allow_redirects=False, **options
        )
        self._clock.note(answer.headers)
        return answer


def granted_in(token: str) -> frozenset[str]:
    """The permissions that a token names: roles of an application, scopes of a person. Empty for one that is opaque."""
    claims = claims_of(token)
    roles = claims.get("roles") or ()
    return frozenset(map(str, roles)) | frozenset(str(claims.get("scp") or "").split())


def claims_of(token: str) -> dict[str, Any]:
    """What a token says of itself; it is not verified, for it is only told."""
    try:
        part = token.split(".")[1]
        document = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (IndexError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def claims_challenge(header: str) -> str:
    """The claims that a WWW-Authenticate header asks for, as JSON; empty where it asks for none."""
    found = re.search(r'claims="([^"]+)"', header)
    if not found:
        return ""
    text = found[1]
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4)).decode("utf-8")
    except ValueError:
        return ""


def _credential(credentials: Credentials) -> Any:
    if credentials.certificate is None:
        return credentials.secret
    try:
        content = credentials.certificate.read_bytes()
    except OSError as error:
        raise FatalError(Meaning.SIGN_IN, "sign_in", detail="certificate") from error
    if b"-----BEGIN" not in content:
        return {
            "private_key_pfx_path": str(credentials.certificate),
            "passphrase": credentials.passphrase or None,
            "public_certificate": True,
        }
    blocks = {match[1]: match[0] for match in _PEM.finditer(content.decode("ascii", "replace"))}
    key = next((text for name, text in blocks.items() if name.endswith("PRIVATE KEY")), None)
    if key is None or "CERTIFICATE" not in blocks:
        raise FatalError(Meaning.SIGN_IN, "sign_in", detail="certificate")
    found = {"private_key": key, "public_certificate": blocks["CERTIFICATE"]}
    return found | ({"passphrase": credentials.passphrase} if credentials.passphrase else {})
