import json

import click
import pytest
from click.testing import CliRunner

from migrate.cli import group
from tests.command_line import run
from tests.office_files import docx, xlsx


@pytest.fixture
def share(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "share"
    (root / "sub").mkdir(parents=True)
    (root / "a.docx").write_bytes(docx())
    (root / "copy of a.docx").write_bytes(docx())
    (root / "sub/b.xlsx").write_bytes(xlsx())
    (root / "sub/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    (root / "sub/not really.docx").write_bytes(b"%PDF-1.7")
    return root


def _scan(*arguments):
    return run("scan", *arguments)


def test_a_scan_says_what_is_there_and_what_was_not_read(share):
    document = json.loads(_scan(share, "--json", "--jobs", "1"))
    assert document["coverage"]["items"] == 5
    assert document["coverage"]["by_state"] == {"read": 4, "skipped": 1}
    assert document["coverage"]["by_reason"] == {"NOT_OFFICE": 1}
    assert document["kinds"] == {"docx": 2, "pdf": 1, "xlsx": 1}
    assert document["findings"] == {"DUPLICATE": 2}


def test_a_scan_for_people_speaks_their_language(share):
    assert _scan(share, "--no-inspect", "--lang", "en").startswith("Files: 5 (0 MB).")
    assert "Ensuite\xa0: «\xa0migrate plan\xa0»" in _scan(share, "--no-inspect", "--lang", "fr")


def test_without_inspection_nothing_is_read(share):
    document = json.loads(_scan(share, "--no-inspect", "--json"))
    assert document["coverage"]["by_state"] == {"seen": 5}
    assert document["kinds"] == {}


def test_a_database_that_began_without_persons_keeps_that_way(share):
    _scan(share, "--no-inspect", "--no-persons", "--json")
    _scan(share, "--no-inspect", "--json")
    key = share.parent / "migrate.db.persons-key"
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(click.ClickException, match="pseudonymous"):
        _scan(share, "--no-inspect", "--persons", "named", "--lang", "en")


def test_what_the_database_tells_of_people_is_printed(share):
    _scan(share, "--json", "--jobs", "1", "--no-persons")
    result = CliRunner().invoke(group, ["privacy", "--json", "--lang", "fr"], standalone_mode=False)
    document = json.loads(result.output)
    assert document["persons"] == "pseudonymous"
    assert document["key"].endswith("migrate.db.persons-key")
    fields = {(field["table"], field["column"]): field for field in document["fields"]}
    assert fields["items", "name"]["rows"] == 5
    assert fields["accounts", "name"]["without_persons"] == "pseudonyme, ou rien"
    shown = CliRunner().invoke(group, ["privacy", "--lang", "en"], standalone_mode=False).output
    assert "People are stored by pseudonyms" in shown
    assert "accounts.name" in shown
