"""Files per second of the listing, first and again, against ``find -printf`` on the same tree in the same run.

    python benchmarks/scan.py --files 100000

The ratio is what counts: both read the same directories, warm, on the same machine.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from inventory.database import open_database
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource

FILES_A_FOLDER = 50


def make_tree(root: Path, files: int) -> None:
    for number in range(files):
        folder = root / f"{number // (FILES_A_FOLDER * 20)}" / f"{number // FILES_A_FOLDER}"
        if number % FILES_A_FOLDER == 0:
            folder.mkdir(parents=True)
        (folder / f"report {number}.docx").write_bytes(b"x")


def time_find(root: Path) -> float:
    started = time.perf_counter()
    subprocess.run(["find", root, "-printf", "%p\t%s\t%T@\t%u\t%i\n"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def time_scan(root: Path, database: Path) -> tuple[float, int]:
    """Seconds and peak memory in megabytes, in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_scan, (root, database))


def _scan(root: Path, database: Path) -> tuple[float, int]:
    engine = open_database(str(database))
    started = time.perf_counter()
    scan([FilesystemSource(root)], engine)
    return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20_000)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-") as folder:
        root, database = Path(folder, "tree"), Path(folder, "scan.db")
        make_tree(root, files)
        time_find(root)  # warms the cache for all
        peer = time_find(root)
        print(f"{'find -printf':24}{files / peer:12,.0f} files/s")
        for name in ("first scan", "scan without a change"):
            seconds, megabytes = time_scan(root, database)
            print(
                f"{name:24}{files / seconds:12,.0f} files/s  {peer / seconds:6.1%} of find  {megabytes} MB at peak"
            )


if __name__ == "__main__":
    main()
