"""What becomes of macros under each policy, in every kind of document that may hold them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from converters import convert
from converters.macros.basic_libraries import library_files, plan_libraries
from converters.macros.basic_source import carried
from converters.macros.document_events import events_of
from converters.macros.package_edits import Edits, edit_package, with_vba_mode
from converters.macros.project import Module, Project, Reference
from converters.macros.scripts import scripts_of
from converters.macros.texts import archive_of
from converters.options import MacroPolicy, Options
from converters.outcome import Engine, Outcome
from tests.libreoffice import needs_libreoffice
from tests.vba_files import docm, pptm, project_bin, xlsm

MODULES = {
    "ThisDocument": ("document", "Private Sub Document_Open()\n    Beep\nEnd Sub\n"),
    "Module1": ("standard", 'Sub Hello()\n    MsgBox "Grüße"\nEnd Sub\n'),
    "Dialog1": ("form", "Private Sub OK_Click()\n    Unload Me\nEnd Sub\n"),
}


def converted(
    folder: Path, data: bytes, name: str, policy: MacroPolicy, engine: Engine = Engine.NATIVE
) -> Outcome:
    source = folder / name
    source.write_bytes(data)
    target = source.with_suffix({"docm": ".odt", "pptx": ".odp", "xlsm": ".ods"}[name.rpartition(".")[2]])
    outcome = convert(source, target, engine=engine, options=Options(macros=policy, timeout_seconds=100))
    assert outcome.target, (outcome.error, outcome.error_params)
    return outcome


def files(path: str | Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(outcome: Outcome) -> set[str]:
    return {loss.code for loss in outcome.losses if loss.code.startswith("MACRO")}


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docm", docm), ("a.pptx", pptm), ("a.xlsm", lambda project: xlsm(project, formula="1"))],
)
def test_each_policy_in_each_family(tmp_path: Path, name: str, make) -> None:
    data = make(project_bin(MODULES))
    left = converted(tmp_path, data, name, MacroPolicy.LEAVE)
    (companion,) = left.companions
    texts = files(companion.path)
    assert sorted(texts) == ["Dialog1.frm", "Module1.bas", "ThisDocument.cls"]
    assert 'MsgBox "Grüße"'.encode() in texts["Module1.bas"]
    assert told(left) == {"MACROS_LEFT_BESIDE"}
    assert not [path for path in files(left.target or "") if path.startswith("Basic/")]
    Path(left.target or "").unlink()

    carried = converted(tmp_path, data, name, MacroPolicy.CARRY)
    result = files(carried.target or "")
    assert b"Option VBASupport 1\nSub Hello()" in result["Basic/VBAProject/Module1.xml"]
    assert b'script:moduleType="document"' in result["Basic/VBAProject/ThisDocument.xml"]
    assert b"ThisDocument.Document_Open" in result["Basic/VBAProject/MigrateEvents.xml"]
    assert b'script:event-name="dom:load"' in result["content.xml"]
    listed = etree.fromstring(result["META-INF/manifest.xml"])
    names = {entry.get(f"{{{listed.nsmap['manifest']}}}full-path") for entry in listed}
    assert names >= {path for path in result if path.startswith("Basic/")}
    assert told(carried) >= {"MACROS_UNPROVEN", "MACRO_FORM_NOT_CARRIED"}
    assert carried.companions == ()
    Path(carried.target or "").unlink()

    commented = converted(tmp_path, data, name, MacroPolicy.COMMENT)
    module = files(commented.target or "")["Basic/VBAProject/Module1.xml"]
    assert b"Rem Sub Hello()" in module
    assert b"VBASupport" not in module
    assert told(commented) == {"MACROS_COMMENTED"}
    Path(commented.target or "").unlink()

    dropped = converted(tmp_path, data, name, MacroPolicy.DROP)
    assert told(dropped) == {"MACROS_NOT_CARRIED"}
    assert dropped.companions == ()


def test_a_project_without_code_says_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    empty = project_bin({"ThisDocument": ("document", "Attribute VB_Base = 1\n\n")})
    outcome = converted(tmp_path, docm(empty), "a.docm", MacroPolicy.CARRY)
    assert told(outcome) == set()
    assert not [path for path in files(outcome.target or "") if path.startswith("Basic/")]


def test_a_project_that_cannot_be_read_is_a_loss_and_no_failure(tmp_path: Path) -> None:
    for policy in MacroPolicy:
        outcome = converted(tmp_path, docm(b"no compound file"), "a.docm", policy)
        assert told(outcome) == {"MACROS_NOT_CARRIED"}
        Path(outcome.target or "").unlink()


@pytest.mark.libreoffice
@needs_libreoffice
def test_what_libreoffice_put_there_goes_where_the_policy_is_another(tmp_path: Path) -> None:
    outcome = converted(tmp_path, docm(project_bin(MODULES)), "a.docm", MacroPolicy.DROP, Engine.LIBREOFFICE)
    assert told(outcome) == {"MACROS_NOT_CARRIED"}
    result = files(outcome.target or "")
    assert not [path for path in result if path.startswith(("Basic/", "Dialogs/"))]
    assert b"Basic/" not in result["META-INF/manifest.xml"]


# -- parts of it ----------------------------------------------------------------------------------------------------


def test_no_name_of_a_module_leaves_its_folder_or_meets_another() -> None:
    names = ("../../evil", "A", "a", "script-lb", "1x", "", "x" * 300, "con:aux")
    (library,) = plan_libraries(
        [Project("../Standard", tuple(Module(name, "standard", "") for name in names))]
    )
    assert (library.name, [name for name, _module in library.modules]) == (
        "Standard_2",
        ["evil", "A", "a_2", "script_lb", "M1x", "Module", "x" * 60, "con_aux"],
    )
    written, _changed = library_files([library], carried)
    assert all(".." not in path and path.count("/") <= 2 for path in written)
    for data in written.values():
        etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False))


def test_two_projects_have_a_library_and_a_folder_each() -> None:
    one = Project("P", (Module("M", "standard", "Sub A()\nEnd Sub"),), (Reference("Lib", "lib.dll"),))
    libraries = plan_libraries([one, one])
    assert [library.name for library in libraries] == ["P", "P_2"]
    with zipfile.ZipFile(io.BytesIO(archive_of([one, one]) or b"")) as archive:
        assert archive.namelist() == ["P/M.bas", "P/references.txt", "P_2/M.bas", "P_2/references.txt"]
    assert archive_of([one]) == archive_of([one])  # the same code is the same bytes


def test_macros_are_found_by_the_names_that_buttons_use() -> None:
    modules = (
        Module("Sheet1", "document", "Sub Button1_Click()\nEnd Sub"),
        Module(
            "Tools",
            "standard",
            "Public Sub Print_All()\nEnd Sub\nFunction Rate()\nEnd Function\nPrivate Function Own()\nEnd Function",
        ),
        Module("C", "class", "Sub Hidden()\nEnd Sub"),
    )
    scripts = scripts_of(plan_libraries([Project("VBAProject", modules)]))
    address = "vnd.sun.star.script:VBAProject.Tools.Print_All?language=Basic&location=document"
    for name in (
        "Print_All",
        "[0]!Print_All",
        "Tools.print_all",
        "'Old name.xls'!Tools.Print_All",
        "Book.xlsm!Print_All",
    ):
        assert scripts.address(name) == address
    assert scripts.address("Sheet1.Button1_Click") is not None
    assert scripts.address("Hidden") is None
    assert dict(scripts.functions) == {"rate": "Rate"}


def test_what_office_starts_is_started_in_its_order_and_the_rest_is_told() -> None:
    modules = (
        Module(
            "ThisWorkbook",
            "document",
            "Private Sub Workbook_Open()\nBeep\nEnd Sub\nPrivate Sub Workbook_BeforeClose(Cancel As Boolean)\nBeep\nEnd Sub",
        ),
        Module(
            "Sheet1",
            "document",
            "Private Sub Worksheet_Change(ByVal Target As Range)\nBeep\nEnd Sub\nPrivate Sub Worksheet_Activate()\nEnd Sub",
        ),
        Module("M", "standard", "Sub Auto_Open()\nBeep\nEnd Sub"),
    )
    events = events_of(plan_libraries([Project("P", modules)]))
    assert [event for event, _address in events.listeners] == ["dom:load", "office:prepare-unload"]
    assert events.module is not None
    assert (events.module.code or "").splitlines()[:4] == [
        "Sub OnOpen()", "    ThisWorkbook.Workbook_Open", "    M.Auto_Open", "End Sub",
    ]  # fmt: skip
    assert "    ThisWorkbook.Workbook_BeforeClose False" in (events.module.code or "")
    assert events.unbound == ("Worksheet_Change",)  # an empty handler does nothing that could be missed


CONTENT = (
    b'<office:document-content xmlns:office="o" xmlns:script="s" xmlns:table="t" xmlns:xlink="x"><office:body>'
    b'<office:event-listeners><script:event-listener script:event-name="dom:click" '
    b'xlink:href="vnd.sun.star.script:P.M.A?language=Basic&amp;location=document"/></office:event-listeners>'
    b'<table:table-cell table:formula="of:=1+RATE(2)" office:value="4"/>'
    b'<table:table-cell table:formula="of:=LEN(&quot;RATE(2)&quot;)" office:value="7"/>'
    b"</office:body></office:document-content>"
)


def edited(folder: Path, edits: Edits) -> dict[str, bytes]:
    source, target = folder / "a.ods", folder / "b.ods"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("mimetype", "application/x")
        archive.writestr("content.xml", CONTENT)
        archive.writestr("Basic/P/M.xml", b"<old/>")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="Basic/P/M.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    edit_package(source, target, edits)
    with zipfile.ZipFile(target) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    return files(target)


def test_listeners_formulas_and_libraries_go_and_everything_else_stays(tmp_path: Path) -> None:
    edits = Edits(("Basic/",), without_listeners=True, functions=frozenset(["rate"]), without_functions=True)
    found = edited(tmp_path, edits)
    assert "Basic/P/M.xml" not in found
    assert b"Basic" not in found["META-INF/manifest.xml"]
    assert b"vnd.sun.star.script" not in found["content.xml"]
    assert b'<table:table-cell office:value="4"/>' in found["content.xml"]
    assert b'table:formula="of:=LEN(&quot;RATE(2)&quot;)"' in found["content.xml"]
    assert (edits.removed_listeners, edits.calling_cells["rate"]) == (1, 1)


def test_the_documents_own_events_come_before_its_body(tmp_path: Path) -> None:
    found = edited(
        tmp_path, Edits(("Basic/",), {"Basic/Q/N.xml": b"<new/>"}, (("dom:load", "vnd.sun.star.script:a&b"),))
    )
    assert found["Basic/Q/N.xml"] == b"<new/>"
    root = etree.fromstring(found["content.xml"])
    assert [etree.QName(child).localname for child in root] == ["scripts", "body"]
    assert b"vnd.sun.star.script:a&amp;b" in found["content.xml"]
    assert b"P.M.A" in found["content.xml"]


def test_names_in_code_take_the_place_of_those_that_are_there() -> None:
    first = with_vba_mode(
        b'<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        {"Data": "Sheet1"},
    )
    second = with_vba_mode(first, {"Data": "Sheet2", "*doc*": "ThisWorkbook"}).decode()
    assert second.count("ScriptConfiguration") == second.count("VBACompatibilityMode") == 1
    assert "Sheet1" not in second
    assert 'config:name="*doc*"' in second
    assert "Sheet2" in with_vba_mode(second.encode(), {}).decode()


def test_a_macro_button_in_a_letter_runs_its_macro(tmp_path: Path) -> None:
    field = '<w:p><w:fldSimple w:instr=" MACROBUTTON Hello Click here "><w:r><w:t/></w:r></w:fldSimple></w:p>'
    data = docm(project_bin(MODULES), body=field)
    outcome = converted(tmp_path, data, "a.docm", MacroPolicy.CARRY)
    content = files(outcome.target or "")["content.xml"].decode()
    assert '<text:execute-macro text:name="Hello">' in content
    assert "vnd.sun.star.script:VBAProject.Module1.Hello?" in content
    assert "Click here</text:execute-macro>" in content
    assert "NOT_VALID_ODF" not in {loss.code for loss in outcome.losses}
    Path(outcome.target or "").unlink()
    left = converted(tmp_path, data, "a.docm", MacroPolicy.LEAVE)
    assert "execute-macro" not in files(left.target or "")["content.xml"].decode()
