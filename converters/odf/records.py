"""Records that hold only what they say: the base of the property records, and how two of them add up.

Equal records are told by their contents and hashed once; sums and differences of records are made once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from converters.odf.xmlwriter import XmlWriter

_SUMS_KEPT = 4096  # results of lay_over and of difference


def attribute(name: str) -> Any:
    return field(default=None, metadata={"attribute": name})


def nested() -> Any:
    return field(default=None, metadata={"nested": True})


class Properties:
    """Base of the records: ``ELEMENT`` is the formatting properties element.

    A record type has dozens of fields of which one record says few: it holds these alone (:func:`record`).
    """

    ELEMENT: ClassVar[str] = ""
    __slots__ = ("__dict__", "_hash")

    @property
    def said(self) -> Mapping[str, Any]:
        """Field -> value of the fields that say something."""
        return self.__dict__

    def attributes(self) -> dict[str, str]:
        """Attribute -> value, in the order of the fields, of the fields that are attributes."""
        names, said = attribute_names(type(self)), self.__dict__
        return {
            name: said[field_name]
            for _, name, field_name in sorted([names[key] for key in said if key in names])
        }

    def write(self, writer: XmlWriter) -> None:
        """Write the properties element; nothing for a record that says nothing."""
        if not is_empty(self):
            writer.start(self.ELEMENT, self.attributes())
            self.write_children(writer)
            writer.end()

    @staticmethod
    def settle(said: dict[str, Any], top: Mapping[str, Any]) -> None:
        """Take from ``said``, the sum of two records, what the upper one ends without a word about it."""

    def write_children(self, writer: XmlWriter) -> None:
        """Write child elements in the schema's order; records that have some override this."""


AnyProperties = TypeVar("AnyProperties", bound=Properties)


if TYPE_CHECKING:
    from dataclasses import dataclass as record  # what a type checker may take a record for
else:

    def record(*, frozen: bool) -> Callable[[type], type]:
        """A frozen dataclass whose records hold only the fields that say something; those are given by name.

        What a record does not hold is the class's own None. A plain dataclass would generate its methods for all of
        the fields at import and assign each of them for every record.
        """
        return lambda record_type: _with_methods(
            dataclass(init=False, repr=False, eq=False, frozen=frozen)(record_type)
        )


def _with_methods(record_type: type) -> type:
    names = frozenset(item.name for item in fields(record_type))

    def __init__(self: Any, **said: Any) -> None:
        if not said.keys() <= names:
            raise TypeError(f"{record_type.__name__} has no field {sorted(said.keys() - names)}")
        self.__dict__.update({name: value for name, value in said.items() if value is not None})

    def __eq__(self: Any, other: object) -> bool:
        return self is other or (type(self) is type(other) and self.__dict__ == other.__dict__)

    def __hash__(self: Any) -> int:
        try:
            return self._hash
        except AttributeError:
            found = hash(frozenset(self.__dict__.items()))
            object.__setattr__(self, "_hash", found)
            return found

    def __repr__(self: Any) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{record_type.__name__}({said})"

    for method in (__init__, __eq__, __hash__, __repr__):
        setattr(record_type, method.__name__, method)
    return record_type


def _attribute_names(record_type: Any) -> Mapping[str, tuple[int, str, str]]:
    return {
        item.name: (position, item.metadata["attribute"], item.name)
        for position, item in enumerate(fields(record_type))
        if "attribute" in item.metadata
    }


# a record type -> field -> (position, attribute, field)
attribute_names: Callable[[Any], Mapping[str, tuple[int, str, str]]] = cache(_attribute_names)


def _record_of(record_type: Any, said: dict[str, Any]) -> Any:
    """A record that says just what others of its type said."""
    made = object.__new__(record_type)
    made.__dict__.update(said)
    return made


def is_empty(record: Properties) -> bool:
    return not record.said


def lay_over(base: AnyProperties, top: AnyProperties) -> AnyProperties:
    """``top`` over ``base``: what ``top`` says wins."""
    return _laid_over(base, top) if top.said else base


@lru_cache(_SUMS_KEPT)
def _laid_over(base: Any, top: Any) -> Any:
    said = {**base.said, **top.said}
    type(base).settle(said, top.said)
    return _record_of(type(base), said)


def difference(record: AnyProperties, parent: AnyProperties) -> AnyProperties:
    """What ``record`` says beyond ``parent``: the direct formatting that an automatic style must hold."""
    return _difference(record, parent) if record.said and parent.said else record


@lru_cache(_SUMS_KEPT)
def _difference(record: Any, parent: Any) -> Any:
    known = parent.said
    own = {name: value for name, value in record.said.items() if known.get(name) != value}
    return _record_of(type(record), own)
