"""Paragraphs, runs, styles and fields of Word documents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import STYLES, body_of, converted, paragraph, style_of, text_of

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_characters="<>&"), min_size=1)


def test_a_heading_keeps_its_level_and_its_named_style() -> None:
    root = converted(paragraph("Titre", '<w:pStyle w:val="Titre1"/>'))
    heading = body_of(root).find(qn("text:h"))
    assert heading is not None
    assert heading.get(qn("text:outline-level")) == "1"
    assert heading.get(qn("text:style-name")) == "Heading_20_1"
    assert style_of(root, heading)["font-weight"] == "bold"


def test_what_a_style_does_not_say_comes_from_the_document_defaults() -> None:
    root = converted(paragraph("x", '<w:pStyle w:val="Titre1"/>'))
    style = style_of(root, body_of(root)[0])
    assert style["margin-top"] == "12pt"
    assert style["margin-bottom"] == "0pt"
    assert style["line-height"] == "108%"


@pytest.mark.parametrize(
    ("text", "run", "mark", "expected"),
    [
        ("  ", '<w:sz w:val="48"/>', "", "11pt"),  # that of the document defaults
        ("  ", '<w:sz w:val="48"/>', '<w:rPr><w:sz w:val="30"/></w:rPr>', "15pt"),
        ("a ", '<w:sz w:val="48"/>', "", None),
        ("  ", "", "", None),
    ],
)
def test_a_line_of_blanks_is_as_high_as_its_mark(
    text: str, run: str, mark: str, expected: str | None
) -> None:
    root = converted(paragraph(text, mark, run))
    marker = body_of(root)[0].get(qn("loext:marker-style-name"))
    texts = root.iterfind(
        f".//{qn('style:style')}[@{qn('style:name')}='{marker}']/{qn('style:text-properties')}"
    )
    assert next((text.get(qn("fo:font-size")) for text in texts), None) == expected


def test_an_unknown_style_means_the_default_style() -> None:
    root = converted(paragraph("x", '<w:pStyle w:val="Nowhere"/>'))
    assert body_of(root)[0].get(qn("text:style-name")) == "Standard"


def test_a_cycle_of_styles_ends() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
    )
    root = converted(paragraph("x", '<w:pStyle w:val="A"/>'), parts={"styles": styles})
    assert text_of(body_of(root)[0]) == "x"


def test_bold_of_paragraph_style_and_character_style_cancel_each_other() -> None:
    root = converted(paragraph("x", '<w:pStyle w:val="Titre1"/>', '<w:rStyle w:val="Fort"/>'))
    span = body_of(root).find(f".//{qn('text:span')}")
    assert span is not None
    assert style_of(root, span)["font-weight"] == "normal"


def test_equal_direct_formatting_shares_one_automatic_style() -> None:
    bold = '<w:b/><w:color w:val="FF0000"/>'
    root = converted(paragraph("a", run=bold) + paragraph("b", run=bold) + paragraph("c", run="<w:i/>"))
    names = [span.get(qn("text:style-name")) for span in body_of(root).iter(qn("text:span"))]
    assert names[0] == names[1] != names[2]


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_in_runs_survives_in_order(texts: list[str]) -> None:
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    root = converted(f"<w:p>{runs}</w:p>")
    assert text_of(body_of(root)[0]) == "".join(texts)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["<w:b/>", "<w:i/>", '<w:sz w:val="30"/>']), min_size=2, max_size=8))
def test_as_many_text_styles_as_there_are_formats(formats: list[str]) -> None:
    root = converted("".join(paragraph("x", run=run) for run in formats))
    styles = [s for s in root.iter(qn("style:style")) if s.get(qn("style:name"), "").startswith("T")]
    assert len([s for s in styles if s.get(qn("style:family")) == "text"]) == len(set(formats))


def test_a_page_break_inside_a_paragraph_splits_it() -> None:
    body = '<w:p><w:r><w:t>before</w:t><w:br w:type="page"/><w:t>after</w:t></w:r></w:p>'
    first, second = body_of(root := converted(body))
    assert (text_of(first), text_of(second)) == ("before", "after")
    assert style_of(root, second)["break-before"] == "page"


def test_a_page_break_at_the_end_moves_the_next_paragraph() -> None:
    body = '<w:p><w:r><w:t>before</w:t><w:br w:type="page"/></w:r></w:p>' + paragraph("after")
    first, second = body_of(root := converted(body))
    assert (text_of(first), text_of(second)) == ("before", "after")
    assert style_of(root, second)["break-before"] == "page"


PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
SPACED = '<w:pPr><w:spacing w:before="480"/><w:ind w:left="720" w:hanging="360"/></w:pPr>'


@pytest.mark.parametrize(
    ("before", "own", "space"),
    [
        (f"<w:p>{PAGE_BREAK}</w:p>", "", "0pt"),
        (f"<w:p><w:r><w:t>text</w:t></w:r>{PAGE_BREAK}</w:p>", "", "0pt"),
        ("", PAGE_BREAK, "24pt"),
    ],
)
def test_space_before_is_for_a_paragraph_that_brings_its_page_break_along(
    before: str, own: str, space: str
) -> None:
    root = converted(f"{before}<w:p>{SPACED}{own}<w:r><w:t>after</w:t></w:r></w:p>")
    style = style_of(root, list(body_of(root).iter(qn("text:p")))[-1])
    assert (style["break-before"], style["margin-top"], style["margin-bottom"]) == ("page", space, "8pt")


COLUMNS = '<w:sectPr><w:cols w:num="2"/></w:sectPr>'


@pytest.mark.parametrize(("section", "kind"), [(COLUMNS, "column"), ("", "page")])
def test_the_column_after_a_page_without_columns_is_the_next_page(section: str, kind: str) -> None:
    root = converted('<w:p><w:r><w:t>a</w:t><w:br w:type="column"/><w:t>b</w:t></w:r></w:p>' + section)
    second = list(body_of(root).iter(qn("text:p")))[1]
    assert style_of(root, second)["break-before"] == kind


@pytest.mark.parametrize("kind", ["page", "column"])
def test_behind_a_break_a_paragraph_goes_on_without_a_new_beginning(kind: str) -> None:
    text = f'<w:r><w:t>a</w:t><w:br w:type="{kind}"/><w:t>b</w:t></w:r>'
    root = converted(f"<w:p>{SPACED}{text}</w:p>{COLUMNS}")
    first, second = (style_of(root, p) for p in body_of(root).iter(qn("text:p")))
    assert (first["margin-top"], first["text-indent"]) == ("24pt", "-18pt")
    assert (second["margin-top"], second["text-indent"]) == ("0pt", "0pt")
    assert (second["margin-left"], second["break-before"]) == ("36pt", kind)


@pytest.mark.parametrize(("text", "shown"), [("", ["", "after"]), ("before", ["before", "", "after"])])
def test_the_mark_behind_a_column_break_stands_in_the_new_column(text: str, shown: list[str]) -> None:
    broken = f'<w:p><w:r><w:t>{text}</w:t><w:br w:type="column"/></w:r></w:p>'
    root = converted(broken + paragraph("after") + COLUMNS)
    found = list(body_of(root).iter(qn("text:p")))
    assert [text_of(p) for p in found] == shown
    assert [style_of(root, p).get("break-before") for p in found][-2:] == ["column", None]


@pytest.mark.parametrize(
    ("compatibility", "shown"),
    [("", ["before", "after"]), ("<w:splitPgBreakAndParaMark/>", ["before", "", "after"])],
)
def test_the_settings_say_whether_a_mark_follows_its_page_break(compatibility: str, shown: list[str]) -> None:
    body = f"<w:p><w:r><w:t>before</w:t></w:r>{PAGE_BREAK}</w:p>" + paragraph("after")
    root = converted(body, parts={"settings": f"<w:compat>{compatibility}</w:compat>"})
    found = list(body_of(root).iter(qn("text:p")))
    assert [text_of(p) for p in found] == shown
    assert [style_of(root, p).get("break-before") for p in found][1] == "page"


def test_a_page_number_field_becomes_a_field() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    field = body_of(converted(body)).find(f".//{qn('text:page-number')}")
    assert field is not None
    assert field.text == "7"


def test_an_unknown_field_keeps_its_text_and_instruction_and_is_reported() -> None:
    body = '<w:p><w:fldSimple w:instr=" STYLEREF Title "><w:r><w:t>A title</w:t></w:r></w:fldSimple></w:p>'
    (found,) = body_of(converted(body, losses=("FIELD_FLATTENED",)))
    assert text_of(found) == "A title"
    assert [param.get(qn("field:value")) for param in found.iter(qn("field:param"))] == ["STYLEREF Title"]


def field(instruction: str, result: str, end: str = '<w:r><w:fldChar w:fldCharType="end"/></w:r>') -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}{end}'
    )


@pytest.mark.parametrize("instruction", ["TITLE", "PAGE", "TOC"])
def test_a_field_without_an_end_does_not_take_in_what_follows(instruction: str) -> None:
    endless = f"<w:p>{field(instruction, '<w:r><w:t>shown</w:t></w:r>', end='')}</w:p>"
    body = body_of(converted(endless + paragraph("after"), losses=("FIELD_UNFINISHED",)))
    assert [text_of(found) for found in body.findall(qn("text:p"))] == ["shown", "after"]


def test_the_shown_text_of_a_field_is_plain() -> None:
    shown = '<w:r><w:t xml:space="preserve"> A  title</w:t><w:tab/></w:r>'
    (title,) = body_of(converted(f"<w:p>{field('TITLE', shown)}</w:p>")).iter(qn("text:title"))
    assert (title.text, len(title)) == ("A title", 0)


def test_a_field_that_only_begins_does_not_take_in_what_follows() -> None:
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    body = body_of(converted(begin + paragraph("after"), losses=("FIELD_UNFINISHED",)))
    assert text_of(body.findall(qn("text:p"))[1]) == "after"


def test_a_picture_in_the_result_of_a_computed_field_is_reported() -> None:
    picture = "<w:r><w:pict/></w:r>"
    converted(f"<w:p>{field('PAGE', picture)}</w:p>", losses=("DRAWING_DROPPED",))


def test_a_reference_without_its_bookmark_keeps_its_text() -> None:
    body = '<w:p><w:fldSimple w:instr=" REF nowhere "><w:r><w:t>chapter 2</w:t></w:r></w:fldSimple></w:p>'
    assert text_of(body_of(converted(body, losses=("FIELD_FLATTENED",)))[0]) == "chapter 2"


def test_a_link_leads_where_it_led() -> None:
    body = '<w:p><w:hyperlink r:id="l1"><w:r><w:t>site</w:t></w:r></w:hyperlink></w:p>'
    relationship = (
        '<Relationship Id="l1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        'Target="https://example.org/a b" TargetMode="External"/>'
    )
    link = body_of(converted(body, relationships=relationship)).find(f".//{qn('text:a')}")
    assert link is not None
    assert link.get(qn("xlink:href")) == "https://example.org/a%20b"


def test_a_symbol_of_wingdings_becomes_unicode() -> None:
    body = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    assert text_of(body_of(converted(body))[0]) == "✓"


def test_what_no_table_names_is_a_loss_of_content() -> None:
    converted("<w:p><w:r><w:surprise/><w:t>x</w:t></w:r></w:p>", losses=("UNKNOWN_ELEMENT",))


@pytest.mark.parametrize("identifier", ["missing", ""])
def test_a_dangling_link_keeps_its_text(identifier: str) -> None:
    body = f'<w:p><w:hyperlink r:id="{identifier}"><w:r><w:t>text</w:t></w:r></w:hyperlink></w:p>'
    root = converted(body, losses=("RELATIONSHIP_DANGLING",) if identifier else ())
    assert text_of(body_of(root)[0]) == "text"


def test_a_style_without_an_id_is_named_by_its_name() -> None:
    styles = STYLES + '<w:style><w:name w:val="Tiny"/><w:rPr><w:sz w:val="2"/></w:rPr></w:style>'
    root = converted(paragraph("x", '<w:pStyle w:val="Tiny"/>') + paragraph("y"), parts={"styles": styles})
    assert [found.get(qn("text:style-name")) for found in body_of(root)] == ["Tiny", "Standard"]


def test_an_underline_that_has_only_a_colour_underlines_nothing() -> None:
    (span,) = body_of(root := converted(paragraph("x", run='<w:u w:color="FF0000"/>'))).iter(qn("text:span"))
    assert style_of(root, span)["text-underline-style"] == "none"


@pytest.mark.parametrize(
    ("run", "position"),
    [
        ('<w:position w:val="6"/><w:sz w:val="20"/>', "30% 100%"),
        ('<w:vertAlign w:val="superscript"/><w:position w:val="0"/>', "super 58%"),
        ('<w:position w:val="-4"/>', "-18% 100%"),
    ],
)
def test_a_raised_baseline_is_a_share_of_the_font_size(run: str, position: str) -> None:
    (span,) = body_of(root := converted(paragraph("x", run=run))).iter(qn("text:span"))
    assert style_of(root, span)["text-position"] == position


def test_a_raised_baseline_of_a_style_is_inherited() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="High"><w:name w:val="High"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:position w:val="11"/></w:rPr></w:style>'
    )
    root = converted(paragraph("x", '<w:pStyle w:val="High"/>'), parts={"styles": styles})
    assert style_of(root, body_of(root)[0])["text-position"] == "50% 100%"


LIST = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)
ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'


def test_automatic_spacing_stands_around_a_list_and_not_between_its_items() -> None:
    auto = '<w:spacing w:beforeAutospacing="1" w:afterAutospacing="1"/>'
    body = "".join(
        paragraph(text, numbered + auto)
        for text, numbered in (("a", ""), ("b", ITEM), ("c", ITEM), ("d", ITEM), ("e", ""))
    )
    root = converted(body, parts={"styles": STYLES, "numbering": LIST})
    found = [style_of(root, element) for element in body_of(root).iter(qn("text:p"))]
    margins = [(style["margin-top"], style["margin-bottom"]) for style in found]
    assert margins[1:] == [("14pt", "0pt"), ("0pt", "0pt"), ("0pt", "14pt"), ("14pt", "14pt")]


def test_with_the_numbering_of_its_style_a_paragraph_loses_the_indents() -> None:
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="Item"/><w:basedOn w:val="Normal"/><w:pPr>'
        '<w:numPr><w:numId w:val="5"/></w:numPr><w:ind w:left="400" w:hanging="400"/></w:pPr></w:style>'
    )
    none = '<w:pStyle w:val="Item"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    root = converted(
        paragraph("a", none) + paragraph("b", none + '<w:ind w:left="200"/>'),
        parts={"styles": styles, "numbering": LIST},
    )
    found = [style_of(root, element) for element in body_of(root).iter(qn("text:p"))]
    assert [(style["margin-left"], style["text-indent"]) for style in found] == [
        ("0pt", "0pt"),
        ("10pt", "0pt"),
    ]


def test_the_number_in_front_of_a_note_looks_as_in_the_note() -> None:
    note = (
        '<w:footnote w:id="1"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/><w:b/></w:rPr><w:footnoteRef/></w:r>'
        "<w:r><w:t>note</w:t></w:r></w:p></w:footnote>"
    )
    root = converted('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', parts={"footnotes": note})
    (configuration,) = (
        found
        for found in root.iter(qn("text:notes-configuration"))
        if found.get(qn("text:note-class")) == "footnote"
    )
    name = configuration.get(qn("text:citation-style-name"))
    (style,) = (found for found in root.iter(qn("style:style")) if found.get(qn("style:name")) == name)
    (text,) = style
    assert (text.get(qn("style:text-position")), text.get(qn("fo:font-weight"))) == ("super 58%", "bold")


@pytest.mark.parametrize("between", ["", "<!-- a mark of another program -->"])
def test_of_very_many_notes_those_in_the_text_are_carried(
    between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read as text where that is sure, else as they are parsed: the same notes."""
    monkeypatch.setattr("converters.docx_to_odt.conversion.FEW_NOTES_BYTES", 2_000)
    notes = between.join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>note {number}</w:t></w:r></w:p></w:footnote>'
        for number in range(1, 101)
    )
    body = "".join(f'<w:p><w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>' for number in (7, 77))
    root = body_of(converted(body, parts={"footnotes": notes}))
    found = ["".join(note.itertext()) for note in root.iter(qn("text:note-body"))]
    assert found == ["note 7", "note 77"]


HYPHENATION = '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="3"/><w:hyphenationZone w:val="425"/><w:doNotHyphenateCaps/>'
UNBROKEN = STYLES + (
    '<w:style w:type="paragraph" w:styleId="Whole"><w:name w:val="Whole"/><w:basedOn w:val="Normal"/>'
    "<w:pPr><w:suppressAutoHyphens/></w:pPr></w:style>"
)


def hyphenated(properties: str, settings: str) -> str | None:
    root = converted(paragraph("x", properties), parts={"styles": UNBROKEN, "settings": settings})
    return style_of(root, body_of(root)[0]).get("hyphenate")


@pytest.mark.parametrize(
    ("properties", "settings", "expected"),
    [
        ('<w:pStyle w:val="Whole"/>', HYPHENATION, "false"),
        ('<w:pStyle w:val="Whole"/><w:suppressAutoHyphens w:val="0"/>', HYPHENATION, "true"),
        ("<w:suppressAutoHyphens/>", HYPHENATION, "false"),
        ('<w:suppressAutoHyphens w:val="0"/>', "", None),
        ("", HYPHENATION, None),
    ],
)
def test_a_paragraph_is_hyphenated_where_the_document_and_it_allow_it(
    properties: str, settings: str, expected: str | None
) -> None:
    assert hyphenated(properties, settings) == expected


def test_the_limits_of_hyphenation_are_kept() -> None:
    root = converted(paragraph("x"), parts={"styles": STYLES, "settings": HYPHENATION})
    (default,) = (
        style
        for style in root.iter(qn("style:default-style"))
        if style.get(qn("style:family")) == "paragraph"
    )
    values = {name: value for properties in default for name, value in properties.attrib.items()}
    assert values[qn("fo:hyphenate")] == "true"
    assert values[qn("fo:hyphenation-ladder-count")] == "3"
    assert values[qn("loext:hyphenation-no-caps")] == "true"
    assert values[qn("loext:hyphenation-zone")] == "425"


@pytest.mark.parametrize(
    ("compatibility", "item", "value"),
    [
        ("<w:noLeading/>", "AddExternalLeading", "false"),
        ("<w:usePrinterMetrics/>", "PrinterIndependentLayout", "disabled"),
        ("", "AddParaTableSpacing", "false"),
        (None, "AddParaTableSpacing", "true"),
    ],
)
def test_layout_follows_the_compatibility_settings(compatibility: str | None, item: str, value: str) -> None:
    parts = {} if compatibility is None else {"settings": f"<w:compat>{compatibility}</w:compat>"}
    found = {
        element.get(qn("config:name")): element.text
        for element in converted(paragraph("x"), parts=parts).iter(qn("config:config-item"))
    }
    assert found[item] == value


def drop_cap(kind: str, text: str = "O") -> str:
    frame = f'<w:framePr w:dropCap="{kind}" w:lines="3" w:hSpace="40" w:wrap="around"/>'
    return paragraph(text, frame, '<w:position w:val="-10"/><w:sz w:val="120"/><w:b/>')


def test_a_drop_cap_begins_the_text_that_it_belongs_to() -> None:
    root = converted(drop_cap("drop") + paragraph("nce upon a time"))
    (text,) = body_of(root)
    assert text_of(text) == "Once upon a time"
    name = text.get(qn("text:style-name"))
    (style,) = (found for found in root.iter(qn("style:style")) if found.get(qn("style:name")) == name)
    (cap,) = style.iter(qn("style:drop-cap"))
    assert (cap.get(qn("style:lines")), cap.get(qn("style:length")), cap.get(qn("style:distance"))) == (
        "3",
        "1",
        "2pt",
    )
    (span,) = text.iter(qn("text:span"))
    formatting = style_of(root, span)
    assert formatting["font-weight"] == "bold"
    assert "font-size" not in formatting and "text-position" not in formatting


def test_a_capital_in_the_margin_stays_a_frame() -> None:
    root = body_of(converted(drop_cap("margin") + paragraph("nce")))
    assert len(list(root.iter(qn("draw:frame")))) == 1


@pytest.mark.parametrize(("kind", "states"), [("footnote", True), ("endnote", False)])
def test_the_styles_of_note_numbers_are_there_and_only_footnotes_name_them(kind: str, states: bool) -> None:
    note = f'<w:{kind} w:id="1">{paragraph("note")}</w:{kind}>'
    root = converted(f'<w:p><w:r><w:{kind}Reference w:id="1"/></w:r></w:p>', parts={f"{kind}s": note})
    (configuration,) = [
        one for one in root.iter(qn("text:notes-configuration")) if one.get(qn("text:note-class")) == kind
    ]
    names = (
        configuration.get(qn("text:citation-body-style-name")),
        configuration.get(qn("text:citation-style-name")),
    )
    usual = (f"{kind.capitalize()}_20_anchor", f"{kind.capitalize()}_20_Symbol")
    assert names == (usual if states else (None, None))
    assert {style.get(qn("style:name")) for style in root.iter(qn("style:style"))} >= set(usual)


@pytest.mark.parametrize(
    ("style", "run", "color", "automatic"),
    [
        ("595959", "595959", "#595959", None),
        ("595959", "auto", None, "true"),
        ("auto", "595959", "#595959", None),
    ],
)
def test_a_colour_that_a_style_far_below_has_too_is_not_lost_over_an_automatic_one(
    style: str, run: str, color: str | None, automatic: str | None
) -> None:
    styles = STYLES.replace(
        '<w:name w:val="Normal"/>', f'<w:name w:val="Normal"/><w:rPr><w:color w:val="{style}"/></w:rPr>'
    )
    styles += (
        '<w:style w:type="paragraph" w:styleId="Web"><w:name w:val="Normal (Web)"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:color w:val="auto"/></w:rPr></w:style>'
    )
    text = f'<w:p><w:pPr><w:pStyle w:val="Web"/></w:pPr><w:r><w:rPr><w:color w:val="{run}"/></w:rPr><w:t>a</w:t></w:r></w:p>'
    root = converted(text, parts={"styles": styles})
    shown = next(body_of(root).iter(qn("text:p")))
    span = shown.find(qn("text:span"))
    said = style_of(root, span if span is not None else shown)
    if color is not None:
        assert said.get("color") == color
        assert span is not None
    else:
        assert said.get("use-window-font-color") == automatic
