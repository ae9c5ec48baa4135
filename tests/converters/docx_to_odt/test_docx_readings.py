"""What LibreOffice reads otherwise in a Word file stands in its report, and only there where it matters."""

from __future__ import annotations

import pytest

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import STYLES, body_of, converted, paragraph, text_of
from tests.converters.docx_to_odt.test_docx_structure import cell, table

SPACING = '<w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'


def table_styles(parent: str, child: str) -> dict[str, str]:
    return {
        "styles": f'{STYLES}<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/>{parent}</w:style>'
        f'<w:style w:type="table" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Grid"/>{child}</w:style>'
    }


@pytest.mark.parametrize(
    ("parent", "child", "losses"),
    [
        (SPACING, "", ("TABLE_SPACING_KEPT",)),
        (SPACING, "<w:pPr><w:spacing/></w:pPr>", ("TABLE_SPACING_KEPT",)),
        (SPACING, SPACING, ()),
        ("", "", ()),
    ],
)
def test_spacing_that_a_table_style_inherits_is_kept_and_named(
    parent: str, child: str, losses: tuple[str, ...]
) -> None:
    converted(
        table([cell("a")], '<w:tblStyle w:val="Own"/>'), parts=table_styles(parent, child), losses=losses
    )


def row_borders(inside: int) -> str:
    sides = "".join(f'<w:{side} w:val="single" w:sz="18"/>' for side in ("top", "left", "bottom", "right"))
    return f'<w:tblPrEx><w:tblBorders>{sides}<w:insideV w:val="single" w:sz="{inside}"/></w:tblBorders></w:tblPrEx>'


@pytest.mark.parametrize(("inside", "losses"), [(6, ("ROW_BORDERS_KEPT",)), (18, ())])
def test_thin_lines_inside_a_row_with_borders_of_its_own_are_named(
    inside: int, losses: tuple[str, ...]
) -> None:
    converted(table([row_borders(inside) + cell("a") + cell("b")]), losses=losses)


@pytest.mark.parametrize(("place", "losses"), [('<w:tblpPr w:tblpX="100"/>', ("ROW_HEIGHT_KEPT",)), ("", ())])
def test_a_row_that_holds_only_a_floating_table_is_as_tall_as_it(place: str, losses: tuple[str, ...]) -> None:
    inner = table([cell("inside")], place, columns=1).removesuffix(paragraph("")) + "<w:p/>"
    row = f"<w:tc><w:tcPr><w:hideMark/></w:tcPr>{inner}</w:tc>"
    root = converted(table([row], columns=1), losses=losses)
    assert "inside" in text_of(body_of(root))


def test_a_document_that_follows_its_template_says_that_it_no_longer_does() -> None:
    converted(paragraph("a"), parts={"settings": "<w:linkStyles/>"}, losses=("TEMPLATE_STYLES_UNLINKED",))


def test_a_field_without_an_end_keeps_the_text_after_it_and_is_named() -> None:
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>a</w:t></w:r></w:p>'
    root = converted(begin + paragraph("b"), losses=("FIELD_UNFINISHED",))
    assert [text_of(element) for element in body_of(root).findall(qn("text:p"))] == ["a", "b"]
