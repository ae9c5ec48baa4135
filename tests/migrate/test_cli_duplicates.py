import json

import click
import pytest

from tests.command_line import run
from tests.office_files import docx, xlsx


@pytest.fixture
def share(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "share"
    root.mkdir()
    for name in ("a.docx", "copy of a.docx"):
        (root / name).write_bytes(docx())
    (root / "b.xlsx").write_bytes(xlsx())
    for name in ("one.bin", "two.bin", "three.bin"):
        (root / name).write_bytes(b"picture" * 1000)
    run("scan", root, "--jobs", "1", "--json")
    return root


def test_copies_are_reported_with_what_is_left_to_convert(share):
    found = json.loads(run("duplicates", "--json"))
    assert (found["items"], found["compared"]) == (6, 6)
    assert (found["contents_with_copies"], found["files"], found["unopened"]) == (2, 5, 0)
    assert found["largest"][0] == {"files": 3, "size_bytes": 7000, "spare_bytes": 14000}
    documents = {one["kind"]: (one["files"], one["contents"]) for one in found["documents"]}
    assert documents == {"docx": (2, 1), "xlsx": (1, 1)}


def test_a_report_opens_nothing(share):
    found = json.loads(run("duplicates", "--report", "--json"))
    assert (found["contents_with_copies"], found["files"]) == (1, 2)


def test_files_are_named_on_request_alone(share):
    assert "three.bin" not in run("duplicates")
    assert run("duplicates", "--reveal").count("three.bin") == 1


def test_a_source_that_was_not_scanned_is_an_error_of_usage(share):
    with pytest.raises(click.UsageError):
        run("duplicates", "elsewhere")


@pytest.mark.parametrize(("language", "word"), [("en", "in several places"), ("fr", "en plusieurs endroits")])
def test_people_read_it_in_their_language(share, language, word):
    assert word in run("duplicates", "--lang", language)
