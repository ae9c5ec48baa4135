"""A VBA module as a module of LibreOffice Basic: carried to run, or as comments.

The head is what LibreOffice's own import writes (``Rem Attribute VBA_ModuleType``, ``Option VBASupport 1``); Attribute
lines go, as there. One line that Basic cannot compile makes the whole module dead, so such lines are said otherwise or
stopped by an error of their own, each under a comment with what stood there. All rows of the tables below were tried
in LibreOffice 7.4 and 25.2: see ``docs/analysis/macros.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from converters.macros.conditional import resolve_conditions
from converters.macros.project import Module
from converters.macros.source import without_comment

MARK = "' [migrate]"
_TYPES = {
    "standard": "VBAModule",
    "class": "VBAClassModule",
    "form": "VBAFormModule",
    "document": "VBADocumentModule",
}
_LINES = re.compile(r"\r\n|\r|\n")
_PIECES = re.compile(r'("(?:[^"]|"")*"?)')
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_SUPPORTED = 445  # VBA's own error: "Object doesn't support this action"

# what Basic does not take -> what says the same in it; of code outside of texts and comments
_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"\bDeclare(\s+)PtrSafe\s+", r"Declare\1"),
        (r"\bAs(\s+)LongPtr\b", r"As\1Long"),
        (r"\bCLngPtr(\s*\()", r"CLng\1"),
        (r"^(\s*)Friend(\s+(?:Static\s+)?(?:Sub|Function|Property)\b)", r"\1Public\2"),
        (r"\bThen\s*:", "Then "),
        (
            r"(?<![\w.)])VBA\s*\.\s*(?:(?:Strings|Conversion|DateTime|Math|Interaction|Information|FileSystem|Financial)"
            r"\s*\.\s*)?(?=[A-Za-z])",
            "",
        ),
        # printing for the author's eyes: Basic has no such object, and the procedure would end here
        (r"^(\s*)Debug\.(?:Print|Assert)\b.*$", r"\1"),
        (r"(\bThen\s+|\bElse\s+|:\s*)Debug\.(?:Print|Assert)\b[^:]*?(?=\s*(?::|\bElse\b|$))", r"\1DoEvents"),
    )
)
# lines that Basic cannot compile and that do nothing themselves: they become comments
_DECLARATIONS = re.compile(r"^\s*(?:(?:Public|Private)\s+)?Event\s+\w", re.IGNORECASE)
# statements that it cannot compile: they become an error, where they are reached
_STOPPED = re.compile(r"\bAddressOf\b|^\s*RaiseEvent\b|^\s*(?:Lock|Unlock)\s*#", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BasicSource:
    """``changed``: how many statements say something else than in the source, ``lines`` of code aside."""

    text: str
    changed: int = 0


def carried(module: Module) -> BasicSource:
    """The module as Basic that LibreOffice runs in its VBA mode."""
    head = [*_head(module), "Option VBASupport 1"]
    if module.kind == "class":
        head.append("Option ClassModule")
    body: list[str] = []
    changed = 0
    for statement in _statements(_own_lines(module)):
        written, is_changed = _written(statement)
        body += written
        changed += is_changed
    return BasicSource(_text([*head, *body]), changed)


def commented(module: Module) -> BasicSource:
    """The module as comments: nothing in it can run."""
    return BasicSource(_text([*_head(module), *(f"Rem {line}" for line in _own_lines(module))]))


def _head(module: Module) -> list[str]:
    return [f"Rem Attribute VBA_ModuleType={_TYPES.get(module.kind, 'VBAModule')}"]


def _own_lines(module: Module) -> list[str]:
    lines = _LINES.split(module.code or "")
    return [line for line in lines if not line.lstrip().startswith("Attribute ")]


def _text(lines: Sequence[str]) -> str:
    """What XML cannot hold becomes the sign for an unknown character."""
    return _NOT_IN_XML.sub("\ufffd", "\n".join(lines).rstrip("\n") + "\n")


def _statements(lines: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    """Physical lines that belong together, and whether Basic may see them."""
    waiting: list[str] = []
    visible = True
    for line, shown in resolve_conditions(lines):
        if not waiting:
            visible = shown
        waiting.append(line)
        if line.rstrip().endswith((" _", "\t_")):
            continue
        yield waiting, visible
        waiting = []
    if waiting:
        yield waiting, visible


def _written(statement: tuple[list[str], bool]) -> tuple[list[str], bool]:
    """A statement as Basic, and whether it was changed; directives and branches left out are no change."""
    lines, visible = statement
    if not visible:
        return [f"{MARK} {line}" for line in lines], False
    code = "\n".join(_code(line) for line in lines)
    if _DECLARATIONS.search(code):
        return [f"{MARK} {line}" for line in lines], True
    if _STOPPED.search(code):
        stop = f'Err.Raise {NOT_SUPPORTED}, , "{_told(lines[0])}"'
        return [*(f"{MARK} {line}" for line in lines), stop], True
    rewritten = [_rewritten(line) for line in lines]
    if rewritten == lines:
        return lines, False
    return [
        *(f"{MARK} {line}" for line in lines),
        *(line for line in rewritten if line.strip() or len(lines) > 1),
    ], True


def _told(line: str) -> str:
    return without_comment(line).strip()[:60].replace('"', "'")


def _code(line: str) -> str:
    """A line without its comment, texts blanked."""
    return "".join('""' if piece.startswith('"') else piece for piece in _PIECES.split(without_comment(line)))


def _rewritten(line: str) -> str:
    code = without_comment(line)
    comment = line[len(code) :]
    if not code.strip():
        return line
    pieces: list[str] = []

    def kept(match: re.Match[str]) -> str:
        pieces.append(match[0])
        return f'"{len(pieces) - 1}"'

    masked = _PIECES.sub(kept, code)
    for pattern, replacement in _REWRITES:
        masked = pattern.sub(replacement, masked)
    restore: Callable[[re.Match[str]], str] = lambda match: pieces[int(match[1])]  # noqa: E731
    return re.sub(r'"(\d+)"', restore, masked) + comment
