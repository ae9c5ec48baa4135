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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["transmogrify"], "la commande transmogrify n’existe pas."),
        (["invetory"], "la commande invetory n’existe pas. Pensiez-vous à inventory\u00a0?"),
        (["convert", "--too", "x"], "l’option --too n’existe pas."),
        (["convert"], "il manque SOURCE...."),
        (["convert", "a.docx", "--engine", "x"], "--engine\u00a0: «\u00a0x\u00a0» n’est aucun de"),
        (["convert", "a.docx", "--jobs", "x"], "--jobs\u00a0: «\u00a0x\u00a0» n’est pas un nombre entier."),
        (["convert", "a.docx", "--jobs", "0"], "--jobs\u00a0: 0 n’est pas dans x>=1."),
        (["convert", "--to"], "l’option --to demande une valeur."),
        (["plan", "--as-of", "demain"], "n’est pas une date de la forme AAAA-MM-JJ."),
        (["links", "--locations", "nulle-part.csv"], "«\u00a0nulle-part.csv\u00a0» n’existe pas."),
        (["report", "--lang", "fr_XX"], "n’est ni fr, ni en"),
        (["report", "--public", "--audit"], "--public ne va qu’avec --format html"),
        (["demo", "a", "b"], "de trop\u00a0: "),
        (["scan"], "Nommez les sources à parcourir"),
    ],
)
def test_a_wrong_command_line_is_told_in_french(arguments, said, monkeypatch, capsys, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MIGRATE_LANG", "fr")
    monkeypatch.setattr("sys.argv", ["migrate", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 3
    told = capsys.readouterr().err
    assert said in told
    assert "Erreur\u00a0: " in told
    if "demande une valeur" not in said:  # of which click does not say in which command
        assert "Utilisation\u00a0: " in told
        assert "--help\u00a0» donne de l’aide." in told
