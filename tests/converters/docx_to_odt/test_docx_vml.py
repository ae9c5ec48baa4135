"""Shapes in VML and embedded objects, as older versions of Word wrote them."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree

from converters.docx_to_odt.vml_geometry import enhanced_path
from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import (
    PIXEL,
    body_of,
    build_docx,
    convert_docx,
    converted,
    paragraph,
    text_of,
)
from tests.converters.docx_to_odt.test_docx_shapes import graphic_style, one
from tests.converters.docx_to_odt.test_docx_structure import IMAGE, cell, table

BOX = "position:absolute;margin-left:36pt;margin-top:72pt;width:72pt;height:36pt;z-index:3"


def pict(content: str) -> str:
    return f"<w:p><w:r><w:pict>{content}</w:pict></w:r></w:p>"


def textbox(text: str) -> str:
    return f"<v:textbox><w:txbxContent>{text}</w:txbxContent></v:textbox>"


def place(element: etree._Element, *names: str) -> list[str | None]:
    return [element.get(qn(f"svg:{name}")) for name in names]


def test_a_line_runs_from_one_point_to_the_other() -> None:
    source = '<v:line style="position:absolute" from="36pt,72pt" to="108pt,36pt" strokecolor="red" strokeweight="2pt"/>'
    root = converted(pict(source))
    line = one(root, "draw:line")
    assert place(line, "x1", "y1", "x2", "y2") == ["1.27cm", "2.54cm", "3.81cm", "1.27cm"]
    style = graphic_style(root, line)
    assert (style["stroke-color"], style["stroke-width"]) == ("#ff0000", "0.0706cm")


def test_a_rectangle_and_an_oval_are_drawn_with_their_colours() -> None:
    root = converted(
        pict(
            f'<v:roundrect style="{BOX}" arcsize=".25" fillcolor="#0f0" stroked="f"/><v:oval style="{BOX}"/>'
        )
    )
    rectangle = one(root, "draw:rect")
    assert rectangle.get(qn("draw:corner-radius")) == "0.3175cm"
    style = graphic_style(root, rectangle)
    assert (style["fill-color"], style["stroke"]) == ("#00ff00", "none")
    assert place(one(root, "draw:ellipse"), "x", "y", "width", "height") == [
        "1.27cm",
        "2.54cm",
        "2.54cm",
        "1.27cm",
    ]


def test_a_shape_is_drawn_by_the_path_of_its_type() -> None:
    kind = (
        '<v:shapetype id="t9" coordsize="21600,21600" adj="5400" path="m@0,l,21600r21600,xe">'
        '<v:formulas><v:f eqn="val #0"/><v:f eqn="sum 21600 0 @0"/></v:formulas></v:shapetype>'
    )
    geometry = one(converted(pict(f'{kind}<v:shape type="#t9" style="{BOX}"/>')), "draw:enhanced-geometry")
    assert geometry.get(qn("draw:enhanced-path")) == "M ?f0 0 L 0 21600 L 21600 21600 Z N"
    assert geometry.get(qn("draw:modifiers")) == "5400"
    assert [equation.get(qn("draw:formula")) for equation in geometry] == ["$0 ", "21600+0-?f0 "]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("m,l100,,100,100xe", "M 0 0 L 100 0 L 100 100 Z N"),
        ("m10,10c1,2,3,4,5,6e", "M 10 10 C 1 2 3 4 5 6 N"),
        ("m10,10r5,-5v1,1,2,2,3,3", "M 10 10 L 15 5 C 16 6 17 7 18 8"),
        ("m@0@1qx@2,", "M ?f0 ?f1 X ?f2 0"),
        ("m,hal", None),
        ("m@0,r5,5", None),
        ("", None),
    ],
)
def test_a_path_is_said_in_odf_or_not_at_all(path: str, expected: str | None) -> None:
    assert enhanced_path(path) == expected


def test_an_outline_that_cannot_be_said_is_reported() -> None:
    converted(
        pict(f'<v:shape style="{BOX}" path="m,ae1,2,3,4,5,6e"/>'), losses=("SHAPE_GEOMETRY_APPROXIMATED",)
    )


def test_a_polyline_that_closes_is_a_polygon() -> None:
    points = "0,0,72pt,0,72pt,72pt,0,0"
    drawn = one(converted(pict(f'<v:polyline style="position:absolute" points="{points}"/>')), "draw:polygon")
    assert place(drawn, "width", "height") == ["2.54cm", "2.54cm"]


def test_a_text_box_is_a_frame_with_the_fill_of_its_shape() -> None:
    root = converted(pict(f'<v:rect style="{BOX}" fillcolor="yellow">{textbox(paragraph("in"))}</v:rect>'))
    frame = one(root, "draw:frame")
    assert text_of(frame[0]) == "in"
    assert graphic_style(root, frame)["background-color"] == "#ffff00"


GROUP = '<v:group style="position:absolute;margin-left:36pt;margin-top:72pt;width:144pt;height:72pt" coordsize="200,100">'


def test_a_group_is_anchored_as_a_whole() -> None:
    inner = (
        f'<v:oval style="left:100;top:50;width:100;height:50">{textbox(paragraph("in"))}</v:oval>'
        '<v:group style="left:0;top:0;width:100;height:50" coordsize="10,10"><v:rect style="left:5;top:5;width:5;height:5"/>'
        "</v:group>"
    )
    group = one(converted(pict(GROUP + inner + "</v:group>")), "draw:g")
    oval, rectangle = group
    assert place(oval, "x", "y", "width", "height") == ["3.81cm", "3.81cm", "2.54cm", "1.27cm"]
    assert text_of(oval) == "in"
    assert place(rectangle, "x", "y", "width", "height") == ["2.54cm", "3.175cm", "1.27cm", "0.635cm"]


def test_a_group_around_a_table_is_split() -> None:
    box = f'<v:rect style="left:100;top:50;width:100;height:50">{textbox(table([cell("a") + cell("b")]))}</v:rect>'
    frame = one(converted(pict(GROUP + box + "</v:group>"), losses=("DRAWING_GROUP_SPLIT",)), "draw:frame")
    assert place(frame, "x", "y") == ["3.81cm", "3.81cm"]


def test_a_watermark_fills_its_shape_with_its_words() -> None:
    words = '<v:textpath style="font-family:&quot;Calibri&quot;" string="DRAFT"/>'
    root = converted(
        pict(f'<v:shape type="#_x0000_t136" style="{BOX};rotation:315" stroked="f">{words}</v:shape>')
    )
    drawn = one(root, "draw:custom-shape")
    assert text_of(drawn) == "DRAFT"
    assert one(root, "draw:enhanced-geometry").get(qn("draw:text-path")) == "true"
    assert drawn.get(qn("draw:transform"), "").startswith("rotate (-5.49")


def test_a_rule_is_as_wide_as_the_text() -> None:
    root = converted(pict('<v:rect style="width:0;height:1.5pt" o:hralign="center" o:hrstd="t" o:hr="t"/>'))
    rule = one(root, "draw:rect")
    assert place(rule, "width", "height") == ["16.51cm", "0.0529cm"]
    assert graphic_style(root, rule)["fill-color"] == "#a0a0a0"


OBJECT = (
    '<w:p><w:r><w:object><v:shape style="width:72pt;height:36pt"><v:imagedata r:id="i1"/></v:shape>'
    '<o:OLEObject Type="Embed" ProgID="Excel.Sheet.8" r:id="o1"/></w:object></w:r></w:p>'
)


def test_an_embedded_object_stays_in_the_package_with_its_preview() -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/oleObject"
    target, losses = convert_docx(
        build_docx(
            OBJECT,
            relationships=IMAGE["relationships"]
            + f'<Relationship Id="o1" Type="{relation}" Target="embeddings/o.bin"/>',
            files={**IMAGE["files"], "word/embeddings/o.bin": b"\xd0\xcf\x11\xe0 the object"},
        )
    )
    assert losses == ()
    with zipfile.ZipFile(io.BytesIO(target)) as archive:
        frame = next(etree.fromstring(archive.read("content.xml")).iter(qn("draw:frame")))
        held, preview = frame
        assert archive.read(held.get(qn("xlink:href")).removeprefix("./")) == b"\xd0\xcf\x11\xe0 the object"
        assert archive.read(preview.get(qn("xlink:href")).removeprefix("./")) == PIXEL
    assert (held.tag, preview.tag) == (qn("draw:object-ole"), qn("draw:image"))
    assert place(frame, "width", "height") == ["2.54cm", "1.27cm"]


def test_an_object_that_is_not_there_keeps_its_picture() -> None:
    root = converted(OBJECT, losses=("EMBEDDED_OBJECT_DROPPED",), **IMAGE)
    assert one(root, "draw:image").getparent().tag == qn("draw:frame")
    assert len(list(body_of(root).iter(qn("draw:object-ole")))) == 0


def test_a_shadow_of_a_text_box_is_the_shadow_of_its_frame() -> None:
    shadow = '<v:shadow on="t" color="#e36c0a" offset="-72pt,36pt"/>'
    root = converted(pict(f'<v:rect style="{BOX}">{shadow}{textbox(paragraph("in"))}</v:rect>'))
    assert graphic_style(root, one(root, "draw:frame"))["shadow"] == "#e36c0a -2.54cm 1.27cm"


def test_a_text_box_that_hands_its_text_on_is_reported() -> None:
    box = textbox(paragraph("long")).replace("<v:textbox>", '<v:textbox style="mso-next-textbox:#second">')
    converted(pict(f'<v:rect style="{BOX}">{box}</v:rect>'), losses=("TEXT_CHAIN_DROPPED",))
