"""The permissions of Microsoft Graph that a scan uses: the least of each, what for, and what is not seen without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """``areas`` are lines of the coverage that stay empty without it; ``wider`` are permissions that include it. ``purpose`` is
    a code of the locale's table ``tenant``. ``delegated``: a person who signs in may consent to it as well."""

    name: str
    purpose: str
    areas: tuple[str, ...]
    wider: tuple[str, ...] = ()
    delegated: bool = True

    def is_granted(self, granted: frozenset[str]) -> bool:
        return self.name in granted or not granted.isdisjoint(self.wider)


_DIRECTORY = ("Directory.Read.All", "Directory.ReadWrite.All")
PERMISSIONS: tuple[Permission, ...] = (
    Permission(
        "LicenseAssignment.Read.All",
        "licences",
        ("licences",),
        ("LicenseAssignment.ReadWrite.All", "Organization.Read.All", *_DIRECTORY),
    ),
    Permission("User.Read.All", "people", ("people",), ("User.ReadWrite.All", *_DIRECTORY)),
    Permission("AuditLog.Read.All", "sign_ins", ("sign_ins",)),
    Permission(
        "Group.ReadBasic.All",
        "groups",
        ("groups", "teams", "channels", "planner"),
        ("Group.Read.All", "Group.ReadWrite.All", "GroupMember.Read.All", *_DIRECTORY),
    ),
    Permission("Reports.Read.All", "reports", ("usage", "mailboxes")),
    Permission(
        "ReportSettings.Read.All", "report_settings", ("names_in_reports",), ("ReportSettings.ReadWrite.All",)
    ),
    Permission(
        "Sites.Read.All",
        "sites",
        ("sites", "drives", "files"),
        ("Sites.ReadWrite.All", "Sites.Manage.All", "Sites.FullControl.All"),
    ),
    Permission(
        "Files.Read.All",
        "files",
        ("drives", "files"),
        ("Files.ReadWrite.All", "Sites.Read.All", "Sites.ReadWrite.All", "Sites.FullControl.All"),
    ),
    Permission(
        "SharePointTenantSettings.Read.All",
        "sharing",
        ("sharing",),
        ("SharePointTenantSettings.ReadWrite.All",),
    ),
    Permission(
        "Channel.ReadBasic.All",
        "channels",
        ("channels",),
        ("Channel.Read.All", "ChannelSettings.Read.All", "ChannelSettings.ReadWrite.All"),
    ),
    Permission("Tasks.Read.All", "planner", ("planner",), ("Tasks.ReadWrite.All",), delegated=False),
)

# what every sign-in brings, and what libraries ask for by themselves
_HARMLESS = frozenset({"openid", "profile", "email", "offline_access", "User.Read"})


def needed() -> tuple[Permission, ...]:
    """Those to grant: one that another of them includes is left out."""
    names = frozenset(permission.name for permission in PERMISSIONS)
    return tuple(one for one in PERMISSIONS if names.isdisjoint(one.wider))


def more_than_needed(granted: Iterable[str]) -> list[str]:
    """Granted permissions that a scan does not use: it works without them, and whoever has the certificate has them."""
    known = {permission.name for permission in PERMISSIONS}
    return sorted(set(granted) - known - _HARMLESS)
