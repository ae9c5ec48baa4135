"""A place in a document, in the words of the person who owns it: ``Budget!B7``, paragraph 14, slide 3."""

from __future__ import annotations

from converters.losses import Loss, Place
from migrate.locale import sentence


def describe_place(place: Place, language: str) -> str:
    """A place as text; one whose number is unknown is named by what stands around it."""
    missing_index = place.index is None and place.kind not in _WITHOUT_INDEX
    if missing_index or (place.kind == "cell" and not place.cell):
        return place.container or place.part or sentence("places", "document", language)
    return sentence(
        "places",
        place.kind,
        language,
        index=place.index or "",
        container=place.container,
        cell=place.cell,
        part=place.part,
    ).strip()


def describe_places(loss: Loss, language: str, shown: int = 3) -> str:
    """The first places of a loss, without repetition."""
    places = list(dict.fromkeys(describe_place(place, language) for place in loss.examples))
    rest = loss.count - min(shown, len(places)) if len(places) > shown else 0
    text = ", ".join(places[:shown])
    return f"{text}, … (+{rest})" if rest > 0 else text


_WITHOUT_INDEX = frozenset(
    ("document", "part", "header", "footer", "style", "sheet", "cell", "name", "layout", "master", "aside")
)
