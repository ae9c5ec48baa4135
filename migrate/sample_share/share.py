"""The whole sample share in a folder: the same names, contents and dates on every run."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from converters.libreoffice.find import Program
from migrate.sample_share.documents import document
from migrate.sample_share.legacy import FORMATS, legacy_files
from migrate.sample_share.oddities import oddities
from migrate.sample_share.presentations import presentation
from migrate.sample_share.workbooks import workbook

# content file -> (its list, what writes a record of it)
_WRITERS: dict[str, tuple[str, Callable[[Mapping[str, Any]], bytes]]] = {
    "texts": ("document", document),
    "sheets": ("workbook", workbook),
    "slides": ("presentation", presentation),
}
_FIRST_DAY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC).timestamp()
_BETWEEN_SECONDS = 7 * 3600


@dataclass(frozen=True, slots=True)
class Share:
    """Paths below ``folder`` with slashes. ``left_out`` needs LibreOffice to be written."""

    folder: Path
    paths: tuple[str, ...]
    left_out: tuple[str, ...]


def content(name: str) -> str:
    """A file of ``content/``. Raises FileNotFoundError."""
    return resources.files(__package__).joinpath("content", name).read_text("utf-8")


def records() -> Iterator[tuple[Mapping[str, Any], bytes]]:
    """Every record of the content with its OOXML bytes, whatever its extension."""
    for name, (key, write) in _WRITERS.items():
        for record in tomllib.loads(content(f"{name}.toml"))[key]:
            yield record, write(record)


def write_share(folder: Path, program: Program | None) -> Share:
    """Write every file below ``folder``; without LibreOffice the legacy ones are left out."""
    made = {record["path"]: package for record, package in records()}
    older = {path: package for path, package in made.items() if path.rpartition(".")[2] in FORMATS}
    plain = {path: package for path, package in made.items() if path not in older}
    legacy = legacy_files(program, older) if program else {}
    files = plain | legacy | oddities(plain)
    for number, (path, data) in enumerate(sorted(files.items())):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        moment = _FIRST_DAY + number * _BETWEEN_SECONDS
        os.utime(target, (moment, moment))
    return Share(folder, tuple(sorted(files)), tuple(sorted(set(older) - set(legacy))))
