from pathlib import Path

import pytest

from converters.outcome import EXIT_INTERRUPTED, EXIT_USAGE, Engine, Verdict
from inventory.database import open_database
from migrate.batch import runner
from migrate.batch.decide import Action
from migrate.batch.plan import plan_batch, plan_file
from migrate.batch.rows import need_a_person
from migrate.batch.runner import BatchOptions, run_batch
from migrate.batch.staging import remove_staging, staging_folder
from migrate.ledger import JobKey, Ledger, jobs, runs
from tests.migrate.batch.fake_engine import convert_in_process, result_of


@pytest.fixture
def database(tmp_path):
    return open_database(str(tmp_path / "x.db"))


@pytest.fixture
def share(tmp_path):
    return _write(
        tmp_path / "share",
        {
            "a.docx": b"a",
            "sub/b.docx": b"b with a chart",
            "sub/c.docx": b"refuse",
            "sub/d.docx": b"fail",
            "empty.xlsx": b"",
            "~$a.docx": b"owner",
            "notes.txt": b"notes",
        },
    )


def _write(root, files):
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def _run(database, sources, to=None, convert=convert_in_process, revision=1, **options):
    ledger = Ledger(database)
    plan = plan_batch(sources, to, earlier=ledger.targets())
    return run_batch(plan, ledger, BatchOptions(**options), convert=convert, revision=lambda kind: revision)


def _verdicts(result):
    return {Path(row.source).name: row.outcome.verdict.value for row in result.rows}


def test_every_file_gets_a_verdict_or_a_reason(share, tmp_path, database):
    result = _run(database, [share], tmp_path / "odf")
    assert _verdicts(result) == {
        "a.docx": "converted",
        "b.docx": "needs_a_person",
        "c.docx": "refused",
        "d.docx": "failed",
        "empty.xlsx": "converted",  # the fake engine takes anything
    }
    assert {left.path.name: left.reason for left in result.left} == {
        "~$a.docx": "LOCK_FILE",
        "notes.txt": "NOT_OFFICE",
    }
    assert [row.outcome.verdict for row in need_a_person(result.rows)] == [
        Verdict.FAILED,
        Verdict.REFUSED,
        Verdict.NEEDS_A_PERSON,
    ]
    assert (tmp_path / "odf/sub/b.odt").read_bytes() == result_of(b"b with a chart")
    assert not (tmp_path / "odf/sub/c.odt").exists()
    assert len(list((tmp_path / "odf").rglob("*"))) == 4


def test_targets_keep_the_time_of_their_sources(share, tmp_path, database):
    def convert(conversions, jobs=1):
        for conversion, outcome in convert_in_process(conversions):
            assert conversion.keep_modified
            yield conversion, outcome

    assert _run(database, [share], tmp_path / "odf", convert=convert).rows


def test_results_stand_beside_the_sources_without_a_target_folder(share, database):
    result = _run(database, [share])
    assert (share / "sub/b.odt").read_bytes() == result_of(b"b with a chart")
    again = _run(database, [share])
    assert again.by_action() == {Action.DONE_BEFORE: 4, Action.CONVERT: 1}  # the failed one is tried again
    assert [row.target for row in again.rows] == [row.target for row in result.rows]


def test_a_target_folder_inside_the_source_is_not_a_source(share, database):
    first = _run(database, [share], share / "odf")
    (share / "odf/planted.docx").write_bytes(b"not a source")
    second = _run(database, [share], share / "odf")
    assert [row.source for row in first.rows] == [row.source for row in second.rows]
    assert all("odf" not in str(left.path) for left in second.left)


def test_several_folders_stand_each_under_its_own_name(tmp_path, database):
    one, two = _write(tmp_path / "1/hr", {"a.docx": b"1"}), _write(tmp_path / "2/hr", {"a.docx": b"2"})
    single = _write(tmp_path / "3", {"x.docx": b"3"}) / "x.docx"
    _run(database, [one, two, single], tmp_path / "odf")
    found = sorted(str(path.relative_to(tmp_path / "odf")) for path in (tmp_path / "odf").rglob("*.odt"))
    assert found == ["hr (2)/a.odt", "hr/a.odt", "x.odt"]


def test_a_source_given_twice_is_converted_once(share, tmp_path, database):
    result = _run(database, [share, share], tmp_path / "odf")
    assert len(result.rows) == 5


def test_an_edited_source_is_converted_again_and_an_edited_target_kept(share, tmp_path, database):
    _run(database, [share], tmp_path / "odf")
    (share / "a.docx").write_bytes(b"a, edited")
    (share / "sub/b.docx").write_bytes(b"b, edited")
    (tmp_path / "odf/sub/b.odt").write_bytes(b"my own words")
    result = _run(database, [share], tmp_path / "odf")
    actions = {Path(row.source).name: row.action for row in result.rows}
    assert actions["a.docx"] is Action.CONVERT
    assert actions["b.docx"] is Action.KEPT_EDITED
    assert (tmp_path / "odf/a.odt").read_bytes() == result_of(b"a, edited")
    assert (tmp_path / "odf/sub/b.odt").read_bytes() == b"my own words"


def test_a_file_that_was_there_before_is_kept_and_reported_as_failed(share, tmp_path, database):
    _write(tmp_path / "odf", {"a.odt": b"somebody's letter"})
    result = _run(database, [share], tmp_path / "odf")
    row = next(row for row in result.rows if row.source.endswith("a.docx"))
    assert (row.action, row.outcome.error) == (Action.KEPT_FOREIGN, "TARGET_EXISTS")
    assert (tmp_path / "odf/a.odt").read_bytes() == b"somebody's letter"
    forced = _run(database, [share], tmp_path / "odf", force=True)
    assert next(row for row in forced.rows if row.source.endswith("a.docx")).action is Action.CONVERT
    assert (tmp_path / "odf/a.odt").read_bytes() == result_of(b"a")


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: path.symlink_to("/nowhere")])
def test_a_folder_or_a_dangling_link_at_the_target_stays_even_with_force(share, tmp_path, database, make):
    (tmp_path / "odf").mkdir()
    make(tmp_path / "odf/a.odt")
    for force in (False, True):
        result = _run(database, [share], tmp_path / "odf", force=force)
        row = next(row for row in result.rows if row.source.endswith("a.docx"))
        assert row.action is Action.KEPT_FOREIGN
    assert not (tmp_path / "odf/a.odt").is_file()


def test_a_file_that_comes_up_during_the_conversion_is_kept(share, tmp_path, database):
    def convert(conversions, jobs=1):
        for conversion, outcome in convert_in_process(conversions):
            if conversion.source.name == "a.docx":
                (tmp_path / "odf/a.odt").write_bytes(b"just saved")
            yield conversion, outcome

    result = _run(database, [share], tmp_path / "odf", convert=convert)
    assert _verdicts(result)["a.docx"] == "failed"
    assert (tmp_path / "odf/a.odt").read_bytes() == b"just saved"
    assert _run(database, [share], tmp_path / "odf").by_action()[Action.KEPT_FOREIGN] == 1


def test_a_target_that_was_deleted_is_made_again(share, tmp_path, database):
    _run(database, [share], tmp_path / "odf")
    (tmp_path / "odf/a.odt").unlink()
    _run(database, [share], tmp_path / "odf")
    assert (tmp_path / "odf/a.odt").read_bytes() == result_of(b"a")


def test_refused_files_are_not_tried_again_until_they_change(share, tmp_path, database):
    _run(database, [share], tmp_path / "odf")
    result = _run(database, [share], tmp_path / "odf")
    assert {row.action for row in result.rows if row.source.endswith("c.docx")} == {Action.DONE_BEFORE}
    (share / "sub/c.docx").write_bytes(b"the password is gone")
    assert _verdicts(_run(database, [share], tmp_path / "odf"))["c.docx"] == "converted"


def test_another_engine_is_an_older_result_until_redo_is_asked_for(share, tmp_path, database):
    _run(database, [share], tmp_path / "odf")
    other = _run(database, [share], tmp_path / "odf", engine=Engine.LIBREOFFICE)
    assert other.by_action() == {Action.OLDER_STANDS: 4, Action.CONVERT: 1}
    redone = _run(database, [share], tmp_path / "odf", engine=Engine.LIBREOFFICE, redo=True)
    assert redone.by_action() == {Action.CONVERT: 5}


def test_a_dry_run_writes_nothing(share, tmp_path, database):
    result = _run(database, [share], tmp_path / "odf", dry_run=True)
    assert result.by_action() == {Action.CONVERT: 5}
    assert result.outcomes == []
    assert not (tmp_path / "odf").exists()
    with database.connect() as connection:
        assert connection.execute(jobs.select()).all() == []
        assert connection.execute(runs.select()).all() == []


def test_nothing_to_convert_is_no_success(tmp_path, database):
    root = _write(tmp_path / "share", {"notes.txt": b"notes"})
    result = _run(database, [root], tmp_path / "odf")
    assert result.exit_code(3) == EXIT_USAGE


def test_a_file_that_the_user_names_gets_a_verdict_whatever_it_is(tmp_path, database):
    root = _write(tmp_path / "share", {"notes.txt": b"refuse notes"})
    assert _verdicts(_run(database, [root / "notes.txt"])) == {"notes.txt": "refused"}


def test_one_file_goes_where_the_user_says(tmp_path, database):
    source = _write(tmp_path / "share", {"form.dotx": b"form"}) / "form.dotx"
    ledger = Ledger(database)
    result = run_batch(
        plan_file(source, tmp_path / "x.odt"), ledger, BatchOptions(), convert=convert_in_process
    )
    assert [row.target for row in result.rows] == [str(tmp_path / "x.odt")]
    assert (tmp_path / "x.odt").read_bytes() == result_of(b"form")


def test_an_interruption_leaves_a_consistent_ledger_and_no_remains(share, tmp_path, database):
    def convert(conversions, jobs=1):
        for number, (conversion, outcome) in enumerate(convert_in_process(conversions)):
            if number == 2:
                raise KeyboardInterrupt
            yield conversion, outcome

    result = _run(database, [share], tmp_path / "odf", convert=convert)
    assert result.interrupted
    assert result.exit_code(3) == EXIT_INTERRUPTED
    assert len(result.rows) == 2
    assert not [path for path in (tmp_path / "odf").rglob("*") if "partial" in path.name]
    with database.connect() as connection:
        states = [row.state for row in connection.execute(jobs.select())]
    assert sorted(states) == ["done", "done", "interrupted"]
    again = _run(database, [share], tmp_path / "odf")
    assert again.by_action() == {Action.DONE_BEFORE: 2, Action.CONVERT: 3}


def test_a_result_cut_off_before_its_rename_is_put_in_place_by_the_next_run(
    share, tmp_path, database, monkeypatch
):

    def die(*_arguments, **_options):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(runner, "put_in_place", die)
        patched.setattr(runner._Batch, "close", lambda self: self.ledger.close())
        with pytest.raises(SystemExit):
            _run(database, [share], tmp_path / "odf")
    _run(database, [share], tmp_path / "odf")
    assert (tmp_path / "odf/a.odt").read_bytes() == result_of(b"a")
    with database.connect() as connection:
        assert {
            row.conversions for row in connection.execute(jobs.select()) if row.source.endswith("a.docx")
        } == {1}
    assert not [path for path in (tmp_path / "odf").rglob("*") if "partial" in path.name]


def test_remains_that_are_not_ours_stay(share, tmp_path, database):
    planted = tmp_path / "odf/.a.odt.0123456789ab.partial"
    _write(planted, {"keep.txt": b"mine"})
    _run(database, [share], tmp_path / "odf")
    assert (planted / "keep.txt").read_bytes() == b"mine"


def test_only_staging_folders_are_ever_removed(tmp_path):
    with pytest.raises(ValueError, match="no staging folder"):
        remove_staging(tmp_path)
    assert tmp_path.exists()


def test_staging_names_fit_whatever_the_targets_length(tmp_path):
    target = tmp_path / ("é" * 120 + ".odt")
    staging_folder(target).mkdir()


def test_two_runs_never_work_on_one_target(database):
    one, two = Ledger(database), Ledger(database)
    key = JobKey("/odf/a.odt", "0" * 64, "{}", 1)
    assert one.claim(key, "/share/a.docx", "/odf/.a.partial") is not None
    assert two.claim(key, "/share/a.docx", "/odf/.b.partial") is None
    assert two.claim(JobKey("/odf/a.odt", "1" * 64, "{}", 1), "/share/a.docx", "/odf/.c.partial") is None
    assert list(two.unsettled()) == []
    one.close()
    assert [job.staging for job in two.unsettled()] == ["/odf/.a.partial"]


def test_a_source_that_went_away_is_a_failure_of_its_own(share, tmp_path, database):
    ledger = Ledger(database)
    plan = plan_batch([share], tmp_path / "odf")
    (share / "a.docx").unlink()
    result = run_batch(plan, ledger, BatchOptions(), convert=convert_in_process, revision=lambda kind: 1)
    assert next(row.outcome.error for row in result.rows if row.source.endswith("a.docx")) == "NO_SOURCE"


def test_a_target_that_cannot_be_written_is_a_failure_of_its_own(tmp_path, database):
    root = _write(tmp_path / "share", {"x" * 250 + ".docx": b"a", "b.docx": b"b"})
    result = _run(database, [root], tmp_path / "odf")
    assert sorted(row.outcome.verdict.value for row in result.rows) == ["converted", "converted"]
    _write(tmp_path, {"file": b"no folder"})
    result = _run(database, [root], tmp_path / "file")
    assert {row.outcome.error for row in result.rows} == {"CANNOT_WRITE"}


def test_rows_add_up_to_the_files_of_the_share(share, tmp_path, database):
    document = _run(database, [share], tmp_path / "odf").as_json(3)
    summary = document["summary"]
    assert summary["files"] == sum(path.is_file() for path in share.rglob("*"))
    assert sum(summary["verdicts"].values()) == len(document["files"]) == sum(summary["actions"].values())
    assert sum(summary["not_converted"].values()) == len(document["not_converted"])
    assert summary["worst_severity"] == "content"


@pytest.mark.parametrize(
    "step", ["claim", "make_staging", "put_in_place", "remove_staging", "placing", "placed"]
)
def test_an_interruption_right_after_any_step_leaves_no_remains(share, tmp_path, database, monkeypatch, step):
    owner = runner if hasattr(runner, step) else Ledger
    original = getattr(owner, step)

    def stop(*arguments, **options):
        monkeypatch.setattr(owner, step, original)
        original(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(owner, step, stop)
    assert _run(database, [share], tmp_path / "odf").interrupted
    assert not [path for path in tmp_path.rglob("*") if "partial" in path.name]
    _run(database, [share], tmp_path / "odf")
    assert (tmp_path / "odf/a.odt").read_bytes() == result_of(b"a")
    with database.connect() as connection:
        rows = [row for row in connection.execute(jobs.select()) if row.target_sha256]
    assert {(row.state, row.conversions) for row in rows} == {("done", 1)}


def test_a_staging_folder_that_cannot_be_removed_costs_no_result(share, tmp_path, database, monkeypatch):
    def busy(_folder):
        raise OSError("busy")

    with monkeypatch.context() as patched:
        patched.setattr(runner, "remove_staging", busy)
        result = _run(database, [share], tmp_path / "odf")
    assert _verdicts(result)["a.docx"] == "converted"
    assert (tmp_path / "odf/a.odt").read_bytes() == result_of(b"a")
    again = _run(database, [share], tmp_path / "odf")
    assert {row.action for row in again.rows if row.outcome.target} == {Action.DONE_BEFORE}
    assert not [path for path in tmp_path.rglob("*") if "partial" in path.name]
