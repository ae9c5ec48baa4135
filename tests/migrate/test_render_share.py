"""Which files of a batch are drawn and compared, what a batch says of it, and what is not put in place."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converters.outcome import EXIT_OK, EXIT_USAGE, Engine, Outcome, Rival, Verdict
from converters.rendered_pages import ComparedPage, PageState, RenderedPages
from inventory.database import open_database
from migrate.batch.decide import Action
from migrate.batch.plan import Task, plan_batch
from migrate.batch.rows import BatchResult, Row
from migrate.batch.runner import BatchOptions, run_batch
from migrate.cli import group
from migrate.cli.batch_summary import say_summary
from migrate.ledger import Ledger
from migrate.locale import LANGUAGES, sentence
from migrate.policy import PolicyError, policy_of, with_options
from tests.libreoffice import needs_libreoffice
from tests.migrate.batch.fake_engine import convert_one
from tests.office_files import docx, paragraph

HASHES = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(2_000)]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)))


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 1.0])
def test_the_share_is_met_and_the_same_files_are_chosen_every_time(share: float) -> None:
    options = BatchOptions(render_share=share)
    chosen = {sha256 for sha256 in HASHES if options.rendered(sha256)}
    assert len(chosen) / len(HASHES) == pytest.approx(share, abs=0.03)
    assert chosen == {
        sha256 for sha256 in reversed(HASHES) if BatchOptions(render_share=share).rendered(sha256)
    }


def test_a_larger_share_draws_all_that_a_smaller_one_does() -> None:
    few, many = (
        {sha256 for sha256 in HASHES if BatchOptions(render_share=share).rendered(sha256)}
        for share in (0.05, 0.2)
    )
    assert few < many


def test_a_result_that_was_compared_is_another_job(tmp_path: Path) -> None:
    task = Task(tmp_path / "a.docx", tmp_path / "a.odt", tmp_path, tmp_path, "docx")
    plain = BatchOptions().canonical(task, HASHES[0])
    assert BatchOptions(render_share=1.0).canonical(task, HASHES[0]) != plain
    assert BatchOptions(prove=True).canonical(task, HASHES[0]) != plain
    assert BatchOptions(likeness_floor=0.5).canonical(task, HASHES[0]) == plain  # nothing is compared with it
    assert BatchOptions(likeness_floor=0.5, engine=Engine.BOTH).canonical(task, HASHES[0]) != BatchOptions(
        engine=Engine.BOTH
    ).canonical(task, HASHES[0])


@pytest.mark.parametrize(
    ("text", "share"),
    [("5%", 0.05), ("5 %", 0.05), ("0.25", 0.25), ("2,5%", 0.025), (1, 1.0), ("0", 0.0), (0.1, 0.1)],
)
def test_a_share_is_written_as_people_write_it(text: object, share: float) -> None:
    policy = policy_of({"convert": {"render_share": text}}, {}).convert
    assert policy.render_share == pytest.approx(share)
    assert with_options(policy, likeness_floor=text).likeness_floor == pytest.approx(share)
    assert policy_of({}, {"MIGRATE_CONVERT_RENDER_SHARE": str(text)}).convert.render_share == pytest.approx(
        share
    )


@pytest.mark.parametrize("text", ["5", "101%", "-1%", "many", True, "nan", ""])
def test_what_is_no_share_is_refused(text: object) -> None:
    with pytest.raises(PolicyError):
        policy_of({"convert": {"render_share": text}}, {})
    if isinstance(text, str):
        assert run("convert", __file__, "--render-share", text).exit_code == EXIT_USAGE


def test_the_share_reaches_the_conversions_and_the_figures_the_ledger(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    for number in range(40):
        (share / f"{number}.docx").write_bytes(f"letter {number}".encode())
    asked: dict[str, bool] = {}
    page = ComparedPage(1, PageState.DIFFERENT, 0.5)

    def convert(conversions, jobs=1):
        for conversion in conversions:
            asked[conversion.source.name] = conversion.options.render
            outcome = convert_one(conversion)
            if conversion.options.render:
                object.__setattr__(outcome, "rendered", RenderedPages(1, 1, (page,), opens=True))
            yield conversion, outcome

    ledger = Ledger(open_database(str(tmp_path / "x.db")))
    options = BatchOptions(render_share=0.3)
    result = run_batch(
        plan_batch([share], tmp_path / "odf"), ledger, options, convert=convert, revision=lambda _kind: 1
    )
    expected = {
        path.name: options.rendered(hashlib.sha256(path.read_bytes()).hexdigest()) for path in share.iterdir()
    }
    assert asked == expected
    assert 0 < sum(expected.values()) < 40
    figures = result.as_json(options_fail_on())["summary"]["rendering"]
    assert (figures["files"], figures["pages"], figures["pages_alike"]) == (sum(expected.values()),) * 2 + (
        0,
    )
    again = run_batch(
        plan_batch([share], tmp_path / "odf"),
        Ledger(ledger.database),
        options,
        convert=convert,
        revision=lambda _kind: 1,
    )
    assert set(again.by_action()) == {Action.DONE_BEFORE}
    assert again.as_json(options_fail_on())["summary"]["rendering"] == figures  # from the ledger


def options_fail_on():
    from converters.losses import Severity

    return Severity.BEHAVIOUR


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_adds_up_what_was_drawn(capsys: pytest.CaptureFixture[str], language: str) -> None:
    alike, different = ComparedPage(1, PageState.ALIKE, 1.0), ComparedPage(2, PageState.DIFFERENT, 0.6)
    outcomes = [
        RenderedPages(2, 2, (alike, different), opens=True),
        RenderedPages(1, 1, (alike,), opens=True),
        RenderedPages(error="TIMEOUT"),
        None,
    ]
    rows = [
        Row(
            f"{number}.docx",
            f"{number}.odt",
            Action.CONVERT,
            Outcome(f"{number}.docx", f"{number}.odt", Verdict.CONVERTED, rendered=rendered),
        )
        for number, rendered in enumerate(outcomes)
    ]
    say_summary(BatchResult(tuple(rows)), language)
    said = capsys.readouterr().out
    assert {
        "en": "2 files; pages that look alike: 2 of 3; the least alike file: 80%",
        "fr": "2 fichiers\u00a0; pages qui se ressemblent\u00a0: 2 sur 3\u00a0; le fichier le moins ressemblant\u00a0: 80\u202f%",
    }[language] in said
    assert "{" not in said
    assert len([line for line in said.splitlines() if line.rstrip(".").endswith(": 1")]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_says_whose_results_were_kept_and_why(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    rivals = (Rival(Engine.NATIVE), Rival(Engine.LIBREOFFICE, likeness=0.4))
    outcomes = [
        Outcome("a", "b", Verdict.CONVERTED, Engine.NATIVE, "BOTH_PAGES", rivals=rivals),
        Outcome("c", "d", Verdict.CONVERTED, Engine.NATIVE, "BOTH_PAGES", rivals=rivals),
        Outcome("e", "f", Verdict.CONVERTED, Engine.LIBREOFFICE, "BOTH_CENSUS", rivals=rivals),
        Outcome("g", "h", Verdict.CONVERTED, Engine.NATIVE, "NATIVE_KEEPS"),
    ]
    rows = [Row(outcome.source, "", Action.CONVERT, outcome) for outcome in outcomes]
    say_summary(BatchResult(tuple(rows)), language)
    said = capsys.readouterr().out
    assert "{" not in said
    assert (
        f"      2  {sentence('batch', 'kept_native', language, reason=sentence('engine_reasons', 'BOTH_PAGES', language))}"
        in said
    )
    assert (
        f"      1  {sentence('batch', 'kept_libreoffice', language, reason=sentence('engine_reasons', 'BOTH_CENSUS', language))}"
        in said
    )


@needs_libreoffice
@pytest.mark.libreoffice
def test_convert_draws_compares_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "migrate.toml").write_text(
        '[convert]\nrender_share = "100%"\nprove = true\nlikeness_floor = "40%"\n'
    )
    source = tmp_path / "letter.docx"
    source.write_bytes(docx(paragraph("Dear reader")))
    result = run("convert", source, "--jobs", 1, "--lang", "en")
    assert result.exit_code == EXIT_OK, result.output
    assert "Pages that look alike: 1 of 1; likeness 100%." in result.output
    (row,) = json.loads(run("convert", source, "--json").output)["files"]
    assert row["action"] == "done_before"
    assert row["outcome"]["rendering"]["alike"] == 1
