"""Pages of a PDF drawn by PDFium, within bounds; what they show is a picture and nothing is run or fetched.

PDFium was never asked to be safe with hostile files by this program alone: callers work in a worker process, whose
time and memory are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image

from converters.errors import Failed

POINTS_PER_INCH = 72
MAX_PIXELS = 8_000_000  # of one picture: a sheet of A2 at 72 points an inch has 2 million


@contextmanager
def opened(pdf: Path) -> Iterator[pypdfium2.PdfDocument]:
    """A PDF that LibreOffice wrote. Raises Failed LIBREOFFICE_FAILED where it is none."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise Failed("LIBREOFFICE_FAILED", detail=f"no PDF: {error}") from None
    try:
        yield document
    finally:
        document.close()


def draw(document: pypdfium2.PdfDocument, index: int, dots_per_inch: int = POINTS_PER_INCH) -> Image.Image:
    """The page at ``index`` (from 0) as an RGB picture; a huge page is drawn smaller.

    Raises Failed LIBREOFFICE_FAILED where the page is damaged.
    """
    try:
        page = document[index]
        try:
            width, height = page.get_size()
            scale = scale_for(width, height, dots_per_inch)
            bitmap = page.render(scale=scale)
            try:
                return bitmap.to_pil().convert("RGB")
            finally:
                bitmap.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise Failed("LIBREOFFICE_FAILED", detail=f"page {index + 1}: {error}") from None


def scale_for(width: float, height: float, dots_per_inch: int) -> float:
    """Pixels per point for a page of this size in points."""
    wished = dots_per_inch / POINTS_PER_INCH
    return min(wished, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
