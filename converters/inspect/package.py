"""Inspection of OOXML packages: what stands around the text first, then the text, as deep as is asked for."""

from __future__ import annotations

from converters.identify import Identity
from converters.inspect.connections import inspect_connections
from converters.inspect.directory import inspect_text
from converters.inspect.elements import count_elements
from converters.inspect.expected import expect_losses
from converters.inspect.findings import Findings
from converters.inspect.macros import note_projects
from converters.inspect.producers import producer_of
from converters.inspect.relations import inspect_relationships, telling_sources
from converters.inspect.settings import inspect_settings
from converters.macros.containers import projects_of_package
from converters.ooxml.metadata import read_metadata
from converters.ooxml.package import Package
from converters.parts import report_package_losses

_METADATA = (
    "title",
    "creator",
    "last_modified_by",
    "created",
    "modified",
    "company",
    "template",
    "language",
)


def inspect_package(package: Package, identity: Identity, findings: Findings, *, deep: bool) -> None:
    """Raises Refused where the package cannot be read at all; damaged parts are findings.

    ``identity`` may be of a package that is refused or not converted: it is looked into as far as it goes.
    """
    native = identity.properties.native
    inspect_metadata(package, findings)
    sources = package.relationship_sources if deep else telling_sources(package)
    inspect_relationships(package, findings, sources)
    note_projects(projects_of_package(package, sources, deep=deep), identity.family, findings)
    report_package_losses(package, findings.losses, engine_independent_only=not native, sources=sources)
    inspect_connections(package, findings)
    if not native:  # the parts of a binary workbook are no XML, and a drawing has no family
        return
    inspect_settings(package, identity.family, findings)
    if deep:
        count_elements(package, identity.family, findings)
        expect_losses(package, identity, findings.losses)
    else:
        inspect_text(package, identity.family, findings)


def inspect_package_for_libreoffice(package: Package, findings: Findings) -> None:
    """Only what no census counts: relationships, losses that hang on no engine."""
    inspect_relationships(package, findings)
    report_package_losses(package, findings.losses, engine_independent_only=True)


def inspect_metadata(package: Package, findings: Findings) -> None:
    found = read_metadata(package)
    findings.application = f"{found.application} {found.application_version}".strip()
    findings.metadata.update({name: value for name in _METADATA if (value := getattr(found, name))})
    findings.producer = producer_of(
        findings.application, found.creator, found.description, found.last_modified_by
    )
    if found.pages:
        findings.work["pages"] = found.pages
    findings.work["parts"] = len(package.part_names)
    findings.work["unpacked_bytes"] = sum(package.size(part) for part in package.part_names)
