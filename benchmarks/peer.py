"""What the benchmarks of the converters share: the native engine against one warm soffice, over the same files.

Both run pinned to one and the same core, one after the other in the same run, each warmed by a document that does
not count. soffice gets all files in one call and is started again on the rest when it dies or hangs. A file counts
only where both engines converted it, and so does the time that was spent on it: neither starts, nor crashes, nor
files that one of them refuses, weigh on either side.

Memory is the sum of the proportional set sizes (PSS) of all processes of an engine, sampled while it works; for the
native engine this process is one of them. CPU time is that of all processes of an engine, starts included.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from converters.engines import Conversion, convert_all
from converters.libreoffice.find import find, require
from converters.outcome import Engine

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
SAMPLE_SECONDS = 0.1
HANG_SECONDS = 120  # without a result: soffice hangs
_WATCH_SECONDS = 0.25


@dataclass
class Measured:
    """What one engine did: ``seconds`` by the name of each file that it converted, in wall time."""

    seconds: dict[str, float] = field(default_factory=dict)
    cpu_seconds: float = 0.0
    peak_bytes: int = 0
    starts: int = 0


@dataclass(frozen=True)
class Comparison:
    """Both engines over ``files`` files; the rates are of the ``both`` that both converted."""

    files: int
    native: Measured
    peer: Measured

    @property
    def both(self) -> set[str]:
        return self.native.seconds.keys() & self.peer.seconds.keys()

    def rate(self, engine: Measured) -> float:
        """Documents per second; 0 where nothing was converted by both."""
        seconds = sum(engine.seconds[name] for name in self.both)
        return len(self.both) / seconds if seconds else 0.0

    @property
    def ratio(self) -> float:
        peer = self.rate(self.peer)
        return self.rate(self.native) / peer if peer else 0.0

    @property
    def cpu_ratio(self) -> float:
        return self.peer.cpu_seconds / self.native.cpu_seconds if self.native.cpu_seconds else 0.0


@contextmanager
def measured(*, with_this_process: bool) -> Iterator[Measured]:
    """Measure a block: CPU time of the processes that end within it, and the memory of all that run meanwhile.

    This process is pinned to one core, which its children inherit; the sampling thread stays away from that core
    where there is another.
    """
    result, done = Measured(), threading.Event()
    cores = os.sched_getaffinity(0)
    core = max(cores)

    def sample() -> None:
        os.sched_setaffinity(0, cores - {core} or cores)
        this = psutil.Process()
        while not done.wait(SAMPLE_SECONDS):
            total = 0
            for process in [*([this] if with_this_process else []), *this.children(recursive=True)]:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            result.peak_bytes = max(result.peak_bytes, total)

    def cpu_seconds() -> float:
        usages = [resource.getrusage(resource.RUSAGE_CHILDREN)]
        if with_this_process:
            usages.append(resource.getrusage(resource.RUSAGE_THREAD))
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    os.sched_setaffinity(0, {core})
    before = cpu_seconds()
    try:
        yield result
    finally:
        result.cpu_seconds = cpu_seconds() - before
        os.sched_setaffinity(0, cores)
        done.set()
        sampler.join()


def run_native(files: Sequence[Path], warm: Path, extension: str, folder: Path) -> Measured:
    """One worker process over all files, after ``warm``."""
    wishes = [Conversion(file, folder / f"{file.stem}.{extension}", Engine.NATIVE) for file in (warm, *files)]
    with measured(with_this_process=True) as result:
        result.starts = 1
        last = time.perf_counter()
        for conversion, outcome in convert_all(wishes, jobs=1):
            now = time.perf_counter()
            if outcome.target and conversion.source != warm:
                result.seconds[conversion.source.name] = now - last
            last = now
    return result


def run_peer(files: Sequence[Path], warm: Path, extension: str, folder: Path) -> Measured:
    """soffice over all files, in one call as long as it lives; each call begins with ``warm``.

    A file's time is that from the result before it to its own, so that what it could not load weighs on the next.
    """
    with measured(with_this_process=False) as result:
        rest = list(files)
        while rest:
            result.starts += 1
            results = folder / f"start-{result.starts}"
            finished = _run_soffice([warm, *rest], extension, results)
            written = {path.stem: path.stat().st_mtime_ns for path in results.glob(f"*.{extension}")}
            reached = _note_times(rest, written, written.get(warm.stem), result)
            if finished:
                break
            rest = rest[reached + 1 :]  # the one after the last result is where it died
    return result


def _note_times(rest: Sequence[Path], written: dict[str, int], last: int | None, result: Measured) -> int:
    """Note the time of each file that was written after ``last``; answers how many of ``rest`` lie before the end."""
    reached = 0
    for index, file in enumerate(rest):
        moment = written.get(file.stem)
        if moment is not None:
            reached = index + 1
            if last is not None:
                result.seconds[file.name] = max(0, moment - last) / 1e9
            last = moment
    return reached


def _run_soffice(files: Sequence[Path], extension: str, results: Path) -> bool:
    """Run soffice once over ``files``; answers whether it came to its end. It is killed where it hangs."""
    results.mkdir()
    command = [
        str(require().path),
        f"-env:UserInstallation={(results.parent / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        extension,
        "--outdir",
        str(results),
        *map(str, files),
    ]
    process = psutil.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    known, since = -1, time.monotonic()
    while True:
        try:
            return process.wait(_WATCH_SECONDS) == 0
        except psutil.TimeoutExpired:
            count = sum(1 for _ in results.iterdir())
            if count != known:
                known, since = count, time.monotonic()
            elif time.monotonic() - since > HANG_SECONDS:
                for descendant in process.children(recursive=True):
                    descendant.kill()
                process.kill()
                process.wait()
                return False


def compare_engines(found: Sequence[Path], extension: str, work: Path) -> Comparison:
    """Both engines over copies of ``found`` under short names, in new folders below ``work``."""
    folders = {name: work / f"{name}-{extension}" for name in ("inputs", "native", "peer")}
    for folder in folders.values():
        folder.mkdir()
    files = [
        Path(shutil.copy(file, folders["inputs"] / f"{number:05d}{file.suffix.lower()}"))
        for number, file in enumerate(found)
    ]
    warm = Path(shutil.copy(files[0], folders["inputs"] / f"warm{files[0].suffix}"))
    native = run_native(files, warm, extension, folders["native"])
    return Comparison(len(files), native, run_peer(files, warm, extension, folders["peer"]))


def print_comparison(comparison: Comparison, label: str) -> None:
    print(f"{label}: {comparison.files} files, {len(comparison.both)} converted by both, one core each")
    print(f"{'':16}{'documents/s':>12}{'converted':>11}{'CPU s':>8}{'peak MB':>9}{'starts':>8}")
    for name, engine in (("native", comparison.native), ("LibreOffice", comparison.peer)):
        print(
            f"{name:16}{comparison.rate(engine):12.2f}{len(engine.seconds):11}{engine.cpu_seconds:8.1f}"
            f"{engine.peak_bytes / 1e6:9.0f}{engine.starts:8}"
        )
    print(
        f"native is {comparison.ratio:.1f} times as fast; CPU time, starts included: {comparison.cpu_ratio:.1f}"
    )


def main(
    extension: str, suffixes: Sequence[str], corpus_folder: str, arguments_given: Sequence[str] | None = None
) -> None:
    """The command line of a family's benchmark: FOLDER, else the corpus, else the sample share."""
    parser = argparse.ArgumentParser(description=f"The native engine against LibreOffice, to {extension}.")
    parser.add_argument("folder", nargs="?", type=Path, help="default: the corpus, else the sample share")
    parser.add_argument("--limit", type=int, help="at most so many files")
    arguments = parser.parse_args(arguments_given)
    if not sys.platform.startswith("linux"):
        parser.error("cores and proportional memory are measured on Linux")
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-") as temporary:
        source = arguments.folder or CORPUS / corpus_folder
        if not source.is_dir():
            from migrate.sample_share.share import write_share  # noqa: PLC0415  (workers need none of it)

            write_share(source := Path(temporary, "share"), find())
        found = sorted(file for file in source.rglob("*") if file.suffix[1:].lower() in suffixes)
        found = found[: arguments.limit]
        if not found:
            parser.error(f"no {'/'.join(suffixes)} in {source}, or none asked for")
        comparison = compare_engines(found, extension, Path(temporary))
        print_comparison(comparison, f"{source.name}, LibreOffice {require().version_text}")
