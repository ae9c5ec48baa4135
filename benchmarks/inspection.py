"""Documents a second and a core of the cheap and the deep level, stored, against a bare read of zip directories and
relationships in the same run.

    python benchmarks/inspection.py
    python benchmarks/inspection.py /srv/share --deep

Seconds are of the processor, in the program and in its worker, so that other work on the machine counts less. What
starting the worker costs once, seen on a folder of one text file, is told apart.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path = [str(PROJECT), *[entry for entry in sys.path if Path(entry).resolve() != PROJECT / "benchmarks"]]

from inventory.database import open_database  # noqa: E402
from inventory.inspecting import Deep, WorkerInspector  # noqa: E402
from inventory.scan import scan  # noqa: E402
from inventory.sources.filesystem import FilesystemSource  # noqa: E402

CORPUS = PROJECT.parent / "shared" / "corpus"


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def read_directories(root: Path) -> float:
    """Seconds to read zip directories and relationships, and nothing else."""
    started = time.process_time()
    for path in root.rglob("*"):
        if path.is_file() and zipfile.is_zipfile(path):
            try:
                with zipfile.ZipFile(path) as archive:
                    for name in archive.namelist():
                        if name.endswith(".rels"):
                            archive.read(name)
            except (zipfile.BadZipFile, OSError, ValueError):
                continue
    return time.process_time() - started


def scan_seconds(root: Path, level: str) -> tuple[float, int]:
    """Seconds of a scan in a process of its own (``list`` reads no contents), and its documents."""
    done = subprocess.run(
        [sys.executable, __file__, "--only", level, str(root)], check=True, capture_output=True, text=True
    )
    seconds, documents, megabytes = done.stdout.split()
    print(f"{level:12} {float(seconds):8.2f} s of processor   peak {megabytes} MB")
    return float(seconds), int(documents)


def start_seconds() -> float:
    """What looking into next to nothing costs more than listing it: the worker's start and end."""
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-") as folder:
        Path(folder, "one.txt").write_text("one", "utf-8")
        return scan_seconds(Path(folder), "cheap")[0] - scan_seconds(Path(folder), "list")[0]


def _scan(root: Path, level: str) -> None:
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-") as folder:
        database = open_database(str(Path(folder, "scan.db")))
        before = cpu_seconds()
        if level == "list":
            coverage = scan([FilesystemSource(root)], database)
        else:
            with WorkerInspector(1, Deep.ALL if level == "deep" else Deep.NONE) as inspector:
                coverage = scan([FilesystemSource(root)], database, inspect=inspector)
        database.dispose()
    whos = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    megabytes = max(resource.getrusage(who).ru_maxrss for who in whos) // 1024
    print(cpu_seconds() - before, coverage.by_state.get("read", 0), megabytes)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--deep", action="store_true", help="measure the deep level too")
    parser.add_argument("--only", choices=("list", "cheap", "deep"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        _scan(options.root, options.only)
        return
    if not options.root.is_dir():
        print("skipped: there is no corpus beside the project")
        return
    listed, _none = scan_seconds(options.root, "list")
    start = start_seconds()
    peer = read_directories(options.root)
    for level in ("cheap", "deep") if options.deep else ("cheap",):
        seconds, documents = scan_seconds(options.root, level)
        whole, rate = documents / (seconds - listed), documents / (seconds - listed - start)
        print(
            f"{level:12} {rate:8,.0f} documents/s and core, stored; {whole:,.0f}/s with {start:.2f} s of start; "
            f"zip and relationships alone {documents / peer:,.0f}/s"
        )


if __name__ == "__main__":
    main()
