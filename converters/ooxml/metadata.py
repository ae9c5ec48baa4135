"""Document properties: core (Dublin Core), extended (app.xml) and custom. ECMA-376 Part 2, 8; Part 1, 22.2, 22.3."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.ooxml.namespaces import NAMESPACES, qn
from converters.ooxml.package import Package


@dataclass(frozen=True, slots=True)
class CustomProperty:
    """``value_type`` is one of ODF's: string, float, boolean, date."""

    name: str
    value_type: str
    value: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """Texts as written; dates in ISO 8601 as written; empty where the package says nothing."""

    title: str = ""
    subject: str = ""
    creator: str = ""
    description: str = ""
    keywords: str = ""
    language: str = ""
    category: str = ""
    created: str = ""
    modified: str = ""
    last_modified_by: str = ""
    last_printed: str = ""
    revision: str = ""
    application: str = ""
    application_version: str = ""
    company: str = ""
    manager: str = ""
    template: str = ""
    editing_minutes: int = 0
    pages: int | None = None
    words: int | None = None
    custom: tuple[CustomProperty, ...] = ()


def _by_name(fields: dict[str, str]) -> dict[str, str]:
    return {qn(name): field for name, field in fields.items()}


_CORE = _by_name(
    {
        "dc:title": "title",
        "dc:subject": "subject",
        "dc:creator": "creator",
        "dc:description": "description",
        "cp:keywords": "keywords",
        "dc:language": "language",
        "cp:category": "category",
        "dcterms:created": "created",
        "dcterms:modified": "modified",
        "cp:lastModifiedBy": "last_modified_by",
        "cp:lastPrinted": "last_printed",
        "cp:revision": "revision",
    }
)
_EXTENDED = _by_name(
    {
        "ep:Application": "application",
        "ep:AppVersion": "application_version",
        "ep:Company": "company",
        "ep:Manager": "manager",
        "ep:Template": "template",
    }
)
# attribute of a label -> the end of its property's name
_LABEL_PROPERTIES = (
    ("enabled", "Enabled"),
    ("siteId", "SiteId"),
    ("method", "Method"),
    ("contentBits", "ContentBits"),
    ("setDate", "SetDate"),
    ("name", "Name"),
)
_CUSTOM_TYPES = {
    "bool": "boolean",
    "filetime": "date",
    "date": "date",
    **dict.fromkeys(("i1", "i2", "i4", "i8", "int", "ui1", "ui2", "ui4", "ui8", "uint", "r4", "r8"), "float"),
}


def read_metadata(package: Package) -> Metadata:
    """The document's properties; a missing or damaged properties part reads as empty."""
    found: dict[str, str] = {}
    core = _optional(package, "core-properties")
    extended = _optional(package, "extended-properties")
    for root, table in ((core, _CORE), (extended, _EXTENDED)):
        if root is not None:
            for child in root.iterchildren(etree.Element):
                field = table.get(child.tag)
                if field and field not in found and (text := (child.text or "").strip()):
                    found[field] = text
    numbers = {}
    if extended is not None:
        for tag, field in (("Pages", "pages"), ("Words", "words"), ("TotalTime", "editing_minutes")):
            text = (extended.findtext(f"{{{NAMESPACES['ep']}}}{tag}") or "").strip()
            if text.isdigit():
                numbers[field] = int(text)
    labels = read_label_properties(package)  # their part wins where both are there
    names = {item.name for item in labels}
    custom = tuple(item for item in read_custom_properties(package) if item.name not in names) + labels
    return Metadata(**found, **numbers, custom=custom)  # type: ignore[arg-type]


def read_custom_properties(package: Package) -> tuple[CustomProperty, ...]:
    """The custom properties; a missing or damaged part reads as empty."""
    return _read_custom(_optional(package, "custom-properties"))


def read_label_properties(package: Package) -> tuple[CustomProperty, ...]:
    """The sensitivity labels in force that stand in a part of their own ([MS-OFFCRYPTO] 2.6.4), under the names that
    older versions of Office give them as custom properties ([MS-OI29500] 3.4.1.5)."""
    root = _optional(package, "classificationlabels")
    return tuple(
        CustomProperty(
            f"MSIP_Label_{element.get('id', '').strip('{}')}_{name}",
            "string",
            "true" if name == "Enabled" else value,
        )
        for element in (root.iter(etree.Element) if root is not None else ())
        if is_label_in_force(element)
        for attribute, name in _LABEL_PROPERTIES
        if (value := element.get(attribute, "").strip("{}"))
    )


def is_label_in_force(element: etree._Element) -> bool:
    """Whether an element is a label, and one that was not taken off again."""
    return (
        etree.QName(element).localname == "label"
        and element.get("enabled", "1") in ("1", "true")
        and element.get("removed", "0") not in ("1", "true")
    )


def _optional(package: Package, kind: str) -> etree._Element | None:
    part = package.related_part("", kind)
    if part is None:
        return None
    try:
        return package.read_xml(part)
    except Refused:
        return None


def _read_custom(root: etree._Element | None) -> tuple[CustomProperty, ...]:
    found = []
    for element in root if root is not None else ():
        name = element.get("name", "")
        value = next(iter(element), None)
        if element.tag != qn("op:property") or value is None or not name:
            continue
        kind = _CUSTOM_TYPES.get(etree.QName(value).localname, "string")
        found.append(CustomProperty(name, kind, "".join(value.itertext()).strip()))
    return tuple(found)
