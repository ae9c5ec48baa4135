"""A batch with killers among its files: what it costs, who is named, what is left.

    python benchmarks/killers.py [--files 290] [--jobs 2] [--timeout 120]

The same documents of the corpus are converted by LibreOffice twice through `migrate convert`, without killers and with
ten among them (tests/killers.py says what they are); both runs start with nothing. The first also tells which documents
LibreOffice can convert at all. Printed: seconds of both runs, their ratio, each killer with its verdict, and what is left
behind. Exits 1 where a document is missing, a killer is not named, something is left, or the time is over by a fifth.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.killers import Fate, left_behind, write_bomb, write_crash, write_hang, write_loop  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus"
KILLERS = {
    "crash-1.rtf": (write_crash, "LIBREOFFICE_CRASHED"),
    "crash-2.rtf": (write_crash, "LIBREOFFICE_CRASHED"),
    "crash-3.rtf": (write_crash, "LIBREOFFICE_CRASHED"),
    "hang-1.rtf": (write_hang, "LIBREOFFICE_HANGS"),
    "hang-2.rtf": (write_hang, "LIBREOFFICE_HANGS"),
    "hang-3.rtf": (write_hang, "LIBREOFFICE_HANGS"),
    "bomb-1.xlsx": (write_bomb, "OUT_OF_MEMORY"),
    "bomb-2.xlsx": (write_bomb, "OUT_OF_MEMORY"),
    "loop-1.xlsx": (write_loop, "TIMEOUT"),
    "loop-2.xlsx": (write_loop, "TIMEOUT"),
}
MOST_OVERHEAD = 0.2


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=290)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=int, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="killers-") as name:
        work = Path(name)
        share, temporary = work / "share", work / "temporary"
        temporary.mkdir()
        copy_documents(share, options.files)
        good, seconds_without = convert(share, work / "without", temporary, options)
        plant(share)
        with Fate(temporary) as fate:
            outcomes, seconds_with = convert(share, work / "with", temporary, options)
        remains = left_behind(temporary, fate.folders)
    return report(good, outcomes, seconds_without, seconds_with, remains)


def copy_documents(share: Path, count: int) -> None:
    sources = [path for kind in ("docx", "xlsx", "pptx") for path in sorted((CORPUS / kind).iterdir())]
    # evenly from all of them, so that a shorter run is a fair one too
    for index in range(min(count, len(sources))):
        source = sources[index * len(sources) // min(count, len(sources))]
        folder = share / f"folder-{index % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder)


def plant(share: Path) -> None:
    """One killer in each folder, in the middle of its files by name."""
    for index, (name, (write, _code)) in enumerate(KILLERS.items()):
        write(share / f"folder-{index}" / f"8-{name}")


def convert(
    share: Path, target: Path, temporary: Path, options: argparse.Namespace
) -> tuple[dict[str, Any], float]:
    """Outcomes by file name, and the seconds of the whole command."""
    bounds = [
        "--jobs",
        str(options.jobs),
        "--timeout",
        str(options.timeout),
        "--db",
        str(target.with_suffix(".db")),
    ]
    command = [
        sys.executable,
        "-c",
        "from migrate.cli import main; main()",
        "convert",
        str(share),
        "--to",
        str(target),
    ]
    started = time.monotonic()
    answer = subprocess.run(
        [*command, "--engine", "libreoffice", "--json", *bounds],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        capture_output=True,
        check=False,
    )
    seconds = time.monotonic() - started
    files = json.loads(answer.stdout)["files"]
    return {Path(row["source"]).name: row["outcome"] for row in files}, seconds


def report(
    good: dict[str, Any], outcomes: dict[str, Any], without: float, with_killers: float, remains: list[str]
) -> int:
    convertible = {name for name, outcome in good.items() if outcome["target"]}
    converted = {name for name, outcome in outcomes.items() if outcome["target"]}
    missing = sorted(convertible - converted)
    print(
        f"documents: {len(good)}, of which LibreOffice converts {len(convertible)}; missing with killers: {len(missing)}"
    )
    wrong = 0
    for name, (_write, code) in KILLERS.items():
        outcome = outcomes[f"8-{name}"]
        wrong += outcome["error"] != code
        print(f"  {name:12} {outcome['verdict']:8} {outcome['error'] or '-':20} {outcome['seconds']:6.1f} s")
    overhead = with_killers / without - 1
    print(f"seconds: {without:.1f} without killers, {with_killers:.1f} with: {overhead:+.1%}")
    print(f"left behind: {', '.join(remains) or 'nothing'}")
    for name in missing:
        print(f"missing: {name} {outcomes[name]['error']}")
    return int(bool(missing or wrong or remains or overhead > MOST_OVERHEAD))


if __name__ == "__main__":
    sys.exit(main())
