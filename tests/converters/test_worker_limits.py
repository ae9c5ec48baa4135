"""Limits that grow with a file."""

from __future__ import annotations

from converters.workers import WorkerLimits, WorkerPool
from tests.worker_tasks import wait_seconds


def test_a_larger_file_has_more_time():
    limits = WorkerLimits(timeout_seconds=1, seconds_per_megabyte=100)
    with WorkerPool(2, limits) as pool:
        answers = dict(pool.map(wait_seconds, [4.0, 4.5], lambda seconds: 1_000_000 if seconds == 4.5 else 0))
    assert getattr(answers[4.0], "code", "") == "TIMEOUT"
    assert answers[4.5] == 4.5
