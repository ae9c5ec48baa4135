import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from converters.families import family_for
from converters.libreoffice.find import find
from migrate.batch.runner import run_batch
from migrate.cli import convert as convert_module
from migrate.cli import group, main
from tests.migrate.batch.fake_engine import convert_in_process, result_of
from tests.office_files import docx, paragraph

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def share(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.startswith("MIGRATE_")]:
        monkeypatch.delenv(variable)
    monkeypatch.setattr(
        convert_module, "run_batch", partial(run_batch, convert=convert_in_process, revision=lambda kind: 1)
    )
    root = tmp_path / "share"
    files = {"a.docx": b"a", "sub/b.docx": b"b with a chart", "notes.txt": b"notes", "~$a.docx": b"owner"}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def _invoke(*arguments):
    result = CliRunner().invoke(group, ["convert", *map(str, arguments)], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result


def test_a_share_gets_a_summary_that_leads_with_the_worst(share):
    result = _invoke(share, "--to", "odf", "--lang", "en")
    assert result.return_value == 1
    lines = result.output.splitlines()
    assert lines[0] == "Worst: in some files something is gone (content)."
    assert "      1  converted" in lines
    assert "      1  needs a person" in lines
    assert any("A chart" in line for line in lines)
    assert lines[-1].startswith("Next: ")
    assert (Path("odf") / "sub/b.odt").exists()


def test_the_summary_speaks_french(share):
    assert _invoke(share, "--to", "odf", "--lang", "fr").output.startswith("Au pire\xa0: dans certains fichiers")


def test_fail_on_decides_about_the_exit_code(share):
    (share / "sub/b.docx").unlink()
    assert _invoke(share, "--to", "odf").return_value == 0
    (share / "c.docx").write_bytes(b"refuse")
    assert _invoke(share, "--to", "odf").return_value == 1
    (share / "d.docx").write_bytes(b"fail")
    assert _invoke(share, "--to", "odf").return_value == 2


def test_json_is_one_document_whose_rows_add_up(share):
    document = json.loads(_invoke(share, "--to", "odf", "--json").output)
    assert document["summary"]["verdicts"] == {"converted": 1, "needs_a_person": 1}
    assert document["summary"]["exit_code"] == 1
    assert {Path(left["path"]).name: left["reason"] for left in document["not_converted"]} == {
        "notes.txt": "NOT_OFFICE",
        "~$a.docx": "LOCK_FILE",
    }


def test_json_holds_names_that_are_no_unicode(share):
    name = os.fsdecode(b"caf\xe9.docx")
    (share / name).write_bytes(b"x")
    document = json.loads(_invoke(share, "--to", "odf", "--json").output)
    assert any(file["source"].endswith(name) for file in document["files"])
    assert (Path("odf") / os.fsdecode(b"caf\xe9.odt")).exists()


def test_names_cannot_steer_the_terminal(share):
    (share / "evil\x1b[31m\nname.docx").write_bytes(b"a chart")
    output = _invoke(share, "--to", "odf").output
    assert "\x1b" not in output
    assert "evil\ufffd[31m\ufffdname.docx" in output


def test_a_template_becomes_a_document_on_request(share):
    (share / "form.dotx").write_bytes(b"form")
    _invoke(share / "form.dotx", "-o", "form.odt")
    assert Path("form.odt").read_bytes() == result_of(b"form")


def test_one_file_stands_beside_its_source(share):
    _invoke(share / "a.docx")
    assert (share / "a.odt").read_bytes() == result_of(b"a")


def test_a_dry_run_writes_nothing_at_all(share):
    before = sorted(Path().rglob("*"))
    result = _invoke(share, "--to", "odf", "--dry-run")
    assert result.return_value == 0
    assert f"{share}/a.docx → {Path('odf').absolute()}/a.odt" in result.output
    assert sorted(Path().rglob("*")) == before


def test_the_configuration_file_is_read_and_its_mistakes_are_named(share):
    Path("migrate.toml").write_text('database = "other.db"\n[convert]\nfail_on = "content"\n')
    _invoke(share / "a.docx")
    assert Path("other.db").exists()
    Path("migrate.toml").write_text('[convert]\nfale_on = "content"\n')
    with pytest.raises(Exception, match=r"fale_on(.|\n)*convert\.fail_on"):
        _invoke(share / "a.docx")


def _main(*arguments, **options):
    program = "from migrate.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(PROJECT), "MIGRATE_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["convert"], "Missing argument"),
        (["convert", "nowhere"], "nowhere is not there"),
        (["convert", "share", "-o", "x.odt"], "-o names the target of one file"),
        (["convert", "share/a.docx", "-o", "no/x.odt"], "does not exist"),
        (["convert", "share/a.docx", "--fail-on", "everything"], "--fail-on"),
        (["convert", "share/a.docx", "--db", "/no/x.db"], "--db"),
        (["convert", "share/a.docx", "--config", "no.toml"], "no.toml"),
        (["scan", "nowhere"], "nowhere is not there"),
    ],
)
def test_wrong_calls_exit_with_3_and_say_why(share, monkeypatch, capsys, arguments, said):
    monkeypatch.setenv("MIGRATE_LANG", "en")
    monkeypatch.setattr(sys, "argv", ["migrate", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 3
    assert said in capsys.readouterr().err


def test_help_shows_examples(share):
    result = _invoke("--help")
    assert result.return_value == 0
    assert "migrate convert ./share --to ./odf" in result.output


def _office_share(tmp_path, count):
    root = tmp_path / "office"
    root.mkdir()
    for number in range(count):
        (root / f"{number}.docx").write_bytes(docx(paragraph(f"Document {number}")))
    return root


def _needs_an_engine():
    if family_for("docx") is None and find() is None:
        pytest.skip("neither a native converter for text nor LibreOffice")


def test_a_real_conversion_keeps_time_and_mode_and_leaves_the_original_alone(tmp_path):
    _needs_an_engine()
    root = _office_share(tmp_path, 1)
    source = root / "0.docx"
    source.chmod(0o640)
    os.utime(source, ns=(1_500_000_000_000_000_000, 1_600_000_000_000_000_000))
    content = source.read_bytes()
    process = _main("convert", source, "-o", tmp_path / "letter.odt", "--json", cwd=tmp_path)
    output, _errors = process.communicate()
    (file,) = json.loads(output)["files"]
    target = tmp_path / "letter.odt"
    assert file["outcome"]["target"] == str(target)
    assert file["outcome"]["target_sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert file["outcome"]["source_sha256"] == hashlib.sha256(content).hexdigest()
    assert target.stat().st_mtime_ns == source.stat().st_mtime_ns == 1_600_000_000_000_000_000
    assert target.stat().st_mode == source.stat().st_mode
    assert source.read_bytes() == content
    with zipfile.ZipFile(target) as package:
        meta = package.read("meta.xml").decode()
    assert file["outcome"]["source_sha256"] in meta
    assert "Batch" in meta
    assert str(tmp_path) not in meta


def test_ctrl_c_exits_with_130_and_the_same_command_goes_on(tmp_path):
    _needs_an_engine()
    root = _office_share(tmp_path, 6)
    command = ("convert", root, "--to", tmp_path / "odf", "--db", tmp_path / "x.db", "--jobs", "1")
    process = _main(*command, cwd=tmp_path)
    deadline = time.monotonic() + 120
    while not list((tmp_path / "odf").glob("*.odt")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate()
    if process.returncode != 130:
        pytest.skip(f"the batch was faster than the signal ({process.returncode})")
    assert output.startswith("Interrupted")
    assert "Traceback" not in errors
    done = {path: path.stat().st_mtime_ns for path in (tmp_path / "odf").glob("*.odt")}
    assert not [path for path in (tmp_path / "odf").iterdir() if path.name.startswith(".")]
    process = _main(*command, cwd=tmp_path)
    output, _errors = process.communicate()
    assert len(list((tmp_path / "odf").glob("*.odt"))) == 6
    assert {path: path.stat().st_mtime_ns for path in done} == done
    assert f"Finished before and unchanged: {len(done)}" in output


def test_the_database_inside_a_source_is_no_document(share):
    result = _invoke(share, "--db", share / "x.db", "--json")
    assert all("x.db" not in left["path"] for left in json.loads(result.output)["not_converted"])
