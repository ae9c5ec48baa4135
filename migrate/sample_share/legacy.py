"""Files in the binary formats of Office 97, made by LibreOffice from OOXML ones. Not the same bytes on every run."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from converters.libreoffice.find import Program
from converters.libreoffice.process import environment
from converters.libreoffice.profile import write_profile

# extension -> (extension of the OOXML file, LibreOffice's export filter)
FORMATS: dict[str, tuple[str, str]] = {
    "doc": ("docx", "doc:MS Word 97"),
    "xls": ("xlsx", "xls:MS Excel 97"),
    "ppt": ("pptx", "ppt:MS PowerPoint 97"),
}
_SECONDS = 90


def legacy_files(program: Program, packages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path with a legacy extension -> its bytes, from path -> OOXML bytes. What LibreOffice does not make is missing."""
    made: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="migrate-demo-") as name:
        folder = Path(name)
        write_profile(folder / "profile")
        for extension, (modern, export) in FORMATS.items():
            own = {path: content for path, content in packages.items() if path.endswith(f".{extension}")}
            sources = []
            for number, content in enumerate(own.values()):
                source = folder / f"{extension}{number}.{modern}"
                source.write_bytes(content)
                sources.append(str(source))
            if sources:
                _convert(program, folder, export, sources)
            for number, path in enumerate(own):
                result = folder / "results" / f"{extension}{number}.{extension}"
                if result.exists():
                    made[path] = result.read_bytes()
    return made


def _convert(program: Program, folder: Path, export: str, sources: list[str]) -> None:
    profile = (folder / "profile").as_uri()
    command = [str(program.path), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
               "--nofirststartwizard", "--convert-to", export, "--outdir", str(folder / "results"), *sources]  # fmt: skip
    try:
        subprocess.run(
            command,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return  # the caller sees that the results are missing and says so
