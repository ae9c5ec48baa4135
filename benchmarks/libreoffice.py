"""What a document costs LibreOffice: warm in a worker, with a start of its own, and in one call over all files.

    python benchmarks/libreoffice.py [--files 40]

The same documents of the corpus, one after the other, three times in one run. The first two identify, count, prove,
mend and check each result as every conversion does; the third is `soffice --convert-to` alone, and what it left
unconverted is told. Seconds are of the wall clock, starts included: compare them with each other only.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from converters.engines import Conversion, convert, convert_all  # noqa: E402
from converters.libreoffice.find import require  # noqa: E402
from converters.outcome import Engine  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
TARGETS = {"docx": "odt", "xlsx": "ods", "pptx": "odp"}
CALL_SECONDS = 1800


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=40)
    count = parser.parse_args().files
    every = [path for kind in TARGETS for path in sorted((CORPUS / kind).glob(f"*.{kind}"))]
    sources = [every[index * len(every) // count] for index in range(count)]
    with tempfile.TemporaryDirectory(prefix="libreoffice-benchmark-") as name:
        work = Path(name)
        ways = {"warm": warm, "a start each": a_start_each, "one call": one_call}
        for way, run in ways.items():
            (folder := work / way.replace(" ", "-")).mkdir()
            started = time.monotonic()
            converted = run(sources, folder)
            seconds = time.monotonic() - started
            print(
                f"{way:13} {seconds:7.1f} s  {seconds / count:5.2f} s a file  converted {converted} of {count}",
                flush=True,
            )


def _target(source: Path, folder: Path) -> Path:
    return folder / f"{source.name}.{TARGETS[source.suffix[1:]]}"


def warm(sources: list[Path], folder: Path) -> int:
    conversions = [Conversion(source, _target(source, folder), Engine.LIBREOFFICE) for source in sources]
    return sum(outcome.target is not None for _conversion, outcome in convert_all(conversions, 1))


def a_start_each(sources: list[Path], folder: Path) -> int:
    outcomes = [convert(source, _target(source, folder), engine=Engine.LIBREOFFICE) for source in sources]
    return sum(outcome.target is not None for outcome in outcomes)


def one_call(sources: list[Path], folder: Path) -> int:
    """One call for each family, for a call has one target format; it stops where LibreOffice dies."""
    for suffix, target in TARGETS.items():
        of_family = [str(source) for source in sources if source.suffix == f".{suffix}"]
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            str(require().path),
            profile,
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(folder),
        ]
        subprocess.run([*command, *of_family], capture_output=True, timeout=CALL_SECONDS, check=False)
    return sum(path.suffix[1:] in TARGETS.values() for path in folder.iterdir())


if __name__ == "__main__":
    main()
