"""The code of macros as text files in one archive, to lie beside a result: ``budget.ods.macros.zip``.

One file, so that it is put in place, hashed and found again as one; its bytes depend on the code alone. Each module
keeps the name and the extension under which the VBA editor exports it, and its code as it was, in UTF-8.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from converters.macros.basic_libraries import plan_libraries
from converters.macros.project import Project

SUFFIX = ".macros.zip"
_EXTENSIONS = {"standard": "bas", "class": "cls", "document": "cls", "form": "frm"}
_TIME = (1980, 1, 1, 0, 0, 0)


def texts_beside(target: Path) -> Path:
    """Where the texts of a result lie."""
    return target.with_name(target.name + SUFFIX)


def archive_of(projects: Iterable[Project]) -> bytes | None:
    """The archive; None where no module holds anything. A form has its design above its code, as the editor has it."""
    projects = [project for project in projects if any(module.code for module in project.modules)]
    if not projects:
        return None
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for library in plan_libraries(projects):
            folder = f"{library.name}/" if len(projects) > 1 else ""
            for name, module in library.modules:
                text = module.designer + (module.code or "")
                if text:
                    _add(archive, f"{folder}{name}.{_EXTENSIONS.get(module.kind, 'bas')}", text)
            if references := "".join(
                f"{reference.name}\t{reference.target}\r\n" for reference in library.project.references
            ):
                _add(archive, f"{folder}references.txt", references)
    return stream.getvalue()


def _add(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, text.encode())
