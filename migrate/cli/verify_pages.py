"""``migrate verify --render``: both documents drawn and compared, in figures and side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from converters.errors import Failed
from converters.rendered_pages import PageState, RenderedPages
from converters.rendering.pair import PagePictures
from migrate.cli.terminal import LISTED, say, write_table
from migrate.locale import sentence
from migrate.page_pictures import Wish
from migrate.plan_files import PlanFileError, write_text
from migrate.reports import rendering
from migrate.sentences import rendering_sentences, shown


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
