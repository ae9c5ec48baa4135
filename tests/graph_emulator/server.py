"""Graph, its login and its downloads on real sockets over TLS, each on a host and port of its own."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import trustme
from cryptography import x509

from tests.graph_emulator.faults import Fate, Faults
from tests.graph_emulator.routes import Answer, Routes, error
from tests.graph_emulator.tenant import Tenant, guid

TENANT = "contoso.onmicrosoft.example"
CLIENT = "11111111-2222-4333-8444-555555555555"
SECRET = "emulated-client-secret-value"
DEVICE_CODE = "emulated-device-code-value"


@cache
def _application() -> trustme.LeafCert:
    """The application's certificate, made once: RSA takes its time."""
    return trustme.CA().issue_cert("application.example", key_type=trustme.KeyType.RSA)


class Emulator:
    """``ca`` is the file of the authority that clients have to trust; ``certificate`` that of the application."""

    def __init__(
        self, tenant: Tenant, faults: Faults, folder: Path, *, clock_ahead_seconds: float = 0.0
    ) -> None:
        self.tenant, self.fate = tenant, Fate(faults)
        self.clock_ahead_seconds = clock_ahead_seconds
        authority = trustme.CA()
        self.ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        application = _application()
        self.certificate = folder / "application.pem"
        self.certificate.write_bytes(application.private_key_and_cert_chain_pem.bytes())
        self.certificate.chmod(0o600)
        self._public_key = x509.load_pem_x509_certificate(application.cert_chain_pems[0].bytes()).public_key()
        self.device_polls = 0
        self.pending_polls = 1
        self._tokens: dict[str, int] = {}
        self._lock = threading.Lock()
        self._servers = [_Server(self, context, role) for role in ("graph", "login", "files")]
        graph, login, files = (server.server_address[1] for server in self._servers)
        self.graph, self.login = f"https://localhost:{graph}", f"https://127.0.0.1:{login}"
        self.files = f"https://localhost:{files}"
        self.routes = Routes(tenant, self.fate, f"{self.graph}/v1.0", self.files)
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    # -- login -------------------------------------------------------------------------------------------------

    def discovery(self) -> dict[str, Any]:
        base = f"{self.login}/{TENANT}"
        return {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        }

    def sign_in(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path.endswith("/devicecode"):
            return 200, {
                "user_code": "EMU-CODE",
                "device_code": DEVICE_CODE,
                "verification_uri": f"{self.login}/device",
                "expires_in": 900,
                "interval": 1,
                "message": "…",
            }
        if form.get("claims"):
            self.fate.seen.claims.append(form["claims"])
        refusal = self._refusal(form)
        if refusal:
            return 400, refusal
        delegated = form["grant_type"] != "client_credentials"
        return 200, self._token(delegated)

    def _refusal(self, form: dict[str, str]) -> dict[str, Any] | None:
        grant = form.get("grant_type", "")
        if grant.endswith("device_code"):
            self.device_polls += 1
            if self.device_polls <= self.pending_polls:
                return {"error": "authorization_pending", "error_description": "AADSTS70016: pending"}
            return None
        if grant == "refresh_token":
            return None
        if form.get("client_secret"):
            if form["client_secret"] == SECRET:
                return None
            return {
                "error": "invalid_client",
                "error_description": "AADSTS7000215: Invalid client secret provided.",
            }
        try:
            jwt.decode(
                form["client_assertion"],
                self._public_key,
                algorithms=["PS256"],
                audience=f"{self.login}/{TENANT}/oauth2/v2.0/token",
                leeway=300 - self.clock_ahead_seconds,
            )
        except jwt.PyJWTError:
            return {
                "error": "invalid_client",
                "error_description": "AADSTS700027: Client assertion failed signature validation.",
            }
        if self.clock_ahead_seconds > 300:
            return {
                "error": "invalid_client",
                "error_description": "AADSTS700024: Client assertion is not within its valid time range.",
            }
        return None

    def _token(self, delegated: bool) -> dict[str, Any]:
        with self._lock:
            self.fate.seen.tokens += 1
            number = self.fate.seen.tokens
        claims: dict[str, Any] = {"tid": guid("tenant", 0), "jti": f"token{number}"}
        permissions = sorted(self.fate.faults.permissions)
        claims |= {"scp": " ".join(permissions)} if delegated else {"roles": permissions}
        token = jwt.encode(claims, "emulated-key-of-thirty-two-bytes!", algorithm="HS256")
        self._tokens[token] = 0
        answer: dict[str, Any] = {"token_type": "Bearer", "access_token": token, "expires_in": 3600}
        if delegated:
            who = {"sub": "s", "oid": guid("person", 0), "tid": guid("tenant", 0), "aud": CLIENT,
                   "iss": f"{self.login}/{TENANT}/v2.0", "iat": int(time.time()), "exp": int(time.time()) + 3600,
                   "preferred_username": self.tenant.people[0].upn}  # fmt: skip
            info = {"uid": guid("person", 0), "utid": guid("tenant", 0)}
            answer |= {
                "refresh_token": "emulated-refresh-token",
                "id_token": jwt.encode(who, "emulated-key-of-thirty-two-bytes!", algorithm="HS256"),
                "client_info": base64.urlsafe_b64encode(json.dumps(info).encode()).decode().rstrip("="),
                "scope": form_scope(permissions, self.graph),
            }
        return answer

    # -- Graph -------------------------------------------------------------------------------------------------

    def check_token(self, header: str) -> Answer | None:
        """Why a token is not taken; None where it is."""
        token = header.removeprefix("Bearer ")
        with self._lock:
            if token not in self._tokens:
                used = None
            else:
                used = self._tokens[token] = self._tokens[token] + 1
        limit = self.fate.faults.token_requests
        if self.fate.faults.claims_once and used:
            self.fate.faults.claims_once = False
            del self._tokens[token]
            answer = error(
                401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge."
            )
            claims = base64.b64encode(b'{"access_token":{"nbf":{"essential":true,"value":"1"}}}').decode()
            answer.headers["WWW-Authenticate"] = f'Bearer error="insufficient_claims", claims="{claims}"'
            return answer
        if used is None or (limit and used > limit):
            self.fate.seen.refused_tokens += 1
            return error(
                401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."
            )
        return None


def form_scope(permissions: list[str], graph: str) -> str:
    return " ".join(f"{graph}/{name}" for name in permissions)


@dataclass
class _Sent:
    """What was served last on a connection: what a kill may have cut."""

    keys: list[str]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, emulator: Emulator, context: ssl.SSLContext, role: str) -> None:
        self.emulator, self.context, self.role = emulator, context, role
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = self.socket.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wrapped = self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return wrapped, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Connections that break are what this is for; anything else is the emulator's own fault, and is shown."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 60
    wbufsize = 1 << 16

    def setup(self) -> None:
        super().setup()
        self.sent = _Sent([])

    def finish(self) -> None:
        with self.server.emulator.fate.lock:
            seen = self.server.emulator.fate.seen
            seen.connections += 1
            seen.cut.update(dict.fromkeys(self.sent.keys, seen.connections))
        with suppress(OSError):
            super().finish()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is logged."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(time.time() - self.server.emulator.clock_ahead_seconds, usegmt=True)

    def do_GET(self) -> None:
        self._respond()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET

    def _respond(self) -> None:
        emulator, fate = self.server.emulator, self.server.emulator.fate
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fate.seen.methods[self.command] += 1
        if self.server.role == "login":
            return self._login(body)
        if self.server.role == "files":
            return self._file()
        path = self.path.removeprefix("/v1.0")
        if fate.happens(fate.faults.drop_share):
            with fate.lock:
                fate.seen.dropped += 1
            return self._drop()
        left = fate.throttle_left() if fate.faults.throttle_share else 0
        if left:
            answer = error(429, "activityLimitReached", "Application is over its limit.")
            answer.headers |= {"Retry-After": str(left), "RateLimit-Limit": "1200", "RateLimit-Remaining": "0", "RateLimit-Reset": str(left)}  # fmt: skip
            return self._write(answer)
        if fate.happens(fate.faults.busy_share):
            with fate.lock:
                fate.seen.busy += 1
            return self._write(Answer(503))
        refused = emulator.check_token(self.headers.get("Authorization", ""))
        if refused is not None:
            return self._write(refused)
        if fate.happens(fate.faults.slow_share):
            time.sleep(fate.faults.slow_seconds)
        if path == "/$batch" and self.command == "POST":
            return self._batch(json.loads(body))
        if self.command != "GET":
            return self._write(error(405, "methodNotAllowed", "Not allowed"))
        answer = emulator.routes.answer(path)
        if answer.status < 400:
            fate.serve(path)
            self.sent.keys = [path]
        self._write(answer)

    def _batch(self, document: dict[str, Any]) -> None:
        emulator, fate = self.server.emulator, self.server.emulator.fate
        parts, keys = [], []
        for number, part in enumerate(document["requests"]):
            if number and fate.faults.throttle_share and fate.throttle_left():
                answer = error(429, "TooManyRequests", "Too many requests")
                answer.headers["Retry-After"] = "1"
            else:
                answer = emulator.routes.answer(part["url"])
                if answer.status != 429:
                    fate.serve(part["url"])
                    keys.append(part["url"])
            parts.append(
                {
                    "id": part["id"],
                    "status": answer.status,
                    "headers": answer.headers,
                    "body": answer.document,
                }
            )
        self.sent.keys = keys
        self._write(Answer(200, {"responses": parts[::-1]}))

    def _login(self, body: bytes) -> None:
        path = urlsplit(self.path).path
        if path.endswith("/.well-known/openid-configuration"):
            return self._write(Answer(200, self.server.emulator.discovery()))
        form = {key: values[0] for key, values in parse_qs(body.decode()).items()}
        status, document = self.server.emulator.sign_in(path, form)
        self._write(Answer(status, document))

    def _file(self) -> None:
        fate = self.server.emulator.fate
        if self.headers.get("Authorization"):
            fate.seen.leaked_tokens += 1
        content = self.server.emulator.routes.file(self.path)
        if content is None or "tempauth=" not in self.path:
            return self._write(Answer(404))
        fate.seen.paths["file"] += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if fate.faults.content_breaks_once:
            fate.faults.content_breaks_once = False
            self.wfile.write(content[: len(content) // 2])
            return self._drop()
        self.wfile.write(content)

    def _drop(self) -> None:
        """Break the connection without a word."""
        self.close_connection = True
        self.sent.keys = []
        with suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def _write(self, answer: Answer) -> None:
        fate = self.server.emulator.fate
        fate.seen.statuses[answer.status] += 1
        content = b"" if answer.document is None else json.dumps(answer.document).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()


@contextmanager
def emulated(
    folder: Path, tenant: Tenant | None = None, faults: Faults | None = None, **options: Any
) -> Iterator[Emulator]:
    """An emulator while the block runs; ``folder`` holds its certificates."""
    emulator = Emulator(tenant or Tenant(), faults or Faults(), folder, **options)
    try:
        yield emulator
    finally:
        emulator.close()
