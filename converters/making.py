"""One result by one engine: written to a file that nobody sees yet, proven, with what it loses."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from io import BufferedReader
from pathlib import Path

from converters.errors import Refused
from converters.families import family_for
from converters.flat_opc import read_flat_package
from converters.identify import Identity
from converters.inspect import inspect_for_libreoffice
from converters.inspect.macros import report_macro_sheets
from converters.libreoffice.isolation import network, require_isolation
from converters.libreoffice.mend import mend_package
from converters.libreoffice.run import converted as converted_by_libreoffice
from converters.losses import LossLog, Severity, worst_severity
from converters.macros.stage import MacroStage
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.metadata import read_label_properties
from converters.ooxml.package import Package
from converters.options import Options
from converters.outcome import Engine
from converters.parts import report_package_losses
from converters.proof import has_text, prove, shows_raw_bytes
from converters.protection import report_protection
from converters.provenance import provenance, stamp
from converters.verify import (
    census_for_libreoffice,
    losses_of_libreoffice,
    prove_against_source,
    report_validity,
)

SECONDS_TO_FINISH = 10.0  # what reading, proving and placing takes after LibreOffice


@dataclass(frozen=True, slots=True)
class Task:
    """A source that is open, and what is to come of it: a file of ``extension``, by ``deadline`` (monotonic seconds)."""

    source: Path
    identity: Identity
    stream: BufferedReader
    sha256: str
    extension: str
    options: Options
    deadline: float
    macros: MacroStage

    @property
    def template(self) -> bool:
        return MEDIA_TYPES[self.extension].endswith("-template")

    @property
    def seconds_left(self) -> float:
        """For LibreOffice, until this conversion has to come to its end."""
        return self.deadline - time.monotonic() - SECONDS_TO_FINISH

    def marks(self, engine: Engine) -> tuple[tuple[str, str], ...]:
        return (*self.options.provenance, *provenance(self.sha256, engine.value))


@dataclass(slots=True)
class Made:
    """What an engine made: ``path`` holds it, ``network`` is what LibreOffice could reach, where it worked."""

    engine: Engine
    path: Path
    log: LossLog = field(default_factory=LossLog)
    network: str = ""


def make_natively(task: Task, path: Path) -> Made:
    """Raises Refused for the source's fault, Failed PROOF_FAILED, those of :func:`prove_against_source` where that is
    wished, and whatever a converter stumbles over."""
    family = family_for(task.identity.kind)
    if family is None:
        raise Refused("UNSUPPORTED_KIND", kind=task.identity.kind)
    made = Made(Engine.NATIVE, path)
    options = replace(
        task.options,
        template=task.template,
        provenance=task.marks(Engine.NATIVE),
        scripts=task.macros.scripts,
    )
    with _package(task) as package:
        with OdfPackage(path, MEDIA_TYPES[task.extension]) as odf:
            family.convert(package, odf, options, made.log)
        if task.macros.found:
            task.macros.apply(path, made.log)
        report_package_losses(package, made.log)
        announced = worst_severity(made.log.losses()) is Severity.CONTENT
        prove(path, task.extension, expects_content=not announced and has_text(package, task.identity.family))
    if task.options.prove:
        prove_against_source(task.source, task.identity, path, made.log.losses(), task.options.limits)
    return made


def make_by_libreoffice(task: Task, path: Path, timeout_seconds: float) -> Made:
    """Raises Refused where the source is damaged, Failed NETWORK_NOT_ISOLATED and the codes of LibreOffice's ends."""
    made = Made(Engine.LIBREOFFICE, path)
    counted = census_for_libreoffice(task.source, task.identity, task.options.limits)
    made.network = look_at_network(task.options)
    with converted_by_libreoffice(
        task.stream,
        task.identity.kind,
        template=task.template,
        timeout_seconds=timeout_seconds,
        memory_megabytes=task.options.memory_megabytes,
    ) as result:
        prove(result, task.extension, expects_content=False)
        if not task.identity.properties.native and shows_raw_bytes(result):
            raise Refused("UNREADABLE")
        mended = result.with_name("mended")
        nearest = mend_package(result, mended)
        marks = (*_labels(task), *task.marks(Engine.LIBREOFFICE))
        stamp(result if nearest is None else mended, path, marks)
    task.macros.apply(path, made.log)
    prove(path, task.extension, expects_content=False)
    for what in sorted(nearest or ()):
        made.log.report("NEAREST_IN_ODF", what=what)
    report_validity(path, made.log)
    found = inspect_for_libreoffice(task.source, task.identity, task.options.limits)
    made.log.extend(found.losses.losses())
    report_macro_sheets(found, made.log)
    report_protection(task.source, task.identity, task.options.limits, found.protection, path, made.log)
    made.log.extend(losses_of_libreoffice(counted, path, task.identity, found))
    return made


def _labels(task: Task) -> tuple[tuple[str, str], ...]:
    """Sensitivity labels in a part of their own, of which LibreOffice knows nothing; those among the custom properties
    it carries."""
    if not task.identity.properties.native:
        return ()
    with _package(task) as package:
        return tuple((item.name, item.value) for item in read_label_properties(package))


def look_at_network(options: Options) -> str:
    """What LibreOffice will reach. Raises Failed NETWORK_NOT_ISOLATED where that is forbidden."""
    if options.require_isolation:
        require_isolation()
    return network().value


def _package(task: Task) -> Package:
    if task.identity.kind == "flat_docx":
        task.stream.seek(0)
        return read_flat_package(task.stream.read(), task.options.limits)
    return Package(task.stream, task.options.limits)
