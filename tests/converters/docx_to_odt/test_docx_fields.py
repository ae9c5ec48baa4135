"""Fields: those that ODF has stay fields, the others keep what they show and how it came about."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.docx_to_odt.field_instructions import parse_instruction
from converters.docx_to_odt.field_writers import sequence_number
from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, paragraph, text_of

BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def field(instruction: str, result: str, data: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{SEPARATE}<w:r><w:t>{result}</w:t></w:r>{END}"


def only(body: str, name: str, *, losses: tuple[str, ...] = (), **build: object) -> etree._Element:
    (found,) = body_of(converted(body, losses=losses, **build)).iter(qn(name))
    return found


@pytest.mark.parametrize(
    ("instruction", "name", "attribute", "value"),
    [
        ("DOCPROPERTY Title", "text:title", "text:fixed", "true"),
        ('DOCPROPERTY "Case number"', "text:user-defined", "text:name", "Case number"),
        ("FILENAME \\p", "text:file-name", "text:display", "full"),
        ("USERNAME", "text:author-name", "text:fixed", "true"),
        ("MERGEFIELD Name \\* MERGEFORMAT", "text:database-display", "text:column-name", "Name"),
        ("SEQ Figure \\* ROMAN", "text:sequence", "style:num-format", "I"),
    ],
)
def test_a_field_that_odf_has_stays_a_field(instruction: str, name: str, attribute: str, value: str) -> None:
    found = only(f"<w:p>{field(instruction, 'I')}</w:p>", name)
    assert (found.get(qn(attribute)), found.text) == (value, "I")


def test_a_note_reference_names_the_note_that_its_bookmark_is_around() -> None:
    body = (
        '<w:p><w:bookmarkStart w:id="1" w:name="_Ref1"/><w:r><w:footnoteReference w:id="7"/></w:r>'
        '<w:bookmarkEnd w:id="1"/></w:p>'
    )
    body += f"<w:p>{field('NOTEREF _Ref1 ', '1')}</w:p>"
    notes = '<w:footnote w:id="7"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>'
    root = body_of(converted(body, parts={"footnotes": notes}))
    (note,) = root.iter(qn("text:note"))
    (reference,) = root.iter(qn("text:note-ref"))
    assert reference.get(qn("text:ref-name")) == note.get(qn("text:id"))
    assert reference.get(qn("text:note-class")) == "footnote"


def test_the_numbers_of_captions_stay_as_word_counted_them() -> None:
    shown = ("1", "2", "1", "2", "7")
    fields = [field("SEQ Figure \\s 1", number) for number in shown]
    body = "".join(f"<w:p>{found}</w:p>" for found in fields)
    found = [
        element.get(qn("text:formula")) for element in body_of(converted(body)).iter(qn("text:sequence"))
    ]
    assert found == ["ooow:Figure+1", "ooow:Figure+1", "ooow:1", "ooow:Figure+1", "ooow:7"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("iv", 4), ("XIV", 14), ("c", 3), ("BB", 28), ("3-1", None), ("", None), ("mix", 1009)],
)
def test_a_caption_number_is_read_in_the_forms_that_word_writes(text: str, number: int | None) -> None:
    assert sequence_number(text) == number


def test_a_text_form_field_stays_a_field_around_its_text() -> None:
    data = '<w:ffData><w:name w:val="City"/><w:textInput><w:maxLength w:val="30"/></w:textInput></w:ffData>'
    root = body_of(converted(f"<w:p>{field('FORMTEXT', 'Lyon', data)}</w:p>"))
    (start,) = root.iter(qn("field:fieldmark-start"))
    assert start.get(qn("text:name")) == "City"
    assert str(start.get(qn("field:type"))).endswith(".FORMTEXT")
    assert [etree.QName(child).localname for child in root[0]] == [
        "fieldmark-start",
        "fieldmark-separator",
        "fieldmark-end",
    ]
    assert text_of(root[0]) == "Lyon"


def test_a_check_box_keeps_its_state() -> None:
    data = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
    box = only(f"<w:p>{field('FORMCHECKBOX', '', data)}</w:p>", "field:fieldmark")
    assert [(p.get(qn("field:name")), p.get(qn("field:value"))) for p in box] == [
        ("Checkbox_Checked", "true")
    ]


def test_a_drop_down_list_keeps_its_choices_and_the_chosen_one() -> None:
    entries = '<w:listEntry w:val="one"/><w:listEntry w:val="two"/>'
    data = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    box = only(f"<w:p>{field('FORMDROPDOWN', '', data)}</w:p>", "field:fieldmark")
    assert [p.get(qn("field:value")) for p in box] == ["one", "two", "1"]


def test_a_field_whose_text_is_stored_nowhere_is_a_loss_of_content() -> None:
    converted(
        f"<w:p>{BEGIN}<w:r><w:instrText>LISTNUM</w:instrText></w:r>{END}</w:p>", losses=("FIELD_DROPPED",)
    )


def test_a_field_inside_an_instruction_shows_nothing_of_its_own() -> None:
    inner = field("MERGEFIELD Name", "x")
    body = (
        f"<w:p>{BEGIN}<w:r><w:instrText>IF </w:instrText></w:r>{inner}<w:r><w:instrText>= 1 a b</w:instrText></w:r>"
        f"{SEPARATE}<w:r><w:t>b</w:t></w:r>{END}</w:p>"
    )
    (found,) = body_of(converted(body, losses=("FIELD_FLATTENED",)))
    assert text_of(found) == "b"
    assert not list(found.iter(qn("text:database-display")))


def test_the_text_of_a_button_stands_in_its_instruction() -> None:
    body = f"<w:p>{BEGIN}<w:r><w:instrText>MACROBUTTON NoMacro Click here</w:instrText></w:r>{END}</w:p>"
    assert only(body, "text:placeholder").text == "Click here"


def test_a_field_over_several_paragraphs_has_no_marks() -> None:
    body = (
        f"<w:p>{BEGIN}<w:r><w:instrText>STYLEREF x</w:instrText></w:r>{SEPARATE}<w:r><w:t>a</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>b</w:t></w:r>{END}</w:p>"
    )
    root = body_of(converted(body + paragraph("after"), losses=("FIELD_FLATTENED",)))
    assert [text_of(found) for found in root.findall(qn("text:p"))] == ["a", "b", "after"]
    assert not list(root.iter(qn("field:fieldmark-start")))


def test_switches_take_their_arguments() -> None:
    instruction = parse_instruction(' XE "a:b" \\b \\t "see c" ')
    assert (instruction.name, instruction.arguments) == ("XE", ("a:b",))
    assert dict(instruction.switches) == {"b": "", "t": "see c"}
