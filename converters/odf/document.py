"""An ODF document under construction: the body is spooled while styles gather, then all is put into the package.

Automatic styles stand before the body in content.xml, but are known only after it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from converters.odf.deflate import DeflateSpool
from converters.odf.meta import Meta
from converters.odf.namespaces import DOCUMENT_PREFIXES, VERSION, declarations
from converters.odf.package import OdfPackage, crc
from converters.odf.settings import write_settings
from converters.odf.stylesheet import AutomaticStyles, DefaultStyle, FontFaces, NamedStyle
from converters.odf.xmlwriter import XmlWriter


class OdfDocument:
    """Gathers everything of one document and writes it with :meth:`save`.

    ``kind`` is the body's element: text, spreadsheet or presentation. ``body`` is the writer for its content.
    """

    def __init__(self, package: OdfPackage, kind: str) -> None:
        self.package = package
        self.kind = kind
        self.fonts = FontFaces()
        self.default_styles: list[DefaultStyle] = []
        self.named_styles: dict[tuple[str, str], NamedStyle] = {}  # (family, encoded name)
        self.automatic = AutomaticStyles()  # for content.xml
        self.master_automatic = AutomaticStyles("M")  # for what stands in master pages
        self._common: dict[str, str] = {}  # named gradients, list styles, notes configuration ... by key
        self._common_names: dict[str, dict[Hashable, str]] = {}  # stem -> what an element says -> its name
        self._master_pages: list[str] = []
        self.settings: dict[str, dict[str, object]] = {}
        self.body_attributes: dict[str, str | None] = {}
        self.meta = Meta()
        self._spool = DeflateSpool()
        self.body = XmlWriter(self._spool)

    def add_named_style(self, named: NamedStyle) -> None:
        """Add or replace a common style."""
        self.named_styles[(named.style.family, named.name)] = named

    def add_common(self, key: str, write: Callable[[XmlWriter], None]) -> None:
        """Add an element of ``office:styles`` that is no ``style:style``; a key that is there already stays."""
        if key not in self._common:
            self._common[key] = XmlWriter().fragment(write)

    def common_name(self, stem: str, key: Hashable, write: Callable[[XmlWriter, str], None]) -> str:
        """The name of the common element (gradient, dash, marker ...) that ``key`` stands for, written once."""
        names = self._common_names.setdefault(stem, {})
        if key not in names:
            name = names[key] = f"{stem}{len(names) + 1}"
            self.add_common(name, lambda writer: write(writer, name))
        return names[key]

    def write_common(self, writer: XmlWriter, names: Iterable[str]) -> None:
        """Write common elements once more, for an object of the package, which sees only styles of its own."""
        for name in names:
            writer.raw(self._common.get(name, ""))

    def add_master_page(self, write: Callable[[XmlWriter], None]) -> None:
        self._master_pages.append(XmlWriter().fragment(write))

    def add_picture(self, data: bytes, extension: str, media_type: str) -> str:
        """The package path of a picture; equal bytes are kept once."""
        path = f"Pictures/{crc(data)}.{extension}"
        if path not in self.package:
            self.package.add(path, data, media_type)
        return path

    def save(self) -> None:
        """Write content.xml, styles.xml, meta.xml and settings.xml; the package stays open."""
        self.body.close()
        self._spool.flush_piece()
        self._write_part("content.xml", "office:document-content", self._write_content)
        self._write_part("styles.xml", "office:document-styles", self._write_styles)
        self._write_part("meta.xml", "office:document-meta", self.meta.write)
        if self.settings:
            self._write_part(
                "settings.xml",
                "office:document-settings",
                lambda writer: write_settings(writer, self.settings),
            )
        self._spool.close()

    def _write_part(self, name: str, root: str, write: Callable[[XmlWriter], None]) -> None:
        with self.package.stream(name, "text/xml") as stream:
            writer = XmlWriter(stream, declaration=True)
            attributes = {**declarations(DOCUMENT_PREFIXES), "office:version": VERSION}
            with writer.element(root, attributes):
                write(writer)
            writer.close()

    def _write_content(self, writer: XmlWriter) -> None:
        self.fonts.write(writer)
        with writer.element("office:automatic-styles"):
            self.automatic.write(writer)
        with writer.element("office:body"), writer.element(f"office:{self.kind}", self.body_attributes):
            writer.append_spool(self._spool)

    def _write_styles(self, writer: XmlWriter) -> None:
        self.fonts.write(writer)
        with writer.element("office:styles"):
            for default in self.default_styles:
                default.write(writer)
            for named in self.named_styles.values():
                named.write(writer)
            for xml in self._common.values():
                writer.raw(xml)
        with writer.element("office:automatic-styles"):
            self.master_automatic.write(writer)
        with writer.element("office:master-styles"):
            for xml in self._master_pages:
                writer.raw(xml)
