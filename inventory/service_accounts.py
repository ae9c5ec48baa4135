"""Accounts of services, jobs and computers, told from people's by their names."""

from __future__ import annotations

import re

# accounts of services and jobs: what names them, and whose convention it is
SERVICE_ACCOUNTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), source)
    for pattern, source in (
        (r"^(?:.*\\)?(?:svc|srv|sa|service|batch|job|etl|bot|rpa|robot)[-_.].+", "usual naming of service accounts"),
        (r"^(?:.*\\)?.+[-_.](?:svc|service|batch|etl|bot|rpa)$", "usual naming of service accounts"),
        (r"^(?:.*\\)?[^\\]+\$$", "computer and group managed service accounts (sAMAccountName ends in $)"),
        (r"^NT SERVICE\\", "virtual accounts of Windows services"),
        (r"^S-1-5-80-", "[MS-DTYP] 2.4.2.4, services"),
        (r"^(?:mssql\w*|sqlserver|oracle|postgres|mysql|tomcat|jboss|sapadm|\w{3}adm|www-data|apache|nginx)$",
         "accounts that server software installs"),
    )
)  # fmt: skip


def is_service_account(name: str) -> bool:
    return any(pattern.search(name) for pattern, _source in SERVICE_ACCOUNTS)
