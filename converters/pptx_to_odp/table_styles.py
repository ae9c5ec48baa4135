"""Table styles of presentations: what each cell gets from the parts of a style (ECMA-376 Part 1, 20.1.4.2).

A presentation holds the styles that it uses in its table styles part; the styles that every application knows by heart
are named only. Of those the ones in wide use stand in :data:`BUILT_IN`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from converters.drawings.context import DrawingContext
from converters.drawings.fills import resolve_fill, resolve_style_fill
from converters.errors import Refused
from converters.odf.properties import GraphicProperties
from converters.ooxml.colors import COLOR_TAGS
from converters.ooxml.namespaces import qn
from converters.pptx_to_odp.table_style_presets import preset_table_style
from converters.units import read_on_off

# parts of a style in the order in which they are laid over each other; the last one wins
_PARTS = (
    "wholeTbl", "band1H", "band2H", "band1V", "band2V", "lastCol", "firstCol", "lastRow", "firstRow", "seCell", "swCell",
    "neCell", "nwCell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Border:
    """Lines of a side, nearest first, and the theme's line that the style refers to."""

    lines: tuple[etree._Element, ...] = ()
    reference: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a style says for one cell; ``parts`` are its parts, the strongest last."""

    parts: tuple[tuple[str, etree._Element], ...] = ()
    fill: GraphicProperties | None = None
    text: etree._Element | None = None

    def border(self, side: str, row: int, column: int, rows: int, columns: int) -> Border:
        """The line of a side: outer ones from left, right, top, bottom; inner ones from insideH and insideV."""
        outer = {
            "left": column == 0,
            "right": column == columns - 1,
            "top": row == 0,
            "bottom": row == rows - 1,
        }
        inside = "insideV" if side in ("left", "right") else "insideH"
        for name, part in reversed(self.parts):
            borders = part.find(f"{qn('a:tcStyle')}/{qn('a:tcBdr')}")
            if borders is None:
                continue
            spans_all = name == "wholeTbl" or (name in ("band1H", "band2H") and side in ("left", "right"))
            wanted = [side] if outer[side] or not spans_all else [inside]
            if not spans_all and side in ("left", "right") and not outer[side]:
                wanted = [inside]
            for tag in wanted:
                found = borders.find(qn(f"a:{tag}"))
                if found is not None:
                    line = found.find(qn("a:ln"))
                    return Border((line,) if line is not None else (), found.find(qn("a:lnRef")))
        return Border()


@dataclass(frozen=True, slots=True)
class TableStyle:
    element: etree._Element | None
    flags: frozenset[str]
    context: DrawingContext

    def cell(self, row: int, column: int, rows: int, columns: int) -> CellStyle:
        """What the style says for the cell at a position of a table of this size (all count from 0)."""
        if self.element is None:
            return CellStyle()
        wanted = frozenset(self._parts(row, column, rows, columns))
        parts = tuple(
            (name, found)
            for name in _PARTS
            if name in wanted and (found := self.element.find(qn(f"a:{name}"))) is not None
        )
        fill = None
        for _, part in parts:
            style = part.find(qn("a:tcStyle"))
            if style is not None:
                fill = (
                    resolve_fill(style.find(qn("a:fill")), self.context)
                    or resolve_style_fill(style.find(qn("a:fillRef")), self.context)
                    or fill
                )
        return CellStyle(parts, fill, _text_style(parts))

    def _parts(self, row: int, column: int, rows: int, columns: int) -> Iterator[str]:
        yield "wholeTbl"
        flags = self.flags
        first_row, last_row = "firstRow" in flags and row == 0, "lastRow" in flags and row == rows - 1
        first_column = "firstCol" in flags and column == 0
        last_column = "lastCol" in flags and column == columns - 1
        if "bandRow" in flags and not first_row and not last_row:
            yield "band2H" if (row - ("firstRow" in flags)) % 2 else "band1H"
        if "bandCol" in flags and not first_column and not last_column:
            yield "band2V" if (column - ("firstCol" in flags)) % 2 else "band1V"
        for holds, name in (
            (last_column, "lastCol"),
            (first_column, "firstCol"),
            (last_row, "lastRow"),
            (first_row, "firstRow"),
            (last_row and last_column, "seCell"),
            (last_row and first_column, "swCell"),
            (first_row and last_column, "neCell"),
            (first_row and first_column, "nwCell"),
        ):
            if holds:
                yield name


def _text_style(parts: tuple[tuple[str, etree._Element], ...]) -> etree._Element | None:
    """A list style that says what ``a:tcTxStyle`` of the parts say (20.1.4.2.30)."""
    style = etree.Element(qn("a:lstStyle"))
    says = False
    for level in range(1, 10):
        properties = etree.SubElement(style, qn(f"a:lvl{level}pPr"))
        run = etree.SubElement(properties, qn("a:defRPr"))
        for _, part in parts:
            text = part.find(qn("a:tcTxStyle"))
            if text is None:
                continue
            says = True
            for name in ("b", "i"):
                if text.get(name) in ("on", "off"):
                    run.set(name, "1" if text.get(name) == "on" else "0")
            _add_font_and_color(run, text)
    return style if says else None


def _add_font_and_color(run: etree._Element, text: etree._Element) -> None:
    for child in text:
        if child.tag in COLOR_TAGS:
            for old in run.findall(qn("a:solidFill")):
                run.remove(old)
            copy = etree.fromstring(etree.tostring(child))
            etree.SubElement(run, qn("a:solidFill")).append(copy)
        elif child.tag == qn("a:fontRef"):
            prefix = {"major": "+mj-", "minor": "+mn-"}.get(child.get("idx", ""))
            for old in run.findall(qn("a:latin")):
                run.remove(old)
            if prefix:
                etree.SubElement(run, qn("a:latin")).set("typeface", prefix + "lt")
            _add_font_and_color(run, child)


def read_table_style(
    properties: etree._Element | None, context: DrawingContext, presentation_part: str
) -> TableStyle:
    """The style that ``a:tblPr`` names or holds, with the parts of it that hold for this table."""
    if properties is None:
        return TableStyle(None, frozenset(), context)
    names = ("firstRow", "lastRow", "firstCol", "lastCol", "bandRow", "bandCol")
    flags = frozenset(name for name in names if read_on_off(properties.get(name), False))
    own = properties.find(qn("a:tableStyle"))
    if own is not None:
        return TableStyle(own, flags, context)
    identifier = (properties.findtext(qn("a:tableStyleId")) or "").strip()
    return TableStyle(_named(identifier, context, presentation_part), flags, replace(context))


def _named(identifier: str, context: DrawingContext, presentation_part: str) -> etree._Element | None:
    part = context.package.related_part(presentation_part, "tableStyles")
    if part is not None and identifier:
        try:
            root = context.package.read_xml(part)
        except Refused as error:
            context.log.report("PART_DAMAGED", context.place, detail=str(error))
        else:
            for style in root.iterfind(qn("a:tblStyle")):
                if style.get("styleId", "").upper() == identifier.upper():
                    return style
    style = preset_table_style(identifier)
    if style is None and identifier:
        context.log.report("TABLE_STYLE_DROPPED", context.place, style=identifier)
    return style
