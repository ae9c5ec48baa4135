"""Keep one LibreOffice running and convert the documents that are asked for, one at a time.

    python serve.py PIPE PROGRAM ARGUMENT...

It starts the program, connects to it through the named pipe and speaks lines of JSON on its standard input and
output: ``{"source": URL, "target": URL, "filter": NAME}`` is answered by ``{"answer": "converted"}``, ``"unreadable"``
(LibreOffice opens it not) or ``"failed"`` (it cannot be written); ``"ready"`` comes first, and ``"died"`` where the
program ended. The answer is a claim: the caller looks at the file. It runs under any Python 3.8 or newer that knows
``uno``, LibreOffice's own among them, with the standard library alone; nothing of the package is imported.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.uno import Exception as UnoException

_CONNECT_PAUSE_SECONDS = 0.02
_END_SECONDS = 10
# com.sun.star.document.MacroExecMode.NEVER_EXECUTE, com.sun.star.document.UpdateDocMode.NO_UPDATE
_LOADING = {"Hidden": True, "Silent": True, "MacroExecutionMode": 0, "UpdateDocMode": 0}


class Died(Exception):
    """The program is gone."""


def main(pipe: str, command: list[str]) -> int:
    program = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        desktop = _connect(pipe, program)
        _say("ready")
        for line in sys.stdin:
            _convert(desktop, json.loads(line))
    except (Died, DisposedException) as error:
        _say("died", f"{_first_line(error)}, exit code {_exit_code(program)}")
        return 1
    return 0


def _connect(pipe: str, program: subprocess.Popen[bytes]) -> Any:
    """The desktop, as soon as the program listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if program.poll() is not None:
                raise Died("it did not start") from None
            time.sleep(_CONNECT_PAUSE_SECONDS)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def _convert(desktop: Any, request: dict[str, str]) -> None:
    """One document. What is still open afterwards is closed: no document is left to the next."""
    try:
        document = desktop.loadComponentFromURL(request["source"], "_blank", 0, _properties(_LOADING))
    except DisposedException:
        raise
    except UnoException as error:
        _say("unreadable", _first_line(error))
        return
    if document is None:
        _say("unreadable")
        return
    try:
        document.storeToURL(request["target"], _properties({"FilterName": request["filter"]}))
    except DisposedException:
        raise
    except UnoException as error:
        _close(document)
        _say("failed", _first_line(error))
    else:
        _close(document)
        _say("converted")


def _close(document: Any) -> None:
    try:
        document.close(True)
    except DisposedException:
        raise
    except UnoException:  # it vetoes: the caller replaces an office that grows
        document.dispose()


def _properties(values: dict[str, Any]) -> tuple[PropertyValue, ...]:
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def _first_line(error: Exception) -> str:
    lines = str(getattr(error, "Message", error)).splitlines()
    return lines[0][:200] if lines else type(error).__name__


def _exit_code(program: subprocess.Popen[bytes]) -> int | str:
    try:
        return program.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        return "none"


def _say(answer: str, detail: str = "") -> None:
    sys.stdout.write(json.dumps({"answer": answer, "detail": detail}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
