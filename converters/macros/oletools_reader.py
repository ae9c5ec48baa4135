"""The code of VBA modules as ``oletools`` reads it, where it is installed: the extra ``macros``.

It is an extra for the licence of ``pcodedmp`` (GPL), which comes with it; without it the product's own reader answers.
The public class ``VBA_Project`` works on the compound file that is already open and bounded, so that no file is opened
twice and no other container is guessed at.
"""

from __future__ import annotations

import importlib.util
import logging
import warnings
from functools import cache
from typing import Any

import olefile

DISTRIBUTION = "oletools"


@cache
def is_installed() -> bool:
    return importlib.util.find_spec(DISTRIBUTION) is not None


@cache
def _reader() -> Any:
    """``oletools.olevba``, imported with the first project: it takes half a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it calls its parser by names that are out of use
        from oletools import olevba  # noqa: PLC0415

    logging.getLogger("olevba").disabled = True  # it warns of every second project; what matters is raised
    return olevba


def code_by_oletools(ole: olefile.OleFileIO, prefix: str) -> dict[str, str] | None:
    """Name of a module -> its code, of the project below ``prefix`` (``Macros/`` or empty).

    None where oletools is not installed or cannot read the project: then the own reader's code stands.
    """
    if not is_installed():
        return None
    try:
        project = _reader().VBA_Project(ole, prefix, f"{prefix}PROJECT", f"{prefix}VBA/dir", relaxed=True)
        for _module in project.parse_modules():
            pass
    except Exception:  # it raises a dozen kinds on damaged projects; the own reader has read this one
        return None
    return {_text(module.name_str): _text(module.code_str) for module in project.modules}


def _text(value: str | bytes | None) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value or ""
