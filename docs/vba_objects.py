"""Which objects of VBA LibreOffice has, and their members: written from LibreOffice's own type registry.

    python3 docs/vba_objects.py 7.4 2026-11-22 > old.tsv              the Python that knows ``uno`` of that LibreOffice
    python3 docs/vba_objects.py 25.2 2026-11-22 old.tsv > objects.tsv

LibreOffice declares its VBA objects as UNO interfaces ``ooo.vba.*`` (oovbaapi in its source, ``oovbaapi.rdb`` in an
installation). A member that is declared may still raise an error when it is called; one that is not declared does not
exist. The second command writes ``converters/macros/libreoffice_objects.tsv``: a row per object, each member with the
object that it returns (``:Range``) and the version that has it first, where the oldest has it not (``@25.2``).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import uno
from com.sun.star.reflection.TypeDescriptionSearchDepth import INFINITE
from com.sun.star.uno.TypeClass import INTERFACE

_MANAGER = "/singletons/com.sun.star.reflection.theTypeDescriptionManager"
_PREFIX = "ooo.vba."
_INNER = ("HelperInterface",)  # of LibreOffice's own use
# what UNO says with two methods is one property in Basic
_INHERITED = {"com.sun.star.container.XNamed": "Name"}
_ACCESSOR = re.compile(r"[gs]et(?=[A-Z])")  # two methods in UNO, one property in Basic
_HEADER = ("application", "object", "members", "source", "date")


def main(version: str, date: str, earlier: str = "") -> None:
    types = uno.getComponentContext().getValueByName(_MANAGER)
    found = types.createTypeDescriptionEnumeration("ooo.vba", (INTERFACE,), INFINITE)
    old = _read(Path(earlier)) if earlier else None
    rows = []
    while found.hasMoreElements():
        interface = found.nextElement()
        application, name = _object(interface.Name)
        if name in _INNER:
            continue
        before = None if old is None else old.get((application, name), {})
        members = [
            _written(member, returned, before, version)
            for member, returned in sorted(_members(interface).items())
        ]
        rows.append((application, name, " ".join(members), f"LibreOffice {version}, {interface.Name}", date))
    print("\t".join(_HEADER))
    for row in sorted(rows):
        print("\t".join(row))


def _object(name: str) -> tuple[str, str]:
    """``("excel", "Range")`` of ``ooo.vba.excel.XRange``; objects of all programs stand under ``office``."""
    application, _dot, interface = name.removeprefix(_PREFIX).rpartition(".")
    return application or "office", interface.removeprefix("X")


def _members(interface: Any) -> dict[str, str]:
    """Members of an interface and of the VBA interfaces that it extends, with the object that each returns."""
    members: dict[str, str] = {}
    for base in interface.getBaseTypes():
        if base.Name in _INHERITED:
            members[_INHERITED[base.Name]] = ""
        if base.Name.startswith(_PREFIX):
            members |= _members(base)
    for member in interface.getMembers():
        is_attribute = member.TypeClass.value == "INTERFACE_ATTRIBUTE"
        returned = (member.getType() if is_attribute else member.getReturnType()).Name
        name = _object(returned)[1] if returned.startswith(_PREFIX) else ""
        members[_ACCESSOR.sub("", member.MemberName, count=1)] = "" if name in _INNER else name
    return members


def _written(member: str, returned: str, before: dict[str, str] | None, version: str) -> str:
    text = f"{member}:{returned}" if returned else member
    if before is None or member in before:
        return text + (before or {}).get(member, "")
    return f"{text}@{version}"


def _read(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """(application, object) -> member -> its version mark, of an earlier output."""
    table = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        application, name, members, *_source = line.split("\t")
        parts = (member.partition("@") for member in members.split())
        table[application, name] = {
            left.partition(":")[0]: f"@{since}" if since else "" for left, _at, since in parts
        }
    return table


if __name__ == "__main__":
    main(*sys.argv[1:])
