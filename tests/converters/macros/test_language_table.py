"""The table of VBA's language against LibreOffice itself: a piece of code for each row, run or found not to compile."""

from __future__ import annotations

import pytest

from converters import convert
from converters.macros.libreoffice_support import Support, language
from converters.options import MacroPolicy, Options
from converters.outcome import Engine
from tests.macro_office import available, run_in_office
from tests.vba_files import project_bin, xlsm

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.slow,
    pytest.mark.skipif(not available(), reason="LibreOffice or a Python with uno is not installed"),
]
# calls that only an unknown or unfinished function answers with one of these errors
CALLS = """
    CBool(1) CByte(1) CCur(1) CDate(1) CVDate(1) CDbl(1) CDec(1) CInt(1) CLng(1) CLngLng(1) CLngPtr(1)
    CSng(1) CStr(1) CVar(1) CVErr(2042) Error(5) Fix(1.5) Hex(10) Int(1.5) Oct(8) Str(1) Val("1") Date()
    DateAdd("d",1,Now()) DateDiff("d",Now(),Now()) DatePart("yyyy",Now()) DateSerial(2020,1,1)
    DateValue("2020-01-01") Day(Now()) Hour(Now()) Minute(Now()) Month(Now()) MonthName(1) Now()
    Second(Now()) Time() Timer() TimeSerial(1,1,1) TimeValue("01:00:00") Weekday(Now()) WeekdayName(1)
    Year(Now()) CurDir() Dir("/tmp/nothing") FreeFile() DDB(1000,100,10,1) FV(0.1,10,-100)
    IPmt(0.1,1,10,100) IRR(Array(-100,60,60)) MIRR(Array(-100,60,60),0.1,0.1) NPer(0.1,-100,500)
    NPV(0.1,Array(1,2)) Pmt(0.1,10,100) PPmt(0.1,1,10,100) PV(0.1,10,-100) Rate(10,-20,100) SLN(100,10,5)
    SYD(100,10,5,1) IMEStatus() IsArray(1) IsDate(1) IsEmpty(1) IsError(1) IsMissing(1) IsNull(1)
    IsNumeric(1) IsObject(1) QBColor(1) RGB(1,2,3) TypeName(1) VarType(1) Choose(1,2) Command()
    Environ("HOME") GetAllSettings("a","b") GetSetting("a","b","c") IIf(True,1,2) Partition(1,0,10,5)
    Switch(True,1) DoEvents() Abs(1) Atn(1) Cos(1) Exp(1) Log(1) Rnd() Round(1.5) Sgn(1) Sin(1) Sqr(1)
    Tan(1) Asc("a") AscB("a") AscW("a") Chr(65) ChrB(65) ChrW(65) Filter(Array("a"),"a") Format(1,"0")
    FormatCurrency(1) FormatDateTime(Now()) FormatNumber(1) FormatPercent(1) InStr("a","a") InStrB("a","a")
    InStrRev("a","a") Join(Array("a"),",") LCase("a") Left("a",1) LeftB("a",1) Len("a") LenB("a") LTrim("a")
    Mid("a",1) MidB("a",1) Replace("a","a","b") Right("a",1) RightB("a",1) RTrim("a") Space(1)
    Split("a,b",",") StrComp("a","b") StrConv("a",1) String(2,"a") StrReverse("a") Trim("a") UCase("a")
    ObjPtr(Nothing) StrPtr("a") VarPtr(1) Array(1) LBound(Array(1)) UBound(Array(1)) Erl()
"""
# what a conversion says otherwise, so that its row says that it works: LibreOffice itself does not
REWRITTEN = frozenset(["CLngPtr", "Debug.Print", "Debug.Assert", "LongPtr"])
NOT_DEFINED, NOT_IMPLEMENTED = "35", "73"
HEAD = "Rem Attribute VBA_ModuleType=VBAModule\nOption VBASupport 1\n"
FUNCTION = (
    HEAD + "Function Main()\nDim x\nOn Error GoTo e\nx = {call}\nMain = 0\nExit Function\n"
    "e:\nMain = Err.Number\nEnd Function\n"
)
# statement -> (declarations, body) that answers "ok" where it works
STATEMENTS: dict[str, tuple[str, str]] = {
    "On Error GoTo": ("", 'On Error GoTo e\nx = 1 / n\nExit Function\ne:\nMain = "ok"'),
    "On Error Resume Next": ("", 'On Error Resume Next\nx = 1 / n\nMain = "ok"'),
    "GoSub": ("", 'GoSub a\nExit Function\na:\nMain = "ok"\nReturn'),
    "On GoTo": ("", 'On 1 GoTo a\nExit Function\na:\nMain = "ok"'),
    "AddressOf": ("", 'x = AddressOf Main\nMain = "ok"'),
    "TypeOf": ("", 'Dim c As New Collection\nIf TypeOf c Is Collection Then Main = "ok"'),
    "Like": ("", 'If "abc" Like "a*" Then Main = "ok"'),
    "RaiseEvent": ("", 'On Error Resume Next\nRaiseEvent Done(1)\nIf Err.Number = 0 Then Main = "ok"'),
    "Event": ("Public Event Done(ByVal a As Long)", 'Main = "ok"'),
    "Bang": ("", 'Dim c As New Collection\nc.Add "ok", "k"\nOn Error Resume Next\nMain = c!k'),
    "Lock": ("", 'If False Then\nLock #1\nEnd If\nMain = "ok"'),
    "LSet": ("", 'Dim s As String\ns = "  "\nLSet s = "ok"\nMain = s'),
    "Bracket": ("", '[A1] = "ok"\nMain = [A1]'),
    "Named arguments": ("", 'Dim c As New Collection\nc.Add Item:="ok", Key:="k"\nMain = c("k")'),
    "Type": ("Private Type T\na As String\nEnd Type", 'Dim x As T\nx.a = "ok"\nMain = x.a'),
    "Enum": ("Enum E\ne1 = 1\ne2\nEnd Enum", 'If e2 = 2 Then Main = "ok"'),
    "Option Compare Text": ("Option Compare Text", 'If "A" = "a" Then Main = "ok"'),
    "Option Base 1": ("Option Base 1", 'Dim a(2)\nIf LBound(a) = 1 Then Main = "ok"'),
    "DefInt": ("DefInt A-Z", 'Main = "ok"'),
    "WithEvents": ("Private WithEvents app As Application", 'Main = "ok"'),
    "LongPtr": ("", 'Dim p As LongPtr\np = 1\nMain = "ok"'),
    "LongLong": ("", 'Dim p As LongLong\np = 1\nMain = "ok"'),
    "Debug.Print": ("", 'On Error Resume Next\nDebug.Print 1\nIf Err.Number = 0 Then Main = "ok"'),
    "Debug.Assert": ("", 'On Error Resume Next\nDebug.Assert True\nIf Err.Number = 0 Then Main = "ok"'),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What LibreOffice answers to each piece, all in one document."""
    folder = tmp_path_factory.mktemp("language")
    source, target = folder / "a.xlsm", folder / "a.ods"
    source.write_bytes(xlsm(project_bin({"M": ("standard", "Sub A()\nEnd Sub\n")}), formula="1", value="1"))
    outcome = convert(source, target, engine=Engine.NATIVE, options=Options(macros=MacroPolicy.CARRY))
    assert outcome.target, outcome.error
    pieces = {f"function:{call.partition('(')[0]}": FUNCTION.format(call=call) for call in CALLS.split()}
    for name, (declarations, body) in STATEMENTS.items():
        pieces[f"statement:{name}"] = f"{HEAD}{declarations}\nFunction Main()\n{body}\nEnd Function\n"
    return run_in_office(target, folder, ["probe", pieces])[0]


def test_every_row_of_a_function_says_what_libreoffice_does(answers: dict[str, str]) -> None:
    wrong = {}
    for name, answer in answers.items():
        kind, _colon, word = name.partition(":")
        if kind == "function":
            missing = answer in (NOT_DEFINED, NOT_IMPLEMENTED)
            said = language()["function", word.casefold()].support is Support.MISSING
            if missing != (said or word in REWRITTEN):
                wrong[word] = answer
    assert wrong == {}


def test_every_row_of_a_statement_says_what_libreoffice_does(answers: dict[str, str]) -> None:
    wrong = {}
    for name in STATEMENTS:
        answer = answers[f"statement:{name}"]
        works = language()["statement", name.casefold()].support is Support.WORKS and name not in REWRITTEN
        if (answer == "'ok'") != works:
            wrong[name] = answer
    assert wrong == {}
