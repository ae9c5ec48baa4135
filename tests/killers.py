"""Documents that LibreOffice dies of, for tests and benchmarks of the pool.

Two kinds are real: a sheet whose formulas take LibreOffice half an hour when it opens it (they are volatile), and one
whose single array formula fills 55 million cells, some gigabytes. For a crash and for a hang at an exact document none is
at hand that every version dies of: there LibreOffice itself is real and loads a real file, and :class:`Fate` strikes the
process that has it open, with SIGKILL or SIGSTOP.
"""

from __future__ import annotations

import glob
import os
import signal
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import psutil
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from converters.libreoffice.guard import pipes

SIGNALS = {b"killer: crash": signal.SIGKILL, b"killer: hang": signal.SIGSTOP}
_COPIES = ("migrate-libreoffice-*/source.rtf", "migrate-libreoffice-*/migrate-libreoffice-*/source.rtf")
_LOOK_SECONDS = 0.01
_PARAGRAPHS = 60_000  # some seconds of loading, in which fate strikes


def write_loop(path: Path) -> None:
    book = Workbook()
    for row in range(1, 1000):
        book.active[f"A{row}"] = "=SUMPRODUCT(MOD(ROW($1:$1048576)*RAND(),7))"
    book.save(path)


def write_bomb(path: Path) -> None:
    book = Workbook()
    book.active["A1"] = ArrayFormula("A1:AZ1048576", "=RAND()")
    book.save(path)


def write_crash(path: Path) -> None:
    _write_marked(path, b"killer: crash")


def write_hang(path: Path) -> None:
    _write_marked(path, b"killer: hang")


def _write_marked(path: Path, mark: bytes) -> None:
    path.write_bytes(rb"{\rtf1\ansi " + mark + rb"\par " + b"Dear reader\\par\n" * _PARAGRAPHS + b"}")


class Fate:
    """While it is entered, each LibreOffice below ``temporary`` that opens a marked document meets its signal; with
    ``strikes`` only so many."""

    def __init__(self, temporary: Path, strikes: int | None = None) -> None:
        self.temporary = temporary
        self.struck, self.strikes = 0, strikes
        self.folders: set[str] = set()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Fate:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        met: set[Path] = set()
        while not self._over.wait(_LOOK_SECONDS):
            self.folders.update(glob.glob(f"{self.temporary}/migrate-libreoffice-*"))  # noqa: PTH207
            # glob alone bears folders that go while it looks
            names = [name for pattern in _COPIES for name in glob.glob(f"{self.temporary}/{pattern}")]  # noqa: PTH207
            for copy in map(Path, names):
                if copy not in met and self._strike(copy):
                    met.add(copy)

    def _strike(self, copy: Path) -> bool:
        """Whether the fate of a copy is settled: struck, or not marked."""
        try:
            with copy.open("rb") as stream:
                head = stream.read(64)
        except OSError:
            return False
        number = next((number for mark, number in SIGNALS.items() if mark in head), None)
        if number is None or self.struck == self.strikes:
            return len(head) == 64
        folder = str(self.temporary / copy.relative_to(self.temporary).parts[0])
        for process in psutil.process_iter(["name", "cmdline"]):
            if process.info["name"] == "soffice.bin" and folder in " ".join(process.info["cmdline"] or ()):
                os.kill(process.pid, number)
                self.struck += 1
                return True
        return False


def left_behind(temporary: Path, folders: Iterable[str] = ()) -> list[str]:
    """What still runs with, or stands in, a folder for temporary files; and the pipes of LibreOffices whose private
    ``folders`` were met: they stand in /tmp whatever TMPDIR says."""
    standing = [path.name for path in temporary.glob("migrate-*")]
    running = [
        f"{process.info['name']} {process.pid}"
        for process in psutil.process_iter(["name", "cmdline"])
        if str(temporary) in " ".join(process.info["cmdline"] or ()) and process.pid != os.getpid()
    ]
    return [
        *standing,
        *running,
        *(pipe for folder in folders for pipe in pipes(folder) if Path(pipe).exists()),
    ]
