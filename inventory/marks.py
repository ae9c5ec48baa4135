"""What a file's name and path stand in the way of, told when it is listed: one small number an item.

Most names have nothing to tell, so they are looked at together and one by one only where something was seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from inventory.windows import MAX_PATH, is_portable_name

NAME_NOT_PORTABLE = 1
PATH_TOO_LONG = 2
NAMES_DIFFER_IN_CASE = 4

# mark -> the code of the finding
FINDING_OF_MARK: dict[int, str] = {
    NAME_NOT_PORTABLE: "NAME_NOT_PORTABLE",
    PATH_TOO_LONG: "PATH_TOO_LONG",
    NAMES_DIFFER_IN_CASE: "NAMES_DIFFER_IN_CASE",
}

_FORBIDDEN = '<>:"\\|?*'
_RESERVED = re.compile(r"\n(?:con|prn|aux|nul|com|lpt)")  # in names without case, each on a line of its own
_LONGEST_COMPONENT = 120  # code points that fit in 255 UTF-16 units whatever they are


def folded(name: str) -> str:
    """What two names have in common that a case-insensitive or normalising file system takes for the same."""
    if name.isascii():
        return name.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def marks_of(cursor: str, names: Sequence[str]) -> Sequence[int]:
    """The marks of the names of one page, in their order; of names alike, the first has none.

    A name is the item's path below its page, or its whole path behind a slash.
    """
    count = len(names)
    if not count:
        return ()
    joined = folded("\n".join(names))
    longest = max(map(len, names))
    lines = joined.split("\n")
    plain = (
        len(cursor) + 1 + longest <= MAX_PATH
        and longest <= _LONGEST_COMPONENT
        and len(set(lines)) == count
        and "".join(names).isprintable()
        and not _suspicious(f"\n{joined}\n")
    )
    return (0,) * count if plain else _each(cursor, names)


def _suspicious(lines: str) -> bool:
    """Whether is_portable_name might refuse one of printable names in lower case, a newline around each."""
    if "/" in lines:  # in an archive: each name begins below its folders
        lines = lines.replace("/", "\n")
    at_end = ".\n" in lines or " \n" in lines or "\n\n" in lines
    return at_end or any(sign in lines for sign in _FORBIDDEN) or bool(_RESERVED.search(lines))


def _each(cursor: str, names: Sequence[str]) -> list[int]:
    first: dict[str, str] = {}
    found = []
    for name in names:
        path = name[1:] if name.startswith("/") else (f"{cursor}/{name}" if cursor else name)
        marks = 0 if is_portable_name(path.rsplit("/", 1)[-1]) else NAME_NOT_PORTABLE
        if len(path) > MAX_PATH:
            marks |= PATH_TOO_LONG
        if first.setdefault(folded(name), name) != name:
            marks |= NAMES_DIFFER_IN_CASE
        found.append(marks)
    return found
