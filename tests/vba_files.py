"""VBA projects and workbooks with macros, written byte by byte as Office writes them ([MS-OVBA] 2.3, 2.4)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

from migrate.sample_share.vba_project import compound_file
from tests.office_files import (
    X,
    compound,
    compressed,
    document_xml,
    package,
    paragraph,
    pptx,
    relationships,
)

DOCM_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
XLSM_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
VBA_RELATIONSHIP = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_KEYS = {"standard": "Module", "class": "Class", "form": "BaseClass"}
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def project_bin(
    modules: Mapping[str, tuple[str, str]],
    *,
    name: str = "VBAProject",
    codepage: int = 1252,
    references: Mapping[str, str] | None = None,
    protection: str = "",
    storage: str = "",
) -> bytes:
    """``vbaProject.bin`` of modules by name: (kind, code with \\n at line ends). ``storage``: put below it."""
    codec = f"cp{codepage}"
    lines = [
        f"{_KEYS.get(kind, 'Document')}={module}" + ("/&H00000000" if kind == "document" else "")
        for module, (kind, _code) in modules.items()
    ]
    project = "\r\n".join(
        ['ID="{7C6B1F00-0000-4000-8000-000000000001}"', *lines, f'Name="{name}"', protection, ""]
    )
    prefix = f"{storage}/" if storage else ""
    streams = {
        f"{prefix}PROJECT": project.encode(codec),
        f"{prefix}VBA/_VBA_PROJECT": struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0),
        f"{prefix}VBA/dir": compressed(_directory(modules, name, codepage, references or {})),
    }
    for module, (kind, code) in modules.items():
        text = f'Attribute VB_Name = "{module}"\n{code}' if kind != "raw" else code
        streams[f"{prefix}VBA/{module}"] = compressed(text.replace("\n", "\r\n").encode(codec))
    small = sum(map(len, streams.values())) < 40_000 and all(len(data) < 4096 for data in streams.values())
    return compound_file(streams) if small and not storage else compound(streams)


def _record(code: int, content: bytes) -> bytes:
    return struct.pack("<HI", code, len(content)) + content


def _directory(
    modules: Mapping[str, tuple[str, str]], name: str, codepage: int, references: Mapping[str, str]
) -> bytes:
    codec = f"cp{codepage}"
    records = [
        _record(0x0001, struct.pack("<I", 1)),
        _record(0x0002, struct.pack("<I", 0x0409)),
        _record(0x0014, struct.pack("<I", 0x0409)),
        _record(0x0003, struct.pack("<H", codepage)),
        _record(0x0004, name.encode(codec)),
        _record(0x0005, b"") + _record(0x0040, b""),
        _record(0x0006, b"") + _record(0x003D, b""),
        _record(0x0007, struct.pack("<I", 0)),
        _record(0x0008, struct.pack("<I", 0)),
        struct.pack("<HIIH", 0x0009, 4, 1, 1),
        _record(0x000C, b"") + _record(0x003C, b""),
    ]
    for reference, target in references.items():
        libid = target.encode(codec)
        records += [
            _record(0x0016, reference.encode(codec)) + _record(0x003E, reference.encode("utf-16-le")),
            _record(0x000D, struct.pack("<I", len(libid)) + libid + bytes(6)),
        ]
    records += [_record(0x000F, struct.pack("<H", len(modules))), _record(0x0013, struct.pack("<H", 0xFFFF))]
    for module, (kind, _code) in modules.items():
        records += [
            _record(0x0019, module.encode(codec)),
            _record(0x0047, module.encode("utf-16-le")),
            _record(0x001A, module.encode(codec)) + _record(0x0032, module.encode("utf-16-le")),
            _record(0x001C, b"") + _record(0x0048, b""),
            _record(0x0031, struct.pack("<I", 0)),
            _record(0x001E, struct.pack("<I", 0)),
            _record(0x002C, struct.pack("<H", 0xFFFF)),
            _record(0x0021 if kind == "standard" else 0x0022, b""),
            _record(0x002B, b""),
        ]
    return b"".join(records) + _record(0x0010, b"")


def xlsm(
    project: bytes,
    *,
    formula: str = "MyFunc(2)",
    value: str = "4",
    button: str = "",
    shape: str = "",
    media_type: str = XLSM_TYPE,
) -> bytes:
    """A workbook of one sheet, ``Data`` (``Sheet1`` in code): A1 holds ``formula``, with ``value`` as its result;
    a form button and a drawn shape run the macros that are named."""
    relations: dict[str, tuple[str, str]] = {}
    tail = ""
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{_R}"><workbookPr codeName="ThisWorkbook"/>'
        '<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships({"rId1": ("worksheet", "worksheets/sheet1.xml")}).replace(
            "</", f'<Relationship Id="v" Type="{VBA_RELATIONSHIP}" Target="vbaProject.bin"/></'
        ),
        "xl/vbaProject.bin": project,
    }
    if shape:
        relations["rId1"] = ("drawing", "../drawings/drawing1.xml")
        tail += '<drawing r:id="rId1"/>'
        parts["xl/drawings/drawing1.xml"] = _drawing(shape)
    if button:
        relations["rId2"] = ("vmlDrawing", "../drawings/vml1.vml")
        tail += '<legacyDrawing r:id="rId2"/>'
        parts["xl/drawings/vml1.vml"] = _vml(button)
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{X}" xmlns:r="{_R}"><sheetPr codeName="Sheet1"/><sheetData><row r="1"><c r="A1">'
        f"<f>{formula}</f><v>{value}</v></c></row></sheetData>{tail}</worksheet>"
    )
    if relations:
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(relations)
    types = {
        "xl_worksheets_sheet1_xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
        "xl_vbaProject_bin": "application/vnd.ms-office.vbaProject",
        "xl_drawings_drawing1_xml": "application/vnd.openxmlformats-officedocument.drawing+xml",
        "xl_drawings_vml1_vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
    }
    return package(parts, "xl/workbook.xml", media_type, **types)


def _vml(macro: str) -> str:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t201" coordsize="21600,21600" '
        'o:spt="201" path="m,l,21600r21600,l21600,xe"/><v:shape id="_x0000_s1025" type="#_x0000_t201" '
        'style="position:absolute;margin-left:96pt;margin-top:15pt;width:96pt;height:30pt;z-index:1" o:button="t" '
        'fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto">'
        '<v:textbox><div style="text-align:center">Run</div></v:textbox><x:ClientData ObjectType="Button">'
        "<x:Anchor>2, 0, 1, 0, 4, 0, 3, 0</x:Anchor><x:PrintObject>False</x:PrintObject><x:AutoFill>False</x:AutoFill>"
        f"<x:FmlaMacro>{macro}</x:FmlaMacro></x:ClientData></v:shape></xml>"
    )


def _drawing(macro: str) -> str:
    return (
        f'<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}"><xdr:twoCellAnchor>'
        "<xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        "<xdr:to><xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        f'<xdr:sp macro="{macro}" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Arrow"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        '<xdr:spPr><a:xfrm><a:off x="3000000" y="200000"/><a:ext cx="1200000" cy="400000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>'
        "</xdr:wsDr>"
    )


def docm(project: bytes, body: str = "") -> bytes:
    rels = relationships({}).replace(
        "</", f'<Relationship Id="v" Type="{VBA_RELATIONSHIP}" Target="vbaProject.bin"/></'
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": document_xml(body or paragraph("Dear reader")),
        "word/_rels/document.xml.rels": rels,
        "word/vbaProject.bin": project,
    }
    return package(parts, "word/document.xml", DOCM_TYPE)


def pptm(project: bytes) -> bytes:
    """The presentation of the other tests, with a project in it."""
    stream = io.BytesIO(pptx())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("ppt/vbaProject.bin", project)
    return stream.getvalue()
