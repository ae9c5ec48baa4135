"""Everything found inside a file, without converting it: :func:`inspect`, and :func:`inspect_all` in workers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from converters.errors import ConverterError, Failed, describe
from converters.identify import Identity, identify
from converters.inspect import legacy, package
from converters.inspect.findings import Findings
from converters.inspect.macros import modules_with_code, report_macros
from converters.inspection import Inspection
from converters.ooxml.package import DEFAULT_LIMITS, Limits
from converters.workers import WorkerLimits, WorkerPool

Level = Literal["cheap", "deep"]
_OLE_KINDS = frozenset(["doc", "dot", "doc95", "dot95", "xls", "xlt", "xls95", "ppt", "works"])


def inspect(path: Path, level: Level = "cheap", *, limits: Limits = DEFAULT_LIMITS) -> Inspection:
    """What is in the file at ``path``; one that would be refused is inspected as far as it goes, with ``error``.

    cheap reads every part once, counts work and features, and predicts losses; deep adds the source of macros.
    Raises Failed NO_SOURCE, UNREADABLE_SOURCE; never for what stands in the file.
    """
    path = Path(path)
    identity = identify(path, limits)
    try:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Failed("UNREADABLE_SOURCE", detail=error.strerror or str(error)) from None
    findings = Findings()
    stop: ConverterError | None = identity.refusal()
    try:
        if stop is None:
            _look_inside(path, identity, level, limits, findings)
        else:
            _note_protection(identity, findings)
    except ConverterError as found:
        stop = found
    except Exception as unexpected:
        stop = Failed("INTERNAL", detail=describe(unexpected))
    return findings.inspection(
        sha256=sha256,
        size_bytes=identity.size_bytes,
        kind=identity.kind,
        family=identity.family,
        level=level,
        error=stop.code if stop else "",
        error_params=tuple(stop.params.items()) if stop else (),
    )


def _look_inside(path: Path, identity: Identity, level: Level, limits: Limits, findings: Findings) -> None:
    if _is_package(identity):
        package.inspect_package(path, identity, findings, deep=level == "deep", limits=limits)
    elif identity.kind in _OLE_KINDS:
        legacy.inspect_ole(path, identity, findings, deep=level == "deep")
    if not identity.properties.native:
        findings.losses.report("UNPROVEN", detail=identity.kind)
        report_macros(findings, modules_with_code(findings) or 0, findings.losses)


def inspect_for_libreoffice(path: Path, identity: Identity, limits: Limits = DEFAULT_LIMITS) -> Findings:
    """What a result of LibreOffice is held against beside the census: macros, signatures, labels.

    Raises Refused where the file cannot be read at all.
    """
    findings = Findings()
    if _is_package(identity):
        package.inspect_package_for_libreoffice(path, identity, findings, limits)
    elif identity.kind in _OLE_KINDS:
        legacy.inspect_ole(path, identity, findings, deep=True)
    return findings


def _is_package(identity: Identity) -> bool:
    return identity.properties.native or identity.kind == "xlsb"


def _note_protection(identity: Identity, findings: Findings) -> None:
    if identity.rights_managed:
        findings.add("rights_management")
        findings.protection.append("rights_management")
    elif identity.encrypted:
        findings.add("encryption")
        findings.protection.append("encryption")


def inspect_all(
    paths: Iterable[Path], level: Level = "cheap", jobs: int = 1, limits: WorkerLimits | None = None
) -> Iterator[tuple[Path, Inspection | ConverterError]]:
    """Inspect many files in worker processes: (path, inspection) as they finish.

    A file whose worker died or that cannot be read gives the error in place of the inspection.
    """
    with WorkerPool(jobs, limits) as pool:
        yield from pool.map(partial(inspect, level=level), paths)
