"""What a file is: by content, never by name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from converters import convert, identify
from converters.errors import Failed
from converters.kinds import KINDS, MAIN_PART_TYPES, UNSUPPORTED
from converters.outcome import Verdict
from migrate.locale import LANGUAGES, table
from migrate.sentences import error_remedy, error_sentence
from tests.office_files import BOF8, biff, compound, doc, docx, flat_docx, package, pptx, xls, xlsx

FILEPASS, TEMPLATE = 0x002F, 0x0060


def written(folder: Path, data: bytes, name: str = "file.bin") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("media_type", "kind"), MAIN_PART_TYPES.items())
def test_the_main_parts_content_type_tells_the_kind(tmp_path: Path, media_type: str, kind: str) -> None:
    data = package({"main.xml": "<x/>"}, "main.xml", media_type)
    assert identify(written(tmp_path, data)).kind == kind


def test_a_main_root_tells_the_kind_where_the_content_type_is_wrong(tmp_path: Path) -> None:
    assert identify(written(tmp_path, docx(media_type="application/xml"))).kind == "docx"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (docx(), "docx"),
        (xlsx(), "xlsx"),
        (pptx(), "pptx"),
        (flat_docx(), "flat_docx"),
        (doc(), "doc"),
        (doc(flags=1), "dot"),
        (doc(version=0x0065), "doc95"),
        (xls(), "xls"),
        (xls((TEMPLATE, b"")), "xlt"),
        (compound({"Book": biff(BOF8)}), "xls95"),
        (compound({"PowerPoint Document": b"", "Current User": b""}), "ppt"),
        (compound({"PP40": b""}), "ppt95"),
        (compound({"VisioDocument": b""}), "vsd"),
        (compound({"Quill": b""}), "pub"),
        (compound({"Contents": b"\xe8\xac\x2c\x00"}), "pub"),
        (compound({"CONTENTS": b"CHNKWKS\x00"}), "works"),
        (compound({"MatOST": b""}), "works"),
        (compound({"   114/Var2Data": b""}), "mpp"),
        (compound({"__properties_version1.0": b""}), "msg"),
        (compound({"Something": b""}), "ole_other"),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", "xls4"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00", "xls4"),
        (b"\x09\x04\x06\x00\x00\x00\x00\x01", "xls4"),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00", "xls95"),
        (b"\xff\x00\x02\x00\x04\x04\x05\x54\x02\x00", "works"),
        (b"\x20\x54\x02\x00\x00\x00\x05\x54\x02\x00", "works"),
        (b"\xdb\xa5\x2d\x00" + b"\x00" * 40, "word2"),
        (rb"{\rtf1\ansi Hello}", "rtf"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\x00\x01\x00\x00Standard Jet DB\x00", "mdb"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "accdb"),
        (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d" + b"\x00" * 20, "one"),
        (b"\xa1\x2f\xff\x43\xd9\xef\x76\x4c" + b"\x00" * 20, "one"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', "word2003xml"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "excel2003xml"),
        (b"<!DOCTYPE html><html><body>hi</body></html>", "html"),
        (b"<HTML><BODY BGCOLOR=white><P>hi", "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "mht"),
        (b"name;amount\nrent;500\nfood;200\n", "csv"),
        (b"Just some words.\nAnd some more.\n", "text"),
        (bytes(range(256)) * 4, "unknown"),
        (b"", "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_content_tells_the_kind_whatever_the_name(tmp_path: Path, data: bytes, kind: str) -> None:
    for name in ("a.docx", "b.xls", "c.pdf", "noname"):
        assert identify(written(tmp_path, data, name)).kind == kind


@pytest.mark.parametrize("kind", sorted(UNSUPPORTED))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_declined_has_a_name_and_a_remedy(kind: str, language: str) -> None:
    params = {"kind": kind}
    named = error_sentence("UNSUPPORTED_KIND", params, language)
    assert table("kinds", language)[kind]["text"] in named
    assert error_remedy("UNSUPPORTED_KIND", params, language) == table("kinds", language)[kind]["remedy"]


@pytest.mark.parametrize(
    "data",
    [doc(version=0x0065), compound({"Book": biff(BOF8)}), b"\x09\x04\x06\x00\x00\x00\x00\x01", compound({"PP40": b""})],
    ids=["Word 95", "Excel 95", "Excel 4", "PowerPoint 95"],
)  # fmt: skip
def test_older_formats_are_refused_by_their_kind_and_never_reach_libreoffice(
    tmp_path: Path, data: bytes
) -> None:
    source = written(tmp_path, data, "a.doc")
    outcome = convert(source, tmp_path / "a.odt")
    assert (outcome.verdict, outcome.error, outcome.engine) == (Verdict.REFUSED, "UNSUPPORTED_KIND", None)
    assert dict(outcome.error_params) == {"kind": identify(source).kind}


def test_odf_files_are_recognised_and_declined(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    found = identify(written(tmp_path, stream.getvalue(), "letter.docx"))
    assert found.kind == "odt"
    assert found.refusal().code == "UNSUPPORTED_KIND"


def test_an_encrypted_ooxml_file_is_known_without_its_password(tmp_path: Path) -> None:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(docx())).encrypt("secret", stream)
    found = identify(written(tmp_path, stream.getvalue()))
    assert (found.kind, found.encrypted, found.refusal().code) == ("ooxml_encrypted", True, "ENCRYPTED")


def test_rights_management_is_told_from_a_password(tmp_path: Path) -> None:
    data = compound({"EncryptedPackage": b"", "DRMEncryptedDataSpace": b""})
    assert identify(written(tmp_path, data)).refusal().code == "RIGHTS_MANAGED"


@pytest.mark.parametrize(
    "data",
    [
        doc(flags=0x0100),
        xls((FILEPASS, b"\x00" * 4)),
        compound(
            {"PowerPoint Document": b"", "Current User": b"\x00" * 12 + b"\xdf\xc4\xd1\xf3" + b"\x00" * 4084}
        ),
    ],
    ids=["doc", "xls", "ppt"],
)
def test_encrypted_binary_files_are_refused(tmp_path: Path, data: bytes) -> None:
    assert identify(written(tmp_path, data)).refusal().code == "ENCRYPTED"


def test_an_owner_file_is_told_by_name_and_size(tmp_path: Path) -> None:
    owner = b"\x05Anna " + b" " * 157
    assert identify(written(tmp_path, owner, "~$letter.docx")).refusal().code == "LOCK_FILE"
    assert identify(written(tmp_path, docx(), "~$letter.docx")).kind == "docx"


def test_a_strict_document_is_noticed(tmp_path: Path) -> None:
    strict = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    data = package(
        {"word/document.xml": strict},
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    )
    found = identify(written(tmp_path, data))
    assert (found.kind, found.strict) == ("docx", True)


def test_a_missing_file_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="NO_SOURCE"):
        identify(tmp_path / "nowhere.docx")


def test_every_kind_becomes_something_or_is_declined_for_a_reason() -> None:
    for kind in KINDS.values():
        if kind.native or kind.libreoffice:
            assert kind.extension, kind.code
            assert kind.code not in UNSUPPORTED
        else:
            assert not kind.extension, kind.code
        assert kind.template == (kind.extension[-3:] in ("ott", "ots", "otp")), kind.code
