"""Sections of Word documents: how they start, their master pages, lines and backgrounds."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, paragraph, text_of
from tests.converters.docx_to_odt.test_docx_structure import IMAGE


def section(inside: str = "", margins: str = "", references: str = "") -> str:
    return (
        f'<w:sectPr>{references}{inside}<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:left="1440" '
        f'w:right="1440" w:bottom="1440" w:header="720" w:footer="720" {margins}/></w:sectPr>'
    )


def ends(text: str, properties: str) -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def named(root: etree._Element, tag: str, name: str | None) -> etree._Element:
    return next(style for style in root.iter(qn(tag)) if style.get(qn("style:name")) == name)


def first_layout(root: etree._Element) -> etree._Element:
    return next(root.iter(qn("style:page-layout")))[0]


def test_a_section_on_an_odd_page_starts_with_a_right_page_and_goes_on_with_its_own() -> None:
    root = converted(ends("a", section()) + paragraph("b") + section('<w:type w:val="oddPage"/>'))
    style = named(root, "style:style", body_of(root)[1].get(qn("text:style-name")))
    start = named(root, "style:master-page", style.get(qn("style:master-page-name")))
    layout = named(root, "style:page-layout", start.get(qn("style:page-layout-name")))
    assert layout.get(qn("style:page-usage")) == "right"
    following = named(root, "style:master-page", start.get(qn("style:next-style-name")))
    layout = named(root, "style:page-layout", following.get(qn("style:page-layout-name")))
    assert layout.get(qn("style:page-usage")) is None


def test_the_mark_of_a_section_takes_no_page_and_leaves_its_bookmark_to_the_next() -> None:
    mark = (
        f'<w:p><w:pPr><w:pageBreakBefore/>{section()}</w:pPr><w:bookmarkStart w:id="1" w:name="start"/></w:p>'
    )
    end = '<w:p><w:r><w:t>b</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    first, second = body_of(converted(paragraph("a") + mark + end + section())).findall(qn("text:p"))
    assert (text_of(first), text_of(second)) == ("a", "b")
    assert second.find(qn("text:bookmark-start")) is not None


def test_a_continuous_section_stays_a_section() -> None:
    root = body_of(converted(ends("a", section()) + paragraph("b") + section('<w:type w:val="continuous"/>')))
    assert text_of(root.find(qn("text:section"))) == "b"


REFERENCE = '<w:headerReference w:type="default" r:id="header1"/>'


def test_headers_of_a_continuous_section_hold_from_its_page_break_on() -> None:
    body = ends("a", section()) + paragraph("b") + paragraph("c", "<w:pageBreakBefore/>")
    root = converted(
        body + section('<w:type w:val="continuous"/>', references=REFERENCE),
        parts={"header1": paragraph("new")},
    )
    style = named(root, "style:style", body_of(root)[1][1].get(qn("text:style-name")))
    master = named(root, "style:master-page", style.get(qn("style:master-page-name")))
    assert text_of(master.find(qn("style:header"))) == "new"


def test_headers_that_no_page_shows_are_reported() -> None:
    converted(
        ends("a", section()) + paragraph("b") + section('<w:type w:val="continuous"/>', references=REFERENCE),
        parts={"header1": paragraph("new")},
        losses=("SECTION_HEADERS_UNUSED",),
    )


def test_the_gutter_is_part_of_the_margin_and_named_beside_it() -> None:
    layout = first_layout(converted(paragraph("a") + section(margins='w:gutter="720"')))
    assert layout.get(qn("fo:margin-left")) == "108pt"
    assert layout.get(qn("loext:margin-gutter")) == "36pt"


def test_a_page_border_leaves_the_text_where_it_is() -> None:
    line = '<w:left w:val="single" w:sz="24" w:space="24" w:color="00FF00"/>'
    layout = first_layout(
        converted(paragraph("a") + section(f'<w:pgBorders w:offsetFrom="page">{line}</w:pgBorders>'))
    )
    assert layout.get(qn("fo:margin-left")) == "24pt"
    assert layout.get(qn("fo:padding-left")) == "45pt"  # 72 points less 24 and the line's 3
    assert layout.get(qn("fo:border-left")) == "3pt solid #00ff00"


def test_lines_are_numbered_in_the_sections_that_ask_for_it_only() -> None:
    numbering = section('<w:lnNumType w:countBy="5" w:restart="continuous" w:start="9"/>')
    root = converted(ends("a", numbering) + paragraph("b") + section())
    configuration = next(root.iter(qn("text:linenumbering-configuration")))
    assert configuration.get(qn("text:increment")) == "5"
    assert configuration.get(qn("text:restart-on-page")) == "false"
    properties = [
        named(root, "style:style", p.get(qn("text:style-name"))).find(qn("style:paragraph-properties"))
        for p in body_of(root).iter(qn("text:p"))
    ]
    assert properties[0].get(qn("text:line-number")) == "10"
    assert properties[1].get(qn("text:number-lines")) == "false"


def test_sections_that_count_lines_differently_are_reported() -> None:
    converted(
        ends("a", section('<w:lnNumType w:countBy="5"/>'))
        + paragraph("b")
        + section('<w:lnNumType w:countBy="1"/>'),
        losses=("LINE_NUMBERING_UNIFIED",),
    )


def test_the_page_has_its_colour_only_where_the_settings_show_it() -> None:
    background = '<w:background w:color="FFEEDD"/>'
    for settings, color in (("", None), ("<w:displayBackgroundShape/>", "#ffeedd")):
        root = converted(paragraph("a"), before_body=background, parts={"settings": settings})
        assert first_layout(root).get(qn("fo:background-color")) == color


def test_a_picture_stands_behind_the_pages() -> None:
    fill = '<v:background><v:fill type="tile" r:id="i1"/></v:background>'
    root = converted(
        paragraph("a"),
        before_body=f'<w:background w:color="FFEEDD">{fill}</w:background>',
        parts={"settings": "<w:displayBackgroundShape/>"},
        **IMAGE,
    )
    image = first_layout(root).find(qn("style:background-image"))
    assert image.get(qn("style:repeat")) == "repeat"


@pytest.mark.parametrize(("kind", "padding"), [("mapleMuffins", "12pt"), ("none", None)])
def test_a_border_of_small_pictures_is_reported_and_leaves_its_distance(
    kind: str, padding: str | None
) -> None:
    art = f'<w:pgBorders><w:top w:val="{kind}" w:sz="12" w:space="12"/></w:pgBorders>'
    losses = ("ART_BORDER_DROPPED",) if padding else ()
    layout = first_layout(converted(paragraph("a") + section(art), losses=losses))
    assert layout.get(qn("fo:border-top"), "none") == "none"
    assert layout.get(qn("fo:padding-top")) == padding


FOOTER = '<w:footerReference w:type="default" r:id="footer1"/>'
NEGATIVE = (
    f'<w:sectPr>{FOOTER}<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:left="1440" w:right="1440" '
    'w:bottom="-1710" w:header="720" w:footer="720"/></w:sectPr>'
)


def test_a_footer_larger_than_its_fixed_space_is_shown_whole_in_a_frame() -> None:
    root = converted(paragraph("a") + NEGATIVE, parts={"footer1": paragraph("one") + paragraph("two")})
    footer = next(root.iter(qn("style:footer")))
    box = footer.find(f"{qn('text:p')}/{qn('draw:frame')}/{qn('draw:text-box')}")
    assert [text_of(element) for element in box] == ["one", "two"]
    frame = named(root, "style:style", box.getparent().get(qn("draw:style-name")))
    assert frame[0].get(qn("style:vertical-pos")) == "bottom"
    assert frame[0].get(qn("style:wrap")) == "run-through"


def test_one_footer_part_stands_in_a_frame_only_where_the_margin_is_fixed() -> None:
    body = ends("a", section(references=FOOTER)) + paragraph("b") + NEGATIVE
    root = converted(body, parts={"footer1": paragraph("one")})
    framed = [footer.find(f".//{qn('draw:frame')}") is not None for footer in root.iter(qn("style:footer"))]
    assert framed == [False, True]


@pytest.mark.parametrize(
    ("direction", "losses"),
    [
        ("lrTb", ()),
        ("lrTbV", ()),
        ("tb", ()),
        ("tbRl", ("TEXT_DIRECTION_DROPPED",)),
        ("btLr", ("TEXT_DIRECTION_DROPPED",)),
    ],
)
def test_a_section_whose_lines_run_as_usual_loses_nothing(direction, losses):
    converted(paragraph("a") + section(f'<w:textDirection w:val="{direction}"/>'), losses=losses)
