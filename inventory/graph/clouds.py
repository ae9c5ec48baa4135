"""The clouds of Microsoft 365: where one signs in, where Graph is, and what is asked for there.

Each is one triple of login host, Graph root and scope, so that a cloud that is not in the table is two settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

VERSION = "v1.0"


@dataclass(frozen=True, slots=True)
class Cloud:
    """``login`` and ``graph`` are https addresses without a path. ``reports``: usage reports exist in this cloud."""

    login: str
    graph: str
    reports: bool = True

    def __post_init__(self) -> None:
        for address in (self.login, self.graph):
            parts = urlsplit(address)
            if parts.scheme != "https" or not parts.hostname or parts.path.strip("/"):
                raise ValueError("https://host")

    @property
    def scope(self) -> str:
        """What an application asks for: all that was consented to."""
        return f"{self.graph}/.default"

    @property
    def root(self) -> str:
        return f"{self.graph}/{VERSION}"

    def authority(self, tenant: str) -> str:
        return f"{self.login}/{tenant}"


# Microsoft Graph, "National cloud deployments"; usage reports are described for the global service alone.
CLOUDS: dict[str, Cloud] = {
    "global": Cloud("https://login.microsoftonline.com", "https://graph.microsoft.com"),
    "gcc-high": Cloud("https://login.microsoftonline.us", "https://graph.microsoft.us", reports=False),
    "dod": Cloud("https://login.microsoftonline.us", "https://dod-graph.microsoft.us", reports=False),
    "china": Cloud(
        "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn", reports=False
    ),
}


def cloud_of(name: str, login: str = "", graph: str = "") -> Cloud:
    """A cloud of the table, with hosts of one's own before those of the table. Raises ValueError, KeyError."""
    known = CLOUDS[name]
    return Cloud(login or known.login, graph or known.graph, known.reports)


def host_of(address: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an address, for comparison."""
    parts = urlsplit(address)
    return parts.scheme, (parts.hostname or "").lower(), parts.port
