"""The report as a text document, and as PDF/A with tags through LibreOffice: the page of :mod:`html`, block by block.

The page is the only source, so that no figure can differ. Charts keep their vector drawing and their names as alternative
texts; their numbers stand in the tables beside them, as on the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from odf import dc, meta
from odf.draw import Frame, Image
from odf.opendocument import OpenDocumentText
from odf.style import (
    DefaultStyle,
    FontFace,
    Footer,
    MasterPage,
    PageLayout,
    PageLayoutProperties,
    ParagraphProperties,
    Style,
    TableCellProperties,
    TableColumnProperties,
    TableProperties,
    TextProperties,
)
from odf.svg import Desc, Title
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.text import H, List, ListItem, P, PageNumber

from converters.libreoffice.run import Export, exported
from migrate.reports import html
from migrate.reports.charts import PALETTE
from migrate.reports.words import Words

_LINE_MM = 250  # the width of the text on a landscape sheet of A4
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_PARAGRAPHS = {"p": "Text_20_body", "dt": "Strong", "dd": "Text_20_body"}
_NARROWEST, _WIDEST = 7, 34  # letters
_SVG = "{http://www.w3.org/2000/svg}"
_SERIES = re.compile(r"color-(\d+)")
# PDF/A-2b, with the structure that screen readers need
_PDF = Export(
    "pdf", "writer_pdf_Export", {"SelectPdfVersion": 2, "UseTaggedPDF": True, "ExportBookmarks": True}
)
_TIMEOUT_SECONDS, _MEMORY_MEGABYTES = 180, 2000


def render(plan: Mapping[str, Any], words: Words) -> bytes:
    """The text document of a plan's JSON form."""
    return _Document(html.render(plan, words), words, plan["as_of"]).write()


def render_pdf(plan: Mapping[str, Any], words: Words) -> bytes:
    """The same as PDF/A. Raises Failed NO_LIBREOFFICE and others of :func:`converters.libreoffice.run.exported`."""
    source = io.BytesIO(render(plan, words))
    with exported(
        source, "odt", _PDF, timeout_seconds=_TIMEOUT_SECONDS, memory_megabytes=_MEMORY_MEGABYTES
    ) as result:
        return result.read_bytes()


class _Document:
    def __init__(self, page: str, words: Words, day: str) -> None:
        root = lxml_html.fromstring(page)
        self.main, self.words = root.find(".//main"), words
        self.document = OpenDocumentText()
        self._add_styles()
        title = "".join(root.find(".//title").itertext())
        self.document.meta.addElement(dc.Title(text=title))
        self.document.meta.addElement(dc.Language(text=words.region.replace("_", "-")))
        self.document.meta.addElement(meta.Generator(text="migrate"))
        # the plan's day, not this moment: the same plan gives the same document
        for element in (meta.CreationDate, dc.Date):
            self.document.meta.addElement(element(text=f"{day}T00:00:00"))
        self.tables = self.pictures = 0
        self.columns: dict[int, Any] = {}

    def write(self) -> bytes:
        for block in self._blocks(self.main):
            self.document.text.addElement(block)
        stream = io.BytesIO()
        self.document.write(stream)
        return stream.getvalue()

    def _blocks(self, parent: Any) -> Iterator[Any]:
        for element in parent:
            if not isinstance(element.tag, str) or element.tag in ("nav", "footer"):
                continue
            if element.tag in _HEADINGS:
                level = _HEADINGS[element.tag]
                yield H(outlinelevel=level, stylename=f"Heading_20_{level}", text=_text(element))
            elif element.tag in _PARAGRAPHS:
                style = "Strong" if "outlook" in element.get("class", "") else _PARAGRAPHS[element.tag]
                yield P(stylename=style, text=_text(element))
            elif element.tag == "ul":
                yield self._list(element)
            elif element.tag == "table":
                yield from self._table(element)
            elif element.tag == "figure":
                yield from self._chart(element)
            elif element.get("class") == "card":
                yield from self._card(element)
            else:
                yield from self._blocks(element)

    def _card(self, element: Any) -> Iterator[Any]:
        """A figure of the first page: its name and value on a line, what is to be known of it below."""
        values = " · ".join(_text(line) for line in element.xpath("p[contains(@class, 'figure')]"))
        yield P(stylename="Strong", text=f"{_text(element.find('h2'))}\u2002{values}")
        for note in element.xpath("p[contains(@class, 'note')]"):
            yield P(stylename="Text_20_body", text=_text(note))

    def _list(self, element: Any) -> Any:
        found = List(stylename="Items")
        for item in element.iterfind("li"):
            entry = ListItem()
            entry.addElement(P(stylename="Text_20_body", text=_text(item)))
            found.addElement(entry)
        return found

    def _table(self, element: Any) -> Iterator[Any]:
        self.tables += 1
        yield P(stylename="Caption", text=_text(element.find("caption")))
        rows = [(row, row.getparent().tag == "thead") for row in element.iter("tr")]
        width = max(sum(int(cell.get("colspan", "1")) for cell in row) for row, _head in rows)
        table = Table(name=f"Table{self.tables}", stylename="Grid")
        for share in _widths([row for row, _head in rows], width):
            table.addElement(TableColumn(stylename=self._column(share)))
        heads = TableHeaderRows()
        below: dict[int, int] = {}  # column -> rows that a cell above still covers
        for row, head in rows:
            (heads if head else table).addElement(self._row(row, head, width, below))
            if head and heads not in table.childNodes:
                table.addElement(heads)
        yield table
        yield P(stylename="Text_20_body")

    def _row(self, row: Any, head: bool, width: int, below: dict[int, int]) -> Any:
        found, cells, column = TableRow(), iter(row), 0
        while column < width:
            if below.get(column):
                below[column] -= 1
                found.addElement(CoveredTableCell())
                column += 1
                continue
            cell = next(cells, None)
            if cell is None:
                found.addElement(TableCell(stylename="Cell"))
                column += 1
                continue
            across, down = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            spans = {
                name: count
                for name, count in (("numbercolumnsspanned", across), ("numberrowsspanned", down))
                if count > 1
            }
            written = TableCell(stylename="Head" if head else "Cell", **spans)
            left = cell.tag == "th" or {"left", "text"} & set(cell.get("class", "").split())
            style = "Cell_20_left" if left else "Cell_20_right"
            if cell.tag == "th":
                left = cell.get("scope") == "row" or not column or "left" in cell.get("class", "")
                style = "Cell_20_strong" if left else "Cell_20_head"
            written.addElement(P(stylename=style, text=_text(cell)))
            found.addElement(written)
            for _covered in range(across - 1):
                found.addElement(CoveredTableCell())
            if down > 1:
                below.update(dict.fromkeys(range(column, column + across), down - 1))
            column += across
        return found

    def _column(self, share: int) -> Any:
        """The style of a column that is ``share`` times as wide as the narrowest may be."""
        if share not in self.columns:
            style = Style(name=f"Column{share}", family="table-column")
            style.addElement(TableColumnProperties(relcolumnwidth=f"{share}*"))
            self.document.automaticstyles.addElement(style)
            self.columns[share] = style
        return self.columns[share]

    def _chart(self, figure: Any) -> Iterator[Any]:
        svg = figure.find(".//svg")
        if svg is None:
            return
        self.pictures += 1
        drawing, (width, height) = _standing_alone(svg)
        millimetres = min(_LINE_MM, width * 0.25)
        frame = Frame(
            name=f"Chart{self.pictures}",
            anchortype="as-char",
            width=f"{millimetres:.1f}mm",
            height=f"{millimetres * height / width:.1f}mm",
        )
        name = self.document.addPicture(f"chart{self.pictures}.svg", "image/svg+xml", drawing)
        frame.addElement(Image(href=name, type="simple", show="embed", actuate="onLoad"))
        frame.addElement(Title(text=svg.get("aria-label", "")))
        frame.addElement(Desc(text=self.words.t("chart.numbers")))
        paragraph = P(stylename="Text_20_body")
        paragraph.addElement(frame)
        yield paragraph

    def _add_styles(self) -> None:
        language, _, country = self.words.region.partition("_")
        document = self.document
        document.fontfacedecls.addElement(
            FontFace(name="Sans", fontfamily="'Liberation Sans'", fontfamilygeneric="swiss")
        )
        usual = DefaultStyle(family="paragraph")  # its language is the document's
        usual.addElement(
            TextProperties(fontname="Sans", fontsize="10pt", language=language, country=country or "none")
        )
        document.styles.addElement(usual)
        page = PageLayout(name="Sheet")
        page.addElement(
            PageLayoutProperties(
                pagewidth="297mm", pageheight="210mm", printorientation="landscape", margin="20mm"
            )
        )
        document.automaticstyles.addElement(page)
        master = MasterPage(name="Standard", pagelayoutname=page)
        footer = Footer()
        line = P()
        line.addElement(PageNumber(selectpage="current"))
        footer.addElement(line)
        master.addElement(footer)
        document.masterstyles.addElement(master)
        for name, size, space, bold, align in (
            ("Text body", "10pt", "2mm", False, "start"),
            ("Strong", "11pt", "2mm", True, "start"),
            ("Caption", "9pt", "1mm", False, "start"),
            ("Heading 1", "20pt", "3mm", True, "start"),
            ("Heading 2", "14pt", "2mm", True, "start"),
            ("Heading 3", "12pt", "2mm", True, "start"),
            ("Cell left", "8pt", "0mm", False, "start"),
            ("Cell strong", "8pt", "0mm", True, "start"),
            ("Cell right", "8pt", "0mm", False, "end"),
            ("Cell head", "8pt", "0mm", True, "end"),
        ):
            style = Style(name=name.replace(" ", "_20_"), displayname=name, family="paragraph")
            kept = {"keepwithnext": "always"} if name.startswith(("Heading", "Caption")) else {}
            style.addElement(ParagraphProperties(marginbottom=space, textalign=align, **kept))
            weight = {"fontweight": "bold"} if bold else {}
            style.addElement(
                TextProperties(
                    fontname="Sans", fontsize=size, language=language, country=country or "none", **weight
                )
            )
            document.styles.addElement(style)
        grid = Style(name="Grid", family="table")
        grid.addElement(TableProperties(width=f"{_LINE_MM}mm", align="margins"))
        document.automaticstyles.addElement(grid)
        for name, border in (("Cell", "0.25pt solid #d8dee4"), ("Head", "1pt solid #1b2733")):
            style = Style(name=name, family="table-cell")
            style.addElement(TableCellProperties(borderbottom=border, padding="0.8mm"))
            document.automaticstyles.addElement(style)


def _text(element: Any) -> str:
    """The words of an element; no-break spaces inside amounts stay."""
    return " ".join(filter(None, "".join(element.itertext()).replace("\n", " ").split(" ")))


def _widths(rows: Sequence[Any], width: int) -> list[int]:
    """How wide columns are beside one another: by their longest word, and by their text up to a bound."""
    found = [_NARROWEST] * width
    for row in rows:
        if len(row) != width:
            continue  # cells that span say nothing of one column
        for column, cell in enumerate(row):
            text = _text(cell)
            longest = max((len(word) for word in text.split(" ")), default=0)
            found[column] = max(found[column], longest, min(len(text), _WIDEST))
    return found


def _standing_alone(svg: Any) -> tuple[bytes, tuple[float, float]]:
    """A chart of the page with the styles that the page gave it, as a file of its own, and its size in pixels."""
    root = etree.fromstring(etree.tostring(svg))
    root.set("viewBox", root.attrib.pop("viewbox"))  # a reader of HTML writes names in small letters
    _x, _y, width, height = map(float, root.get("viewBox").split())
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    for element in list(root.iter(f"{_SVG}*")):
        inside = " ".join(one.get("class", "") for one in (element, *element.iterancestors()))
        if element.get("class") == "background" and element.getparent() is not None:
            element.getparent().remove(element)
        elif style := _style_of(element, inside):
            element.set("style", style)
    return etree.tostring(root), (width, height)


def _style_of(element: Any, inside: str) -> str:
    """What the page's style sheet says of an element, in the words that every reader of SVG knows."""
    name = element.tag.removeprefix(_SVG)
    if name == "text":
        anchor = "middle" if "axis x" in inside else "end" if "axis y" in inside else ""
        own = f";text-anchor:{anchor}" if anchor else ""
        return f"fill:#1b2733;stroke:none;font-family:Liberation Sans;font-size:12px{own}"
    if name == "path" and "axis" in inside:
        return f"fill:none;stroke:{'#d8dee4' if 'guide' in inside else '#51606e'}"
    if name == "rect" and (found := _SERIES.search(inside)):
        return f"fill:{PALETTE[int(found[1]) % len(PALETTE)]};stroke:none"
    return ""
