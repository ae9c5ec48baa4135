"""What becomes of macros, signatures and labels where LibreOffice converts: always said, whatever it did."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters import convert, inspect
from converters.inspect.findings import Findings
from converters.inspect.macros import expect_macro_losses, report_macro_sheets
from converters.inspection import MacroModule
from converters.losses import LossLog
from converters.options import MacroPolicy, Options
from converters.outcome import Engine, Outcome, Verdict
from migrate.sample_share.vba_project import vba_project
from tests.libreoffice import needs_libreoffice
from tests.office_files import biff, compound, document_xml, package, paragraph, relationships

CODE = 'Sub Recalculate()\n    MsgBox "done"\nEnd Sub\n'
_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_SIGNATURE = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
_DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"


def found_in(*modules: MacroModule, **features: int) -> Findings:
    findings = Findings()
    for name, count in features.items():
        findings.add(name, count=count)
    findings.macros.extend(modules)
    return findings


def codes(findings: Findings) -> list[str]:
    log = LossLog()
    report_macro_sheets(findings, log)
    expect_macro_losses(findings, log)
    return [loss.code for loss in log.losses()]


def docm(modules: dict[str, str], **more: tuple[str, str]) -> bytes:
    rels = relationships({"rId1": (_VBA, "vbaProject.bin"), **more}).replace(' TargetMode="External"', "")
    parts: dict[str, str | bytes] = {
        "word/document.xml": document_xml(paragraph("Dear reader")),
        "word/_rels/document.xml.rels": rels,
        "word/vbaProject.bin": vba_project(modules, "ThisDocument"),
        "word/signature.bin": b"signed",
    }
    return package(parts, "word/document.xml", _DOCM)


def converted(
    folder: Path, data: bytes, name: str = "form.docm", macros: MacroPolicy = MacroPolicy.LEAVE
) -> Outcome:
    source = folder / name
    source.write_bytes(data)
    target = source.with_suffix(".odt" if name.endswith("docm") else ".ods")
    return convert(
        source, target, engine=Engine.LIBREOFFICE, options=Options(timeout_seconds=100, macros=macros)
    )


def test_what_becomes_of_macros_is_foreseen() -> None:
    code, empty = MacroModule("A", "standard", 3), MacroModule("B", "document", 0)
    assert codes(found_in(code, empty, macros=1)) == ["MACROS_LEFT_BESIDE"]
    assert codes(found_in(macros=1)) == ["MACROS_NOT_CARRIED"]  # there, and not to be read
    assert codes(found_in(macro_sheet=2)) == ["MACROS_NOT_CARRIED"]
    assert codes(found_in(code, macros=1, macro_sheet=1)) == ["MACROS_NOT_CARRIED", "MACROS_LEFT_BESIDE"]


def test_a_project_without_code_loses_nothing() -> None:
    assert codes(found_in(MacroModule("ThisDocument", "document", 0), macros=1)) == []
    assert codes(found_in()) == []


@needs_libreoffice
@pytest.mark.libreoffice
def test_macros_in_the_result_are_never_called_proven(tmp_path: Path) -> None:
    outcome = converted(tmp_path, docm({"Budget": CODE}), macros=MacroPolicy.CARRY)
    assert (outcome.verdict, outcome.error) == (Verdict.NEEDS_A_PERSON, "")
    assert [(loss.code, dict(loss.params)) for loss in outcome.losses] == [
        ("MACROS_UNPROVEN", {"modules": 1})
    ]


@needs_libreoffice
@pytest.mark.libreoffice
def test_a_signature_is_lost_whatever_the_engine(tmp_path: Path) -> None:
    outcome = converted(tmp_path, docm({}, rId2=(_SIGNATURE, "signature.bin")))
    assert [loss.code for loss in outcome.losses] == ["SIGNATURE_LOST"]


def test_macros_and_labels_of_binary_files_are_expected_losses(tmp_path: Path) -> None:
    source = tmp_path / "old.xls"
    label = b"MSIP_Label_0a1b2c3d-0000-4000-8000-123456789abc_Name"
    source.write_bytes(
        compound(
            {
                "Workbook": biff((0x0809, bytes.fromhex("0006050000000000"))),
                "_VBA_PROJECT_CUR/PROJECT": b"Module=Old\r\n",
                "\x05DocumentSummaryInformation": b"\x00" * 64 + label + b"\x00" * 64,
            }
        )
    )
    found = inspect(source)
    assert {loss.code for loss in found.losses} == {"UNPROVEN", "MACROS_LEFT_BESIDE", "SENSITIVITY_LABEL"}
    assert found.feature_count("sensitivity_label") == 1
