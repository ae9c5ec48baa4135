"""One document: its parts are read, its body is written section by section (ECMA-376 Part 1, 11.3.10, 17.2)."""

from __future__ import annotations

from lxml import etree

from converters.docx_to_odt.blocks import block_elements, end_flow, write_blocks, write_flow
from converters.docx_to_odt.bookmarks import read_bookmark_names, read_noted_bookmarks
from converters.docx_to_odt.borders import read_color
from converters.docx_to_odt.changes import write_tracked_changes
from converters.docx_to_odt.comments import read_threads, read_times
from converters.docx_to_odt.conversion import Conversion, Story, read_notes_part, read_part
from converters.docx_to_odt.fonts import Fonts
from converters.docx_to_odt.headers_footers import MasterPages, write_default_page_layout
from converters.docx_to_odt.list_styles import write_list_styles, write_outline
from converters.docx_to_odt.lists import leave_list
from converters.docx_to_odt.named_styles import write_styles
from converters.docx_to_odt.notes import read_notes, write_notes_configuration
from converters.docx_to_odt.numbering import Numbering
from converters.docx_to_odt.outline import resolve_outline
from converters.docx_to_odt.page_layouts import section_properties, write_line_numbering
from converters.docx_to_odt.paragraph_properties import ParagraphPropertiesReader
from converters.docx_to_odt.run_properties import RunPropertiesReader
from converters.docx_to_odt.sections import Section, read_section, resolve_kind, split_sections
from converters.docx_to_odt.settings import layout_settings, read_settings
from converters.docx_to_odt.styles import Styles
from converters.docx_to_odt.table_styles import TableStyles
from converters.drawings.pictures import carry_picture
from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import BackgroundImage
from converters.odf.stylesheet import Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.ooxml.theme import read_theme
from converters.options import NO_SCRIPTS, Scripts
from converters.support import Support

_FILLS = {"tile": "repeat", "frame": "stretch"}  # type of a picture fill -> style:repeat


def convert_document(
    package: Package, document: OdfDocument, log: LossLog, scripts: Scripts = NO_SCRIPTS
) -> None:
    """Write the document of a package into ``document``, which the caller saves. ``scripts``: macros that are carried.

    Raises Refused where the main part is missing or damaged.
    """
    main_part = package.main_part
    root = package.read_xml(main_part)
    if root.tag != qn("w:document"):
        raise Refused("MISSING_PART", part="w:document")
    conversion = _read_conversion(package, document, log, main_part, root)
    conversion.scripts = scripts
    if (glossary := package.related_part(main_part, "glossaryDocument")) is not None:
        log.report("BUILDING_BLOCKS_DROPPED", Place("part", part=glossary))
    for child in root:
        SUPPORT.dispatch(child, log, Place("document"), conversion)
    body = root.find(qn("w:body"))
    conversion.bookmark_names = read_bookmark_names(root)
    conversion.noted_bookmarks = read_noted_bookmarks(root)
    styles, numbering = conversion.styles, conversion.numbering
    outline = conversion.outline = resolve_outline(styles, numbering, root)
    write_styles(document, styles, numbering, outline, conversion.fonts, conversion.settings)
    document.add_common("default-page-layout", write_default_page_layout)
    write_outline(document, outline, numbering)
    write_notes_configuration(conversion)
    writer = XmlWriter()
    _write_body(conversion, body, writer)
    write_list_styles(document, package, numbering, log)
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
    styles = Styles(optional("styles")[0], paragraphs, runs, log, hyphenates=settings.auto_hyphenation)
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
    conversion.comment_threads = read_threads(conversion.comments, optional("commentsExtended")[0])
    conversion.comment_times = read_times(
        conversion.comments, optional("commentsIds")[0], optional("commentsExtensible")[0]
    )
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
    _number_lines(conversion, sections)
    for index, (section, (_, content)) in enumerate(zip(sections, pieces, strict=True)):
        following = sections[index + 1] if index + 1 < len(sections) else None
        previous = sections[index - 1] if index else None
        kind = resolve_kind(section, previous, conversion.settings)
        story.width_points = section.text_width_twips / 20
        story.has_columns = section.columns > 1
        _start_lines(story, section, previous)
        _start_pages(story, masters, section, kind, first=previous is None, place=Place("section", index + 1))
        balanced = following is not None and following.kind == "continuous"
        balanced = balanced and "noColumnBalance" not in conversion.settings.compatibility  # 17.15.3
        _write_section(story, section, content, apart=kind == "continuous", balanced=balanced)
    if story.master_after_break is not None:
        conversion.log.report("SECTION_HEADERS_UNUSED", Place("section", len(sections)))
    if not story.paragraphs:
        writer.empty("text:p", {"text:style-name": conversion.styles.paragraph(None).name})


def _number_lines(conversion: Conversion, sections: list[Section]) -> None:
    """ODF numbers lines in one way for the whole document: that of the first section that numbers them (17.6.8)."""
    found = [section.line_numbering for section in sections if section.line_numbering is not None]
    if not found:
        return
    conversion.numbers_lines = True
    conversion.document.add_common("line-numbering", lambda writer: write_line_numbering(found[0], writer))
    if any((item.count_by, item.restart) != (found[0].count_by, found[0].restart) for item in found):
        conversion.log.report("LINE_NUMBERING_UNIFIED", Place("section"))


def _start_lines(story: Story, section: Section, previous: Section | None) -> None:
    numbering = section.line_numbering
    story.lines_numbered = numbering is not None
    if numbering is None:
        return
    again = numbering.restart == "newSection" and previous is not None
    if numbering.start > 0 or again:
        story.pending_line_number = str(numbering.start + 1)


def _start_pages(
    story: Story, masters: MasterPages, section: Section, kind: str, *, first: bool, place: Place
) -> None:
    """The first paragraph of a section on a new page names its master page (17.6.22)."""
    if kind == "nextColumn":
        masters.references = {**masters.references, **section.references}
        story.pending_break = "column"
        return
    if kind == "continuous" and not first:
        if section.references:
            story.master_after_break = masters.name_for(section, kind)
        return
    name = masters.name_for(section, "nextPage" if first else kind)
    if story.master_after_break is not None:
        story.log.report("SECTION_HEADERS_UNUSED", place)
        story.master_after_break = None
    if not first or section.page_number_start is not None:  # the first is Standard by itself
        story.pending_master_page = name
    story.pending_break = None
    if section.page_number_start is not None:
        story.pending_page_number = (
            str(section.page_number_start) if section.page_number_start > 0 else "auto"
        )


def _write_section(
    story: Story, section: Section, content: list[etree._Element], *, apart: bool, balanced: bool
) -> None:
    """Write a section; one with columns, or that shares its page with others, is a section in ODF, too."""
    columns = section.columns > 1
    if columns or apart:
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
    before = story.paragraphs
    write_blocks(story, content)
    end_flow(story)
    if columns or apart:
        if story.paragraphs == before:
            story.writer.empty("text:p", {"text:style-name": "Standard"})
        story.writer.end()


def _write_sequences(writer: XmlWriter, conversion: Conversion) -> None:
    if conversion.sequences:
        with writer.element("text:sequence-decls"):
            for name in conversion.sequences:
                writer.empty("text:sequence-decl", {"text:display-outline-level": "0", "text:name": name})


def _nothing(element: etree._Element, conversion: Conversion) -> None:
    """The body is written section by section."""


def _background(element: etree._Element, conversion: Conversion) -> None:
    """What stands behind all pages, where the settings say that it shows (17.2.1): a colour, a picture in VML."""
    if not conversion.settings.shows_background:
        return
    conversion.background_color = read_color(element, conversion.theme)
    for fill in element.iter(qn("v:fill")):
        repeat = _FILLS.get(fill.get("type", "solid"))
        if repeat is not None:
            picture = carry_picture(
                conversion.document,
                conversion.package,
                conversion.main_part,
                fill.get(qn("r:id")),
                conversion.log,
                Place("document"),
            )
            if picture is not None:
                conversion.background_image = BackgroundImage(picture.href, repeat)
        elif fill.get("type", "solid") != "solid":
            conversion.log.report("BACKGROUND_DROPPED", Place("document"))


SUPPORT = Support("document", {"w:body": _nothing, "w:document": _nothing, "w:background": _background})
