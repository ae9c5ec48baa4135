"""Original and result side by side as one self-contained page: no script, nothing loaded, differences marked on both."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib import resources

from markupsafe import Markup

from converters.rendered_pages import ALIKE, ComparedPage, PageState, Region, RenderedPages
from converters.rendering.pair import PagePictures, Picture
from migrate.locale import sentence
from migrate.reports.pages import page_environment
from migrate.sentences import counted, grouped, limits_of_comparison, percent, shown

NUMBERED = 12  # places of a page that get a number and words; the others are marked alone
_CENTIMETRES = 2.54 / 72
_LABEL_RISE = 3  # points above a mark
_LABEL_HEIGHT = 11
_DECIMAL_SIGNS = {"en": ".", "fr": ","}


@dataclass(frozen=True, slots=True)
class Counts:
    """The census as a table of words, and what stands below it."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A region as the page shows it; ``number`` is 0 where it has no words."""

    number: int
    left: int
    top: int
    width: int
    height: int
    words: str

    @property
    def label_left(self) -> int:
        return self.left

    @property
    def label_top(self) -> int:
        return max(self.top - _LABEL_RISE, _LABEL_HEIGHT)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a page: its size in points, and the address from which a browser takes it."""

    width: float
    height: float
    address: str


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A compared page as the templates show it (``rendering_page.html.j2``)."""

    number: int
    heading: str
    likeness: float
    width: float
    height: float
    source: Drawing | None
    target: Drawing | None
    places: Sequence[_Place]
    unnumbered: int
    marked: str


def render(
    source_name: str,
    target_name: str,
    rendered: RenderedPages,
    pictures: Sequence[PagePictures],
    language: str,
    counts: Counts | None = None,
) -> str:
    """The page. ``pictures`` are those of ``rendered.pages``, in their order. Names and texts are escaped."""
    environment = page_environment()
    t = partial(_say, language)
    drawings = [(_encoded(drawn.source), _encoded(drawn.target)) for drawn in pictures]
    different, alike = shown_pages(rendered, drawings, language)
    return environment.get_template("rendering.html.j2").render(
        t=t,
        language=language,
        title=t("title", source=shown(source_name), target=shown(target_name)),
        stylesheet=Markup(_stylesheet("report.css") + _stylesheet("rendering.css")),  # noqa: S704 - this package's own files
        rendered=rendered,
        opens=t({True: "yes", False: "no", None: "unknown"}[rendered.opens]),
        likeness=percent(rendered.likeness, language),
        said=limits_of_comparison(rendered, language),
        threshold=percent(ALIKE, language),
        counts=counts,
        different=different,
        worst=sorted(different, key=lambda page: page.likeness),
        alike=alike,
    )


def shown_pages(
    rendered: RenderedPages, drawings: Sequence[tuple[Drawing | None, Drawing | None]], language: str
) -> tuple[list[ShownPage], list[ShownPage]]:
    """The pages that differ and those that look alike; ``drawings`` are those of ``rendered.pages``, in their order."""
    pages = [_page(page, drawn, language) for page, drawn in zip(rendered.pages, drawings, strict=True)]
    alike = {page.number for page in rendered.pages if page.state is PageState.ALIKE}
    return (
        [page for page in pages if page.number not in alike],
        [page for page in pages if page.number in alike],
    )


def _say(language: str, code: str, **params: object) -> str:
    return sentence("rendering", code, language, **params)


def _page(page: ComparedPage, drawings: tuple[Drawing | None, Drawing | None], language: str) -> ShownPage:
    drawn = [drawing for drawing in drawings if drawing is not None]
    places = [_place(number, region, language) for number, region in enumerate(page.regions, 1)]
    marked = _say(language, "unmarked")
    if places:
        marked = _say(language, "marked", places=counted("places", len(places), language))
    return ShownPage(
        page.number,
        _say(language, "page_heading", number=page.number, state=page_state(page, language)),
        page.likeness,
        max(drawing.width for drawing in drawn),
        max(drawing.height for drawing in drawn),
        *drawings,
        places,
        max(len(places) - NUMBERED, 0),
        marked,
    )


def page_state(page: ComparedPage, language: str) -> str:
    """How a page does, in words."""
    return _say(
        language,
        f"state_{page.state.value}",
        likeness=percent(page.likeness, language),
        words=grouped(max(page.words_missing, page.words_added)),
    )


def _place(number: int, region: Region, language: str) -> _Place:
    sign = _DECIMAL_SIGNS[language]
    lengths = {
        name: f"{getattr(region, name) * _CENTIMETRES:.1f}".replace(".", sign)
        for name in ("left", "top", "width", "height")
    }
    words = _say(language, "place", number=number, **lengths)
    return _Place(
        number if number <= NUMBERED else 0, region.left, region.top, region.width, region.height, words
    )


def _encoded(picture: Picture | None) -> Drawing | None:
    """A picture that stands in the page itself."""
    if picture is None:
        return None
    data = base64.b64encode(picture.webp).decode("ascii")
    return Drawing(picture.width, picture.height, f"data:image/webp;base64,{data}")


def _stylesheet(name: str) -> str:
    return resources.files(__package__).joinpath("templates", name).read_text("utf-8")
