"""What differs between texts, by paragraph, and between presentations, by slide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from converters.contents.changes import ChangeKind, Found, pairs_of
from converters.contents.record import Deck, Text
from converters.losses import Place

Key = Callable[[str], Hashable]


def exactly(text: str) -> Hashable:
    return text


def words_alone(text: str) -> Hashable:
    return tuple(word for word in text.split() if any(sign.isalnum() for sign in word)) or text


def compare_texts(found: Found, before: Text, after: Text, kind: str, key: Key) -> None:
    """Paragraphs in their order; what stands aside as often as it occurs."""
    keys = [[key(text) for text in one.paragraphs] for one in (before, after)]
    for old, new in pairs_of(*keys):
        if old is None and new is not None:
            found.add(ChangeKind.NEW, Place(kind, new + 1), after=after.paragraphs[new])
        elif new is None and old is not None:
            found.add(ChangeKind.GONE, Place(kind, old + 1), before.paragraphs[old])
        elif old is not None and new is not None:
            texts = before.paragraphs[old], after.paragraphs[new]
            found.add(ChangeKind.CHANGED, Place(kind, new + 1), *texts)
    gone, new_ones = _left(before.aside, after.aside, key), _left(after.aside, before.aside, key)
    place = Place("aside")
    for text, other in zip(gone, new_ones, strict=False):
        found.add(ChangeKind.CHANGED, place, text, other)
    for text in gone[len(new_ones) :]:
        found.add(ChangeKind.GONE, place, text)
    for text in new_ones[len(gone) :]:
        found.add(ChangeKind.NEW, place, after=text)


def _left(texts: Sequence[str], others: Sequence[str], key: Key) -> list[str]:
    """The texts that are not among others, each as often."""
    there = Counter(map(key, others))
    left = []
    for text in texts:
        if there[key(text)]:
            there[key(text)] -= 1
        else:
            left.append(text)
    return left


def compare_decks(found: Found, before: Deck, after: Deck, key: Key) -> None:
    keys = [
        [(tuple(map(key, slide.paragraphs)), tuple(map(key, sorted(slide.aside)))) for slide in deck.slides]
        for deck in (before, after)
    ]
    for old, new in pairs_of(*keys):
        if old is None and new is not None:
            found.add(ChangeKind.NEW, Place("slide", new + 1), after=_slide_text(after.slides[new]))
        elif new is None and old is not None:
            found.add(ChangeKind.GONE, Place("slide", old + 1), _slide_text(before.slides[old]))
        elif old is not None and new is not None:
            _compare_slides(found, before.slides[old], after.slides[new], new + 1, key)


def _compare_slides(found: Found, before: Text, after: Text, number: int, key: Key) -> None:
    """Shapes may be written in another order: what only stands elsewhere on the slide is no change."""
    if Counter(map(key, before.paragraphs)) == Counter(map(key, after.paragraphs)):
        after = Text(before.paragraphs, after.aside)
    inner = Found()
    compare_texts(inner, before, after, "slide", key)
    for change in inner.listed:
        found.add(change.kind, Place("slide", number), change.before, change.after)
    found.count += inner.count - len(inner.listed)


def _slide_text(slide: Text) -> str:
    return " / ".join(slide.paragraphs)
