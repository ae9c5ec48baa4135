"""What a number depends on, found by changing one row at a time and computing it again.

A price, a date or a term decides as well as multiplies: it makes a step too dear, or lets a saving start before the
end of a period. Which rows move a number is therefore a question to the formula itself. It is asked where the formula
is small (one department with its seats grouped), never of the whole plan.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

Case = TypeVar("Case")


def moving_rows(
    numbers: Callable[[Case], Mapping[str, Hashable]], case: Case, variations: Iterable[tuple[str, Case]]
) -> dict[str, tuple[str, ...]]:
    """Number's name -> ids of the rows that move it, in the order of ``variations``.

    ``variations`` are ids of rows, each with the case after one change of that row; a row may have several. A row
    moves a number if any of its changes gives another value, or no number of that name.
    """
    base = numbers(case)
    found: dict[str, dict[str, None]] = {name: {} for name in base}
    for row, changed in variations:
        after = numbers(changed)
        for name, value in base.items():
            if row not in found[name] and after.get(name) != value:
                found[name][row] = None
    return {name: tuple(rows) for name, rows in found.items()}
