"""The cheap level against readers that the product does not use for the same: nothing they find is missed."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msoffcrypto
import pytest
from lxml import etree

from converters import inspect
from converters.inspection import Inspection
from tests.conftest import CORPUS, CORPUS_ABSENT
from tests.fuzzed import samples

_PROJECT = "_VBA_PROJECT".encode("utf-16-le")
_OBJECTS = re.compile("\x03ObjInfo".encode("utf-16-le") + b"|" + "MBD0".encode("utf-16-le"))
# flag of the corpus manifest -> feature
FLAGS = {
    "vba": "macros",
    "encrypted": "encryption",
    "embedded": "ole_object",
    "extlink": "external_link",
    "activex": "activex",
    "smartart": "smartart",
    "pivot": "pivot_table",
    "mergefield": "mail_merge",
    "formfield": "form_field",
    "chart": "chart",
    "av": "media",
}


def has(found: Inspection, *features: str) -> bool:
    return any(feature.code in features for feature in found.features)


def parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The entries of a zip that can be read, by zipfile alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return


def missed(path: Path) -> list[str]:
    """What independent readers find in a file and its inspection does not."""
    data, found = path.read_bytes(), inspect(path, "cheap")
    wrong = []
    try:
        closed = msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    except Exception:  # what that library cannot read, it says nothing about
        closed = None
    if closed and not has(found, "encryption", "rights_management"):
        wrong.append("encryption")
    if data.startswith(b"\xd0\xcf\x11\xe0") and found.error != "DAMAGED_OLE":
        if _PROJECT in data and not has(found, "macros"):
            wrong.append("macros")
        if _OBJECTS.search(data) and not has(found, "ole_object", "activex"):
            wrong.append("embedded objects")
    if found.error or not found.family:
        return wrong
    targets = {link.target for link in found.links}
    for name, content in parts(data):
        if name.lower().endswith("vbaproject.bin") and not has(found, "macros"):
            wrong.append("macros")
        if "embeddings/" in name.lower() and not has(found, "ole_object"):
            wrong.append("embedded objects")
        if name.endswith(".rels"):
            wrong += [target for target in _external(content) if target not in targets]
    return wrong


def _external(content: bytes) -> list[str]:
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return []
    return [
        child.get("Target", "")
        for child in root
        if child.get("TargetMode", "").lower() == "external"
        and not child.get("Type", "").endswith("/hyperlink")
    ]


def test_nothing_is_missed_in_made_documents(tmp_path: Path) -> None:
    for number, (extension, data) in enumerate(samples()):
        path = tmp_path / f"{number}.{extension}"
        path.write_bytes(data)
        assert missed(path) == [], (number, extension)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason=CORPUS_ABSENT)
def test_nothing_is_missed_in_the_corpus() -> None:
    files = sorted(path for path in CORPUS.glob("*/*") if path.is_file())
    assert {path.name: wrong for path in files if (wrong := missed(path))} == {}


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason=CORPUS_ABSENT)
def test_no_flag_of_the_manifest_is_missed() -> None:
    wrong = []
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            flags = {flag.partition(":")[0] for flag in row["flags"].split(";")} & set(FLAGS)
            if flags:
                found = inspect(CORPUS / row["file"], "cheap")
                wrong += [(row["file"], flag) for flag in sorted(flags) if not has(found, FLAGS[flag])]
    assert wrong == []
