"""Comments on slides (ECMA-376 Part 1, 13.3.2 and 19.4; threaded ones: [MS-PPTX] 2.16).

ODF knows annotations in text only; LibreOffice writes those of slides as ``officeooo:annotation``.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.text import write_text
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import NAMESPACES, qn
from converters.ooxml.package import Package
from converters.pptx_to_odp.presentation import Layer
from converters.units import from_emu, read_int

_EMU_PER_MASTER_UNIT = 1_587.5  # comment positions count 576ths of an inch
_P188 = NAMESPACES["p188"]
_SIZE = {"svg:width": "0.825cm", "svg:height": "0.496cm"}


class Comments:
    """Writes the comments of slides; authors are those of the presentation."""

    def __init__(self, package: Package, presentation_part: str, log: LossLog) -> None:
        self._package = package
        self._log = log
        self._authors = self._read_authors(presentation_part)

    def _read_authors(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Author (name, initials) by identifier."""
        found: dict[str, tuple[str, str]] = {}
        for kind in ("commentAuthors", "authors"):
            for relationship in self._package.related(part, kind):
                for author in self._read(relationship.target, Place("part", part=relationship.target)):
                    found[author.get("id", "")] = (author.get("name", ""), author.get("initials", ""))
        return found

    def _read(self, part: str, place: Place) -> list[etree._Element]:
        try:
            return list(self._package.read_xml(part))
        except Refused as error:
            self._log.report("PART_DAMAGED", place, detail=str(error))
            return []

    def write(self, writer: XmlWriter, slide: Layer, place: Place) -> None:
        for relationship in self._package.related(slide.part, "comments"):
            for comment in self._read(relationship.target, place):
                if comment.tag == qn("p:cm"):
                    self._write_comment(writer, comment)
                elif comment.tag == f"{{{_P188}}}cm":
                    self._write_thread(writer, comment)

    def _write_comment(self, writer: XmlWriter, comment: etree._Element) -> None:
        position = comment.find(qn("p:pos"))
        x, y = (
            (read_int(position.get(axis), 0) or 0) * _EMU_PER_MASTER_UNIT if position is not None else 0
            for axis in "xy"
        )
        text = comment.findtext(qn("p:text")) or ""
        self._write_annotation(
            writer, x, y, comment.get("authorId", ""), comment.get("dt", ""), text.splitlines()
        )

    def _write_thread(self, writer: XmlWriter, comment: etree._Element) -> None:
        """A comment and its replies: each an annotation, in their order."""
        replies = comment.iterfind(f"{{{_P188}}}replyLst/{{{_P188}}}reply")
        for one in (comment, *replies):
            body = one.find(f"{{{_P188}}}txBody")
            lines = [
                "".join(text.text or "" for text in paragraph.iter(qn("a:t")))
                for paragraph in (body.iterfind(qn("a:p")) if body is not None else ())
            ]
            self._write_annotation(writer, 0, 0, one.get("authorId", ""), one.get("created", ""), lines)

    def _write_annotation(
        self, writer: XmlWriter, x_emu: float, y_emu: float, author: str, date: str, lines: list[str]
    ) -> None:
        name, initials = self._authors.get(author, ("", ""))
        place = {"svg:x": from_emu(x_emu), "svg:y": from_emu(y_emu), **_SIZE}
        with writer.element("officeooo:annotation", place):
            if name:
                writer.text_element("dc:creator", name)
            if initials:
                writer.text_element("meta:creator-initials", initials)
            if date:
                writer.text_element("dc:date", date.rstrip("Z"))
            for line in lines or [""]:
                with writer.element("text:p"):
                    write_text(writer, line)
