"""Everything found inside a file, without converting it: :func:`inspect`, and :func:`inspect_all` in workers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from converters.errors import ConverterError, Failed, describe
from converters.flat_opc import read_flat_package
from converters.identify import Content, Identity, opened
from converters.inspect import legacy, package, rtf, web
from converters.inspect.findings import Findings
from converters.inspect.macros import expect_macro_losses, report_macro_sheets
from converters.inspection import ASKS, Inspection
from converters.ooxml.package import DEFAULT_LIMITS, Limits
from converters.workers import WorkerLimits, WorkerPool

Level = Literal["cheap", "deep"]
WHOLE_BYTES = 32_000_000  # a file up to this size is read once, into memory


def inspect(path: Path, level: Level = "deep", *, limits: Limits = DEFAULT_LIMITS) -> Inspection:
    """What is in the file at ``path``; one that would be refused is inspected as far as it goes, with ``error``.

    deep reads every part once, counts work and features, predicts losses and reads the source of macros; cheap reads
    the directory, the relationships and what is small, and says in ``asks`` why deep would tell more.
    Raises Failed NO_SOURCE, UNREADABLE_SOURCE; never for what stands in the file.
    """
    findings = Findings()
    with opened(Path(path), limits, WHOLE_BYTES) as content:
        if content.data is not None:
            sha256 = hashlib.sha256(content.data).hexdigest()
        else:
            with Path(path).open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        identity = content.identity
        stop: ConverterError | None = identity.refusal()
        try:
            _look_inside(content, level, limits, findings)
        except ConverterError as found:
            stop = stop or found
        except MemoryError:
            raise  # the machine's fault, or the limit's that a worker set
        except Exception as unexpected:
            stop = stop or Failed("INTERNAL", detail=describe(unexpected))
    if level == "cheap" and stop is None:
        findings.asks += [code for code in ASKS if code in findings]
    return findings.inspection(
        sha256=sha256,
        size_bytes=identity.size_bytes,
        kind=identity.kind,
        family=identity.family,
        level=level,
        error=stop.code if stop else "",
        error_params=tuple(stop.params.items()) if stop else (),
    )


def _look_inside(content: Content, level: Level, limits: Limits, findings: Findings) -> None:
    identity, deep = content.identity, level == "deep"
    _note_protection(identity, findings)
    if identity.kind == "flat_docx":
        content.stream.seek(0)
        with read_flat_package(content.stream.read(), limits) as flat:
            package.inspect_package(flat, identity, findings, deep=deep)
    elif content.package is not None and _is_office(identity):
        package.inspect_package(content.package, identity, findings, deep=deep)
    elif content.ole is not None:
        legacy.inspect_ole(content.ole, identity, findings, deep=deep)
    elif reader := _TEXTS.get(identity.kind):
        reader(content.stream, findings, deep=deep)
    if identity.refusal() is None and not identity.properties.native:
        findings.losses.report("UNPROVEN", detail=identity.kind)
        report_macro_sheets(findings, findings.losses)
    if identity.refusal() is None:
        expect_macro_losses(findings, findings.losses)


# kind that is a text from beginning to end -> its reader
_TEXTS: dict[str, Callable[..., None]] = {
    "rtf": rtf.inspect_rtf,
    **dict.fromkeys(("word2003xml", "excel2003xml", "mht", "html"), web.inspect_web_text),
}


def inspect_for_libreoffice(path: Path, identity: Identity, limits: Limits = DEFAULT_LIMITS) -> Findings:
    """What a result of LibreOffice is held against beside the census: macros, signatures, labels.

    Raises Refused where the file cannot be read at all.
    """
    findings = Findings()
    with opened(path, limits, WHOLE_BYTES) as content:
        if identity.kind == "flat_docx":
            content.stream.seek(0)
            with read_flat_package(content.stream.read(), limits) as flat:
                package.inspect_package_for_libreoffice(flat, findings)
        elif content.package is not None and _is_office(identity):
            package.inspect_package_for_libreoffice(content.package, findings)
        elif content.ole is not None:
            legacy.inspect_ole(content.ole, identity, findings, deep=True)
        elif identity.kind == "rtf":
            rtf.inspect_rtf(content.stream, findings, deep=True)
    return findings


def _is_office(identity: Identity) -> bool:
    """Whether a package is Microsoft's: of a known kind, or of one that could not be told."""
    return identity.properties.native or identity.kind in _PACKAGES


_PACKAGES = frozenset(["xlsb", "xlam", "ppam", "vsdx", "ooxml_other"])


def _note_protection(identity: Identity, findings: Findings) -> None:
    if identity.rights_managed:
        findings.add("rights_management")
        findings.protection.append("rights_management")
    elif identity.encrypted:
        findings.add("encryption")
        findings.protection.append("encryption")


def inspect_all(
    paths: Iterable[Path], level: Level = "deep", jobs: int = 1, limits: WorkerLimits | None = None
) -> Iterator[tuple[Path, Inspection | ConverterError]]:
    """Inspect many files in worker processes: (path, inspection) as they finish.

    A file whose worker died or that cannot be read gives the error in place of the inspection.
    """
    with WorkerPool(jobs, limits) as pool:
        yield from pool.map(partial(inspect, level=level), paths)
