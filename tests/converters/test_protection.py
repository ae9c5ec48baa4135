"""Locks against changes are carried as far as ODF goes, and what is weaker afterwards is always said."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from converters import convert, inspect
from converters.options import Options
from converters.outcome import Engine, Outcome
from tests.libreoffice import needs_libreoffice
from tests.protected_files import (
    NEW_LOCK,
    NEW_WORKBOOK_LOCK,
    PASSWORD,
    WORD_LOCK,
    locked_docx,
    locked_pptx,
    locked_xlsx,
    old_hash,
)
from tests.uno_documents import asked

DROPPED, WITHOUT_PASSWORD = "DOCUMENT_PROTECTION_DROPPED", "PROTECTION_PASSWORD_DROPPED"


def _converted(
    data: bytes, tmp_path: Path, extension: str, engine: Engine = Engine.NATIVE
) -> tuple[Path, Outcome]:
    source = tmp_path / f"source.{extension}"
    source.write_bytes(data)
    target = tmp_path / f"target.{ {'docx': 'odt', 'xlsx': 'ods', 'pptx': 'odp'}[extension] }"
    outcome = convert(source, target, engine=engine, options=Options())
    assert outcome.target, (outcome.error, outcome.error_params)
    return target, outcome


def _losses(outcome: Outcome) -> dict[str, dict[str, object]]:
    return {loss.code: dict(loss.params) for loss in outcome.losses}


def _setting(target: Path, name: str) -> bool:
    with zipfile.ZipFile(target) as package:
        settings = package.read("settings.xml").decode()
    return re.search(rf'config:name="{name}"[^>]*>true<', settings) is not None


# element of the settings -> the setting of LibreOffice that answers, the losses
_WORD = {
    f'<w:documentProtection w:edit="readOnly" w:enforcement="1" {WORD_LOCK}/>': (
        "LoadReadonly",
        {WITHOUT_PASSWORD: {"kind": "w:documentProtection"}},
    ),
    '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>': ("LoadReadonly", {}),
    '<w:documentProtection w:edit="readOnly" w:enforcement="0"/>': ("", {}),
    '<w:documentProtection w:edit="forms" w:enforcement="1"/>': ("ProtectForm", {}),
    f'<w:documentProtection w:edit="comments" w:enforcement="1" {WORD_LOCK}/>': (
        "",
        {DROPPED: {"kind": "w:documentProtection: comments"}},
    ),
    '<w:documentProtection w:edit="trackedChanges" w:enforcement="on"/>': (
        "",
        {DROPPED: {"kind": "w:documentProtection: trackedChanges"}},
    ),
    '<w:documentProtection w:formatting="1" w:enforcement="0"/>': ("", {}),
    '<w:writeProtection w:recommended="1"/>': ("LoadReadonly", {}),
    f"<w:writeProtection {WORD_LOCK}/>": ("LoadReadonly", {WITHOUT_PASSWORD: {"kind": "w:writeProtection"}}),
}


@pytest.mark.parametrize("lock", _WORD)
def test_a_lock_on_a_text_is_carried_or_named(tmp_path: Path, lock: str) -> None:
    setting, losses = _WORD[lock]
    target, outcome = _converted(locked_docx(lock), tmp_path, "docx")
    assert [name for name in ("LoadReadonly", "ProtectForm") if _setting(target, name)] == (
        [setting] if setting else []
    )
    assert _losses(outcome) == losses
    foreseen = inspect(tmp_path / "source.docx").losses
    assert {loss.code: dict(loss.params) for loss in foreseen} == losses


def test_a_lock_on_a_presentation_opens_it_for_reading_and_its_password_is_named(tmp_path: Path) -> None:
    target, outcome = _converted(locked_pptx(f"<p:modifyVerifier {NEW_LOCK}/>"), tmp_path, "pptx")
    assert _setting(target, "LoadReadonly")
    assert _losses(outcome) == {WITHOUT_PASSWORD: {"kind": "p:modifyVerifier"}}


# elements of the sheet and of the workbook -> (opens for reading alone, losses)
_EXCEL = {
    (f'<sheetProtection sheet="1" password="{old_hash(PASSWORD)}"/>', ""): (False, {}),
    ('<sheetProtection sheet="1"/>', ""): (False, {}),
    ('<sheetProtection password="CC1A"/>', ""): (False, {}),  # a password, and no lock that it lifts
    (f'<sheetProtection sheet="1" {NEW_LOCK}/>', ""): (False, {"SHEET_PASSWORD_DROPPED": {}}),
    ('<sheetProtection sheet="1" sort="0" formatCells="0"/>', ""): (
        False,
        {"SHEET_PERMISSION_DROPPED": {"permissions": "formatCells, sort"}},
    ),
    ("", '<fileSharing readOnlyRecommended="1"/>'): (True, {}),
    ("", f"<fileSharing {NEW_LOCK}/>"): (True, {WITHOUT_PASSWORD: {"kind": "x:fileSharing"}}),
    ("", f'<workbookProtection lockStructure="1" workbookPassword="{old_hash(PASSWORD)}"/>'): (False, {}),
    ("", f'<workbookProtection lockStructure="1" {NEW_WORKBOOK_LOCK}/>'): (
        False,
        {WITHOUT_PASSWORD: {"kind": "x:workbookProtection"}},
    ),
    ("", "<workbookProtection/>"): (False, {}),
}


@pytest.mark.parametrize("locks", _EXCEL)
def test_a_lock_on_a_workbook_is_carried_or_named(tmp_path: Path, locks: tuple[str, str]) -> None:
    read_only, losses = _EXCEL[locks]
    target, outcome = _converted(locked_xlsx(*locks), tmp_path, "xlsx")
    assert _setting(target, "LoadReadonly") == read_only
    assert _losses(outcome) == losses
    foreseen = inspect(tmp_path / "source.xlsx").losses
    assert {loss.code: dict(loss.params) for loss in foreseen} == losses


def test_what_stays_allowed_on_a_locked_sheet_is_said(tmp_path: Path) -> None:
    lock = '<sheetProtection sheet="1" selectLockedCells="1" insertRows="0" autoFilter="0"/>'
    target, _outcome = _converted(locked_xlsx(lock), tmp_path, "xlsx")
    with zipfile.ZipFile(target) as package:
        found = re.findall(r"<loext:table-protection ([^>]*)/>", package.read("content.xml").decode())
    assert [re.findall(r"loext:([\w-]+)=\"true\"", text) for text in found] == [
        ["select-unprotected-cells", "insert-rows", "use-autofilter"]
    ]


# what LibreOffice 7.4 and 25.2 drop or keep: (locks, source, losses of protection)
_BY_LIBREOFFICE = {
    "sheet": (locked_xlsx(f'<sheetProtection sheet="1" password="{old_hash(PASSWORD)}"/>'), "xlsx", set()),
    "sheet, new": (
        locked_xlsx(f'<sheetProtection sheet="1" {NEW_LOCK}/>'),
        "xlsx",
        {"SHEET_PASSWORD_DROPPED"},
    ),
    "file": (locked_xlsx("", f"<fileSharing {NEW_LOCK}/>"), "xlsx", {WITHOUT_PASSWORD, DROPPED}),
    "text": (
        locked_docx(f'<w:documentProtection w:edit="readOnly" w:enforcement="1" {WORD_LOCK}/>'),
        "docx",
        {WITHOUT_PASSWORD},
    ),
    "comments": (
        locked_docx('<w:documentProtection w:edit="comments" w:enforcement="1"/>'),
        "docx",
        {DROPPED},
    ),
    "show": (locked_pptx(f"<p:modifyVerifier {NEW_LOCK}/>"), "pptx", {DROPPED}),
    "nothing": (locked_docx(""), "docx", set()),
}


@needs_libreoffice
@pytest.mark.libreoffice
@pytest.mark.parametrize("case", _BY_LIBREOFFICE)
def test_what_libreoffice_does_not_carry_is_named(tmp_path: Path, case: str) -> None:
    data, extension, losses = _BY_LIBREOFFICE[case]
    _target, outcome = _converted(data, tmp_path, extension, Engine.LIBREOFFICE)
    found = {code for code in _losses(outcome) if "PROTECTION" in code or "PASSWORD" in code}
    assert (found and found <= losses) if len(losses) > 1 else found == losses


@needs_libreoffice
@pytest.mark.libreoffice
def test_excels_old_passwords_lift_the_locks_in_libreoffice_and_no_others_do(tmp_path: Path) -> None:
    sheet = f'<sheetProtection sheet="1" password="{old_hash(PASSWORD)}"/>'
    book = f'<workbookProtection lockStructure="1" workbookPassword="{old_hash(PASSWORD)}"/>'
    target, _outcome = _converted(locked_xlsx(sheet, book), tmp_path, "xlsx")
    right, wrong = asked(
        [{"source": target.as_uri(), "unprotect": password} for password in (PASSWORD, "wrong")]
    )
    for found in (right, wrong):
        assert (found["protected"], found["structure_protected"]) == ([True], True)
    assert (right["still_protected"], right["structure_still_protected"]) == ([False], False)
    assert (wrong["still_protected"], wrong["structure_still_protected"]) == ([True], True)
