"""Twelve calls as agents take them: a file and what the colleague says of it, and the cause that must come first."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from msoffcrypto.format.ooxml import OOXMLFile

from migrate.cli import group
from migrate.helpdesk.causes import CAUSES, SETTINGS, SYMPTOMS
from migrate.helpdesk.fix import fix
from migrate.locale import LANGUAGES, table
from tests.converters.recovery.damage import letter
from tests.libreoffice import needs_libreoffice
from tests.office_files import XLSX_TYPE, X, docm, docx, docx_with, package, relationships, vba_project, xlsx

SECONDS = 30  # an answer that takes longer is no answer for somebody on the telephone
_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"


def _encrypted() -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(letter(1))).encrypt("secret", stream)  # a small one is not encrypted rightly
    return stream.getvalue()


def _manual() -> bytes:
    return _rewritten(
        xlsx('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v>99</v></c></row>'),
        b"</workbook>",
        b'<calcPr calcMode="manual"/></workbook>',
    )


def _rewritten(data: bytes, old: bytes, new: bytes, **more: bytes) -> bytes:
    """A package whose parts say ``new`` for ``old``, with parts added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(stream, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name).replace(old, new))
        for name, part in more.items():
            made.writestr(name, part)
    return stream.getvalue()


def _linked_workbook() -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = (
        f'<externalLink xmlns="{X}" xmlns:r="{office}">'
        '<externalBook r:id="rId1"><sheetNames><sheetName val="A"/></sheetNames></externalBook></externalLink>'
    )
    references = '<externalReferences><externalReference r:id="rId9"/></externalReferences>'
    return package(
        {
            "xl/workbook.xml": f'<workbook xmlns="{X}" xmlns:r="{office}"><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/>'
            f"</sheets>{references}</workbook>",
            "xl/_rels/workbook.xml.rels": relationships(
                {
                    "rId1": ("worksheet", "worksheets/sheet1.xml"),
                    "rId9": ("externalLink", "externalLinks/externalLink1.xml"),
                }
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{X}"><sheetData><row r="1"><c r="A1"><f>[1]A!A1+1</f><v>8</v></c>'
            "</row></sheetData></worksheet>",
            "xl/externalLinks/externalLink1.xml": link,
            "xl/externalLinks/_rels/externalLink1.xml.rels": relationships(
                {"rId1": ("externalLinkPath", "file:///S:/budget.xlsx")}
            ),
        },
        "xl/workbook.xml",
        XLSX_TYPE,
    )


def _addin() -> bytes:
    return xlsx('<row r="1"><c r="A1"><f>_xll.BDP("FR01","PX_LAST")</f><v>7</v></c></row>')


def _own_function() -> bytes:
    """A workbook whose cell calls a function of its own macro."""
    plain = xlsx('<row r="1"><c r="A1"><v>3</v></c><c r="B1"><f>Prime(A1)</f><v>7</v></c></row>')
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    project = vba_project({"Module1": "Function Prime(x)\r\nPrime = x + 4\r\nEnd Function\r\n"})
    related = f'<Relationship Id="rId2" Type="{_VBA}" Target="vbaProject.bin"/></Relationships>'.encode()
    main = _rewritten(plain, XLSX_TYPE.encode(), kind, **{"xl/vbaProject.bin": project})
    return _rewritten(main, b"</Relationships>", related)


def _linked_picture() -> bytes:
    drawing = (
        '<w:p><w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><wp:inline><wp:extent cx="900000" cy="900000"/>'
        '<wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:link="rId5"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    rels = relationships({"rId5": ("image", "https://intranet.example/logo.png")})
    return docx_with({"word/_rels/document.xml.rels": rels}, drawing)


def _rare_font() -> bytes:
    run = '<w:r><w:rPr><w:rFonts w:ascii="Marianne Sonderschrift" w:hAnsi="Marianne Sonderschrift"/></w:rPr><w:t>x</w:t></w:r>'
    return docx(f"<w:p>{run}</w:p>")


def _calling_macro() -> bytes:
    return docm({"Module1": 'Sub Send()\r\nSet o = CreateObject("Outlook.Application")\r\nEnd Sub\r\n'})


# name, file, what the colleague says, the cause that must come first
CALLS: tuple[tuple[str, Callable[[], bytes], str, str], ...] = (
    ("minutes.docx", lambda: letter(1)[:-1500], "cannot-open", "DAMAGED"),
    ("notes.docx", _encrypted, "cannot-open", "PASSWORD"),
    ("report.docx", lambda: b"%PDF-1.7\n1 0 obj\n", "cannot-open", "WRONG_NAME"),
    ("empty.docx", lambda: b"", "cannot-open", "EMPTY_FILE"),
    ("budget.xlsx", _manual, "totals-differ", "MANUAL_CALCULATION"),
    ("sums.xlsx", _linked_workbook, "totals-differ", "OTHER_WORKBOOK"),
    ("prices.xlsx", _addin, "name-error", "ADDIN_FUNCTION"),
    ("bonus.xlsm", _own_function, "name-error", "MACRO_FUNCTION"),
    ("decree.docx", _rare_font, "layout-moved", "FONTS"),
    ("form.docm", _calling_macro, "macro-dead", "MACRO_CALLS"),
    ("poster.docx", _linked_picture, "picture-gone", "PICTURE_LINKED"),
    ("linked.xlsx", _linked_workbook, "links-ask", "OTHER_WORKBOOK"),
)


@pytest.mark.parametrize(
    ("name", "make", "symptom", "cause"), CALLS, ids=[f"{row[0]}-{row[2]}" for row in CALLS]
)
def test_the_right_cause_comes_first(
    tmp_path: Path, name: str, make: Callable[[], bytes], symptom: str, cause: str
) -> None:
    path = tmp_path / name
    data = make()
    path.write_bytes(data)
    started = time.monotonic()
    answer = fix(path, symptom=symptom)
    assert time.monotonic() - started < SECONDS
    assert [found.code for found in answer.causes][:1] == [cause]
    assert path.read_bytes() == data


def test_the_password_opens_it_and_the_new_file_has_it_too(tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(_encrypted())
    refused = fix(path, symptom="cannot-open", password="wrong")
    assert (refused.target, refused.error) == (None, "WRONG_PASSWORD")
    assert [cause.code for cause in refused.causes][:1] == ["PASSWORD"]
    answer = fix(path, symptom="cannot-open", password="secret")
    codes = [act.code for act in answer.acts]
    assert codes[:2] == ["UNLOCKED", "CONVERTED"]
    assert codes[-1] == "REENCRYPTED"
    assert answer.target is not None
    with zipfile.ZipFile(answer.target) as archive:
        assert b"encryption-data" in archive.read("META-INF/manifest.xml")
        assert "Délibération 1".encode() not in archive.read("content.xml")
    opened = fix(path, symptom="cannot-open", password="secret", reencrypt=False)
    assert opened.acts[-1].code == "STORED_DECRYPTED"
    assert opened.target is not None
    with zipfile.ZipFile(opened.target) as archive:
        assert "Délibération 1".encode() in archive.read("content.xml")


def test_a_result_of_ours_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx())
    made = fix(path).target
    assert made is not None
    answer = fix(made, symptom="layout-moved")
    assert answer.ours["Source SHA-256"]
    assert answer.target is None


def test_where_nothing_is_wrong_it_is_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "plain.docx"
    path.write_bytes(docx())
    for symptom in ("picture-gone", "links-ask", "cannot-open"):
        assert [found.code for found in fix(path, symptom=symptom).causes] == [SETTINGS[symptom]]
    assert fix(path).causes == ()


def test_a_hostile_file_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx_with({"word/../../evil.xml": "x"}))
    answer = fix(path, symptom="cannot-open")
    assert answer.causes[0].code == "HOSTILE"
    assert list(tmp_path.iterdir()) == [path]


@needs_libreoffice
def test_totals_that_were_out_of_date_are_told_by_recalculation(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v>99</v></c></row>'))
    answer = fix(path, symptom="totals-differ")
    assert answer.causes[0].code == "RESULT_OUT_OF_DATE"
    assert [place.cell for place in answer.causes[0].evidence.places] == ["B1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_says_it_in_words(tmp_path: Path, language: str) -> None:
    path = tmp_path / "minutes.docx"
    path.write_bytes(letter(1)[:-1500])
    result = CliRunner().invoke(group, ["fix", str(path), "--symptom", "cannot-open", "--lang", language])
    assert result.exit_code == 1
    assert table("causes", language)["DAMAGED"]["remedy"] in result.output
    assert table("causes", language)["DAMAGED"]["reply"] in result.output
    assert "{" not in result.output


def test_every_cause_has_its_words_and_its_reply() -> None:
    codes = {code for rows in CAUSES.values() for code, _look in rows} | set(SETTINGS.values())
    for language in LANGUAGES:
        words = table("causes", language)
        assert set(words) == codes
        assert all(set(entry) == {"text", "remedy", "reply"} for entry in words.values())
        assert set(table("symptoms", language)) == set(SYMPTOMS) == set(CAUSES) == set(SETTINGS)
