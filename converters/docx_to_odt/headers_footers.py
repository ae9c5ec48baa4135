"""Master pages with their headers and footers (ECMA-376 Part 1, 17.10; ODF 1.3 Part 3, 16.9, 16.10)."""

from __future__ import annotations

from dataclasses import dataclass, field

from converters.docx_to_odt.changes import write_tracked_changes
from converters.docx_to_odt.conversion import Conversion, Story, read_part
from converters.docx_to_odt.page_layouts import page_layout
from converters.docx_to_odt.sections import Section
from converters.losses import Place
from converters.odf.properties import GraphicProperties, PageLayoutProperties
from converters.odf.stylesheet import Style, encode_name
from converters.odf.xmlwriter import XmlWriter

KINDS = ("header", "footer")
_MARGINS = {"header": "top", "footer": "bottom"}
_LEAST = "0.041cm"  # a frame as large as its text
_OVERLAPPING = {
    kind: GraphicProperties(
        margin_left="0cm",
        margin_right="0cm",
        margin_top="0cm",
        margin_bottom="0cm",
        run_through="background",
        wrap="run-through",
        number_wrapped_paragraphs="no-limit",
        vertical_pos=side,
        vertical_rel="paragraph-content",
        horizontal_pos="left",
        horizontal_rel="paragraph-content",
        padding="0cm",
        border="none",
        fill="none",
        background_color="transparent",
    )
    for kind, side in _MARGINS.items()
}


def write_default_page_layout(writer: XmlWriter) -> None:
    """What holds for all pages: a grid of lines counts from the text's top, as in Word (ODF 1.3 Part 3, 20.307)."""
    with writer.element("style:default-page-layout"):
        PageLayoutProperties(layout_grid_standard_mode="true").write(writer)


# type of a section's start -> the side of its first page
_SIDES = {"oddPage": "right", "evenPage": "left"}


@dataclass(slots=True)
class MasterPages:
    """Writes master pages; a section without a reference of its own has that of the section before (17.10.5)."""

    conversion: Conversion
    references: dict[tuple[str, str], str] = field(default_factory=dict)
    _contents: dict[tuple[str, bool], str] = field(
        default_factory=dict
    )  # relationship id, in a frame -> content
    _count: int = 0

    def name_for(self, section: Section, kind: str) -> str:
        """Write the master page of a section, and say its name.

        Where ``kind`` asks for an odd or even page, a master page for that side stands before it: it is shown once,
        with what the section shows on its first page, and the section's own follows (17.6.22).
        """
        self.references = {**self.references, **section.references}
        side = _SIDES.get(kind)
        name = self._next_name()
        if side is None:
            return self._write(name, section, title_page=section.title_page)
        self._write(name, section, title_page=False)
        return self._write(
            self._next_name(), section, title_page=section.title_page, usage=side, following=name
        )

    def _next_name(self) -> str:
        name = "Standard" if not self._count else f"Converted{self._count}"
        self._count += 1
        return name

    def _write(
        self,
        name: str,
        section: Section,
        *,
        title_page: bool,
        usage: str | None = None,
        following: str | None = None,
    ) -> str:
        contents = self._headers_and_footers(section, title_page=title_page)
        document = self.conversion.document
        layout = page_layout(
            section,
            self.conversion.settings,
            header="header" in contents,
            footer="footer" in contents,
            background_color=self.conversion.background_color,
            background_image=self.conversion.background_image,
            usage=usage,
        )
        attributes = {
            "style:name": encode_name(name),
            "style:page-layout-name": document.master_automatic.page_layout_for(layout),
            "style:next-style-name": encode_name(following) if following is not None else None,
        }

        def write(writer: XmlWriter) -> None:
            with writer.element("style:master-page", attributes):
                for parts in contents.values():
                    for tag, xml in parts:
                        with writer.element(tag):
                            writer.raw(xml)

        document.add_master_page(write)
        return name

    def _headers_and_footers(self, section: Section, *, title_page: bool) -> dict[str, list[tuple[str, str]]]:
        """By kind, the elements of a master page with their content: there are none of a kind that nothing names."""
        shown = [("default", "")]
        if self.conversion.settings.even_and_odd_headers:
            shown.append(("even", "-left"))
        if title_page:
            shown.append(("first", "-first"))
        contents: dict[str, list[tuple[str, str]]] = {}
        for kind in KINDS:
            variants = [(end, self.references.get((kind, variant))) for variant, end in shown]
            if any(identifier is not None for _, identifier in variants):
                contents[kind] = [
                    (f"style:{kind}{end}", self._content(kind, identifier, section))
                    for end, identifier in variants
                ]
        return contents

    def _content(self, kind: str, identifier: str | None, section: Section) -> str:
        """The content of a header or footer part; where there is none, an empty paragraph in the style of that name."""
        styles = self.conversion.styles
        named = (
            one.id for one in styles.sources.values() if (one.kind, one.name.lower()) == ("paragraph", kind)
        )
        empty = f'<text:p text:style-name="{styles.paragraph(next(named, None)).name}"/>'
        if identifier is None:
            return empty
        overlaps = section.margin(_MARGINS[kind]) < 0
        known = self._contents.get((identifier, overlaps))
        if known is not None:
            return self.conversion.changes.renumbered(known)
        content = self._read_content(kind, identifier, section, overlaps=overlaps) or empty
        self._contents[identifier, overlaps] = content
        return content

    def _read_content(self, kind: str, identifier: str, section: Section, *, overlaps: bool) -> str:
        conversion = self.conversion
        package = conversion.package
        relationship = package.relationships(conversion.main_part).get(identifier)
        if relationship is None or relationship.external:
            conversion.log.report("RELATIONSHIP_DANGLING", Place(kind), id=identifier)
            return ""
        if relationship.target not in package:
            conversion.log.report("PART_MISSING", Place(kind, part=relationship.target), relationship=kind)
            return ""
        root = read_part(package, relationship.target, conversion.log)
        if root is None:
            return ""
        writer = XmlWriter()
        story = Story(
            conversion,
            relationship.target,
            kind,
            writer,
            conversion.document.master_automatic,
            width_points=section.text_width_twips / 20,
            lines_numbered=False,
        )
        with conversion.changes.apart() as regions:
            conversion.write_flow(story, root)
        changes = XmlWriter()
        write_tracked_changes(changes, regions, recording=False)
        content = self._framed(kind, writer.result()) if overlaps else writer.result()
        return changes.result() + content

    def _framed(self, kind: str, content: str) -> str:
        """Beside a negative margin the body stays where it is, whatever the header needs (17.6.11).

        LibreOffice cuts what a header of fixed height cannot hold, and shows it whole in a frame that it takes with it.
        """
        conversion = self.conversion
        style = conversion.styles.paragraph(None).name
        frame = conversion.document.master_automatic.name_for(
            Style("graphic", (_OVERLAPPING[kind],), "Frame")
        )
        name = f"Frame {conversion.counters.next('frames')}"
        writer = XmlWriter()
        with (
            writer.element("text:p", {"text:style-name": style}),
            writer.element(
                "draw:frame",
                {"draw:style-name": frame, "draw:name": name, "text:anchor-type": "paragraph"},
            ),
            writer.element("draw:text-box", {"fo:min-height": _LEAST, "fo:min-width": _LEAST}),
        ):
            writer.raw(content)
        return writer.result()
