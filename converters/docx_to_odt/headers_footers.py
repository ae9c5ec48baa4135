"""Master pages with their headers and footers (ECMA-376 Part 1, 17.10; ODF 1.3 Part 3, 16.9, 16.10)."""

from __future__ import annotations

from dataclasses import dataclass, field

from converters.docx_to_odt.changes import write_tracked_changes
from converters.docx_to_odt.conversion import Conversion, Story, read_part
from converters.docx_to_odt.sections import Section, page_layout
from converters.losses import Place
from converters.odf.properties import PageLayoutProperties
from converters.odf.stylesheet import encode_name
from converters.odf.xmlwriter import XmlWriter

KINDS = ("header", "footer")


def write_default_page_layout(writer: XmlWriter) -> None:
    """What holds for all pages: a grid of lines counts from the text's top, as in Word (ODF 1.3 Part 3, 20.307)."""
    with writer.element("style:default-page-layout"):
        PageLayoutProperties(layout_grid_standard_mode="true").write(writer)


@dataclass(slots=True)
class MasterPages:
    """Writes master pages; a section without a reference of its own has that of the section before (17.10.5)."""

    conversion: Conversion
    references: dict[tuple[str, str], str] = field(default_factory=dict)
    _contents: dict[str, str] = field(default_factory=dict)  # relationship id -> written content
    _known: dict[tuple[object, ...], str] = field(default_factory=dict)
    _count: int = 0

    def name_for(self, section: Section) -> str:
        """The name of the master page for a section; equal sections share one."""
        self.references = {**self.references, **section.references}
        settings = self.conversion.settings
        shown = [("default", "")]
        if settings.even_and_odd_headers:
            shown.append(("even", "-left"))
        if section.title_page:
            shown.append(("first", "-first"))
        contents: dict[str, list[tuple[str, str]]] = {}
        for kind in KINDS:
            variants = [(end, self.references.get((kind, variant))) for variant, end in shown]
            if any(identifier is not None for _, identifier in variants):
                contents[kind] = [
                    (f"style:{kind}{end}", self._content(kind, identifier, section))
                    for end, identifier in variants
                ]
        layout = page_layout(section, settings, header="header" in contents, footer="footer" in contents)
        layout_name = self.conversion.document.master_automatic.page_layout_for(layout)
        key = (layout_name, *((kind, *parts) for kind, parts in contents.items()))
        if key not in self._known:
            self._known[key] = self._write(layout_name, contents)
        return self._known[key]

    def _write(self, layout_name: str, contents: dict[str, list[tuple[str, str]]]) -> str:
        name = "Standard" if not self._count else f"Converted{self._count}"
        self._count += 1

        def write(writer: XmlWriter) -> None:
            attributes = {"style:name": encode_name(name), "style:page-layout-name": layout_name}
            with writer.element("style:master-page", attributes):
                for parts in contents.values():
                    for tag, xml in parts:
                        with writer.element(tag):
                            writer.raw(xml)

        self.conversion.document.add_master_page(write)
        return name

    def _content(self, kind: str, identifier: str | None, section: Section) -> str:
        """The content of a header or footer part; one empty paragraph where there is none."""
        style = self.conversion.styles.paragraph(None).name
        empty = f'<text:p text:style-name="{style}"/>'
        if identifier is None:
            return empty
        if identifier not in self._contents:
            self._contents[identifier] = self._read_content(kind, identifier, section) or empty
            return self._contents[identifier]
        return self.conversion.changes.renumbered(self._contents[identifier])

    def _read_content(self, kind: str, identifier: str, section: Section) -> str:
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
        )
        with conversion.changes.apart() as regions:
            conversion.write_flow(story, root)
        changes = XmlWriter()
        write_tracked_changes(changes, regions, recording=False)
        return changes.result() + writer.result()
