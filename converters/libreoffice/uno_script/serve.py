"""Keep one LibreOffice running and convert the documents that are asked for, one at a time.

    python serve.py PIPE PROGRAM ARGUMENT...

It starts the program, connects to it through the named pipe and speaks lines of JSON on its standard input and
output: ``{"source": URL, "target": URL, "filter": NAME, "options": {...}}`` is answered by ``{"answer": "converted"}``,
``"unreadable"`` (LibreOffice opens it not) or ``"failed"`` (it cannot be written); ``"ready"`` comes first, and
``"died"`` where the program ended. Options are the filter's own, texts and switches. A document is loaded and written in LibreOffice's main thread, as its own ``--convert-to`` does it: from
another thread, windows and layout would go on between the two and change what is written. The answer is a claim: the
caller looks at the file. The script runs under any Python 3.8 or newer that knows ``uno``, LibreOffice's own among
them, with the standard library alone; nothing of the package is imported.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from typing import Any

import uno
import unohelper
from com.sun.star.awt import XCallback
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException
from com.sun.star.uno import Exception as UnoException

_CONNECT_PAUSE_SECONDS = 0.02
_LOOK_SECONDS = 0.5  # at whether the program still runs
_DEATH_SECONDS = 1.0  # until a program that was killed is gone
_END_SECONDS = 10
# com.sun.star.document.MacroExecMode.NEVER_EXECUTE, com.sun.star.document.UpdateDocMode.NO_UPDATE
_LOADING = {
    "Hidden": True,
    "Silent": True,
    "ReadOnly": True,
    "OpenNewView": True,
    "MacroExecutionMode": 0,
    "UpdateDocMode": 0,
}


class Died(Exception):
    """The program is gone."""


def main(pipe: str, command: list[str]) -> int:
    program = subprocess.Popen(
        [*command, f"--accept=pipe,name={pipe};urp;"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        context = _connect(pipe, program)
        _say("ready")
        for line in sys.stdin:
            _say(*_answer(context, program, json.loads(line)))
    except (Died, DisposedException) as error:
        _say("died", f"{_first_line(error)}, exit code {_exit_code(program)}")
        return 1
    return 0


def _connect(pipe: str, program: subprocess.Popen[bytes]) -> Any:
    """The program's component context, as soon as it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if program.poll() is not None:
                raise Died("it did not start") from None
            time.sleep(_CONNECT_PAUSE_SECONDS)


class _InMainThread(unohelper.Base, XCallback):
    """LibreOffice calls it from its main thread; what is asked of LibreOffice meanwhile is done in that thread."""

    def __init__(self, desktop: Any, request: dict[str, Any]) -> None:
        self.desktop, self.request = desktop, request
        self.answer: tuple[str, str] | None = None
        self.done = threading.Event()

    def notify(self, _data: Any) -> None:
        try:
            self.answer = _convert(self.desktop, self.request)
        except DisposedException as error:
            self.answer = ("died", _first_line(error))
        finally:
            self.done.set()


def _answer(context: Any, program: subprocess.Popen[bytes], request: dict[str, Any]) -> tuple[str, str]:
    """What became of one request. Raises Died."""
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    callback = services.createInstanceWithContext("com.sun.star.awt.AsyncCallback", context)
    task = _InMainThread(desktop, request)
    callback.addCallback(task, None)
    while not task.done.wait(_LOOK_SECONDS):
        if program.poll() is not None:
            raise Died("it ended")
    if task.answer is None or task.answer[0] == "died":
        raise Died(task.answer[1] if task.answer else "no answer")
    if task.answer[0] != "converted" and _ends(
        program
    ):  # a death in the middle of a call may look like a refusal
        raise Died(task.answer[1] or "it ended")
    return task.answer


def _ends(program: subprocess.Popen[bytes]) -> bool:
    try:
        program.wait(_DEATH_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    return True


def _convert(desktop: Any, request: dict[str, Any]) -> tuple[str, str]:
    """One document. What is still open afterwards is closed: no document is left to the next."""
    try:
        document = desktop.loadComponentFromURL(request["source"], "_blank", 0, _properties(_LOADING))
    except DisposedException:
        raise
    except UnoException as error:
        return "unreadable", _first_line(error)
    if document is None:
        return "unreadable", ""
    try:
        if request["recalculate"]:
            document.calculateAll()  # com.sun.star.sheet.XCalculatable: Recalculate Hard
        document.storeToURL(request["target"], _properties(_writing(request)))
    except DisposedException:
        raise
    except UnoException as error:
        _close(document)
        return "failed", _first_line(error)
    _close(document)
    return "converted", ""


def _writing(request: dict[str, Any]) -> dict[str, Any]:
    """How a document is written; a sequence inside an ``any`` has to name its type."""
    writing = {"FilterName": request["filter"]}
    if request["options"]:
        options = _properties(request["options"])
        writing["FilterData"] = uno.Any("[]com.sun.star.beans.PropertyValue", options)
    return writing


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
