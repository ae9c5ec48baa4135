"""What a procedure uses against what LibreOffice has; and the tables behind the answer."""

from __future__ import annotations

import pytest

from converters.inspection import MacroModule, MacroProcedure
from converters.kinds import PRESENTATION, SPREADSHEET, TEXT
from converters.macros.compatibility import describe_module, names_of
from converters.macros.libreoffice_support import Support, globals_of, language, objects_of
from converters.macros.project import Module, Project


def described(code: str, family: str = SPREADSHEET, *others: Module) -> MacroModule:
    module = Module("Module1", "standard", code)
    return describe_module(module, family, names_of(Project("VBAProject", (module, *others))))


def uses(body: str, declarations: str = "", family: str = SPREADSHEET) -> MacroProcedure:
    found = described(f"{declarations}\nSub Test()\n{body}\nEnd Sub\n", family)
    return next(procedure for procedure in found.details if procedure.name == "Test")


@pytest.mark.parametrize(
    ("body", "works"),
    [
        ('Range("A1").Value = 1', ("member:Range.Value", "object:Range")),
        ('Worksheets(1).Range("A1").Interior.Color = 3', ("member:Interior.Color", "member:Range.Interior")),
        (
            'Dim s As Worksheet\nSet s = ActiveSheet\ns.Name = Left("abc", 1)',
            ("function:Left", "member:Worksheet.Name"),
        ),
        ("With ActiveSheet\n.Name = 1\nEnd With", ("member:Worksheet.Name",)),
        ("Dim c As New Collection\nc.Add 1", ("member:Collection.Add",)),
        ("On Error GoTo e\nErr.Clear\ne:", ("member:Err.Clear", "statement:On Error GoTo")),
    ],
)
def test_what_libreoffice_has_works(body: str, works: tuple[str, ...]) -> None:
    found = uses(body)
    assert set(works) <= set(found.works)
    assert (found.windows, found.missing, found.unknown) == ((), (), ())


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("ActiveSheet.ListObjects(1).Range.Select", "member:Worksheet.ListObjects"),
        ("Dim r As Range\nr.TextToColumns", "member:Range.TextToColumns"),
        ("x = Filter(a, b)", "function:Filter"),
        ("SetTimer AddressOf Test", "statement:AddressOf"),
        ("Dim p As LongLong", "statement:LongLong"),
    ],
)
def test_what_it_has_not_is_missing(body: str, missing: str) -> None:
    assert missing in uses(body).missing


@pytest.mark.parametrize(
    ("body", "declarations", "windows"),
    [
        ('Set d = CreateObject("Scripting.Dictionary")\nd.Add 1, 2', "", "com:Scripting.Dictionary"),
        ('Set d = CreateObject("Acme.Thing")', "", "com:Acme.Thing"),
        ("Dim c As ADODB.Connection\nc.Open 1", "", "com:ADODB.Connection"),
        (
            "Sleep 5",
            'Declare Sub Sleep Lib "C:\\Windows\\KERNEL32.DLL" (ByVal m As Long)',
            "declare:kernel32!Sleep",
        ),
    ],
)
def test_what_windows_alone_has_is_told_apart(body: str, declarations: str, windows: str) -> None:
    found = uses(body, declarations)
    assert windows in found.windows
    assert found.missing == ()


def test_what_nobody_knows_is_unknown_and_never_working() -> None:
    found = uses("Frobnicate 1\nDim x\nx.Frob = 2")
    assert found.unknown == ("member:Frob", "name:Frobnicate")


def test_names_of_the_project_and_of_arguments_are_no_uses() -> None:
    other = Module("Tools", "standard", "Public Const Rate = 2\nPublic Sub Help(ByVal a)\nEnd Sub\n")
    found = described(
        "Sub Test(arg, Optional other)\nTools.Help Rate\nHelp a:=arg\nother = arg\nEnd Sub",
        SPREADSHEET,
        other,
    )
    assert found.details[0].unknown == ()


def test_nothing_of_powerpoint_is_known() -> None:
    found = uses("ActivePresentation.Slides(1).Name = 1", family=PRESENTATION)
    assert found.missing == ("object:ActivePresentation",)
    assert uses("ActiveDocument.Paragraphs(1).Range.Text = 1", family=TEXT).missing == ()


def test_lines_procedures_and_what_starts_by_itself_are_told() -> None:
    module = described(
        "Option Explicit\n\n' c\nSub Auto_Open()\n  x = 1 _\n    + 2\nEnd Sub\nFunction F()\nEnd Function\n"
    )
    assert (module.lines, module.procedures, module.auto) == (7, ("Auto_Open", "F"), ("Auto_Open",))
    assert [(found.name, found.lines, found.auto) for found in module.details] == [
        ("Auto_Open", 4, True),
        ("F", 2, False),
    ]


def test_declarations_that_use_something_stand_without_a_name() -> None:
    first, *_rest = described(
        'Private WithEvents app As Application\nDeclare Sub S Lib "x" ()\nSub A()\nEnd Sub'
    ).details
    assert (first.name, first.windows) == ("", ("statement:Declare",))


def test_a_record_survives_its_way_through_json() -> None:
    module = described('Sub A()\nRange("A1").Value = Foo(1)\nEnd Sub')
    assert MacroModule.from_json(module.as_json()) == module


def test_every_row_of_the_tables_is_read() -> None:
    assert objects_of("excel")["range"]["value"].name == "Value"
    assert objects_of("word")["document"]["contentcontrols"].since == "25.2"
    assert globals_of("excel")["activesheet"].returns == "Worksheet"
    assert {row.support for row in language().values()} == {Support.WORKS, Support.WINDOWS, Support.MISSING}


def test_what_all_programs_have_of_an_object_belongs_to_it_too() -> None:
    found = uses("Selection.Font.Bold = True\nActiveDocument.Save\nx = ActiveDocument.Path", family=TEXT)
    assert found.missing == ()
    assert uses('Range("A1").NumberFormat = "0"').works == ("member:Range.NumberFormat", "object:Range")
