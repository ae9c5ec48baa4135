"""Whether LibreOffice can be run without a network on this machine: tried once, never assumed.

A network namespace needs the kernel's leave (user_namespaces(7)); some containers and AppArmor profiles withhold it.
"""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from functools import cache
from pathlib import Path

from converters.errors import Failed

_SECONDS = 20
_GUARD_FOLDER = Path(__file__).parent
_PROBE = "import ctypes, sys, guard; sys.exit(not guard.leave_network(ctypes.CDLL(None, use_errno=True)))"


class Network(StrEnum):
    """What a conversion by LibreOffice could reach; the values stand in outcomes."""

    ISOLATED = "isolated"
    NOT_ISOLATED = "not_isolated"


@cache
def network() -> Network:
    """What the network of a LibreOffice that is started here would be."""
    if not sys.platform.startswith("linux"):
        return Network.NOT_ISOLATED
    script = f"import sys; sys.path.insert(0, {str(_GUARD_FOLDER)!r}); {_PROBE}"
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-S", "-c", script], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return Network.NOT_ISOLATED
    return Network.NOT_ISOLATED if answer.returncode else Network.ISOLATED


def require_isolation() -> None:
    """Raises Failed NETWORK_NOT_ISOLATED where LibreOffice would have a network."""
    if network() is not Network.ISOLATED:
        raise Failed("NETWORK_NOT_ISOLATED")
