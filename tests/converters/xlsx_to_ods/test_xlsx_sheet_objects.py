"""What lies on a sheet besides cells: form controls, embedded objects, SmartArt, and what Excel alone can show."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from lxml import etree

from converters.odf.namespaces import qn
from converters.ooxml.namespaces import NAMESPACES
from converters.validity import validate
from tests.converters.xlsx_to_ods.workbooks import attribute, content, converted, raw, text
from tests.golden_files import assert_golden
from tests.office_files import relationships

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "xlsx_to_ods"
PIXEL = (Path(__file__).resolve().parents[1] / "pixel.png").read_bytes()
_DECLARED = " ".join(
    f'xmlns:{prefix}="{NAMESPACES[name]}"'
    for prefix, name in {
        "xdr": "xdr",
        "a": "a",
        "mc": "mc",
        "r": "r",
        "a14": "a14",
        "sle": "sle",
        "dgm": "dgm",
    }.items()
)


def vml_drawing(*shapes: str) -> str:
    names = {"v": "v", "o": "o", "x": "xvml"}
    declared = " ".join(f'xmlns:{prefix}="{NAMESPACES[name]}"' for prefix, name in names.items())
    return f"<xml {declared}>{''.join(shapes)}</xml>"


def _control(number: int, kind: str, data: str = "", words: str = "", style: str = "") -> str:
    return (
        f'<v:shape id="{kind}_x0020_{number}" o:spid="_x0000_s{1024 + number}" style="{style}"><v:textbox><div><font>'
        f'{words}</font></div></v:textbox><x:ClientData ObjectType="{kind}"><x:Anchor>1, 10, {number}, 2, 3, 20, '
        f"{number + 1}, 4</x:Anchor>{data}</x:ClientData></v:shape>"
    )


def with_vml(
    vml: str, sheet: str = "", further: dict[str, str | bytes] | None = None, rows: str = ""
) -> bytes:
    """A workbook whose sheet has a VML drawing; ``further`` are the parts of an embedded object."""
    links = {"rId1": ("vmlDrawing", "../drawings/vml1.vml")}
    if further:
        links |= {
            "rId2": ("oleObject", "../embeddings/object1.bin"),
            "rId3": ("image", "../media/image1.png"),
        }
    return raw(
        f'<sheetData>{rows}</sheetData>{sheet}<legacyDrawing r:id="rId1"/>',
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(links),
            "xl/drawings/vml1.vml": vml,
            **(further or {}),
        },
    )


def test_form_controls_keep_their_cells_lists_and_states(tmp_path):
    vml = vml_drawing(
        _control(1, "Checkbox", "<x:FmlaLink>$A$1</x:FmlaLink><x:Checked>1</x:Checked>", "I agree"),
        _control(2, "Drop", "<x:FmlaRange>Budget!$H$1:$H$3</x:FmlaRange><x:FmlaLink>$A$2</x:FmlaLink>"
                            "<x:DropLines>8</x:DropLines>"),
        _control(3, "List", "<x:FmlaRange>$H$1:$H$3</x:FmlaRange><x:SelType>Single</x:SelType>"),
        _control(4, "Scroll", "<x:FmlaLink>$A$3</x:FmlaLink><x:Val>30</x:Val><x:Min>0</x:Min><x:Max>100</x:Max>"
                              "<x:Inc>1</x:Inc><x:Page>10</x:Page><x:Horiz/>"),
        _control(5, "Spin", "<x:Val>3</x:Val><x:Max>9</x:Max>"),
        _control(6, "Label", "", "A label"), _control(7, "GBox", "", "A box"), _control(8, "Button", "", "Press"),
        _control(9, "Note"), _control(10, "Checkbox", style="visibility: hidden"),
    )  # fmt: skip
    target = converted(with_vml(vml))
    path = tmp_path / "target.ods"
    path.write_bytes(target)
    assert not validate(path).violations
    assert_golden(target, GOLDEN / "form_controls.fods")


def test_option_buttons_share_the_cell_of_their_first_and_count_from_it():
    vml = vml_drawing(
        _control(1, "Radio", "<x:FirstButton/><x:FmlaLink>$A$1</x:FmlaLink><x:Checked>1</x:Checked>", "One"),
        _control(2, "Radio", "", "Two"),
        _control(3, "Radio", "<x:FirstButton/>", "Apart"),
    )
    radios = list(content(converted(with_vml(vml), "FORM_CONTROL_APPROXIMATED")).iter(qn("form:radio")))
    told = [[attribute(item, f"form:{name}") for name in ("name", "value", "linked-cell")] for item in radios]
    assert told == [
        ["Group 1", "1", "Budget.A1"],
        ["Group 1", "2", "Budget.A1"],
        ["Group 2", "1", None],
    ]
    assert attribute(radios[0], "form:current-selected") == "true"


def test_macros_lists_elsewhere_and_unknown_kinds_of_controls_are_reported():
    vml = vml_drawing(
        _control(1, "Button", "<x:FmlaMacro>[0]!Go</x:FmlaMacro>"),
        _control(2, "Drop", "<x:FmlaRange>[1]Data!$A$1:$A$3</x:FmlaRange>"),
        _control(3, "Edit"),
    )
    source = with_vml(vml)
    losses = ("FORM_CONTROL_MACRO_DROPPED", "FORM_CONTROL_APPROXIMATED", "FORM_CONTROL_DROPPED")
    (box,) = content(converted(source, *losses)).iter(qn("form:listbox"))
    assert attribute(box, "form:source-cell-range") is None


OBJECT = (
    '<oleObjects><oleObject progId="Paint" shapeId="1030" r:id="rId2"><objectPr r:id="rId3"><anchor><from><xdr:col>1'
    "</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></from><to><xdr:col>4</xdr:col>"
    "<xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor></objectPr></oleObject>"
    "</oleObjects>"
).replace("<oleObjects>", f'<oleObjects xmlns:xdr="{NAMESPACES["xdr"]}">')
EMBEDDED: dict[str, str | bytes] = {"xl/embeddings/object1.bin": b"bytes", "xl/media/image1.png": PIXEL}


def _carried(target: bytes) -> tuple[etree._Element, bytes]:
    (frame,) = content(target).iter(qn("draw:frame"))
    with zipfile.ZipFile(io.BytesIO(target)) as archive:
        href = attribute(frame.find(qn("draw:object-ole")), "xlink:href")
        return frame, archive.read(href.removeprefix("./"))


def test_an_embedded_object_keeps_its_bytes_picture_and_place(tmp_path):
    target = converted(with_vml(vml_drawing(), OBJECT, EMBEDDED))
    frame, data = _carried(target)
    assert data == b"bytes"
    assert attribute(frame, "table:end-cell-address") == "Budget.E7"
    assert attribute(frame.find(qn("draw:image")), "xlink:href") is not None
    path = tmp_path / "target.ods"
    path.write_bytes(target)
    assert not validate(path).violations


def test_an_object_of_an_older_workbook_finds_its_place_and_picture_in_the_vml_drawing():
    picture = _control(6, "Pict").replace("<v:textbox>", '<v:imagedata o:relid="rId1"/><v:textbox>')
    further = {
        **EMBEDDED,
        "xl/drawings/_rels/vml1.vml.rels": relationships({"rId1": ("image", "../media/image1.png")}),
    }
    old = '<oleObjects><oleObject progId="Paint" shapeId="1030" r:id="rId2"/></oleObjects>'
    frame, data = _carried(converted(with_vml(vml_drawing(picture), old, further)))
    assert (data, attribute(frame, "table:end-cell-address")) == (b"bytes", "Budget.D8")


def test_an_object_without_a_place_is_reported():
    old = '<oleObjects><oleObject progId="Paint" shapeId="1" r:id="rId2"/></oleObjects>'
    converted(with_vml(vml_drawing(), old, EMBEDDED), "EMBEDDED_OBJECT_DROPPED")


# -- drawings ------------------------------------------------------------------------------------------------------

_ANCHOR = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0"
    "</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0"
    "</xdr:rowOff></xdr:to>{}<xdr:clientData/></xdr:twoCellAnchor>"
)
_FRAME = (
    '<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="{name}"/><xdr:cNvGraphicFramePr/>'
    "</xdr:nvGraphicFramePr><xdr:xfrm/><a:graphic><a:graphicData>{content}</a:graphicData></a:graphic></xdr:graphicFrame>"
)


def _drawn(item: str, links: dict[str, tuple[str, str]], further: dict[str, str | bytes]) -> bytes:
    return raw(
        '<sheetData/><drawing r:id="rId1"/>',
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                {"rId1": ("drawing", "../drawings/drawing1.xml")}
            ),
            "xl/drawings/drawing1.xml": f"<xdr:wsDr {_DECLARED}>{_ANCHOR.format(item)}</xdr:wsDr>",
            "xl/drawings/_rels/drawing1.xml.rels": relationships(links),
            **further,
        },
    )


def test_a_slicer_leaves_the_shape_that_the_workbook_has_for_other_programs():
    shape = (
        '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="0" name=""/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"/>'
        "</xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>Here is a slicer</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )
    frame = _FRAME.format(name="Region", content='<sle:slicer name="Region"/>')
    item = (
        f'<mc:AlternateContent><mc:Choice Requires="a14">{frame}</mc:Choice><mc:Fallback>{shape}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    (drawn,) = content(converted(_drawn(item, {}, {}))).iter(qn("draw:custom-shape"))
    assert text(drawn) == "Here is a slicer"


def test_smartart_is_drawn_as_excel_drew_it_last_or_reported():
    item = _FRAME.format(name="Steps", content='<dgm:relIds r:dm="rId1"/>')
    dsp = NAMESPACES["dsp"]
    drawing = (
        f'<dsp:drawing xmlns:dsp="{dsp}" xmlns:a="{NAMESPACES["a"]}"><dsp:spTree><dsp:nvGrpSpPr/><dsp:grpSpPr/><dsp:sp>'
        '<dsp:nvSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></dsp:spPr><dsp:txBody><a:bodyPr/><a:p><a:r>'
        "<a:t>First step</a:t></a:r></a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"
    )
    model = (
        f'<dgm:dataModel xmlns:dgm="{NAMESPACES["dgm"]}" xmlns:a="{NAMESPACES["a"]}"><dgm:extLst><a:ext uri="u">'
        f'<dsp:dataModelExt xmlns:dsp="{dsp}" relId="rId2"/></a:ext></dgm:extLst></dgm:dataModel>'
    )
    data = {"rId1": ("diagramData", "../diagrams/data1.xml")}
    drawn = {**data, "rId2": ("diagramDrawing", "../diagrams/drawing1.xml")}
    parts: dict[str, str | bytes] = {"xl/diagrams/data1.xml": model}
    target = converted(_drawn(item, drawn, {**parts, "xl/diagrams/drawing1.xml": drawing}))
    (group,) = content(target).iter(qn("draw:g"))
    assert text(next(group.iter(qn("draw:custom-shape")))) == "First step"
    converted(_drawn(item, data, parts), "SMARTART_DROPPED")
