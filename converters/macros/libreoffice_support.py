"""What of VBA LibreOffice has: the tables beside this module, read once.

``libreoffice_objects.tsv``: objects with their members, from LibreOffice's type registry (``docs/vba_objects.py``).
``libreoffice_language.tsv``: functions, statements, declarations and libraries of VBA with what becomes of them, from
LibreOffice's answers to a piece of code for each, and its documentation. Every row names its source and date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from converters.kinds import PRESENTATION, SPREADSHEET, TEXT

# family of a document -> the program in the table of objects; PowerPoint has none there: LibreOffice runs no macro of
# a presentation and knows none of its objects
APPLICATIONS: dict[str, str] = {SPREADSHEET: "excel", TEXT: "word", PRESENTATION: "powerpoint"}
_SHARED = ("office", "msforms")  # objects of every program


class Support(StrEnum):
    """What becomes of a use in LibreOffice."""

    WORKS = "works"
    WINDOWS = "windows"  # where LibreOffice runs on Windows, and what is called is installed there
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Member:
    """``returns``: the object that it answers, empty where the registry does not tell. ``since``: the version of
    LibreOffice that has it first, empty for every version that is supported."""

    name: str
    returns: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """A row of the language table: ``name`` is a pattern with ``*`` in libraries."""

    kind: str  # function, statement, declaration, library, object
    name: str
    support: Support


Objects = Mapping[str, Mapping[str, Member]]


@cache
def objects_of(application: str) -> Objects:
    """Object -> its members, both by folded name, of a program (``excel``) and those of every program."""
    if application == "powerpoint":
        return {}
    found: dict[str, dict[str, Member]] = {}
    for row in _rows("libreoffice_objects.tsv"):
        if row["application"] in (application, *_SHARED):
            members = found.setdefault(row["object"].casefold(), {})
            members.update(
                (member.name.casefold(), member) for member in map(_member, row["members"].split())
            )
    for name in list(
        found
    ):  # what all programs have of an object is an interface of its own: Font and FontBase
        found[name] = {**found.get(f"{name}base", {}), **found[name]}
    return found


@cache
def members_of_all(application: str) -> frozenset[str]:
    """The folded names of all members of all objects of a program."""
    return frozenset(name for members in objects_of(application).values() for name in members)


@cache
def globals_of(application: str) -> Mapping[str, Member]:
    """What code names without an object before it (``ActiveSheet``, ``Range``), by folded name."""
    objects = objects_of(application)
    return {**objects.get("application", {}), **objects.get("globals", {})}


@cache
def language() -> Mapping[tuple[str, str], Language]:
    """(kind, folded name) -> row."""
    rows = (
        Language(row["kind"], row["name"], Support(row["support"]))
        for row in _rows("libreoffice_language.tsv")
    )
    return {(row.kind, row.name.casefold()): row for row in rows}


def _member(text: str) -> Member:
    rest, _at, since = text.partition("@")
    name, _colon, returns = rest.partition(":")
    return Member(name, returns, since)


def _rows(name: str) -> Iterator[dict[str, str]]:
    header, *lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    columns = header.split("\t")
    for line in lines:
        yield dict(zip(columns, line.split("\t"), strict=True))
