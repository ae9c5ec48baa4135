"""The plan of a batch: every file under the sources, either with a target or with the reason why it has none."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from converters.errors import Failed, Param
from converters.identify import ODF_KINDS, Identity, identify
from inventory.records import Item
from inventory.source import walk
from inventory.sources.filesystem import FilesystemSource
from migrate.batch.staging import is_staging_name
from migrate.batch.targets import TARGET_BY_EXTENSION, Candidate, plan_targets, target_extension

# refusals of a file whatever its name: it is Office's for certain
_OFFICE_FOR_CERTAIN = ("ENCRYPTED", "RIGHTS_MANAGED")


@dataclass(frozen=True, slots=True)
class Task:
    """A file to convert. ``root`` and ``target_root`` are the folders that mirror each other; equal beside sources.
    ``encrypted``: it asks for a password."""

    source: Path
    target: Path
    root: Path
    target_root: Path
    kind: str
    encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not converted; ``reason`` is a code of the locale's table ``reasons``."""

    path: Path
    reason: str
    kind: str = ""
    params: tuple[tuple[str, Param], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    tasks: tuple[Task, ...] = ()
    left: tuple[Left, ...] = ()
    target_root: Path | None = None  # None: beside the sources


@dataclass(slots=True)
class _Found:
    candidates: list[Candidate] = field(default_factory=list)
    roots: list[tuple[Path, Path]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    encrypted: set[str] = field(default_factory=set)


def plan_batch(
    sources: Sequence[Path],
    target_root: Path | None,
    *,
    earlier: Mapping[str, str] | None = None,
    ignored: Collection[Path] = (),
    progress: Callable[[int], None] | None = None,
) -> Plan:
    """Walk the sources and plan every target before anything is written. Originals are opened for reading only.

    ``ignored`` are files of this program's own, the database among them.
    With one folder its tree is mirrored below ``target_root``; with several each stands there under its own name.
    """
    sources = [Path(os.path.abspath(source)) for source in sources]  # noqa: PTH100 - no links resolved
    target_root = Path(os.path.abspath(target_root)) if target_root else None  # noqa: PTH100
    found = _Found()
    seen: set[Path] = set(ignored)
    looked_at = 0
    for source, mirror in zip(sources, _mirrors(sources, target_root), strict=True):
        for item, path in _files(source, target_root):
            if path in seen:
                continue
            seen.add(path)
            if source.is_dir():
                _sort_in(found, item, path, source, mirror)
            else:
                _sort_in(found, item, path, source.parent, mirror, named=True)
            looked_at += 1
            if progress is not None:
                progress(looked_at)
    targets = plan_targets(found.candidates, earlier)
    tasks = (
        Task(
            Path(candidate.source),
            Path(target),
            root,
            mirror,
            candidate.kind,
            candidate.source in found.encrypted,
        )
        for candidate, target, (root, mirror) in zip(found.candidates, targets, found.roots, strict=True)
    )
    return Plan(tuple(sorted(tasks, key=lambda task: task.source)), tuple(found.left), target_root)


def plan_file(source: Path, target: Path) -> Plan:
    """The plan for one file with a target that the user named. Raises Failed NO_SOURCE, UNREADABLE_SOURCE."""
    source = Path(os.path.abspath(source))  # noqa: PTH100 - no links resolved
    target = Path(os.path.abspath(target))  # noqa: PTH100
    identity = identify(source)
    task = Task(source, target, source.parent, target.parent, identity.kind, identity.encrypted)
    return Plan((task,), (), target.parent)


def _mirrors(sources: Sequence[Path], target_root: Path | None) -> list[Path]:
    """The folder that mirrors each source's root."""
    if target_root is None:
        return [source if source.is_dir() else source.parent for source in sources]
    folders = [source for source in sources if source.is_dir()]
    if len(folders) <= 1:
        return [target_root for _source in sources]
    names: dict[str, int] = {}
    mirrors = []
    for source in sources:
        if not source.is_dir():
            mirrors.append(target_root)
            continue
        name = source.name or "root"
        count = names[name] = names.get(name, 0) + 1
        mirrors.append(target_root / (name if count == 1 else f"{name} ({count})"))
    return mirrors


def _files(source: Path, target_root: Path | None) -> list[tuple[Item, Path]]:
    """The files of a source, without what this program writes: a target folder inside it, staging folders."""
    reader = FilesystemSource(source)
    inside = target_root is not None and target_root != source and target_root.is_relative_to(source)
    files = []
    for item in walk(reader):
        path = reader.local_path(item)
        if inside and target_root is not None and path.is_relative_to(target_root):
            continue
        if any(is_staging_name(part) for part in item.path.split("/")[:-1]):
            continue
        files.append((item, path))
    return files


def _sort_in(found: _Found, item: Item, path: Path, root: Path, mirror: Path, *, named: bool = False) -> None:
    """Make a file a candidate or leave it out; one that the user ``named`` gets a verdict whatever it is."""
    office_name = named or item.extension in TARGET_BY_EXTENSION
    if item.reason and not named and not (item.reason == "EMPTY_FILE" and office_name):
        found.left.append(Left(path, item.reason))
        return
    try:
        identity = identify(path)
    except Failed as error:
        if not office_name:
            found.left.append(Left(path, error.code, params=tuple(error.params.items())))
            return
        identity = Identity("unknown")
    if not _is_ours(identity, office_name, named=named):
        found.left.append(Left(path, _reason(identity), identity.kind))
        return
    folder = mirror / path.parent.relative_to(root)
    extension = target_extension(identity.kind, item.extension)
    found.candidates.append(Candidate(str(path), str(folder), identity.kind, extension))
    found.roots.append((root, mirror))
    if identity.encrypted:
        found.encrypted.add(str(path))


def _is_ours(identity: Identity, office_name: bool, *, named: bool) -> bool:
    """Whether a file gets a verdict: Office by content, or by its name though its content says otherwise."""
    refusal = identity.refusal()
    if refusal is None or refusal.code in _OFFICE_FOR_CERTAIN:
        return True
    return office_name and (named or identity.kind not in ODF_KINDS)


def _reason(identity: Identity) -> str:
    if identity.kind in ODF_KINDS:
        return "ALREADY_ODF"
    refusal = identity.refusal()
    return refusal.code if refusal is not None and refusal.code == "UNSUPPORTED_KIND" else "NOT_OFFICE"
