"""Builds small WordprocessingML packages from snippets, and converts them."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from converters.docx_to_odt import convert
from converters.losses import Loss, LossLog
from converters.odf.namespaces import qn as odf_qn
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import Package
from converters.options import Options
from tests.flat_odf import flatten

_DECLARATIONS = " ".join(
    f'xmlns:{prefix}="{NAMESPACES[prefix]}"'
    for prefix in ("w", "r", "wp", "a", "pic", "wps", "mc", "v", "o", "m", "w14")
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# part -> (kind of relationship, content type, root element)
_PARTS = {
    "styles": ("styles", "styles+xml", "w:styles"),
    "numbering": ("numbering", "numbering+xml", "w:numbering"),
    "settings": ("settings", "settings+xml", "w:settings"),
    "fontTable": ("fontTable", "fontTable+xml", "w:fonts"),
    "footnotes": ("footnotes", "footnotes+xml", "w:footnotes"),
    "endnotes": ("endnotes", "endnotes+xml", "w:endnotes"),
    "comments": ("comments", "comments+xml", "w:comments"),
    "header1": ("header", "header+xml", "w:hdr"),
    "header2": ("header", "header+xml", "w:hdr"),
    "footer1": ("footer", "footer+xml", "w:ftr"),
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/>
<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="0"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Fort"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def build_docx(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    relationships: str = "",
    files: Mapping[str, bytes] | None = None,
    before_body: str = "",
) -> bytes:
    """A package around body snippets. ``parts`` holds the content of further parts by name of ``_PARTS``."""
    parts = {"styles": STYLES, **(parts or {})}
    overrides, rels = [], []
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            kind, content_type, root = _PARTS[name]
            archive.writestr(f"word/{name}.xml", f"<{root} {_DECLARATIONS}>{content}</{root}>")
            overrides.append(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{content_type}"/>')
            rels.append(f'<Relationship Id="{name}" Type="{NAMESPACES["r"]}/{kind}" Target="{name}.xml"/>')
        document = f"<w:document {_DECLARATIONS}>{before_body}<w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        overrides.append(f'<Override PartName="/word/document.xml" ContentType="{_TYPE}document.main+xml"/>')
        for name, data in (files or {}).items():
            archive.writestr(name, data)
        archive.writestr("word/_rels/document.xml.rels", _relationships("".join(rels) + relationships))
        main = f'<Relationship Id="r1" Type="{NAMESPACES["r"]}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", _relationships(main))
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{NAMESPACES["ct"]}"><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>',
        )
    return stream.getvalue()


def _relationships(rows: str) -> str:
    return f'<Relationships xmlns="{NAMESPACES["rel"]}">{rows}</Relationships>'


def convert_docx(source: bytes) -> tuple[bytes, tuple[Loss, ...]]:
    """The bytes of the ODT and the losses."""
    log, stream = LossLog(), io.BytesIO()
    with Package(source) as package, OdfPackage(stream, MEDIA_TYPES["odt"]) as odf:
        convert(package, odf, Options(), log)
    return stream.getvalue(), log.losses()


def converted(body: str, *, losses: tuple[str, ...] = (), **build: object) -> etree._Element:
    """The flat ODF of a document; fails on a loss that is not announced, and on one that does not come."""
    target, found = convert_docx(build_docx(body, **build))  # type: ignore[arg-type]
    assert sorted(loss.code for loss in found) == sorted(losses)
    return flatten(io.BytesIO(target))


def body_of(root: etree._Element) -> etree._Element:
    found = root.find(f"{odf_qn('office:body')}/{odf_qn('office:text')}")
    assert found is not None
    return found


def style_of(root: etree._Element, element: etree._Element) -> dict[str, str]:
    """All formatting attributes of an element's style, with those of its ancestors below them."""
    values: dict[str, str] = {}
    name = next(value for key, value in element.attrib.items() if key == odf_qn("text:style-name"))
    while name:
        style = next(s for s in root.iter(odf_qn("style:style")) if s.get(odf_qn("style:name")) == name)
        for properties in style:
            for key, value in properties.attrib.items():
                values.setdefault(etree.QName(key).localname, value)
        name = style.get(odf_qn("style:parent-style-name"), "")
    return values


def text_of(element: etree._Element) -> str:
    """Text as it reads, with spaces, tabs and breaks."""
    pieces = [element.text or ""]
    for child in element:
        name = etree.QName(child).localname
        if name == "s":
            pieces.append(" " * int(child.get(odf_qn("text:c"), "1")))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        else:
            pieces.append(text_of(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    run_properties = f"<w:rPr>{run}</w:rPr>" if run else ""
    paragraph_properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return (
        f'<w:p>{paragraph_properties}<w:r>{run_properties}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )
