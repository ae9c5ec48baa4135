"""``migrate convert`` on encrypted files: passwords from a list or the keyboard, and seen nowhere else."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from click.testing import CliRunner

from converters.identify import identify
from converters.libreoffice.find import find
from migrate.cli import group
from tests.encrypted_files import WORDS, agile, letter
from tests.office_files import docx

PROJECT = Path(__file__).parents[2]
PASSWORD = "Grüße, 3 Mäuse"


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for variable in [name for name in os.environ if name.startswith("MIGRATE_")]:
        monkeypatch.delenv(variable)
    root = tmp_path / "share"
    root.mkdir()
    (root / "closed.docx").write_bytes(agile(letter(), PASSWORD))
    (root / "open.docx").write_bytes(docx())
    passwords = tmp_path / "passwords.txt"
    passwords.write_text(f"\ufeffother\r\n\r\n{PASSWORD}\r\n", encoding="utf-8")
    passwords.chmod(0o600)
    return root


def _invoke(*arguments: object, keys: str | None = None) -> tuple[Any, dict[str, Any]]:
    result = CliRunner().invoke(
        group, ["convert", *map(str, arguments), "--json", "--jobs", "1"], input=keys, standalone_mode=False
    )
    if result.exception is not None:
        raise result.exception
    return result, json.loads(result.stdout)


def _files(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {Path(row["source"]).name: row for row in document["files"]}


def _is_closed(target: Path) -> bool:
    return identify(target).encrypted


def test_a_list_of_passwords_opens_what_was_refused_before(share: Path) -> None:
    _result, first = _invoke(share, "--to", "odf")
    assert _files(first)["closed.docx"]["outcome"]["error"] == "ENCRYPTED"
    _result, second = _invoke(share, "--to", "odf", "--passwords", "passwords.txt")
    rows = _files(second)
    assert rows["open.docx"]["action"] == "done_before"
    assert rows["closed.docx"]["action"] == "convert"
    assert rows["closed.docx"]["outcome"]["verdict"] == "converted"
    assert _is_closed(Path("odf/closed.odt"))
    assert not _is_closed(Path("odf/open.odt"))
    _result, third = _invoke(share, "--to", "odf", "--passwords", "passwords.txt")
    assert _files(third)["closed.docx"]["action"] == "done_before"


def test_a_password_is_asked_for_unseen(share: Path) -> None:
    result, document = _invoke(share / "closed.docx", "--ask-password", keys=f"{PASSWORD}\n")
    assert _files(document)["closed.docx"]["outcome"]["verdict"] == "converted"
    assert PASSWORD not in result.output
    assert _is_closed(share / "closed.odt")


def test_no_option_takes_a_password_as_its_value(share: Path) -> None:
    with pytest.raises(Exception, match="does not take a value"):
        _invoke(share, f"--ask-password={PASSWORD}")


def test_a_wrong_password_says_what_to_do(share: Path) -> None:
    result = CliRunner().invoke(
        group, ["convert", str(share / "closed.docx"), "--ask-password", "--lang", "en"], input="wrong\n"
    )
    assert "None of the passwords that were given opens the file (tried: 1)." in result.output
    assert "Ask its owner for the password" in result.output


def test_stored_open_on_request_alone_and_told(share: Path) -> None:
    _result, closed = _invoke(share, "--to", "odf", "--passwords", "passwords.txt")
    assert closed["summary"]["exit_code"] == 0
    _result, document = _invoke(
        share, "--to", "odf", "--passwords", "passwords.txt", "--store-decrypted", "--redo"
    )
    rows = _files(document)
    assert rows["open.docx"]["action"] == "done_before"  # what it never was does not change it
    assert [loss["code"] for loss in rows["closed.docx"]["outcome"]["losses"]] == ["PASSWORD_DROPPED"]
    assert document["summary"]["exit_code"] == 1
    assert not _is_closed(Path("odf/closed.odt"))


def test_the_policy_says_it_too(share: Path) -> None:
    Path("migrate.toml").write_text('[convert]\npasswords = "passwords.txt"\nreencrypt = false\n')
    _result, document = _invoke(share, "--to", "a")
    assert _files(document)["closed.docx"]["outcome"]["losses"][0]["code"] == "PASSWORD_DROPPED"
    _result, document = _invoke(share, "--to", "b", "--reencrypt")
    assert _files(document)["closed.docx"]["outcome"]["losses"] == []
    assert _is_closed(Path("b/closed.odt"))


def test_a_list_that_others_can_read_is_warned_of(share: Path) -> None:
    result, _document = _invoke(share, "--to", "odf", "--passwords", "passwords.txt")
    assert "chmod" not in result.stderr
    Path("passwords.txt").chmod(0o640)
    result, _document = _invoke(share, "--to", "odf", "--passwords", "passwords.txt")
    assert "chmod 600 passwords.txt" in result.stderr


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00secret", bytes(2_000_000)])
def test_a_list_that_cannot_be_read_is_said_without_its_content(share: Path, content: bytes | None) -> None:
    if content is not None:
        Path("bad.txt").write_bytes(content)
    result = CliRunner().invoke(group, ["convert", str(share), "--passwords", "bad.txt", "--lang", "en"])
    assert result.exit_code == 3
    assert "The list of passwords bad.txt cannot be read" in result.output
    assert "secret" not in result.output


@pytest.mark.parametrize("engine", ["native", "libreoffice"])
def test_the_password_stands_nowhere(share: Path, tmp_path: Path, engine: str) -> None:
    """Neither in an argument or the environment of any process, nor in a file, nor in what is said."""
    if engine == "libreoffice" and find() is None:
        pytest.skip("LibreOffice is not installed")
    secret = PASSWORD.encode()
    seen: dict[int, bytes] = {}
    command = [
        sys.executable,
        "-c",
        "from migrate.cli import main; main()",
        "convert",
        str(share),
        "--to",
        "odf",
    ]
    command += ["--passwords", "passwords.txt", "--engine", engine, "--db", "ledger.db", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "MIGRATE_DEBUG": "1"}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment["TMPDIR"] = str(temporary)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    watching = threading.Thread(target=_watch, args=(process.pid, seen))
    watching.start()
    output, errors = process.communicate(timeout=120)
    watching.join()
    assert process.returncode in (0, 1), errors
    assert len(seen) > 1
    for text in (output, errors, *seen.values()):
        assert secret not in text
    assert _is_closed(tmp_path / "odf/closed.odt")
    Path("passwords.txt").unlink()
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(found) >= 5
    for path in found:
        data = path.read_bytes()
        for form in (secret, PASSWORD.encode("utf-16-le"), json.dumps(PASSWORD)[1:-1].encode()):
            assert form not in data, path
        assert WORDS.encode() not in data, path
    assert not list(temporary.rglob("migrate-*"))


def _watch(process: int, seen: dict[int, bytes]) -> None:
    """Arguments and environment of a process and all that it starts, until it ends."""
    try:
        parent = psutil.Process(process)
        while parent.is_running() and parent.status() != psutil.STATUS_ZOMBIE:
            for each in [parent, *parent.children(recursive=True)]:
                try:
                    folder = Path(f"/proc/{each.pid}")
                    told = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
                    seen[each.pid] = seen.get(each.pid, b"") + (
                        b"" if told in seen.get(each.pid, b"") else told
                    )
                except OSError:
                    continue
            time.sleep(0.01)
    except psutil.NoSuchProcess:
        return


def test_the_results_rights_are_those_of_the_source(share: Path) -> None:
    (share / "closed.docx").chmod(0o600)
    _invoke(share, "--to", "odf", "--passwords", "passwords.txt")
    assert stat.S_IMODE(Path("odf/closed.odt").stat().st_mode) == 0o600
