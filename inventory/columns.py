"""Column types that carry what file systems and records really hold."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import LargeBinary, SmallInteger, Text
from sqlalchemy.types import TypeDecorator

from inventory.records import ItemState

_ESCAPE = "\x1a"
_UNSTORABLE = re.compile(f"[{_ESCAPE}\x00\ud800-\udfff]")
_ESCAPED = re.compile(f"{_ESCAPE}([0-9a-f]{{4}})")


def stored_path(path: str) -> str:
    """A path as text that any database takes; reversible.

    Names on POSIX are bytes and Python shows what is no UTF-8 as lone surrogates (PEP 383), names on Windows may
    hold lone UTF-16 surrogates: neither is valid text for SQLite or PostgreSQL.
    """
    return _UNSTORABLE.sub(lambda match: f"{_ESCAPE}{ord(match[0]):04x}", path)


def restored_path(stored: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), stored)


def stored_names(names: Sequence[str]) -> Sequence[str]:
    """:func:`stored_path` of many names at once, which costs little where none needs it."""
    if "".join(names).isprintable() or not _UNSTORABLE.search("\n".join(names)):
        return names
    return [stored_path(name) for name in names]


class PathText(TypeDecorator[str]):
    """A path, also one that is no valid Unicode."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else stored_path(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else restored_path(value)


class JsonText(TypeDecorator[Any]):
    """A JSON document as ASCII text: escapes keep paths that are no valid Unicode, which ``jsonb`` refuses."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else json.dumps(value, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else json.loads(value)


class HexDigest(TypeDecorator[str]):
    """A digest: hexadecimal in the program, bytes in the database; empty is null."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:
        return bytes.fromhex(value) if value else None

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:
        return value.hex() if value else ""


# what the database holds for a state; never renumbered
STATE_NUMBERS: dict[ItemState, int] = {
    ItemState.SEEN: 0,
    ItemState.READ: 1,
    ItemState.SKIPPED: 2,
    ItemState.UNREADABLE: 3,
    ItemState.GONE: 4,
}
_STATES = {number: state for state, number in STATE_NUMBERS.items()}


class StateNumber(TypeDecorator[ItemState]):
    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: ItemState | None, dialect: Any) -> int | None:
        return None if value is None else STATE_NUMBERS[value]

    def process_result_value(self, value: int | None, dialect: Any) -> ItemState | None:
        return None if value is None else _STATES[value]
