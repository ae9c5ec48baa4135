"""Names of Word's built-in styles as LibreOffice names the same styles, so that its own features find them.

A style that stands in no row keeps its name. Word's names are compared without case (ECMA-376 Part 1, 17.7.4.9).
"""

from __future__ import annotations

from collections.abc import Mapping

PARAGRAPH_STYLE_NAMES: Mapping[str, str] = {
    "normal": "Standard",
    "body text": "Text body",
    "body text first indent": "First line indent",
    "body text indent": "Text body indent",
    "title": "Title",
    "subtitle": "Subtitle",
    "header": "Header",
    "footer": "Footer",
    "caption": "Caption",
    "footnote text": "Footnote",
    "endnote text": "Endnote",
    "signature": "Signature",
    "salutation": "Salutation",
    "envelope address": "Addressee",
    "envelope return": "Sender",
    "list": "List",
    "list bullet": "List Bullet",
    "list number": "List Number",
    "table of figures": "Figure Index 1",
    "toc heading": "Contents Heading",
    "index heading": "Index Heading",
    **{f"heading {level}": f"Heading {level}" for level in range(1, 10)},
    **{f"toc {level}": f"Contents {level}" for level in range(1, 10)},
    **{f"index {level}": f"Index {level}" for level in range(1, 10)},
}
CHARACTER_STYLE_NAMES: Mapping[str, str] = {
    "hyperlink": "Internet link",
    "followedhyperlink": "Visited Internet Link",
    "page number": "Page Number",
    "line number": "Line numbering",
    "strong": "Strong",
    "emphasis": "Emphasis",
}
LINK_STYLES = frozenset(("Internet link", "Visited Internet Link"))
# style classes sort LibreOffice's list of styles (ODF 1.3 Part 3, 19.473)
STYLE_CLASSES: tuple[tuple[str, str], ...] = (
    ("Heading", "chapter"),
    ("Title", "chapter"),
    ("Subtitle", "chapter"),
    ("Contents", "index"),
    ("Index", "index"),
    ("Header", "extra"),
    ("Footer", "extra"),
    ("Footnote", "extra"),
    ("Endnote", "extra"),
    ("Caption", "extra"),
    ("List", "list"),
    ("Standard", "text"),
    ("Text body", "text"),
)


def paragraph_style_name(name: str) -> str:
    return PARAGRAPH_STYLE_NAMES.get(name.lower(), name)


def character_style_name(name: str) -> str:
    return CHARACTER_STYLE_NAMES.get(name.lower(), name)


def style_class(display_name: str) -> str | None:
    return next((kind for start, kind in STYLE_CLASSES if display_name.startswith(start)), None)
