"""The last proof of a result, on request: LibreOffice opens it, and its pages look like those of the source."""

from __future__ import annotations

from converters.errors import Failed
from converters.losses import LossLog, Place
from converters.making import Made, Task
from converters.options import Options
from converters.rendered_pages import PageState, RenderedPages
from converters.rendering.pair import RenderBounds, Witness

PAGES = 10  # of each document in a batch: what is wrong with a document shows in its first pages
LEAST_SECONDS = 1.0


def bounds_for(task: Task) -> RenderBounds:
    """What a comparison may cost: what is left of the task's time."""
    options = task.options
    seconds = max(task.seconds_left, LEAST_SECONDS)
    return RenderBounds(PAGES, seconds, options.memory_megabytes, options.require_isolation)


def draw_and_compare(task: Task, made: Made) -> RenderedPages:
    """The pages of a result against those of its source. Never raises for what stands in them."""
    with Witness(task.source, task.identity.kind, bounds_for(task)) as witness:
        return witness.compare(made.path, task.extension)


def prove_pages(rendered: RenderedPages, options: Options, log: LossLog) -> None:
    """Decide about a comparison. Raises Failed RESULT_DOES_NOT_OPEN, PAGES_UNLIKE.

    Pages that look different are losses of layout. Where nothing could be compared nothing is proven, which somebody
    has to know.
    """
    if rendered.opens is False:
        raise Failed("RESULT_DOES_NOT_OPEN", detail=rendered.error)
    if not rendered.compared:
        log.report("PAGES_NOT_COMPARED", detail=rendered.error)
        return
    if rendered.likeness < options.likeness_floor:
        raise Failed(
            "PAGES_UNLIKE",
            likeness=int(rendered.likeness * 100),
            floor=round(options.likeness_floor * 100),
        )
    for page in rendered.pages:
        if page.state is not PageState.ALIKE:
            log.report("PAGES_LOOK_DIFFERENT", Place("page", page.number))
