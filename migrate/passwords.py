"""The passwords of documents: read from a list or asked for, kept in memory alone, told to nobody.

They go from here to the workers over a pipe. No option takes one as its value, for what stands on a command line is
shown to every account of a machine (proc(5)) and kept by shells.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from migrate.policy import PolicyError

_LIST_BYTES = 1_000_000


def read_passwords(path: Path) -> tuple[str, ...]:
    """The passwords of a list: UTF-8, one a line, blanks count, empty lines do not.

    Raises PolicyError PASSWORDS_UNREADABLE.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LIST_BYTES + 1)
        if len(data) > _LIST_BYTES:
            raise PolicyError("PASSWORDS_UNREADABLE", path=str(path), detail=f"> {_LIST_BYTES} bytes")
        text = data.decode("utf-8-sig")
    except OSError as error:
        detail = error.strerror or type(error).__name__
        raise PolicyError("PASSWORDS_UNREADABLE", path=str(path), detail=detail) from None
    except UnicodeDecodeError:  # its own words would show what stands in the list
        raise PolicyError("PASSWORDS_UNREADABLE", path=str(path), detail="UTF-8") from None
    return tuple(dict.fromkeys(line for line in text.replace("\r\n", "\n").split("\n") if line))


def others_can_read(path: Path) -> bool:
    """Whether other accounts of this machine may read a list; Windows' access lists are not looked at."""
    return sys.platform != "win32" and bool(path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))
