"""An ODF package: ``mimetype`` first and stored, the manifest last, times fixed so that equal input gives equal bytes.

Source: ODF 1.3 Part 2, 2 and 3.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from converters.odf.deflate import DeflateStream
from converters.odf.namespaces import NAMESPACES, VERSION
from converters.odf.xmlwriter import XmlWriter, document_bytes

_TIME = (1980, 1, 1, 0, 0, 0)
_STORED = (".png", ".jpg", ".jpeg", ".gif", ".mp4", ".mp3", ".m4a", ".m4v", ".zip", ".webp")

# family -> extension without and with template; extension -> media type (ODF 1.3 Part 3, Appendix C)
MEDIA_TYPES: dict[str, str] = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ott": "application/vnd.oasis.opendocument.text-template",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "ots": "application/vnd.oasis.opendocument.spreadsheet-template",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "otp": "application/vnd.oasis.opendocument.presentation-template",
}


class OdfPackage:
    """Writes a package to a path or seekable stream; a context manager, which writes the manifest at the end."""

    def __init__(self, target: Path | IO[bytes], media_type: str) -> None:
        self.media_type = media_type
        self._file = target.open("w+b") if isinstance(target, Path) else target
        self._owned = isinstance(target, Path)
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        self._manifest: list[tuple[str, str]] = []
        self._names: set[str] = set()
        self._objects = 0
        self._zip.writestr(self._info("mimetype", stored=True), media_type)

    def __enter__(self) -> OdfPackage:
        return self

    def __exit__(self, error_type: type[BaseException] | None, *_exc: object) -> None:
        if error_type is None:
            self._zip.writestr(self._info("META-INF/manifest.xml"), document_bytes(self._write_manifest))
        self._zip.close()
        if self._owned:
            self._file.close()

    def _info(self, name: str, *, stored: bool = False) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, _TIME)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        return info

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def _register(self, name: str, media_type: str) -> None:
        if name in self._names:
            raise ValueError(f"{name} is written twice")
        self._names.add(name)
        self._manifest.append((name, media_type))

    def add(self, name: str, data: bytes, media_type: str) -> None:
        """Add a file. Pictures and media that are compressed already are stored."""
        if name.lower().endswith(_STORED):
            self._register(name, media_type)
            self._zip.writestr(self._info(name, stored=True), data)
        else:
            with self.stream(name, media_type) as stream:
                stream.write(data)

    @contextmanager
    def stream(self, name: str, media_type: str) -> Iterator[DeflateStream]:
        """A file written piece by piece; no other may be added meanwhile."""
        self._register(name, media_type)
        info = self._info(name, stored=True)
        with self._zip.open(info, "w", force_zip64=True) as entry:
            stream = DeflateStream(entry)
            yield stream
            stream.finish()
        info.compress_type, info.CRC, info.file_size = zipfile.ZIP_DEFLATED, stream.crc, stream.size
        end = self._file.tell()
        self._file.seek(info.header_offset)
        self._file.write(
            info.FileHeader(zip64=True)
        )  # the zip took what was deflated already for stored data
        self._file.seek(end)

    def new_object_folder(self) -> str:
        """A folder for a sub-document, as LibreOffice names them: ``"Object 1/"``."""
        self._objects += 1
        return f"Object {self._objects}/"

    def add_object(self, folder: str, media_type: str) -> None:
        """Name a sub-document's folder (``"Object 1/"``) in the manifest; its files are added as any other."""
        self._manifest.append((folder, media_type))

    def _write_manifest(self, writer: XmlWriter) -> None:
        root = {"xmlns:manifest": NAMESPACES["manifest"], "manifest:version": VERSION}
        with writer.element("manifest:manifest", root):
            entries = [("/", self.media_type), *self._manifest]
            for path, media_type in entries:
                version = VERSION if path.endswith("/") else None
                writer.empty(
                    "manifest:file-entry",
                    {
                        "manifest:full-path": path,
                        "manifest:version": version,
                        "manifest:media-type": media_type,
                    },
                )


def crc(data: bytes) -> str:
    """A short name for content: equal pictures share one file of the package."""
    return f"{zlib.crc32(data):08x}{len(data):x}"
