"""Sections of a number format that show numbers: digits, fractions, exponents, percentages, currencies.

Sources: ECMA-376 Part 1, 18.8.31; ODF 1.3 Part 3, 16.29.2 ff.
"""

from __future__ import annotations

from converters.odf.number_styles import DataStyle, Part
from converters.xlsx_to_ods.format_tokens import Section, Token, blank_for, merged_literals

_PLACEHOLDERS = ("digit", "general")
Attributes = tuple[tuple[str, str], ...]


def digit_section(section: Section) -> DataStyle:
    tokens = section.tokens
    kinds = [token.kind for token in tokens]
    attributes = section.locale.attributes() if section.locale else ()
    first, last = _number_span(kinds)
    if first is None:
        parts = tuple(merged_literals(tokens)) or (Part("number:text"),)
        return DataStyle(_kind(kinds), parts, attributes=attributes)
    span = tokens[first : last + 1]
    span_kinds = kinds[first : last + 1]
    if "general" in span_kinds:
        number: tuple[Part, ...] = (Part("number:number", (("number:min-integer-digits", "1"),)),)
    elif "slash" in span_kinds:
        number = _fraction(span)
    elif "exponent" in span_kinds:
        number = (_scientific(span),)
    else:
        number = (_decimal(span),)
    before, after = tokens[:first], tokens[last + 1 :]
    parts = (*merged_literals(before), *number, *merged_literals(after))
    return DataStyle(_kind(kinds), parts, attributes=attributes)


def _kind(kinds: list[str]) -> str:
    if "percent" in kinds:
        return "percentage"
    return "currency" if "currency" in kinds else "number"


def _number_span(kinds: list[str]) -> tuple[int | None, int]:
    """First and last token of the number: from the first to the last placeholder, with scaling commas after it."""
    places = [index for index, kind in enumerate(kinds) if kind in _PLACEHOLDERS]
    if not places:
        return None, 0
    first, last = places[0], places[-1]
    while first > 0 and kinds[first - 1] == "point":
        first -= 1
    while last + 1 < len(kinds) and kinds[last + 1] in ("comma", "point"):
        last += 1
    if last + 2 < len(kinds) and kinds[last + 1] == "slash" and kinds[last + 2] == "text":
        while last + 1 < len(kinds) and (kinds[last + 1] == "slash" or _is_number_text(kinds, last + 1)):
            last += 1
    return first, last


def _is_number_text(kinds: list[str], index: int) -> bool:
    return kinds[index] == "text" and "slash" in kinds[:index]


def _digits(span: list[Token]) -> tuple[list[Token], list[Token], int, bool]:
    """(integer tokens, decimal tokens, scaling commas, whether there is a decimal point)."""
    commas = 0
    while span and span[-1].kind == "comma":
        span = span[:-1]
        commas += 1
    kinds = [token.kind for token in span]
    if "point" not in kinds:
        return span, [], commas, False
    point = kinds.index("point")
    integer = span[:point]
    while integer and integer[-1].kind == "comma":
        integer = integer[:-1]
        commas += 1
    return integer, span[point + 1 :], commas, True


def _integer_attributes(integer: list[Token]) -> Attributes:
    placeholders = [token.text for token in integer if token.kind == "digit"]
    required = sum(1 for place in placeholders if place in "0?")
    blanks = placeholders.count("?")
    attributes: Attributes = (("number:min-integer-digits", str(required)),)
    if blanks:
        attributes += (("loext:max-blank-integer-digits", str(blanks)),)
    if any(token.kind == "comma" for token in integer):
        attributes += (("number:grouping", "true"),)
    return attributes


def _decimal_attributes(decimals: list[Token]) -> Attributes:
    places = [token.text for token in decimals if token.kind == "digit"]
    required = len("".join(places).rstrip("#?"))
    attributes: Attributes = (
        ("number:decimal-places", str(len(places))),
        ("number:min-decimal-places", str(required)),
    )
    if len(places) > required:
        attributes += (("number:decimal-replacement", " " if "?" in places[required:] else ""),)
    return attributes


def _embedded(integer: list[Token], decimals: list[Token]) -> tuple[tuple[int, str], ...]:
    """Literal text between placeholders, by how many digits stand right of it (negative: left of it, after the point)."""
    found: dict[int, str] = {}
    remaining = sum(1 for token in integer if token.kind == "digit")
    for token in integer:
        if token.kind == "digit":
            remaining -= 1
        elif token.kind not in ("comma", "fill"):
            found[remaining] = found.get(remaining, "") + (
                blank_for(token.text) if token.kind == "pad" else token.text
            )
    passed = 0
    for token in decimals:
        if token.kind == "digit":
            passed += 1
        elif token.kind not in ("comma", "fill", "point"):
            found[-passed - 1] = found.get(-passed - 1, "") + (
                blank_for(token.text) if token.kind == "pad" else token.text
            )
    return tuple(found.items())


def _decimal(span: list[Token]) -> Part:
    integer, decimals, commas, _point = _digits(span)
    attributes = _decimal_attributes(decimals) + _integer_attributes(integer)
    if commas:
        attributes += (("number:display-factor", str(1000 ** min(commas, 6))),)
    return Part("number:number", attributes, embedded=_embedded(integer, decimals))


def _scientific(span: list[Token]) -> Part:
    split = next(index for index, token in enumerate(span) if token.kind == "exponent")
    integer, decimals, _commas, _point = _digits(span[:split])
    places = [token.text for token in integer if token.kind == "digit"]
    exponent = sum(1 for token in span[split + 1 :] if token.kind == "digit")
    attributes = (
        *_decimal_attributes(decimals)[:2],
        ("number:min-integer-digits", str(places.count("0") + places.count("?"))),
        ("number:min-exponent-digits", str(max(1, exponent))),
        ("number:exponent-interval", str(max(1, len(places)))),
        ("number:forced-exponent-sign", "true" if span[split].text == "+" else "false"),
    )
    return Part("number:scientific-number", attributes)


def _fraction(span: list[Token]) -> tuple[Part, ...]:
    slash = next(index for index, token in enumerate(span) if token.kind == "slash")
    left, right = span[:slash], span[slash + 1 :]
    numerator_start = len(left)
    while numerator_start > 0 and left[numerator_start - 1].kind == "digit":
        numerator_start -= 1
    numerator = len(left) - numerator_start
    integer = [token for token in left[:numerator_start] if token.kind == "digit"]
    denominator = "".join(token.text for token in right).strip()
    attributes: Attributes = ()
    if integer:
        required = sum(1 for token in integer if token.text in "0?")
        attributes += (("number:min-integer-digits", str(required)),)
    attributes += (
        ("number:min-numerator-digits", str(max(1, numerator))),
        ("loext:max-numerator-digits", str(max(1, numerator))),
    )
    fixed = denominator.lstrip("0#?")
    if denominator[:1].isdigit() and denominator.isdecimal() and int(denominator) > 0:
        attributes += (("number:denominator-value", str(int(denominator))),)
    elif fixed.isdecimal() and int(fixed) > 0:
        attributes += (("number:denominator-value", str(int(fixed))),)
    else:
        length = max(1, len(denominator))
        attributes += (
            ("number:min-denominator-digits", str(length)),
            ("number:max-denominator-value", str(10 ** min(length, 9) - 1)),
        )
    return (Part("number:fraction", attributes),)
