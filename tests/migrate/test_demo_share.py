"""The sample share: its files are what they claim, and the same on every run."""

import io
import zipfile

import msoffcrypto
import olefile
import pytest

from converters.identify import identify
from converters.inspect import inspect
from converters.macros.project import read_project
from converters.macros.source import read_source
from converters.outcome import Verdict
from migrate.sample_share.expected import EXPECTED
from migrate.sample_share.legacy import FORMATS
from migrate.sample_share.oddities import PASSWORD
from migrate.sample_share.share import write_share
from migrate.sample_share.vba_project import compound_file, compressed, vba_project

ENCRYPTED = ("finances/confidentiel/paie.xlsx", "greffe/confidentiel/entretien.docx")


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    return write_share(tmp_path_factory.mktemp("share"), None)


def test_every_file_has_an_expected_verdict_and_none_is_missing(share):
    assert set(EXPECTED) == {*share.paths, *share.left_out}
    assert len(EXPECTED) >= 60
    assert {path.split("/")[0] for path in EXPECTED} == {
        "communications",
        "finances",
        "greffe",
        "services-techniques",
    }


def test_without_libreoffice_the_legacy_files_alone_are_left_out(share):
    assert len(share.left_out) == 4
    assert all(path.rpartition(".")[2] in FORMATS for path in share.left_out)


def test_the_bytes_of_every_file_are_what_its_expected_verdict_says(share):
    odd = {"text", "empty", "owner_file", "ooxml_encrypted", "zip"}
    for path in share.paths:
        kind = identify(share.folder / path).kind
        if EXPECTED[path] in (Verdict.REFUSED, None):
            assert kind in odd, path
        else:
            assert kind == path.rpartition(".")[2], path


def test_two_runs_write_the_same_bytes_and_dates(share, tmp_path):
    again = write_share(tmp_path, None)
    assert again.paths == share.paths
    for path in share.paths:
        first, second = share.folder / path, again.folder / path
        assert first.stat().st_mtime == second.stat().st_mtime
        assert path in ENCRYPTED or first.read_bytes() == second.read_bytes(), path


@pytest.mark.parametrize("path", ENCRYPTED)
def test_files_with_a_password_open_with_it(share, path):
    target = io.BytesIO()
    with (share.folder / path).open("rb") as stream:
        office = msoffcrypto.OfficeFile(stream)
        office.load_key(password=PASSWORD)
        office.decrypt(target)
    assert "[Content_Types].xml" in zipfile.ZipFile(target).namelist()


@pytest.mark.parametrize(
    ("path", "part", "procedures"),
    [
        ("greffe/modeles/accuse-de-reception.docm", "word/vbaProject.bin", {"NouveauDossier"}),
        ("finances/budget/consolidation.xlsm", "xl/vbaProject.bin", {"Consolider", "Total"}),
    ],
)
def test_macros_are_real_projects_with_their_procedures(share, path, part, procedures):
    with zipfile.ZipFile(share.folder / path) as package:
        project = read_project(package.read(part), deep=True)
    sources = [read_source(module.code or "") for module in project.modules]
    assert {procedure.name for source in sources for procedure in source.procedures} == procedures
    assert sum(len(source.lines) for source in sources) > 5


def test_links_lead_to_files_of_the_share(share):
    links = {link.kind: link.target for path in share.paths for link in inspect(share.folder / path).links}
    assert "budget-2026.xlsx" in " ".join(links.values())
    assert "Invitation.dotx" in " ".join(links.values())


def test_documents_hold_real_prose_in_two_languages(share):
    texts = b""
    for path in share.paths:
        if path.endswith(".docx") and EXPECTED[path] is Verdict.CONVERTED:
            with zipfile.ZipFile(share.folder / path) as package:
                texts += package.read("word/document.xml")
    assert len(texts.decode().split()) > 2000
    assert b"trottoirs" in texts
    assert b"footbridge" in texts


def test_a_compound_file_holds_its_streams():
    streams = {"a": b"x" * 700, "VBA/dir": b"y" * 65, "VBA/empty": b"", "VBA/Longer": b"z" * 4095}
    with olefile.OleFileIO(io.BytesIO(compound_file(streams))) as ole:
        assert sorted("/".join(path) for path in ole.listdir()) == sorted(streams)
        for path, content in streams.items():
            assert ole.openstream(path).read() == content
    with pytest.raises(ValueError, match="too long"):
        compound_file({"a": bytes(4096)})


def test_a_module_with_accents_survives_and_one_that_is_too_long_is_refused():
    (_document, module) = read_project(
        vba_project({"Été": "Sub Ouvrir()\nEnd Sub\n"}, "ThisDocument"), deep=True
    ).modules
    (procedure,) = read_source(module.code or "").procedures
    assert (module.name, procedure.name) == ("Été", "Ouvrir")
    with pytest.raises(ValueError, match="do not fit"):
        compressed(bytes(3601))
