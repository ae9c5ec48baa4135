"""The text of equations as MathML tokens: numbers, identifiers, operators (MathML 3, 3.2; ECMA-376 Part 1, 22.1.2.116)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# signs that Unicode counts among the operators and that stand for a quantity
_QUANTITIES = frozenset("∞∅∂ℏ")
_DECIMAL_MARKS = frozenset(".,")
INVISIBLE = {"\u2061", "\u2062", "\u2063", "\u2064"}  # applied function, times, separator, plus
# m:sty -> mathvariant (22.1.2.111)
_VARIANTS = {"p": "normal", "b": "bold", "i": "italic", "bi": "bold-italic"}
# m:scr -> by m:sty where it matters, the code of the letters A and a (22.1.2.102; Unicode, Mathematical Alphanumeric Symbols)
_ALPHABETS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "script": {"": (0x1D49C, 0x1D4B6), "b": (0x1D4D0, 0x1D4EA), "bi": (0x1D4D0, 0x1D4EA)},
    "fraktur": {"": (0x1D504, 0x1D51E), "b": (0x1D56C, 0x1D586), "bi": (0x1D56C, 0x1D586)},
    "double-struck": {"": (0x1D538, 0x1D552)},
    "sans-serif": {
        "": (0x1D608, 0x1D622),
        "p": (0x1D5A0, 0x1D5BA),
        "b": (0x1D5D4, 0x1D5EE),
        "bi": (0x1D63C, 0x1D656),
    },
    "monospace": {"": (0x1D670, 0x1D68A)},
}
# letters that Unicode had before it had the alphabets
_OLDER = dict(
    zip(
        (0x1D49D, 0x1D4A0, 0x1D4A1, 0x1D4A3, 0x1D4A4, 0x1D4A7, 0x1D4A8, 0x1D4AD, 0x1D4BA, 0x1D4BC, 0x1D4C4,
         0x1D506, 0x1D50B, 0x1D50C, 0x1D515, 0x1D51D, 0x1D53A, 0x1D53F, 0x1D545, 0x1D547, 0x1D548, 0x1D549, 0x1D551),
        "ℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤ",
        strict=True,
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """``tag`` is mn, mi, mo or mspace."""

    tag: str
    text: str


def tokens(text: str) -> Iterator[Token]:
    """Cut a run's text into tokens: digits with their decimal marks, words, single operators, inner spaces."""
    position = 0
    while position < len(text):
        kind = _kind(text[position])
        end = position + 1
        if kind in ("mn", "mi", "mspace"):
            while end < len(text) and _goes_on(kind, text, end):
                end += 1
        yield Token(kind, text[position:end])
        position = end


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return "mn"
    if category[0] in "LNM" or char in _QUANTITIES:
        return "mi"
    return "mspace" if category[0] == "Z" else "mo"


def _goes_on(kind: str, text: str, position: int) -> bool:
    char = text[position]
    if kind == "mn" and char in _DECIMAL_MARKS:  # a mark between digits; any other is punctuation
        return position + 1 < len(text) and _kind(text[position + 1]) == "mn"
    return _kind(char) == kind and char not in _QUANTITIES


def in_script(text: str, script: str, style: str) -> str:
    """Latin letters in the alphabet that ``m:scr`` names: a letter of its own is kept by every reader, a style is not."""
    alphabet = _ALPHABETS.get(script)
    if alphabet is None:
        return text
    capital, small = alphabet.get(style, alphabet[""])
    return "".join(
        _letter(capital + ord(char) - ord("A")) if "A" <= char <= "Z"
        else _letter(small + ord(char) - ord("a")) if "a" <= char <= "z"
        else char
        for char in text
    )  # fmt: skip


def _letter(code: int) -> str:
    return _OLDER.get(code) or chr(code)


def variant(style: str, text: str) -> str | None:
    """``mathvariant`` of an identifier; None where it is what MathML takes for granted (3.2.3: one letter is italic)."""
    name = _VARIANTS.get(style, "italic")
    return None if name == ("italic" if len(text) == 1 else "normal") else name
