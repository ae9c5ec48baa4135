"""Lists, tables, sections, notes, comments and pictures of Word documents."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import (
    PIXEL,
    STYLES,
    body_of,
    converted,
    paragraph,
    style_of,
    text_of,
)

NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/>
<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
"""


def item(text: str, num_id: int = 1, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def listed(body: str):
    return converted(body, parts={"numbering": NUMBERING})


def test_levels_of_a_list_nest() -> None:
    outer = body_of(listed(item("a") + item("b", level=1) + item("c"))).findall(qn("text:list"))
    assert len(outer) == 1
    items = outer[0].findall(qn("text:list-item"))
    assert [text_of(i.find(qn("text:p"))) for i in items] == ["a", "c"]
    assert text_of(items[0].find(qn("text:list"))) == "b"


def test_a_list_goes_on_after_a_paragraph() -> None:
    first, second = body_of(listed(item("a") + paragraph("between") + item("b"))).iter(qn("text:list"))
    assert second.get(qn("text:continue-list")) == first.get("{http://www.w3.org/XML/1998/namespace}id")


def test_a_start_of_its_own_counts_once_where_its_numbering_is_used_first() -> None:
    root = listed(item("a") + item("b", num_id=2) + item("c") + item("d", num_id=2))
    (whole,) = body_of(root).iter(qn("text:list"))
    assert whole.get(qn("text:style-name")) == "WWNum1"
    found = [(i.get(qn("text:style-override")), i.get(qn("text:start-value"))) for i in whole]
    assert found == [(None, None), ("WWNum2", "5"), (None, None), ("WWNum2", None)]
    style = next(s for s in root.iter(qn("text:list-style")) if s.get(qn("style:name")) == "WWNum2")
    assert style[0].get(qn("text:start-value")) == "5"


def test_numberings_of_one_definition_count_on_across_other_paragraphs() -> None:
    first, second = body_of(listed(item("a", num_id=2) + paragraph("between") + item("b"))).iter(
        qn("text:list")
    )
    assert second.get(qn("text:continue-list")) == first.get("{http://www.w3.org/XML/1998/namespace}id")
    assert second.get(qn("text:style-name")) == "WWNum2"
    assert second[0].get(qn("text:style-override")) == "WWNum1"


def test_a_level_shows_the_numbers_above_it() -> None:
    style = next(listed(item("a")).iter(qn("text:list-style")))
    assert style[1].get(qn("text:display-levels")) == "2"
    assert style[1].get(qn("style:num-suffix")) == ")"


def test_a_bullet_of_a_symbol_font_keeps_its_character_and_its_typeface() -> None:
    root = listed(item("a", num_id=3))
    (bullet,) = root.iter(qn("text:list-level-style-bullet"))
    assert bullet.get(qn("text:bullet-char")) == "\uf0b7"
    font = bullet.find(qn("style:text-properties")).get(qn("style:font-name"))
    (face,) = [f for f in root.iter(qn("style:font-face")) if f.get(qn("style:name")) == font]
    assert (face.get(qn("svg:font-family")), face.get(qn("style:font-charset"))) == ("Symbol", "x-symbol")


def test_an_unknown_numbering_leaves_the_paragraph_plain() -> None:
    root = body_of(listed(item("a", num_id=99)))
    assert root.find(qn("text:list")) is None
    assert text_of(root.find(qn("text:p"))) == "a"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(rows: list[str], properties: str = "", columns: int = 2) -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    body = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>" + paragraph(
        ""
    )


def test_merged_cells_span_and_cover() -> None:
    rows = [
        cell("wide", '<w:gridSpan w:val="2"/>'),
        cell("tall", '<w:vMerge w:val="restart"/>') + cell("x"),
        cell("", "<w:vMerge/>") + cell("y"),
    ]
    first, second, third = body_of(converted(table(rows))).iter(qn("table:table-row"))
    assert first[0].get(qn("table:number-columns-spanned")) == "2"
    assert first[1].tag == third[0].tag == qn("table:covered-table-cell")
    assert second[0].get(qn("table:number-rows-spanned")) == "2"


def test_header_rows_repeat() -> None:
    row = f"<w:trPr><w:tblHeader/></w:trPr>{cell('h')}{cell('h')}"
    header = body_of(converted(table([row, cell("a") + cell("b")]))).find(
        f".//{qn('table:table-header-rows')}"
    )
    assert header is not None
    assert len(header) == 1


def test_a_table_style_formats_the_first_row() -> None:
    style = (
        '<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        '<w:tcPr><w:shd w:val="clear" w:fill="112233"/></w:tcPr></w:tblStylePr></w:style>'
    )
    properties = '<w:tblStyle w:val="T"/><w:tblLook w:firstRow="1" w:noVBand="1" w:noHBand="1"/>'
    root = converted(
        table([cell("a") + cell("b"), cell("c") + cell("d")], properties), parts={"styles": style}
    )
    cells = list(body_of(root).iter(qn("table:table-cell")))
    names = {s.get(qn("style:name")): s for s in root.iter(qn("style:style"))}
    shadings = [
        names[c.get(qn("table:style-name"))][0].get(qn("fo:background-color")) for c in (cells[0], cells[2])
    ]
    assert shadings == ["#112233", None]
    assert style_of(root, cells[0].find(qn("text:p")))["font-weight"] == "bold"
    assert "font-weight" not in style_of(root, cells[2].find(qn("text:p")))


@pytest.mark.parametrize(
    ("own", "kept", "size"), [("", "0", "11pt"), ("", "1", "12pt"), ('<w:sz w:val="24"/>', "0", "12pt")]
)
def test_twelve_points_of_the_default_style_give_way_in_a_table(own: str, kept: str, size: str) -> None:
    name = '<w:name w:val="Normal"/>'
    styles = STYLES.replace(name, f'{name}<w:rPr><w:sz w:val="24"/></w:rPr>')
    styles += '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/></w:style>'
    setting = f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:val="{kept}"/>'
    body = table([f"<w:tc>{paragraph('x', run=own)}</w:tc>"], '<w:tblStyle w:val="Grid"/>')
    root = converted(body, parts={"styles": styles, "settings": f"<w:compat>{setting}</w:compat>"})
    text = next(p for p in body_of(root).iter(qn("text:p")) if text_of(p) == "x")
    assert style_of(root, next(text.iter(qn("text:span")), text))["font-size"] == size


@pytest.mark.parametrize("pattern", ["diagStripe", "thinHorzCross"])
def test_a_striped_cell_gets_the_colour_between(pattern: str) -> None:
    striped = cell("x", f'<w:shd w:val="{pattern}" w:color="FF0000" w:fill="FFFFFF"/>')
    (found,) = body_of(root := converted(table([striped]))).iter(qn("table:table-cell"))
    style = next(
        s
        for s in root.iter(qn("style:style"))
        if s.get(qn("style:name")) == found.get(qn("table:style-name"))
    )
    assert style[0].get(qn("fo:background-color")) == "#ffaaaa"


def test_a_floating_table_stands_in_a_frame() -> None:
    root = body_of(converted(table([cell("a") + cell("b")], '<w:tblpPr w:tblpX="500" w:tblpY="700"/>')))
    frame = root.find(f"{qn('text:p')}/{qn('draw:frame')}")
    assert frame is not None
    assert frame.find(f".//{qn('table:table')}") is not None


def test_a_row_without_all_its_cells_is_filled_up() -> None:
    rows = list(body_of(converted(table([cell("a") + cell("b"), cell("c")]))).iter(qn("table:table-row")))
    assert [len(row) for row in rows] == [2, 2]


SECTION = '<w:sectPr>{}<w:pgSz w:w="{}" w:h="{}"/><w:pgMar w:top="1440" w:left="1440" w:right="1440" w:bottom="1440" w:header="720" w:footer="720"/>{}</w:sectPr>'


def test_each_section_on_a_new_page_has_its_page_layout() -> None:
    body = f"<w:p><w:pPr>{SECTION.format('', 12240, 15840, '')}</w:pPr><w:r><w:t>a</w:t></w:r></w:p>"
    root = converted(body + paragraph("b") + SECTION.format("", 15840, 12240, ""))
    pages = list(root.iter(qn("style:master-page")))
    assert [page.get(qn("style:name")) for page in pages] == ["Standard", "Converted1"]
    style = body_of(root)[1].get(qn("text:style-name"))
    named = next(s for s in root.iter(qn("style:style")) if s.get(qn("style:name")) == style)
    assert named.get(qn("style:master-page-name")) == "Converted1"


def test_columns_make_a_section() -> None:
    columns = '<w:cols w:num="2" w:space="720"/>'
    root = converted(paragraph("a") + SECTION.format("", 12240, 15840, columns))
    assert body_of(root).find(qn("text:section")) is not None
    assert next(root.iter(qn("style:columns"))).get(qn("fo:column-count")) == "2"


@pytest.mark.parametrize(("compatibility", "unbalanced"), [("", "false"), ("<w:noColumnBalance/>", "true")])
def test_columns_are_balanced_before_a_section_that_goes_on_in_the_page(
    compatibility: str, unbalanced: str
) -> None:
    columns = SECTION.format("", 12240, 15840, '<w:cols w:num="2" w:space="720"/>')
    going_on = SECTION.format('<w:type w:val="continuous"/>', 12240, 15840, "")
    root = converted(
        f"<w:p><w:pPr>{columns}</w:pPr></w:p>" + paragraph("b") + going_on,
        parts={"settings": f"<w:compat>{compatibility}</w:compat>"},
    )
    assert (
        root.find(f".//{qn('style:section-properties')}").get(qn("text:dont-balance-text-columns"))
        == unbalanced
    )


def test_first_page_header_and_default_header_stand_apart() -> None:
    references = '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
    root = converted(
        paragraph("a") + SECTION.format(references, 12240, 15840, "<w:titlePg/>"),
        parts={"header1": paragraph("others"), "header2": paragraph("first")},
    )
    page = next(root.iter(qn("style:master-page")))
    assert text_of(page.find(qn("style:header"))) == "others"
    assert text_of(page.find(qn("style:header-first"))) == "first"


def test_a_first_page_without_a_header_has_an_empty_one_in_the_style_of_headers() -> None:
    reference = '<w:headerReference w:type="default" r:id="header1"/>'
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="En"><w:name w:val="header"/><w:basedOn w:val="N"/></w:style>'
    )
    body = paragraph("a") + SECTION.format(reference, 12240, 15840, "<w:titlePg/>")
    for more, expected in ((styles, "Header"), ("", "Standard")):
        parts = {"header1": paragraph("others")} | ({"styles": more} if more else {})
        page = next(converted(body, parts=parts).iter(qn("style:master-page")))
        (empty,) = page.find(qn("style:header-first"))
        assert (text_of(empty), empty.get(qn("text:style-name"))) == ("", expected)


def test_a_missing_header_part_is_reported() -> None:
    body = paragraph("a") + SECTION.format(
        '<w:headerReference w:type="default" r:id="gone"/>', 12240, 15840, ""
    )
    converted(body, losses=("RELATIONSHIP_DANGLING",))


def test_a_footnote_stands_where_its_reference_stands() -> None:
    body = '<w:p><w:r><w:t>text</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    note = f'<w:footnote w:id="2">{paragraph("the note")}</w:footnote>'
    root = body_of(converted(body, parts={"footnotes": note}))
    body_element = root.find(f".//{qn('text:note')}/{qn('text:note-body')}")
    assert text_of(body_element) == "the note"


def test_a_table_in_a_note_stands_in_a_frame_since_libreoffice_shows_no_other() -> None:
    note = f'<w:footnote w:id="2">{paragraph("before")}{table([cell("inside")])}{paragraph("after")}</w:footnote>'
    body = '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    root = converted(body, parts={"footnotes": note})
    blocks = list(next(root.iter(qn("text:note-body"))))
    assert [text_of(block) for block in blocks] == ["before", "inside", "", "after"]
    assert [block.tag for block in blocks] == [qn("text:p")] * 4
    frame = blocks[1][0]
    assert (frame.tag, frame.get(qn("text:anchor-type"))) == (qn("draw:frame"), "as-char")
    assert frame.find(f"{qn('draw:text-box')}/{qn('table:table')}") is not None


def test_a_reference_to_a_missing_note_is_reported() -> None:
    converted('<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="9"/></w:r></w:p>', losses=("NOTE_MISSING",))


def test_a_comment_spans_its_range() -> None:
    body = (
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>text</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    comment = (
        f'<w:comment w:id="0" w:author="Ada" w:date="2024-01-02T03:04:05Z">{paragraph("why")}</w:comment>'
    )
    root = body_of(converted(body, parts={"comments": comment}))
    annotation = root.find(f".//{qn('office:annotation')}")
    assert annotation.find(qn("dc:creator")).text == "Ada"
    assert root.find(f".//{qn('office:annotation-end')}") is not None


def picture(holder: str = "inline", inside: str = "") -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:{holder}>{inside}<wp:extent cx="914400" cy="457200"/><wp:docPr id="1" name="P" descr="dot"/>'
        '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="i1"/></pic:blipFill><pic:spPr/></pic:pic>'
        f"</a:graphicData></a:graphic></wp:{holder}></w:drawing></w:r></w:p>"
    )


IMAGE = {
    "relationships": '<Relationship Id="i1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/a.png"/>',
    "files": {"word/media/a.png": PIXEL},
}


def test_line_and_effects_of_an_inline_picture_take_room() -> None:
    extent = '<wp:effectExtent l="127000" t="0" r="0" b="0"/>'
    plain = picture(inside=extent)
    lined = plain.replace(
        "<pic:spPr/>",
        '<pic:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln></pic:spPr>',
    )
    root = converted(plain + lined, **IMAGE)
    margins = [
        style_of_frame(root, frame).get(qn("fo:margin-left"))
        for frame in body_of(root).iter(qn("draw:frame"))
    ]
    assert margins == ["0cm", "0.3528cm"]


def style_of_frame(root: etree._Element, frame: etree._Element) -> etree._Element:
    name = frame.get(qn("draw:style-name"))
    return next(s for s in root.iter(qn("style:style")) if s.get(qn("style:name")) == name)[0]


def test_an_inline_picture_is_a_character() -> None:
    frame = body_of(converted(picture(), **IMAGE)).find(f".//{qn('draw:frame')}")
    assert frame.get(qn("text:anchor-type")) == "as-char"
    assert (frame.get(qn("svg:width")), frame.get(qn("svg:height"))) == ("2.54cm", "1.27cm")
    assert frame.find(qn("svg:desc")).text == "dot"


def test_an_anchored_picture_keeps_its_place() -> None:
    position = '<wp:positionH relativeFrom="page"><wp:posOffset>360000</wp:posOffset></wp:positionH>'
    frame = body_of(converted(picture("anchor", position), **IMAGE)).find(f".//{qn('draw:frame')}")
    assert frame.get(qn("svg:x")) == "1cm"


def test_a_picture_without_its_part_is_reported() -> None:
    converted(picture(), losses=("PICTURE_MISSING",))


def test_a_text_box_keeps_its_text() -> None:
    body = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="457200"/><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:spPr/><wps:txbx><w:txbxContent>{paragraph('inside')}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    box = body_of(converted(body)).find(f".//{qn('draw:text-box')}")
    assert text_of(box) == "inside"


def test_a_structured_document_tag_keeps_its_content() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{paragraph('kept')}</w:sdtContent></w:sdt>"
    )
    assert text_of(body_of(converted(body, losses=("DATA_BINDING_DROPPED",)))[0]) == "kept"
