"""Two documents drawn and compared, in a process of its own with its own bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from converters import WorkerLimits, WorkerPool, identify
from converters.errors import ConverterError
from converters.libreoffice.warm import keep_warm
from converters.rendered_pages import RenderedPages
from converters.rendering.pair import (
    PagePictures,
    RenderBounds,
    compare_rendering,
    compare_with_pictures,
)

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
