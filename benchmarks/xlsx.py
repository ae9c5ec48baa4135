"""Workbooks: large sheets against ``soffice --convert-to ods``, then the corpus against one warm soffice.

python benchmarks/xlsx.py [--cells N ...] [--runs N] [--limit N] [FOLDER]

Each large sheet (0.1, 1 and 10 million cells; ``--cells 0`` leaves them out) is converted by a new process of either
engine, one after the other in the same run, on all cores, under the limits that hold by default. Wall and CPU time go
from the start of the process to its end, starts and imports included; memory is the sum of the proportional set sizes
(PSS) of all processes of the engine, sampled meanwhile. The best of ``--runs`` counts for time, the worst for memory.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks import peer  # noqa: E402
from benchmarks.large_workbook import write_workbook  # noqa: E402
from converters.libreoffice.find import require  # noqa: E402

CELLS = (100_000, 1_000_000, 10_000_000)
SUFFIXES = ("xlsx", "xltx", "xlsm", "xltm")
_CONVERT = """
import sys
from pathlib import Path
from converters.engines import Conversion, convert_all
from converters.outcome import Engine
[(_, outcome)] = convert_all([Conversion(Path(sys.argv[1]), Path(sys.argv[2]), Engine.NATIVE)])
sys.exit(outcome.error or None)
"""


@dataclass(frozen=True)
class Run:
    """One conversion in processes of its own."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def run(command: list[str], target: Path) -> Run:
    """Raises RuntimeError where there is no result."""
    target.unlink(missing_ok=True)
    done, peaks = threading.Event(), [0]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=sys.path[0])

    def sample() -> None:
        while not done.wait(peer.SAMPLE_SECONDS):
            peaks.append(_memory(process.pid))

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    done.set()
    sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not target.exists():
        raise RuntimeError(f"no result: {command}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(peaks))


def _memory(pid: int) -> int:
    """The proportional set sizes of a process and all its descendants."""
    total = 0
    try:
        for process in (root := psutil.Process(pid), *root.children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.Error:  # one ended meanwhile
        return total
    return total


def native(source: Path, folder: Path) -> Run:
    target = folder / "native.ods"
    return run([sys.executable, "-c", _CONVERT, str(source), str(target)], target)


def soffice(source: Path, folder: Path) -> Run:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(require().path), profile, "--headless", "--norestore", "--convert-to", "ods"]
    return run([*command, "--outdir", str(folder), str(source)], folder / f"{source.stem}.ods")


ENGINES: dict[str, Callable[[Path, Path], Run]] = {"native": native, "LibreOffice": soffice}


def compare(cells: int, runs: int, folder: Path) -> None:
    source = folder / f"{cells}.xlsx"
    write_workbook(source, cells)
    print(f"{cells:,} cells, {source.stat().st_size / 1e6:.0f} MB")
    best: dict[str, float] = {}
    for name, engine in ENGINES.items():
        found = [engine(source, folder) for _ in range(runs)]
        best[name] = min(item.seconds for item in found)
        cpu, peak = min(item.cpu_seconds for item in found), max(item.peak_bytes for item in found)
        print(f"  {name:12}{best[name]:9.2f} s{cpu:9.2f} s CPU{peak / 1e6:9.0f} MB at peak")
    print(f"  native takes {best['native'] / best['LibreOffice']:.2f} of LibreOffice's time", flush=True)
    source.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cells", type=int, nargs="*", default=CELLS)
    parser.add_argument("--runs", type=int, default=1)
    arguments, rest = parser.parse_known_args()
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-") as temporary:
        folder = Path(temporary)
        write_workbook(warm := folder / "warm.xlsx", 1_000)
        soffice(warm, folder)  # writes its profile, which each user has
        for cells in filter(None, arguments.cells):
            compare(cells, arguments.runs, folder)
    peer.main("ods", SUFFIXES, "xlsx", rest)


if __name__ == "__main__":
    main()
