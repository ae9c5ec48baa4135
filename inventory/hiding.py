"""What leaves the machine: people and places numbered, groups of few counted together.

Fewer than five files tell who somebody is, and so do the totals of a department of fewer than five people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from inventory.directory import Directory
from inventory.queries import Total

FEWEST = 5

# what an answer is by -> what stands in place of a name
NUMBERED = {"owner": "owner", "author": "author", "source": "source"}
FEW_PEOPLE = "departments of few people"


def hidden_totals(found: Sequence[Total], by: str, directory: Directory | None = None) -> list[Total]:
    """The answer to a question without names of people and places, and without groups of few."""
    if by in ("owner", "author"):
        return numbered(found, NUMBERED[by], together=f"{by}s of few files")
    if by == "source":
        return numbered(found, NUMBERED[by])
    if by == "department" and directory is not None:
        few = {name for name, people in directory.people.items() if people < FEWEST}
        return _merged(found, lambda total: total.key in few, FEW_PEOPLE)
    return list(found)


def numbered(found: Sequence[Total], word: str, together: str = "") -> list[Total]:
    """Ranks in place of names; with ``together``, those of fewer than five files as one."""
    many = [total for total in found if not together or total.files >= FEWEST]
    few = [total for total in found if together and total.files < FEWEST]
    told = [
        Total(f"{word} {rank}" if total.key else "", total.files, total.bytes)
        for rank, total in enumerate(many, 1)
    ]
    return told + ([_sum(few, together)] if few else [])


def _merged(found: Sequence[Total], is_few: Callable[[Total], bool], together: str) -> list[Total]:
    few = [total for total in found if is_few(total)]
    return [total for total in found if not is_few(total)] + ([_sum(few, together)] if few else [])


def _sum(found: Sequence[Total], key: str) -> Total:
    return Total(key, sum(one.files for one in found), sum(one.bytes for one in found))
