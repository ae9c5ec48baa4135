"""What a comparison of drawn pages answers: ``n of m pages look alike``, and where each of the others differs.

Both documents are drawn by LibreOffice. Its drawing of the original is a witness, not the truth: Word, Excel and
PowerPoint may show the original otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from converters.errors import Param

# From this likeness on a page with the same words looks alike to a reader who lays no sheet over the other.
ALIKE = 0.95
REGIONS_WRITTEN = 20  # regions of a page that a JSON document names


class PageState(StrEnum):
    ALIKE = "alike"
    DIFFERENT = "different"
    MISSING = "missing"  # the original has it, the result ends before
    ADDED = "added"  # only the result has it


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle that differs, in points from the upper left corner of the page."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """``number`` counts from 1. ``likeness`` is the share of what is drawn that looks the same, from 0 to 1.

    ``words_missing`` stand on the original's page and not on the result's, ``words_added`` the other way round; a page
    where any word differs is never alike. A page that is alike may still have regions that differ a little.
    """

    number: int
    state: PageState
    likeness: float
    regions: tuple[Region, ...] = ()
    words_missing: int = 0
    words_added: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "state": self.state.value,
            "likeness": round(self.likeness, 4),
            "words_missing": self.words_missing,
            "words_added": self.words_added,
            "regions": [asdict(region) for region in self.regions[:REGIONS_WRITTEN]],
        }


@dataclass(frozen=True, slots=True)
class RenderedPages:
    """``source_pages`` and ``target_pages`` were drawn; with ``cut`` there are more, which nobody compared.

    ``opens`` says whether LibreOffice opens the result: None where that could not be found out. ``error`` is a code
    of :mod:`converters.errors`: why there is no comparison. ``witness`` is the program that drew the pages.
    """

    source_pages: int = 0
    target_pages: int = 0
    pages: tuple[ComparedPage, ...] = ()
    cut: bool = False
    opens: bool | None = None
    witness: str = ""
    error: str = ""
    error_params: tuple[tuple[str, Param], ...] = ()

    @property
    def compared(self) -> bool:
        return bool(self.pages)

    @property
    def likeness(self) -> float:
        """The mean over all pages of both; a page that only one of them has counts 0."""
        return sum(page.likeness for page in self.pages) / len(self.pages) if self.pages else 0.0

    @property
    def alike(self) -> int:
        """How many pages look alike."""
        return sum(page.state is PageState.ALIKE for page in self.pages)

    @property
    def clean(self) -> bool:
        """The result opens, has as many pages as the original, and all look alike."""
        return bool(self.opens) and self.compared and self.alike == len(self.pages)

    def as_json(self) -> dict[str, Any]:
        return {
            "opens": self.opens,
            "witness": self.witness or None,
            "source_pages": self.source_pages,
            "target_pages": self.target_pages,
            "cut": self.cut,
            "compared": len(self.pages),
            "alike": self.alike,
            "likeness": round(self.likeness, 4) if self.compared else None,
            "pages": [page.as_json() for page in self.pages],
            "error": self.error or None,
            "error_params": dict(self.error_params),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> RenderedPages:
        return cls(
            source_pages=record["source_pages"],
            target_pages=record["target_pages"],
            pages=tuple(
                ComparedPage(
                    page["number"],
                    PageState(page["state"]),
                    page["likeness"],
                    tuple(Region(**region) for region in page["regions"]),
                    page["words_missing"],
                    page["words_added"],
                )
                for page in record["pages"]
            ),
            cut=record["cut"],
            opens=record["opens"],
            witness=record["witness"] or "",
            error=record["error"] or "",
            error_params=tuple(record["error_params"].items()),
        )
