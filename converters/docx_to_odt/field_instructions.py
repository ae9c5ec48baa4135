"""Field instructions: a name, arguments and switches (ECMA-376 Part 1, 17.16.2, 17.16.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|\\(\S)\s*|(\S+)')
# switches of a field that take an argument; "\*" and "\#" and "\@" always do (17.16.4.3)
_WITH_ARGUMENT: Mapping[str, str] = {
    "HYPERLINK": "lot",
    "SEQ": "rs",
    "TOC": "abcdflnopst",
    "REF": "d",
    "INDEX": "bcdefghklpsz",
    "NOTEREF": "",
    "TC": "fl",
    "XE": "frty",
    "STYLEREF": "",
    "MERGEFIELD": "bf",
    "FILLIN": "d",
    "ASK": "d",
}


@dataclass(frozen=True, slots=True)
class Instruction:
    """``switches`` by their letter, each with its argument or an empty text."""

    name: str = ""
    arguments: tuple[str, ...] = ()
    switches: Mapping[str, str] = field(default_factory=dict)


def parse_instruction(text: str) -> Instruction:
    """Read a field's instruction; the name is in capitals."""
    name = ""
    arguments: list[str] = []
    switches: dict[str, str] = {}
    expecting: str | None = None
    for match in _TOKEN.finditer(text):
        quoted, switch, word = match.groups()
        if switch is not None:
            expecting = switch
            switches.setdefault(switch, "")
            if switch not in "*#@" and switch.lower() not in _WITH_ARGUMENT.get(name, ""):
                expecting = None
            continue
        value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else word
        if expecting is not None:
            switches[expecting] = value
            expecting = None
        elif not name:
            name = value.upper()
        else:
            arguments.append(value)
    return Instruction(name, tuple(arguments), switches)
