"""Whole documents against their goldens in flat ODF; each result is valid ODF."""

from __future__ import annotations

import importlib.resources
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from converters.odf.namespaces import NAMESPACES
from tests.converters.docx_to_odt.docx_builder import build_docx, convert_docx, paragraph
from tests.converters.docx_to_odt.test_docx_structure import (
    IMAGE,
    NUMBERING,
    SECTION,
    cell,
    item,
    picture,
    table,
)
from tests.golden_files import assert_golden

GOLDENS = Path(__file__).parents[2] / "golden" / "docx_to_odt"
_STANDARD = frozenset(
    uri
    for prefix, uri in NAMESPACES.items()
    if prefix not in ("loext", "calcext", "field", "css3t", "grddl", "xhtml")
)

CASES: dict[str, dict[str, object]] = {
    "formatted_text": {
        "body": paragraph("Chapter", '<w:pStyle w:val="Titre1"/>')
        + paragraph("plain")
        + paragraph(
            "bold red", '<w:jc w:val="center"/>', '<w:b/><w:color w:val="FF0000"/><w:u w:val="wave"/>'
        )
        + paragraph(
            "spaced", '<w:spacing w:before="120" w:line="360" w:lineRule="exact"/><w:ind w:left="567"/>'
        )
        + paragraph("tabs\tleader", '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'),
    },
    "lists": {
        "body": item("one")
        + item("one a", level=1)
        + item("two")
        + item("dot", num_id=3)
        + item("five", num_id=2),
        "parts": {"numbering": NUMBERING},
    },
    "table": {
        "body": table(
            [
                cell("wide", '<w:gridSpan w:val="2"/><w:shd w:val="clear" w:fill="DDEEFF"/>'),
                cell("tall", '<w:vMerge w:val="restart"/>') + cell("x"),
                cell("", "<w:vMerge/>") + cell("y"),
            ],
            '<w:tblBorders><w:top w:val="single" w:sz="8"/><w:insideH w:val="dotted" w:sz="4"/></w:tblBorders>',
        ),
    },
    "header_note_comment_picture": {
        "body": '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>text</w:t><w:footnoteReference w:id="2"/></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        + picture()
        + SECTION.format('<w:headerReference w:type="default" r:id="header1"/>', 11906, 16838, ""),
        "parts": {
            "header1": paragraph("head"),
            "footnotes": f'<w:footnote w:id="2">{paragraph("note")}</w:footnote>',
            "comments": f'<w:comment w:id="0" w:author="Ada" w:date="2024-01-02T03:04:05Z">{paragraph("why")}</w:comment>',
        },
        **IMAGE,
    },
    "tracked_changes": {
        "body": '<w:p><w:r><w:t>kept </w:t></w:r><w:ins w:id="1" w:author="Ada" w:date="2024-01-02T03:04:05Z">'
        '<w:r><w:t>new</w:t></w:r></w:ins><w:del w:id="2" w:author="Bob" w:date="2024-01-02T03:04:05Z">'
        "<w:r><w:delText>old</w:delText></w:r></w:del></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="Bob" w:date="2024-01-02T03:04:05Z"/></w:rPr></w:pPr>'
        "<w:r><w:t>joined</w:t></w:r></w:p><w:p><w:r><w:t> with the next</w:t></w:r></w:p>",
    },
}


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    target, losses = convert_docx(build_docx(**CASES[request.param]))
    assert losses == ()
    return request.param, target


def test_a_document_is_written_as_its_golden_says(case: tuple[str, bytes]) -> None:
    name, target = case
    assert_golden(target, GOLDENS / f"{name}.fodt")


def test_a_result_is_valid(case: tuple[str, bytes], tmp_path: Path) -> None:
    """Against the schema of ODF 1.3, foreign elements and attributes taken out (extended conformance)."""
    if shutil.which("jing") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("jing is not installed")
        pytest.skip("jing is not installed: the result is not validated")
    schema = _schema("OpenDocument-v1.3-schema.rng")
    files = []
    with zipfile.ZipFile(io.BytesIO(case[1])) as archive:
        for part in ("content.xml", "styles.xml", "meta.xml", "settings.xml"):
            root = etree.fromstring(archive.read(part))
            _strip_foreign(root)
            files.append(tmp_path / part)
            files[-1].write_bytes(etree.tostring(root))
    found = subprocess.run(["jing", "-i", schema, *files], capture_output=True, text=True, check=False)
    assert found.stdout == ""


def _schema(name: str) -> Path:
    package = importlib.resources.files("openxml_audit")
    return next(Path(str(package)).rglob(name))


def _strip_foreign(element: etree._Element) -> None:
    for child in list(element):
        if etree.QName(child).namespace in _STANDARD:
            _strip_foreign(child)
        else:
            element.remove(child)
    for name in list(element.attrib):
        namespace = etree.QName(name).namespace
        if namespace and namespace not in _STANDARD and "XML/1998" not in namespace:
            del element.attrib[name]
