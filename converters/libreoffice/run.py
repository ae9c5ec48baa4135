"""One conversion by LibreOffice: a copy of the source, in a private folder, with a profile of its own.

In a worker that keeps an office warm the document goes there, else to a LibreOffice that is started for it. One that
crashes, hangs or passes a bound costs this document alone; after a crash or a hang it is tried once more, in a
LibreOffice that has seen no other. Neither an exit code nor an answer nor a file's presence proves anything (it
answers 0 for text renamed ``.docx`` and for cut XML): identification refuses before it is started, and the caller
proves the result.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from converters.errors import Failed, Refused
from converters.kinds import KINDS, PRESENTATION, SPREADSHEET, TEXT
from converters.libreoffice.find import Program, require
from converters.libreoffice.office import FOLDER_PREFIX, arguments
from converters.libreoffice.process import SAMPLE_SECONDS, Bounds, Watch, end, start
from converters.libreoffice.profile import write_profile
from converters.libreoffice.warm import close, warm_office

# kind -> extension that makes LibreOffice choose the right import filter
_EXTENSIONS = dict.fromkeys(("flat_docx", "word2003xml", "excel2003xml"), "xml")
# of options in ``FilterData``, as LibreOffice names them
_TYPES = {bool: "boolean", int: "long", str: "string"}


@dataclass(frozen=True, slots=True)
class Export:
    """An export filter of LibreOffice, the extension of what it writes, and its options (``FilterData``)."""

    extension: str
    filter_name: str
    options: Mapping[str, str | bool | int] = field(default_factory=dict)

    @property
    def argument(self) -> str:
        """What ``--convert-to`` takes; options as JSON (LibreOffice 7.4 and later)."""
        parts = [self.extension, self.filter_name]
        if self.options:
            typed = {
                name: {
                    "type": _TYPES[type(value)],
                    "value": str(value).lower() if isinstance(value, bool) else str(value),
                }
                for name, value in self.options.items()
            }
            parts.append(json.dumps(typed))
        return ":".join(parts)


_FILTERS = {
    (TEXT, False): Export("odt", "writer8"),
    (TEXT, True): Export("ott", "writer8_template"),
    (SPREADSHEET, False): Export("ods", "calc8"),
    (SPREADSHEET, True): Export("ots", "calc8_template"),
    (PRESENTATION, False): Export("odp", "impress8"),
    (PRESENTATION, True): Export("otp", "impress8_template"),
}
# What the death of a LibreOffice looks like. The first two may be the fault of what it did before: the document is
# tried once more. A bound that is passed is passed by this document alone, for only what it costs is counted.
TRIED_AGAIN = frozenset(["LIBREOFFICE_CRASHED", "LIBREOFFICE_HANGS"])
DEATHS = TRIED_AGAIN | {"TIMEOUT", "OUT_OF_MEMORY"}
# A share of ``timeout_seconds`` in processor time for any document, and what each megabyte (unpacked) adds. With the
# usual two minutes some 18 seconds; of 400 real documents the slowest took half of its bound.
CPU_SHARE = 6
CPU_SECONDS_PER_MEGABYTE = 5.0
STILL_SECONDS = 5.0
LEAST_SECONDS = 1.0  # for which another attempt is worth its start


@contextmanager
def converted(
    source: IO[bytes], kind: str, *, template: bool, timeout_seconds: float, memory_megabytes: int
) -> Iterator[Path]:
    """The ODF file that LibreOffice makes of ``source``, in a folder that is gone afterwards.

    Bounds and errors are those of :func:`exported`.
    """
    export = _FILTERS[KINDS[kind].family, template]
    with exported(
        source, kind, export, timeout_seconds=timeout_seconds, memory_megabytes=memory_megabytes
    ) as result:
        yield result


@contextmanager
def exported(
    source: IO[bytes], kind: str, export: Export, *, timeout_seconds: float, memory_megabytes: int
) -> Iterator[Path]:
    """What LibreOffice writes of ``source`` through an export filter, in a folder that is gone afterwards.

    ``timeout_seconds`` bounds both attempts together. Raises Failed NO_LIBREOFFICE, LIBREOFFICE_FAILED, the codes of
    DEATHS; Refused UNREADABLE where LibreOffice opens nothing.
    """
    program = require()
    deadline = time.monotonic() + timeout_seconds
    size = unpacked_bytes(source)
    with ExitStack() as folders:
        for last in (False, True):
            left = deadline - time.monotonic()
            bounds = bounds_for(size, timeout_seconds, left, memory_megabytes)
            source.seek(0)
            try:
                result = _convert(program, source, extension_for(kind), export, bounds, folders)
                break
            except Failed as error:
                if error.code not in TRIED_AGAIN or last or deadline - time.monotonic() < LEAST_SECONDS:
                    raise
        yield result


def extension_for(kind: str) -> str:
    """The extension under which a copy of a file of this kind meets the right import filter."""
    return _EXTENSIONS.get(kind, kind)


def unpacked_bytes(source: IO[bytes]) -> int:
    """The size of a document as LibreOffice has to read it: that of all parts of a package."""
    try:
        with zipfile.ZipFile(source) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return source.seek(0, 2)


def bounds_for(size_bytes: int, timeout_seconds: float, left_seconds: float, memory_megabytes: int) -> Bounds:
    """What a document of this size may cost, with ``left_seconds`` until its end."""
    cpu = timeout_seconds / CPU_SHARE + CPU_SECONDS_PER_MEGABYTE * size_bytes / 1e6
    return Bounds(left_seconds, min(cpu, left_seconds), min(STILL_SECONDS, left_seconds), memory_megabytes)


def _convert(
    program: Program,
    source: IO[bytes],
    extension: str,
    export: Export,
    bounds: Bounds,
    folders: ExitStack,
) -> Path:
    """One attempt; ``folders`` removes its folder, with the result, when the caller is done. Raises as above."""
    office = warm_office(program, bounds.memory_megabytes)
    folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=office.folder if office else None))
    folders.callback(shutil.rmtree, folder, ignore_errors=True)
    original = folder / f"source.{extension}"
    with original.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
    results = folder / "results"
    results.mkdir()
    if office is None:
        _convert_once(program, original, results, export, bounds)
    else:
        try:
            office.convert(
                original, results / f"source.{export.extension}", export.filter_name, bounds, export.options
            )
        except Failed as error:
            if error.code in DEATHS:
                close()
            raise
    found = sorted(results.iterdir())
    if not found:
        raise Failed("LIBREOFFICE_FAILED", detail="no result")
    return found[0]


def _convert_once(program: Program, original: Path, results: Path, export: Export, bounds: Bounds) -> None:
    """Start a LibreOffice for one document."""
    folder = original.parent
    write_profile(folder / "profile")
    command = conversion_command(program, folder, export.argument, results, [original])
    code, messages = run(command, folder, bounds)
    if any(results.iterdir()):
        return
    if "could not be loaded" in messages or not (messages or code):
        raise Refused("UNREADABLE")
    if code:
        raise Failed("LIBREOFFICE_CRASHED", detail=f"exit code {code}, {messages[-200:]}")
    raise Failed("LIBREOFFICE_FAILED", detail=messages[-300:])


def conversion_command(
    program: Program, folder: Path, export: str, results: Path, originals: Sequence[Path]
) -> list[str]:
    """The command that writes ``originals`` through an export filter (``ods:calc8``) into ``results``."""
    conversion = ["--convert-to", export, "--outdir", str(results)]
    return [str(program.path), *arguments(folder), *conversion, *map(str, originals)]


def run(command: list[str], folder: Path, bounds: Bounds) -> tuple[int, str]:
    """Run to the end: the exit code and what was said on standard error, without the harmless line about Java.

    Raises Failed TIMEOUT, LIBREOFFICE_HANGS, OUT_OF_MEMORY.
    """
    with (folder / "messages").open("w+b") as messages:
        process = start(command, folder, bounds.memory_megabytes, messages)
        try:
            watch = Watch(process, bounds)
            while True:
                try:
                    code = process.wait(SAMPLE_SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    watch.check()
        finally:
            end(process)
        messages.seek(0)
        lines = messages.read().decode("utf-8", "replace").splitlines()
    return code, "\n".join(line for line in lines if line.strip() and "javaldx" not in line)
