"""A tenant as the configuration names it: who signs in where, and what is said where that fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from inventory.errors import InventoryError
from inventory.tenant.permissions import PERMISSIONS
from inventory.tenant.sampling import Choice
from migrate.policy import TenantPolicy, user_folder

if TYPE_CHECKING:
    from inventory.graph.client import GraphClient
    from inventory.graph.errors import GraphError
    from inventory.graph.token import MsalTokens

SCHEME = "m365:"
SECRET_VARIABLE = "MIGRATE_TENANT_SECRET"  # noqa: S105 - a name
PASSPHRASE_VARIABLE = "MIGRATE_TENANT_PASSPHRASE"  # noqa: S105 - a name
_CACHE_NAME = "tokens.json"

Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Connection:
    """A client and the tokens that it uses; ``tenant`` is the domain or id that was named."""

    tenant: str
    client: GraphClient
    tokens: MsalTokens


def tenant_of(name: str) -> str:
    """The tenant of a source's name. Raises InventoryError."""
    tenant = name.removeprefix(SCHEME).strip("/")
    if not name.startswith(SCHEME) or not tenant or "/" in tenant:
        raise InventoryError("TENANT_NAME", source=name)
    return tenant


def connect(
    name: str,
    policy: TenantPolicy,
    *,
    tell: Tell | None = None,
    paused: Callable[[float], None] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Connection:
    """A client for a tenant; nobody signs in before something is asked. ``paused`` is told the seconds of each pause that the
    service or its limits of a day ask for. Raises InventoryError."""
    tenant = tenant_of(name)
    if not policy.client_id:
        raise InventoryError("TENANT_CLIENT_ID", source=name)
    try:
        from inventory.graph.client import GraphClient  # noqa: PLC0415 - an extra
        from inventory.graph.clock import Clock  # noqa: PLC0415
        from inventory.graph.clouds import cloud_of  # noqa: PLC0415
        from inventory.graph.gate import Gate  # noqa: PLC0415
        from inventory.graph.token import Credentials, MsalTokens  # noqa: PLC0415
        from inventory.graph.units import limit_of  # noqa: PLC0415
        from inventory.graph.wire import Network  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise InventoryError("SOURCE_DRIVER", extra="m365") from error
    cloud = cloud_of(policy.cloud, policy.login, policy.graph)
    network = Network(policy.ca, policy.proxy)
    credentials = Credentials(
        tenant,
        policy.client_id,
        Path(policy.certificate).expanduser() if policy.certificate else None,
        environment.get(PASSPHRASE_VARIABLE, ""),
        "" if policy.certificate else environment.get(SECRET_VARIABLE, ""),
        [permission.name for permission in PERMISSIONS if permission.delegated],
        _cache_path(policy, environment),
    )
    clock = Clock()
    tokens = MsalTokens(credentials, cloud, network, clock=clock, tell=tell)
    gate = Gate(limit_of(0).units_a_minute if policy.rate else 0)
    gate.closing = paused
    return Connection(tenant, GraphClient(cloud, tokens, network, gate=gate, clock=clock), tokens)


def _cache_path(policy: TenantPolicy, environment: Mapping[str, str]) -> Path | None:
    if policy.token_cache:
        return Path(policy.token_cache).expanduser()
    folder = user_folder(environment)
    return folder / _CACHE_NAME if folder else None


def choice_of(policy: TenantPolicy) -> Choice:
    return Choice(policy.documents, policy.sample_percent)


def certificate_days(path: Path) -> int | None:
    """Days until the certificate of an application ends; None where the file tells none."""
    from cryptography import x509  # noqa: PLC0415 - comes with msal

    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        return None
    return (found[0].not_valid_after_utc - datetime.now(UTC)).days


@contextmanager
def told_errors(name: str, certificate: str = "") -> Iterator[None]:
    """Errors of Graph as errors of the inventory, which have a sentence and a remedy."""
    try:
        from inventory.graph.errors import GraphError  # noqa: PLC0415 - the package needs an extra
    except ModuleNotFoundError as error:
        raise InventoryError("SOURCE_DRIVER", extra="m365") from error
    try:
        yield
    except GraphError as error:
        raise _told(error, name, certificate) from error


def _told(error: GraphError, name: str, certificate: str) -> InventoryError:
    code = error.told.codes[0] if error.told.codes else error.detail or error.meaning.value
    if error.detail == "certificate":
        return InventoryError("TENANT_CERTIFICATE", path=certificate)
    if error.detail == "clock":
        return InventoryError("TENANT_CLOCK", reason=code)
    named = {
        "sign_in": "TENANT_SIGN_IN",
        "token": "TENANT_SIGN_IN",
        "untrusted": "TENANT_UNTRUSTED",
    }.get(error.meaning.value, "TENANT_UNREACHABLE")
    return InventoryError(named, source=name, reason=code)
