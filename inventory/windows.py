"""The rules of Windows for names, paths and placeholders, as pure functions that run anywhere.

Sources: Microsoft, "Naming Files, Paths, and Namespaces"; [MS-FSCC] 2.6, file attributes.
"""

from __future__ import annotations

import re
from pathlib import PureWindowsPath

# [MS-FSCC] 2.6. OneDrive's placeholders carry RECALL_ON_DATA_ACCESS alone: testing OFFLINE is not enough.
FILE_ATTRIBUTE_OFFLINE = 0x0000_1000
FILE_ATTRIBUTE_RECALL_ON_OPEN = 0x0004_0000
FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS = 0x0040_0000
_RECALLS = FILE_ATTRIBUTE_OFFLINE | FILE_ATTRIBUTE_RECALL_ON_OPEN | FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS

# [MS-FSCC] 2.1.2.1: junctions and volume mount points, symbolic links, DFS links; a placeholder's tag is another
_LINK_TAGS = frozenset({0xA000_0003, 0xA000_000C, 0x8000_000A, 0x8000_0012})

MAX_PATH = 259  # characters, without the closing NUL
MAX_COMPONENT = 255  # UTF-16 code units
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def recalls_content(attributes: int) -> bool:
    """Whether reading a file with these attributes would fetch its content from tape or cloud."""
    return bool(attributes & _RECALLS)


def recalls_listing(attributes: int) -> bool:
    """Whether listing a folder with these attributes would fetch its names from elsewhere.

    OFFLINE alone is no such mark: servers in front of an archive put it on folders whose names they hold.
    """
    return bool(attributes & (FILE_ATTRIBUTE_RECALL_ON_OPEN | FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS))


def is_link_tag(tag: int) -> bool:
    """Whether a reparse point of this tag leads elsewhere."""
    return tag in _LINK_TAGS


def is_reserved_name(name: str) -> bool:
    """Whether a name is that of a device, with or without extension: ``CON``, ``nul.txt``, ``COM1.docx``."""
    return _RESERVED.fullmatch(name.split(".", maxsplit=1)[0].rstrip(" ")) is not None


def is_portable_name(name: str) -> bool:
    """Whether Windows can hold a file of this name: no device, no forbidden character, no dot or blank at the end."""
    return (
        bool(name)
        and not is_reserved_name(name)
        and not _FORBIDDEN.search(name)
        and name[-1] not in ". "
        and len(name.encode("utf-16-le", "surrogatepass")) // 2 <= MAX_COMPONENT
    )


def is_unc(path: str) -> bool:
    """Whether a Windows path names a network share: ``\\\\server\\share`` or ``\\\\?\\UNC\\server\\share``."""
    path = path.replace("/", "\\")
    if path[:8].upper() == "\\\\?\\UNC\\":
        return True
    return path.startswith("\\\\") and path[2:3] not in ("?", ".", "\\", "")


def long_path(path: str) -> str:
    """An absolute Windows path in the form without the limit of 259 characters; others as they are.

    ``\\\\?\\`` switches off all normalisation, so the path is normalised here.
    """
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return path
    pure = PureWindowsPath(path)
    if not pure.is_absolute():
        return path
    parts: list[str] = []
    for part in pure.parts[1:]:
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part)
    anchor = pure.anchor if pure.anchor.endswith("\\") else pure.anchor + "\\"
    whole = anchor + "\\".join(parts)
    return "\\\\?\\UNC" + whole[1:] if is_unc(path) else "\\\\?\\" + whole
