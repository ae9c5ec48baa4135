"""The VML shapes of a sheet that stand for controls and embedded objects (ECMA-376 Part 4, 19.1.2.19 and 19.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Package
from converters.xlsx_to_ods.anchors import Corner, read_vml_anchor


@dataclass(frozen=True, slots=True)
class VmlShape:
    """``kind`` is its ``ObjectType`` (19.4.2.66), ``data`` the texts of its client data by local name; ``identifier``
    the number that sheets know it by, ``image`` the relationship of its picture from ``part``."""

    identifier: str
    kind: str
    name: str
    text: str
    data: Mapping[str, str]
    corners: tuple[Corner, Corner] | None
    part: str
    image: str | None
    is_hidden: bool


def read_vml_shapes(package: Package, sheet_part: str) -> list[VmlShape]:
    """The shapes with client data, in the order of the drawing; none where it is damaged, as real ones are."""
    part = package.related_part(sheet_part, "vmlDrawing")
    if part is None:
        return []
    try:
        root = package.read_xml(part)
    except Refused:
        return []
    found = []
    for client in root.iter(qn("xvml:ClientData")):
        shape = client.getparent()
        if shape is None or shape.tag == qn("v:shapetype"):
            continue
        data = {
            etree.QName(item).localname: (item.text or "").strip()
            for item in client
            if isinstance(item.tag, str)
        }
        picture = shape.find(qn("v:imagedata"))
        box = shape.find(qn("v:textbox"))
        found.append(
            VmlShape(
                identifier=_number(shape.get(qn("o:spid")) or shape.get("id", "")),
                kind=client.get("ObjectType", ""),
                name=_name(shape),
                text=" ".join("".join(box.itertext()).split()) if box is not None else "",
                data=data,
                corners=read_vml_anchor(data.get("Anchor", "")),
                part=part,
                image=picture.get(qn("o:relid")) if picture is not None else None,
                is_hidden="visibility:hidden" in shape.get("style", "").replace(" ", ""),
            )
        )
    return found


def _number(identifier: str) -> str:
    """``"1025"`` of ``"_x0000_s1025"``."""
    return identifier.rpartition("_s")[2]


def _name(shape: etree._Element) -> str:
    """The name that a person gave: ``id`` with its characters escaped, unless it is a number of Excel's own."""
    name = shape.get("id", "").replace("_x0020_", " ")
    return "" if name.startswith("_x0000_s") else name
