"""2,000 broken documents: no crash of the scan, and each is a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters import inspect
from inventory.database import open_database
from inventory.inspecting import Deep, WorkerInspector
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from inventory.store import inspected_items
from tests.conftest import CORPUS
from tests.fuzzed import broken, samples, write_broken

SMALL_BYTES = 60_000
DOCUMENTS = 2_000


def _corpus_samples() -> list[tuple[str, bytes]]:
    """Small real documents, where there are some."""
    files = sorted(path for path in CORPUS.glob("*/*") if path.stat().st_size < SMALL_BYTES)
    return [(path.suffix[1:], path.read_bytes()) for path in files[::2]]


def test_a_scan_of_2000_broken_documents_has_a_row_for_each(tmp_path: Path) -> None:
    write_broken(tmp_path / "share", samples() + _corpus_samples(), DOCUMENTS)
    database = open_database(str(tmp_path / "scan.db"))
    with WorkerInspector(1, Deep.NONE) as inspector:
        coverage = scan([FilesystemSource(tmp_path / "share")], database, inspect=inspector)
    assert coverage.items == DOCUMENTS
    assert set(coverage.by_state) <= {"read", "skipped"}
    assert set(coverage.by_reason) <= {"NOT_OFFICE", "EMPTY_FILE"}
    with database.connect() as connection:
        rows = list(inspected_items(connection))
    assert len(rows) == DOCUMENTS
    assert [row.item.path for row in rows if row.inspection and row.inspection.error == "INTERNAL"] == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_deep_look_at_broken_documents_ends_in_an_inspection(tmp_path: Path, seed: int) -> None:
    for number, (extension, data) in enumerate(broken(samples(), 150, seed)):
        path = tmp_path / f"{number}.{extension}"
        path.write_bytes(data)
        assert inspect(path, "deep").error != "INTERNAL", (seed, number)
