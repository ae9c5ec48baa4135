"""From a figure to everything behind it, over the published model of a plan.

A figure depends on what its ``inputs`` lead to. One without inputs is a plain sum and depends on what its parts depend
on. A total that names inputs has parts that move against each other: what moves only the parts does not move it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Records = Mapping[str, Mapping[str, Any]]
_NONE: Mapping[str, Iterable[str]] = {}


def figures_by_id(plan: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {record["id"]: record for record in plan["figures"]}


def causes(record: Mapping[str, Any]) -> list[str]:
    """Ids of the rows and figures that move a figure, one step back."""
    return record["inputs"] or record["sum_of"]


def choices(plan: Mapping[str, Any]) -> dict[str, list[str]]:
    """Id of a choice -> ids of the rows that it compares: any of them may move it, and not each does."""
    proposal = (plan.get("waves") or {}).get("proposal") or {}
    return {
        "choices.licences": plan.get("licences", {}).get("choice_inputs", []),
        "choices.waves": proposal.get("choice_inputs", []),
    }


def rows_behind(figures: Records, id: str, compared: Mapping[str, Iterable[str]] = _NONE) -> frozenset[str]:
    """Ids of all rows that a figure depends on: what is no figure itself."""
    return _rows_finder(figures, compared)(id)


def rows_of_all(figures: Records, compared: Mapping[str, Iterable[str]] = _NONE) -> dict[str, frozenset[str]]:
    """Figure -> ids of all rows that it depends on; those behind a choice too where ``compared`` names them.

    A choice may compare figures and rest on another choice.
    """
    rows = _rows_finder(figures, compared)
    return {id: rows(id) for id in figures}


def _rows_finder(figures: Records, compared: Mapping[str, Iterable[str]]) -> Callable[[str], frozenset[str]]:
    found: dict[str, frozenset[str]] = {}

    def rows(id: str) -> frozenset[str]:
        if id not in found:
            own = causes(figures[id]) if id in figures else compared.get(id, ())
            itself = () if id in figures else (id,)
            found[id] = frozenset(itself).union(*map(rows, own))
        return found[id]

    return rows


def walk(figures: Records, id: str) -> Iterator[tuple[int, str, bool]]:
    """A figure and what is behind it, depth first: depth, id, and whether it was shown before.

    The parts of a total that also names inputs come first, since they are what adds up to it.
    """
    seen: set[str] = set()

    def visit(name: str, depth: int) -> Iterator[tuple[int, str, bool]]:
        again = name in seen
        yield depth, name, again
        seen.add(name)
        record = figures.get(name)
        if record and not again:
            for origin in dict.fromkeys((*record["sum_of"], *record["inputs"])):
                yield from visit(origin, depth + 1)

    return visit(id, 0)


def nearest(figures: Records, wish: str, count: int = 3) -> list[str]:
    """Ids that a mistyped one may have meant: those that contain it, then those that are spelt alike."""
    lower = wish.strip().lower()
    inside = sorted((id for id in figures if lower and lower in id), key=len)
    alike = difflib.get_close_matches(lower, figures, count, 0.5)
    return list(dict.fromkeys((*inside[:count], *alike)))[:count]
