"""What Microsoft Office's readers are publicly known to refuse in ODF files: checked over every result.

Partners open our results in Office. Nobody has opened them there for this project: these rules stand for that test as
far as others have reported what Office calls corrupt, and for what validators of packages ask for. Each rule names
the public report that it follows.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

MANIFEST = "META-INF/manifest.xml"
_BLOCK, _OVERLAP = 1 << 20, 512
_EMPTY_VALIDATIONS = re.compile(rb"<table:content-validations\s*(?:/>|>\s*</table:content-validations)")
_TABLE = re.compile(rb"<table:table(?=[\s/>])[^>]*>")
_NAMED = re.compile(rb"\stable:name=\"[^\"]")


@dataclass(frozen=True, slots=True)
class Rule:
    """``check`` answers what is wrong in an open package, or an empty text; ``source`` is where it was reported."""

    name: str
    source: str
    check: Callable[[zipfile.ZipFile], str]
    families: tuple[str, ...] = ("odt", "ott", "ods", "ots", "odp", "otp")


def broken_rule(archive: zipfile.ZipFile, extension: str) -> tuple[Rule, str] | None:
    """The first rule that a package with this extension breaks, and how; None where it breaks none.

    Raises zipfile.BadZipFile, zlib.error, KeyError where the package cannot be read.
    """
    for rule in RULES:
        if extension in rule.families and (wrong := rule.check(archive)):
            return rule, wrong
    return None


def _mimetype_has_extra(archive: zipfile.ZipFile) -> str:
    return "mimetype has an extra field" if archive.infolist()[0].extra else ""


def _mimetype_has_line_end(archive: zipfile.ZipFile) -> str:
    return "mimetype ends with white space" if archive.read("mimetype")[-1:].isspace() else ""


def _part_missing_from_manifest(archive: zipfile.ZipFile) -> str:
    listed: set[str] = set()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, values: listed.add(values.get("manifest:full-path", ""))
    parser.Parse(archive.read(MANIFEST), True)
    missing = [
        name
        for name in archive.namelist()
        if name != "mimetype" and not name.startswith("META-INF/") and name[-1] != "/" and name not in listed
    ]
    return f"not in the manifest: {missing[0]}" if missing else ""


def _empty_validations(archive: zipfile.ZipFile) -> str:
    found = any(_EMPTY_VALIDATIONS.search(block) for block in _blocks(archive))
    return "table:content-validations is empty" if found else ""


def _sheet_without_name(archive: zipfile.ZipFile) -> str:
    found = any(not _NAMED.search(tag) for block in _blocks(archive) for tag in _TABLE.findall(block))
    return "a sheet has no name" if found else ""


def _blocks(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """content.xml piece by piece; each begins with the end of the one before it, from its last tag on."""
    with archive.open("content.xml") as stream:
        kept = b""
        while block := stream.read(_BLOCK):
            block = kept + block
            cut = block.rfind(b"<", -_OVERLAP)
            cut = cut if cut >= 0 else len(block)
            yield block[:cut]
            kept = block[cut:]
        yield kept


_SHEETS = ("ods", "ots")
RULES: tuple[Rule, ...] = (
    Rule(
        "mimetype without extra field",
        "github.com/kjambunathan/org-mode-ox-odt/issues/62",
        _mimetype_has_extra,
    ),
    Rule("mimetype without line end", "github.com/TEIC/Stylesheets/issues/260", _mimetype_has_line_end),
    Rule("every part in the manifest", "github.com/tdf/odftoolkit/issues/348", _part_missing_from_manifest),
    Rule(
        "no empty validations", "github.com/thscharler/spreadsheet-ods/issues/24", _empty_validations, _SHEETS
    ),
    Rule(
        "every sheet named", "github.com/thscharler/spreadsheet-ods/issues/24", _sheet_without_name, _SHEETS
    ),
)
