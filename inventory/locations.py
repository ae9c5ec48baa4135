"""Where a link in a document leads: an absolute location of a server, a disk or the web, from what the file says.

A location is written with slashes: ``//server/share/folder/file`` ([MS-DTYP] 2.2.57), ``/srv/folder/file``,
``P:/folder/file``. A table says what drive letters, DFS names and mounts stand for: CSV with the columns ``prefix`` and
``location``, each a drive (``P:``), a share (``\\\\server\\share\\folder``, ``smb://server/share``) or a folder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from inventory.departments import read_rows

WEB, FILE = "web", "file"

_LONGEST_CHAIN = 5  # a drive stands for a DFS name, which stands for a share
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # of two letters at least: one is a drive
_DRIVE = re.compile(r"/*([A-Za-z]):(?=/|$)(/.*)?", re.DOTALL)
_WEB_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "onenote", "ms-word", "ms-excel", "ms-powerpoint"})
# values of a connection string that name a file; ODBC and OLE DB keywords
_DATA_FILE = re.compile(
    r"(?:^|;)\s*(?:data source|dbq|database|sourcedb|source|initial catalog)\s*=\s*\"?([^;\"]+)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(r"[\\/]|\.[A-Za-z0-9]{2,5}$")


@dataclass(frozen=True, slots=True)
class Location:
    """``kind``: file or web."""

    kind: str
    path: str


class Locations:
    """What prefixes stand for. The longest that fits is replaced, without case, until none fits."""

    def __init__(self, rules: Iterable[tuple[str, str]] = ()) -> None:
        pairs = {
            slashed(prefix).rstrip("/").casefold(): slashed(target).rstrip("/") for prefix, target in rules
        }
        self._rules = sorted(pairs.items(), key=lambda pair: -len(pair[0]))

    @property
    def digest(self) -> bytes:
        """Equal for tables that say the same."""
        return hashlib.blake2b(repr(self._rules).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def mapped(self, path: str) -> str:
        """A location with what its beginning stands for."""
        for _ in range(_LONGEST_CHAIN):
            known = path.casefold()
            for prefix, target in self._rules:
                if known == prefix or known.startswith(prefix + "/"):
                    path = target + path[len(prefix) :]
                    break
            else:
                break
        return path

    def of_link(self, kind: str, target: str, folder: str) -> Location | None:
        """Where a link of a file in ``folder``, a location, leads; None for one that leads to no file."""
        text = _named_file(kind, target.strip())
        if not text or text.startswith("#"):
            return None
        scheme = _SCHEME.match(text)
        if scheme is not None:
            name = scheme[0][:-1].lower()
            if name != "file":
                return Location(WEB, text.partition("#")[0]) if name in _WEB_SCHEMES else None
            text = _without_file_scheme(text)
        path = slashed(_without_fragment(text))
        if not path:
            return None
        if drive := _DRIVE.fullmatch(path):
            path = f"{drive[1].upper()}:{drive[2] or ''}"
        elif not path.startswith("/"):
            path = f"{folder}/{path}"
        elif not path.startswith("//") and folder.startswith("//"):
            path = _share(folder) + path  # the root of the share that the file is on
        return Location(FILE, self.mapped(_normal(path)))


def read_locations(file: Path) -> Locations:
    """Raises InventoryError TABLE_UNREADABLE with file and line."""
    return Locations(read_rows(file, _rule))


def _rule(row: Mapping[str, str]) -> tuple[str, str]:
    prefix, location = row.get("prefix", ""), row.get("location", "")
    if not prefix or not location:
        raise ValueError("prefix, location")
    return prefix, location


def slashed(path: str) -> str:
    """A path of Windows, of a share or of a folder as a location."""
    if path.casefold().startswith("smb://"):
        parts = urlsplit(path)
        below = unquote(path[6:].partition("/")[2])
        return f"//{parts.hostname or ''}/{below}"
    path = path.replace("\\", "/")
    for prefix in ("//?/UNC/", "//?/"):
        if path.casefold().startswith(prefix.casefold()):
            return ("//" if "UNC" in prefix else "") + path[len(prefix) :]
    return path


def drive_of(path: str) -> str:
    """The drive letter of a location; empty for others."""
    return path[0].upper() if re.match(r"[A-Za-z]:", path) else ""


def folded(path: str) -> str:
    """What two locations have in common that Windows takes for the same."""
    return path.casefold()


def same_for(path: str) -> str:
    """What two spellings of one location have in common; case counts on the web and on POSIX."""
    return folded(path) if path.startswith("//") or drive_of(path) else path


def _named_file(kind: str, target: str) -> str:
    """The file that a link's text names: a DDE topic, the source in a connection string, or the text itself."""
    if kind == "dde":
        topic = target.partition("|")[2] or target
        return topic if _FILE_NAME.search(topic) else ""
    if kind == "data" and "=" in target:
        named = _DATA_FILE.search(target)
        text = named[1].strip() if named else ""
        return text if _FILE_NAME.search(text) else ""
    return target


def _without_file_scheme(text: str) -> str:
    """What a ``file:`` URL names, in the many ways that Office spells one (RFC 8089, appendix E)."""
    rest = text[len("file:") :].replace("\\", "/")
    bare = rest.lstrip("/")
    slashes = len(rest) - len(bare)
    if _DRIVE.fullmatch(bare):
        return bare
    if bare.casefold().startswith("localhost/"):
        return bare[len("localhost") :]
    if slashes == 3:
        return "/" + bare
    return "//" + bare if slashes in (2, 4, 5) else rest


def _without_fragment(text: str) -> str:
    """The text before a place in the file (``#Sheet1!A1``), percent signs of a URL decoded."""
    head, hash_, place = text.rpartition("#")
    if hash_ and "." in head and not re.search(r"[\\/.]", place.replace("!", "")):
        text = head
    return unquote(text, errors="surrogateescape") if re.search(r"%[0-9A-Fa-f]{2}", text) else text


def _share(folder: str) -> str:
    """``//server/share`` of a location on a server."""
    return "/".join(folder.split("/", 4)[:4])


def _normal(path: str) -> str:
    """A location without ``.``, ``..`` and double slashes; never above its share or root."""
    if path.startswith("//"):
        root, rest = _share(path), path[len(_share(path)) :]
    elif re.match(r"[A-Za-z]:", path):
        root, rest = path[:2], path[2:]
    else:
        root, rest = "", path
    parts: list[str] = []
    for part in rest.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return f"{root}/{'/'.join(parts)}"
