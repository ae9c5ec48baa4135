"""What is made of an encrypted document is encrypted: both engines, every kind, and nothing plain on the way."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
import zlib
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pptx as pptx_library
import pytest
from lxml import etree

from converters import Conversion, convert, convert_all, identify, making, verify
from converters.errors import Failed
from converters.odf import encryption
from converters.odf.namespaces import qn
from converters.options import MacroPolicy, Options
from converters.outcome import Engine, Outcome, Verdict
from converters.private_files import private_file
from converters.provenance import read_provenance
from tests.encrypted_files import WORDS, agile, closed_show, letter, standard
from tests.libreoffice import needs_libreoffice
from tests.office_files import docm, pptx, xlsx
from tests.uno_documents import asked

PASSWORD = "Grüße, 3 Mäuse"
OPTIONS = Options(passwords=("other", PASSWORD))
MANIFEST_SCHEMA = "odf/schemas/odf-1.3/OpenDocument-v1.3-manifest-schema.rng"
PIXEL = Path(__file__).parents[1] / "pixel.png"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("share") / "minutes.docx"
    path.write_bytes(agile(letter(), PASSWORD))
    return path


def _show() -> bytes:
    """A presentation of one slide with a title and a picture."""
    presentation = pptx_library.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = WORDS
    slide.shapes.add_picture(str(PIXEL), 0, 0)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def binary(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A .doc, .xls and .ppt under the password; the first two by LibreOffice."""
    folder = tmp_path_factory.mktemp("binary")
    made = {
        "doc": ("docx", letter(), "MS Word 97"),
        "xls": ("xlsx", xlsx(), "MS Excel 97"),
        "ppt": ("pptx", _show(), "MS PowerPoint 97"),
    }
    requests = []
    for kind, (extension, data, name) in made.items():
        plain, target = folder / f"plain.{extension}", folder / f"closed.{kind}"
        plain.write_bytes(data)
        request = {"source": plain.as_uri(), "target": target.as_uri(), "filter": name}
        requests.append(request | ({"target_password": PASSWORD} if kind != "ppt" else {}))
    assert all(answer["opened"] for answer in asked(requests))
    show = folder / "closed.ppt"
    show.write_bytes(closed_show(show.read_bytes(), PASSWORD))
    return {kind: folder / f"closed.{kind}" for kind in made}


def _converted(source: Path, target: Path, options: Options = OPTIONS, **more: object) -> Outcome:
    outcome = convert(source, target, options=options, **more)  # type: ignore[arg-type]
    assert outcome.target, (outcome.error, outcome.error_params)
    return outcome


@needs_libreoffice
@pytest.mark.libreoffice
def test_results_of_both_engines_open_in_libreoffice_with_the_password_of_their_source_alone(
    source: Path, binary: dict[str, Path], tmp_path: Path
) -> None:
    cases = (
        (source, Engine.NATIVE, "odt", "docx", WORDS),
        (source, Engine.LIBREOFFICE, "odt", "docx", WORDS),
        (binary["doc"], Engine.AUTO, "odt", "doc", WORDS),
        (binary["xls"], Engine.AUTO, "ods", "xls", "5"),
        (binary["ppt"], Engine.AUTO, "odp", "ppt", WORDS),
    )
    requests = []
    for number, (path, engine, extension, kind, _words) in enumerate(cases):
        target = tmp_path / f"{number}.{extension}"
        outcome = _converted(path, target, engine=engine)
        assert outcome.kind == kind
        assert outcome.engine is (Engine.LIBREOFFICE if engine is Engine.AUTO else engine)
        assert "PASSWORD_DROPPED" not in {loss.code for loss in outcome.losses}
        assert outcome.source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        location = target.as_uri()
        requests += [
            {"source": location, "password": PASSWORD},
            {"source": location},
            {"source": location, "password": PASSWORD.lower()},
        ]
    answers = iter(asked(requests))
    for *_case, words in cases:
        right, none, wrong = next(answers), next(answers), next(answers)
        assert right["opened"]
        assert words in right["text"]
        assert (none["opened"], wrong["opened"]) == (False, False)


@needs_libreoffice
@pytest.mark.libreoffice
def test_the_pictures_of_an_encrypted_show_are_there(binary: dict[str, Path], tmp_path: Path) -> None:
    target = tmp_path / "show.odp"
    outcome = _converted(binary["ppt"], target, replace(OPTIONS, reencrypt=False))
    assert "PROPERTIES_ENCRYPTED" in {loss.code for loss in outcome.losses}
    with zipfile.ZipFile(target) as package:
        pictures = [package.read(name) for name in package.namelist() if name.startswith("Pictures/")]
    assert [picture[:4] for picture in pictures] == [b"\x89PNG"]


@pytest.mark.parametrize(
    ("data", "extension"),
    [(standard(pptx() + bytes(5000), PASSWORD), "odp"), (standard(letter(), PASSWORD), "odt")],
)
def test_the_family_is_that_of_the_document_inside(tmp_path: Path, data: bytes, extension: str) -> None:
    source = tmp_path / "closed.bin"
    source.write_bytes(data)
    _converted(source, tmp_path / f"a.{extension}")
    other = convert(source, tmp_path / "b.ods", options=OPTIONS)
    assert other.error == "WRONG_FAMILY"


def test_the_package_is_as_the_standard_says(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "minutes.odt"
    _converted(source, target)
    with zipfile.ZipFile(target) as package:
        manifest = etree.fromstring(package.read("META-INF/manifest.xml"))
        names = package.namelist()
        assert names[0] == "mimetype"
        assert {info.compress_type for info in package.infolist()[:-1]} == {zipfile.ZIP_STORED}
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        for name in names[1:]:
            if name != "META-INF/manifest.xml":
                assert len(package.read(name)) % 16 == 0
    with resources.as_file(resources.files("openxml_audit").joinpath(MANIFEST_SCHEMA)) as path:
        schema = etree.RelaxNG(etree.parse(path))
    assert schema.validate(manifest), schema.error_log
    closed = {
        entry.get(qn("manifest:full-path"))
        for entry in manifest
        if entry.find(qn("manifest:encryption-data")) is not None
    }
    assert closed == set(names) - {"mimetype", "META-INF/manifest.xml"}
    salts = [element.get(qn("manifest:salt")) for element in manifest.iter(qn("manifest:key-derivation"))]
    assert len(set(salts)) == len(salts)


def test_an_encrypted_result_is_known_as_one(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "minutes.odt"
    _converted(source, target)
    identity = identify(target)
    assert (identity.kind, identity.encrypted) == ("odt", True)
    assert identity.refusal() is not None
    assert identity.refusal().code == "UNSUPPORTED_KIND"  # type: ignore[union-attr]
    plain = tmp_path / "plain.docx"
    plain.write_bytes(letter())
    assert verify(plain, target).error == "ENCRYPTED"
    assert convert(target, tmp_path / "again.odt", options=OPTIONS).error == "UNSUPPORTED_KIND"


def test_two_results_share_no_byte_of_their_content(source: Path, tmp_path: Path) -> None:
    targets = [tmp_path / "a.odt", tmp_path / "b.odt"]
    for target in targets:
        _converted(source, target)
    first, second = (zipfile.ZipFile(target).read("content.xml") for target in targets)
    assert first[:16] != second[:16]


def test_the_proof_comes_before_the_encryption_and_nothing_plain_is_beside_the_target(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, list[int]]] = []
    plain_prove = making.prove

    def prove(result: Path, extension: str, **options: bool) -> None:
        plain_prove(result, extension, **options)
        seen.append((zipfile.is_zipfile(result), [path.stat().st_size for path in tmp_path.iterdir()]))

    monkeypatch.setattr(making, "prove", prove)
    _converted(source, tmp_path / "minutes.odt")
    assert seen == [(True, [])]  # the result is whole, and nothing of it is where the target will be
    assert [path.name for path in tmp_path.iterdir()] == ["minutes.odt"]


def test_a_result_that_fails_the_proof_is_not_there_in_any_form(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prove(*_arguments: object, **_options: object) -> None:
        raise Failed("PROOF_FAILED", detail="test")

    monkeypatch.setattr(making, "prove", prove)
    assert convert(source, tmp_path / "minutes.odt", options=OPTIONS).error == "PROOF_FAILED"
    assert not list(tmp_path.iterdir())


def test_an_encrypted_result_that_cannot_be_opened_again_is_not_placed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = encryption.encrypt_package

    def damaged(plain: Path, target: Path, password: str) -> None:
        real(plain, target, password + "x")

    monkeypatch.setattr(encryption, "encrypt_package", damaged)
    outcome = convert(source, tmp_path / "minutes.odt", options=OPTIONS)
    assert (outcome.error, outcome.target) == ("PROOF_FAILED", None)
    assert not list(tmp_path.iterdir())


def test_stored_open_only_where_the_caller_says_so_and_then_named(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "minutes.odt"
    outcome = _converted(source, target, Options(passwords=(PASSWORD,), reencrypt=False))
    assert outcome.verdict is Verdict.NEEDS_A_PERSON
    assert "PASSWORD_DROPPED" in {loss.code for loss in outcome.losses}
    assert WORDS in zipfile.ZipFile(target).read("content.xml").decode()
    assert read_provenance(target)["Source SHA-256"] == outcome.source_sha256


def test_what_everybody_can_open_is_stored_open(tmp_path: Path) -> None:
    source, target = tmp_path / "budget.docx", tmp_path / "budget.odt"
    source.write_bytes(agile(letter(), "VelvetSweatshop"))
    outcome = _converted(source, target, Options())
    assert "PASSWORD_DROPPED" not in {loss.code for loss in outcome.losses}
    assert WORDS in zipfile.ZipFile(target).read("content.xml").decode()


@pytest.mark.parametrize("passwords", [(), ("other",)])
def test_without_the_right_password_nothing_is_made(
    source: Path, tmp_path: Path, passwords: tuple[str, ...]
) -> None:
    outcome = convert(source, tmp_path / "minutes.odt", options=Options(passwords=passwords))
    assert outcome.verdict is Verdict.REFUSED
    assert outcome.error == ("WRONG_PASSWORD" if passwords else "ENCRYPTED")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "beside"),
    [
        (OPTIONS, []),
        (replace(OPTIONS, reencrypt=False), ["plan.odt.macros.txt"]),
        (replace(OPTIONS, macros=MacroPolicy.DROP), []),
    ],
)
def test_macros_are_never_left_beside_what_has_a_password(
    tmp_path: Path, options: Options, beside: list[str]
) -> None:
    source, folder = tmp_path / "plan.docm", tmp_path / "results"
    folder.mkdir()
    noise = "".join(f"'{hashlib.sha512(bytes([index])).hexdigest()}\r\n" for index in range(120))
    source.write_bytes(
        agile(docm({"Secret": f'Sub Salary()\r\nMsgBox "4711"\r\nEnd Sub\r\n{noise}'}), PASSWORD)
    )
    outcome = _converted(source, folder / "plan.odt", options)
    codes = {loss.code for loss in outcome.losses}
    assert ("MACROS_COMMENTED" in codes) == (options is OPTIONS)
    others = [path for path in folder.iterdir() if path.name != "plan.odt"]
    assert len(others) == len(beside)
    if options.reencrypt:
        assert b"4711" not in (folder / "plan.odt").read_bytes()


@needs_libreoffice
@pytest.mark.libreoffice
def test_formula_results_are_cross_checked_behind_the_password(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><f>1+1</f><v>3</v></c></row>'
    source = tmp_path / "budget.xlsx"
    source.write_bytes(standard(xlsx(rows) + bytes(5000), PASSWORD))
    outcome = _converted(source, tmp_path / "budget.ods", Options(passwords=(PASSWORD,), recalculate=True))
    assert "RESULT_DIFFERS_FROM_STORED" in {loss.code for loss in outcome.losses}


def test_no_answer_holds_the_password(source: Path, tmp_path: Path) -> None:
    wish = Conversion(source, tmp_path / "minutes.odt", options=OPTIONS)
    ((given, outcome),) = convert_all([wish])
    assert outcome.target
    for text in (repr(given), repr(outcome), json.dumps(outcome.as_json(), ensure_ascii=False)):
        assert PASSWORD not in text


def test_pieces_larger_than_a_block_are_the_same_afterwards(tmp_path: Path) -> None:
    plain, closed = tmp_path / "plain.odt", tmp_path / "closed.odt"
    content = bytes(3_000_000) + hashlib.sha512(b"x").digest() * 20_000
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("Configurations2/", b"")
        package.writestr("empty.xml", b"")
        package.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{encryption.NAMESPACES["manifest"]}"/>'
        )
    encryption.encrypt_package(plain, closed, PASSWORD)
    encryption.prove_encrypted(closed, plain, PASSWORD)
    with pytest.raises(encryption.NotTheSame):
        encryption.prove_encrypted(closed, plain, "other")
    with private_file() as copy:
        shutil.copyfile(closed, copy)
        with zipfile.ZipFile(copy) as package:
            assert zlib.crc32(package.read("content.xml")) != zlib.crc32(content)
