"""Typefaces: which are there, and what takes the place of one that is not.

Where lines and pages end hangs on the widths of letters. A typeface that is missing moves them, whichever engine
converts; one of the same widths (``typefaces.csv``, each row with its source) does not.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

_SECONDS = 60
# what old programs put behind the name of a family to say which of its characters they meant
_CHARACTER_SET = re.compile(
    r" (?:CE|Cyr|Greek|Tur|Baltic|\((?:Arabic|Hebrew|Thai|Vietnamese)\))$", re.IGNORECASE
)


class Presence(StrEnum):
    """What stands for a typeface where a document is shown."""

    PRESENT = "present"
    EMBEDDED = "embedded"  # the document brings it along
    TWIN = "twin"  # another one of the same widths
    MISSING = "missing"
    UNKNOWN = "unknown"  # nobody says which typefaces there are


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface that a document uses; ``twin`` stands where ``presence`` is TWIN."""

    name: str
    presence: Presence
    twin: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "presence": self.presence.value, "twin": self.twin or None}

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Typeface:
        return cls(record["name"], Presence(record["presence"]), record["twin"] or "")


@cache
def twins() -> Mapping[str, tuple[str, ...]]:
    """Typeface, in lower case -> those of the same widths, the first of choice first."""
    found: dict[str, tuple[str, ...]] = {}
    text = resources.files("converters").joinpath("typefaces.csv").read_text("utf-8")
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        name = row["typeface"].casefold()
        found[name] = (*found.get(name, ()), row["twin"])
    return found


@cache
def installed() -> frozenset[str] | None:
    """The families that fontconfig knows on this machine; None where it is not there or does not answer."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        answer = subprocess.run(
            [program, ":", "family"],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = answer.stdout.decode("utf-8", "replace").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip()) or None


def look_up(
    names: Iterable[str], families: Collection[str] | None, embedded: Collection[str] = ()
) -> tuple[Typeface, ...]:
    """What stands for each typeface among ``families`` (None: nobody knows them), by name; names differ by case alone."""
    known = None if families is None else {name.casefold() for name in families}
    own = {name.casefold() for name in embedded}
    found: dict[str, Typeface] = {}
    for name in names:
        found.setdefault(name.casefold(), _look_up(name, known, own))
    return tuple(found[key] for key in sorted(found))


def _look_up(name: str, known: set[str] | None, own: set[str]) -> Typeface:
    family = _CHARACTER_SET.sub("", name).casefold()
    if known is not None and known.intersection((name.casefold(), family)):
        return Typeface(name, Presence.PRESENT)
    if name.casefold() in own:
        return Typeface(name, Presence.EMBEDDED)
    if known is None:
        return Typeface(name, Presence.UNKNOWN)
    for twin in twins().get(family, ()):
        if twin.casefold() in known:
            return Typeface(name, Presence.TWIN, twin)
    return Typeface(name, Presence.MISSING)
