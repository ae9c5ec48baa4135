"""Microsoft's metadata of Graph v1.0 (CSDL): which types have which properties, and whether a document is of a type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

_EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
_PLAIN: dict[str, tuple[type, ...]] = {
    "Edm.String": (str,),
    "Edm.Boolean": (bool,),
    "Edm.Int32": (int,),
    "Edm.Int64": (int,),
    "Edm.Guid": (str,),
    "Edm.DateTimeOffset": (str,),
    "Edm.Date": (str,),
}


@dataclass
class Metadata:
    """``types`` maps names to (base, properties by name); ``members`` names of enumerations to their members."""

    types: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    members: dict[str, frozenset[str]] = field(default_factory=dict)

    def properties(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        while name:
            base, own = self.types[name]
            found = own | found
            name = base
        return found

    def problems(self, document: Any, kind: str, place: str = "") -> Iterator[str]:
        """What of a document is not as its type says."""
        if document is None:
            return
        if kind.startswith("Collection("):
            if not isinstance(document, list):
                yield f"{place}: no list"
                return
            for one in document:
                yield from self.problems(one, kind[11:-1], place)
            return
        if kind in _PLAIN:
            if not isinstance(document, _PLAIN[kind]) or (
                isinstance(document, bool) and kind != "Edm.Boolean"
            ):
                yield f"{place}: {document!r} is no {kind}"
            return
        name = kind.removeprefix("graph.").removeprefix("microsoft.graph.")
        if name in self.members:
            if document not in self.members[name]:
                yield f"{place}: {document!r} is no {name}"
            return
        if name not in self.types:
            yield f"{place}: no type {kind}"
            return
        properties = self.properties(name)
        for key, value in document.items():
            if key.startswith("@"):
                continue
            if key not in properties:
                yield f"{place}: {name} has no {key}"
            else:
                yield from self.problems(value, properties[key], f"{place}/{key}")


def read_metadata(path: Path) -> Metadata:
    found = Metadata()
    for schema in etree.parse(str(path)).iter(f"{_EDM}Schema"):
        if schema.get("Namespace") != "microsoft.graph":
            continue
        for node in schema:
            name = node.get("Name")
            if node.tag in (f"{_EDM}EntityType", f"{_EDM}ComplexType"):
                base = (node.get("BaseType") or "").removeprefix("graph.").removeprefix("microsoft.graph.")
                own = {
                    one.get("Name"): one.get("Type")
                    for one in node.iter(f"{_EDM}Property", f"{_EDM}NavigationProperty")
                }
                found.types[name] = (base, own)
            elif node.tag == f"{_EDM}EnumType":
                found.members[name] = frozenset(one.get("Name") for one in node.iter(f"{_EDM}Member"))
    return found
