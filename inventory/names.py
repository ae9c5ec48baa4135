"""The name of a file as people ask for it: without folders, case and the ways of writing an accent."""

from __future__ import annotations

import unicodedata


def known_name(path: str) -> str:
    """The last part of a path, of POSIX, Windows or a service; equal for spellings that people take for the same."""
    return known_parts(path)[-1]


def known_parts(path: str) -> list[str]:
    """The parts of a path, the name last, each as :func:`known_name`; one empty part for an empty path."""
    folded = unicodedata.normalize("NFC", path.replace("\\", "/")).casefold()
    return [part for part in folded.split("/") if part] or [""]
