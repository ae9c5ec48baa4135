"""Documents per second and peak memory of the native engine, against one warm soffice over the same files.

    python benchmarks/convert.py [--limit N] [FOLDER]     without a folder: the sample share, written on the spot

Both work on one core at a time. The peer gets all files of a family in one call and is started again on the rest
when it dies; a file counts only where both engines converted it. Memory is the sum of the proportional set sizes of
all processes of an engine, sampled while it runs.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from converters.engines import Conversion, convert_all
from converters.libreoffice.find import find, require
from converters.outcome import Engine
from migrate.sample_share.share import write_share

FAMILIES = {"odt": ("docx", "dotx", "docm"), "ods": ("xlsx", "xltx", "xlsm"), "odp": ("pptx", "potx", "pptm")}
SAMPLE_SECONDS = 0.05
PEER_SECONDS = 600


@dataclass
class Measured:
    """``seconds`` of wall time for all files, ``peak_bytes`` of all processes, and which files were converted."""

    seconds: float = 0.0
    peak_bytes: int = 0
    converted: set[str] = field(default_factory=set)


@contextmanager
def measured() -> Iterator[Measured]:
    """Time a block and sample the memory of this process's children meanwhile."""
    result, done = Measured(), threading.Event()

    def sample() -> None:
        while not done.wait(SAMPLE_SECONDS):
            total = 0
            for child in psutil.Process().children(recursive=True):
                try:
                    total += child.memory_full_info().pss
                except psutil.Error:
                    continue
            result.peak_bytes = max(result.peak_bytes, total)

    sampler = threading.Thread(target=sample, daemon=True)
    sampler.start()
    started = time.perf_counter()
    try:
        yield result
    finally:
        result.seconds = time.perf_counter() - started
        done.set()
        sampler.join()


def native(files: list[Path], family: str, folder: Path) -> Measured:
    wishes = [Conversion(file, folder / f"{file.stem}.{family}", Engine.NATIVE) for file in files]
    with measured() as result:
        for conversion, outcome in convert_all(wishes, jobs=1):
            if outcome.target:
                result.converted.add(conversion.source.stem)
    return result


def peer(files: list[Path], family: str, folder: Path) -> Measured:
    """One soffice over all files; where it dies, the file it died at is left out and another goes on."""
    program, profile = require(), folder / "profile"
    rest = list(files)
    with measured() as result:
        while rest:
            command = [
                str(program.path),
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--norestore",
            ]
            command += ["--convert-to", family, "--outdir", str(folder), *map(str, rest)]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(command, capture_output=True, timeout=PEER_SECONDS, check=False)
            written = [file for file in rest if (folder / f"{file.stem}.{family}").exists()]
            last = max((rest.index(file) for file in written), default=-1)
            rest = rest[last + 2 :] if written else rest[1:]  # the one after the last result is where it died
    result.converted = {file.stem for file in files if (folder / f"{file.stem}.{family}").exists()}
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, help="at most so many files of each family")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        source = arguments.folder
        if source is None:
            write_share(source := work / "share", find())
        print(
            f"LibreOffice {require().version_text}, files of {arguments.folder or 'the sample share'}, one core each"
        )
        print(
            f"{'family':8}{'files':>6}{'both':>6}{'native/s':>10}{'soffice/s':>10}{'ratio':>7}{'native MB':>11}{'soffice MB':>11}"
        )
        for family, extensions in FAMILIES.items():
            found = sorted(file for file in source.rglob("*") if file.suffix[1:].lower() in extensions)[
                : arguments.limit
            ]
            inputs = work / f"inputs-{family}"
            inputs.mkdir()
            files = [
                Path(shutil.copy(file, inputs / f"{number:05d}{file.suffix}"))
                for number, file in enumerate(found)
            ]
            if files:
                report(family, files, work)


def report(family: str, files: list[Path], work: Path) -> None:
    results = []
    for engine in (native, peer):
        folder = work / f"{engine.__name__}-{family}"
        folder.mkdir()
        results.append(engine(files, family, folder))
    ours, theirs = results
    both = len(ours.converted & theirs.converted)
    rates = [both / result.seconds for result in results]
    print(
        f"{family:8}{len(files):6}{both:6}{rates[0]:10.1f}{rates[1]:10.1f}{rates[0] / rates[1] if rates[1] else 0:7.1f}"
        f"{ours.peak_bytes / 1e6:11.0f}{theirs.peak_bytes / 1e6:11.0f}"
    )


if __name__ == "__main__":
    main()
