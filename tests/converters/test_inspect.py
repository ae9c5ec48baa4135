"""Inspection: what is in a file, and what it would lose."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from converters import inspect, inspect_all
from converters.errors import Refused
from converters.inspect import expected
from converters.inspect.formulas import refers_to_growing_rows
from converters.inspection import FEATURES, Inspection
from converters.macros.compatibility import describe_module, names_of
from converters.macros.compression import decompress
from converters.macros.project import read_project
from converters.parts import ROLES
from converters.xlsx_to_ods.structured_references import grows_with_table
from tests.fake_family import fake_family
from tests.office_files import (
    BOF8,
    W,
    biff,
    compound,
    document_xml,
    docx,
    docx_with,
    package,
    paragraph,
    pptx,
    relationships,
    vba_project,
    xls,
    xlsx,
)

_MS = "http://schemas.microsoft.com/office/2006/relationships/"


def inspected(folder: Path, data: bytes, level: str = "deep") -> Inspection:
    path = folder / "file"
    path.write_bytes(data)
    return inspect(path, level)


def test_work_is_counted(tmp_path: Path) -> None:
    body = paragraph("one") + paragraph("two") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    found = inspected(tmp_path, docx(body))
    assert (found.work["paragraphs"], found.work["tables"]) == (3, 1)
    assert inspected(tmp_path, pptx()).work["slides"] == 1
    sheet = inspected(
        tmp_path, xlsx('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>1</v></c></row>')
    )
    assert (sheet.work["sheets"], sheet.work["cells"], sheet.work["formulas"]) == (1, 2, 1)


def test_fields_links_and_live_data_are_found(tmp_path: Path) -> None:
    body = (
        '<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;C:\\\\share\\\\terms.docx&quot; "/></w:p>'
        "<w:p><w:r><w:instrText> DDEAUTO Excel Sheet1 R1C1 </w:instrText></w:r></w:p>"
    )
    links = relationships(
        {
            "rId1": ("hyperlink", "https://example.org/a"),
            "rId2": ("attachedTemplate", "file:///N:/templates/letter.dotx"),
        }
    )
    found = inspected(tmp_path, docx_with({"word/_rels/document.xml.rels": links}, body))
    assert found.feature_count("dde") == 1
    assert found.feature_count("attached_template") == 1
    assert {(link.kind, link.target) for link in found.links} == {
        ("hyperlink", "https://example.org/a"),
        ("template", "file:///N:/templates/letter.dotx"),
        ("document", "C:\\share\\terms.docx"),
        ("dde", "Excel|Sheet1|R1C1"),
    }


def test_tracked_changes_protection_and_fonts_are_found(tmp_path: Path) -> None:
    body = '<w:p><w:ins w:id="1"><w:r><w:rPr><w:rFonts w:ascii="Garamond"/></w:rPr><w:t>new</w:t></w:r></w:ins></w:p>'
    parts = {
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:documentProtection w:edit="forms" w:enforcement="1"/>'
        "<w:mailMerge/></w:settings>",
        "word/_rels/document.xml.rels": relationships({"rId1": ("settings", "settings.xml")}),
    }
    found = inspected(tmp_path, docx_with(parts, body))
    assert found.feature_count("tracked_change") == 1
    assert found.feature_count("mail_merge") == 1
    assert found.protection == ("document",)
    assert found.fonts == ("Garamond",)


def test_an_unknown_element_is_an_expected_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expected, "family_for", lambda kind: fake_family())
    body = "<w:p><w:r><w:t>text</w:t><w:novelty><w:within/></w:novelty><w:object><w:p/><w:deep/></w:object><w:proofErr/></w:r></w:p>"
    found = inspected(tmp_path, docx(body))
    losses = {(loss.code, loss.params[0][1], loss.place.container) for loss in found.losses}
    assert losses == {
        ("UNKNOWN_ELEMENT", "w:novelty", "body"),
        ("EMBEDDED_OBJECT_DROPPED", "w:object", "body"),
    }


def test_what_a_table_calls_lost_is_expected_also_where_other_means_read_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within an ignored element and in the settings nothing is unknown, but a known loss is one."""
    monkeypatch.setattr(expected, "family_for", lambda kind: fake_family())
    body = "<w:p><w:r><w:proofErr><w:odd><w:inner/></w:odd><w:object/></w:proofErr><w:odd/></w:r></w:p>"
    settings = document_xml("<w:zoom><w:object/></w:zoom>").replace("w:document", "w:settings")
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relationships({"rId1": ("settings", "settings.xml")}),
        "word/settings.xml": settings,
    }
    found = inspected(tmp_path, docx_with(parts, body))
    losses = [(loss.code, next(iter(dict(loss.params).values())), loss.count) for loss in found.losses]
    assert sorted(losses) == [
        ("EMBEDDED_OBJECT_DROPPED", "w:object", 1),
        ("EMBEDDED_OBJECT_DROPPED", "w:object", 1),
        ("UNKNOWN_ELEMENT", "w:odd", 1),
    ]


def test_only_the_chosen_branch_of_alternate_content_is_expected_to_be_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expected, "family_for", lambda kind: fake_family())
    body = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:n="urn:new" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        '<mc:Choice Requires="n"><n:new><n:deep/></n:new></mc:Choice>'
        '<mc:Choice Requires="w14"><w:p><w:chosen/></w:p></mc:Choice>'
        "<mc:Fallback><w:fallback/></mc:Fallback></mc:AlternateContent><w:after/>"
    )
    found = inspected(tmp_path, docx(body))
    assert sorted(dict(loss.params)["element"] for loss in found.losses) == ["w:after", "w:chosen"]


def test_a_damaged_part_beside_the_main_one_is_a_finding(tmp_path: Path) -> None:
    parts = {
        "word/_rels/document.xml.rels": relationships({"rId1": ("header", "header1.xml")}),
        "word/header1.xml": "<cut",
    }
    found = inspected(tmp_path, docx_with(parts))
    assert not found.error
    assert [loss.code for loss in found.losses] == ["PART_DAMAGED"]


def test_a_refused_file_still_has_its_hash_and_kind(tmp_path: Path) -> None:
    found = inspected(tmp_path, b"no office document at all")
    assert (found.kind, found.error, len(found.sha256)) == ("text", "NOT_OFFICE", 64)


def test_an_inspection_survives_json(tmp_path: Path) -> None:
    found = inspected(tmp_path, xlsx(), "deep")
    assert Inspection.from_json(json.loads(json.dumps(found.as_json()))).as_json() == found.as_json()


def test_hidden_and_macro_sheets_of_a_binary_workbook_are_found(tmp_path: Path) -> None:
    def boundsheet(name: str, hidden: int, kind: int) -> tuple[int, bytes]:
        return 0x0085, struct.pack("<IBBBB", 0, hidden, kind, len(name), 0) + name.encode()

    data = xls(boundsheet("Plan", 0, 0), boundsheet("Secret", 2, 0), boundsheet("Auto", 1, 1))
    found = inspected(tmp_path, data)
    assert found.work["sheets"] == 3
    assert found.feature_count("hidden_sheet") == 2
    assert found.feature_count("macro_sheet") == 1
    assert [loss.code for loss in found.losses] == ["UNPROVEN", "MACROS_NOT_CARRIED"]


# -- VBA -----------------------------------------------------------------------------------------------------------


SOURCE = """Attribute VB_Name = "Budget"
Option Explicit
' a comment
Public Sub Recalculate()

    Range("A1").Value = 1 ' and more
End Sub
Private Static Function Rate(x) As Double
    Rate = x * 2
End Function
Property Get Owner(): End Property
Rem another comment
"""


def test_modules_lines_and_procedures_of_a_vba_project() -> None:
    project = read_project(vba_project({"Budget": SOURCE}), deep=True)
    module = describe_module(project.modules[0], "spreadsheet", names_of(project))
    assert (module.name, module.kind, module.lines) == ("Budget", "standard", 8)
    assert module.procedures == ("Recalculate", "Rate", "Owner")
    (cheap,) = read_project(vba_project({"Budget": SOURCE}), deep=False).modules
    assert (cheap.name, cheap.code) == ("Budget", None)


def test_the_example_of_the_specification_decompresses() -> None:
    """[MS-OVBA] 3.2.2, normal compression."""
    data = bytes.fromhex(
        "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D 6E 6F 70"
        "06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C"
    )
    assert decompress(data) == b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"


def test_repetition_decompresses() -> None:
    """[MS-OVBA] 3.2.3, maximum compression."""
    assert decompress(bytes.fromhex("01 03 B0 02 61 45 00")) == b"a" * 73


@pytest.mark.parametrize("data", [b"", b"\x02abc", bytes.fromhex("01 03 B0 01 45 00 00")])
def test_what_is_no_compressed_container_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="DAMAGED_OLE"):
        decompress(data)


def test_macros_are_found_in_packages_and_binary_files(tmp_path: Path) -> None:
    project = vba_project({"Budget": SOURCE})
    rels = relationships({}).replace(
        "</", f'<Relationship Id="r" Type="{_MS}vbaProject" Target="vbaProject.bin"/></'
    )
    data = package(
        {
            "word/document.xml": document_xml(paragraph("x")),
            "word/vbaProject.bin": project,
            "word/_rels/document.xml.rels": rels,
        },
        "word/document.xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    found = inspected(tmp_path, data, "deep")
    assert (found.kind, found.feature_count("macros")) == ("docm", 1)
    assert found.macros[0].procedures == ("Recalculate", "Rate", "Owner")
    assert "MACROS_LEFT_BESIDE" in {loss.code for loss in found.losses}
    workbook = compound({"Workbook": biff(BOF8), "_VBA_PROJECT_CUR/PROJECT": b"Module=Old\r\n"})
    found = inspected(tmp_path, workbook)
    assert (found.feature_count("macros"), found.macros[0].name) == (1, "Old")


def test_every_role_names_a_known_feature() -> None:
    assert {role.feature for role in ROLES.values() if role.feature} <= set(FEATURES)


def test_many_files_are_inspected_in_workers(tmp_path: Path) -> None:
    paths = []
    for number in range(4):
        paths.append(tmp_path / f"{number}.docx")
        paths[-1].write_bytes(docx(paragraph(str(number))))
    found = dict(inspect_all(paths, jobs=2))
    assert set(found) == set(paths)
    assert all(inspection.kind == "docx" for inspection in found.values())


@pytest.mark.parametrize(
    ("formula", "grows"),
    [
        ("SUM(Sales[Amount])", True),
        ("Sales[[#All],[Amount]]", True),
        ("Sales[[#This Row],[Amount]]*2", False),
        ("Sales[@Amount]", False),
        ("COUNTA(Sales[#Headers])", False),
        ('"Sales[Amount]"', False),
        ("[1]Data!A1+'[1]My data'!B2", False),
    ],
)
def test_a_reference_to_a_growing_table_is_foreseen_as_the_converter_reports_it(
    formula: str, grows: bool
) -> None:
    assert refers_to_growing_rows(formula) is grows_with_table(formula) is grows
