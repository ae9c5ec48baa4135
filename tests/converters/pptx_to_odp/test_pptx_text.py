"""Text on slides and in their tables: spacing of lines, labels, tabs, links, and the size of tables."""

from __future__ import annotations

import re

import pytest
from lxml import etree
from pptx.util import Emu

from converters.odf.namespaces import qn
from tests.converters.pptx_to_odp.slides_builder import (
    converted,
    presentation,
    rewritten,
    shape,
    shown_text,
    with_shapes,
)

SLIDE, RELATIONSHIPS = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
_SPACED = qn("style:font-independent-line-spacing")
_TEXT = "<a:p><a:r><a:t>text</a:t></a:r></a:p>"


def _paragraph(properties: str, text: str = "<a:t>text</a:t>") -> str:
    return f"<a:p>{properties}<a:r>{text}</a:r></a:p>"


def _table(slide) -> None:
    table = slide.shapes.add_table(2, 2, Emu(0), Emu(0), Emu(7_200_000), Emu(3_600_000)).table
    table.cell(0, 0).text = "Heading"


def _table_with(*changes: tuple[str, str]) -> bytes:
    def change(data: bytes) -> bytes:
        for old, new in changes:
            assert old.encode() in data
            data = data.replace(old.encode(), new.encode())
        return data

    return rewritten(presentation(_table), {SLIDE: change})


def test_shapes_space_their_lines_by_size_and_no_named_style_does():
    result = converted(with_shapes(shape(_TEXT)))
    (drawn,) = result.find_all("draw:custom-shape")
    (style,) = [
        one
        for one in result.find_all("style:style")
        if one.get(qn("style:name")) == drawn.get(qn("draw:style-name"))
    ]
    assert style.find(qn("style:paragraph-properties")).get(_SPACED) == "true"
    named = result.part("styles.xml").find(qn("office:styles"))
    assert [one for one in named.iter(qn("style:paragraph-properties")) if one.get(_SPACED)] == []


def test_a_table_is_as_large_as_its_rows_and_columns_not_as_its_frame():
    result = converted(_table_with(('cx="7200000" cy="3600000"', 'cx="1" cy="2"')))
    frame = result.find_all("table:table")[0].getparent()
    assert (frame.get(qn("svg:width")), frame.get(qn("svg:height"))) == ("20cm", "10cm")


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        ("Heading", 7_200_000, "10cm"),
        ("Heading " * 200, 7_200_000, "15cm"),
        ("Heading " * 200, 3_000_000, "10cm"),
    ],
)
def test_a_frame_higher_than_its_rows_is_believed_where_their_text_outgrows_them(text, width, height):
    data = _table_with(
        ("<a:t>Heading<", f"<a:t>{text}<"), ('cx="7200000" cy="3600000"', f'cx="{width}" cy="5400000"')
    )
    frame = converted(data).find_all("table:table")[0].getparent()
    assert frame.get(qn("svg:height")) == height


@pytest.mark.parametrize(
    ("first", "second", "height"),
    [("0", "1800000", "15cm"), ("0", "0", "0cm"), ("1800000", "1800000", "10cm")],
)
def test_a_frame_is_believed_where_one_row_has_no_height(first, second, height):
    heights = f'<a:tr h="{first}">', f'<a:tr h="{second}">'

    def change(data: bytes) -> bytes:
        one, other, rest = data.replace(b'cy="3600000"', b'cy="5400000"').split(b'<a:tr h="1800000">')
        return one + heights[0].encode() + other + heights[1].encode() + rest

    data = rewritten(presentation(_table), {SLIDE: change})
    assert converted(data).find_all("table:table")[0].getparent().get(qn("svg:height")) == height


def test_a_row_without_a_height_is_as_high_as_its_text():
    result = converted(_table_with(('h="1800000"', 'h="0"')))
    (row,) = result.find_all("style:table-row-properties")
    assert row.get(qn("style:use-optimal-row-height")) == "true"
    assert row.get(qn("style:row-height")) is None


def test_an_empty_cell_keeps_the_size_of_the_text_that_would_stand_in_it():
    cell = "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody><a:tcPr/></a:tc></a:tr>"
    small = cell.replace("<a:p/>", '<a:p><a:endParaRPr sz="900"/></a:p>')
    result = converted(_table_with((cell, small)))
    styles = {
        one.get(qn("style:name"))
        for one in result.find_all("style:style")
        if one.get(qn("style:family")) == "table-cell"
        and (text := one.find(qn("style:text-properties"))) is not None
        and text.get(qn("fo:font-size")) == "9pt"
    }
    cells = [one for one in result.find_all("table:table-cell") if one.get(qn("table:style-name")) in styles]
    assert len(cells) == 2
    assert all(len(one) == 0 for one in cells)


def _levels(properties: str) -> list:
    result = converted(with_shapes(shape(_paragraph(properties, '<a:rPr sz="2000"/><a:t>text</a:t>'))))
    return result.find_all("text:list-level-style-bullet")


@pytest.mark.parametrize(
    ("size", "share"),
    [("", "100%"), ('<a:buSzPct val="70000"/>', "70%"), ('<a:buSzPts val="1500"/>', "75%")],
)
def test_the_size_of_a_label_is_a_share_of_the_texts(size, share):
    (level,) = _levels(f'<a:pPr>{size}<a:buChar char="•"/></a:pPr>')
    assert level.find(qn("style:text-properties")).get(qn("fo:font-size")) == share


@pytest.mark.parametrize(
    ("font", "name"),
    [("", "OpenSymbol"), ("<a:buFontTx/>", "OpenSymbol"), ('<a:buFont typeface="Arial"/>', "Arial")],
)
def test_a_label_without_a_typeface_takes_the_font_of_symbols(font, name):
    (level,) = _levels(f'<a:pPr>{font}<a:buChar char="•"/></a:pPr>')
    assert level.find(qn("style:text-properties")).get(qn("style:font-name")) == name


def test_labels_without_indents_stand_further_in_level_by_level():
    deep = shape(
        _paragraph('<a:pPr lvl="2"><a:buChar char="•"/></a:pPr>'),
        body='<a:bodyPr/><a:lstStyle><a:lvl3pPr/></a:lstStyle>',
    )  # fmt: skip
    bare = rewritten(with_shapes(deep), {"ppt/presentation.xml": _without_default_text})
    (level,) = converted(bare).find_all("text:list-level-style-bullet")
    position = level.find(qn("style:list-level-properties"))
    assert position.get(qn("text:space-before")) == "1.2cm"
    assert position.get(qn("text:min-label-width")) == "0.6cm"


def _without_default_text(data: bytes) -> bytes:
    start, end = b"<p:defaultTextStyle>", b"</p:defaultTextStyle>"
    return data[: data.index(start)] + data[data.index(end) + len(end) :]


def test_the_first_tab_of_a_hanging_line_ends_at_the_margin():
    result = converted(with_shapes(shape(_paragraph('<a:pPr marL="360000" indent="-360000"/>'))))
    (stop,) = result.find_all("style:tab-stop")
    assert stop.get(qn("style:position")) == "0cm"


def test_default_tabs_are_an_inch_apart_where_nothing_says_otherwise():
    bare = rewritten(with_shapes(shape(_TEXT)), {"ppt/presentation.xml": _without_default_text})
    (paragraph,) = [
        one
        for one in converted(bare).find_all("style:paragraph-properties")
        if one.get(qn("style:tab-stop-distance"))
    ]
    assert paragraph.get(qn("loext:tab-stop-distance")) == "2.54cm"


_SIDES = ("left", "top", "right", "bottom")


@pytest.mark.parametrize(
    ("direction", "paddings"),
    [
        ("horz", ("1cm", "2cm", "3cm", "4cm")),
        ("vert", ("2cm", "3cm", "4cm", "1cm")),
        ("vert270", ("4cm", "1cm", "2cm", "3cm")),
    ],
)
def test_insets_stay_with_the_sides_of_the_shape_when_its_text_turns(direction, paddings):
    insets = 'lIns="360000" tIns="720000" rIns="1080000" bIns="1440000"'
    result = converted(with_shapes(shape(_TEXT, body=f'<a:bodyPr vert="{direction}" {insets}/>')))
    (style,) = [one for one in result.find_all("style:graphic-properties") if one.get(qn("fo:padding-left"))]
    assert tuple(style.get(qn(f"fo:padding-{side}")) for side in _SIDES) == paddings


@pytest.mark.parametrize(("anchor", "place"), [("t", "right"), ("ctr", "center"), ("b", "left")])
def test_columns_of_east_asian_text_begin_on_the_right(anchor, place):
    result = converted(with_shapes(shape(_TEXT, body=f'<a:bodyPr vert="eaVert" anchor="{anchor}"/>')))
    (style,) = [one for one in result.find_all("style:graphic-properties") if one.get(qn("fo:padding-left"))]
    assert style.get(qn("draw:textarea-horizontal-align")) == place
    assert style.get(qn("draw:textarea-vertical-align")) == "top"


def _linked(content: str) -> bytes:
    link = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        ' Target="https://example.org/" TargetMode="External"/></Relationships>'
    )
    return rewritten(
        with_shapes(shape(f"<a:p>{content}</a:p>")),
        {RELATIONSHIPS: lambda data: data.replace(b"</Relationships>", link.encode())},
    )


def test_a_link_stands_inside_the_span_of_its_text():
    result = converted(_linked('<a:r><a:rPr><a:hlinkClick r:id="rId9"/></a:rPr><a:t>read</a:t></a:r>'))
    (link,) = result.find_all("text:a")
    assert (link.text, len(link)) == ("read", 0)
    assert link.getparent().tag == qn("text:span")
    assert result.codes == []


def test_a_link_around_a_field_is_reported():
    result = converted(
        _linked(
            '<a:fld id="{1}" type="slidenum"><a:rPr><a:hlinkClick r:id="rId9"/></a:rPr><a:t>1</a:t></a:fld>'
        )
    )
    assert result.codes == ["HYPERLINK_DROPPED"]
    assert len(result.find_all("text:page-number")) == 1


@pytest.mark.parametrize(
    ("stated", "generic", "pitch"),
    [("", None, None), ("34", "swiss", "variable"), ("18", "roman", "variable"), ("49", "modern", "fixed")],
)
def test_a_font_is_declared_with_the_family_and_the_pitch_that_the_run_states(stated, generic, pitch):
    said = f' pitchFamily="{stated}"' if stated else ""
    run = f'<a:rPr><a:latin typeface="Arial Narrow"{said}/></a:rPr><a:t>text</a:t>'
    result = converted(with_shapes(shape(_paragraph("", run))))
    (face,) = [
        face
        for face in result.find_all("style:font-face")
        if face.get(qn("svg:font-family")) == "'Arial Narrow'"
    ]
    assert (face.get(qn("style:font-family-generic")), face.get(qn("style:font-pitch"))) == (generic, pitch)


def test_a_typeface_that_is_described_in_two_ways_is_declared_twice():
    runs = "".join(
        f'<a:r><a:rPr><a:latin typeface="Corbel"{said}/></a:rPr><a:t>text</a:t></a:r>'
        for said in ("", ' pitchFamily="34"')
    )
    result = converted(with_shapes(shape(f"<a:p>{runs}</a:p>")))
    names = [
        face.get(qn("style:name"))
        for face in result.find_all("style:font-face")
        if face.get(qn("svg:font-family")) == "Corbel"
    ]
    assert sorted(names) == ["Corbel", "Corbel1"]
    spans = {span.get(qn("text:style-name")) for span in result.find_all("text:span")}
    assert len(spans) == 2


def test_what_a_presentation_says_of_its_shapes_is_not_said_of_its_titles():
    def slanted(data: bytes) -> bytes:
        return re.sub(
            rb"(<p:defaultTextStyle>.*?<a:lvl1pPr.*?<a:defRPr )", rb'\1i="1" ', data, count=1, flags=re.S
        )

    def fill(slide) -> None:
        slide.shapes.title.text = "title"
        slide.shapes.add_textbox(Emu(0), Emu(0), Emu(914_400), Emu(914_400)).text_frame.text = "box"

    data = rewritten(presentation(fill, layout=5), {"ppt/presentation.xml": slanted})
    result = converted(data)
    slants = {}
    for span in result.find_all("text:span"):
        (style,) = [
            one
            for one in result.find_all("style:style")
            if one.get(qn("style:name")) == span.get(qn("text:style-name"))
        ]
        slants["".join(span.itertext())] = style.find(qn("style:text-properties")).get(qn("fo:font-style"))
    assert slants == {"title": "normal", "box": "italic"}


def _field(kind: str, text: str) -> str:
    return f'<a:p><a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="{kind}"><a:rPr lang="en-US"/><a:t>{text}</a:t></a:fld></a:p>'


@pytest.mark.parametrize(
    ("kind", "text", "fields"),
    [
        ("datetime1", "11/7/2006", [("date", "11/7/2006", "day . month . year")]),
        ("datetime4", "November 7, 2006", [("date", "November 7, 2006", "day .  month   year")]),
        ("datetime10", "13:05", [("time", "13:05", "hours : minutes")]),
        (
            "datetime8",
            "11/7/2006 1:05 PM",
            [("date", "11/7/2006", "day . month . year"), ("time", "1:05 PM", "hours : minutes am-pm")],
        ),
        (
            "datetime9",
            "",
            [("date", "", "day . month . year"), ("time", "", "hours : minutes : seconds am-pm")],
        ),
    ],
)
def test_dates_of_slides_have_the_data_styles_that_libreoffice_knows(kind, text, fields):
    result = converted(with_shapes(shape(_field(kind, text))))
    styles = {
        style.get(qn("style:name")): " ".join(part.text or etree.QName(part).localname for part in style)
        for tag in ("number:date-style", "number:time-style")
        for style in result.find_all(tag)
    }
    found = [
        (etree.QName(field).localname, field.text or "", styles[field.get(qn("style:data-style-name"))])
        for field in result.content.iter(qn("text:date"), qn("text:time"))
    ]
    assert found == fields


def test_notes_name_a_typeface_as_the_slides_do():
    """Of a typeface described in two ways LibreOffice numbers the names by chance, and notes show nothing of it."""

    def build(slide) -> None:
        slide.shapes.add_textbox(0, 0, Emu(720_000), Emu(720_000)).text_frame.text = "shown"
        slide.notes_slide.notes_text_frame.text = "said"

    def described(text: str, family: int):
        run = f'<a:rPr><a:latin typeface="Garamond" pitchFamily="{family}"/></a:rPr><a:t>{text}<'
        return lambda data: data.replace(f"<a:t>{text}<".encode(), run.encode())

    changes = {SLIDE: described("shown", 18), "ppt/notesSlides/notesSlide1.xml": described("said", 34)}
    result = converted(rewritten(presentation(build), changes))
    faces = [
        one for one in result.find_all("style:font-face") if "Garamond" in one.get(qn("svg:font-family"))
    ]
    assert [one.get(qn("style:font-family-generic")) for one in faces] == ["roman"]
    spans = {span.text: span.get(qn("text:style-name")) for span in result.find_all("text:span")}
    named = {
        style.get(qn("style:name")): style[0].get(qn("style:font-name"))
        for style in result.find_all("style:style")
        if len(style)
    }
    assert named[spans["shown"]] == named[spans["said"]] == "Garamond"


def _sizes(paragraph: str) -> list[tuple[str, str | None]]:
    """Text and size of each span of a paragraph in a shape."""
    result = converted(with_shapes(shape(paragraph)))
    sizes = {
        style.get(qn("style:name")): style[0].get(qn("fo:font-size"))
        for style in result.find_all("style:style")
        if len(style)
    }
    return [
        (shown_text(span), sizes[span.get(qn("text:style-name"))]) for span in result.find_all("text:span")
    ]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ('<a:br><a:rPr sz="4000"/></a:br><a:endParaRPr sz="1200"/>', [("\n", "12pt")]),
        (
            '<a:br><a:rPr sz="4000"/></a:br><a:r><a:t/></a:r><a:endParaRPr sz="1200"/>',
            [("\n", "12pt"), ("", "18pt")],
        ),
        ('<a:br><a:rPr sz="4000"/></a:br>', [("\n", "40pt")]),
        (
            '<a:br><a:rPr sz="4000"/></a:br><a:r><a:t>more</a:t></a:r><a:endParaRPr sz="1200"/>',
            [("\n", "40pt"), ("more", "18pt")],
        ),
    ],
)
def test_the_line_behind_a_last_break_is_as_high_as_the_text_to_come(rest, expected):
    assert _sizes(f"<a:p><a:r><a:t>text</a:t></a:r>{rest}</a:p>") == [("text", "18pt"), *expected]


def test_capitals_that_nobody_asked_for_are_not_taken_away():
    runs = '<a:r><a:rPr cap="none"/><a:t>one </a:t></a:r><a:r><a:t>look</a:t></a:r>'
    result = converted(with_shapes(shape(f"<a:p>{runs}</a:p>")))
    assert len({span.get(qn("text:style-name")) for span in result.find_all("text:span")}) == 1


def test_a_run_takes_capitals_away_that_its_shape_asks_for():
    listed = '<a:lstStyle><a:lvl1pPr><a:defRPr cap="all"/></a:lvl1pPr></a:lstStyle>'
    text = '<a:p><a:r><a:rPr cap="none"/><a:t>low</a:t></a:r></a:p>'
    result = converted(with_shapes(shape(listed + text)))
    (span,) = result.find_all("text:span")
    (style,) = [
        one
        for one in result.find_all("style:style")
        if one.get(qn("style:name")) == span.get(qn("text:style-name"))
    ]
    assert style[0].get(qn("fo:text-transform")) == "none"
