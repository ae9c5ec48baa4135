"""The same answers from PostgreSQL, and from a ledger that was written before files were asked for by name."""

import pytest
from sqlalchemy import create_engine, text

from converters.outcome import Engine, Outcome, Verdict
from inventory.database import open_database, transaction, upgrade
from migrate.history import Match, Question, conversions_of, history_of
from migrate.ledger import JobKey, Ledger
from tests.inventory.postgresql import postgresql_url

SOURCE = "/srv/share/Straße/Été\udce9.docx"


@pytest.mark.parametrize("server", [False, True], ids=["sqlite", "postgresql"])
def test_both_databases_find_the_same(server, tmp_path):
    if server:
        with postgresql_url() as url:
            database = open_database(url)
            try:
                _ask_all(database)
            finally:
                database.dispose()
    else:
        _ask_all(open_database(str(tmp_path / "x.db")))


def _ask_all(database):
    ledger = Ledger(database)
    for number, source in enumerate(
        (SOURCE, "/srv/share/b_c.docx", "/srv/share/b%c.docx", "/srv/shared/bxc.docx")
    ):
        target = source.replace(".docx", ".odt")
        job = ledger.claim(JobKey(target, f"{number:064x}", "{}", 1), source, "/staging")
        outcome = Outcome(source, target, Verdict.CONVERTED, Engine.NATIVE, target_sha256="ab" * 32)
        ledger.placing(job, outcome)
        ledger.placed(job)
    ledger.close()
    with database.connect() as connection:

        def found(question):
            history = history_of(connection, Question(question, local=False))
            return history.match, [file.source for file in history.files]

        assert found(SOURCE) == (Match.PATH, [SOURCE])
        assert found("STRASSE/éTé\udce9.odt") == (Match.END_OF_PATH, [SOURCE])
        assert found("b_c") == (Match.BEGINNING, ["/srv/share/b_c.docx"])
        assert found("b?c.docx")[1] == [
            "/srv/shared/bxc.docx",
            "/srv/share/b%c.docx",
            "/srv/share/b_c.docx",
        ]
        assert len(found("/srv/share")[1]) == 3
        assert len(found("")[1]) == 4
        assert [event.source for event in conversions_of(connection, f"{1:064x}")] == ["/srv/share/b_c.docx"]
    database.dispose()


def test_an_older_ledger_gets_the_names_of_its_files(tmp_path):
    path = tmp_path / "old.db"
    path.touch()
    engine = create_engine(f"sqlite:///{path}")
    upgrade(engine, "0008")
    with transaction(engine) as connection:
        connection.execute(text("INSERT INTO runs VALUES ('r', 'h', 1, 0, '', 0, NULL)"))
        connection.execute(
            text(
                "INSERT INTO jobs VALUES (1, 'r', '/a/Lettre.DOCX', 'ab', '/b/Lettre.odt', '{}', 1, 'done', '', '', NULL, 1,"
                " '2026-01-01T00:00:00.000000Z')"
            )
        )
    engine.dispose()
    database = open_database(str(path))
    with database.connect() as connection:
        assert history_of(connection, Question("lettre.docx", local=False)).match is Match.NAME
        assert history_of(connection, Question("LETTRE.odt", local=False)).match is Match.NAME
    database.dispose()
