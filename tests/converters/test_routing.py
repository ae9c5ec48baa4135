"""The engine of a document under ``auto``: the native one, unless LibreOffice keeps what it would lose."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from converters import convert, routing
from converters.errors import Failed, Refused
from converters.losses import LOSSES, LossKind, Severity
from converters.making import Made
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict
from tests.fake_family import fake_family, hide_libreoffice, install_family
from tests.libreoffice import needs_libreoffice
from tests.office_files import docx


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(docx())
    return path


@pytest.fixture
def native(monkeypatch: pytest.MonkeyPatch):
    """Sets what the native converter does: ``loses(severity)`` or keywords of :func:`fake_family`."""

    def use(severity: Severity | None = None, *, by_both: bool = False, **behaviour: object) -> None:
        if severity is not None:
            monkeypatch.setitem(LOSSES, "A_LOSS", LossKind(severity, engine_independent=by_both))
            behaviour["lose"] = "A_LOSS"
        install_family(monkeypatch, fake_family(**behaviour))

    return use


@pytest.fixture
def libreoffice(monkeypatch: pytest.MonkeyPatch):
    """Puts an answer in LibreOffice's place: the code of a loss, or an error."""

    def use(answer: str | Exception) -> None:
        def make(task, path, timeout_seconds):
            assert 0 < timeout_seconds < task.options.timeout_seconds
            if isinstance(answer, Exception):
                raise answer
            path.write_bytes(b"what LibreOffice made")
            made = Made(Engine.LIBREOFFICE, path, network="isolated")
            if answer:
                made.log.report(answer)
            return made

        monkeypatch.setattr(routing, "find", object)
        monkeypatch.setattr(routing, "make_by_libreoffice", make)

    return use


def _converted(source: Path, **arguments: object) -> Outcome:
    outcome = convert(source, source.with_suffix(".odt"), **arguments)
    assert {path.name for path in source.parent.iterdir()} <= {"letter.docx", "letter.odt"}
    return outcome


@pytest.mark.parametrize(
    ("severity", "by_both"),
    [(None, False), (Severity.COSMETIC, False), (Severity.LAYOUT, True), (Severity.CONTENT, True)],
)
def test_what_no_engine_or_both_lose_stays_with_the_native_converter(
    source: Path, native, libreoffice, severity: Severity | None, by_both: bool
) -> None:
    native(severity, by_both=by_both)
    libreoffice(AssertionError("nobody asks LibreOffice"))
    outcome = _converted(source)
    assert (outcome.engine, outcome.engine_reason) == (Engine.NATIVE, "NATIVE_KEEPS")
    assert len(outcome.losses) == (severity is not None)


@pytest.mark.parametrize("severity", [Severity.LAYOUT, Severity.BEHAVIOUR, Severity.CONTENT])
def test_what_libreoffice_keeps_goes_to_libreoffice(source: Path, native, libreoffice, severity) -> None:
    native(severity)
    libreoffice("SIGNATURE_LOST")  # lost by both, so it says nothing against LibreOffice
    outcome = _converted(source)
    assert (outcome.engine, outcome.engine_reason) == (Engine.LIBREOFFICE, "NATIVE_LOSES")
    assert [loss.code for loss in outcome.losses] == ["SIGNATURE_LOST"]
    assert source.with_suffix(".odt").read_bytes() == b"what LibreOffice made"
    assert outcome.network == "isolated"


@pytest.mark.parametrize(
    ("severity", "stays"), [(Severity.LAYOUT, True), (Severity.BEHAVIOUR, True), (Severity.CONTENT, False)]
)
def test_libreoffice_is_not_taken_where_it_loses_as_much(
    source: Path, native, libreoffice, severity, stays
) -> None:
    native(severity)
    libreoffice("NOT_VALID_ODF")  # of severity behaviour
    outcome = _converted(source)
    assert outcome.engine is (Engine.NATIVE if stays else Engine.LIBREOFFICE)
    assert outcome.engine_reason == ("LIBREOFFICE_LOSES" if stays else "NATIVE_LOSES")


@pytest.mark.parametrize(
    "error", [Failed("LIBREOFFICE_CRASHED"), Failed("TIMEOUT", seconds=1), Refused("UNREADABLE")]
)
def test_a_death_of_libreoffice_costs_nothing_that_the_native_converter_made(
    source: Path, native, libreoffice, error: Exception
) -> None:
    native(Severity.CONTENT)
    libreoffice(error)
    outcome = _converted(source)
    assert (outcome.verdict, outcome.engine, outcome.engine_reason) == (
        Verdict.NEEDS_A_PERSON,
        Engine.NATIVE,
        "LIBREOFFICE_FAILED",
    )
    assert [loss.code for loss in outcome.losses] == ["A_LOSS"]


def test_without_libreoffice_the_outcome_says_what_it_might_have_kept(
    source: Path, native, monkeypatch
) -> None:
    native(Severity.BEHAVIOUR)
    hide_libreoffice(monkeypatch)
    assert _converted(source).engine_reason == "LIBREOFFICE_MISSING"


@pytest.mark.parametrize("behaviour", [{"fail": KeyError("surprise")}, {"silent": True}])
def test_libreoffice_converts_what_the_native_converter_stumbles_over(
    source: Path, native, libreoffice, behaviour: dict[str, object]
) -> None:
    native(**behaviour)
    libreoffice("")
    outcome = _converted(source)
    assert (outcome.verdict, outcome.engine_reason) == (Verdict.CONVERTED, "NATIVE_FAILED")


def test_where_both_fail_the_native_failure_is_told(source: Path, native, libreoffice) -> None:
    native(fail=KeyError("surprise"))
    libreoffice(Failed("LIBREOFFICE_CRASHED"))
    outcome = _converted(source)
    assert (outcome.verdict, outcome.error, outcome.target) == (Verdict.FAILED, "INTERNAL", None)


def test_a_document_that_used_its_time_up_is_not_given_to_libreoffice(
    source: Path, native, libreoffice
) -> None:
    native(Severity.CONTENT)
    libreoffice(AssertionError("there is no time for it"))
    outcome = _converted(source, options=Options(timeout_seconds=10))
    assert outcome.engine_reason == "LIBREOFFICE_FAILED"


def test_a_native_result_that_was_asked_for_is_never_given_away(source: Path, native, libreoffice) -> None:
    native(Severity.CONTENT)
    libreoffice(AssertionError("nobody asks LibreOffice"))
    assert _converted(source, engine=Engine.NATIVE).engine_reason == "ASKED"


@needs_libreoffice
def test_the_real_libreoffice_takes_over_with_its_own_marks(source: Path, native) -> None:
    native(Severity.CONTENT)
    outcome = _converted(source)
    assert (outcome.verdict, outcome.engine, outcome.engine_reason) == (
        Verdict.CONVERTED,
        Engine.LIBREOFFICE,
        "NATIVE_LOSES",
    )
    with zipfile.ZipFile(source.with_suffix(".odt")) as archive:
        assert b"Dear reader" in archive.read("content.xml")
        assert b"(libreoffice)" in archive.read("meta.xml")
