"""Files per second of the listing, first and again, against ``find -printf`` on the same tree in the same run; then
the same tree scanned with kills; then the inspection of documents, which is a pass of its own.

    python benchmarks/scan.py --files 1000000 --kills 20

The ratio is what counts: all read the same directories, warm, on the same machine. ``cpu`` is what one core would
take were it alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from inventory.database import open_database
from inventory.inspecting import WorkerInspector
from inventory.scan import scan
from inventory.sources.filesystem import FilesystemSource
from inventory.store import inspected_items, kinds

FILES_A_FOLDER = 20
SIZE_BYTES = 1_000
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu_seconds: float
    megabytes: int


def make_tree(root: Path, files: int) -> None:
    """``files`` files of a size that no disk block stands for, in three levels of folders."""
    for number in range(files // FILES_A_FOLDER):
        folder = root / f"{number // 2500}" / f"{number // 50 % 50}" / f"{number % 50}"
        folder.mkdir(parents=True)
        for name in range(FILES_A_FOLDER):
            file = os.open(folder / f"report {name} of {number}.docx", os.O_CREAT | os.O_WRONLY)
            os.ftruncate(file, SIZE_BYTES)
            os.close(file)


def time_find(root: Path) -> float:
    started = time.perf_counter()
    subprocess.run(["find", root, "-printf", "%p\t%s\t%T@\t%u\t%i\n"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def time_scan(root: Path, database: Path, *, inspect: bool = False) -> Run:
    """A scan in a process of its own."""
    done = subprocess.run(_command(root, database, inspect), check=True, capture_output=True, text=True)
    return Run(**json.loads(done.stdout))


def _command(root: Path, database: Path, inspect: bool) -> list[str]:
    return [sys.executable, __file__, "--only", "inspect" if inspect else "list", str(root), str(database)]


def _scan(root: Path, database: Path, inspect: bool) -> Run:
    engine = open_database(str(database))
    started, cpu = time.perf_counter(), time.process_time()
    if inspect:
        with WorkerInspector(1) as inspector:
            scan([FilesystemSource(root)], engine, inspect=inspector)
    else:
        scan([FilesystemSource(root)], engine)
    return Run(
        time.perf_counter() - started,
        time.process_time() - cpu,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def scan_with_kills(root: Path, database: Path, kills: int, seconds: float) -> int:
    """Scan, killed ``kills`` times at random moments; answers how many kills hit a scan under way."""
    hit = 0
    for _ in range(kills):
        process = subprocess.Popen(_command(root, database, inspect=False), stdout=subprocess.DEVNULL)
        time.sleep(random.uniform(0.3, 0.8 + 1.6 * seconds / kills))
        if process.poll() is None:
            process.kill()
            hit += 1
        process.wait()
    time_scan(root, database)
    return hit


def rows_digest(database: Path) -> tuple[int, str]:
    """How many rows a database holds, and a digest of all that they say."""
    digest, rows = hashlib.sha256(), 0
    with open_database(str(database)).connect() as connection:
        for found in inspected_items(connection):
            digest.update(repr(found.item).encode("utf-8", "surrogatepass"))
            rows += 1
    return rows, digest.hexdigest()


def megabytes_of(database: Path) -> float:
    return sum(path.stat().st_size for path in database.parent.glob(database.name + "*")) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--folder", type=Path, help="where the tree is made  [default: the system's]")
    parser.add_argument("--only", nargs=3, help=argparse.SUPPRESS)  # what a process of its own does
    options = parser.parse_args()
    if options.only:
        what, root, database = options.only
        print(json.dumps(asdict(_scan(Path(root), Path(database), what == "inspect"))))
        return
    files = options.files
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-", dir=options.folder) as folder:
        root, database = Path(folder, "tree"), Path(folder, "scan.db")
        make_tree(root, files)
        time_find(root)  # warms the cache for all
        peer = time_find(root)
        print(f"{files:,} files in {files // FILES_A_FOLDER:,} folders")
        print(f"{'find -printf':24}{files / peer:12,.0f} files/s")
        runs = []
        for name in ("first scan", "scan without a change"):
            run = time_scan(root, database)
            runs.append(run)
            print(
                f"{name:24}{files / run.seconds:12,.0f} files/s  {peer / run.seconds:6.1%} of find  "
                f"cpu {run.cpu_seconds / files * 1e6:.1f} µs a file  {run.megabytes} MB at peak",
                flush=True,
            )
        first, again = runs
        print(f"{'again over first':24}{first.seconds / again.seconds:12.2f} times as fast")
        size = megabytes_of(database)
        print(f"{'database':24}{size:12,.0f} MB       {size / files * 1e6:.0f} bytes a file")
        disturbed = Path(folder, "killed.db")
        hit = scan_with_kills(root, disturbed, options.kills, first.seconds)
        same = rows_digest(disturbed) == rows_digest(database)
        print(f"{'killed and resumed':24}{hit:12} times  {'the same rows' if same else 'OTHER ROWS'}")
        if not same:
            sys.exit(1)
        time_inspection(Path(folder, "inspected.db"))


def time_inspection(database: Path) -> None:
    if not CORPUS.is_dir():
        print("inspection: skipped, there is no corpus beside the project")
        return
    listed = time_scan(CORPUS, database)
    run = time_scan(CORPUS, database, inspect=True)
    with open_database(str(database)).connect() as connection:
        documents = sum(kinds(connection).values())
    seconds = run.seconds - listed.seconds
    print(f"{'inspection, one worker':24}{documents / seconds:12,.0f} documents/s  {documents} documents")


if __name__ == "__main__":
    main()
