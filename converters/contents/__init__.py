"""What a document says, by cell, paragraph and slide, read alike from sources and results, and what differs.

The census of :mod:`converters.census` counts; this tells where. Formatting, headers and footers are not looked at.
"""

from converters.contents.changes import Change, ChangeKind, Changes
from converters.contents.compare import compare_contents
from converters.contents.read import read_contents
from converters.contents.record import Contents, Deck, Sheets, Text

__all__ = [
    "Change",
    "ChangeKind",
    "Changes",
    "Contents",
    "Deck",
    "Sheets",
    "Text",
    "compare_contents",
    "read_contents",
]
