"""What VBA becomes as Basic: lines that Basic takes stay as they are, others are said otherwise and marked."""

from __future__ import annotations

import pytest

from converters.macros.basic_source import MARK, carried, commented
from converters.macros.conditional import resolve_conditions
from converters.macros.project import Module


def basic(code: str, kind: str = "standard") -> list[str]:
    return carried(Module("M", kind, code.replace("\n", "\r\n"))).text.splitlines()


@pytest.mark.parametrize(
    ("kind", "head"),
    [
        ("standard", ["Rem Attribute VBA_ModuleType=VBAModule", "Option VBASupport 1"]),
        ("document", ["Rem Attribute VBA_ModuleType=VBADocumentModule", "Option VBASupport 1"]),
        ("form", ["Rem Attribute VBA_ModuleType=VBAFormModule", "Option VBASupport 1"]),
        (
            "class",
            ["Rem Attribute VBA_ModuleType=VBAClassModule", "Option VBASupport 1", "Option ClassModule"],
        ),
    ],
)
def test_a_module_says_what_it_is_and_loses_its_attributes(kind: str, head: list[str]) -> None:
    assert basic('Attribute VB_Name = "M"\nSub A()\nEnd Sub\n', kind) == [*head, "Sub A()", "End Sub"]


@pytest.mark.parametrize(
    ("line", "as_basic"),
    [
        (
            'Private Declare PtrSafe Sub S Lib "k" (ByVal h As LongPtr)',
            'Private Declare Sub S Lib "k" (ByVal h As Long)',
        ),
        ("If a Then: b = 1", "If a Then  b = 1"),
        ('x = VBA.Left("VBA.Left", 2) & VBA.Strings.Trim(y)', 'x = Left("VBA.Left", 2) & Trim(y)'),
        ("If a Then Debug.Print b: c = 1", "If a Then DoEvents: c = 1"),
        ("p = CLngPtr(q)", "p = CLng(q)"),
        ("    Friend Property Get Balance()", "    Public Property Get Balance()"),
    ],
)
def test_what_basic_does_not_take_is_said_otherwise_under_a_mark(line: str, as_basic: str) -> None:
    source = carried(Module("M", "standard", line))
    assert source.text.splitlines()[2:] == [f"{MARK} {line}", as_basic]
    assert source.changed == 1


@pytest.mark.parametrize(
    "line",
    [
        's = "Declare PtrSafe, As LongPtr, Debug.Print"',
        "x = 1 ' Debug.Print, VBA.Left, Then:",
        "Rem Debug.Print x",
        "d = #1/2/2020#",
        "MyVBA.Left = 1",
        'If a Then b = "c"',
    ],
)
def test_texts_comments_and_what_basic_takes_stay_as_they_are(line: str) -> None:
    source = carried(Module("M", "standard", line))
    assert (source.text.splitlines()[2:], source.changed) == ([line], 0)


def test_printing_for_the_author_goes() -> None:
    assert basic('Debug.Print "a"; b')[2:] == [f'{MARK} Debug.Print "a"; b']


@pytest.mark.parametrize("line", ["SetTimer 0, AddressOf Tick", "RaiseEvent Done(1)", "Lock #1"])
def test_a_statement_that_would_make_its_module_dead_becomes_an_error_where_it_is_reached(line: str) -> None:
    assert basic(line)[2:] == [f"{MARK} {line}", f'Err.Raise 445, , "{line}"']


def test_a_continued_statement_is_changed_as_one() -> None:
    lines = basic(
        'Declare PtrSafe Function F Lib "k" ( _\n    ByVal a As LongPtr) As Long\nSub A()\nEnd Sub'
    )[2:]
    assert lines == [
        f'{MARK} Declare PtrSafe Function F Lib "k" ( _',
        f"{MARK}     ByVal a As LongPtr) As Long",
        'Declare Function F Lib "k" ( _',
        "    ByVal a As Long) As Long",
        "Sub A()",
        "End Sub",
    ]


def test_what_xml_cannot_hold_is_marked_as_unknown() -> None:
    assert "\x01" not in carried(Module("M", "standard", 's = "\x01"')).text


def test_comments_are_all_that_is_left_under_that_policy() -> None:
    text = commented(
        Module("M", "standard", 'Attribute VB_Name = "M"\r\nSub A()\r\n  Beep\r\nEnd Sub\r\n')
    ).text
    assert text.rstrip().splitlines()[1:4] == ["Rem Sub A()", "Rem   Beep", "Rem End Sub"]


def visible(*lines: str) -> list[str]:
    return [line for line, shown in resolve_conditions(lines) if shown]


@pytest.mark.parametrize(
    ("test", "branch"),
    [
        ("VBA7", "no"),
        ("VBA6", "yes"),
        ("Not VBA7", "yes"),
        ("VBA7 And Win64", "no"),
        ("VBA7 = False", "yes"),
        ("Win32 Or Mac", "yes"),
        ("Mac", "no"),
        ("own = 2 And (Not Win64)", "yes"),
        ("unknown", "no"),
        ("own > 1", "yes"),
        ("own - 2", "no"),
        ("True Xor True", "no"),
        ("((", "no"),
    ],
)
def test_one_branch_of_conditional_compilation_is_seen(test: str, branch: str) -> None:
    found = visible("#Const own = 2", f"#If {test} Then", "yes", "#Else", "no", "#End If", "after")
    assert found == [branch, "after"]


def test_branches_nest_and_the_first_that_holds_is_taken() -> None:
    assert visible(
        "#If Mac Then", "a", "#If True Then", "b", "#End If", "#ElseIf VBA6 Then ' 6", "c", "#ElseIf Win32 Then", "d",
        "#Else", "e", "#End If", "f",
    ) == ["c", "f"]  # fmt: skip


def test_ends_without_beginnings_and_dates_are_passed_over() -> None:
    assert visible("#End If", "#Else", "#1/2/2020#", "a") == ["#End If", "#Else", "#1/2/2020#", "a"]
