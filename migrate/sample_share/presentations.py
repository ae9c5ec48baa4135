"""PowerPoint presentations of the sample share, by python-pptx."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pptx

from migrate.sample_share.documents import AUTHOR, WRITTEN
from migrate.sample_share.packages import repacked

_TITLE, _TITLE_AND_CONTENT = 0, 1  # layouts of python-pptx's default template


def presentation(record: Mapping[str, Any]) -> bytes:
    """A title slide, then a slide with title and points for each of ``slides``."""
    made = pptx.Presentation()
    first = made.slides.add_slide(made.slide_layouts[_TITLE])
    first.shapes.title.text = record["title"]
    first.placeholders[1].text = AUTHOR
    for title, points in record["slides"]:
        slide = made.slides.add_slide(made.slide_layouts[_TITLE_AND_CONTENT])
        slide.shapes.title.text = title
        frame = slide.placeholders[1].text_frame
        frame.text = points[0]
        for point in points[1:]:
            frame.add_paragraph().text = point
    properties = made.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.title = record["title"]
    properties.created = properties.modified = WRITTEN
    stream = io.BytesIO()
    made.save(stream)
    return repacked(stream.getvalue())
