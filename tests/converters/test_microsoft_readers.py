"""Each rule is broken once, in a package that breaks no other; a converted file breaks none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from converters.engines import convert
from converters.errors import Failed
from converters.microsoft_readers import RULES, broken_rule
from converters.proof import prove
from tests.office_files import docx, pptx, xlsx

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMED = '<table:table table:name="Sheet1"><table:table-column/></table:table>'


def package(
    body: str = NAMED,
    *,
    mimetype: str = TYPE,
    extra: bytes = b"",
    parts: tuple[str, ...] = ("content.xml", "styles.xml"),
    listed: tuple[str, ...] = ("content.xml", "styles.xml"),
) -> zipfile.ZipFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("mimetype")
        info.extra = extra
        archive.writestr(info, mimetype)
        for part in parts:
            archive.writestr(part, f"<office:x>{body}</office:x>")
        entries = "".join(f'<manifest:file-entry manifest:full-path="{name}"/>' for name in listed)
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest>{entries}</manifest:manifest>")
    return zipfile.ZipFile(stream)


BROKEN = {
    "mimetype without extra field": package(extra=b"\x55\x54\x01\x00\x00"),
    "mimetype without line end": package(mimetype=TYPE + "\n"),
    "every part in the manifest": package(listed=("content.xml",)),
    "no empty validations": package(f"<table:content-validations/>{NAMED}"),
    "every sheet named": package(NAMED + '<table:table table:style-name="ta1"/>'),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_package_that_breaks_a_rule_is_found(rule) -> None:
    found = broken_rule(BROKEN[rule.name], "ods")
    assert found is not None
    assert found[0] is rule
    assert found[1]


def test_a_package_without_a_fault_breaks_no_rule() -> None:
    assert broken_rule(package("x" * 1_050_000 + NAMED), "ods") is None


def test_a_tag_on_the_border_of_two_blocks_is_read_whole() -> None:
    for shift in range(0, 60, 7):
        filler = "x" * ((1 << 20) - 40 + shift)
        assert broken_rule(package(filler + NAMED), "ods") is None
        found = broken_rule(package(filler + '<table:table table:style-name="a"/>'), "ods")
        assert found is not None


def test_a_result_that_breaks_a_rule_is_no_result(tmp_path: Path) -> None:
    path = tmp_path / "x.ods"
    filename = BROKEN["every sheet named"].fp
    assert filename is not None
    filename.seek(0)
    path.write_bytes(filename.read())
    with pytest.raises(Failed, match="a sheet has no name"):
        prove(path, "ods", expects_content=False)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.docx", docx()), ("a.xlsx", xlsx()), ("a.pptx", pptx())],
    ids=["docx", "xlsx", "pptx"],
)
def test_what_the_native_engine_writes_breaks_no_rule(name: str, data: bytes, tmp_path: Path) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    target = source.with_suffix({"docx": ".odt", "xlsx": ".ods", "pptx": ".odp"}[name[2:]])
    assert convert(source, target).target
    with zipfile.ZipFile(target) as archive:
        assert broken_rule(archive, target.suffix[1:]) is None
