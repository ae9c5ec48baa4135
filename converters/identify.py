"""What a file is: by its content, never by its name.

The one exception is the owner file (``~$name``, ``.~lock.name#``) that an office leaves beside an open document:
it has no signature, so its name and its size tell it.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

import olefile
from lxml import etree

from converters import identify_ole
from converters.errors import Failed, Param, Refused
from converters.kinds import KINDS, MAIN_PART_TYPES, MAIN_ROOTS, UNSUPPORTED, Kind
from converters.ooxml.namespaces import NAMESPACES, prefixed
from converters.ooxml.package import DEFAULT_LIMITS, Limits, Package
from converters.ooxml.xml import read_xml

HEAD_BYTES = 8192
OWNER_FILE_BYTES = 1024
_ROOT_BYTES = 4096  # the root element with its namespaces stands there
_CONTENT_TYPES_BYTES = 5_000_000
_ODF_MANIFEST = "META-INF/manifest.xml"
_FLAT_BYTES = 50_000_000
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file is. ``error`` is the code of a refusal where the content cannot be used at all.

    ``kind`` is a code of :data:`converters.kinds.KINDS`; ``strict`` that its main part is ISO 29500 Strict.
    """

    kind: str
    size_bytes: int = 0
    encrypted: bool = False
    rights_managed: bool = False
    strict: bool = False
    error: str = ""
    error_params: tuple[tuple[str, Param], ...] = ()

    @property
    def properties(self) -> Kind:
        return KINDS[self.kind]

    @property
    def family(self) -> str:
        """text, spreadsheet, presentation, or empty."""
        return self.properties.family

    @property
    def template(self) -> bool:
        return self.properties.template

    @property
    def macro(self) -> bool:
        """Whether the format may hold macros; whether it does is a question for inspection."""
        return self.properties.macro

    @property
    def extension(self) -> str:
        """The extension of the ODF file it becomes, without the dot; empty where it becomes none."""
        return self.properties.extension

    def refusal(self) -> Refused | None:
        """Why this file is not converted, or None."""
        if self.error:
            return Refused(self.error, **dict(self.error_params))
        if self.rights_managed:
            return Refused("RIGHTS_MANAGED")
        if self.encrypted and self.kind not in ODF_KINDS:
            return Refused("ENCRYPTED")
        if self.kind == "empty":
            return Refused("EMPTY_FILE")
        if self.kind == "owner_file":
            return Refused("LOCK_FILE")
        if self.kind in UNSUPPORTED:
            return Refused("UNSUPPORTED_KIND", kind=self.kind)
        if not self.extension:
            return Refused("NOT_OFFICE", kind=self.kind)
        return None


def identify(path: Path, limits: Limits = DEFAULT_LIMITS) -> Identity:
    """What the file at ``path`` is. Raises Failed NO_SOURCE, UNREADABLE_SOURCE; bad content is in the answer."""
    with opened(path, limits) as content:
        return content.identity


@dataclass(frozen=True, slots=True)
class Content:
    """A file that was opened and identified: ``package`` or ``ole`` where its container could be opened.

    ``data`` are all its bytes where they are no more than was asked for, else None.
    """

    identity: Identity
    stream: IO[bytes]
    data: bytes | None = None
    package: Package | None = None
    ole: olefile.OleFileIO | None = None


@contextlib.contextmanager
def opened(path: Path, limits: Limits = DEFAULT_LIMITS, whole_bytes: int = 0) -> Iterator[Content]:
    """A file open for reading with what it is; one of up to ``whole_bytes`` is read at once, and its container from
    memory.

    Raises Failed NO_SOURCE, UNREADABLE_SOURCE; bad content is in the answer. OLE damage that shows only while its
    streams are read is raised within the block as :func:`converters.identify_ole.opened` does.
    """
    with contextlib.ExitStack() as stack:
        try:
            stream: IO[bytes] = stack.enter_context(path.open("rb"))
            size = os.fstat(stream.fileno()).st_size
            data = stream.read() if size <= whole_bytes else None
            if data is not None:
                size = len(data)
                stream = io.BytesIO(data)
            content = _opened(path, stream, size, limits, stack)
            yield replace(content, data=data, identity=replace(content.identity, size_bytes=size))
        except FileNotFoundError as error:
            raise Failed("NO_SOURCE", detail=error.strerror or "") from None
        except OSError as error:
            raise Failed("UNREADABLE_SOURCE", detail=error.strerror or str(error)) from None


def _opened(path: Path, stream: IO[bytes], size: int, limits: Limits, stack: contextlib.ExitStack) -> Content:
    head = stream.read(HEAD_BYTES)
    kind = "zip" if head.startswith(_ZIP_MARKS) else "ole_other"
    try:
        if size > limits.file_bytes:
            raise Refused("LIMIT_FILE_SIZE", bytes=size, limit=limits.file_bytes)
        if head.startswith(_ZIP_MARKS):
            package = stack.enter_context(_opened_package(stream, limits))
            try:
                return Content(_identify_zip(package), stream, package=package)
            except Refused as refusal:
                identity = Identity(kind, error=refusal.code, error_params=tuple(refusal.params.items()))
                return Content(identity, stream, package=package)
        if head.startswith(identify_ole.SIGNATURE):
            ole = stack.enter_context(identify_ole.opened(stream))
            try:
                with identify_ole.damage_refused():
                    found = identify_ole.identify_streams(ole)
            except Refused as refusal:
                identity = Identity(kind, error=refusal.code, error_params=tuple(refusal.params.items()))
                return Content(identity, stream, ole=ole)
            identity = Identity(found.kind, encrypted=found.encrypted, rights_managed=found.rights_managed)
            return Content(identity, stream, ole=ole)
    except Refused as refusal:
        return Content(Identity(kind, error=refusal.code, error_params=tuple(refusal.params.items())), stream)
    return Content(_identify_plain(path, stream, head, size), stream)


def _identify_plain(path: Path, stream: IO[bytes], head: bytes, size: int) -> Identity:
    """What is neither a zip nor an OLE container."""
    if size == 0:
        return Identity("empty")
    if path.name.startswith(("~$", ".~lock.")) and size <= OWNER_FILE_BYTES:
        return Identity("owner_file")
    for signature, offset, kind in _SIGNATURES:
        if head.startswith(signature, offset):
            return Identity(kind)
    return Identity(_identify_text(path, stream, head, size))


# bytes, offset, kind
_SIGNATURES: tuple[tuple[bytes, int, str], ...] = (
    (b"{\\rt", 0, "rtf"),
    (b"%PDF-", 0, "pdf"),
    (b"\x09\x00\x04\x00", 0, "xls4"),  # BIFF2 BOF
    (b"\x09\x02\x06\x00", 0, "xls4"),  # BIFF3
    (b"\x09\x04\x06\x00", 0, "xls4"),  # BIFF4
    (b"\x09\x08\x08\x00", 0, "xls95"),  # BIFF5 without its OLE container
    (b"\x09\x08\x10\x00", 0, "xls"),  # BIFF8 without its OLE container
    (b"\xdb\xa5\x2d\x00", 0, "word2"),  # Word for Windows 2
    (b"\x9b\xa5\x21\x00", 0, "word2"),  # Word for Windows 1
    (b"\x31\xbe\x00\x00", 0, "word2"),  # Word for DOS, Write
    (b"Standard Jet DB", 4, "mdb"),
    (b"Standard ACE DB", 4, "accdb"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", 0, "one"),
    (b"\xa1\x2f\xff\x43\xd9\xef\x76\x4c", 0, "one"),  # the table of contents of a notebook
    (b"\xff\x00\x02\x00\x04\x04\x05\x54", 0, "works"),  # a spreadsheet of Works
    (b"\x20\x54\x02\x00\x00\x00\x05\x54", 0, "works"),  # a database of Works
    (b"ID;P", 0, "slk"),
    (b"MIME-Version:", 0, "mht"),
)
_HTML = re.compile(
    rb"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|div|style)\b", re.I | re.S
)
# namespace of the root element -> kind
_XML_ROOTS = {
    "http://schemas.microsoft.com/office/word/2003/wordml": "word2003xml",
    "urn:schemas-microsoft-com:office:spreadsheet": "excel2003xml",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "odf_flat",
    "http://www.w3.org/1999/xhtml": "html",
}
_USUAL_MAIN_PARTS = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml")
_VISIO_DOCUMENT = "http://schemas.microsoft.com/visio/2010/relationships/document"
ODF_KINDS = frozenset(["odt", "ott", "ods", "ots", "odp", "otp", "odg", "odf_other", "odf_flat"])
_ODF_TYPES = {
    b"text": "odt",
    b"text-template": "ott",
    b"spreadsheet": "ods",
    b"spreadsheet-template": "ots",
    b"presentation": "odp",
    b"presentation-template": "otp",
    b"graphics": "odg",
}


def _opened_package(stream: IO[bytes], limits: Limits) -> Package:
    try:
        return Package(stream, limits)
    except zipfile.LargeZipFile as error:
        raise Refused("DAMAGED_ZIP", detail=str(error)) from None


def _identify_zip(package: Package) -> Identity:
    if "[Content_Types].xml" in package:
        if package.size("[Content_Types].xml") > _CONTENT_TYPES_BYTES:
            raise Refused("LIMIT_PART_SIZE", part="[Content_Types].xml", limit=_CONTENT_TYPES_BYTES)
        return _identify_package(package)
    if "mimetype" in package:
        return _identify_odf(package)
    if any(part in package for part in _USUAL_MAIN_PARTS):
        raise Refused("MISSING_PART", part="[Content_Types].xml")
    return Identity("zip")


def _identify_odf(package: Package) -> Identity:
    media_type = package.read("mimetype", 200).strip()
    prefix = b"application/vnd.oasis.opendocument."
    if not media_type.startswith(prefix):
        return Identity("zip")
    kind = _ODF_TYPES.get(media_type[len(prefix) :], "odf_other")
    return Identity(kind, encrypted=_is_encrypted_odf(package))


def _is_encrypted_odf(package: Package) -> bool:
    """Whether files of the package are encrypted (ODF 1.3 Part 2, 4.4)."""
    if _ODF_MANIFEST not in package or package.size(_ODF_MANIFEST) > _CONTENT_TYPES_BYTES:
        return False
    return b"encryption-data" in package.read(_ODF_MANIFEST)


def _identify_package(package: Package) -> Identity:
    if any(relationship.type == _VISIO_DOCUMENT for relationship in package.relationships().values()):
        return Identity("vsdx")
    kind = MAIN_PART_TYPES.get(package.content_type(package.main_part).lower())
    if kind is None:
        kind = MAIN_ROOTS.get(_root_name(package, package.main_part), "")
    if not kind:
        return Identity("ooxml_other")
    return Identity(kind, strict=_is_strict(package))


def _root_name(package: Package, part: str) -> str:
    """The prefixed name of a part's root element, read from its head only."""
    root = _root_of(package.head(part, HEAD_BYTES))
    return prefixed(root) if root else ""


def _is_strict(package: Package) -> bool:
    return b"http://purl.oclc.org/ooxml/" in package.head(package.main_part, _ROOT_BYTES)


def _root_of(head: bytes) -> str | None:
    """The Clark name of the root element of an XML document whose head this is; None where it is none."""
    feed = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    with contextlib.suppress(etree.XMLSyntaxError):  # what stood before the error is what counts
        feed.feed(head)
    for _event, element in feed.read_events():
        return element.tag
    return None


def _identify_text(path: Path, stream: IO[bytes], head: bytes, size: int) -> str:
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if stripped.startswith(b"<") or utf16:
        root = _root_of(head.lstrip(b" \t\r\n"))
        if root == f"{{{NAMESPACES['pkg']}}}package":
            return _identify_flat(path, stream, head, size)
        if root is not None and root.startswith("{"):
            return _XML_ROOTS.get(root[1:].partition("}")[0], "xml")
        if _HTML.match(stripped):
            return "html"
        if root is not None:
            return "xml"
    if b"\x00" in head and not utf16:
        return "unknown"
    if re.search(rb"^MIME-Version:", head[:2000], re.M):
        return "mht"
    lines = head.splitlines()[:20]
    for separator in (b";", b"\t", b","):
        counts = {line.count(separator) for line in lines[:-1] or lines}
        if len(lines) > 1 and len(counts) == 1 and counts.pop() > 0:
            return "csv"
    return "text" if sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 < len(head) else "unknown"


def _identify_flat(path: Path, stream: IO[bytes], head: bytes, size: int) -> str:
    """Flat OPC: what the package in one XML file holds, by the content types its parts name."""
    return next(
        (
            "flat_docx" if kind in ("docx", "docm", "dotx", "dotm") else "xml"
            for media_type, kind in MAIN_PART_TYPES.items()
            if media_type.encode() in head.lower()
        ),
        _flat_by_root(path.name, stream, size),
    )


def _flat_by_root(name: str, stream: IO[bytes], size: int) -> str:
    if size > _FLAT_BYTES:
        return "xml"
    try:
        stream.seek(0)
        root = read_xml(stream.read(), name)
    except Refused:
        return "xml"
    types = {element.get(f"{{{NAMESPACES['pkg']}}}contentType", "").lower() for element in root}
    kinds = {MAIN_PART_TYPES[name] for name in types if name in MAIN_PART_TYPES}
    return "flat_docx" if kinds & {"docx", "docm", "dotx", "dotm"} else "xml"
