"""Where a workbook gets its data from: connections, and the sources that Power Query names. No password is kept.

Sources: ECMA-376 Part 1, 18.13 (connections); [MS-QDEFF] 2.3 (the data mashup: a package in a text in a part).
"""

from __future__ import annotations

import base64
import binascii
import re
import struct

from lxml import etree

from converters.errors import Refused
from converters.inspect.findings import Findings
from converters.losses import Place
from converters.ooxml.namespaces import qn
from converters.ooxml.package import Limits, Package
from converters.ooxml.xml import read_xml

_MASHUP = "{http://schemas.microsoft.com/DataMashup}DataMashup"
_MASHUP_LIMITS = Limits(file_bytes=50_000_000, entries=1_000, tree_bytes=20_000_000, total_bytes=100_000_000)
_FORMULAS = "Formulas/Section1.m"
_MASHUP_HEAD = 8  # version and length of the package that follows
_CUSTOM_XML = re.compile(r"^customXml/item\d*\.xml$", re.IGNORECASE)
_CUSTOM_XML_BYTES = 20_000_000
_TARGET_CHARACTERS = 1_000

# attributes that name a source: on the connection itself, and on what stands in it
_SOURCES = ("sourceFile", "odcFile")
_INNER_SOURCES = ("connection", "url", "sourceFile", "localConnection")
_NO_SOURCE = re.compile(
    r"Provider=Microsoft\.Mashup", re.IGNORECASE
)  # the query itself stands elsewhere in the file
_SECRET = re.compile(r"\b(password|pwd|jet oledb:database password|accountkey)\s*=\s*[^;]*", re.IGNORECASE)
_QUERY = re.compile(r'^\s*(?:\[[^\]]*\]\s*)?shared\s+(#"[^"]*"|[^\s=]+)\s*=', re.MULTILINE)
# a function of M that opens a source, with the text it opens
_OPENED = re.compile(
    r"\b(?:File\.Contents|Folder\.(?:Files|Contents)|Web\.(?:Contents|Page|BrowserContents)|"
    r"[A-Z]\w*\.(?:Database|Databases|Feed|DataSource|Query|Tables|Cubes|Contents|Files))"
    r'\s*\(\s*"((?:[^"]|"")*)"'
)


def inspect_connections(package: Package, findings: Findings) -> None:
    """Record the sources of data of a package, of whatever family. A damaged part is a PART_DAMAGED loss."""
    for part in package.part_names:
        try:
            if part.lower().endswith("/connections.xml"):
                _inspect_list(package.read_xml(part), Place("part", part=part), findings)
            elif _CUSTOM_XML.match(part) and package.size(part) <= _CUSTOM_XML_BYTES:
                _inspect_mashup(package.read(part), Place("part", part=part), findings)
        except Refused as refusal:
            findings.losses.report("PART_DAMAGED", Place("part", part=part), detail=str(refusal))


def without_secrets(connection: str) -> str:
    """A connection string without its passwords, as long as is kept."""
    return _SECRET.sub(r"\1=", connection)[:_TARGET_CHARACTERS]


def _inspect_list(root: etree._Element, place: Place, findings: Findings) -> None:
    for connection in root.iter(qn("x:connection")):
        if connection.get("deleted") in ("1", "true"):
            continue
        targets = [connection.get(name, "") for name in _SOURCES]
        for inner in connection.iter(etree.Element):
            targets += [inner.get(name, "") for name in _INNER_SOURCES]
        for target in targets:
            if target and not _NO_SOURCE.search(target):
                findings.add_link("data", without_secrets(target), place)


def _inspect_mashup(data: bytes, place: Place, findings: Findings) -> None:
    if b"DataMashup" not in data[:2_000].replace(b"\x00", b""):
        return
    root = read_xml(data, place.part)
    if root.tag != _MASHUP:
        return
    try:
        mashup = base64.b64decode(root.text or "")
        (size,) = struct.unpack_from("<I", mashup, 4)
        with Package(mashup[_MASHUP_HEAD : _MASHUP_HEAD + size], _MASHUP_LIMITS) as package:
            source = package.read(_FORMULAS).decode("utf-8", "replace")
    except (binascii.Error, struct.error, Refused) as error:
        findings.add("power_query", place)
        findings.losses.report("PART_DAMAGED", place, detail=str(error))
        return
    queries = len(_QUERY.findall(source))
    if queries:
        findings.add("power_query", place, queries)
    for target in _OPENED.findall(source):
        findings.add_link("data", without_secrets(target.replace('""', '"')), place)
