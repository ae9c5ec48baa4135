"""Conditional compilation ([MS-VBAL] 3.4) resolved before Basic sees it.

LibreOffice Basic passes over ``#If`` and its kin and runs every branch, one after the other: what VBA does once would
be done twice. So the branch that this version of Basic can take is chosen here, and the others become comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from converters.macros.source import is_name, text_of, tokens, without_comment

# What LibreOffice's VBA mode is most like: VBA 6 of Windows, 32 bit. Under VBA7 authors write PtrSafe and LongPtr, which
# it does not take.
CONSTANTS: Mapping[str, int] = {"vba6": -1, "vba7": 0, "win16": 0, "win32": -1, "win64": 0, "mac": 0}
_CONSTANT = re.compile(r"#\s*Const\s+(?P<name>\w+)\s*=\s*(?P<value>.+)", re.IGNORECASE)
_IF = re.compile(r"#\s*(?P<word>If|ElseIf)\s+(?P<test>.+?)\s+Then\s*$", re.IGNORECASE)
_ELSE, _END = re.compile(r"#\s*Else\s*$", re.IGNORECASE), re.compile(r"#\s*End\s*If\s*$", re.IGNORECASE)
# binary operators, the loosest binding first ([MS-VBAL] 5.6.9)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("imp",), ("eqv",), ("xor",), ("or",), ("and",), ("=", "<>", "<", ">", "<=", ">="), ("+", "-"), ("mod",), ("*", "/", "\\"),
)  # fmt: skip


class _Unreadable(Exception):
    """An expression beyond what stands in real code."""


def resolve_conditions(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """(physical line, whether Basic may see it). Directives themselves it may not."""
    constants: dict[str, int] = dict(CONSTANTS)
    taken: list[bool] = []  # of each open #If: whether a branch was chosen
    open_: list[bool] = []  # whether the present branch is the chosen one
    for line in lines:
        text = without_comment(line).strip()
        visible = all(open_)
        if not text.startswith("#"):
            yield line, visible
            continue
        if match := _CONSTANT.fullmatch(text):
            if visible:
                constants[match["name"].casefold()] = _value(match["value"], constants)
        elif match := _IF.fullmatch(text):
            chosen = bool(_value(match["test"], constants))
            if match["word"].lower() == "if":
                taken.append(chosen)
                open_.append(chosen)
            elif taken:
                open_[-1] = chosen and not taken[-1]
                taken[-1] = taken[-1] or chosen
        elif _ELSE.fullmatch(text) and taken:
            open_[-1], taken[-1] = not taken[-1], True
        elif _END.fullmatch(text) and taken:
            taken.pop()
            open_.pop()
        else:
            yield line, visible  # a date, or what is no directive
            continue
        yield line, False


def _value(text: str, constants: Mapping[str, int]) -> int:
    """The value of a constant expression; 0 for one that cannot be read, as for a name that nobody defines."""
    words = [token.casefold() for token in tokens(text)]
    try:
        value, rest = _expression(_joined(words), 0, constants)
    except (_Unreadable, ZeroDivisionError, RecursionError):
        return 0
    return value if not rest else 0


def _joined(words: list[str]) -> list[str]:
    """``<`` and ``=`` beside each other are one operator."""
    found: list[str] = []
    for word in words:
        if found and found[-1] + word in ("<>", "<=", ">="):
            found[-1] += word
        else:
            found.append(word)
    return found


def _expression(words: list[str], level: int, constants: Mapping[str, int]) -> tuple[int, list[str]]:
    if level == len(_LEVELS):
        return _operand(words, constants)
    if level == 5 and words[:1] == ["not"]:  # binds looser than comparisons, tighter than And
        value, words = _expression(words[1:], level, constants)
        return ~value, words
    value, words = _expression(words, level + 1, constants)
    while words and words[0] in _LEVELS[level]:
        operator = words[0]
        right, words = _expression(words[1:], level + 1, constants)
        value = _combined(operator, value, right)
    return value, words


def _combined(operator: str, left: int, right: int) -> int:
    truth = {
        "=": left == right, "<>": left != right, "<": left < right,
        ">": left > right, "<=": left <= right, ">=": left >= right,
    }  # fmt: skip
    if operator in truth:
        return -1 if truth[operator] else 0
    match operator:
        case "and":
            return left & right
        case "or":
            return left | right
        case "xor":
            return left ^ right
        case "eqv":
            return ~(left ^ right)
        case "imp":
            return ~left | right
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "mod":
            return left % right
        case _:
            return left // right


def _operand(words: list[str], constants: Mapping[str, int]) -> tuple[int, list[str]]:
    if not words:
        raise _Unreadable
    first, rest = words[0], words[1:]
    if first == "(":
        value, rest = _expression(rest, 0, constants)
        if rest[:1] != [")"]:
            raise _Unreadable
        return value, rest[1:]
    if first == "-":
        value, rest = _operand(rest, constants)
        return -value, rest
    if first in ("true", "false"):
        return (-1 if first == "true" else 0), rest
    if first.isdecimal():
        return int(first[:12]), rest
    if is_name(first) and text_of(first) is None:
        return constants.get(first, 0), rest
    raise _Unreadable
