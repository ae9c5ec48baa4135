"""Where each result goes: pure, deterministic, without a look at the disk.

A result keeps its source's name with the extension of what the source is (``report.docx``: ``report.odt``). Where two
sources would meet on one target, also on file systems that do not tell cases or accents' encodings apart, the newest
format gets the plain name and the others keep their old extension: ``report.doc.odt``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from converters.kinds import KINDS
from inventory.findings import folded

_RANK = {code: position for position, code in enumerate(KINDS)}  # newest formats first in each family

# extension of a source by name -> extension of its target, where the content does not tell a template from a document
_BY_NAME = {"pot": "otp", "pps": "odp"}
TARGET_BY_EXTENSION: dict[str, str] = _BY_NAME | {
    kind.code: kind.extension for kind in KINDS.values() if kind.extension
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source to be given a target: its path, the target's folder, what it is, the target's extension."""

    source: str
    folder: str
    kind: str
    extension: str

    @property
    def name(self) -> str:
        return Path(self.source).name


def target_extension(kind: str, source_extension: str) -> str:
    """The extension of the target, without the dot: by identity; by the name where identity gives none or no more."""
    by_identity = KINDS[kind].extension
    if kind == "ppt":
        return _BY_NAME.get(source_extension, by_identity)
    return by_identity or TARGET_BY_EXTENSION.get(source_extension, "odt")


def plan_targets(candidates: Sequence[Candidate], earlier: Mapping[str, str] | None = None) -> list[str]:
    """The target of each candidate, in their order; all differ, case and normalisation aside.

    ``earlier`` maps sources to the targets that were written for them before: a target that was given stays given, so
    that a new neighbour does not move it.
    """
    earlier = earlier or {}
    targets: dict[int, str] = {}
    taken: set[str] = set()

    def give(position: int, target: str) -> bool:
        key = folded(target)
        if key in taken:
            return False
        taken.add(key)
        targets[position] = target
        return True

    ranked = sorted(
        range(len(candidates)),
        key=lambda position: (
            _RANK.get(candidates[position].kind, len(_RANK)),
            candidates[position].source,
            position,
        ),
    )
    for position in ranked:
        before = earlier.get(candidates[position].source)
        if before is not None and before in _possible(candidates[position]):
            give(position, before)
    for position in ranked:
        if position not in targets:
            give(position, _plain(candidates[position]))
    for position in ranked:
        if position not in targets:
            number = 1
            while not give(position, _with_old_extension(candidates[position], number)):
                number += 1
    return [targets[position] for position in range(len(candidates))]


def _plain(candidate: Candidate) -> str:
    stem, dot, _extension = candidate.name.rpartition(".")
    return str(Path(candidate.folder, f"{stem if dot and stem else candidate.name}.{candidate.extension}"))


def _with_old_extension(candidate: Candidate, number: int) -> str:
    counted = "" if number == 1 else f" ({number})"
    return str(Path(candidate.folder, f"{candidate.name}{counted}.{candidate.extension}"))


def _possible(candidate: Candidate) -> tuple[str, str]:
    return _plain(candidate), _with_old_extension(candidate, 1)
