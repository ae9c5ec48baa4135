"""Typefaces of documents: which are used, what stands for them, and when that is a loss."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from converters import convert, inspect
from converters.census.typefaces import typefaces_of_odf
from converters.losses import LOSSES, Severity
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict
from converters.routing import deciding_severity
from converters.typefaces import Presence, Typeface, installed, look_up, twins
from migrate.cli import group
from migrate.policy import PolicyError, read_typefaces
from tests.converters.docx_to_odt.docx_builder import build_docx, paragraph
from tests.office_files import BOF8, biff, compound

DESKTOP = ("Arial", "Carlito", "Liberation Serif")


@pytest.mark.parametrize(
    ("name", "presence", "twin"),
    [
        ("Arial", Presence.PRESENT, ""),
        ("ARIAL", Presence.PRESENT, ""),
        ("Arial CE", Presence.PRESENT, ""),
        ("Calibri", Presence.TWIN, "Carlito"),
        ("Times New Roman", Presence.TWIN, "Liberation Serif"),
        ("Times New Roman (Hebrew)", Presence.TWIN, "Liberation Serif"),
        ("Calibri Light", Presence.MISSING, ""),
        ("Georgia", Presence.MISSING, ""),  # its twin, Gelasio, is not there
        ("Brand Sans", Presence.EMBEDDED, ""),
    ],
)
def test_a_font_that_is_nowhere_is_a_layout_risk_and_a_twin_is_none(
    name: str, presence: Presence, twin: str
) -> None:
    assert look_up([name], DESKTOP, ["Brand Sans"]) == (Typeface(name, presence, twin),)


def test_where_nobody_knows_the_typefaces_nothing_is_claimed() -> None:
    assert look_up(["Arial"], None) == (Typeface("Arial", Presence.UNKNOWN),)


def test_every_twin_has_a_source_and_is_no_typeface_of_microsoft() -> None:
    assert twins()["georgia"] == ("Gelasio",)
    for name, found in twins().items():
        assert found
        assert name not in {twin.casefold() for twin in found}
        assert not {"calibri", "cambria", "georgia", "arial", "times new roman"} & {
            twin.casefold() for twin in found
        }


def document(*fonts: str) -> bytes:
    runs = [f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' for font in fonts]
    return build_docx("".join(paragraph("Dear reader", run=run) for run in runs))


def converted(folder: Path, data: bytes, **options: object) -> Outcome:
    source = folder / "a.docx"
    source.write_bytes(data)
    outcome = convert(
        source, folder / "a.odt", engine=Engine.NATIVE, options=Options(**options), overwrite=True
    )  # type: ignore[arg-type]
    assert Outcome.from_json(json.loads(json.dumps(outcome.as_json()))).typefaces == outcome.typefaces
    return outcome


def test_a_missing_typeface_of_this_machine_changes_no_verdict(tmp_path: Path) -> None:
    """What a server has says nothing of the desktops: the outcome names it, and that is all."""
    outcome = converted(tmp_path, document("Nowhere Sans"))
    assert (outcome.verdict, outcome.losses) == (Verdict.CONVERTED, ())
    expected = Presence.UNKNOWN if installed() is None else Presence.MISSING
    assert Typeface("Nowhere Sans", expected) in outcome.typefaces


def test_a_typeface_that_the_desktops_miss_is_a_loss_of_layout_that_no_engine_mends(tmp_path: Path) -> None:
    outcome = converted(tmp_path, document("Nowhere Sans", "Calibri"), typefaces=DESKTOP)
    assert [(loss.code, dict(loss.params)) for loss in outcome.losses] == [
        ("TYPEFACE_MISSING", {"typeface": "Nowhere Sans"}),
        ("TYPEFACE_REPLACED", {"typeface": "Calibri", "twin": "Carlito"}),
    ]
    assert outcome.verdict is Verdict.CONVERTED_WITH_LOSSES
    assert deciding_severity(outcome.losses) is None
    assert LOSSES["TYPEFACE_REPLACED"].severity is Severity.COSMETIC


def odf(path: Path, faces: str, styles: str, content: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("styles.xml", f"<office:document-styles>{faces}{styles}</office:document-styles>")
        archive.writestr(
            "content.xml",
            f'<office:document-content>{content}<office:body style:font-name="Body"/></office:document-content>',
        )
    return path  # fmt: skip


def test_used_typefaces_are_those_that_styles_refer_to(tmp_path: Path) -> None:
    faces = (
        '<style:font-face style:name="Arial1" svg:font-family="Arial" style:font-pitch="variable"/>'
        '<style:font-face style:name="T" svg:font-family="&apos;Times New Roman&apos;"/>'
        '<style:font-face style:name="Brand" svg:font-family="Brand"><svg:font-face-src/></style:font-face>'
        '<style:font-face style:name="Declared" svg:font-family="Declared"/>'
        '<style:font-face style:name="Wingdings" svg:font-family="Wingdings"/>'
    )
    styles = (
        '<style:text-properties style:font-name="Arial1" style:font-name-asian="Declared"/>'
        '<style:text-properties style:font-name="Brand"/><style:text-properties style:font-name="Wingdings"/>'
        '<style:text-properties style:font-name="Liberation Serif"/>'
    )
    path = odf(tmp_path / "a.odt", faces, styles, '<style:text-properties style:font-name="T"/>')
    assert typefaces_of_odf(path) == (("Arial", "Brand", "Liberation Serif", "Times New Roman"), ("Brand",))
    assert "Liberation Serif" not in typefaces_of_odf(path, by_libreoffice=True).names
    path.write_bytes(b"no package")
    assert typefaces_of_odf(path) == ((), ())


def theme(minor: str, major: str) -> str:
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme name="x">'
        f'<a:majorFont><a:latin typeface="{major}"/></a:majorFont><a:minorFont><a:latin typeface="{minor}"/></a:minorFont>'
        "</a:fontScheme></a:themeElements></a:theme>"
    )


def test_inspection_resolves_the_typefaces_of_the_theme(tmp_path: Path) -> None:
    body = paragraph("x", run='<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi"/>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    data = build_docx(
        body,
        relationships=f'<Relationship Id="t" Type="{kind}" Target="theme/theme1.xml"/>',
        files={"word/theme/theme1.xml": theme("Body Face", "Head Face").encode()},
    )
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert inspect(path).fonts == ("Arial", "Head Face")  # Arial is the default of the styles


def font_record(name: str) -> tuple[int, bytes]:
    return 0x0031, b"\x00" * 14 + bytes([len(name), 0]) + name.encode("latin-1")


def test_inspection_reads_the_typefaces_of_binary_files(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(compound({"Workbook": biff(BOF8, font_record("Brand Sans"), (0x000A, b""))}))
    assert inspect(path).fonts == ("Brand Sans",)
    show = tmp_path / "a.ppt"
    face = "Brand Show".encode("utf-16-le").ljust(64, b"\x00")
    show.write_bytes(
        compound(
            {
                "PowerPoint Document": b"\x00\x00\xb7\x0f\x44\x00\x00\x00" + face + b"\x00" * 4,
                "Current User": b"",
            }
        )
    )
    assert "Brand Show" in inspect(show).fonts


def test_the_desktops_typefaces_come_from_a_text_file(tmp_path: Path) -> None:
    listed = tmp_path / "desktop.txt"
    listed.write_text("\ufeff# of the desktops\nArial\n\n  Carlito  # for Calibri\n", "utf-8")
    assert read_typefaces(str(listed)) == ("Arial", "Carlito")
    assert read_typefaces("") is None
    with pytest.raises(PolicyError, match="TYPEFACES_UNREADABLE"):
        read_typefaces(str(tmp_path / "nowhere.txt"))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_commands_say_what_stands_for_each_typeface(tmp_path: Path, lang: str) -> None:
    source, listed = tmp_path / "a.docx", tmp_path / "desktop.txt"
    source.write_bytes(document("Nowhere Sans", "Calibri"))
    listed.write_text("Carlito\n", "utf-8")
    told = CliRunner().invoke(group, ["inspect", str(source), "--lang", lang]).output
    if installed() is not None:
        assert ("Nowhere Sans (missing here)" if lang == "en" else "Nowhere Sans (absente ici)") in told
    arguments = [
        "convert",
        source,
        "--typefaces",
        listed,
        "--db",
        tmp_path / "x.db",
        "--jobs",
        "1",
        "--lang",
        lang,
    ]
    said = CliRunner().invoke(group, list(map(str, arguments))).output
    assert "Nowhere Sans (1)" in said
    answer = json.loads(CliRunner().invoke(group, ["inspect", str(source), "--json"]).output)
    assert {"name", "presence", "twin"} == set(answer[0]["typefaces"][0])
