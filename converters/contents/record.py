"""The contents of a document as a person would read it out."""

from __future__ import annotations

from dataclasses import dataclass, field

from converters.census.record import normalised_words
from converters.recalculation.cells import Value


@dataclass(slots=True)
class Text:
    """Paragraphs that have words, in their order; ``aside`` are those of notes, comments and text boxes, whose order may
    differ from file format to file format."""

    paragraphs: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def add(self, text: str, *, aside: bool = False) -> None:
        words = " ".join(normalised_words(text))
        if words:
            (self.aside if aside else self.paragraphs).append(words)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its value, dates as days since 1899-12-30; ``error`` as it is shown; ``formula`` as the file spells it;
    ``text`` as it is shown, where the file tells."""

    value: Value
    error: str = ""
    formula: str = ""
    text: str = ""


@dataclass(slots=True)
class Sheets:
    """Cells that are not empty by sheet and row, each row by column; rows and columns count from 1.

    ``dates_from_1904``: numbers of dates may be less by the days from 1899-12-30 to 1904-01-01.
    """

    sheets: dict[str, dict[int, dict[int, Shown]]] = field(default_factory=dict)
    dates_from_1904: bool = False

    def add(self, sheet: str, row: int, column: int, cell: Shown) -> None:
        if cell.value is not None or cell.error or cell.formula:
            self.sheets.setdefault(sheet, {}).setdefault(row, {})[column] = cell


@dataclass(slots=True)
class Deck:
    """The text of each slide, with the speaker's notes as ``aside``."""

    slides: list[Text] = field(default_factory=list)


Contents = Text | Sheets | Deck
