"""Sections of a number format that show dates and times (ECMA-376 Part 1, 18.8.31; ODF 1.3 Part 3, 16.29.11 ff)."""

from __future__ import annotations

from collections.abc import Iterator

from converters.odf.number_styles import DataStyle, Part
from converters.xlsx_to_ods.format_tokens import Section, Token, blank_for

DATE_LETTERS = frozenset("yYmMdDhHsSeEgGbB")
_LONG = ("number:style", "long")
_TEXTUAL = ("number:textual", "true")

# letter -> by length: element and attributes. Longer runs mean the longest.
_MONTHS = {
    1: Part("number:month"),
    2: Part("number:month", (_LONG,)),
    3: Part("number:month", (_TEXTUAL,)),
    4: Part("number:month", (_LONG, _TEXTUAL)),
    5: Part("number:month", (_TEXTUAL,)),
}
_DAYS = {
    1: Part("number:day"),
    2: Part("number:day", (_LONG,)),
    3: Part("number:day-of-week"),
    4: Part("number:day-of-week", (_LONG,)),
}
_HOURS = {1: Part("number:hours"), 2: Part("number:hours", (_LONG,))}
_MINUTES = {1: Part("number:minutes"), 2: Part("number:minutes", (_LONG,))}
_YEARS = {1: Part("number:year"), 2: Part("number:year"), 3: Part("number:year", (_LONG,))}
_ERAS = {1: Part("number:era"), 2: Part("number:era"), 3: Part("number:era", (_LONG,))}
_TABLES = {"d": _DAYS, "h": _HOURS, "y": _YEARS, "b": _YEARS, "g": _ERAS}
_DATE_ELEMENTS = frozenset(("number:year", "number:month", "number:day", "number:day-of-week", "number:era"))
_LONG_DATE = (
    _DAYS[4], Part("number:text", text=", "), _MONTHS[4], Part("number:text", text=" "), _DAYS[2],
    Part("number:text", text=", "), _YEARS[3],
)  # fmt: skip


def date_section(section: Section) -> DataStyle:
    """The style of a section with date or time letters; elapsed time does not stop at its largest unit."""
    if section.system_format == "F800":
        system = (("number:automatic-order", "true"), ("number:format-source", "language"))
        return DataStyle("date", _LONG_DATE, attributes=system)
    parts = tuple(_merged(_parts(section.tokens)))
    kind = "date" if any(part.element in _DATE_ELEMENTS for part in parts) else "time"
    attributes: tuple[tuple[str, str], ...] = section.locale.attributes() if section.locale else ()
    if kind == "time" and any(token.kind == "elapsed" for token in section.tokens):
        attributes += (("number:truncate-on-overflow", "false"),)
    return DataStyle(kind, parts, attributes=attributes)


def _parts(tokens: list[Token]) -> Iterator[Part]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind in ("date", "elapsed"):
            letter, length = token.text[0].lower(), len(token.text)
            if letter == "m" and (token.kind == "elapsed" or _is_minutes(tokens, index)):
                yield _longest(_MINUTES, length)
            elif letter == "m":
                yield _longest(_MONTHS, length)
            elif letter == "s":
                decimals = _second_decimals(tokens, index)
                yield _seconds(length, decimals)
                index += decimals + 1 if decimals else 0
            elif letter == "e":
                yield _YEARS[3]
            else:
                yield _longest(_TABLES[letter], length)
        elif token.kind == "ampm":
            yield Part("number:am-pm")
        elif token.kind == "fill":
            yield Part("number:fill-character", text=token.text)
        elif token.kind == "pad":
            yield Part("number:text", text=blank_for(token.text))
        elif token.text:
            yield Part("number:text", text=token.text)
        index += 1


def _longest(table: dict[int, Part], length: int) -> Part:
    return table[min(length, max(table))]


def _seconds(length: int, decimals: int) -> Part:
    attributes = ((_LONG,) if length > 1 else ()) + (
        (("number:decimal-places", str(decimals)),) if decimals else ()
    )
    return Part("number:seconds", attributes)


def _second_decimals(tokens: list[Token], index: int) -> int:
    """How many zeros follow ``s.``: they are decimals of the second."""
    following = tokens[index + 1 :]
    if not following or following[0].kind != "point":
        return 0
    count = 0
    for token in following[1:]:
        if token.kind != "digit":
            break
        count += 1
    return count


def _is_minutes(tokens: list[Token], index: int) -> bool:
    """``m`` means minutes right after hours or right before seconds, and months elsewhere."""
    if len(tokens[index].text) > 2:
        return False
    before = next((token for token in reversed(tokens[:index]) if token.kind in ("date", "elapsed")), None)
    after = next((token for token in tokens[index + 1 :] if token.kind in ("date", "elapsed")), None)
    return (before is not None and before.text[0] in "hH") or (after is not None and after.text[0] in "sS")


def _merged(parts: Iterator[Part]) -> Iterator[Part]:
    """Neighbouring literal texts as one."""
    pending = ""
    for part in parts:
        if part.element == "number:text" and not part.attributes:
            pending += part.text
            continue
        if pending:
            yield Part("number:text", text=pending)
            pending = ""
        yield part
    if pending:
        yield Part("number:text", text=pending)
