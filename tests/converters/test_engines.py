"""One conversion: refused for a reason, or converted, proven and put in place, with the original as it was."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from converters import Conversion, convert, convert_all, engines
from converters.losses import LOSSES, LossKind, Severity
from converters.options import Options
from converters.outcome import Engine, Verdict
from converters.provenance import SOURCE_HASH, read_provenance
from tests.fake_family import fake_family, hide_libreoffice, install_family
from tests.office_files import docx, docx_with, flat_docx, relationships, xls, xlsx


@pytest.fixture
def use_family(monkeypatch: pytest.MonkeyPatch):
    def use(**behaviour: object) -> None:
        install_family(monkeypatch, fake_family(**behaviour))

    hide_libreoffice(monkeypatch)
    use()
    return use


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(docx())
    return path


def test_a_document_is_converted_proven_and_put_in_place(source: Path, use_family) -> None:
    target = source.with_suffix(".odt")
    outcome = convert(source, target)
    assert (outcome.verdict, outcome.engine, outcome.engine_reason) == (
        Verdict.CONVERTED,
        Engine.NATIVE,
        "NATIVE_KEEPS",
    )
    assert outcome.source_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert outcome.target_sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert b"Dear reader" in zipfile.ZipFile(target).read("content.xml")
    assert [path.name for path in sorted(source.parent.iterdir())] == ["letter.docx", "letter.odt"]


def test_the_result_tells_its_origin_but_no_name_and_no_path(source: Path, use_family) -> None:
    target = source.with_suffix(".odt")
    convert(source, target, options=Options(provenance=(("Batch", "7"),)))
    found = read_provenance(target)
    assert found[SOURCE_HASH] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert found["Batch"] == "7"
    assert str(source.parent).encode() not in zipfile.ZipFile(target).read("meta.xml")
    assert b"letter" not in zipfile.ZipFile(target).read("meta.xml")


def test_the_original_is_bit_identical_afterwards(source: Path, use_family) -> None:
    source.chmod(0o440)
    before, status = source.read_bytes(), source.stat()
    convert(source, source.with_suffix(".odt"))
    after = source.stat()
    assert source.read_bytes() == before
    assert (after.st_mtime_ns, after.st_mode, after.st_ino) == (
        status.st_mtime_ns,
        status.st_mode,
        status.st_ino,
    )


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o400])
def test_the_target_is_never_readable_to_more_people_than_its_source(
    source: Path, use_family, mode: int
) -> None:
    source.chmod(mode)
    target = source.with_suffix(".odt")
    convert(source, target)
    assert target.stat().st_mode & 0o777 == mode & 0o666


def test_the_time_of_modification_is_kept_on_request(source: Path, use_family) -> None:
    os.utime(source, (1_000_000_000, 1_000_000_000))
    target = source.with_suffix(".odt")
    convert(source, target, keep_modified=True)
    assert target.stat().st_mtime == 1_000_000_000


def test_a_file_that_stands_there_is_kept(source: Path, use_family) -> None:
    target = source.with_suffix(".odt")
    target.write_text("somebody's work")
    outcome = convert(source, target)
    assert (outcome.verdict, outcome.error, outcome.target) == (Verdict.FAILED, "TARGET_EXISTS", None)
    assert target.read_text() == "somebody's work"
    assert convert(source, target, overwrite=True).verdict is Verdict.CONVERTED


def test_the_source_is_never_overwritten_even_when_told_to(tmp_path: Path, use_family) -> None:
    source = tmp_path / "really-a-docx.odt"
    source.write_bytes(docx())
    outcome = convert(source, source, overwrite=True)
    assert outcome.error == "TARGET_EXISTS"
    assert source.read_bytes() == docx()


def test_a_target_of_another_family_is_refused(source: Path, use_family) -> None:
    for name in ("letter.ods", "letter.pdf", "letter"):
        outcome = convert(source, source.parent / name)
        assert (outcome.verdict, outcome.error) == (Verdict.REFUSED, "WRONG_FAMILY")


def test_a_template_extension_writes_a_template(source: Path, use_family) -> None:
    target = source.with_suffix(".ott")
    assert convert(source, target).verdict is Verdict.CONVERTED
    assert zipfile.ZipFile(target).read("mimetype").endswith(b"text-template")


def test_a_folder_that_is_not_there_is_said_before_the_work(source: Path, use_family) -> None:
    assert convert(source, source.parent / "none" / "letter.odt").error == "CANNOT_WRITE"


def test_an_unexpected_error_is_an_outcome_with_its_place(source: Path, use_family) -> None:
    use_family(fail=KeyError("surprise"))
    outcome = convert(source, source.with_suffix(".odt"))
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "INTERNAL")
    assert "fake_family.py" in dict(outcome.error_params)["detail"]
    assert [path.name for path in source.parent.iterdir()] == ["letter.docx"]


def test_an_empty_success_is_no_success(source: Path, use_family) -> None:
    use_family(silent=True)
    outcome = convert(source, source.with_suffix(".odt"))
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "PROOF_FAILED")
    assert not source.with_suffix(".odt").exists()


def test_an_interruption_leaves_nothing_behind(source: Path, use_family) -> None:
    use_family(fail=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        convert(source, source.with_suffix(".odt"))
    assert [path.name for path in source.parent.iterdir()] == ["letter.docx"]


@pytest.mark.parametrize("severity", Severity)
def test_the_worst_loss_decides_the_verdict(
    source: Path, use_family, severity: Severity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LOSSES, "A_LOSS", LossKind(severity))
    use_family(lose="A_LOSS")
    outcome = convert(source, source.with_suffix(".odt"))
    assert (
        outcome.verdict
        is {
            Severity.COSMETIC: Verdict.CONVERTED,
            Severity.LAYOUT: Verdict.CONVERTED_WITH_LOSSES,
            Severity.BEHAVIOUR: Verdict.NEEDS_A_PERSON,
            Severity.CONTENT: Verdict.NEEDS_A_PERSON,
        }[severity]
    )
    assert [loss.code for loss in outcome.losses] == ["A_LOSS"]


def test_parts_that_no_converter_carries_are_losses(tmp_path: Path, use_family) -> None:
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relationships(
            {
                "rId1": (
                    "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
                    "vbaProject.bin",
                ),
                "rId2": ("http://example.org/relationships/novelty", "novelty.xml"),
                "rId3": ("image", "media/gone.png"),
                "rId4": ("customXml", "../customXml/item1.xml"),
                "rId5": ("customXml", "../customXml/item2.xml"),
            }
        ),
        "word/vbaProject.bin": b"",
        "word/novelty.xml": "<x/>",
        "customXml/item1.xml": "<data>value</data>",
        "customXml/item2.xml": '<b:Sources xmlns:b="http://schemas.openxmlformats.org/bibliography"/>',
    }
    source = tmp_path / "odd.docx"
    source.write_bytes(docx_with(parts))
    outcome = convert(source, tmp_path / "odd.odt")
    codes = [loss.code for loss in outcome.losses]
    assert sorted(codes) == ["CUSTOM_XML_DROPPED", "MACROS_NOT_CARRIED", "PART_MISSING", "UNKNOWN_PART"]


def test_flat_opc_is_converted_natively(tmp_path: Path, use_family) -> None:
    source = tmp_path / "flat.xml"
    source.write_bytes(flat_docx("Flat and well"))
    target = tmp_path / "flat.odt"
    assert convert(source, target).verdict is Verdict.CONVERTED
    assert b"Flat and well" in zipfile.ZipFile(target).read("content.xml")


def test_a_source_that_changes_meanwhile_is_not_converted(
    source: Path, use_family, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = fake_family()
    plain = family.convert

    def convert_while_saved(package, odf, options, log):
        plain(package, odf, options, log)
        with source.open("ab") as stream:
            stream.write(b"more")

    family.convert = convert_while_saved
    install_family(monkeypatch, family)
    outcome = convert(source, source.with_suffix(".odt"))
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "UNREADABLE_SOURCE")
    assert not source.with_suffix(".odt").exists()


def test_the_native_engine_cannot_be_forced_on_binary_files(tmp_path: Path, use_family) -> None:
    source = tmp_path / "old.xls"
    source.write_bytes(xls())
    outcome = convert(source, tmp_path / "old.ods", engine=Engine.NATIVE)
    assert (outcome.verdict, outcome.error) == (Verdict.REFUSED, "UNSUPPORTED_KIND")


def test_many_files_each_get_their_outcome(tmp_path: Path) -> None:
    cases = {"empty.docx": b"", "text.docx": b"only text", "show.xlsx": b"%PDF-1.4", "~$a.docx": b"\x05Anna"}
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
    conversions = [Conversion(tmp_path / name, tmp_path / f"{name}.odt", key=name) for name in cases]
    found = {
        conversion.key: outcome.error for conversion, outcome in convert_all([*conversions, *conversions], 2)
    }
    assert found == {
        "empty.docx": "EMPTY_FILE",
        "text.docx": "NOT_OFFICE",
        "show.xlsx": "NOT_OFFICE",
        "~$a.docx": "LOCK_FILE",
    }


def test_what_a_killed_run_left_is_cleared_by_the_next(source: Path, use_family) -> None:
    target = source.with_suffix(".odt")
    engines.Placement(target).prepare().write_text("half a file")
    assert convert(source, target).verdict is Verdict.CONVERTED
    assert len(list(source.parent.iterdir())) == 2


def test_a_workbook_without_its_converter_goes_to_libreoffice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install_family(monkeypatch, None)
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx())
    identity = engines.identify(path)
    assert engines.choose_engine(identity, Engine.AUTO) == (Engine.LIBREOFFICE, "NATIVE_MISSING")
