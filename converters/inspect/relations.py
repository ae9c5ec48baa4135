"""What the relationships and the names of a package's parts tell: features, and links that lead outside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from converters.errors import Refused
from converters.inspect.findings import Findings
from converters.losses import Place
from converters.ooxml.package import Package, Relationship
from converters.parts import ROLES, is_idle_custom_xml, relationships

# relationship kind of an external relationship -> (kind of link, feature)
_EXTERNAL: dict[str, tuple[str, str]] = {
    "hyperlink": ("hyperlink", ""),
    "image": ("picture", "external_link"),
    "attachedTemplate": ("template", "attached_template"),
    "oleObject": ("ole", "external_link"),
    "package": ("ole", "external_link"),
    "audio": ("media", "external_link"),
    "video": ("media", "external_link"),
    "media": ("media", "external_link"),
    "externalLinkPath": ("workbook", ""),  # its part is counted as external_link already
    "externalLinkLongPath": ("workbook", ""),
    "xlExternalLinkPath": ("workbook", ""),
    "xlPathMissing": ("workbook", ""),
    "pivotCacheDefinition": ("workbook", "external_link"),
    "externalLink": ("workbook", "external_link"),
    "mailMergeSource": ("data", "mail_merge"),
    "mailMergeHeaderSource": ("data", "mail_merge"),
    "recipientData": ("data", "mail_merge"),
    "subDocument": ("document", "external_link"),
    "frame": ("document", "external_link"),
    "aFChunk": ("document", "external_link"),
    "slide": ("document", "external_link"),
    "slideUpdateUrl": ("document", "external_link"),
    "externalReference": ("workbook", "external_link"),
    "worksheetSource": ("workbook", "external_link"),
    "xmlMaps": ("data", "external_data"),
    "customXml": ("data", "external_data"),
}
# name of a part -> feature, for parts that no relationship leads to, or whose relationship says less
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), feature)
    for pattern, feature in (
        (r"(^|/)vbaProject[^/]*\.bin$", "macros"),
        (r"(^|/)(intl)?macrosheets/[^/]+\.(xml|bin)$", "macro_sheet"),
        (r"(^|/)activeX/[^/]+\.xml$", "activex"),
        (r"(^|/)embeddings/[^/]+$", "ole_object"),
        (r"(^|/)externalLinks/[^/]+\.(xml|bin)$", "external_link"),
        (r"(^|/)connections\.(xml|bin)$", "external_data"),
        (r"(^|/)pivotTables/[^/]+\.(xml|bin)$", "pivot_table"),
        (r"(^|/)model/item[^/]*\.data$", "data_model"),
        (r"(^|/)(slicers|timelines)/[^/]+\.xml$", "slicer"),
        (r"(^|/)diagrams/data[^/]*\.xml$", "smartart"),
        (r"(^|/)ink/[^/]+\.xml$", "ink"),
        (r"\.glb$", "media"),
        (r"(^|/)revisions/revisionHeaders\.xml$", "tracked_change"),
        (r"^_xmlsignatures/[^/]*sig[^/]*\.xml$", "signature"),
        (r"^docMetadata/LabelInfo\.xml$", "sensitivity_label"),
        (r"(^|/)embedded\w*/[^/]+\.(mdb|accdb)$", "package_object"),
        (r"(^|/)media/[^/]+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|emz|wmz|svg|wdp|pict?)$", "picture"),
        (r"(^|/)fonts/[^/]+\.(odttf|fntdata)$", "embedded_font"),
    )
)
# folders of those parts, since most parts of a package stand in none of them
_FOLDERS = frozenset(
    [
        "activex",
        "embeddings",
        "externallinks",
        "macrosheets",
        "intlmacrosheets",
        "pivottables",
        "model",
        "slicers",
        "timelines",
        "diagrams",
        "ink",
        "revisions",
        "_xmlsignatures",
        "docmetadata",
        "fonts",
        "media",
    ]
)
_FILES = ("vbaproject", "connections.", "embedded")
_BY_NAME = ("", "picture")  # no feature, or one that is counted by the names of parts
_TYPE = re.compile(rb"""\bType\s*=\s*["'][^"']*/([^"'/]*)["']""")
_SILENT = frozenset(
    kind.encode() for kind, role in ROLES.items() if role.feature in _BY_NAME and (role.idle or not role.loss)
)


def telling_sources(package: Package) -> list[str]:
    """The parts some of whose relationships lead outside or mean a feature or a loss, told by bytes.

    Most relationships parts name a layout, a theme, a picture: these need not be parsed.
    """
    return [source for source in package.relationship_sources if _tells(package, source)]


def _tells(package: Package, source: str) -> bool:
    if not source:
        return True
    try:
        data = package.read(package.relationships_part(source))
    except Refused:
        return True  # reported where the part is read
    kinds = _TYPE.findall(data)
    return (
        b"xternal" in data
        or len(kinds) != data.count(b"Target=")
        or not _SILENT.issuperset(kinds)
        or not kinds
    )


def inspect_relationships(package: Package, findings: Findings, sources: Iterable[str] | None = None) -> None:
    """Record what relationships (of ``sources``, or all) lead to, and what stands in the package beside them."""
    seen: set[str] = set()
    for source, relationship in relationships(package, sources):
        if relationship.external:
            _inspect_external(source, relationship, findings)
            continue
        role = ROLES.get(relationship.kind)
        target = relationship.target
        if role is None or role.feature in _BY_NAME or target in seen:
            continue
        if role.feature == "custom_xml" and is_idle_custom_xml(package, target):
            continue
        seen.add(target)
        findings.add(role.feature, Place("part", part=target))
    _inspect_names(package, seen, findings)


def _inspect_names(package: Package, seen: set[str], findings: Findings) -> None:
    known = {feature for _pattern, feature in _NAMES if findings.count(feature)}
    for part in package.part_names:
        if part in seen:
            continue
        lowered = part.lower()
        if _FOLDERS.isdisjoint(lowered.split("/")[:-1]) and not any(name in lowered for name in _FILES):
            continue
        feature = next((feature for pattern, feature in _NAMES if pattern.search(part)), "")
        if feature and feature not in known:
            findings.add(feature, Place("part", part=part))


def _inspect_external(source: str, relationship: Relationship, findings: Findings) -> None:
    kind, feature = _EXTERNAL.get(relationship.kind, (relationship.kind, ""))
    target = relationship.target
    place = Place("part", part=source)
    if kind == "hyperlink" and target.startswith("#"):
        return
    findings.add_link(kind, target, place)
    if feature:
        findings.add(feature, place)
