"""Programs that write Office files by themselves, told from the document's properties (``producers.csv``).

A file counts as a program's where its properties name one and nobody saved it since: an office puts its own name into
``Application`` and a person's into ``lastModifiedBy``, so a row about the creator also says whose names may stand there.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class _Producer:
    name: str
    field: str  # application, creator, description
    pattern: re.Pattern[str]
    saved_by: re.Pattern[str] | None  # None: whoever saved it last, the field would tell


@cache
def _producers() -> tuple[_Producer, ...]:
    text = (resources.files("converters.inspect") / "producers.csv").read_text("utf-8")
    return tuple(
        _Producer(
            row["producer"],
            row["field"],
            re.compile(row["pattern"], re.IGNORECASE),
            re.compile(row["saved_by"], re.IGNORECASE) if row["saved_by"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def _any_of(field: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(row.pattern.pattern for row in _producers() if row.field == field), re.IGNORECASE
    )


def producer_of(application: str, creator: str, description: str, last_modified_by: str) -> str:
    """The program that made a file which no person has saved since; empty where none is known."""
    values = {"application": application, "creator": creator, "description": description.strip()}
    if not any(value and _any_of(field).search(value) for field, value in values.items()):
        return ""
    for row in _producers():
        saved_since = row.saved_by is not None and not row.saved_by.search(last_modified_by)
        if values[row.field] and row.pattern.search(values[row.field]) and not saved_since:
            return row.name
    return ""
