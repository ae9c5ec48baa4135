"""Validity against the ODF 1.3 RelaxNG schema, as an extended document (ODF 1.3 Part 3, 2.3.2 and 22.3).

Foreign elements and attributes are taken out before validation, as the standard has it. Charts and other ODF documents
inside are checked too, MathML is not. The schema ships with the package openxml-audit. What libxml2 accepts, jing
accepts; the other way round libxml2 rejects some fields that the schema allows (``text:page-count``), so that jing confirms what it finds,
where it is installed. libxml2's time grows with the square of what stands side by side (3 900 rows: minutes against
seconds): large parts are jing's alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from lxml import etree

from converters.odf.namespaces import NAMESPACES, qn

SCHEMA = "odf/schemas/odf-1.3/OpenDocument-v1.3-schema.rng"
PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
LIBXML2_BYTES = 500_000
JING_BYTES = 200_000_000
JING_SECONDS = 120
# Java reserves a quarter of the machine, which a worker's bound on address space forbids; and it should start fast
JAVA_OPTIONS = (
    "-Xmx768m -XX:ReservedCodeCacheSize=64m -XX:CompressedClassSpaceSize=64m -XX:+UseSerialGC"
    " -XX:TieredStopAtLevel=1 -Xshare:auto"
)
ERRORS_KEPT = 20

_JING_ERROR = re.compile(r":(\d+):\d+: (?:fatal|error): (.*)$")
_FOREIGN = (
    "loext",
    "calcext",
    "field",
    "css3t",
    "ooo",
    "ooow",
    "oooc",
    "tableooo",
    "drawooo",
    "officeooo",
    "grddl",
    "xhtml",
    "of",
    "manifest",
)
_OWN = frozenset(uri for prefix, uri in NAMESPACES.items() if prefix not in _FOREIGN) | {
    "http://www.w3.org/XML/1998/namespace"
}
# where text content may stand, a foreign element is replaced by its content; elsewhere it goes whole
_TEXT_PARENTS = frozenset(
    map(qn, ("text:p", "text:h", "text:span", "text:a", "text:meta", "text:meta-field"))
)


@dataclass(frozen=True, slots=True)
class Violation:
    """``message`` is libxml2's or jing's, in English: it is for the program's developers. One that is not ``confirmed``
    may be an error of libxml2, for jing could not be asked."""

    part: str
    line: int
    message: str
    confirmed: bool = True

    def as_json(self) -> dict[str, Any]:
        return {"part": self.part, "line": self.line, "message": self.message}


@dataclass(frozen=True, slots=True)
class Validity:
    """``unchecked`` names parts that are too large to be checked here; then nothing is claimed of them."""

    violations: tuple[Violation, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        return not self.violations and not self.unchecked

    def as_json(self) -> dict[str, Any]:
        return {
            "valid": self.valid,
            "violations": [violation.as_json() for violation in self.violations],
            "unchecked": list(self.unchecked),
        }


@cache
def _schema() -> etree.RelaxNG:
    with resources.as_file(resources.files("openxml_audit").joinpath(SCHEMA)) as path:
        return etree.RelaxNG(etree.parse(path))


def validate(package: Path) -> Validity:
    """Check the parts of an ODF package. A package or part that cannot be read is a violation."""
    violations: list[Violation] = []
    unchecked: list[str] = []
    try:
        with zipfile.ZipFile(package) as archive:
            for entry in archive.infolist():
                part = entry.filename
                folder, _slash, name = part.rpartition("/")
                if name not in PARTS or folder == "META-INF":
                    continue
                found = None if entry.file_size > JING_BYTES else _violations(archive.read(entry), part)
                if found is None:
                    unchecked.append(part)
                else:
                    violations.extend(found)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        violations.append(Violation("", 0, str(error)))
    return Validity(tuple(violations[:ERRORS_KEPT]), tuple(unchecked))


def _violations(data: bytes, part: str) -> list[Violation] | None:
    """What is wrong with a part; None where it is too large for what is installed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        return [Violation(part, error.lineno or 0, str(error.msg))]
    if "/" in part and _namespace(root) != NAMESPACES["office"]:
        return []  # an object of another kind: MathML, a module of macros
    strip_foreign(root)
    if root.get(qn("office:version")) not in ("1.3", None):
        root.set(qn("office:version"), "1.3")  # newer documents are judged by what they hold
    if len(data) > LIBXML2_BYTES:
        return _judged_by_jing(root, part)
    schema = _schema()
    if schema.validate(root):
        return []
    confirmed = _judged_by_jing(root, part)
    if confirmed is not None:
        return confirmed
    errors = [error for error in schema.error_log if "interleave" not in error.message]
    return [Violation(part, error.line, error.message, confirmed=False) for error in errors[:ERRORS_KEPT]]


def _judged_by_jing(root: etree._Element, part: str) -> list[Violation] | None:
    """As :func:`_violations`; None where jing is not installed or does not come to an end."""
    program = shutil.which("jing")
    if program is None:
        return None
    with (
        tempfile.TemporaryDirectory(prefix="migrate-validity-") as folder,
        resources.as_file(resources.files("openxml_audit").joinpath(SCHEMA)) as schema,
    ):
        document = Path(folder, "part.xml")
        document.write_bytes(etree.tostring(root))
        try:
            answer = subprocess.run(
                [program, "-i", str(schema), str(document)],  # -i: without ID checks, as libxml2
                capture_output=True,
                text=True,
                timeout=JING_SECONDS,
                check=False,
                env={**os.environ, "JAVA_TOOL_OPTIONS": JAVA_OPTIONS},
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    found = [match for line in answer.stdout.splitlines() if (match := _JING_ERROR.search(line))]
    if answer.returncode and not found:
        return None
    return [Violation(part, int(match[1]), match[2]) for match in found[:ERRORS_KEPT]]


def strip_foreign(root: etree._Element) -> None:
    """Take foreign elements and attributes out, in place (ODF 1.3 Part 3, 22.3.2)."""
    for element in list(root.iter(etree.Element)):
        for name in element.attrib:
            if name[:1] == "{" and name[1:].partition("}")[0] not in _OWN:
                del element.attrib[name]
        if _namespace(element) in _OWN or element is root:
            continue
        parent = element.getparent()
        if parent is None:
            continue  # went with a foreign element around it
        if parent.tag in _TEXT_PARENTS:
            _unwrap(element, parent)
        else:
            _remove(element, parent)


def _namespace(element: etree._Element) -> str:
    return element.tag[1:].partition("}")[0] if element.tag[:1] == "{" else ""


def _unwrap(element: etree._Element, parent: etree._Element) -> None:
    index = parent.index(element)
    _append_text(parent, index, element.text)
    for child in list(element):
        parent.insert(index, child)
        index += 1
    _append_text(parent, index, element.tail)
    parent.remove(element)


def _append_text(parent: etree._Element, index: int, text: str | None) -> None:
    """Put text before the child at ``index``."""
    if not text:
        return
    if index == 0:
        parent.text = (parent.text or "") + text
    else:
        parent[index - 1].tail = (parent[index - 1].tail or "") + text


def _remove(element: etree._Element, parent: etree._Element) -> None:
    _append_text(parent, parent.index(element), element.tail)
    element.tail = None
    parent.remove(element)
