"""Words of StarMath, the language that LibreOffice edits formulas in, by the signs that they stand for.

Source: LibreOffice Help, Math, "Formula Reference Tables".
"""

from __future__ import annotations

from collections.abc import Mapping

# operators that want something before and after them
BINARY: Mapping[str, str] = {
    "+": "+", "-": "-", "−": "-", "±": "+-", "∓": "-+", "=": "=", "≠": "<>", "<": "<", ">": ">", "≤": "<=", "≥": ">=",
    "≪": "<<", "≫": ">>", "≈": "approx", "∼": "sim", "~": "sim", "≃": "simeq", "≡": "equiv", "∝": "prop",
    "⊥": "ortho", "∥": "parallel", "∈": "in", "∉": "notin", "∋": "owns", "⊂": "subset", "⊆": "subseteq",
    "⊃": "supset", "⊇": "supseteq", "∪": "union", "∩": "intersection", "∧": "and", "∨": "or", "×": "times",
    "·": "cdot", "⋅": "cdot", "÷": "div", "*": "*", "∗": "*", "/": "/", "∘": "circ", "→": "toward", "⊕": "oplus",
    "⊖": "ominus", "⊗": "otimes", "⊙": "odot", "∣": "divides", "∤": "ndivides", "⇒": "drarrow", "⇐": "dlarrow",
    "⇔": "dlrarrow",
}  # fmt: skip
UNARY = frozenset(("+", "-", "+-", "-+"))  # nothing need stand before them
NARY: Mapping[str, str] = {
    "∑": "sum", "∏": "prod", "∐": "coprod", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "lint", "∯": "llint",
    "∰": "lllint",
}  # fmt: skip
OTHER_NARY = frozenset("⋀⋁⋂⋃⨀⨁⨂⨄⨆⨅∱∲∳")
SIGNS: Mapping[str, str] = {
    "(": r"\(", ")": r"\)", "[": r"\[", "]": r"\]", "{": r"\lbrace", "}": r"\rbrace", "|": r"\lline", "‖": r"\ldline",
    "⟨": r"\langle", "⟩": r"\rangle", "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor", "⌋": r"\rfloor",
    ",": ",", "…": "dotslow", "⋯": "dotsaxis", "⋮": "dotsvert", "⋱": "dotsdown", "⋰": "dotsup", "←": "leftarrow",
    "↑": "uparrow", "↓": "downarrow", "¬": 'neg ""',
    **{letter: letter for letter in "∀∃∄∇∂∞∅ℏℑℜ℘"},  # as high as a line; the words for them are as high as their ink
}  # fmt: skip
FENCES: Mapping[str, str] = {
    "(": "(", ")": ")", "[": "[", "]": "]", "{": "lbrace", "}": "rbrace", "⟨": "langle", "⟩": "rangle",
    "〈": "langle", "〉": "rangle", "⌈": "lceil", "⌉": "rceil", "⌊": "lfloor", "⌋": "rfloor", "⟦": "ldbracket",
    "⟧": "rdbracket",
}  # fmt: skip
LINE_FENCES: Mapping[str, tuple[str, str]] = {"|": ("lline", "rline"), "‖": ("ldline", "rdline")}
# accent -> word over one sign, word over several
ACCENTS: Mapping[str, tuple[str, str]] = {
    "^": ("hat", "widehat"), "~": ("tilde", "widetilde"), "¯": ("overline", "overline"), "→": ("vec", "widevec"),
    "˙": ("dot", "dot"), "¨": ("ddot", "ddot"), "⃛": ("dddot", "dddot"), "˘": ("breve", "breve"),
    "ˇ": ("check", "check"), "˚": ("circle", "circle"), "´": ("acute", "acute"), "`": ("grave", "grave"),
}  # fmt: skip
BRACES: Mapping[str, str] = {"⏞": "overbrace", "⏟": "underbrace"}
# names that StarMath itself sets upright
FUNCTIONS = frozenset(
    (
        "sin", "cos", "tan", "cot", "sinh", "cosh", "tanh", "coth", "arcsin", "arccos", "arctan", "arccot", "arsinh",
        "arcosh", "artanh", "arcoth", "ln", "exp",
    )
)  # fmt: skip
