"""The tokeniser of Excel's formula grammar (ECMA-376 Part 1, 18.17.2) as it is stored in files: English, A1 notation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from converters.xlsx_to_ods.function_names import known_function

_BOUNDARY = r"(?![\w.(!?\\])"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"  # as the first sheet of a range it would be quoted
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<string>"(?:[^"]|"")*")
  | (?P<sheet>(?:'(?:[^']|'')+'|\[\d+\][^\W\d]?[\w.]*(?::[\w.]+)?|(?!{_CELL}:)[\w.]+(?::[\w.]+)?)!)
  | (?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|FIELD!|GETTING_DATA|BLOCKED!|CONNECT!
        |UNKNOWN!|BUSY!|EXTERNAL!|PYTHON!))
  | (?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}{_BOUNDARY})
  | (?P<cells>\$?[A-Za-z]{{1,3}}\$?[1-9]\d{{0,6}}(?::\$?[A-Za-z]{{1,3}}\$?[1-9]\d{{0,6}})?{_BOUNDARY})
  | (?P<rows>\$?[1-9]\d{{0,6}}:\$?[1-9]\d{{0,6}}{_BOUNDARY})
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<function>[^\W\d][\w.\\]*\()
  | (?P<name>[^\W\d][\w.?\\]*|\\[\w.?\\]*)
  | (?P<operator><=|>=|<>|[-+*/^&=<>%:@\#])
  | (?P<open>\()
  | (?P<close>\))
  | (?P<separator>,)
  | (?P<array>[{{}};])
    """,
    re.VERBOSE,
)
_SPACE_BEFORE_ARGUMENTS = re.compile(r"\s+\(")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is a group of the grammar above, or ``table`` for a structured reference (18.17.2.4)."""

    kind: str
    text: str


class FormulaSyntaxError(ValueError):
    """The text is no formula of the grammar."""


def tokens(formula: str) -> Iterator[Token]:
    """The tokens of a formula without its leading ``=``. Raises FormulaSyntaxError."""
    position = 0
    while position < len(formula):
        if formula[position] == "[" and not re.match(r"\[\d+\]", formula[position:]):
            end = _closing_bracket(formula, position)
            yield Token("table", formula[position:end])
            position = end
            continue
        match = _TOKEN.match(formula, position)
        if match is None or match.lastgroup is None:
            raise FormulaSyntaxError(formula[position : position + 20])
        kind, end = match.lastgroup, match.end()
        if kind in ("name", "cells") and formula[end : end + 1] == "[":
            end = _closing_bracket(formula, end)
            kind = "table"
        spaced = _SPACE_BEFORE_ARGUMENTS.match(formula, end) if kind == "name" else None
        if spaced and known_function(match[0]):  # else a name, and the space is an intersection
            kind, end = "function", spaced.end()
        yield Token(kind, formula[position:end])
        position = end


def _closing_bracket(formula: str, start: int) -> int:
    """The position after the bracket that closes the one at ``start``; an apostrophe escapes the next character."""
    depth, position = 0, start
    while position < len(formula):
        char = formula[position]
        if char == "'":
            position += 1
        elif char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    raise FormulaSyntaxError(formula[start : start + 20])
