"""Footnotes and endnotes (ECMA-376 Part 1, 17.11; ODF 1.3 Part 3, 6.3)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from converters.docx_to_odt.bookmarks import NOTE_REFERENCES, note_id
from converters.docx_to_odt.conversion import Conversion
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.list_styles import NUM_FORMATS
from converters.docx_to_odt.run_properties import RunFormat
from converters.losses import Place
from converters.odf.properties import TextProperties, lay_over
from converters.odf.stylesheet import NamedStyle, Style, encode_name
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import child_value
from converters.units import read_int, read_on_off

# kinds that hold the line above the notes, not a note (17.18.33)
_SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_RESTARTS: Mapping[str, str] = {"continuous": "document", "eachSect": "chapter", "eachPage": "page"}


def read_notes(root: etree._Element | None) -> dict[str, etree._Element]:
    """The notes of a part by id, without the separators."""
    return {
        element.get(qn("w:id"), ""): element
        for element in (root if root is not None else ())
        if isinstance(element.tag, str) and element.get(qn("w:type")) not in _SEPARATORS
    }


def write_note(element: etree._Element, inline: Inline, format_: RunFormat) -> None:
    """Write ``w:footnoteReference`` or ``w:endnoteReference`` with the note itself inside."""
    story = inline.story
    conversion = story.conversion
    kind = NOTE_REFERENCES[element.tag]
    identifier = element.get(qn("w:id"), "")
    note = conversion.notes.get(kind, {}).get(identifier)
    if note is None:
        story.log.report("NOTE_MISSING", inline.place)
        return
    number = conversion.counters.next(kind)
    label = (
        _custom_mark(element) if read_on_off(element.get(qn("w:customMarkFollows")), default=False) else None
    )
    flow = story.nested(kind, conversion.note_parts.get(kind, ""))
    flow.writer = XmlWriter()
    with flow.writer.element("text:note", {"text:id": note_id(kind, identifier), "text:note-class": kind}):
        flow.writer.text_element("text:note-citation", label or str(number), {"text:label": label})
        with flow.writer.element("text:note-body"):
            conversion.write_flow(flow, note)
    inline.enter_span(None)
    inline.writer.raw(flow.writer.result())
    inline.visible = True


def _custom_mark(reference: etree._Element) -> str | None:
    """The mark that stands in the run after the reference (17.11.14); it is taken out of the text."""
    following = reference.getnext()
    if following is None or following.tag not in (qn("w:t"), qn("w:sym")):
        return None
    if following.tag == qn("w:t"):
        mark = following.text or ""
        following.text = ""
        return mark or None
    return None


def write_notes_configuration(conversion: Conversion) -> None:
    """How notes are numbered and where they stand (17.11.4, 17.11.11) as ``text:notes-configuration``."""
    settings = conversion.settings
    for kind, properties, default in (
        ("footnote", settings.footnote_properties, "decimal"),
        ("endnote", settings.endnote_properties, "lowerRoman"),
    ):

        def value(tag: str, properties: etree._Element | None = properties) -> str | None:
            return child_value(properties, qn(tag)) if properties is not None else None

        start = read_int(value("w:numStart"), 1) or 1
        restart = _RESTARTS.get(value("w:numRestart") or "continuous", "document")
        position = "document" if value("w:pos") in ("sectEnd", "docEnd") else "page"
        # The names are those of LibreOffice's own styles. Where they are stated for endnotes, it makes a page style
        # "Endnote" besides, which the document does not have.
        citation = _citation_styles(conversion, kind)
        attributes = {
            "text:note-class": kind,
            **(citation if kind == "footnote" else {}),
            "style:num-format": NUM_FORMATS.get(value("w:numFmt") or default, "1"),
            "text:start-value": str(start - 1),
            "text:footnotes-position": position if kind == "footnote" else None,
            "text:start-numbering-at": restart if kind == "footnote" else None,
        }

        def write(writer: XmlWriter, attributes: dict[str, str | None] = attributes) -> None:
            writer.empty("text:notes-configuration", attributes)

        conversion.document.add_common(f"notes {kind}", write)


def _citation_styles(conversion: Conversion, kind: str) -> dict[str, str | None]:
    """The character styles of a note's number: ``anchor`` in the text, ``Symbol`` in front of the note."""
    if not conversion.notes.get(kind):
        return {}
    names = {}
    for part, text in (("anchor", RAISED), ("Symbol", _in_the_notes(conversion, kind))):
        shown = f"{kind.capitalize()} {part}"
        names[part] = encode_name(shown)
        conversion.document.add_named_style(NamedStyle(names[part], Style("text", (text,)), shown))
    return {"text:citation-style-name": names["Symbol"], "text:citation-body-style-name": names["anchor"]}


def _in_the_notes(conversion: Conversion, kind: str) -> TextProperties:
    """How the number in front of the first note looks; in Word it is a run with a formatting of its own (17.11.6)."""
    for note in conversion.notes.get(kind, {}).values():
        for run in note.iter(qn("w:r")):
            if run.find(_NUMBERS[kind]) is None:
                continue
            format_ = conversion.run_reader.read(run.find(qn("w:rPr")), Place(kind))
            named = conversion.styles.character(format_.style_id)
            return lay_over(named.text, format_.text) if named is not None else format_.text
    return RAISED


RAISED = TextProperties(text_position="super 58%")
_NUMBERS = {"footnote": qn("w:footnoteRef"), "endnote": qn("w:endnoteRef")}
