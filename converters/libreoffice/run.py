"""One conversion by LibreOffice: a copy of the source, in a private folder, with a profile of its own.

Neither its exit code nor a file's presence proves anything (it answers 0 for text renamed ``.docx`` and for cut XML):
identification refuses before it is started, and the caller proves the result.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil

from converters.errors import Failed, Refused
from converters.kinds import KINDS, PRESENTATION, SPREADSHEET, TEXT
from converters.libreoffice.find import Program, require
from converters.libreoffice.profile import write_profile

# kind -> extension that makes LibreOffice choose the right import filter
_EXTENSIONS = {
    "flat_docx": "xml", "word2003xml": "xml", "excel2003xml": "xml", "doc95": "doc", "dot95": "dot", "word2": "doc",
    "works": "wps", "xls95": "xls", "xls4": "xls",
}  # fmt: skip
_FILTERS = {
    (TEXT, False): "odt:writer8",
    (TEXT, True): "ott:writer8_template",
    (SPREADSHEET, False): "ods:calc8",
    (SPREADSHEET, True): "ots:calc8_template",
    (PRESENTATION, False): "odp:impress8",
    (PRESENTATION, True): "otp:impress8_template",
}
# what of our environment LibreOffice sees: neither proxies, nor preloads, nor anybody's profile
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "FONTCONFIG_FILE")
# A limit on address space: LibreOffice maps far more than it uses.
ADDRESS_SPACE_MEGABYTES = 2_500
_STOP_SECONDS = 5
_GUARD = Path(__file__).with_name("guard.py")


@contextmanager
def converted(
    source: IO[bytes], kind: str, *, template: bool, timeout_seconds: float, memory_megabytes: int
) -> Iterator[Path]:
    """The ODF file that LibreOffice makes of ``source``, in a folder that is gone afterwards.

    Raises Failed NO_LIBREOFFICE, LIBREOFFICE_FAILED, TIMEOUT; Refused UNREADABLE where LibreOffice opens nothing.
    """
    program = require()
    folder = Path(tempfile.mkdtemp(prefix="migrate-libreoffice-"))
    try:
        original = folder / f"source.{extension_for(kind)}"
        with original.open("wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        results = folder / "results"
        results.mkdir()
        write_profile(folder / "profile")
        command = conversion_command(
            program, folder, _FILTERS[KINDS[kind].family, template], results, [original]
        )
        messages = run(command, folder, timeout_seconds, memory_megabytes)
        found = sorted(results.iterdir())
        if not found:
            if "could not be loaded" in messages or not messages:
                raise Refused("UNREADABLE")
            raise Failed("LIBREOFFICE_FAILED", detail=messages[-300:])
        yield found[0]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def extension_for(kind: str) -> str:
    """The extension under which a copy of a file of this kind meets the right import filter."""
    return _EXTENSIONS.get(kind, kind)


def conversion_command(
    program: Program, folder: Path, export: str, results: Path, originals: Sequence[Path]
) -> list[str]:
    """The command that writes ``originals`` through an export filter (``ods:calc8``) into ``results``."""
    return [
        str(program.path),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--invisible",
        "--nologo",
        "--nodefault",
        "--norestore",
        "--nolockcheck",
        "--nofirststartwizard",
        "--convert-to",
        export,
        "--outdir",
        str(results),
        *map(str, originals),
    ]


def environment(folder: Path) -> dict[str, str]:
    """The few variables that LibreOffice gets, with its home and temporary files inside ``folder``."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {**kept, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def run(command: list[str], folder: Path, timeout_seconds: float, memory_megabytes: int) -> str:
    """Run to the end and answer what was said on standard error, without the harmless line about Java."""
    if sys.platform.startswith("linux"):
        memory_bytes = (memory_megabytes + ADDRESS_SPACE_MEGABYTES) << 20
        guard = [sys.executable, "-I", "-S", str(_GUARD), str(os.getpid()), str(memory_bytes), str(folder)]
        command = [*guard, *command]
    with (folder / "messages").open("w+b") as messages:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=messages,
            cwd=folder,
            env=environment(folder),
        )
        try:
            process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            raise Failed("TIMEOUT", seconds=round(timeout_seconds)) from None
        finally:
            _end(process)
        messages.seek(0)
        lines = messages.read().decode("utf-8", "replace").splitlines()
    return "\n".join(line for line in lines if line.strip() and "javaldx" not in line)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started; does nothing where it has ended."""
    if process.poll() is not None:
        return
    try:
        descendants = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        descendants = []
    process.terminate()  # the guard ends the session that it started
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for descendant in descendants:
        if descendant.is_running():
            descendant.kill()
