"""Records of dataclasses as plain data and back, by their type annotations: what a plan is computed from, kept.

Dates and decimals travel as text, mappings whose keys are no text as lists of pairs. A field that the stored data does
not know takes its default, so that data of an earlier program can be read.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints


def plain(value: Any) -> Any:
    """A record, or a collection of records, as data for JSON. Raises TypeError for what has no such form."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {str(key): plain(item) for key, item in value.items()}
        return [[plain(key), plain(item)] for key, item in value.items()]
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(plain(item) for item in value)
    raise TypeError(type(value).__name__)


def restored(kind: Any, data: Any) -> Any:
    """The value of a type from its plain form. Raises TypeError, ValueError or KeyError for what it does not fit."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return (
            None if data is None else restored(next(a for a in get_args(kind) if a is not type(None)), data)
        )
    if origin is not None:
        return _restored_collection(origin, get_args(kind), data)
    if is_dataclass(kind):
        return _restored_record(kind, data)
    if kind is date:
        return date.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, (Decimal, Enum)):
        return kind(data)
    return data


def _restored_collection(origin: Any, kinds: tuple[Any, ...], data: Any) -> Any:
    if issubclass(origin, Mapping):
        key, item = kinds if len(kinds) == 2 else (kinds[0], int)  # a Counter names its keys alone
        pairs = data.items() if isinstance(data, Mapping) else data
        found = {restored(key, name): restored(item, value) for name, value in pairs}
        return found if origin is Mapping or issubclass(dict, origin) else origin(found)
    if origin is tuple and not (len(kinds) == 2 and kinds[1] is Ellipsis):
        return tuple(restored(kind, item) for kind, item in zip(kinds, data, strict=True))
    several = [restored(kinds[0], item) for item in data]
    if origin is Sequence:
        return tuple(several)
    return several if origin is list else origin(several)


@cache
def _kinds(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _restored_record(kind: Any, data: Mapping[str, Any]) -> Any:
    values = {}
    for field in fields(kind):
        if field.name in data:
            values[field.name] = restored(_kinds(kind)[field.name], data[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise KeyError(field.name)
    return kind(**values)
