"""Content controls keep their kind and their choices; where none can be written, that is said."""

from __future__ import annotations

from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, paragraph, text_of

LOEXT = qn("loext:content-control")
RUN = "<w:r><w:t>chosen</w:t></w:r>"


def inline(properties: str, content: str = RUN) -> str:
    return f"<w:p><w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt></w:p>"


def control(body: str) -> tuple[dict[str, str], etree._Element]:
    """(attributes by local name, the element) of the one control in a document."""
    (found,) = body_of(converted(body)).iter(LOEXT)
    return {etree.QName(name).localname: value for name, value in found.attrib.items()}, found


def test_a_list_of_choices_keeps_them() -> None:
    items = '<w:listItem w:displayText="One" w:value="1"/><w:listItem w:value="2"/>'
    attributes, element = control(inline(f"<w:alias w:val='Pick'/><w:dropDownList>{items}</w:dropDownList>"))
    assert attributes == {"alias": "Pick", "dropdown": "true"}
    choices = [(item.get(qn("loext:display-text")), item.get(qn("loext:value"))) for item in element[:2]]
    assert choices == [("One", "1"), ("2", "2")]
    assert text_of(element) == "chosen"


def test_a_combination_box_is_also_a_list_of_choices() -> None:
    attributes, _ = control(inline("<w:comboBox/>"))
    assert attributes == {"combobox": "true", "dropdown": "true"}


def test_a_check_box_keeps_its_state_and_its_signs() -> None:
    box = '<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="2713"/></w14:checkbox>'
    attributes, _ = control(inline(box))
    assert attributes == {"checkbox": "true", "checked": "true", "checked-state": "✓", "unchecked-state": "☐"}


def test_a_date_keeps_its_day_and_its_picture() -> None:
    date = '<w:date w:fullDate="2024-02-03T00:00:00Z"><w:dateFormat w:val="d MMM yyyy"/><w:lid w:val="fr-FR"/></w:date>'
    attributes, _ = control(inline(date))
    assert attributes == {
        "date": "true",
        "date-format": "d MMM yyyy",
        "date-rfc-language-tag": "fr-FR",
        "current-date": "2024-02-03T00:00:00Z",
    }


def test_a_placeholder_is_known_as_one() -> None:
    attributes, _ = control(inline("<w:showingPlcHdr/><w:text/>"))
    assert attributes == {"showing-place-holder": "true", "plain-text": "true"}


def test_a_control_around_one_paragraph_goes_into_it() -> None:
    body = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{paragraph('in')}</w:sdtContent></w:sdt>"
    _, element = control(body)
    assert element.getparent().tag == qn("text:p")
    assert text_of(element) == "in"


def test_a_building_block_is_no_control() -> None:
    root = converted(inline("<w:docPartObj><w:docPartGallery w:val='x'/></w:docPartObj>"))
    assert not list(root.iter(LOEXT))


def test_a_choice_around_a_field_that_reaches_out_is_said_to_be_lost() -> None:
    content = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    converted(inline("<w:dropDownList/>", content + RUN), losses=("CONTENT_CONTROL_FLATTENED",))


def test_a_choice_around_several_paragraphs_is_said_to_be_lost() -> None:
    blocks = paragraph("a") + paragraph("b")
    body = f"<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent>{blocks}</w:sdtContent></w:sdt>"
    root = converted(body, losses=("CONTENT_CONTROL_FLATTENED",))
    assert [text_of(block) for block in body_of(root).iter(qn("text:p"))] == ["a", "b"]
