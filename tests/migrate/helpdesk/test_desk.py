"""Files that people bring are theirs alone, bounded in number, and gone in time."""

import io
import os
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from converters.losses import Loss
from converters.outcome import Verdict
from converters.rendered_pages import RenderedPages
from inventory.database import open_database, transaction
from migrate.helpdesk import desk as desk_module
from migrate.helpdesk.answer import Act, Answer
from migrate.helpdesk.cases import cases, find_case
from migrate.helpdesk.desk import Busy, Choice, Desk, Stage, verdict_of

OLD = "2020-01-01T00:00:00.000000Z"


@pytest.fixture
def open_desk(tmp_path, monkeypatch):
    """A desk whose looking into files waits for the test; answers its seen paths and the event that lets it go on."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    go, seen = threading.Event(), []

    def fix(file, **wish):
        seen.append((file, wish))
        assert go.wait(20)
        made = file.with_suffix(".odt")
        made.write_bytes(b"made")
        act = Act("TEXT_KEPT", {"path": str(file.with_suffix(".txt")), "count": 1})
        return Answer(file, "docx", wish["symptom"], target=made, acts=(act,))

    monkeypatch.setattr(desk_module, "fix", fix)
    monkeypatch.setattr(desk_module, "compare_in_worker", lambda wish: (RenderedPages(), ()))
    database = open_database(str(tmp_path / "x.db"))
    desk = Desk(database, keep_hours=1)
    yield desk, go, seen
    go.set()
    desk.close()
    database.dispose()


def _take(desk, visitor="ann", name="my letter.DOCX", choice=None):
    return desk.take(
        io.BytesIO(b"content"), name, visitor=visitor, visitor_key=visitor, ticket="T-1", choice=choice or Choice()
    )  # fmt: skip


def _wait(desk, number, stage=Stage.DONE):
    for _ in range(400):
        work = desk.look(number, "ann")
        if work is None or work.stage is stage:
            return work
        time.sleep(0.02)
    raise AssertionError(work.stage)


def test_a_case_keeps_the_names_of_its_owner_and_tells_no_path_of_ours(open_desk):
    desk, go, seen = open_desk
    go.set()
    number = _take(desk, choice=Choice("layout-moved", "secret", reencrypt=False))
    work = _wait(desk, number)
    (source, wish) = seen[0]
    assert (wish["symptom"], wish["password"], wish["reencrypt"]) == ("layout-moved", "secret", False)
    assert source.name == "original.docx"
    assert work.answer.file == Path("my letter.DOCX")
    assert work.answer.target == Path("my letter.odt")
    assert str(desk.folder) not in str(work.answer.as_json())
    assert work.choice.password is None
    assert (work.verdict, work.source.stat().st_mode & 0o077, desk.folder.stat().st_mode & 0o077) == (
        Verdict.CONVERTED, 0, 0,
    )  # fmt: skip
    assert desk.look(number, "bea") is None
    assert not desk.again(number, "bea", Choice())
    desk.delete(number, "bea")
    assert desk.look(number, "ann") is not None


@pytest.mark.parametrize("name", ["../../x.docx", "x.d/../ocx", "", "a." + "b" * 300, "x.\0", "~$x.docx"])
def test_no_name_leads_out_of_the_folder_of_a_case(open_desk, name):
    desk, _go, seen = open_desk
    number = _take(desk, name=name)
    _wait(desk, number, Stage.FIXING)
    assert seen[0][0].parent.parent.parent == desk.folder
    assert seen[0][0].name.startswith("original")


def test_content_goes_when_its_time_is_over_and_the_record_stays(open_desk):
    desk, go, _seen = open_desk
    go.set()
    number = _take(desk)
    work = _wait(desk, number)
    desk.sweep()
    assert desk.look(number, "ann") is not None
    with transaction(desk.database) as connection:
        connection.execute(update(cases).values(created=OLD))
    desk.sweep()
    assert desk.look(number, "ann") is None
    assert not work.folder.exists()
    with desk.database.connect() as connection:
        record = find_case(connection, number, "ann")
    assert (record.name, record.ticket, record.verdict, record.actions) == (
        "",
        "T-1",
        "converted",
        ("TEXT_KEPT",),
    )
    assert record.deleted


def test_a_case_that_is_deleted_while_it_is_worked_on_leaves_nothing(open_desk):
    desk, go, _seen = open_desk
    number = _take(desk)
    work = _wait(desk, number, Stage.FIXING)
    desk.delete(number, "ann")
    go.set()
    other = _take(desk)
    assert _wait(desk, other).answer is not None
    assert not any(path.is_file() for path in work.folder.glob("**/*"))


def test_nobody_fills_the_desk_alone(open_desk):
    desk, _go, _seen = open_desk
    for _ in range(desk_module.MOST_WAITING):
        _take(desk)
    with pytest.raises(Busy):
        _take(desk)
    number = _take(desk, visitor="bea")
    assert desk.look(number, "bea") is not None


def test_of_many_files_of_one_visitor_the_oldest_goes_before_its_time(open_desk, monkeypatch):
    desk, go, _seen = open_desk
    go.set()
    monkeypatch.setattr(desk_module, "MOST_KEPT", 2)
    numbers = []
    for _ in range(3):
        numbers.append(_take(desk))
        _wait(desk, numbers[-1])
    assert [desk.look(number, "ann") is not None for number in numbers] == [False, True, True]


def test_what_goes_wrong_with_one_file_does_not_end_the_work(open_desk, monkeypatch):
    desk, go, _seen = open_desk
    go.set()
    working = desk_module.fix
    monkeypatch.setattr(desk_module, "fix", lambda *_file, **_wish: 1 / 0)
    assert _wait(desk, _take(desk)).failed
    assert _wait(desk, _take(desk)).failed
    monkeypatch.setattr(desk_module, "fix", working)
    assert not _wait(desk, _take(desk)).failed


def test_the_end_of_the_program_deletes_and_a_killed_one_is_cleaned_up_after(open_desk, tmp_path):
    desk, go, _seen = open_desk
    go.set()
    number = _take(desk)
    _wait(desk, number)
    killed = tmp_path / "migrate-cases-4194305-abc"  # more than any process number
    killed.mkdir()
    (killed / "secret").write_text("x")
    alive = tmp_path / f"migrate-cases-{os.getppid()}-abc"
    alive.mkdir()
    other = Desk(desk.database, keep_hours=1)
    assert (killed.exists(), alive.exists(), desk.folder.exists()) == (False, True, True)
    other.close()
    desk.close()
    assert not desk.folder.exists()
    with desk.database.connect() as connection:
        assert find_case(connection, number, "ann").name == ""


def test_verdicts_are_those_of_every_other_file():
    made = Answer(Path("a.docx"), "docx", None, target=Path("a.odt"))
    assert verdict_of(made) is Verdict.CONVERTED
    assert verdict_of(replace(made, losses=(Loss("CHART_DROPPED"),))) is Verdict.NEEDS_A_PERSON
    assert verdict_of(replace(made, target=None, error="ENCRYPTED")) is Verdict.REFUSED
    assert verdict_of(replace(made, target=None, error="CRASHED")) is Verdict.FAILED
