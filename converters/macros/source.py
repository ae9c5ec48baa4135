"""VBA source as logical lines, tokens and procedures ([MS-VBAL] 3.2, 3.3, 5.3.1); nothing is executed.

It is no compiler: what it cannot place it leaves alone, and never raises for what stands in the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CONTINUED = re.compile(r"[ \t]_[ \t]*\r?\n")
_LINES = re.compile(r"\r\n|\r|\n")
# strings, bracketed names, dates, numbers, names with their type character, and any other sign ([MS-VBAL] 3.3)
_TOKEN = re.compile(
    r"""
    "(?:[^"]|"")*"?
  | \[[^\]\r\n]*\]
  | \#\s*\d[^#\r\n]*\#
  | &[HhOo][0-9A-Fa-f]+&?
  | \d[\d.]*(?:[EeDd][+-]?\d+)?[%&!\#@^]?
  | [^\W\d]\w*[%&!\#@$^]?(?![\w"])
  | [^\W\d]\w*
  | :=
  | \S
    """,
    re.VERBOSE,
)
_TYPE_CHARACTERS = "%&!#@$^"
_PROCEDURE = re.compile(
    r"(?:(?:Public|Private|Friend|Static|Global)\s+)*"
    r"(?P<kind>Sub|Function|Property\s+(?:Get|Let|Set))\s+(?P<name>\w+)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_END = re.compile(r"End\s+(?:Sub|Function|Property)\b", re.IGNORECASE)
_REMARK = re.compile(r"rem(?:\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A logical line of code: continued lines joined, the comment cut off, Attribute lines and blank ones left out.

    ``number`` of its first physical line, from 1; ``physical`` how many of them it takes.
    """

    number: int
    text: str
    physical: int = 1


@dataclass(frozen=True, slots=True)
class Procedure:
    """``kind`` is sub, function, property get, property let or property set; ``private``: seen by its module alone.
    ``lines`` are those of its head, body and end."""

    name: str
    kind: str
    private: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """A module apart: declarations above the first procedure and between procedures, and the procedures in order."""

    declarations: tuple[Line, ...]
    procedures: tuple[Procedure, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of code, in the order of the module."""
        found = [*self.declarations, *(line for procedure in self.procedures for line in procedure.lines)]
        return tuple(sorted(found, key=lambda line: line.number))


def read_source(code: str) -> ModuleSource:
    """Take a module's source apart."""
    declarations: list[Line] = []
    procedures: list[Procedure] = []
    head: re.Match[str] | None = None
    body: list[Line] = []
    for line in logical_lines(code):
        if head is None:
            head = _PROCEDURE.fullmatch(line.text)
            if head is None:
                declarations.append(line)
                continue
            body = [line]
            continue
        body.append(line)
        if _END.match(line.text):
            procedures.append(_procedure(head, body))
            head = None
    if head is not None:  # cut short
        procedures.append(_procedure(head, body))
    return ModuleSource(tuple(declarations), tuple(procedures))


def _procedure(head: re.Match[str], lines: Sequence[Line]) -> Procedure:
    private = head[0].lower().startswith("private")
    return Procedure(head["name"], " ".join(head["kind"].lower().split()), private, tuple(lines))


def logical_lines(code: str) -> Iterator[Line]:
    """The lines that hold code."""
    number = 1
    waiting: list[str] = []
    first = 1
    for physical in _LINES.split(code):
        text = physical.rstrip()
        if not waiting:
            first = number
        number += 1
        if text.endswith(("\t_", " _")) or text == "_":
            waiting.append(text[:-1])
            continue
        joined = without_comment(" ".join([*waiting, text])).strip()
        count = len(waiting) + 1
        waiting = []
        if joined and not joined.startswith("Attribute "):
            yield Line(first, joined, count)
    if waiting:
        joined = without_comment(" ".join(waiting)).strip()
        if joined:
            yield Line(first, joined, len(waiting))


def without_comment(text: str) -> str:
    """A logical line without its comment: after ``'`` outside of a text, or a line that is a ``Rem``."""
    if _REMARK.match(text.lstrip()):
        return ""
    if "'" not in text:
        return text
    within = False
    for position, character in enumerate(text):
        if character == '"':
            within = not within
        elif character == "'" and not within:
            return text[:position]
    return text


def tokens(text: str) -> list[str]:
    """The tokens of a logical line; names lose their type character."""
    found = _TOKEN.findall(text)
    return [
        token[:-1] if len(token) > 1 and token[-1] in _TYPE_CHARACTERS and (token[0].isalpha()) else token
        for token in found
    ]


def is_name(token: str) -> bool:
    return token[:1].isalpha() or (token[:1] == "_" and len(token) > 1)


def text_of(token: str) -> str | None:
    """What a text literal says; None for another token."""
    if not token.startswith('"'):
        return None
    return token[1:].removesuffix('"').replace('""', '"')
