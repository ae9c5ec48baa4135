"""Commands at a real terminal: a pseudo-terminal of a given width, all in one process so that modules load once."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_BEGIN, _END = "\x1e", "\x1f"
_MOVES = re.compile(r"\x1b\[[0-9;?]*[A-Za-ln-z]")  # everything but colours
_WIPED = re.compile(r"[^\n]*\n(?:\x1b\[\?25h)?\r?\x1b\[1A\x1b\[2K")  # a line, up again, and erased
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_TIMEOUT_SECONDS = 120

# read by the process behind the terminal: runs each command of a list as the console script would
_SCRIPT = f"""
import json, sys
import click
from migrate.cli import group
for arguments in json.loads(sys.argv[1]):
    print({_BEGIN!r}, end="", flush=True)
    try:
        code = group.main(args=arguments, prog_name="migrate", standalone_mode=False)
    except (SystemExit, click.exceptions.Exit) as stop:
        code = getattr(stop, "exit_code", getattr(stop, "code", 0))
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    print({_END!r} + str(code or 0), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a command left on the screen, as it came; ``text`` without colours, ``coloured`` with them.

    Of a line that was written over, such as a progress that was wiped out again, what was written last counts.
    """

    arguments: tuple[str, ...]
    written: str
    code: int

    @property
    def coloured(self) -> str:
        kept = _MOVES.sub("", _WIPED.sub("", self.written))
        lines = (line.rsplit("\r", 1)[-1].rstrip() for line in kept.split("\n"))
        return "\n".join(lines)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in _COLOURS.sub("", self.coloured).split("\n"))


def at_a_terminal(commands: Sequence[Sequence[str]], folder: Path, *, columns: int = 80) -> list[Told]:
    """Run commands one after another in ``folder`` at a terminal; each is told with what it left."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    project = str(Path(__file__).resolve().parent.parent)
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("MIGRATE_", "COLUMNS", "CI"))
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, json.dumps([list(arguments) for arguments in commands])],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, close_fds=True,
        env={**kept, "PYTHONPATH": project, "TERM": "xterm-256color"},
    )  # fmt: skip
    os.close(theirs)
    try:
        text = _read(ours)
    finally:
        os.close(ours)
        process.wait(timeout=10)
    shown = text.replace("\r\n", "\n")
    parts = re.findall(f"{_BEGIN}(.*?){_END}(\\d+)", shown, re.DOTALL)
    assert len(parts) == len(commands), shown[-3000:]
    return [
        Told(tuple(arguments), part, int(code))
        for arguments, (part, code) in zip(commands, parts, strict=True)
    ]


def _read(descriptor: int) -> str:
    found = b""
    while select.select([descriptor], [], [], _TIMEOUT_SECONDS)[0]:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        found += piece
    return found.decode("utf-8", "replace")
