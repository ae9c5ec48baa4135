"""LibreOffice asked through UNO, for tests: what it makes of a document, with and without a password.

Imported, :func:`asked` starts it; run as a script by a Python that speaks UNO, this file puts the questions.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any


def asked(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each request (``source``, and where wanted ``password``, ``target`` with ``filter`` and ``target_password``)
    answered: ``opened``, ``text`` (or the first cells) and ``protected`` of a document that opens.

    Skips where there is no LibreOffice or no Python speaks UNO.
    """
    import pytest

    from converters.libreoffice.find import find
    from converters.libreoffice.profile import write_profile
    from converters.libreoffice.uno_python import find_uno_python

    program = find()
    python = find_uno_python(program) if program else None
    if program is None or python is None:
        pytest.skip("LibreOffice with UNO is not installed")
    with tempfile.TemporaryDirectory(prefix="migrate-uno-test-") as folder:
        profile = Path(folder, "profile")
        write_profile(profile)
        answer = subprocess.run(
            [str(python), "-s", __file__, str(program.path), profile.as_uri(), Path(folder).name],
            input=json.dumps(requests),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert answer.returncode == 0, answer.stderr
    found: list[dict[str, Any]] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main(program: str, profile: str, pipe: str) -> None:
    from uno_desktop import desktop_of

    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    with desktop_of(pipe, command) as desktop:
        print(json.dumps([_answer(desktop, request) for request in json.load(sys.stdin)]))


def _answer(desktop: Any, request: dict[str, Any]) -> dict[str, Any]:
    loading = {"Hidden": True, "MacroExecutionMode": 0}
    if "password" in request:
        loading["Password"] = request["password"]
    try:
        document = desktop.loadComponentFromURL(request["source"], "_blank", 0, _properties(loading))
    except Exception as error:
        return {"opened": False, "error": str(error).splitlines()[0][:200]}
    if document is None:
        return {"opened": False}
    found = {"opened": True, **_look(document, request)}
    if "target" in request:
        storing = {"FilterName": request["filter"]}
        if "target_password" in request:
            storing["Password"] = request["target_password"]
        document.storeToURL(request["target"], _properties(storing))
    # what was looked at is given back by messages that nothing waits for; this one comes back after them
    document.getURL()
    document.close(True)
    return found


def _look(document: Any, request: dict[str, Any]) -> dict[str, Any]:
    if document.supportsService("com.sun.star.text.TextDocument"):
        return {"text": document.Text.String}
    if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        sheets = [document.Sheets.getByIndex(index) for index in range(document.Sheets.Count)]
        found = {
            "text": " ".join(sheet.getCellByPosition(0, 0).String for sheet in sheets),
            "protected": [sheet.isProtected() for sheet in sheets],
            "structure_protected": document.isProtected(),
        }
        if "unprotect" in request:
            for sheet in sheets:
                _tried(sheet.unprotect, request["unprotect"])
            _tried(document.unprotect, request["unprotect"])
            found["still_protected"] = [sheet.isProtected() for sheet in sheets]
            found["structure_still_protected"] = document.isProtected()
        return found
    pages = [document.DrawPages.getByIndex(index) for index in range(document.DrawPages.Count)]
    shapes = [page.getByIndex(index) for page in pages for index in range(page.Count)]
    return {"text": " ".join(shape.String for shape in shapes if hasattr(shape, "String"))}


def _tried(unprotect: Any, password: str) -> None:
    try:
        unprotect(password)
    except Exception as error:
        print(error, file=sys.stderr)


def _properties(values: dict[str, Any]) -> tuple[Any, ...]:
    from com.sun.star.beans import PropertyValue

    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


if __name__ == "__main__":
    main(*sys.argv[1:])
