"""A warm LibreOffice: started once, given one document after the other, replaced before it grows old.

The model is JODConverter's office manager. A process keeps one office at most (:func:`keep_warm`); it lives behind the
guard, in a private folder with a profile of its own, and goes when its process goes.
"""

from __future__ import annotations

import json
import queue
import shutil
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from converters.errors import Failed, Refused
from converters.libreoffice.find import Program
from converters.libreoffice.process import SAMPLE_SECONDS, Bounds, Watch, end, start
from converters.libreoffice.profile import write_profile

FOLDER_PREFIX = "migrate-libreoffice-"
DOCUMENTS_PER_OFFICE = 100
OLD_MEGABYTES = 700  # resident after a document is closed: an office that has done nothing needs some 200
_START_SECONDS = 60.0
_SCRIPT = Path(__file__).parent / "uno_script" / "serve.py"


def arguments(folder: Path) -> list[str]:
    """What every LibreOffice is started with; its profile stands in ``folder``."""
    return [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--invisible",
        "--nologo",
        "--nodefault",
        "--norestore",
        "--nolockcheck",
        "--nofirststartwizard",
    ]


class Office:
    """One LibreOffice with its script. Raises Failed LIBREOFFICE_CRASHED, TIMEOUT where it does not start."""

    def __init__(self, program: Program, python: Path, memory_megabytes: int) -> None:
        self.documents = 0
        self.folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
        self._answers: queue.SimpleQueue[dict[str, str] | None] = queue.SimpleQueue()
        self._messages = (self.folder / "messages").open("w+b")
        self._resident_bytes = 0
        try:
            write_profile(self.folder / "profile")
            script = [
                str(python),
                "-s",
                str(_SCRIPT),
                self.folder.name,
            ]  # the pipe's name: the guard removes it
            command = [*script, str(program.path), *arguments(self.folder)]
            self._process = start(command, self.folder, memory_megabytes, self._messages, talks=True)
        except BaseException:
            self._messages.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        try:
            assert self._process.stdout is not None
            threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()
            bounds = Bounds(_START_SECONDS, _START_SECONDS, _START_SECONDS, memory_megabytes)
            if self._answer(bounds) != "ready":
                raise Failed("LIBREOFFICE_CRASHED", detail="it does not start")
        except BaseException:
            self.close()
            raise

    def convert(
        self,
        original: Path,
        result: Path,
        export: str,
        bounds: Bounds,
        options: Mapping[str, str | bool | int] | None = None,
        *,
        recalculate: bool = False,
    ) -> None:
        """Write ``original`` through an export filter (``calc8``) to ``result``; both stand in this office's folder.

        ``options`` are the filter's own (``FilterData``). ``recalculate``: every formula of a spreadsheet is calculated
        before it is written.

        Raises Refused UNREADABLE, Failed LIBREOFFICE_FAILED: it goes on. Any other error is its end.
        """
        self.documents += 1
        request = {
            "source": original.as_uri(),
            "target": result.as_uri(),
            "filter": export,
            "options": dict(options or {}),
            "recalculate": recalculate,
        }
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            raise Failed("LIBREOFFICE_CRASHED", detail="it ended while it waited") from None
        answer = self._answer(bounds)
        if answer == "unreadable":
            raise Refused("UNREADABLE")
        if answer != "converted":
            raise Failed("LIBREOFFICE_FAILED", detail="the result cannot be written")

    @property
    def old(self) -> bool:
        """Whether it should be replaced before the next document."""
        grown = self._resident_bytes > OLD_MEGABYTES << 20
        return grown or self.documents >= DOCUMENTS_PER_OFFICE or self._process.poll() is not None

    def close(self) -> None:
        """End it, with everything it started and its folder."""
        end(self._process)
        for stream in (self._process.stdin, self._process.stdout, self._messages):
            if stream is not None:
                with suppress(OSError):  # a pipe whose reader is gone
                    stream.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answer(self, bounds: Bounds) -> str:
        """The script's next answer. Raises Failed where a bound is passed or the program dies."""
        watch = Watch(self._process, bounds)
        while True:
            try:
                answer = self._answers.get(timeout=SAMPLE_SECONDS)
            except queue.Empty:
                watch.check()
                continue
            if answer is None or answer["answer"] == "died":
                raise Failed("LIBREOFFICE_CRASHED", detail=self._last_words(answer))
            self._resident_bytes = watch.memory_bytes
            return answer["answer"]

    def _listen(self, stream: IO[bytes]) -> None:
        """Runs in a thread: one answer a line, None when the script is gone."""
        try:
            for line in stream:
                self._answers.put(json.loads(line))
        except ValueError:
            pass  # cut in the middle of a line, or closed by this side
        finally:
            self._answers.put(None)

    def _last_words(self, answer: dict[str, str] | None) -> str:
        return (answer or {}).get("detail", "") or "no answer"
