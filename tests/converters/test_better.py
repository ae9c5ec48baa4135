"""``--engine both``: both engines work, the better result is kept, the other is gone, and the outcome says why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from converters import convert
from converters.better import CENSUS_MARGIN, LIKENESS_MARGIN, Judged, choose
from converters.errors import Failed
from converters.libreoffice import find as finding
from converters.losses import Severity
from converters.making import Made
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict
from converters.rendered_pages import ComparedPage, PageState, RenderedPages
from tests.fake_family import fake_family, install_family
from tests.libreoffice import kept_office, needs_libreoffice
from tests.office_files import docx, docx_with, paragraph, relationships


def judged(
    engine: Engine,
    lost: float = 0.0,
    *,
    valid: bool = True,
    likeness: float | None = 1.0,
    severity: Severity | None = None,
    opens: bool = True,
) -> Judged:
    pages = () if likeness is None else (ComparedPage(1, PageState.DIFFERENT, likeness),)
    rendered = RenderedPages(1, 1, pages, opens=opens)
    return Judged(Made(engine, Path()), (("words", lost),) if lost else (), valid, rendered, severity)


@pytest.mark.parametrize(
    ("native", "other", "kept", "reason"),
    [
        ({}, {}, Engine.NATIVE, "BOTH_EQUAL"),
        ({"lost": 0.1, "likeness": 1.0}, {"likeness": 0.2}, Engine.LIBREOFFICE, "BOTH_CENSUS"),
        ({"likeness": 0.2}, {"lost": 0.1}, Engine.NATIVE, "BOTH_CENSUS"),
        ({"lost": CENSUS_MARGIN / 2}, {"likeness": 0.5}, Engine.NATIVE, "BOTH_PAGES"),
        ({"valid": False}, {"likeness": 0.2}, Engine.LIBREOFFICE, "BOTH_VALIDITY"),
        ({"likeness": 0.9}, {}, Engine.LIBREOFFICE, "BOTH_PAGES"),
        ({"likeness": 1 - LIKENESS_MARGIN / 2}, {}, Engine.NATIVE, "BOTH_EQUAL"),
        ({"severity": Severity.CONTENT}, {"severity": Severity.LAYOUT}, Engine.LIBREOFFICE, "BOTH_LOSSES"),
        ({"severity": Severity.LAYOUT}, {"severity": Severity.CONTENT}, Engine.NATIVE, "BOTH_LOSSES"),
        ({"likeness": None}, {}, Engine.NATIVE, "BOTH_EQUAL"),
        ({"opens": False, "likeness": None}, {"lost": 0.5}, Engine.LIBREOFFICE, "BOTH_ONLY"),
        ({"lost": 0.5}, {"opens": False, "likeness": None}, Engine.NATIVE, "BOTH_ONLY"),
    ],
)
def test_census_before_validity_before_pages_before_losses(
    native: dict[str, object], other: dict[str, object], kept: Engine, reason: str
) -> None:
    winner, why = choose(judged(Engine.NATIVE, **native), judged(Engine.LIBREOFFICE, **other))  # type: ignore[arg-type]
    assert (winner.made.engine, why) == (kept, reason)


@pytest.fixture(scope="module")
def one_office() -> Iterator[None]:
    with kept_office():
        yield


def converted(source: Path, extension: str, **options: object) -> Outcome:
    target = source.with_suffix(f".{extension}")
    outcome = convert(source, target, engine=Engine.BOTH, options=Options(**options))
    left = {path.name for path in source.parent.iterdir() if path.is_file()}
    assert left == {source.name} | ({target.name} if outcome.target else set())
    return outcome


def likenesses(outcome: Outcome) -> dict[Engine, float | None]:
    return {rival.engine: rival.likeness for rival in outcome.rivals}


@needs_libreoffice
@pytest.mark.libreoffice
@pytest.mark.usefixtures("one_office")
class TestWithBothEngines:
    def test_a_sheet_whose_columns_libreoffice_makes_wider_is_the_native_engines(
        self, tmp_path: Path
    ) -> None:
        source = tmp_path / "sheet.xlsx"
        book = openpyxl.Workbook()
        for row in range(100):
            book.active.append([f"cell {row} {column}" for column in range(10)])
        book.save(source)
        outcome = converted(source, "ods")
        assert (outcome.verdict, outcome.engine) == (Verdict.CONVERTED, Engine.NATIVE)
        assert outcome.engine_reason == "BOTH_PAGES"
        found = likenesses(outcome)
        assert (found[Engine.NATIVE] or 0) > (found[Engine.LIBREOFFICE] or 0) + LIKENESS_MARGIN
        assert outcome.rendered is not None
        assert outcome.rendered.likeness == found[Engine.NATIVE]

    def test_a_document_within_a_document_is_libreoffices(self, tmp_path: Path) -> None:
        """w:altChunk (ECMA-376 Part 1, 17.17.2.1) is a document that Word reads in when it opens the file."""
        chunk = docx("".join(paragraph(f"Paragraph {number} of the chunk") for number in range(30)))
        parts = {
            "word/chunk.docx": chunk,
            "word/_rels/document.xml.rels": relationships({"rId9": ("aFChunk", "chunk.docx")}),
        }
        source = tmp_path / "chunk.docx"
        source.write_bytes(
            docx_with(parts, paragraph("Before") + '<w:altChunk r:id="rId9"/>' + paragraph("After"))
        )
        outcome = converted(source, "odt")
        assert (outcome.engine, outcome.engine_reason) == (Engine.LIBREOFFICE, "BOTH_PAGES")
        assert outcome.network

    def test_what_one_lost_by_count_decides_before_pages(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install_family(monkeypatch, fake_family(forget="1 250"))
        source = tmp_path / "letter.docx"
        source.write_bytes(docx(paragraph("Dear reader") + paragraph("The budget is 1 250 euros")))
        outcome = converted(source, "odt")
        assert (outcome.engine, outcome.engine_reason) == (Engine.LIBREOFFICE, "BOTH_CENSUS")
        native, other = outcome.rivals
        assert dict(native.lost)["words"] > 0.5
        assert other.lost == ()

    def test_where_one_fails_the_other_is_kept_and_the_failure_stands_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        install_family(monkeypatch, fake_family(fail=KeyError("surprise")))
        source = tmp_path / "letter.docx"
        source.write_bytes(docx())
        outcome = converted(source, "odt")
        assert (outcome.engine, outcome.engine_reason) == (Engine.LIBREOFFICE, "BOTH_ONLY")
        assert [rival.error for rival in outcome.rivals] == ["INTERNAL", ""]

    def test_the_floor_holds_for_the_better_one_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from converters import better

        def fail(*_arguments: object) -> Made:
            raise Failed("LIBREOFFICE_FAILED", detail="")

        source = tmp_path / "letter.docx"
        source.write_bytes(docx())
        monkeypatch.setattr(better, "make_by_libreoffice", fail)
        install_family(monkeypatch, fake_family(silent=True, lose="DRAWING_DROPPED"))
        outcome = converted(source, "odt", render=True, likeness_floor=0.5)
        assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "PAGES_UNLIKE")

    def test_a_binary_format_has_but_one_engine(self, tmp_path: Path) -> None:
        source = tmp_path / "letter.rtf"
        source.write_bytes(rb"{\rtf1\ansi Dear reader}")
        outcome = converted(source, "odt")
        assert (outcome.engine, outcome.engine_reason) == (Engine.LIBREOFFICE, "LEGACY_KIND")


def test_without_libreoffice_the_native_result_stands_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFFICE", str(tmp_path / "none"))
    finding.find.cache_clear()
    source = tmp_path / "letter.docx"
    source.write_bytes(docx())
    try:
        outcome = converted(source, "odt")
    finally:
        monkeypatch.undo()
        finding.find.cache_clear()
    assert (outcome.engine, outcome.engine_reason) == (Engine.NATIVE, "LIBREOFFICE_MISSING")


def test_a_source_that_is_refused_is_refused_once(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(docx()[:300])
    outcome = converted(source, "odt")
    assert (outcome.verdict, outcome.rivals) == (Verdict.REFUSED, ())
