"""The words of a drawn page with their places: a figure that changed is a few dots in a picture, and a word in a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from converters.census.record import normalised_words
from converters.errors import Failed
from converters.rendered_pages import Region

MAX_CHARACTERS = 100_000  # of one page


@dataclass(frozen=True, slots=True)
class Word:
    """``first`` and ``last`` are positions in the page's text."""

    text: str
    first: int
    last: int


@contextmanager
def page_text(document: pypdfium2.PdfDocument, index: int) -> Iterator[PageText]:
    """The text of the page at ``index``. Raises Failed LIBREOFFICE_FAILED where the page is damaged."""
    with ExitStack() as stack:
        try:
            page = document[index]
            stack.callback(page.close)
            text = page.get_textpage()
            stack.callback(text.close)
        except pypdfium2.PdfiumError as error:
            raise Failed("LIBREOFFICE_FAILED", detail=f"page {index + 1}: {error}") from None
        yield PageText(page, text)


class PageText:
    """The words of one page, in the order of its text."""

    def __init__(self, page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> None:
        self._page, self._text = page, text
        self.words = tuple(self._read())

    def _read(self) -> Iterator[Word]:
        """What stands between spaces, as the census spells it; hidden signs and symbols count for nothing."""
        letters: list[str] = []
        first = 0
        count = min(self._text.count_chars(), MAX_CHARACTERS)
        for position in range(count + 1):
            code = pdfium.FPDFText_GetUnicode(self._text, position) if position < count else 0x20
            letter = chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""
            if letter and not letter.isspace():
                if not letters:
                    first = position
                letters.append(letter)
            elif letters:
                for text in normalised_words("".join(letters)):
                    if any(map(str.isalnum, text)):  # a bullet is a matter of fonts
                        yield Word(text, first, position - 1)
                letters.clear()

    def region(self, word: Word) -> Region:
        """Where a word stands on the page."""
        height = self._page.get_height()
        boxes = [self._text.get_charbox(position) for position in range(word.first, word.last + 1)]
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
        return Region(
            round(left), round(height - top), max(round(right - left), 1), max(round(top - bottom), 1)
        )


def differing_words(source: Iterable[Word], target: Iterable[Word]) -> tuple[list[Word], list[Word]]:
    """The words of either page that the other has not, each as often as it lacks."""
    source, target = list(source), list(target)
    before, after = (Counter(word.text for word in words) for words in (source, target))
    return _last(source, before - after), _last(target, after - before)


def _last(words: list[Word], counts: Counter[str]) -> list[Word]:
    """Of each text as many words as counted, the last ones on the page: what is cut off is missing at the end."""
    places: defaultdict[str, list[Word]] = defaultdict(list)
    for word in words:
        if word.text in counts:
            places[word.text].append(word)
    found = [word for text, standing in places.items() for word in standing[-counts[text] :]]
    return sorted(found, key=lambda word: word.first)
