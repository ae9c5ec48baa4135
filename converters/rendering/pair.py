"""A source and what was made of it: drawn by one LibreOffice, then compared page by page."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import pypdfium2

from converters.errors import ConverterError, Failed
from converters.kinds import KINDS, PRESENTATION, SPREADSHEET, TEXT
from converters.libreoffice.find import require
from converters.libreoffice.isolation import require_isolation
from converters.libreoffice.run import Export, exported
from converters.rendered_pages import ALIKE, ComparedPage, PageState, RenderedPages
from converters.rendering.compare import compare_pictures, with_more
from converters.rendering.drawing import draw, opened
from converters.rendering.words import differing_words, page_text

PAGES = 20  # of each document, unless the caller asks for more
SECONDS = 120.0
MEGABYTES = 2_000
PICTURE_DOTS_PER_INCH = 96
WORDS_MARKED = 40  # of each page
_QUALITY = 80
_FILTERS = {TEXT: "writer_pdf_Export", SPREADSHEET: "calc_pdf_Export", PRESENTATION: "impress_pdf_Export"}
# What LibreOffice does with a document that it cannot open, or that it dies of. A bound that is passed is no proof.
_DOES_NOT_OPEN = frozenset(["UNREADABLE", "LIBREOFFICE_CRASHED", "LIBREOFFICE_HANGS"])


@dataclass(frozen=True, slots=True)
class RenderBounds:
    """``pages`` of each document are drawn; ``seconds`` are for both together, from the first start."""

    pages: int = PAGES
    seconds: float = SECONDS
    memory_megabytes: int = MEGABYTES
    require_isolation: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A page for people to look at; its size is that of the page in points."""

    webp: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePictures:
    """The pictures of a page; None where a document has no such page. ``words`` are those of the source's page."""

    source: Picture | None
    target: Picture | None
    words: str = ""


def compare_rendering(
    source: Path, source_kind: str, target: Path, target_kind: str, bounds: RenderBounds | None = None
) -> RenderedPages:
    """Draw both and compare; see :meth:`Witness.compare`."""
    with Witness(source, source_kind, bounds) as witness:
        return witness.compare(target, target_kind)


def compare_with_pictures(
    source: Path, source_kind: str, target: Path, target_kind: str, bounds: RenderBounds | None = None
) -> tuple[RenderedPages, tuple[PagePictures, ...]]:
    """As :func:`compare_rendering`, with pictures of every compared page."""
    shown: list[PagePictures] = []
    with Witness(source, source_kind, bounds) as witness:
        rendered = witness.compare(target, target_kind, shown)
    return rendered, tuple(shown) if rendered.compared else ()


class Witness:
    """LibreOffice's drawing of one source, with which any number of results are compared; a context manager.

    The source is drawn when the first result was, and once.
    """

    def __init__(self, source: Path, source_kind: str, bounds: RenderBounds | None = None) -> None:
        self.source, self.source_kind = source, source_kind
        self.bounds = bounds or RenderBounds()
        self.deadline = time.monotonic() + self.bounds.seconds
        self._filter = _FILTERS[KINDS[source_kind].family]
        self._open = ExitStack()
        self._drawn: pypdfium2.PdfDocument | ConverterError | None = None

    def __enter__(self) -> Witness:
        return self

    def __exit__(self, *_error: object) -> None:
        self._open.close()

    def compare(
        self, target: Path, target_kind: str, shown: list[PagePictures] | None = None
    ) -> RenderedPages:
        """Draw a result and compare. Never raises for what stands in the files: where there is no comparison the
        answer carries the error, and says whether LibreOffice opens the target, which may stand under any name.
        ``shown`` takes pictures of every compared page."""
        found = RenderedPages()
        try:
            if self.bounds.require_isolation:
                require_isolation()
            found = replace(found, witness=f"LibreOffice {require().version_text}")
            with ExitStack() as stack:
                try:
                    theirs = stack.enter_context(self._pdf(target, target_kind))
                except ConverterError as error:
                    if error.code in _DOES_NOT_OPEN:
                        found = replace(found, opens=False)
                    raise
                found = replace(found, opens=True)
                return self._compare(found, self._source_pdf(), theirs, shown)
        except ConverterError as error:
            return replace(found, error=error.code, error_params=tuple(error.params.items()))

    def _source_pdf(self) -> pypdfium2.PdfDocument:
        if self._drawn is None:
            try:
                self._drawn = self._open.enter_context(self._pdf(self.source, self.source_kind))
            except ConverterError as error:
                self._drawn = error
        if isinstance(self._drawn, ConverterError):
            raise self._drawn
        return self._drawn

    @contextmanager
    def _pdf(self, path: Path, kind: str) -> Iterator[pypdfium2.PdfDocument]:
        """A document's first pages as LibreOffice draws them, one more than are compared: it tells that there are more."""
        options: dict[str, str | bool] = {
            "PageRange": f"1-{self.bounds.pages + 1}",
            "UseTaggedPDF": False,
            "ExportBookmarks": False,
        }
        export = Export("pdf", self._filter, options)
        with (
            _opened_for_reading(path) as stream,
            exported(
                stream,
                kind,
                export,
                timeout_seconds=self._seconds_left(),
                memory_megabytes=self.bounds.memory_megabytes,
            ) as pdf,
            opened(pdf) as document,
        ):
            yield document

    def _seconds_left(self) -> float:
        """Raises Failed TIMEOUT where none are left."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Failed("TIMEOUT", seconds=round(self.bounds.seconds))
        return left

    def _compare(
        self,
        found: RenderedPages,
        source: pypdfium2.PdfDocument,
        target: pypdfium2.PdfDocument,
        shown: list[PagePictures] | None,
    ) -> RenderedPages:
        most = self.bounds.pages
        counts = min(len(source), most), min(len(target), most)
        pages = []
        for index in range(max(counts)):
            self._seconds_left()
            both = index < counts[0], index < counts[1]
            pages.append(_compared(source, target, index) if all(both) else _alone(index, missing=both[0]))
            if shown is not None:
                shown.append(
                    PagePictures(
                        _picture(source, index) if both[0] else None,
                        _picture(target, index) if both[1] else None,
                        _words(source, index) if both[0] else "",
                    )
                )
        return replace(
            found,
            source_pages=counts[0],
            target_pages=counts[1],
            pages=tuple(pages),
            cut=max(len(source), len(target)) > most,
        )


def _alone(index: int, *, missing: bool) -> ComparedPage:
    """A page that only one of them has."""
    return ComparedPage(index + 1, PageState.MISSING if missing else PageState.ADDED, 0.0)


def _compared(source: pypdfium2.PdfDocument, target: pypdfium2.PdfDocument, index: int) -> ComparedPage:
    likeness = compare_pictures(draw(source, index), draw(target, index))
    with page_text(source, index) as ours, page_text(target, index) as theirs:
        missing, added = differing_words(ours.words, theirs.words)
        marked = [ours.region(word) for word in missing[:WORDS_MARKED]]
        marked += [theirs.region(word) for word in added[:WORDS_MARKED]]
    alike = likeness.share >= ALIKE and not missing and not added
    return ComparedPage(
        index + 1,
        PageState.ALIKE if alike else PageState.DIFFERENT,
        likeness.share,
        with_more(likeness.regions, marked),
        len(missing),
        len(added),
    )


def _words(document: pypdfium2.PdfDocument, index: int) -> str:
    with page_text(document, index) as text:
        return " ".join(word.text for word in text.words)


def _picture(document: pypdfium2.PdfDocument, index: int) -> Picture:
    width, height = document.get_page_size(index)
    stream = io.BytesIO()
    draw(document, index, PICTURE_DOTS_PER_INCH).save(stream, "WEBP", quality=_QUALITY, method=2)
    return Picture(stream.getvalue(), round(width, 1), round(height, 1))


def _opened_for_reading(path: Path) -> BinaryIO:
    """Raises Failed UNREADABLE_SOURCE."""
    try:
        return path.open("rb")
    except OSError as error:
        raise Failed("UNREADABLE_SOURCE", detail=error.strerror or str(error)) from None
