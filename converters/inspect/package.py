"""Inspection of OOXML packages: relationships, then every part's elements, then what no table handles."""

from __future__ import annotations

from pathlib import Path

from converters.errors import Refused
from converters.flat_opc import read_flat_package
from converters.identify import Identity
from converters.inspect.elements import count_elements
from converters.inspect.expected import expect_losses
from converters.inspect.findings import Findings
from converters.inspect.settings import inspect_settings
from converters.inspect.vba import read_project
from converters.losses import Place
from converters.ooxml.metadata import read_metadata
from converters.ooxml.package import Limits, Package, Relationship
from converters.parts import ROLES, is_idle_custom_xml, relationships, report_package_losses

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
    "subDocument": ("document", "external_link"),
    "frame": ("document", "external_link"),
}


def inspect_package(
    path: Path, identity: Identity, findings: Findings, *, deep: bool, limits: Limits
) -> None:
    """Raises Refused where the package cannot be read at all; damaged parts are findings."""
    with _opened(path, identity, limits) as package:
        _inspect_metadata(package, findings)
        _inspect_relationships(package, findings)
        _inspect_macros(package, findings, deep=deep)
        native = identity.properties.native
        report_package_losses(package, findings.losses, engine_independent_only=not native)
        if native:  # the parts of a binary workbook are no XML
            inspect_settings(package, findings)
            count_elements(package, identity.family, findings)
            expect_losses(package, identity, findings.losses)


def inspect_package_for_libreoffice(
    path: Path, identity: Identity, findings: Findings, limits: Limits
) -> None:
    """Only what no census counts: relationships, macros with their lines, losses that hang on no engine."""
    with _opened(path, identity, limits) as package:
        _inspect_relationships(package, findings)
        _inspect_macros(package, findings, deep=True)
        report_package_losses(package, findings.losses, engine_independent_only=True)


def _opened(path: Path, identity: Identity, limits: Limits) -> Package:
    if identity.kind == "flat_docx":
        return read_flat_package(path.read_bytes(), limits)
    return Package(path, limits)


def _inspect_metadata(package: Package, findings: Findings) -> None:
    found = read_metadata(package)
    findings.application = f"{found.application} {found.application_version}".strip()
    fields = (
        "title",
        "creator",
        "last_modified_by",
        "created",
        "modified",
        "company",
        "template",
        "language",
    )
    findings.metadata.update({name: value for name in fields if (value := getattr(found, name))})
    if found.pages:
        findings.work["pages"] = found.pages
    findings.work["parts"] = len(package.part_names)
    findings.work["unpacked_bytes"] = sum(package.size(part) for part in package.part_names)


def _inspect_relationships(package: Package, findings: Findings) -> None:
    seen: set[str] = set()
    for source, relationship in relationships(package):
        if relationship.external:
            _inspect_external(source, relationship, findings)
            continue
        role = ROLES.get(relationship.kind)
        target = relationship.target
        if role is None or not role.feature or target in seen:
            continue
        if role.feature == "custom_xml" and is_idle_custom_xml(package, target):
            continue
        seen.add(target)
        findings.add(role.feature, Place("part", part=target))


def _inspect_external(source: str, relationship: Relationship, findings: Findings) -> None:
    kind, feature = _EXTERNAL.get(relationship.kind, (relationship.kind, ""))
    place = Place("part", part=source)
    if kind == "hyperlink" and relationship.target.startswith("#"):
        return
    findings.add_link(kind, relationship.target, place)
    if feature:
        findings.add(feature, place)


def _inspect_macros(package: Package, findings: Findings, *, deep: bool) -> None:
    for _source, relationship in relationships(package):
        if relationship.kind != "vbaProject" or relationship.external or relationship.target not in package:
            continue
        try:
            findings.macros.extend(read_project(package.read(relationship.target), deep=deep))
        except Refused as refusal:
            findings.losses.report(
                "PART_DAMAGED", Place("part", part=relationship.target), detail=str(refusal)
            )
