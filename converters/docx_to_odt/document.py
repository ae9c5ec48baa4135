"""One document: its parts are read, its body is written section by section (ECMA-376 Part 1, 11.3.10, 17.2)."""

from __future__ import annotations

from lxml import etree

from converters.docx_to_odt.blocks import block_elements, write_blocks, write_flow
from converters.docx_to_odt.bookmarks import read_bookmark_names
from converters.docx_to_odt.changes import write_tracked_changes
from converters.docx_to_odt.conversion import Conversion, Story, read_notes_part, read_part
from converters.docx_to_odt.fonts import Fonts
from converters.docx_to_odt.headers_footers import MasterPages
from converters.docx_to_odt.list_styles import write_list_styles
from converters.docx_to_odt.lists import leave_list
from converters.docx_to_odt.named_styles import write_styles
from converters.docx_to_odt.notes import read_notes, write_notes_configuration
from converters.docx_to_odt.numbering import Numbering
from converters.docx_to_odt.paragraph_properties import ParagraphPropertiesReader
from converters.docx_to_odt.run_properties import RunPropertiesReader
from converters.docx_to_odt.sections import (
    Section,
    read_section,
    same_page,
    section_properties,
    split_sections,
)
from converters.docx_to_odt.settings import layout_settings, read_settings
from converters.docx_to_odt.styles import Styles
from converters.docx_to_odt.table_styles import TableStyles
from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.theme import read_theme
from converters.support import Support

_PAGE_BREAKS = {"oddPage": "right", "evenPage": "left"}


def convert_document(package: Package, document: OdfDocument, log: LossLog) -> None:
    """Write the document of a package into ``document``, which the caller saves.

    Raises Refused where the main part is missing or damaged.
    """
    main_part = package.main_part
    root = package.read_xml(main_part)
    if root.tag != qn("w:document"):
        raise Refused("MISSING_PART", part="w:document")
    conversion = _read_conversion(package, document, log, main_part, root)
    if (glossary := package.related_part(main_part, "glossaryDocument")) is not None:
        log.report("BUILDING_BLOCKS_DROPPED", Place("part", part=glossary))
    for child in root:
        SUPPORT.dispatch(child, log, Place("document"))
    body = root.find(qn("w:body"))
    conversion.bookmark_names = read_bookmark_names(root)
    write_styles(document, conversion.styles, conversion.numbering, conversion.fonts, conversion.settings)
    write_list_styles(document, conversion.numbering, log, main_part)
    write_notes_configuration(conversion)
    writer = XmlWriter()
    _write_body(conversion, body, writer)
    write_tracked_changes(
        document.body, conversion.changes.regions, recording=conversion.settings.record_changes
    )
    _write_sequences(document.body, conversion)
    document.body.raw(writer.result())
    document.settings = layout_settings(conversion.settings)


def _read_conversion(
    package: Package, document: OdfDocument, log: LossLog, main_part: str, root: etree._Element
) -> Conversion:
    def optional(kind: str) -> tuple[etree._Element | None, str]:
        part = package.related_part(main_part, kind)
        return (read_part(package, part, log), part) if part is not None else (None, "")

    theme = read_theme(package, package.related_part(main_part, "theme"))
    fonts = Fonts(document.fonts, optional("fontTable")[0], theme)
    settings = read_settings(*_with_log(optional("settings"), log))
    fonts.use_theme_languages(settings.theme_languages)
    runs, paragraphs = RunPropertiesReader(theme, fonts, log), ParagraphPropertiesReader(theme, log)
    styles = Styles(optional("styles")[0], paragraphs, runs, log)
    numbering_root, numbering_part = optional("numbering")
    conversion = Conversion(
        package,
        document,
        log,
        main_part,
        theme,
        settings,
        fonts,
        styles,
        TableStyles(styles, theme, paragraphs, runs, log),
        Numbering(numbering_root, paragraphs, runs, log, numbering_part),
        paragraphs,
        runs,
        write_flow,
    )
    for kind in ("footnote", "endnote"):
        if (part := package.related_part(main_part, f"{kind}s")) is not None:
            referenced = {note.get(qn("w:id"), "") for note in root.iter(qn(f"w:{kind}Reference"))}
            notes = read_notes_part(package, part, log, f"w:{kind}", referenced)
            conversion.notes[kind], conversion.note_parts[kind] = read_notes(notes), part
    comments, part = optional("comments")
    conversion.note_parts["comment"] = part
    conversion.comments = read_notes(comments)
    return conversion


def _with_log(
    found: tuple[etree._Element | None, str], log: LossLog
) -> tuple[etree._Element | None, LossLog, str]:
    return found[0], log, found[1]


def _write_body(conversion: Conversion, body: etree._Element | None, writer: XmlWriter) -> None:
    document = conversion.document
    story = Story(conversion, conversion.main_part, "", writer, document.automatic)
    masters = MasterPages(conversion)
    blocks = block_elements(body) if body is not None else []
    pieces = split_sections(blocks)
    sections = [
        read_section(element, conversion.theme, conversion.log, Place("section", index + 1))
        for index, (element, _) in enumerate(pieces)
    ]
    for index, (section, (_, content)) in enumerate(zip(sections, pieces, strict=True)):
        following = sections[index + 1] if index + 1 < len(sections) else None
        previous = sections[index - 1] if index else None
        story.width_points = section.text_width_twips / 20
        _start_pages(story, masters, section, previous)
        balanced = following is not None and following.kind == "continuous"
        _write_section(story, section, content, balanced=balanced)
    if not story.paragraphs:
        writer.empty("text:p", {"text:style-name": conversion.styles.paragraph(None).name})


def _start_pages(story: Story, masters: MasterPages, section: Section, previous: Section | None) -> None:
    """The first paragraph of a section on a new page names its master page (17.6.22)."""
    if previous is not None and section.kind == "continuous" and same_page(previous, section):
        masters.references = {**masters.references, **section.references}
        return
    if previous is not None and section.kind == "nextColumn" and same_page(previous, section):
        story.pending_break = "column"
        return
    name = masters.name_for(section)
    if previous is not None or section.page_number_start is not None:  # the first is Standard by itself
        story.pending_master_page = name
    story.pending_break = None
    if section.page_number_start is not None:
        story.pending_page_number = (
            str(section.page_number_start) if section.page_number_start > 0 else "auto"
        )
    if section.kind in _PAGE_BREAKS and previous is not None:
        story.log.report("SECTION_PARITY_DROPPED", Place("section"), kind=section.kind)


def _write_section(story: Story, section: Section, content: list[etree._Element], *, balanced: bool) -> None:
    columns = section.columns > 1
    if columns:
        leave_list(story)
        properties = section_properties(section, balanced=balanced)
        number = story.conversion.counters.next("sections")
        story.writer.start(
            "text:section",
            {
                "text:style-name": story.automatic.name_for(Style("section", (properties,))),
                "text:name": f"Section{number}",
            },
        )
    write_blocks(story, content)
    leave_list(story)
    if columns:
        story.writer.end()


def _write_sequences(writer: XmlWriter, conversion: Conversion) -> None:
    if conversion.sequences:
        with writer.element("text:sequence-decls"):
            for name in conversion.sequences:
                writer.empty("text:sequence-decl", {"text:display-outline-level": "0", "text:name": name})


def _nothing(element: etree._Element) -> None:
    """The body is written section by section."""


SUPPORT = Support(
    "document",
    {"w:body": _nothing, "w:document": _nothing},
    unsupported={"w:background": "BACKGROUND_DROPPED"},
)
