"""``migrate serve`` as a person starts it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from migrate.policy import PolicyError
from tests.command_line import PROJECT, run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_prints_an_address_that_opens_the_pages_and_ends_with_an_interruption(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from migrate.cli import main; main()",
            "serve",
            "--port",
            "0",
            "--lang",
            "en",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(3)]
        address = next(line.strip() for line in said if "http" in line)
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter\?token=[\w-]{40,}", address)
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        assert opener.open(address, timeout=20).status == 200
        program.send_signal(signal.SIGINT)
        rest, errors = program.communicate(timeout=30)
    finally:
        program.kill()
    assert program.returncode == 0, errors
    assert "another one" in rest
    assert "Traceback" not in errors


def test_an_address_that_others_reach_needs_a_proxy() -> None:
    with pytest.raises(Exception, match="open to everybody"):
        run("serve", "--host", "0.0.0.0", "--lang", "en")


def test_pages_behind_a_proxy_need_their_names(tmp_path: Path) -> None:
    (tmp_path / "migrate.toml").write_text('[web]\nproxy = ["10.0.0.5"]\n')
    with pytest.raises(Exception, match="host name"):
        run("serve", "--lang", "en")


def test_a_port_in_use_is_told_with_a_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Exception, match="--port"):
            run("serve", "--port", taken.getsockname()[1], "--lang", "en")


@pytest.mark.parametrize(
    "line", ['proxy = ["proxy.example"]', "port = 70000", 'user_header = "X: y"', "keep_hours = 0"]
)
def test_a_wrong_setting_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "migrate.toml").write_text(f"[web]\n{line}\n")
    with pytest.raises(Exception) as caught:
        run("serve")
    assert isinstance(caught.value.__cause__, PolicyError)
    assert caught.value.__cause__.code == "CONFIG_BAD_VALUE"
