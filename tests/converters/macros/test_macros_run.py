"""A converted workbook's macros really run: in a profile of the test's own, where macros are allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters import convert
from converters.libreoffice.find import require
from converters.libreoffice.profile import HARDENED
from converters.options import MacroPolicy, Options
from converters.outcome import Engine, Outcome, Verdict
from tests.macro_office import BY_SETTINGS, available, run_in_office
from tests.vba_files import docm, pptm, project_bin, xlsm

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(not available(), reason="LibreOffice or a Python with uno is not installed"),
]

ENGINES = (Engine.NATIVE, Engine.LIBREOFFICE)
# what starts with a document, or has a selection, waits for a window: LibreOffice 7.4 without a display opens none
_HIDDEN = available() and require().version < (24, 2)
ADDRESS = "vnd.sun.star.script:VBAProject.Module1.{}?language=Basic&location=document"
CLICKED = ADDRESS.format("Clicked")
CODE = """Option Explicit
#If VBA7 Then
Private Declare PtrSafe Function GetTickCount Lib "kernel32" () As Long
#Else
Private Declare Function GetTickCount Lib "kernel32" () As Long
#End If
Private runs As Long

Public Function MyFunc(ByVal x As Double) As Double
    MyFunc = x * 2
End Function

Public Sub Clicked()
    Dim account As New Account
    Debug.Print "clicked"
    account.Add 5
    account.Add MyFunc(2)
    Range("B1").Value = "clicked " & account.Balance & VBA.Left(" times", 6)
End Sub
"""
ACCOUNT = """Private total As Double
Friend Sub Add(ByVal amount As Double)
    total = total + amount
End Sub
Public Property Get Balance() As Double
    Balance = total
End Property
"""
MODULES = {
    "ThisWorkbook": ("document", ""),
    "Sheet1": ("document", ""),
    "Module1": ("standard", CODE),
    "Account": ("class", ACCOUNT),
}


def converted(
    folder: Path, data: bytes, engine: Engine, policy: MacroPolicy = MacroPolicy.CARRY
) -> tuple[Path, Outcome]:
    source = folder / "budget.xlsm"
    source.write_bytes(data)
    target = folder / f"{engine}.ods"
    outcome = convert(source, target, engine=engine, options=Options(macros=policy, timeout_seconds=100))
    assert outcome.error == "", outcome.error_params
    return target, outcome


@pytest.mark.parametrize("engine", ENGINES)
def test_a_function_in_a_cell_and_the_macro_of_a_button_and_a_shape_run(
    tmp_path: Path, engine: Engine
) -> None:
    data = xlsm(
        project_bin(MODULES), formula="MyFunc(2)+1", value="77", button="[0]!Clicked", shape="[0]!Clicked"
    )
    target, outcome = converted(tmp_path, data, engine)
    assert outcome.verdict is Verdict.NEEDS_A_PERSON
    answers = run_in_office(
        target, tmp_path, ["vba_mode"], ["bound"], ["shape_events"], ["cell", 0, "A1"], ["recalculate"],
        ["cell", 0, "A1"], ["call", CLICKED], ["cell", 0, "B1"],
    )  # fmt: skip
    vba_mode, bound, shapes, loaded, _done, calculated, _called, clicked = answers
    assert vba_mode[0] is True
    assert [(event, address) for _name, event, address in bound] == [("actionPerformed", CLICKED)]
    assert shapes == [["Arrow", "OnClick", CLICKED]]
    assert (loaded, calculated) == (5.0, 5.0)  # not what was stored: the function was run
    assert clicked == "clicked 9 times"
    told = {loss.code for loss in outcome.losses}
    assert told >= {"MACROS_UNPROVEN", "MACRO_LINES_CHANGED", "MACRO_FUNCTION_IN_CELLS"}
    (shown,) = run_in_office(target, tmp_path, ["cell", 0, "A1"], settings=HARDENED, mode=BY_SETTINGS)
    assert shown == "#VALUE!"  # as MACRO_FUNCTION_IN_CELLS says


@pytest.mark.parametrize("engine", ENGINES)
def test_the_macros_that_start_by_themselves_do_when_the_document_is_opened(
    tmp_path: Path, engine: Engine
) -> None:
    modules = {
        "ThisWorkbook": (
            "document",
            'Private Sub Workbook_Open()\n    Sheet1.Range("C1").Value = "opened"\nEnd Sub\n',
        ),
        "Sheet1": ("document", "Private Sub Worksheet_Change(ByVal Target As Range)\n    Beep\nEnd Sub\n"),
        "Module1": (
            "standard",
            'Sub Auto_Open()\n    Range("D1").Value = Range("C1").Value & " too"\nEnd Sub\n',
        ),
    }
    target, outcome = converted(tmp_path, xlsm(project_bin(modules), formula="1+1", value="2"), engine)
    steps = (["cell", 0, "C1"], ["cell", 0, "D1"])
    started = run_in_office(target, tmp_path, *steps, hidden=_HIDDEN)
    assert started == (["", ""] if _HIDDEN else ["opened", "opened too"])
    forbidden = run_in_office(target, tmp_path, *steps, settings=HARDENED, mode=BY_SETTINGS, hidden=_HIDDEN)
    assert forbidden == ["", ""]
    (unbound,) = [loss for loss in outcome.losses if loss.code == "MACRO_EVENTS_UNBOUND"]
    assert dict(unbound.params)["names"] == "Worksheet_Change"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("policy", [MacroPolicy.LEAVE, MacroPolicy.COMMENT, MacroPolicy.DROP])
def test_no_other_policy_leaves_anything_that_could_run(
    tmp_path: Path, engine: Engine, policy: MacroPolicy
) -> None:
    data = xlsm(
        project_bin(MODULES), formula="MyFunc(2)", value="4", button="[0]!Clicked", shape="[0]!Clicked"
    )
    target, _outcome = converted(tmp_path, data, engine, policy)
    bound, shapes, stored, called, clicked = run_in_office(
        target, tmp_path, ["bound"], ["shape_events"], ["cell", 0, "A1"], ["call", CLICKED], ["cell", 0, "B1"]
    )
    assert (bound, shapes, stored, clicked) == ([], [], 4.0, "")
    assert called.startswith("error: ")


@pytest.mark.parametrize("engine", ENGINES)
def test_macros_of_a_letter_write_into_it(tmp_path: Path, engine: Engine) -> None:
    code = 'Sub Sign()\n    Selection.TypeText UCase("signed: ") & ActiveDocument.Name & " "\nEnd Sub\n'
    source = tmp_path / "letter.docm"
    source.write_bytes(docm(project_bin({"ThisDocument": ("document", ""), "Module1": ("standard", code)})))
    target = tmp_path / "letter.odt"
    options = Options(macros=MacroPolicy.CARRY, timeout_seconds=100)
    assert convert(source, target, engine=engine, options=options).error == ""
    _called, text = run_in_office(
        target, tmp_path, ["call", ADDRESS.format("Sign")], ["text"], hidden=_HIDDEN
    )
    assert text == ("Dear reader" if _HIDDEN else "SIGNED: letter.odt Dear reader")


def test_what_a_presentation_calculates_by_itself_runs_too(tmp_path: Path) -> None:
    source = tmp_path / "talk.pptx"
    code = 'Function Days(n)\n    Days = Format(DateSerial(2026, 1, n), "yyyy-mm-dd")\nEnd Function\n'
    source.write_bytes(pptm(project_bin({"Module1": ("standard", code)})))
    target = tmp_path / "talk.odp"
    options = Options(macros=MacroPolicy.CARRY)
    assert convert(source, target, engine=Engine.NATIVE, options=options).error == ""
    assert run_in_office(target, tmp_path, ["call", ADDRESS.format("Days"), 32]) == ["2026-02-01"]
