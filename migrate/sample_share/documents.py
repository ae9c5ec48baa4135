"""Word documents of the sample share, by python-docx."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from migrate.sample_share.packages import repacked

MAIN_PART = "word/document.xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
WRITTEN = datetime(2026, 1, 5, 8, 0, 0)
AUTHOR = "Ville de Val-Rivière"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def document(record: Mapping[str, Any], *, link: str = "", template: str = "") -> bytes:
    """A document with title, paragraphs, list and table.

    ``link`` is the target of a hyperlink at the end, ``template`` that of an attached template.
    """
    made = docx.Document()
    made.add_heading(record["title"], 1)
    for paragraph in record.get("paragraphs", ()):
        made.add_paragraph(paragraph)
    for point in record.get("list", ()):
        made.add_paragraph(point, style="List Bullet")
    if rows := record.get("table"):
        _add_table(made, rows)
    if link:
        _add_link(made, link)
    if template:
        _attach_template(made, template)
    properties = made.core_properties
    properties.author = properties.last_modified_by = AUTHOR
    properties.title = record["title"]
    properties.language = record.get("language", "fr")
    properties.created = properties.modified = WRITTEN
    properties.comments = ""
    stream = io.BytesIO()
    made.save(stream)
    return repacked(stream.getvalue())


def _add_table(made: Any, rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def _add_link(made: Any, target: str) -> None:
    """A paragraph with a hyperlink to another file of the share (ECMA-376 part 1, 17.16.22)."""
    id = made.part.relate_to(target, f"{_RELATIONSHIPS}/hyperlink", is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), id)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = target.rsplit("/", 1)[-1]
    run.append(text)
    link.append(run)
    made.add_paragraph("→ ")._p.append(link)


def _attach_template(made: Any, target: str) -> None:
    """A template as Word attaches it (17.15.1.6), before the settings that the schema puts behind it."""
    settings = made.part.part_related_by(f"{_RELATIONSHIPS}/settings")
    element = OxmlElement("w:attachedTemplate")
    element.set(
        qn("r:id"), settings.relate_to(target, f"{_RELATIONSHIPS}/attachedTemplate", is_external=True)
    )
    before = {qn(f"w:{name}") for name in _BEFORE_TEMPLATE}
    following = next(child for child in settings.element if child.tag not in before)
    following.addprevious(element)


# what python-docx's settings have before the place of an attached template (CT_Settings)
_BEFORE_TEMPLATE = ("writeProtection", "view", "zoom", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter",
                    "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign")  # fmt: skip
