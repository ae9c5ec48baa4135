"""Small Office files built byte by byte, for tests that must not depend on any file from elsewhere."""

from __future__ import annotations

import io
import struct
import zipfile

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument."
DOCX_TYPE = _MAIN + "wordprocessingml.document.main+xml"
XLSX_TYPE = _MAIN + "spreadsheetml.sheet.main+xml"
PPTX_TYPE = _MAIN + "presentationml.presentation.main+xml"


def package(parts: dict[str, str | bytes], main: str, media_type: str, **more_types: str) -> bytes:
    """A package; ``more_types`` are media types of parts by their name with ``/`` and ``.`` as ``_``."""
    overrides = {main: media_type}
    for name in parts:
        if kind := more_types.get(name.replace("/", "_").replace(".", "_")):
            overrides[name] = kind
    entries = "".join(f'<Override PartName="/{n}" ContentType="{t}"/>' for n, t in overrides.items())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>',
        )
        archive.writestr("_rels/.rels", relationships({"rId1": ("officeDocument", main)}))
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def relationships(targets: dict[str, tuple[str, str]]) -> str:
    """``{id: (kind, target)}``; a target with a colon is external."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind if ":" in kind else f"{_OFFICE}/{kind}"}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_RELS}">{rows}</Relationships>'


def document_xml(body: str) -> str:
    return f'<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>'


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str = paragraph("Dear reader"), media_type: str = DOCX_TYPE, **parts: str) -> bytes:
    """A Word document; further parts by name with ``__`` for ``/`` and ``_xml`` endings spelled ``.xml``."""
    return package({"word/document.xml": document_xml(body), **parts}, "word/document.xml", media_type)


def docx_with(parts: dict[str, str | bytes], body: str = paragraph("Dear reader")) -> bytes:
    return package({"word/document.xml": document_xml(body), **parts}, "word/document.xml", DOCX_TYPE)


def xlsx(rows: str = '<row r="1"><c r="A1"><v>5</v></c></row>', media_type: str = XLSX_TYPE) -> bytes:
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Budget" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships({"rId1": ("worksheet", "worksheets/sheet1.xml")}),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{X}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return package(parts, "xl/workbook.xml", media_type)


def pptx(text: str = "Welcome", media_type: str = PPTX_TYPE) -> bytes:
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{_OFFICE}"><p:sldIdLst>'
        '<p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relationships({"rId1": ("slide", "slides/slide1.xml")}),
        "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree><p:sp><p:txBody>'
        f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>",
    }
    return package(parts, "ppt/presentation.xml", media_type)


def flat_docx(text: str = "Dear reader") -> bytes:
    """Flat OPC: the same document as one XML file."""
    pkg = "http://schemas.microsoft.com/office/2006/xmlPackage"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="{pkg}"><pkg:part pkg:name="/_rels/.rels" pkg:contentType="{rels}"><pkg:xmlData>'
        + relationships({"rId1": ("officeDocument", "word/document.xml")})
        + f'</pkg:xmlData></pkg:part><pkg:part pkg:name="/word/document.xml" pkg:contentType="{DOCX_TYPE}">'
        f"<pkg:xmlData>{document_xml(paragraph(text))}</pkg:xmlData></pkg:part></pkg:package>"
    ).encode()


# -- compound files ([MS-CFB]), version 3: 512-byte sectors, every stream padded past the mini stream's limit -------

_SECTOR, _END, _FREE, _FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with streams in its root storage, or in one storage deep (``"VBA/dir"``)."""
    storages = sorted({name.split("/")[0] for name in streams if "/" in name})
    entries: list[tuple[str, int, list[int], int, bytes]] = [("Root Entry", 5, [], 0, b"")]
    for name in storages:
        entries.append((name, 1, [], 0, b""))
    for name, data in streams.items():
        padded = data.ljust(4096, b"\x00")
        entries.append((name.split("/")[-1], 2, [], len(padded), padded))
        parent = storages.index(name.split("/")[0]) + 1 if "/" in name else 0
        entries[parent][2].append(len(entries) - 1)
    entries[0][2].extend(range(1, len(storages) + 1))
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: dict[int, int] = {}
    for index, entry in enumerate(entries):
        if entry[1] == 2:
            starts[index] = len(sectors)
            _append(sectors, fat, entry[4])
    directory = len(sectors)
    _append(sectors, fat, b"".join(_entry(entries, starts, index) for index in range(len(entries))))
    fat_start = len(sectors)
    fat_sectors = (len(fat) + _SECTOR // 4) // (_SECTOR // 4) + 1
    fat.extend([_FAT] * fat_sectors)
    fat.extend([_FREE] * (fat_sectors * _SECTOR // 4 - len(fat)))
    difat = [fat_start + index for index in range(fat_sectors)]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x00" * 16,
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        fat_sectors,
        directory,
        0,
        4096,
        _END,
        0,
        _END,
        0,
    )
    header += b"".join(struct.pack("<I", sector) for sector in difat).ljust(436, b"\xff")
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)


def _append(sectors: list[bytes], fat: list[int], data: bytes) -> None:
    pieces = [data[at : at + _SECTOR].ljust(_SECTOR, b"\x00") for at in range(0, max(len(data), 1), _SECTOR)]
    first = len(sectors)
    sectors.extend(pieces)
    fat.extend([*range(first + 1, first + len(pieces)), _END])


def _entry(
    entries: list[tuple[str, int, list[int], int, bytes]], starts: dict[int, int], index: int
) -> bytes:
    """A directory entry; siblings hang on each other's right side, which every reader follows."""
    name, kind, children, size, _data = entries[index]
    parents = [entry[2] for entry in entries if index in entry[2]]
    siblings = parents[0] if parents else [index]
    position = siblings.index(index)
    right = siblings[position + 1] if position + 1 < len(siblings) else _FREE
    raw = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack(
        "<64sHBBIII16sIQQIII",
        raw,
        len(raw),
        kind,
        1,
        _FREE,
        right,
        children[0] if children else _FREE,
        b"\x00" * 16,
        0,
        0,
        0,
        starts.get(index, 0 if kind != 2 else _END),
        size,
        0,
    )


def biff(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", code, len(content)) + content for code, content in records)


BOF8 = (0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))


def xls(*records: tuple[int, bytes]) -> bytes:
    return compound({"Workbook": biff(BOF8, *records, (0x000A, b""))})


def doc(flags: int = 0, version: int = 0x00C1) -> bytes:
    head = struct.pack("<HHHHHH", 0xA5EC, version, 0, 0, 0, flags)
    return compound({"WordDocument": head})


# -- VBA ([MS-OVBA]) ------------------------------------------------------------------------------------------------


def compressed(text: bytes) -> bytes:
    """A compressed container of literal tokens only ([MS-OVBA] 2.4.1.3)."""
    chunks = b""
    for start in range(0, len(text), 3000):
        piece = text[start : start + 3000]
        tokens = b"".join(b"\x00" + piece[at : at + 8] for at in range(0, len(piece), 8))
        chunks += struct.pack("<H", 0xB000 | (len(tokens) - 1)) + tokens
    return b"\x01" + chunks


def vba_project(modules: dict[str, str]) -> bytes:
    """A project as ``vbaProject.bin`` holds it, with its modules in the clear ([MS-OVBA] 2.3)."""

    def record(code: int, content: bytes) -> bytes:
        return struct.pack("<HI", code, len(content)) + content

    directory = record(0x0003, struct.pack("<H", 1252)) + struct.pack("<HIIH", 0x0009, 4, 1, 1)
    for name in modules:
        raw = name.encode()
        directory += record(0x0019, raw) + record(0x001A, raw) + record(0x0031, struct.pack("<I", 0))
    project = "".join(f"Module={name}\r\n" for name in modules)
    return compound(
        {
            "PROJECT": project.encode(),
            "VBA/dir": compressed(directory),
            **{f"VBA/{name}": compressed(source.encode()) for name, source in modules.items()},
        }
    )


def docm(modules: dict[str, str]) -> bytes:
    """A Word document with macros."""
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    rels = relationships({}).replace("</", f'<Relationship Id="v" Type="{kind}" Target="vbaProject.bin"/></')
    parts: dict[str, str | bytes] = {
        "word/document.xml": document_xml(paragraph("Dear reader")),
        "word/vbaProject.bin": vba_project(modules),
        "word/_rels/document.xml.rels": rels,
    }
    return package(parts, "word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
