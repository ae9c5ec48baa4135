"""Number format codes (ECMA-376 Part 1, 18.8.30 and 18.8.31) as data styles of ODF.

``parse_number_format`` reads the whole syntax: up to four sections with conditions, colours, locales, currencies,
digits, fractions, exponents, dates, elapsed time, text, padding and fillers. It never raises: what is no valid code is
shown as Excel would, literally.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from converters.odf.number_styles import DataStyle, Part
from converters.xlsx_to_ods.date_formats import DATE_LETTERS, date_section
from converters.xlsx_to_ods.digit_formats import digit_section
from converters.xlsx_to_ods.format_tokens import Section, Token, locale_of, merged_literals

BUILT_IN: dict[int, str] = {
    # 18.8.30, as shown under an English locale; 14 and 22 follow the system's short date there
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0_);\\("$"#,##0\\)', 6: '"$"#,##0_);[Red]\\("$"#,##0\\)',
    7: '"$"#,##0.00_);\\("$"#,##0.00\\)', 8: '"$"#,##0.00_);[Red]\\("$"#,##0.00\\)',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
    27: "m/d/yyyy", 28: "m/d/yyyy", 29: "m/d/yyyy", 30: "m/d/yyyy", 31: "m/d/yyyy",
    32: "h:mm:ss", 33: "h:mm:ss", 34: "h:mm:ss", 35: "h:mm:ss", 36: "m/d/yyyy",
    37: "#,##0_);\\(#,##0\\)", 38: "#,##0_);[Red]\\(#,##0\\)",
    39: "#,##0.00_);\\(#,##0.00\\)", 40: "#,##0.00_);[Red]\\(#,##0.00\\)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: "m/d/yyyy", 51: "m/d/yyyy", 52: "m/d/yyyy", 53: "m/d/yyyy", 54: "m/d/yyyy",
    55: "m/d/yyyy", 56: "m/d/yyyy", 57: "m/d/yyyy", 58: "m/d/yyyy",
    59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
    71: "m/d/yyyy", 72: "m/d/yyyy", 73: "d-mmm-yy", 74: "d-mmm", 75: "mmm-yy", 76: "h:mm", 77: "h:mm:ss",
    78: "m/d/yyyy h:mm", 79: "mm:ss", 80: "[h]:mm:ss", 81: "mm:ss.0",
}  # fmt: skip

# 18.8.31: the eight names; [Color1] ... [Color56] index Excel's palette
_COLORS = {
    "black": "#000000", "blue": "#0000ff", "cyan": "#00ffff", "green": "#00ff00",
    "magenta": "#ff00ff", "red": "#ff0000", "white": "#ffffff", "yellow": "#ffff00",
}  # fmt: skip
_PALETTE = [
    "000000",
    "ffffff",
    "ff0000",
    "00ff00",
    "0000ff",
    "ffff00",
    "ff00ff",
    "00ffff",
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "c0c0c0",
    "808080",
    "9999ff",
    "993366",
    "ffffcc",
    "ccffff",
    "660066",
    "ff8080",
    "0066cc",
    "ccccff",
    "000080",
    "ff00ff",
    "ffff00",
    "00ffff",
    "800080",
    "800000",
    "008080",
    "0000ff",
    "00ccff",
    "ccffff",
    "ccffcc",
    "ffff99",
    "99ccff",
    "ff99cc",
    "cc99ff",
    "ffcc99",
    "3366ff",
    "33cccc",
    "99cc00",
    "ffcc00",
    "ff9900",
    "ff6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
]

_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)$")
_ELAPSED = re.compile(r"(h+|m+|s+)$", re.IGNORECASE)
_AM_PM = re.compile(r"AM/PM|A/P|上午/下午", re.IGNORECASE)
_EXPONENT = re.compile(r"[eE][+-]")
_GENERAL = re.compile(r"general|standard", re.IGNORECASE)
_ODF_OPERATOR = {"<>": "!="}


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """``style`` None stands for General. ``value_type`` is the type of a number shown so.

    ``approximated``: the part of the code that ODF has no element for.
    """

    style: DataStyle | None
    value_type: str = "float"
    approximated: str = ""


GENERAL = NumberFormat(None)


@lru_cache(maxsize=4096)
def parse_number_format(code: str) -> NumberFormat:
    """The data style of a format code, with the value type that cells of it have."""
    if not code.strip() or _GENERAL.fullmatch(code.strip()):
        return GENERAL
    sections = [_read_section(text) for text in split_sections(code)][:4]
    styles = _one_language([_section_style(section, index) for index, section in enumerate(sections)])
    numeric = [style for style in styles if style.kind != "text"] or styles
    style = _combined(sections, styles)
    lost = next(
        (token.text for section in sections for token in section.tokens if _is_approximated(token)), ""
    )
    return NumberFormat(style, _VALUE_TYPES.get(numeric[0].kind, "float"), lost)


def _is_approximated(token: Token) -> bool:
    """A month's first letter, ``A/P``: ODF has the short name and AM/PM (Part 3, 16.29.13, 16.29.20)."""
    if token.kind == "date":
        return token.text[0] in "mM" and len(token.text) == 5
    return token.kind == "ampm" and token.text.upper() == "A/P"


_VALUE_TYPES = {"percentage": "percentage", "date": "date", "time": "time"}


def split_sections(code: str) -> list[str]:
    """The sections of a code: semicolons inside quotes, brackets or after a backslash do not separate."""
    sections, start, position, quoted, bracket = [], 0, 0, False, False
    while position < len(code):
        char = code[position]
        if quoted:
            quoted = char != '"'
        elif bracket:
            bracket = char != "]"
        elif char == '"':
            quoted = True
        elif char == "[":
            bracket = "]" in code[position:]
        elif char in "\\_*":
            position += 1
        elif char == ";":
            sections.append(code[start:position])
            start = position + 1
        position += 1
    sections.append(code[start:])
    return sections


def _read_section(text: str) -> Section:
    section = Section()
    for token in _tokens(text):
        if token.kind == "condition":
            section.condition = token.text
        elif token.kind == "color":
            section.color = token.text
        elif token.kind == "locale":
            section.locale = token.locale
            section.system_format = token.text
        else:
            section.tokens.append(token)
    return section


def _tokens(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        char = text[position]
        if char == '"':
            end = text.find('"', position + 1)
            end = len(text) if end < 0 else end
            yield Token("text", text[position + 1 : end])
            position = end + 1
        elif char == "\\":
            yield Token("text", text[position + 1 : position + 2])
            position += 2
        elif char in "_*":
            yield Token("pad" if char == "_" else "fill", text[position + 1 : position + 2] or " ")
            position += 2
        elif char == "[" and "]" in text[position:]:
            end = text.index("]", position)
            yield _bracketed(text[position + 1 : end])
            position = end + 1
        elif match := _GENERAL.match(text, position):
            yield Token("general", match[0])
            position = match.end()
        elif match := _AM_PM.match(text, position):
            yield Token("ampm", match[0])
            position = match.end()
        elif match := _EXPONENT.match(text, position):
            yield Token("exponent", match[0][1])
            position = match.end()
        elif char in DATE_LETTERS:
            end = position
            while end < len(text) and text[end].lower() == char.lower():
                end += 1
            yield Token("date", text[position:end])
            position = end
        else:
            yield Token(_SINGLE.get(char, "text"), char)
            position += 1


_SINGLE = {
    "0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "at",
}  # fmt: skip


def _bracketed(inside: str) -> Token:
    lower = inside.lower()
    if lower in _COLORS:
        return Token("color", _COLORS[lower])
    if lower.startswith("color") and lower[5:].strip().isdecimal():
        index = int(lower[5:])
        return Token("color", "#" + _PALETTE[(index - 1) % len(_PALETTE)])
    if match := _CONDITION.match(inside.strip()):
        return Token("condition", f"{_ODF_OPERATOR.get(match[1], match[1])}{match[2]}")
    if _ELAPSED.match(inside):
        return Token("elapsed", inside)
    if inside.startswith("$"):
        symbol, _, language = inside[1:].partition("-")
        locale = locale_of(language)
        if symbol:
            return Token("currency", symbol, locale)
        return Token("locale", language.upper(), locale)
    return Token("locale", "", None)  # [DBNum1] and the like: the digits stay


def _one_language(styles: list[DataStyle]) -> list[DataStyle]:
    """The first language that a section names for all: LibreOffice reads the sections of a format in one language."""
    named = next((style.attributes for style in styles if dict(style.attributes).get("number:language")), ())
    language = tuple(item for item in named if item[0] in _LANGUAGE)
    return [
        replace(
            style, attributes=language + tuple(item for item in style.attributes if item[0] not in _LANGUAGE)
        )
        for style in styles
    ]


_LANGUAGE = ("number:language", "number:country")


def _section_style(section: Section, index: int) -> DataStyle:
    kinds = {token.kind for token in section.tokens}
    if "at" in kinds or index == 3:  # the fourth section is for text, even where it shows none
        style = DataStyle("text", tuple(merged_literals(section.tokens)))
    elif kinds & {"date", "elapsed", "ampm"} and not kinds & {"general", "exponent"}:
        style = date_section(section)
    else:
        style = digit_section(section)
    return replace(
        style, parts=tuple(_safe_blank(part, style.kind) for part in style.parts), color=section.color
    )


def _safe_blank(part: Part, kind: str) -> Part:
    """LibreOffice 24.2 and later read the name of a blank's width back as text, but for a lone blank of a number."""
    if part.element != "number:text" or kind in ("number", "text"):
        return part
    return replace(
        part, attributes=tuple(item for item in part.attributes if item[0] != "loext:blank-width-char")
    )


def _combined(sections: list[Section], styles: list[DataStyle]) -> DataStyle:
    """Sections as one style: the last holds where no condition of the others does (18.8.31)."""
    if len(styles) == 1:
        condition = sections[0].condition
        if condition is None:
            return styles[0]
        rest = DataStyle("number", (Part("number:number", (("number:min-integer-digits", "1"),)),))
        return replace(rest, maps=((f"value(){condition}", styles[0]),))
    *others, main = styles
    conditions = [section.condition for section in sections]
    if main.kind == "text":
        defaults = {1: [">=0"], 2: [">=0", "<0"], 3: [">0", "<0", "=0"]}[len(others)]
        if len(others) == 1 and conditions[0] is None:
            others, conditions, defaults = [others[0], others[0]], [None, None], [">=0", "<0"]
    else:
        defaults = {1: [">=0"], 2: [">0", "<0"], 3: [">0", "<0", "=0"]}[len(others)]
        if len(others) == 2 and conditions[0] is not None and conditions[1] is None:
            defaults = [">0", "<0"]
    maps = tuple(
        (f"value(){given or default}", style)
        for given, default, style in zip(conditions, defaults, others, strict=False)
    )
    return replace(main, maps=maps)
