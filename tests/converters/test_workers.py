"""A worker that misbehaves costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import psutil
import pytest

from converters.errors import ConverterError
from converters.workers import WorkerLimits, WorkerPool
from tests.worker_tasks import double, misbehave, tie

LIMITS = WorkerLimits(timeout_seconds=3, memory_megabytes=800)


def test_answers_come_with_their_items() -> None:
    with WorkerPool(2, LIMITS) as pool:
        assert sorted(pool.map(double, range(20))) == [(number, number * 2) for number in range(20)]


@pytest.mark.parametrize(("beside", "grows_old"), [(10, False), (700_000, True)])
def test_what_a_task_tied_up_in_itself_goes_with_it(beside: int, grows_old: bool) -> None:
    with WorkerPool(1, LIMITS) as pool:
        answers = [answer for _item, answer in pool.map(tie, [beside] * 3)]
    assert [alive for alive, _old in answers] == [0, 0, 0]
    assert sum(old > 0 for _alive, old in answers) in (
        (3,) if grows_old else (0, 1)
    )  # one finds what imports left


@pytest.mark.parametrize(
    ("how", "code"),
    [("hang", "TIMEOUT"), ("eat", "OUT_OF_MEMORY"), ("die", "CRASHED"), ("raise", "INTERNAL"), ("refuse", "DAMAGED_ZIP")],
)  # fmt: skip
def test_a_bad_task_gets_its_code_and_the_pool_goes_on(how: str, code: str) -> None:
    with WorkerPool(1, LIMITS) as pool:
        answers = dict(pool.map(misbehave, ["fine", how, "fine too"]))
    bad = answers.pop(how)
    assert isinstance(bad, ConverterError)
    assert bad.code == code
    assert answers == {"fine": "fine", "fine too": "fine too"}


def test_items_are_drawn_only_as_fast_as_the_work_goes() -> None:
    drawn = []

    def source():
        for number in range(1000):
            drawn.append(number)
            yield number

    with WorkerPool(1, LIMITS) as pool:
        answers = pool.map(double, source())
        next(answers)
        assert len(drawn) < 10


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's parent-death signal is Linux")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_workers_die_with_their_parent(tmp_path: Path, number: signal.Signals) -> None:
    note = tmp_path / "pid"
    script = textwrap.dedent(f"""
        from converters.workers import WorkerPool
        from tests.worker_tasks import note_and_hang
        if __name__ == "__main__":
            with WorkerPool(1) as pool:
                list(pool.map(note_and_hang, [{str(note)!r}]))
    """)
    file = tmp_path / "parent.py"
    file.write_text(script)
    root = Path(__file__).parents[2]
    parent = subprocess.Popen(
        [sys.executable, str(file)], env={**os.environ, "PYTHONPATH": str(root)}, stderr=subprocess.DEVNULL
    )
    worker = int(_wait_for(note))
    parent.send_signal(number)
    parent.wait(20)
    deadline = time.monotonic() + 10
    while _runs(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(worker)


def _wait_for(note: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if note.exists() and (text := note.read_text()):
            return text
        time.sleep(0.05)
    raise AssertionError("the worker did not start")


def _runs(process_id: int) -> bool:
    try:
        return psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_workers_outlive_the_threads_that_use_them() -> None:
    answers: list[int | ConverterError] = []
    with WorkerPool(1) as pool:
        pool.start()
        for number in range(3):
            thread = threading.Thread(target=lambda number=number: answers.append(pool.run(double, number)))
            thread.start()
            thread.join()
            time.sleep(0.3)  # in which a worker of that thread would be killed
    assert answers == [0, 2, 4]
