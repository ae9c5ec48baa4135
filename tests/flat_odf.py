"""The flat form of a package: one XML document (ODF 1.3 Part 3, 3.1.2), as goldens show it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

from lxml import etree

from converters.odf.namespaces import qn

_SECTIONS = (
    ("meta.xml", ("office:meta",)),
    ("settings.xml", ("office:settings",)),
    ("content.xml", ("office:scripts",)),
    ("styles.xml", ("office:font-face-decls", "office:styles")),
)


def flatten(package: Path | IO[bytes]) -> etree._Element:
    """The ``office:document`` element of a package; pictures stay references."""
    with zipfile.ZipFile(package) as archive:
        parts = {
            name: etree.fromstring(archive.read(name))
            for name in ("content.xml", "styles.xml", "meta.xml", "settings.xml")
            if name in archive.namelist()
        }
        content, styles = parts["content.xml"], parts["styles.xml"]
        root = etree.Element(qn("office:document"), nsmap=content.nsmap)
        root.set(qn("office:version"), content.get(qn("office:version"), "1.3"))
        root.set(qn("office:mimetype"), archive.read("mimetype").decode())
        for name, tags in _SECTIONS:
            for tag in tags:
                if name in parts and (section := parts[name].find(qn(tag))) is not None:
                    root.append(section)
        automatic = etree.SubElement(root, qn("office:automatic-styles"))
        for part in (styles, content):
            section = part.find(qn("office:automatic-styles"))
            automatic.extend(list(section) if section is not None else [])
        for part, tag in ((styles, "office:master-styles"), (content, "office:body")):
            if (section := part.find(qn(tag))) is not None:
                root.append(section)
    etree.cleanup_namespaces(root)
    return root
