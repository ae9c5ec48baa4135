"""A result that does not stand its proof is not put in place, and the outcome names the proof and figures."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters import convert
from converters.libreoffice import find as finding
from converters.libreoffice import warm
from converters.losses import Severity
from converters.options import Options
from converters.outcome import Engine, Outcome, Rival, Verdict
from converters.rendered_pages import ComparedPage, PageState, Region, RenderedPages
from converters.verify import is_announced
from tests.fake_family import fake_family, hide_libreoffice, install_family
from tests.libreoffice import kept_office, needs_libreoffice
from tests.office_files import docx, paragraph

needs_jing = pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not installed")
BODY = "".join(map(paragraph, ("Dear reader", "The budget is 1 250 euros.", "Yours", "The mayor")))


@pytest.fixture(scope="module", autouse=True)
def one_office() -> Iterator[None]:
    with kept_office():
        yield


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "letter.docx"
    path.write_bytes(docx(BODY))
    return path


@pytest.fixture
def native(monkeypatch: pytest.MonkeyPatch):
    def use(**behaviour: object) -> None:
        install_family(monkeypatch, fake_family(**behaviour))

    return use


@pytest.fixture
def broken_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program in LibreOffice's place that opens nothing."""
    folder = tmp_path / "program"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && { echo LibreOffice 25.2.0.1; exit; }\n'
        "echo 'Error: source file could not be loaded' >&2\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("SOFFICE", str(program))
    warm.close()
    finding.find.cache_clear()
    yield
    monkeypatch.undo()
    finding.find.cache_clear()


def converted(source: Path, **options: object) -> Outcome:
    outcome = convert(source, source.with_suffix(".odt"), engine=Engine.NATIVE, options=Options(**options))
    left = {path.name for path in source.parent.iterdir() if path.is_file()}
    assert left == {"letter.docx"} | ({"letter.odt"} if outcome.target else set())
    return outcome


def test_what_is_lost_in_silence_is_not_put_in_place(source: Path, native) -> None:
    native(forget="1 250")
    assert converted(source).verdict is Verdict.CONVERTED  # nobody counted
    source.with_suffix(".odt").unlink()
    outcome = converted(source, prove=True)
    assert (outcome.verdict, outcome.target, outcome.error) == (Verdict.FAILED, None, "LOST_IN_SILENCE")
    assert dict(outcome.error_params) == {"what": "words", "source": 11, "target": 5}


def test_what_a_loss_announces_is_put_in_place_with_its_verdict(source: Path, native) -> None:
    native(forget="1 250", lose="DRAWING_DROPPED")
    outcome = converted(source, prove=True)
    assert (outcome.verdict, outcome.error) == (Verdict.NEEDS_A_PERSON, "")


def test_a_good_result_stands_the_count(source: Path, native) -> None:
    native()
    assert converted(source, prove=True).verdict is Verdict.CONVERTED


@needs_jing
def test_a_result_that_breaks_the_schema_is_not_put_in_place(source: Path, native) -> None:
    native(invalid=True)
    outcome = converted(source, prove=True)
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "RESULT_NOT_VALID")
    assert dict(outcome.error_params)["part"] == "content.xml"


@needs_libreoffice
@needs_jing
@pytest.mark.libreoffice
def test_under_auto_the_other_engine_takes_what_does_not_stand_its_proof(source: Path, native) -> None:
    for behaviour in ({"forget": "1 250"}, {"invalid": True}):
        native(**behaviour)
        outcome = convert(source, source.with_suffix(".odt"), options=Options(prove=True), overwrite=True)
        assert (outcome.engine, outcome.engine_reason) == (Engine.LIBREOFFICE, "NATIVE_FAILED")


def test_a_result_that_does_not_open_is_not_put_in_place(source: Path, broken_libreoffice: None) -> None:
    outcome = converted(source, render=True)
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "RESULT_DOES_NOT_OPEN")
    assert outcome.rendered is not None
    assert outcome.rendered.opens is False


@needs_libreoffice
@pytest.mark.libreoffice
class TestPages:
    def test_pages_below_the_floor_are_not_put_in_place(self, source: Path, native) -> None:
        native(silent=True, lose="DRAWING_DROPPED")
        outcome = converted(source, render=True, likeness_floor=0.4)
        assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "PAGES_UNLIKE")
        assert dict(outcome.error_params)["floor"] == 40
        assert outcome.rendered is not None
        assert outcome.rendered.likeness < 0.4

    def test_pages_above_the_floor_that_differ_are_a_loss_of_layout(self, source: Path, native) -> None:
        native(forget="mayor")
        outcome = converted(source, render=True, likeness_floor=0.01)
        assert outcome.verdict is Verdict.CONVERTED_WITH_LOSSES
        assert [(loss.code, loss.place.kind, loss.place.index) for loss in outcome.losses] == [
            ("PAGES_LOOK_DIFFERENT", "page", 1)
        ]

    def test_pages_that_look_alike_are_no_loss(self, source: Path) -> None:
        outcome = converted(source, render=True, likeness_floor=1.0)
        assert (outcome.verdict, outcome.losses) == (Verdict.CONVERTED, ())
        assert outcome.rendered is not None
        assert outcome.rendered.clean
        assert outcome.network


def test_without_libreoffice_a_wished_comparison_needs_a_person(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFFICE", str(source.parent / "none"))
    finding.find.cache_clear()
    hide_libreoffice(monkeypatch)
    try:
        outcome = converted(source, render=True)
    finally:
        monkeypatch.undo()
        finding.find.cache_clear()
    assert outcome.verdict is Verdict.NEEDS_A_PERSON
    assert [(loss.code, dict(loss.params)) for loss in outcome.losses] == [
        ("PAGES_NOT_COMPARED", {"detail": "NO_LIBREOFFICE"})
    ]


@pytest.mark.parametrize(
    ("what", "code", "announced"),
    [
        ("words", "DRAWING_DROPPED", True),  # content
        ("words", "FIELD_FLATTENED", False),  # behaviour
        ("fields", "FIELD_FLATTENED", True),
        ("words", "HIDDEN_CELL_DROPPED", True),  # cosmetic, and says that something is gone
        ("words", "EMBEDDED_FONT_DROPPED", False),  # of both engines, and no word
        ("word_order", "PICTURE_FORMAT", True),  # layout
        ("pictures", "PICTURE_FORMAT", False),
    ],
)
def test_a_loss_announces_what_it_may_explain(what: str, code: str, announced: bool) -> None:
    from converters.losses import Loss

    assert is_announced(what, [Loss(code)]) is announced


def test_figures_survive_the_way_into_the_ledger() -> None:
    page = ComparedPage(2, PageState.DIFFERENT, 0.5, (Region(1, 2, 3, 4),), 5, 6)
    outcome = Outcome(
        "a.docx",
        "a.odt",
        Verdict.CONVERTED,
        rendered=RenderedPages(2, 2, (page,), cut=True, opens=True, witness="LibreOffice 25.2"),
        rivals=(
            Rival(Engine.NATIVE, (("words", 0.25),), Severity.LAYOUT, 0.5),
            Rival(Engine.LIBREOFFICE, error="TIMEOUT"),
        ),
    )
    assert Outcome.from_json(json.loads(json.dumps(outcome.as_json()))) == outcome
    older = outcome.as_json()
    del older["rendering"], older["rivals"]
    assert (Outcome.from_json(older).rendered, Outcome.from_json(older).rivals) == (None, ())
