"""A source and its result, drawn by a real LibreOffice and compared."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from converters import convert
from converters.libreoffice import find as finding
from converters.outcome import Engine
from converters.rendered_pages import PageState, RenderedPages
from converters.rendering.drawing import MAX_PIXELS, scale_for
from converters.rendering.pair import RenderBounds, compare_rendering, compare_with_pictures
from tests.converters.pptx_to_odp.slides_builder import presentation
from tests.libreoffice import kept_office, needs_libreoffice
from tests.office_files import docx, paragraph, xlsx

needs_libreoffice = [
    pytest.mark.libreoffice,
    needs_libreoffice,
]
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
LETTER = paragraph("Dear reader") + paragraph("The budget of the year is 1 250 euros.")


@pytest.fixture(scope="module", autouse=True)
def one_office() -> Iterator[None]:
    with kept_office():
        yield


def odt_of(body: str, folder: Path, name: str) -> Path:
    source = folder / f"{name}.docx"
    source.write_bytes(docx(body))
    target = source.with_suffix(".odt")
    assert convert(source, target, engine=Engine.NATIVE).target
    return target


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "source.docx"
    path.write_bytes(docx(LETTER + BREAK + paragraph("The second page")))
    return path


class TestWithLibreOffice:
    pytestmark = needs_libreoffice

    def test_a_good_result_opens_and_all_its_pages_look_alike(self, letter: Path, tmp_path: Path) -> None:
        target = odt_of(LETTER + BREAK + paragraph("The second page"), tmp_path, "good")
        found = compare_rendering(letter, "docx", target, "odt")
        assert (found.opens, found.error, found.source_pages, found.target_pages) == (True, "", 2, 2)
        assert found.clean
        assert found.likeness > 0.99
        assert found.witness.startswith("LibreOffice ")
        assert RenderedPages.from_json(found.as_json()).as_json() == found.as_json()

    def test_a_page_that_is_missing_and_one_that_is_more_count_nothing(
        self, letter: Path, tmp_path: Path
    ) -> None:
        short = odt_of(LETTER, tmp_path, "short")
        found = compare_rendering(letter, "docx", short, "odt")
        assert (found.source_pages, found.target_pages) == (2, 1)
        assert [page.state for page in found.pages] == [PageState.ALIKE, PageState.MISSING]
        assert found.likeness == pytest.approx(0.5, abs=0.01)
        assert not found.clean
        three = LETTER + BREAK + paragraph("The second page") + BREAK + paragraph("The third")
        long = odt_of(three, tmp_path, "long")
        found = compare_rendering(letter, "docx", long, "odt")
        assert found.pages[-1].state is PageState.ADDED

    def test_a_figure_that_changed_is_marked(self, letter: Path, tmp_path: Path) -> None:
        changed = LETTER.replace("1 250", "1 950") + BREAK + paragraph("The second page")
        first, second = compare_rendering(letter, "docx", odt_of(changed, tmp_path, "changed"), "odt").pages
        assert (first.state, first.words_missing, first.words_added) == (PageState.DIFFERENT, 1, 1)
        assert first.likeness > 0.99  # a few dots
        (region,) = first.regions
        assert region.width < 30
        assert second.regions == ()

    def test_a_text_is_laid_out_by_its_own_settings(self, tmp_path: Path) -> None:
        """Spaces between paragraphs add up or not: a setting of the document, which a profile can have ignored."""
        spaced = '<w:p><w:pPr><w:spacing w:before="400" w:after="400"/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
        body = "".join(spaced.format(f"Paragraph {number}") for number in range(10))
        source = tmp_path / "spaced.docx"
        source.write_bytes(docx(body))
        found = compare_rendering(source, "docx", odt_of(body, tmp_path, "result"), "odt")
        assert found.clean
        assert found.likeness > 0.99

    def test_pictures_of_each_page_are_given_on_request(self, letter: Path, tmp_path: Path) -> None:
        found, pictures = compare_with_pictures(letter, "docx", odt_of(LETTER, tmp_path, "short"), "odt")
        assert len(pictures) == len(found.pages) == 2
        assert pictures[1].target is None
        shown = pictures[0].source
        assert shown is not None
        with Image.open(io.BytesIO(shown.webp)) as image:
            assert image.width == pytest.approx(shown.width * 96 / 72, abs=2)

    def test_no_more_pages_are_drawn_than_asked_for_and_that_is_said(
        self, letter: Path, tmp_path: Path
    ) -> None:
        target = odt_of(LETTER + BREAK + paragraph("Other words"), tmp_path, "other")
        found = compare_rendering(letter, "docx", target, "odt", RenderBounds(pages=1))
        assert (len(found.pages), found.cut, found.source_pages) == (1, True, 1)
        assert not compare_rendering(letter, "docx", target, "odt", RenderBounds(pages=2)).cut

    @pytest.mark.parametrize(
        ("data", "kind", "extension"), [(xlsx(), "xlsx", "ods"), (presentation(), "pptx", "odp")]
    )
    def test_spreadsheets_and_presentations_are_compared_too(
        self, tmp_path: Path, data: bytes, kind: str, extension: str
    ) -> None:
        source, target = tmp_path / f"a.{kind}", tmp_path / f"a.{extension}"
        source.write_bytes(data)
        assert convert(source, target, engine=Engine.NATIVE).target
        found = compare_rendering(source, kind, target, extension)
        assert (found.opens, found.error) == (True, "")
        assert found.pages

    def test_a_sheet_with_nothing_to_print_opens_all_the_same(self, tmp_path: Path) -> None:
        source, target = tmp_path / "a.xlsx", tmp_path / "a.ods"
        source.write_bytes(xlsx(""))
        assert convert(source, target, engine=Engine.NATIVE).target
        found = compare_rendering(source, "xlsx", target, "ods")
        assert (found.opens, found.error) == (True, "")

    def test_a_result_that_does_not_open_is_told_from_an_original_that_does_not(
        self, letter: Path, tmp_path: Path
    ) -> None:
        broken = tmp_path / "broken.odt"
        broken.write_bytes(b"PK\x03\x04 no package")
        found = compare_rendering(letter, "docx", broken, "odt")
        assert (found.opens, found.compared) == (False, False)
        assert found.error == "UNREADABLE"
        cut = tmp_path / "cut.docx"
        cut.write_bytes(letter.read_bytes()[:400])
        found = compare_rendering(cut, "docx", odt_of(LETTER, tmp_path, "good"), "odt")
        assert (found.opens, found.compared, found.error) == (True, False, "UNREADABLE")

    def test_time_that_is_up_is_no_proof_against_the_result(self, letter: Path, tmp_path: Path) -> None:
        target = odt_of(LETTER, tmp_path, "good")
        found = compare_rendering(letter, "docx", target, "odt", RenderBounds(seconds=0.0))
        assert (found.opens, found.error) == (None, "TIMEOUT")


def test_without_libreoffice_nothing_is_known(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOFFICE", str(tmp_path / "none"))
    finding.find.cache_clear()
    try:
        found = compare_rendering(letter, "docx", letter, "odt")
    finally:
        monkeypatch.undo()
        finding.find.cache_clear()
    assert (found.opens, found.error, found.clean) == (None, "NO_LIBREOFFICE", False)


@pytest.mark.parametrize("size", [(595, 842), (14_400, 14_400), (100_000, 100_000), (0.0, 0.0)])
def test_a_huge_page_is_drawn_smaller(size: tuple[float, float]) -> None:
    scale = scale_for(*size, 96)
    assert 0 < scale <= 96 / 72
    assert size[0] * scale * size[1] * scale <= MAX_PIXELS * 1.01
