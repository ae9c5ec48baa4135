"""A share that was scanned, with results of conversions, some bad, and names that are scripts."""

from __future__ import annotations

from pathlib import Path

from inventory.database import open_database
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from migrate.demo import _inspect
from migrate.openings import note_opening
from tests.inventory.test_search import linking_to
from tests.migrate.ledger_rows import FAILED, GOOD, OPEN, REFUSED, run_of
from tests.office_files import docx_with

HOSTILE = '<img src=x onerror=alert(1)> & "><script>alert(2)<’.docx'


def stock(folder: Path, root: Path) -> None:
    """Fill the share ``root`` and the database ``folder/migrate.db``."""
    names = ["Budget 2026.docx", HOSTILE, *(f"letter {number:03}.docx" for number in range(60))]
    for name in names:
        (root / name).write_bytes(docx_with({}))
    (root / "links.docx").write_bytes(linking_to(root / names[0]))
    database = open_database(str(folder / "migrate.db"))
    scan([FilesystemSource(root)], database, inspect=_inspect, jobs=1)
    run_of(database, {str(root / name): GOOD for name in names[2:10]}, "2026-11-01", "1")
    bad = {HOSTILE: OPEN, "letter 001.docx": FAILED, "Budget 2026.docx": REFUSED}
    run_of(database, {str(root / name): outcome for name, outcome in bad.items()}, "2026-11-02", "2")
    note_opening(database, "<b>eve</b>", "download", HOSTILE, "ab" * 32)
    database.dispose()
