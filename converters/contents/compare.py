"""What differs between two contents, each change at its place: in the newer document, of what is gone in the older one."""

from __future__ import annotations

from converters.contents.changes import Changes, Found
from converters.contents.record import Contents, Deck, Sheets, Text
from converters.contents.sheets import compare_sheets
from converters.contents.texts import compare_decks, compare_texts, exactly, words_alone


def compare_contents(before: Contents, after: Contents, *, same_format: bool) -> Changes:
    """What differs. ``same_format``: both are ODF, so that formulas and signs are compared too; else it only counts
    that a formula is still one, and signs without a letter or digit, which may come from a symbol font, are left out.

    Raises TypeError for contents of different kinds.
    """
    found = Found()
    match before, after:
        case Text(), Text():
            compare_texts(found, before, after, "paragraph", exactly if same_format else words_alone)
        case Deck(), Deck():
            compare_decks(found, before, after, exactly if same_format else words_alone)
        case Sheets(), Sheets():
            compare_sheets(found, before, after, formulas=same_format)
        case _:
            raise TypeError(f"{type(before).__name__}, {type(after).__name__}")
    return found.changes()
