"""Numbering: pictures as bullets, restarts."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.odf.namespaces import qn
from converters.ooxml.namespaces import NAMESPACES
from tests.converters.docx_to_odt.docx_builder import PIXEL, STYLES, body_of, converted, paragraph, style_of

ITEM = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def numbering(level: str, index: int = 0) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="{index}"><w:start w:val="1"/>{level}</w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )


def test_a_picture_stands_for_a_bullet_at_the_height_of_a_bullet() -> None:
    picture = (
        '<w:numPicBullet w:numPicBulletId="4"><w:pict><v:shape style="width:60pt;height:30pt">'
        '<v:imagedata r:id="rId1"/></v:shape></w:pict></w:numPicBullet>'
    )
    bullet = '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlPicBulletId w:val="4"/>'
    rels = (
        f'<Relationships xmlns="{NAMESPACES["rel"]}"><Relationship Id="rId1" Type="{NAMESPACES["r"]}/image" '
        'Target="media/bullet.png"/></Relationships>'
    )
    root = converted(
        paragraph("x", ITEM),
        parts={"styles": STYLES, "numbering": picture + numbering(bullet)},
        files={"word/media/bullet.png": PIXEL, "word/_rels/numbering.xml.rels": rels.encode()},
    )
    (level,) = root.iter(qn("text:list-level-style-image"))
    (properties,) = level
    assert str(level.get(qn("xlink:href"))).endswith(".png")
    assert (properties.get(qn("fo:width")), properties.get(qn("fo:height"))) == ("15.8pt", "7.9pt")


def test_a_picture_that_is_not_there_leaves_the_bullet_and_is_reported() -> None:
    bullet = '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlPicBulletId w:val="4"/>'
    root = converted(
        paragraph("x", ITEM),
        parts={"styles": STYLES, "numbering": numbering(bullet)},
        losses=("PICTURE_BULLET_DROPPED",),
    )
    (level,) = root.iter(qn("text:list-level-style-bullet"))
    assert level.get(qn("text:bullet-char")) == "•"


@pytest.mark.parametrize(("restart", "losses"), [(1, ()), (0, ("NUMBERING_RESTART_DROPPED",))])
def test_a_restart_is_lost_where_it_is_not_the_usual_one(restart: int, losses: tuple[str, ...]) -> None:
    level = f'<w:numFmt w:val="decimal"/><w:lvlRestart w:val="{restart}"/><w:lvlText w:val="%2."/>'
    converted(
        paragraph("x", ITEM.replace('ilvl w:val="0"', 'ilvl w:val="1"')),
        parts={"styles": STYLES, "numbering": numbering(level, 1)},
        losses=losses,
    )


@pytest.mark.parametrize(
    ("direct", "expected"),
    [
        ('<w:ind w:firstLine="720"/>', ("45pt", "36pt")),  # over the style's left indent, not the level's
        ('<w:ind w:right="10"/>', ("18pt", "72pt")),
    ],
)
def test_one_indent_of_a_numbered_paragraph_lies_over_the_other_of_its_style(
    direct: str, expected: tuple[str, str]
) -> None:
    level = '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:pPr><w:ind w:left="360" w:firstLine="1440"/></w:pPr>'
    indented = (
        '<w:style w:type="paragraph" w:styleId="In"><w:name w:val="In"/>'
        '<w:pPr><w:ind w:left="900"/></w:pPr></w:style>'
    )
    root = converted(
        paragraph("x", f'<w:pStyle w:val="In"/>{ITEM}{direct}'),
        parts={"styles": STYLES + indented, "numbering": numbering(level)},
    )
    (item,) = body_of(root).iter(qn("text:p"))
    style = style_of(root, item)
    assert (style["margin-left"], style["text-indent"]) == expected


CUSTOM = (
    '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="{}"/></mc:Choice>'
    '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1:"/>'
)


@pytest.mark.parametrize(
    ("custom", "shown", "losses"),
    [
        ("001, 002, 003, ...", "001, 002, 003, ...", ()),
        ("a, ç, ĝ, ...", "1", ("NUMBER_FORMAT_APPROXIMATED",)),
    ],
)
def test_a_custom_number_format_is_kept_where_libreoffice_has_it(
    custom: str, shown: str, losses: tuple[str, ...]
) -> None:
    root = converted(
        paragraph("x", ITEM),
        parts={"styles": STYLES, "numbering": numbering(CUSTOM.format(custom))},
        losses=losses,
    )
    (level,) = root.iter(qn("text:list-level-style-number"))
    assert level.get(qn("style:num-format")) == shown
    assert level.get(qn("style:num-suffix")) == ":"


LEFT_OVER = (
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
    '<w:lvlRestart w:val="3"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)


def _list_names(root: etree._Element) -> list[str | None]:
    return [style.get(qn("style:name")) for style in root.iter(qn("text:list-style"))]


def test_a_numbering_that_nothing_counts_in_is_not_written_and_loses_nothing() -> None:
    level = '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    parts = {"styles": STYLES, "numbering": LEFT_OVER + numbering(level)}
    assert _list_names(converted(paragraph("x", ITEM), parts=parts)) == ["WWNum1"]


def test_a_numbering_that_a_named_list_style_shows_stays_though_nothing_counts_in_it() -> None:
    named = (
        '<w:style w:type="numbering" w:styleId="Steps"><w:name w:val="Steps"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    parts = {"styles": STYLES + named, "numbering": LEFT_OVER}
    root = converted(paragraph("x"), parts=parts, losses=("NUMBERING_RESTART_DROPPED",))
    assert _list_names(root) == ["WWNum2"]
