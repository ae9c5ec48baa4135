"""The tables of ``migrate plan --init`` with their examples of rows as rows."""

from __future__ import annotations

import re
from pathlib import Path


def take_examples(folder: Path) -> None:
    """Make rows of the examples, which stand behind ``#`` without a space."""
    for table in folder.glob("*.csv"):
        table.write_text(re.sub(r"(?m)^#(?=[^ ])", "", table.read_text("utf-8")), "utf-8")
