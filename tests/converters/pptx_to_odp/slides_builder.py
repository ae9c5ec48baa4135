"""Presentations built for tests, and their conversion as text and losses."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from pptx import Presentation

from converters.losses import Loss, LossLog
from converters.odf.namespaces import qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.pptx_to_odp import convert

PIXEL = Path(__file__).parents[1] / "pixel.png"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:a="{_A}" xmlns:p="{_P}" xmlns:r="{_R}"'
BLANK = 6


@dataclass(frozen=True)
class Converted:
    data: bytes
    losses: tuple[Loss, ...]

    @property
    def codes(self) -> list[str]:
        return [loss.code for loss in self.losses]

    def part(self, name: str) -> etree._Element:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return etree.fromstring(archive.read(name))

    def names(self, folder: str) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return [name for name in archive.namelist() if name.startswith(folder)]

    def part_bytes(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return archive.read(name)

    @property
    def content(self) -> etree._Element:
        return self.part("content.xml")

    def find_all(self, tag: str) -> list[etree._Element]:
        return list(self.content.iter(qn(tag)))

    def paragraphs(self) -> list[str]:
        """The text of each paragraph, with spaces, tabs and breaks as characters."""
        return [shown_text(paragraph) for paragraph in self.content.iter(qn("text:p"))]


def shown_text(element: etree._Element) -> str:
    marks = {qn("text:tab"): "\t", qn("text:line-break"): "\n"}
    if element.tag == qn("text:s"):
        return " " * int(element.get(qn("text:c"), "1"))
    inner = (element.text or "") + "".join(shown_text(child) + (child.tail or "") for child in element)
    return marks.get(element.tag, "") + inner


def presentation(build: Callable[[object], None] | None = None, layout: int = BLANK) -> bytes:
    """A presentation with one slide, which ``build`` fills."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[layout])
    if build is not None:
        build(slide)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_shapes(*shapes: str) -> bytes:
    """A presentation whose slide holds shapes given as XML."""

    def build(slide) -> None:
        for xml in shapes:
            slide.shapes._spTree.append(
                etree.fromstring(re.sub(r"^<([\w:]+)", rf"<\1 {NAMESPACES}", xml, count=1))
            )

    return presentation(build)


def shape(
    text: str = "", *, properties: str = '<a:prstGeom prst="rect"/>', body: str = "<a:bodyPr/>", name: str = "Shape",
    transform: str = '<a:xfrm><a:off x="360000" y="720000"/><a:ext cx="3600000" cy="1800000"/></a:xfrm>',
) -> str:  # fmt: skip
    """``p:sp`` with text given as ``a:p`` elements."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="{name}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{transform}{properties}</p:spPr><p:txBody>{body}{text or '<a:p/>'}</p:txBody></p:sp>"
    )


def rewritten(
    data: bytes,
    changes: dict[str, Callable[[bytes], bytes | None]],
    added: dict[str, bytes] | None = None,
) -> bytes:
    """A package with parts changed and added; a change that answers None takes the part away."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for entry in source.infolist():
            content: bytes | None = source.read(entry)
            if entry.filename in changes:
                content = changes[entry.filename](source.read(entry))
            if content is not None:
                target.writestr(entry.filename, content)
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return stream.getvalue()


def converted(data: bytes) -> Converted:
    log, target = LossLog(), io.BytesIO()
    with Package(data) as package, OdfPackage(target, MEDIA_TYPES["odp"]) as odf:
        convert(package, odf, Options(), log)
    return Converted(target.getvalue(), log.losses())
