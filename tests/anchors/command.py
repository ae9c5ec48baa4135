"""``migrate convert`` as a person gives it, and what it says of each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from migrate.cli import group


@dataclass(frozen=True, slots=True)
class Answer:
    """``rows`` by the source's name, as ``--json`` has them; ``left`` are the reasons of files without a verdict."""

    exit_code: int
    rows: Mapping[str, dict[str, Any]]
    left: Mapping[str, str]
    errors: str  # what went to the standard error

    def verdicts(self) -> dict[str, str]:
        return {name: row["outcome"]["verdict"] for name, row in self.rows.items()}

    def causes(self) -> dict[str, str]:
        return {name: row["outcome"]["error"] for name, row in self.rows.items()}


def migrate_convert(*arguments: object) -> Answer:
    result = CliRunner().invoke(
        group, ["convert", *map(str, arguments), "--jobs", "1", "--json"], standalone_mode=False
    )
    if result.exception is not None:
        raise result.exception
    document = json.loads(result.stdout)
    return Answer(
        result.return_value,
        {Path(row["source"]).name: row for row in document["files"]},
        {Path(left["path"]).name: left["reason"] for left in document["not_converted"]},
        result.stderr,
    )
