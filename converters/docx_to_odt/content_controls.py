"""Content controls: the kind, the choices and the placeholder of a ``w:sdt`` in a line (ECMA-376 Part 1, 17.5.2).

ODF has no such control; LibreOffice's extension (7.4 and later) goes around the text, which every reader shows as it is
(ODF 1.3 Part 3, 3.17: the content of foreign elements in paragraphs is kept).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from converters.docx_to_odt.inline import Inline
from converters.losses import LossLog, Place
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import child_value
from converters.support import Support
from converters.units import read_int, read_on_off

WriteContent = Callable[[Inline, etree._Element | None], None]
Attributes = dict[str, "str | None"]
_VAL = qn("w:val")
# what would begin or end inside a control and not at its own end, or break its paragraph in two
_BREAKS_OUT = frozenset(
    map(qn, ("w:fldChar", "w:fldSimple", "w:hyperlink", "w:sdt", "w:p", "w:tbl", "w:tc", "m:oMath"))
)
_PAGE_BREAKS = ("page", "column")
_CHECKED, _UNCHECKED = "2612", "2610"  # [MS-DOCX] 2.6.1.18


@dataclass(slots=True)
class Control:
    """What the properties of a tag say: attributes of the control, and its choices as (shown text, value)."""

    attributes: Attributes
    choices: list[tuple[str, str]]
    is_control: bool = True


def _plain_text(_element: etree._Element, control: Control) -> None:
    control.attributes["loext:plain-text"] = "true"


def _rich_text(_element: etree._Element, _control: Control) -> None:
    """Any content: the plain control."""


def _picture(_element: etree._Element, control: Control) -> None:
    control.attributes["loext:picture"] = "true"


def _check_box(element: etree._Element, control: Control) -> None:
    """``w14:checkbox``: its state and the signs for both ([MS-DOCX] 2.6.1.17)."""

    def value(local: str, name: str, default: str) -> str:
        found = element.find(qn(f"w14:{local}"))
        return found.get(qn(f"w14:{name}"), default) if found is not None else default

    control.attributes["loext:checkbox"] = "true"
    control.attributes["loext:checked"] = "true" if read_on_off(value("checked", "val", "0")) else None
    for local, attribute, default in (
        ("checkedState", "checked-state", _CHECKED),
        ("uncheckedState", "unchecked-state", _UNCHECKED),
    ):
        code = value(local, "val", default)
        try:
            control.attributes[f"loext:{attribute}"] = chr(int(code, 16))
        except (ValueError, OverflowError):
            control.attributes[f"loext:{attribute}"] = chr(int(default, 16))


def _choices(attribute: str) -> Callable[[etree._Element, Control], None]:
    def read(element: etree._Element, control: Control) -> None:
        control.attributes[f"loext:{attribute}"] = "true"
        for item in element.iterfind(qn("w:listItem")):
            value = item.get(qn("w:value"), "")
            control.choices.append((item.get(qn("w:displayText"), value), value))

    return read


def _date(element: etree._Element, control: Control) -> None:
    """``w:date``: the day that is chosen, and how it is shown (17.5.2.7)."""
    control.attributes["loext:date"] = "true"
    for local, attribute in (("dateFormat", "date-format"), ("lid", "date-rfc-language-tag")):
        control.attributes[f"loext:{attribute}"] = child_value(element, qn(f"w:{local}"))
    control.attributes["loext:current-date"] = element.get(qn("w:fullDate"))


def _named(attribute: str) -> Callable[[etree._Element, Control], None]:
    def read(element: etree._Element, control: Control) -> None:
        control.attributes[f"loext:{attribute}"] = element.get(_VAL)

    return read


def _identifier(element: etree._Element, control: Control) -> None:
    number = read_int(element.get(_VAL))
    control.attributes["loext:id"] = str(number) if number is not None else None


def _placeholder(element: etree._Element, control: Control) -> None:
    if read_on_off(element.get(_VAL)):
        control.attributes["loext:showing-place-holder"] = "true"


def _no_control(_element: etree._Element, control: Control) -> None:
    """What marks content for the editor and has no control of its own."""
    control.is_control = False


_NO_CONTROL = ("w:docPartObj", "w:docPartList", "w:group", "w:citation", "w:bibliography", "w:equation")
# kinds that lose what they do where no control can be written
_CHOOSING: Mapping[str, Callable[[etree._Element, Control], None]] = {
    "w:comboBox": _choices("combobox"),
    "w:dropDownList": _choices("dropdown"),
    "w:date": _date,
    "w14:checkbox": _check_box,
}
SUPPORT = Support(
    "properties of a structured document tag",
    {
        **_CHOOSING,
        "w:text": _plain_text,
        "w:richText": _rich_text,
        "w:picture": _picture,
        "w:alias": _named("alias"),
        "w:tag": _named("tag"),
        "w:lock": _named("lock"),
        "w:id": _identifier,
        "w:showingPlcHdr": _placeholder,
        "w15:appearance": _named("appearance"),
        "w15:color": _named("color"),
        **dict.fromkeys(_NO_CONTROL, _no_control),
    },
    ignored={
        "w:rPr": "the formatting of new content",
        "w:placeholder": "text that stands there while the content is empty; it is in the content",
        "w:temporary": "the tag goes away when its content is edited",
        "w:docPartGallery": "a building block: its content stays",
        "w:docPartUnique": "a building block: its content stays",
        "w:docPartCategory": "a building block: its content stays",
        "w:docPart": "a building block: its content stays",
        "w:label": "a number that only programs read",
        "w:tabIndex": "the order of the tabulator key",
        "w15:webExtensionLinked": "marks content of a web extension, which is reported by its part",
        "w15:webExtensionCreated": "marks content of a web extension, which is reported by its part",
    },
    unsupported={
        "w:dataBinding": "DATA_BINDING_DROPPED",
        "w15:dataBinding": "DATA_BINDING_DROPPED",
        "w15:repeatingSection": "CONTENT_CONTROL_FLATTENED",
        "w15:repeatingSectionItem": "CONTENT_CONTROL_FLATTENED",
        "w14:entityPicker": "CONTENT_CONTROL_FLATTENED",
    },
)
_BREAK, _TYPE = qn("w:br"), qn("w:type")
_NO_CONTROL_TAGS = frozenset(map(qn, _NO_CONTROL))
_CHOOSING_TAGS = {qn(tag): tag for tag in _CHOOSING}


def write_content_control(element: etree._Element, inline: Inline, write_content: WriteContent) -> None:
    """Write a ``w:sdt`` in a line; one whose content reaches out of it stays as plain content, which is reported."""
    story = inline.story
    properties, content = element.find(qn("w:sdtPr")), element.find(qn("w:sdtContent"))
    control = Control({}, [])
    for child in properties if properties is not None else ():
        SUPPORT.dispatch(child, story.log, inline.place, control)
    if not control.is_control or content is None or not _stays_inside(content) or inline.in_link:
        _report_flattened(properties, story.log, inline.place)
        write_content(inline, content)
        return
    if "loext:combobox" in control.attributes:  # as LibreOffice writes it
        control.attributes["loext:dropdown"] = "true"
    inline.leave_span()
    inline.writer.start("loext:content-control", control.attributes)
    for shown, value in control.choices:
        inline.writer.empty("loext:list-item", {"loext:display-text": shown, "loext:value": value})
    write_content(inline, content)
    inline.leave_span()
    inline.writer.end()


def report_block_control(tag: etree._Element, log: LossLog, place: Place) -> None:
    """A ``w:sdt`` around blocks: the content stands by itself; what the tag binds to or lets choose is reported."""
    properties = tag.find(qn("w:sdtPr"))
    for child in properties if properties is not None else ():
        SUPPORT.report(child.tag, log, place)
    _report_flattened(properties, log, place)


def _report_flattened(properties: etree._Element | None, log: LossLog, place: Place) -> None:
    """A control that lets choose, and does so no longer."""
    for child in properties if properties is not None else ():
        if child.tag in _CHOOSING_TAGS:
            log.report("CONTENT_CONTROL_FLATTENED", place, element=_CHOOSING_TAGS[child.tag])


def _stays_inside(content: etree._Element) -> bool:
    """Whether all that begins in the content ends there, and nothing in it breaks the paragraph."""
    for element in content.iterdescendants():
        if element.tag in _BREAKS_OUT:
            return False
        if element.tag == _BREAK and element.get(_TYPE) in _PAGE_BREAKS:
            return False
    return len(content) > 0


def within_paragraph(tag: etree._Element) -> etree._Element | None:
    """Put a ``w:sdt`` that is around one paragraph inside it, around its content; the answer is the paragraph.

    None where the tag holds anything else, or no control can be written for it.
    """
    properties, content = tag.find(qn("w:sdtPr")), tag.find(qn("w:sdtContent"))
    blocks = list(content) if content is not None else []
    if properties is None or len(blocks) != 1 or blocks[0].tag != qn("w:p"):
        return None
    paragraph = blocks[0]
    inline = [child for child in paragraph if child.tag != qn("w:pPr")]
    if (
        not inline
        or not _stays_inside(paragraph)
        or any(child.tag in _NO_CONTROL_TAGS for child in properties)
    ):
        return None
    inner = etree.SubElement(paragraph, tag.tag)
    inner.append(properties)
    etree.SubElement(inner, qn("w:sdtContent")).extend(inline)
    return paragraph
