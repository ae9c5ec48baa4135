"""Drawn shapes, text boxes, groups and turned pictures of Word documents."""

from __future__ import annotations

from lxml import etree

from converters.odf.namespaces import qn
from tests.converters.docx_to_odt.docx_builder import body_of, converted, paragraph, style_of, text_of
from tests.converters.docx_to_odt.test_docx_structure import IMAGE, cell, table

WP14 = "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
CM = 360_000
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
BLUE = '<a:solidFill><a:srgbClr val="0000FF"/></a:solidFill>'


def shape(
    preset: str,
    text: str = "",
    *,
    box: tuple[int, int, int, int] = (0, 0, 4, 2),
    turn: str = "",
    more: str = "",
) -> str:
    """A ``wps:wsp`` with its box in centimetres."""
    x, y, width, height = (side * CM for side in box)
    content = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f'<wps:wsp><wps:spPr><a:xfrm {turn}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{BLUE}</wps:spPr>{more}{content}<wps:bodyPr/></wps:wsp>'
    )


def group(*shapes: str) -> str:
    """A group of 8 by 4 cm that is shown at half its size."""
    return (
        f'<wpg:wgp xmlns:wpg="{_GROUP}"><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{4 * CM}" cy="{2 * CM}"/>'
        f'<a:chOff x="0" y="0"/><a:chExt cx="{8 * CM}" cy="{4 * CM}"/></a:xfrm></wpg:grpSpPr>{"".join(shapes)}</wpg:wgp>'
    )


def anchored(content: str, align: str = "") -> str:
    """A drawing 1 cm from the left and 2 cm from the top of the page."""
    horizontal = align or f"<wp:posOffset>{CM}</wp:posOffset>"
    return (
        '<w:p><w:r><w:drawing><wp:anchor behindDoc="1" relativeHeight="7">'
        f'<wp:positionH relativeFrom="page">{horizontal}</wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{2 * CM}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{4 * CM}" cy="{2 * CM}"/><wp:wrapNone/><wp:docPr id="1" name="Drawn" descr="what it shows"/>'
        f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def inline(content: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{4 * CM}" cy="{2 * CM}"/><wp:docPr id="1" name="In"/>'
        f"<a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def one(root: etree._Element, tag: str) -> etree._Element:
    (found,) = body_of(root).iter(qn(tag))
    return found


def graphic_style(root: etree._Element, element: etree._Element) -> dict[str, str]:
    name = element.get(qn("draw:style-name"))
    style = next(s for s in root.iter(qn("style:style")) if s.get(qn("style:name")) == name)
    values = {etree.QName(key).localname: value for part in style for key, value in part.attrib.items()}
    return {**values, "parent": style.get(qn("style:parent-style-name"), "")}


def test_a_shape_without_text_is_drawn_where_it_stands() -> None:
    root = converted(anchored(shape("star5")))
    drawn = one(root, "draw:custom-shape")
    assert drawn.get(qn("text:anchor-type")) == "char"
    assert [drawn.get(qn(f"svg:{name}")) for name in ("x", "y", "width", "height")] == [
        "1cm",
        "2cm",
        "4cm",
        "2cm",
    ]
    style = graphic_style(root, drawn)
    assert (style["fill-color"], style["run-through"], style["horizontal-rel"]) == (
        "#0000ff",
        "background",
        "page",
    )
    assert one(root, "svg:desc").text == "what it shows"


def test_a_shape_holds_its_text_in_the_style_that_frames_are_made_from() -> None:
    root = converted(anchored(shape("ellipse", paragraph("round"))))
    drawn = one(root, "draw:custom-shape")
    assert text_of(drawn.find(qn("text:p"))) == "round"
    assert graphic_style(root, drawn)["parent"] == "Frame"


def test_a_text_box_with_a_table_is_a_frame() -> None:
    root = converted(anchored(shape("rect", table([cell("a") + cell("b")]))))
    frame = one(root, "draw:frame")
    assert frame.find(f"{qn('draw:text-box')}/{qn('table:table')}") is not None
    assert graphic_style(root, frame)["background-color"] == "#0000ff"


def test_an_outline_around_a_table_is_reported() -> None:
    converted(
        anchored(shape("ellipse", table([cell("a") + cell("b")]))), losses=("SHAPE_GEOMETRY_APPROXIMATED",)
    )


def test_a_text_box_in_a_line_is_a_frame_that_stands_as_a_character() -> None:
    frame = one(converted(inline(shape("rect", paragraph("in")))), "draw:frame")
    assert frame.get(qn("text:anchor-type")) == "as-char"


def test_a_straight_line_is_a_line() -> None:
    drawn = one(converted(anchored(shape("straightConnector1"))), "draw:line")
    assert [drawn.get(qn(f"svg:{name}")) for name in ("x1", "y1", "x2", "y2")] == ["1cm", "2cm", "5cm", "4cm"]


def test_a_turned_shape_is_turned() -> None:
    drawn = one(converted(anchored(shape("rect", turn='rot="5400000"'))), "draw:custom-shape")
    assert drawn.get(qn("draw:transform"), "").startswith("rotate (-1.570")


def test_text_takes_its_colour_from_the_shapes_style() -> None:
    style = '<wps:style><a:fontRef idx="minor"><a:srgbClr val="00FF00"/></a:fontRef></wps:style>'
    root = converted(anchored(shape("rect", paragraph("green"), more=style)))
    block = next(one(root, "draw:custom-shape").iter(qn("text:p")))
    assert style_of(root, block)["color"] == "#00ff00"


def test_text_that_runs_upwards_says_so() -> None:
    source = shape("rect", paragraph("up")).replace("<wps:bodyPr/>", '<wps:bodyPr vert="vert270"/>')
    root = converted(anchored(source))
    assert graphic_style(root, one(root, "draw:custom-shape"))["writing-mode"] == "bt-lr"


def test_a_group_is_anchored_as_a_whole_and_scales_its_shapes() -> None:
    root = converted(anchored(group(shape("ellipse", paragraph("a")), shape("rect", box=(4, 2, 4, 2)))))
    outer = one(root, "draw:g")
    assert outer.get(qn("text:anchor-type")) == "char"
    first, second = outer.findall(qn("draw:custom-shape"))
    assert first.get(qn("text:anchor-type")) is None
    assert [second.get(qn(f"svg:{name}")) for name in ("x", "y", "width", "height")] == [
        "3cm",
        "3cm",
        "2cm",
        "1cm",
    ]


def test_a_heading_in_a_group_is_a_paragraph() -> None:
    root = converted(anchored(group(shape("rect", paragraph("title", '<w:pStyle w:val="Titre1"/>')))))
    assert one(root, "draw:g").find(f".//{qn('text:p')}") is not None
    assert not list(root.iter(qn("text:h")))


_CANVAS = "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"


def canvas(ground: str) -> str:
    return f'<wpc:wpc xmlns:wpc="{_CANVAS}">{ground}{shape("star5", box=(1, 0, 2, 1))}</wpc:wpc>'


def test_a_canvas_is_filled_and_outlined_under_its_shapes() -> None:
    line = f'<wpc:whole><a:ln w="12700">{BLUE}</a:ln></wpc:whole>'
    red = '<wpc:bg><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></wpc:bg>'
    root = converted(anchored(canvas(red + line)))
    ground, star = body_of(root).iter(qn("draw:custom-shape"))
    assert (ground.get(qn("svg:width")), star.get(qn("svg:width"))) == ("4cm", "2cm")
    style = graphic_style(root, ground)
    assert (style["fill-color"], style["stroke-color"]) == ("#ff0000", "#0000ff")


def test_a_canvas_without_fill_and_outline_has_no_ground() -> None:
    empty = "<wpc:bg><a:noFill/></wpc:bg><wpc:whole><a:ln><a:noFill/></a:ln></wpc:whole>"
    for ground in (empty, "<wpc:bg/><wpc:whole/>"):
        assert len(list(body_of(converted(anchored(canvas(ground)))).iter(qn("draw:custom-shape")))) == 1


def test_a_group_around_a_table_is_split_with_each_shape_in_its_place() -> None:
    body = anchored(group(shape("rect", table([cell("a") + cell("b")]), box=(4, 2, 4, 2))))
    frame = one(converted(body, losses=("DRAWING_GROUP_SPLIT",)), "draw:frame")
    assert [frame.get(qn(f"svg:{name}")) for name in ("x", "y", "width")] == ["3cm", "3cm", "2cm"]


def picture(properties: str, blip: str = "", more: str = "") -> str:
    return (
        f'<pic:pic><pic:blipFill><a:blip r:embed="i1">{blip}</a:blip></pic:blipFill><pic:spPr>'
        f'<a:xfrm {properties}><a:off x="0" y="0"/><a:ext cx="{4 * CM}" cy="{2 * CM}"/></a:xfrm>{more}</pic:spPr></pic:pic>'
    )


def test_a_turned_picture_is_turned() -> None:
    frame = one(converted(anchored(picture('rot="5400000"')), **IMAGE), "draw:frame")
    assert frame.get(qn("draw:transform"), "").startswith("rotate (-1.570")
    assert frame.find(qn("draw:image")) is not None


def test_a_picture_with_a_shadow_has_its_line_around_it_and_a_soft_shadow() -> None:
    line = '<a:ln w="190500"><a:solidFill><a:srgbClr val="C8C6BD"/></a:solidFill></a:ln>'
    shadow = (
        '<a:effectLst><a:outerShdw blurRad="254000"><a:srgbClr val="000000"/></a:outerShdw></a:effectLst>'
    )
    root = converted(anchored(picture("", more=line + shadow)), **IMAGE)
    frame = one(root, "draw:frame")
    style = graphic_style(root, frame)
    assert (style["stroke"], style["shadow"], style["stroke-width"]) == ("solid", "visible", "0.5292cm")
    assert "border" not in style
    # a frame of text would draw both over the picture; LibreOffice tells the two apart by the parent
    named = next(
        one
        for one in root.iter(qn("style:style"))
        if one.get(qn("style:name")) == frame.get(qn("draw:style-name"))
    )
    assert named.get(qn("style:parent-style-name")) is None


def test_a_picture_with_a_line_alone_stays_a_frame_of_text() -> None:
    line = '<a:ln w="12700"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    root = converted(anchored(picture("", more=line)), **IMAGE)
    assert graphic_style(root, one(root, "draw:frame"))["border"].endswith("solid #ff0000")


def test_a_greyscale_picture_stays_grey() -> None:
    root = converted(anchored(picture("", "<a:grayscl/>")), **IMAGE)
    assert graphic_style(root, one(root, "draw:frame"))["color-mode"] == "greyscale"


def test_a_recoloured_picture_is_reported() -> None:
    converted(anchored(picture("", "<a:duotone/>")), losses=("PICTURE_EFFECT_DROPPED",), **IMAGE)


def test_a_place_in_hundredths_of_the_page_is_the_offset_beside_it() -> None:
    plain = f'<wp:positionV relativeFrom="page"><wp:posOffset>{2 * CM}</wp:posOffset></wp:positionV>'
    hundredths = f'<wp14:pctPosVOffset xmlns:wp14="{WP14}">4500</wp14:pctPosVOffset>'
    newer = f'<wp:positionV relativeFrom="page">{hundredths}</wp:positionV>'
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wp14">{newer}</mc:Choice>'
        f"<mc:Fallback>{plain}</mc:Fallback></mc:AlternateContent>"
    )
    source = anchored(shape("rect"))
    assert plain in source
    found = one(converted(source.replace(plain, both)), "draw:custom-shape")
    assert found.get(qn("svg:y")) == "2cm"
    assert graphic_style(converted(source.replace(plain, both)), found)["vertical-rel"] == "page"


def test_a_group_that_stands_as_a_character_is_split_inside_a_frame_of_its_size() -> None:
    source = group(shape("ellipse"), shape("rect", table([cell("a") + cell("b")]), box=(4, 2, 4, 2)))
    root = converted(inline(source), losses=("DRAWING_GROUP_SPLIT",))
    holder, member = body_of(root).iter(qn("draw:frame"))
    assert holder.get(qn("text:anchor-type")) == "as-char"
    assert [holder.get(qn(f"svg:{name}")) for name in ("width", "height")] == ["4cm", "2cm"]
    assert [member.get(qn(f"svg:{name}")) for name in ("x", "y", "width")] == ["2cm", "1cm", "2cm"]
    oval = one(root, "draw:custom-shape")
    assert [oval.get(qn(f"svg:{name}")) for name in ("x", "y", "width", "height")] == [
        "0cm",
        "0cm",
        "2cm",
        "1cm",
    ]


def test_a_text_box_with_a_list_is_a_frame_since_shapes_drop_its_bullets() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = paragraph("one", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    root = converted(anchored(shape("rect", item)), parts={"numbering": numbering})
    assert one(root, "draw:text-box").find(qn("text:list")) is not None


def chained(place: str) -> str:
    return shape("rect").replace("<wps:bodyPr/>", f"{place}<wps:bodyPr/>")


def test_linked_text_boxes_hand_their_text_on() -> None:
    first = f'<wps:txbx id="3"><w:txbxContent>{paragraph("long text")}</w:txbxContent></wps:txbx>'
    boxes = [first, '<wps:linkedTxbx id="3" seq="1"/>', '<wps:linkedTxbx id="3" seq="2"/>']
    root = converted("".join(anchored(chained(box)) for box in boxes))
    frames = list(body_of(root).iter(qn("draw:frame")))
    assert [text_of(frame[0]) for frame in frames] == ["long text", "", ""]
    following = [frame[0].get(qn("draw:chain-next-name")) for frame in frames]
    assert following == [frames[1].get(qn("draw:name")), frames[2].get(qn("draw:name")), None]
    assert all(frame.get(qn("svg:height")) == "2cm" for frame in frames)


def test_a_text_box_that_nobody_goes_on_from_is_one_of_its_own() -> None:
    alone = f'<wps:txbx id="3"><w:txbxContent>{paragraph("text")}</w:txbxContent></wps:txbx>'
    root = converted(anchored(chained(alone)))
    assert body_of(root).find(f".//{qn('draw:frame')}") is None


def test_a_chain_inside_a_group_is_reported() -> None:
    first = f'<wps:txbx id="3"><w:txbxContent>{paragraph("text")}</w:txbxContent></wps:txbx>'
    boxes = chained(first), chained('<wps:linkedTxbx id="3" seq="1"/>')
    converted(anchored(group(*boxes)), losses=("TEXT_CHAIN_DROPPED",))


def test_a_shape_that_fits_its_text_is_as_high_as_that() -> None:
    held = shape("rect", table([cell("a")]))
    fixed = one(converted(anchored(held)), "draw:frame")
    assert fixed.get(qn("svg:height")) == "2cm"
    fitted = held.replace("<wps:bodyPr/>", "<wps:bodyPr><a:spAutoFit/></wps:bodyPr>")
    root = converted(anchored(fitted))
    assert one(root, "draw:frame").get(qn("svg:height")) is None
    assert one(root, "draw:text-box").get(qn("fo:min-height")) == "0cm"


def test_text_beside_the_line_of_a_shape_stands_where_its_inset_has_it() -> None:
    line = '<a:ln w="36000"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln>'
    body = '<wps:bodyPr lIns="108000" tIns="108000" rIns="18000" bIns="0"/>'
    held = (
        shape("rect", table([cell("a")]))
        .replace("<wps:bodyPr/>", body)
        .replace("</wps:spPr>", line + "</wps:spPr>")
    )
    root = converted(anchored(held))
    style = graphic_style(root, one(root, "draw:frame"))
    # the border is 1 mm wide, and lies between the frame's edge and its padding
    assert [style[f"padding-{side}"] for side in ("left", "top", "right", "bottom")] == [
        "0.2cm",
        "0.2cm",
        "0cm",
        "0cm",
    ]
