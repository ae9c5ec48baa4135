"""Field instructions: what they reach outside of the document. Shared by all formats that hold fields as text.

Source: ECMA-376 Part 1, 17.16.5 (instructions), 17.16.18 (fldChar); [MS-DOC] 2.8.25 (field characters).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from converters.inspect.findings import Findings
from converters.losses import Place

_MAX_NESTED = 20
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


@dataclass(slots=True)
class FieldText:
    """Puts the instruction of complex fields together, which Word spreads over runs; ``read`` gets each as a whole.

    A field within another's instruction gives its own, and nothing to the outer one.
    """

    read: Callable[[str], None]
    _open: list[list[str]] = field(default_factory=list)

    def begin(self) -> None:
        if len(self._open) < _MAX_NESTED:
            self._open.append([])

    def add(self, text: str) -> None:
        if self._open:
            self._open[-1].append(text)
        else:  # an instruction outside of a field: damaged, and still worth reading
            self.read(text)

    def separate(self) -> None:
        if self._open and self._open[-1]:
            self.read("".join(self._open[-1]))
            self._open[-1] = []

    def end(self) -> None:
        self.separate()
        if self._open:
            self._open.pop()


def inspect_instruction(text: str, place: Place, findings: Findings) -> None:
    """Record the field of an instruction, and what it links to."""
    words = [unescaped(quoted) if quoted else word for quoted, word in _TOKEN.findall(text)]
    if not words or not words[0].isalpha():
        return
    name, arguments = words[0].upper(), words[1:]
    feature = _FEATURES.get(name, "field")
    findings.add(feature, place)
    if link := _LINKS.get(name):
        kind, target = link[0], link[1](arguments)
        if target:
            findings.add_link(kind, target, place)
            if kind not in ("hyperlink", "dde"):
                findings.add("external_link", place)


def unescaped(text: str) -> str:
    """Backslashes are doubled in an instruction's quoted text, and quotation marks have one before them."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _first(arguments: list[str]) -> str:
    return arguments[0].replace("\\\\", "\\") if arguments and not _is_switch(arguments[0]) else ""


def _second(arguments: list[str]) -> str:
    return _first(arguments[1:])


def _dde(arguments: list[str]) -> str:
    return "|".join(word for word in arguments[:3] if not _is_switch(word))


def _after_switch(*switches: str) -> Callable[[list[str]], str]:
    def find(arguments: list[str]) -> str:
        for switch in switches:
            if switch in arguments:
                return _first(arguments[arguments.index(switch) + 1 :])
        return ""

    return find


def _is_switch(word: str) -> bool:
    return len(word) == 2 and word[0] == "\\"


# name of the field -> feature; all others are "field"
_FEATURES: dict[str, str] = {
    "DDE": "dde",
    "DDEAUTO": "dde",
    "MERGEFIELD": "mail_merge",
    "MERGEREC": "mail_merge",
    "NEXT": "mail_merge",
    "NEXTIF": "mail_merge",
    "SKIPIF": "mail_merge",
    "FORMTEXT": "form_field",
    "FORMCHECKBOX": "form_field",
    "FORMDROPDOWN": "form_field",
    "CONTROL": "activex",
    "EMBED": "ole_object",
}
# name of the field -> (kind of link, how the target stands in the arguments)
_LINKS: dict[str, tuple[str, Callable[[list[str]], str]]] = {
    "INCLUDETEXT": ("document", _first),
    "INCLUDE": ("document", _first),
    "RD": ("document", _first),
    "INCLUDEPICTURE": ("picture", _first),
    "IMPORT": ("picture", _first),
    "LINK": ("ole", _second),
    "DATABASE": ("data", _after_switch("\\d", "\\c")),
    "DDE": ("dde", _dde),
    "DDEAUTO": ("dde", _dde),
    "HYPERLINK": ("hyperlink", _first),
}
