"""Rights management, sensitivity labels and signatures: found in every kind of file, named by both engines."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from converters import convert, identify, inspect
from converters.options import Options
from converters.outcome import Engine, Verdict
from converters.provenance import read_provenance
from tests.encrypted_files import agile, letter
from tests.libreoffice import needs_libreoffice
from tests.office_files import BOF8, biff, compound, relationships

LABEL = "0a1b2c3d-0000-4000-8000-123456789abc"
SITE = "11111111-2222-3333-4444-555555555555"
_LABELS = "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels"
_SIGNATURES = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
ENGINES = [
    Engine.NATIVE,
    pytest.param(
        Engine.LIBREOFFICE,
        marks=[
            needs_libreoffice,
            pytest.mark.libreoffice,
        ],
    ),
]


def _with_package_parts(parts: dict[str, str | bytes], related: dict[str, str]) -> bytes:
    """A document whose package is related to further parts: part -> type of the relationship."""
    rows = {"rId1": ("officeDocument", "word/document.xml")}
    rows |= {f"rId{number}": (kind, part) for number, (part, kind) in enumerate(related.items(), 2)}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(letter())) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name, relationships(rows) if name == "_rels/.rels" else source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


def _labelled() -> bytes:
    information = (
        '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata">'
        f'<clbl:label id="{{{LABEL}}}" enabled="1" method="Privileged" siteId="{{{SITE}}}" removed="0"/>'
        '<clbl:label id="{99999999-0000-4000-8000-123456789abc}" enabled="1" method="Standard" removed="1"/>'
        "</clbl:labelList>"
    )
    return _with_package_parts(
        {"docMetadata/LabelInfo.xml": information}, {"docMetadata/LabelInfo.xml": _LABELS}
    )


def _labelled_before() -> bytes:
    """As older versions of Office do it: custom properties."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    rows = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="MSIP_Label_{LABEL}_{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for number, (name, value) in enumerate((("Enabled", "true"), ("Name", "Restricted")), 2)
    )
    text = f'<Properties xmlns="{kind}" xmlns:vt="{types}">{rows}</Properties>'
    return _with_package_parts({"docProps/custom.xml": text}, {"docProps/custom.xml": _PROPERTIES})


def _signed() -> bytes:
    origin = "_xmlsignatures/origin.sigs"
    return _with_package_parts(
        {origin: b"", "_xmlsignatures/sig1.xml": "<Signature/>"}, {origin: _SIGNATURES}
    )


def _converted(data: bytes, tmp_path: Path, engine: Engine) -> tuple[dict[str, dict[str, object]], Path]:
    source, target = tmp_path / "source.docx", tmp_path / "target.odt"
    source.write_bytes(data)
    outcome = convert(source, target, engine=engine)
    assert outcome.verdict is Verdict.NEEDS_A_PERSON, (outcome.error, outcome.error_params)
    return {loss.code: dict(loss.params) for loss in outcome.losses}, target


@pytest.mark.parametrize("engine", ENGINES)
def test_a_label_is_named_and_stands_among_the_properties(tmp_path: Path, engine: Engine) -> None:
    losses, target = _converted(_labelled(), tmp_path, engine)
    assert losses["SENSITIVITY_LABEL"]["label"] in (LABEL, f"{{{LABEL}}}")
    found = read_provenance(target)
    assert found[f"MSIP_Label_{LABEL}_Enabled"] == "true"
    assert found[f"MSIP_Label_{LABEL}_SiteId"] == SITE
    assert found[f"MSIP_Label_{LABEL}_Method"] == "Privileged"
    assert not [name for name in found if "99999999" in name]  # it was taken off


@pytest.mark.parametrize("engine", ENGINES)
def test_a_label_of_older_office_too(tmp_path: Path, engine: Engine) -> None:
    losses, target = _converted(_labelled_before(), tmp_path, engine)
    assert losses["SENSITIVITY_LABEL"] == {"label": "Restricted"}
    assert read_provenance(target)[f"MSIP_Label_{LABEL}_Name"] == "Restricted"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_signature_is_said_to_be_lost(tmp_path: Path, engine: Engine) -> None:
    losses, target = _converted(_signed(), tmp_path, engine)
    assert "SIGNATURE_LOST" in losses
    assert not [name for name in zipfile.ZipFile(target).namelist() if "signature" in name.lower()]


_BINARY_SIGNATURES = ("_signatures", "_xmlsignatures/sig1.xml")


@pytest.mark.parametrize("stream", _BINARY_SIGNATURES)
def test_signatures_of_binary_files_are_foreseen(tmp_path: Path, stream: str) -> None:
    source = tmp_path / "old.xls"
    source.write_bytes(compound({"Workbook": biff(BOF8, (0x000A, b"")), stream: b"signed"}))
    found = inspect(source)
    assert "SIGNATURE_LOST" in {loss.code for loss in found.losses}
    assert found.feature_count("signature") == 1


def test_a_signed_project_of_a_binary_file_is_foreseen(tmp_path: Path) -> None:
    """[MS-OSHARED] 2.3.2.1: the signature of a project stands among the properties of the document."""
    source = tmp_path / "old.xls"
    signature = struct.pack("<HHII16sI", 0x41, 0, 4, 0, b"", 0)
    entry = struct.pack("<II", 24, 16)
    properties = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48)
    properties += struct.pack("<II", 16 + len(signature), 1) + entry + signature
    for data, expected in (
        (properties, True),
        (properties.replace(entry, struct.pack("<II", 25, 16)), False),
    ):
        source.write_bytes(
            compound({"Workbook": biff(BOF8, (0x000A, b"")), "\x05DocumentSummaryInformation": data})
        )
        assert ("SIGNATURE_LOST" in {loss.code for loss in inspect(source).losses}) is expected


def _managed() -> dict[str, bytes]:
    """[MS-OFFCRYPTO] 2.2: Office Open XML under rights management, as Office 2007 and later write it."""
    label = f'<label id="{{{LABEL}}}"/>'.encode("utf-16-le")
    return {
        "modern": compound(
            {
                "EncryptedPackage": b"x",
                "DRMEncryptedDataSpace/x": b"x",
                "DRMEncryptedTransform/LabelInfo": label,
            }
        ),
        "binary": compound({"\x09DRMContent": b"x", "WordDocument": b"\xec\xa5\xc1\x00" + bytes(40)}),
    }


@pytest.mark.parametrize("name", ["modern", "binary"])
@pytest.mark.parametrize("engine", list(Engine))
def test_rights_management_is_refused_by_name_whatever_password_is_given(
    tmp_path: Path, name: str, engine: Engine
) -> None:
    source = tmp_path / "managed.doc"
    source.write_bytes(_managed()[name])
    assert identify(source).rights_managed
    outcome = convert(source, tmp_path / "managed.odt", engine=engine, options=Options(passwords=("x",)))
    assert (outcome.verdict, outcome.error) == (Verdict.REFUSED, "RIGHTS_MANAGED")
    found = inspect(source)
    assert found.feature_count("rights_management") == 1
    assert found.error == "RIGHTS_MANAGED"


def test_the_label_of_a_managed_file_is_read_from_outside(tmp_path: Path) -> None:
    source = tmp_path / "managed.docx"
    source.write_bytes(_managed()["modern"])
    assert inspect(source).feature_count("sensitivity_label") == 1


@pytest.mark.parametrize(
    ("data", "code"), [(_labelled(), "SENSITIVITY_LABEL"), (_signed(), "SIGNATURE_LOST")]
)
def test_what_a_password_hides_is_named_once_it_is_open(tmp_path: Path, data: bytes, code: str) -> None:
    source = tmp_path / "closed.docx"
    source.write_bytes(agile(data, "secret"))
    outcome = convert(source, tmp_path / "open.odt", options=Options(passwords=("secret",)))
    assert code in {loss.code for loss in outcome.losses}
