"""``migrate verify --render``: both documents drawn and compared, in figures and side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from converters import WorkerLimits, WorkerPool, identify
from converters.errors import ConverterError, Failed
from converters.libreoffice.warm import keep_warm
from converters.rendered_pages import PageState, RenderedPages
from converters.rendering.pair import (
    PagePictures,
    RenderBounds,
    compare_rendering,
    compare_with_pictures,
)
from migrate.cli.terminal import LISTED, say, write_table
from migrate.locale import sentence
from migrate.plan_files import PlanFileError, write_text
from migrate.reports import rendering
from migrate.sentences import rendering_sentences, shown

SECONDS_A_PAGE = 3.0  # drawn, compared and encoded, twice, on a machine that does other work
_SECONDS_TO_FINISH = 30.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a worker is asked: the pair, how many pages, and whether people want to see them."""

    source: Path
    target: Path
    pages: int
    pictures: bool


def compare_in_worker(wish: Wish) -> tuple[RenderedPages, Sequence[PagePictures]]:
    """The comparison, in a process of its own; its death is an answer with the error."""
    bounds = _bounds(wish)
    limits = WorkerLimits(timeout_seconds=bounds.seconds + _SECONDS_TO_FINISH)
    with WorkerPool(1, limits) as pool:
        answer = pool.run(_compare, wish)
    if isinstance(answer, ConverterError):
        return RenderedPages(error=answer.code, error_params=tuple(answer.params.items())), ()
    return answer


def _bounds(wish: Wish) -> RenderBounds:
    default = RenderBounds()
    return RenderBounds(wish.pages, default.seconds + SECONDS_A_PAGE * wish.pages)


def _compare(wish: Wish) -> tuple[RenderedPages, Sequence[PagePictures]]:
    keep_warm()
    kinds = identify(wish.source).kind, identify(wish.target).kind
    if wish.pictures:
        return compare_with_pictures(wish.source, kinds[0], wish.target, kinds[1], _bounds(wish))
    return compare_rendering(wish.source, kinds[0], wish.target, kinds[1], _bounds(wish)), ()


def write_pages(rendered: RenderedPages, lang: str) -> None:
    """For a person to read: the figures, and a line for each page that differs, the most different first."""
    for text in rendering_sentences(rendered, lang):
        say(text)
    different = [page for page in rendered.pages if page.state is not PageState.ALIKE]
    if not different:
        return
    different.sort(key=lambda page: (page.likeness, page.number))
    headers = [sentence("rendering", name, lang) for name in ("column_page", "column_state", "column_places")]
    rows = [
        (
            str(page.number),
            rendering.page_state(page, lang),
            str(len(page.regions)),
        )
        for page in different[:LISTED]
    ]
    write_table(headers, rows)
    if len(different) > LISTED:
        say(sentence("batch", "more", lang, count=len(different) - LISTED))


def check_html(path: Path, wish: tuple[Path, Path]) -> None:
    """Raises Failed TARGET_EXISTS, CANNOT_WRITE: neither document is ever replaced by the page."""
    if not path.absolute().parent.is_dir():
        raise Failed("CANNOT_WRITE", detail="the folder does not exist")
    if path.exists() and any(path.samefile(document) for document in wish):
        raise Failed("TARGET_EXISTS")


def write_html(
    path: Path,
    wish: Wish,
    rendered: RenderedPages,
    pictures: Sequence[PagePictures],
    counts: rendering.Counts | None,
    lang: str,
) -> None:
    """The page, in place of an older one. Raises Failed CANNOT_WRITE."""
    text = rendering.render(wish.source.name, wish.target.name, rendered, pictures, lang, counts)
    try:
        write_text(text, path)
    except PlanFileError as error:
        raise Failed("CANNOT_WRITE", detail=str(error.params.get("detail", ""))) from None
    say(sentence("rendering", "html_written", lang, path=shown(path)), err=True)
