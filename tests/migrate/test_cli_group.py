"""The console script: what nobody foresaw ends in one sentence, not in a traceback."""

from __future__ import annotations

import pytest

from migrate import cli


@pytest.fixture
def broken(monkeypatch):
    def invoke(**_options):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(cli.group, "main", invoke)


def test_an_unforeseen_error_is_a_sentence_and_exit_code_2(broken, capsys, monkeypatch) -> None:
    monkeypatch.delenv("MIGRATE_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    message = capsys.readouterr().err
    assert "a fault of ours" in message
    assert "Traceback" not in message


def test_with_debugging_on_it_is_raised(broken, monkeypatch) -> None:
    monkeypatch.setenv("MIGRATE_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.main()


def test_a_command_that_is_not_there_is_a_usage_error(monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["migrate", "transmogrify"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 3
    assert "transmogrify" in capsys.readouterr().err
