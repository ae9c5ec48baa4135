"""Flat OPC: a package written as one XML document (ECMA-376 Part 2 names no such form; [MS-DOCX] and Office write it).

``pkg:package`` holds a ``pkg:part`` per part, with ``pkg:xmlData`` or base64 ``pkg:binaryData``. It is turned into a
zip in memory, so that every converter sees one kind of package and the same limits hold.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile

from lxml import etree

from converters.errors import Refused
from converters.ooxml.namespaces import NAMESPACES
from converters.ooxml.package import DEFAULT_LIMITS, Limits, Package
from converters.ooxml.xml import read_xml

_PKG = f"{{{NAMESPACES['pkg']}}}"
_TYPES = NAMESPACES["ct"]


def read_flat_package(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Package:
    """The package that a Flat OPC document holds.

    Raises Refused: LIMIT_PART_SIZE, UNSAFE_NAME, DUPLICATE_NAME, DAMAGED_XML and as ``read_xml``.
    """
    if len(data) > limits.tree_bytes:
        raise Refused("LIMIT_PART_SIZE", part="pkg:package", limit=limits.tree_bytes)
    root = read_xml(data, "pkg:package")
    types = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    etree.SubElement(
        types,
        f"{{{_TYPES}}}Default",
        Extension="rels",
        ContentType="application/vnd.openxmlformats-package.relationships+xml",
    )
    stream = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for part in root.iterfind(f"{_PKG}part"):
            name = part.get(f"{_PKG}name", "")
            if not name.startswith("/") or name in names:
                raise Refused("DUPLICATE_NAME" if name in names else "UNSAFE_NAME", name=name)
            names.add(name)
            etree.SubElement(
                types,
                f"{{{_TYPES}}}Override",
                PartName=name,
                ContentType=part.get(f"{_PKG}contentType", ""),
            )
            archive.writestr(name[1:], _part_bytes(part, name))
        archive.writestr("[Content_Types].xml", etree.tostring(types))
    return Package(stream, limits)


def _part_bytes(part: etree._Element, name: str) -> bytes:
    xml = part.find(f"{_PKG}xmlData")
    if xml is not None:
        content = next(xml.iterchildren(etree.Element), None)
        return etree.tostring(content) if content is not None else b""
    try:
        return base64.b64decode(part.findtext(f"{_PKG}binaryData", ""), validate=False)
    except binascii.Error as error:
        raise Refused("DAMAGED_XML", part=name, detail=str(error)) from None
