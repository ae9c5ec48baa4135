"""The cross-check of formula results: what differs, why, and that neither file is changed by it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters import convert
from converters.errors import Failed, Refused
from converters.formula_results import Cause, Recalculation
from converters.libreoffice import recalculate as flat_module
from converters.libreoffice import warm
from converters.losses import LossLog
from converters.options import Options
from converters.outcome import Engine, Outcome, Verdict
from converters.recalculation.cells import Cell, Spreadsheet, read_spreadsheet
from converters.recalculation.check import report_recalculation
from converters.recalculation.compare import compare, same
from converters.recalculation.precedents import Dependence, Precedents, areas_of
from tests.converters.xlsx_to_ods.workbooks import raw
from tests.libreoffice import kept_office, needs_libreoffice

SHEET = """<sheetData>
<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+A2</f><v>3</v></c><c r="C1"><f>B1*2</f><v>6</v></c></row>
<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f>SUM(A1:A2)</f><v>99</v></c><c r="C2"><f>B2*2</f><v>198</v></c></row>
<row r="3"><c r="B3"><f>RAND()</f><v>0.5</v></c><c r="C3"><f>B3+1</f><v>1.5</v></c><c r="D3"><f>A1+1</f></c></row>
</sheetData>"""


def _cell(formula: str, value: float | str | None, error: str = "") -> Cell:
    return Cell(formula, value, error, "" if value is None else str(value))


def _sheet(**cells: Cell) -> Spreadsheet:
    return Spreadsheet({("S", int(name[1:]), ord(name[0]) - 64): cell for name, cell in cells.items()})


@needs_libreoffice
def test_a_wrong_stored_total_is_found_with_its_cause_and_what_follows_from_it(tmp_path: Path) -> None:
    source, target = tmp_path / "budget.xlsx", tmp_path / "budget.ods"
    source.write_bytes(raw(SHEET))
    before = hashlib.sha256(source.read_bytes()).digest()
    outcome = convert(source, target, engine=Engine.NATIVE, options=Options(recalculate=True))
    answer = outcome.recalculation
    assert answer is not None
    assert (answer.formulas, answer.differing, answer.error) == (7, 2, "")
    assert {
        (item.cell, item.cause, item.stored, item.recalculated, item.original) for item in answer.cells
    } == {
        ("B2", Cause.STORED, "99", "3", "3"),
        ("C2", Cause.FOLLOWS, "198", "6", "6"),
    }
    assert dict(answer.causes)["volatile"] == 2
    assert outcome.verdict is Verdict.NEEDS_A_PERSON
    assert {loss.code for loss in outcome.losses} == {
        "RESULT_DIFFERS_FROM_STORED",
        "RESULT_FOLLOWS_DIFFERENCE",
    }
    assert hashlib.sha256(source.read_bytes()).digest() == before
    assert (
        read_spreadsheet(target).cells["Budget", 2, 2].value == 99
    )  # the user sees it until it is asked for
    assert Outcome.from_json(outcome.as_json()).recalculation == answer


def test_without_libreoffice_the_outcome_says_that_nothing_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent() -> None:
        raise Failed("NO_LIBREOFFICE")

    monkeypatch.setattr(flat_module, "require", absent)
    source = tmp_path / "budget.xlsx"
    source.write_bytes(raw(SHEET))
    outcome = convert(source, tmp_path / "b.ods", engine=Engine.NATIVE, options=Options(recalculate=True))
    assert outcome.recalculation == Recalculation(error="NO_LIBREOFFICE")
    assert [loss.code for loss in outcome.losses] == ["RESULTS_NOT_RECALCULATED"]


def test_a_result_that_libreoffice_draws_from_the_original_alone_is_the_conversion_s_fault() -> None:
    stored = _sheet(A1=_cell("of:=X", 1.0), A2=_cell("of:=Y", 2.0), A3=_cell("of:=Z", None, "#N/A"))
    ours = _sheet(A1=_cell("of:=X", 5.0), A2=_cell("of:=Y", 2.0), A3=_cell("of:=Z", None, "#VALUE!"))
    theirs = _sheet(A1=_cell("", 1.0), A2=_cell("", 7.0), A3=_cell("", None, "#N/A"))
    answer = compare(stored, ours, theirs)
    assert [(item.cell, item.cause) for item in answer.cells] == [("A1", Cause.CONVERSION)]
    log = LossLog()
    report_recalculation(answer, log)
    assert [(loss.code, loss.place.cell) for loss in log.losses()] == [("RESULT_DIFFERS_BY_CONVERSION", "A1")]


def test_what_depends_on_another_file_is_not_counted_as_different() -> None:
    link = "of:=['file:///x.ods'#$Data.A1]"
    stored = _sheet(A1=_cell(link, 1.0), A2=_cell("of:=[.A1]+1", 2.0), A3=_cell("of:=[.B1]", 2.0))
    ours = _sheet(A1=_cell(link, None, "#REF!"), A2=_cell("", None, "#REF!"), A3=_cell("", 3.0))
    answer = compare(stored, ours, None)
    assert [(item.cell, item.cause) for item in answer.cells] == [("A3", Cause.STORED)]
    assert dict(answer.causes) == {"unresolved_link": 2, "stored": 1}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (_cell("", 0.1 + 0.2), _cell("", 0.3), True),
        (_cell("", 1e-17), _cell("", 0.0), True),
        (_cell("", 1.0), _cell("", 1.0001), False),
        (_cell("", "a"), _cell("", "a"), True),
        (_cell("", "1"), _cell("", 1.0), False),
        (_cell("", None, "#N/A"), _cell("", None, "Err:502"), True),
        (_cell("", None, "#N/A"), _cell("", 0.0), False),
        (_cell("", None), _cell("", ""), True),
        (None, _cell("", None), True),
        (None, _cell("", 0.0), False),
    ],
)
def test_results_are_the_same_or_not(first: Cell | None, second: Cell | None, expected: bool) -> None:
    assert same(first, second) is expected


@pytest.mark.parametrize(
    ("formula", "areas"),
    [
        ("of:=[.A1]+[.$B$2]", [("", 1, 1, 1, 1), ("", 2, 2, 2, 2)]),
        ("of:=SUM([.A1:.C3])", [("", 1, 1, 3, 3)]),
        ("of:=SUM([$'It''s mine'.A1:.A2])", [("It's mine", 1, 1, 2, 1)]),
        ("of:=SUM([.A:.B])", [("", 1, 1, 1_048_576, 2)]),
        ("of:=SUM([.2:.3])", [("", 2, 1, 3, 16_384)]),
        ("of:=['file:///x.ods'#$Data.A1]", []),
        ("of:=[.#REF!]", []),
        ('of:="[.A1]"', [("", 1, 1, 1, 1)]),
    ],
)
def test_a_formula_names_areas(formula: str, areas: list[object]) -> None:
    assert list(areas_of(formula)) == areas


def test_names_and_circles_are_followed_to_their_end() -> None:
    spreadsheet = _sheet(
        A1=_cell("of:=[.A2]", 1.0), A2=_cell("of:=[.A1]+rate", 1.0), B1=_cell("of:=NOW()", 1.0)
    )
    spreadsheet.names["rate"] = "[$S.$B$1]"
    on_now = Dependence(Precedents(spreadsheet), [("S", 1, 2)])
    assert on_now.on(("S", 1, 1))
    assert on_now.on(("S", 2, 1))
    on_a1 = Dependence(Precedents(spreadsheet), [("S", 1, 1)])
    assert not on_a1.on(("S", 1, 2))
    assert on_a1.on(("S", 2, 1))


def test_a_damaged_result_is_refused_not_compared(tmp_path: Path) -> None:
    path = tmp_path / "broken.fods"
    path.write_text("<office:document")
    with pytest.raises(Refused):
        read_spreadsheet(path)


@needs_libreoffice
def test_one_start_serves_many_and_leaves_out_what_cannot_be_opened(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(raw(SHEET))
    bad.write_bytes(b"PK\x03\x04 no workbook")
    documents = [(good, "xlsx"), (bad, "xlsx"), (good, "xlsx")]
    with flat_module.flat_spreadsheets(
        documents, recalculate=False, timeout_seconds=120, memory_megabytes=2_000
    ) as flat:
        assert [path is not None for path in flat] == [True, False, True]
        assert flat[0] is not None
        assert read_spreadsheet(flat[0]).cells["Budget", 2, 2].value == 99


@pytest.fixture
def kept_warm() -> Iterator[None]:
    """As in a worker: this process keeps its LibreOffice between documents."""
    with kept_office():
        yield


@needs_libreoffice
def test_a_worker_uses_the_libreoffice_it_has(tmp_path: Path, kept_warm: None) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(raw(SHEET))
    bad.write_bytes(b"PK\x03\x04 no workbook")
    documents = [(good, "xlsx"), (bad, "xlsx"), (good, "xlsx")]
    found = []
    for recalculate in (False, True):
        with flat_module.flat_spreadsheets(
            documents, recalculate=recalculate, timeout_seconds=120, memory_megabytes=2_000
        ) as flat:
            assert [path is not None for path in flat] == [True, False, True]
            assert flat[0] is not None
            found.append(read_spreadsheet(flat[0]).cells["Budget", 2, 2].value)
    office = warm._KEPT.office
    if office is None:
        pytest.skip("no Python speaks UNO")
    assert office.documents == 6
    assert found[0] == 99
    assert found[1] != 99


STORED = """<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>30</v></c>
<c r="C1" t="str"><f>A1&amp;"x"</f><v> as  stored </v></c><c r="D1" t="b"><f>A1=1</f><v>0</v></c>
<c r="E1"><f t="shared" ref="E1:E2" si="0">A1*2</f><v>70</v></c><c r="F1"><f>SUM(B1:E1)</f><v>5</v></c>
<c r="G1"><f>TODAY()</f><v>40000</v></c></row>
<row r="2"><c r="E2"><f t="shared" si="0"/><v>80</v></c></row></sheetData>"""


@needs_libreoffice
def test_who_opens_a_result_sees_what_was_stored_until_a_recalculation(tmp_path: Path) -> None:
    source, target = tmp_path / "stored.xlsx", tmp_path / "stored.ods"
    source.write_bytes(raw(STORED))
    convert(source, target, engine=Engine.NATIVE)
    with flat_module.flat_spreadsheets(
        [(target, "ods")], recalculate=False, timeout_seconds=120, memory_megabytes=2_000
    ) as (opened,):
        assert opened is not None
        cells = read_spreadsheet(opened).cells
    shown = {(row, column): cell.value for (_sheet, row, column), cell in cells.items()}
    today = shown.pop((1, 7))
    assert shown == {(1, 2): 30, (1, 3): " as  stored ", (1, 4): 0, (1, 5): 70, (1, 6): 5, (2, 5): 80}
    assert isinstance(today, float)
    assert today > 45_000  # a volatile function is calculated whenever a file is opened
