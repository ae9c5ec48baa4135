"""The one warm office of a process, kept from document to document.

A worker of a pool converts one document at a time, so that it needs one office; as many run as there are workers. The
office goes with the worker: by the finalizer where it ends in order, by the guard where it is killed.
"""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing import util

from converters.libreoffice.find import Program
from converters.libreoffice.office import Office
from converters.libreoffice.uno_python import find_uno_python


@dataclass(slots=True)
class _Kept:
    """``wanted``: documents to come will need an office too."""

    wanted: bool = False
    office: Office | None = None


_KEPT = _Kept()


def keep_warm() -> None:
    """From now on this process keeps an office between documents; it ends with the process, or by :func:`close`."""
    if not _KEPT.wanted:
        _KEPT.wanted = True
        util.Finalize(None, close, exitpriority=10)


def warm_office(program: Program, memory_megabytes: int) -> Office | None:
    """The office of this process, started where there is none or it is old; None where offices are not kept here or
    no Python speaks UNO. Raises Failed where it does not start."""
    python = find_uno_python(program) if _KEPT.wanted else None
    if python is None:
        return None
    if _KEPT.office is not None and _KEPT.office.old:
        close()
    if _KEPT.office is None:
        _KEPT.office = Office(program, python, memory_megabytes)
    return _KEPT.office


def close() -> None:
    """End the office of this process, where there is one."""
    office, _KEPT.office = _KEPT.office, None
    if office is not None:
        office.close()
