"""A scan that is killed at random moments, under faults and changes: the benchmark at the size of a test."""

from __future__ import annotations

import logging
import os
import subprocess
import sys

from inventory.database import open_database
from tests.conftest import PROJECT
from tests.graph_emulator.faults import ALL_PERMISSIONS, Faults
from tests.graph_emulator.server import emulated
from tests.graph_emulator.tenant import Tenant
from tests.inventory.tenant.scanning import scan_once


def test_killed_scans_end_with_the_truth_and_ask_for_little_twice():
    """The benchmark exits 1 where the truth is missed, too much is asked twice, or a rescan asks or writes too much."""
    sizes = ["--people", "60", "--sites", "6", "--items", "6000", "--kills", "5"]
    done = subprocess.run(
        [sys.executable, "benchmarks/tenant.py", *sizes],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line.split()[-1] for line in done.stdout.splitlines() if "equals the truth" in line]
    assert told == ["True", "True"]


def test_a_whole_scan_logs_neither_tokens_nor_names(tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    database = open_database(str(tmp_path / "tenant.db"))
    faults = Faults(
        token_requests=25, busy_share=0.03, drop_share=0.03, permissions=ALL_PERMISSIONS - {"Tasks.Read.All"}
    )
    with emulated(tmp_path, Tenant(20, 3, 200), faults) as emulator:
        scan_once(emulator, database)
        tokens = list(emulator._tokens)
    database.dispose()
    assert len(tokens) > 1
    for word in (*tokens, "prenom.nom", "tempauth", "BEGIN", "Bearer"):
        assert word not in caplog.text
