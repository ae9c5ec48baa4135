"""``smb://[[domain;]user@]server[:port]/share[/path]``: where a share is and who asks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from inventory.errors import InventoryError

SCHEME = "smb://"
GUEST = "guest"
DEFAULT_PORT = 445
USER_VARIABLE, PASSWORD_VARIABLE = "MIGRATE_SMB_USER", "MIGRATE_SMB_PASSWORD"


@dataclass(frozen=True, slots=True)
class Address:
    """``path`` has slashes and no slash at its ends. ``user`` None: the account that runs the program, by Kerberos."""

    server: str
    share: str
    path: str = ""
    port: int = DEFAULT_PORT
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def is_guest(self) -> bool:
        return self.user == GUEST and not self.password

    @property
    def unc(self) -> str:
        """``\\\\server\\share\\path``."""
        return "\\".join(("", "", self.server, self.share, *filter(None, self.path.split("/"))))


def read_address(name: str, environment: Mapping[str, str] = os.environ) -> Address:
    """The address that a name of a source spells; user and password also come from the environment.

    Raises InventoryError SOURCE_UNKNOWN. A password in the name itself is refused: names are stored and shown.
    """
    try:
        parts = urlsplit(name)
        port = parts.port or DEFAULT_PORT
    except ValueError as error:
        raise InventoryError("SOURCE_UNKNOWN", source=name) from error
    if parts.password is not None:
        raise InventoryError("PASSWORD_IN_NAME", variable=PASSWORD_VARIABLE)
    # names of files may hold ? and #, which a URL would give another meaning
    rest = name[len(SCHEME) :].partition("/")[2]
    share, _slash, path = unquote(rest).strip("/").partition("/")
    if not parts.hostname or not share:
        raise InventoryError("SOURCE_UNKNOWN", source=name)
    user = unquote(parts.username).replace(";", "\\") if parts.username else environment.get(USER_VARIABLE)
    return Address(
        parts.hostname, share, path.strip("/"), port, user or None, environment.get(PASSWORD_VARIABLE) or None
    )
