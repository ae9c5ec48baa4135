"""What this machine offers to the work; each check with the command that mends it (Debian, Ubuntu and pip)."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from converters import convert
from converters.libreoffice.find import OLDEST_VERSION, find
from converters.libreoffice.isolation import Network, network
from converters.libreoffice.uno_python import find_uno_python
from converters.options import Options
from converters.outcome import Engine

OLDEST_PYTHON = (3, 11)
ROOM_BYTES = 500_000_000
_SECONDS = 60

# metric-compatible font -> (Microsoft fonts whose room it takes, Debian package)
FONTS: dict[str, tuple[str, str]] = {
    "Carlito": ("Calibri", "fonts-crosextra-carlito"),
    "Caladea": ("Cambria", "fonts-crosextra-caladea"),
    "Liberation Sans": ("Arial", "fonts-liberation"),
    "Liberation Serif": ("Times New Roman", "fonts-liberation"),
    "Liberation Mono": ("Courier New", "fonts-liberation"),
}
# extra of this package -> modules it brings
EXTRAS: dict[str, tuple[str, ...]] = {
    "plan": ("babel", "jinja2", "pygal"),
    "demo": ("PIL", "docx", "msoffcrypto", "pptx"),
    "passwords": ("cryptography", "msoffcrypto"),
    "macros": ("oletools",),
    "postgresql": ("psycopg",),
    "web": ("starlette", "uvicorn", "python_multipart"),
}
_TEST_DOCUMENT = rb"{\rtf1\ansi migrate doctor}"


@dataclass(frozen=True, slots=True)
class Check:
    """``code`` and ``params`` name it in the locale's table ``doctor``; ``remedy`` is a command line."""

    code: str
    ok: bool
    found: str = ""
    required: bool = False
    remedy: str = ""
    params: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "ok": self.ok,
            "found": self.found,
            "required": self.required,
            "remedy": self.remedy or None,
            "params": dict(self.params),
        }


def diagnose() -> list[Check]:
    """All checks, in the order in which one would mend what they find."""
    return [check for look in _LOOKS for check in look()]


def _look_at_python() -> list[Check]:
    ok = sys.version_info[:2] >= OLDEST_PYTHON
    return [Check("python", ok, platform.python_version(), True, "" if ok else "apt install python3.11")]


def _look_at_libreoffice() -> list[Check]:
    program = find()
    remedy = "apt install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
    if program is None:
        return [Check("libreoffice", False, "", True, remedy)]
    new_enough = program.version[:2] >= OLDEST_VERSION
    found = f"{program.path} {program.version_text}"
    checks = [Check("libreoffice", new_enough, found, True, "" if new_enough else remedy)]
    works, detail = _try_libreoffice()
    checks.append(Check("libreoffice_works", works, detail, True, "" if works else remedy))
    checks.append(_look_at_network())
    python = find_uno_python(program)
    checks.append(
        Check(
            "uno", python is not None, str(python or ""), remedy="" if python else "apt install python3-uno"
        )
    )
    return checks


def _look_at_network() -> Check:
    found = network()
    isolated = found is Network.ISOLATED
    remedy = "sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0"
    return Check("network", isolated, found.value, remedy="" if isolated else remedy)


def _try_libreoffice() -> tuple[bool, str]:
    with tempfile.TemporaryDirectory(prefix="migrate-doctor-") as name:
        source, target = Path(name, "test.rtf"), Path(name, "test.odt")
        source.write_bytes(_TEST_DOCUMENT)
        outcome = convert(
            source, target, engine=Engine.LIBREOFFICE, options=Options(timeout_seconds=_SECONDS)
        )
    detail = f"{outcome.seconds:.1f} s" if outcome.target else outcome.error
    return outcome.target is not None, detail


def _look_at_fonts() -> list[Check]:
    families = font_families()
    return [
        Check(
            "font",
            name in families,
            replaces,
            remedy="" if name in families else f"apt install {package}",
            params=(("name", f"{name} ({replaces})"),),
        )
        for name, (replaces, package) in FONTS.items()
    ]


def font_families() -> set[str]:
    """Families that fontconfig knows; none where there is no fontconfig."""
    program = shutil.which("fc-list")
    if program is None:
        return set()
    answer = subprocess.run(
        [program, ":", "family"], capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    return {name.strip() for line in answer.stdout.splitlines() for name in line.split(",")}


def _look_at_schema_checkers() -> list[Check]:
    checks = []
    for code, package in (("java", "default-jre-headless"), ("jing", "jing")):
        path = shutil.which(code)
        checks.append(
            Check(code, path is not None, path or "", remedy="" if path else f"apt install {package}")
        )
    return checks


def _look_at_extras() -> list[Check]:
    checks = []
    for name, modules in EXTRAS.items():
        missing = [module for module in modules if importlib.util.find_spec(module) is None]
        checks.append(
            Check(
                "extra",
                not missing,
                ", ".join(missing),
                remedy=f'pip install "office-migration-assistant[{name}]"' if missing else "",
                params=(("name", name), ("modules", ", ".join(modules))),
            )
        )
    return checks


def _look_at_room() -> list[Check]:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    ok = free >= ROOM_BYTES
    remedy = "" if ok else f"export TMPDIR=/path/with/room  # {folder} is full"
    return [Check("temporary", ok, f"{folder}: {free // 1_000_000} MB", True, remedy)]


_LOOKS: tuple[Callable[[], list[Check]], ...] = (
    _look_at_python,
    _look_at_libreoffice,
    _look_at_room,
    _look_at_fonts,
    _look_at_extras,
    _look_at_schema_checkers,
)
