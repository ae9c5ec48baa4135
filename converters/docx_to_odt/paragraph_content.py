"""The content of a paragraph: runs, links, fields, changes, tags around them (ECMA-376 Part 1, EG_PContent)."""

from __future__ import annotations

from urllib.parse import quote

from lxml import etree

from converters.docx_to_odt.bookmarks import end_bookmark, start_bookmark, write_pending_bookmarks
from converters.docx_to_odt.changes import write_change
from converters.docx_to_odt.comments import end_comment, start_comment
from converters.docx_to_odt.content_controls import write_content_control
from converters.docx_to_odt.equations import write_equation, write_equation_paragraph
from converters.docx_to_odt.fields import write_simple_field
from converters.docx_to_odt.inline import Inline
from converters.docx_to_odt.run_content import link_style_name, write_run
from converters.ooxml.namespaces import qn
from converters.support import Support


def write_paragraph_content(inline: Inline, parent: etree._Element | None) -> None:
    """Write all inline content of a paragraph or of a tag inside one."""
    if inline.story.pending_bookmarks:
        write_pending_bookmarks(inline)
    SUPPORT.dispatch_children(parent, inline.story.log, inline.place, inline)


def _hyperlink(element: etree._Element, inline: Inline) -> None:
    """``w:hyperlink``: to a relationship's target, to a bookmark, or both (17.16.22)."""
    href = link_target(element, inline)
    if href:
        first_run = element.find(qn("w:r"))
        style = link_style_name(first_run, inline) if first_run is not None else None
        inline.open_link(href, style, element.get(qn("w:tooltip")))
    write_paragraph_content(inline, element)
    if href:
        inline.close_link()


def link_target(element: etree._Element, inline: Inline) -> str:
    story = inline.story
    anchor = element.get(qn("w:anchor"))
    identifier = element.get(qn("r:id"))
    target = ""
    if identifier:
        relationship = story.conversion.package.relationships(story.part).get(identifier)
        if relationship is None:
            story.log.report("RELATIONSHIP_DANGLING", inline.place, id=identifier)
        else:
            target = relationship.target if relationship.external else "#" + relationship.target
    if anchor:
        target += "#" + anchor
    return quote(target, safe="%/:=&?~#+!$,;'@()*[]|") if target else ""


def _transparent(element: etree._Element, inline: Inline) -> None:
    write_paragraph_content(inline, element)


def _content_control(element: etree._Element, inline: Inline) -> None:
    write_content_control(element, inline, write_paragraph_content)


def _change(element: etree._Element, inline: Inline) -> None:
    write_change(element, inline, write_paragraph_content)


def _field(element: etree._Element, inline: Inline) -> None:
    write_simple_field(element, inline, write_paragraph_content)


_NOT_SHOWN = "a change of markup that is not shown"
_CARRIED = "the moved runs carry the change themselves"

SUPPORT = Support(
    "paragraph content",
    {
        "w:r": write_run,
        "w:hyperlink": _hyperlink,
        "w:fldSimple": _field,
        "w:smartTag": _transparent,
        "w:customXml": _transparent,
        "w:dir": _transparent,
        "w:bdo": _transparent,
        "w:sdt": _content_control,
        "w:ins": _change,
        "w:del": _change,
        "w:moveFrom": _change,
        "w:moveTo": _change,
        "w:bookmarkStart": start_bookmark,
        "w:bookmarkEnd": end_bookmark,
        "w:commentRangeStart": start_comment,
        "w:commentRangeEnd": end_comment,
        "m:oMath": write_equation,
        "m:oMathPara": write_equation_paragraph,
    },
    ignored={
        "w:pPr": "read with the paragraph",
        "w:sdtContent": "read with its tag",
        "w:sdtPr": "read with its tag",
        "w:sdtEndPr": "formats the end mark of a structured document tag",
        "w:customXmlPr": "names of custom markup, which is reported by its part",
        "w:smartTagPr": "names of a recognised term, whose text stays",
        "w:attr": "names of a recognised term, whose text stays",
        "w:proofErr": "a mark of the spelling checker",
        "w:permStart": "who may edit a range; protection is reported with the settings",
        "w:permEnd": "who may edit a range; protection is reported with the settings",
        "w:moveFromRangeStart": _CARRIED,
        "w:moveFromRangeEnd": _CARRIED,
        "w:moveToRangeStart": _CARRIED,
        "w:moveToRangeEnd": _CARRIED,
        "w:customXmlInsRangeStart": _NOT_SHOWN,
        "w:customXmlInsRangeEnd": _NOT_SHOWN,
        "w:customXmlDelRangeStart": _NOT_SHOWN,
        "w:customXmlDelRangeEnd": _NOT_SHOWN,
        "w:customXmlMoveFromRangeStart": _NOT_SHOWN,
        "w:customXmlMoveFromRangeEnd": _NOT_SHOWN,
        "w:customXmlMoveToRangeStart": _NOT_SHOWN,
        "w:customXmlMoveToRangeEnd": _NOT_SHOWN,
        "w14:customXmlConflictInsRangeStart": _NOT_SHOWN,
        "w14:customXmlConflictInsRangeEnd": _NOT_SHOWN,
    },
    unsupported={
        "w:subDoc": "SUBDOCUMENT_DROPPED",
        "w:contentPart": "INK_DROPPED",
    },
)
