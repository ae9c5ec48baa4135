"""The audit pack of a plan: everything that its figures are computed from, without names of people or paths, in one ZIP.

``plan.json`` is the model with its records, ``inputs/*.csv`` are the rows for people to read, ``versions.json`` says what
computed it, ``manifest.json`` holds the SHA-256 of every part and of the plan that was packed. :func:`replay` computes
the figures again from the records alone, on any machine.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from migrate import __version__
from migrate.plan_files import PlanFileError, plan_text, read_plan_text, write_bytes
from migrate.planner.frozen import thaw_basis, without_names
from migrate.planner.plan import FORMAT, FORMAT_VERSION, changed_figures, compute

FORMAT_OF_PACK, VERSION_OF_PACK = "migrate-audit-pack", 1
_COMPUTED_BY = ("numpy", "ortools")  # packages that take part in the figures
_WRITTEN = (1980, 1, 1, 0, 0, 0)  # equal packs have equal bytes
_LARGEST_PART = 512 * 1024 * 1024
_PLAN, _VERSIONS, _MANIFEST = "plan.json", "versions.json", "manifest.json"


@dataclass(frozen=True, slots=True)
class Replay:
    """``model`` is the plan as computed now; ``changed`` the ids of figures that differ from the pack's."""

    model: dict[str, Any]
    figures: int
    changed: list[str]
    packed_by: Mapping[str, str]


def pack_plan(plan: Path, target: Path) -> None:
    """Write the audit pack of a plan's file. Raises PlanFileError for what is no plan, or not what its inputs compute."""
    text, model = read_plan_text(plan)
    packed = without_free_text(without_names(model))
    try:
        changed = changed_figures(packed)
    except (KeyError, TypeError, ValueError) as error:
        raise PlanFileError("not_computed", path=str(plan), figure=str(error)) from error
    if changed:
        raise PlanFileError("not_computed", path=str(plan), figure=changed[0])
    parts = {_PLAN: plan_text(packed), _VERSIONS: _json(_versions())}
    for name, rows in packed["inputs"].items():
        if rows:
            parts[f"inputs/{name}.csv"] = _table(rows)
    manifest = {
        "format": FORMAT_OF_PACK,
        "format_version": VERSION_OF_PACK,
        "plan_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "parts": {name: hashlib.sha256(part.encode()).hexdigest() for name, part in sorted(parts.items())},
    }
    parts[_MANIFEST] = _json(manifest)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(name, _WRITTEN), part, zipfile.ZIP_DEFLATED)
    write_bytes(stream.getvalue(), target)


def replay(pack: Path) -> Replay:
    """Compute the figures of a pack again. Raises PlanFileError for what is no pack, or one that was changed."""
    parts = _read(pack)
    try:
        model = json.loads(parts[_PLAN])
        if (model["format"], model["format_version"]) != (FORMAT, FORMAT_VERSION):
            raise ValueError(model["format"])
        computed = compute(thaw_basis(model["records"])).as_json()
        versions = json.loads(parts[_VERSIONS])
    except (KeyError, TypeError, ValueError) as error:
        raise PlanFileError("not_a_pack", path=str(pack)) from error
    given = {figure["id"]: figure for figure in model["figures"]}
    again = {figure["id"]: figure for figure in computed["figures"]}
    changed = [id for id in dict.fromkeys((*given, *again)) if given.get(id) != again.get(id)]
    # what was seen and done is no result of computing
    seen = {name: model[name] for name in ("coverage", "results", "baseline", "gaps")}
    return Replay(computed | seen, len(given), changed, versions)


def without_free_text(model: Mapping[str, Any]) -> dict[str, Any]:
    """Reasons, folders and what losses quote from documents become numbers or dots: people write names there."""
    kept: dict[str, Any] = json.loads(json.dumps(model))
    reasons: dict[str, str] = {"": ""}

    def numbered(reason: str) -> str:
        return reasons.setdefault(reason, f"reason {len(reasons)}")

    for group in kept["records"]["inputs"]["users"]:
        group["keep_office_reason"] = numbered(group["keep_office_reason"])
    for row in (*kept["kept"], *kept["licences"]["residual"]):
        row["reason"] = numbered(row["reason"])
    for department in kept["records"]["inputs"]["departments"]:
        department["paths"] = [f"path {number}" for number, _path in enumerate(department["paths"], 1)]
    for row in (*(kept["results"] or {}).get("losses", ()), *(kept["results"] or {}).get("errors", ())):
        row["params"] = dict.fromkeys(row["params"], "…")
    return kept


def _read(pack: Path) -> dict[str, str]:
    """The parts of a pack, each with the hash that the manifest names."""
    try:
        with zipfile.ZipFile(pack) as archive:
            if any(info.file_size > _LARGEST_PART for info in archive.infolist()):
                raise PlanFileError("not_a_pack", path=str(pack))
            manifest = json.loads(archive.read(_MANIFEST))
            if (manifest["format"], manifest["format_version"]) != (FORMAT_OF_PACK, VERSION_OF_PACK):
                raise ValueError(manifest["format"])
            parts = {name: archive.read(name) for name in manifest["parts"]}
    except OSError as error:
        raise PlanFileError("no_file", path=str(pack), detail=error.strerror or str(error)) from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise PlanFileError("not_a_pack", path=str(pack)) from error
    for name, part in parts.items():
        if hashlib.sha256(part).hexdigest() != manifest["parts"][name]:
            raise PlanFileError("pack_changed", path=str(pack), part=name)
    return {name: part.decode("utf-8") for name, part in parts.items()}


def _versions() -> dict[str, str]:
    return {
        "migrate": __version__,
        "python": platform.python_version(),
        "platform": sys.platform,
        **{name: metadata.version(name) for name in _COMPUTED_BY},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV; what a spreadsheet would take for a formula stays text."""
    rows = list(rows)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    heading = list(dict.fromkeys(key for row in rows for key in row))
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_cell(row.get(key, "")) for key in heading])
    return stream.getvalue()


def _cell(value: object) -> str:
    text = (
        json.dumps(value, ensure_ascii=False)
        if isinstance(value, (list, dict))
        else str("" if value is None else value)
    )
    return f"'{text}" if text[:1] in "=+-@\t\r" and not isinstance(value, (int, float)) and text[:1] else text
