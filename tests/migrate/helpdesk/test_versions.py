"""Three versions of a converted file: what conversion changed and what people changed since, apart."""

import json
import zipfile

import pytest

from migrate.helpdesk.versions import STEP_ERRORS, Written
from migrate.locale import LANGUAGES, table
from tests.command_line import run
from tests.office_files import docx, paragraph


def _edit(path, changes, part="content.xml"):
    """An ODF file with texts of its content replaced, as a person would have saved it."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, data in entries:
            if entry.filename == part:
                for old, new in changes.items():
                    assert old.encode() in data, old
                    data = data.replace(old.encode(), new.encode())
            archive.writestr(entry, data, entry.compress_type)


def _workbook(path):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Budget"
    for row in range(1, 30):
        sheet.append([f"item {row}", row * 10, f"=B{row}*2"])
    book.save(path)


def _presentation(path):
    from pptx import Presentation

    show = Presentation()
    for number in (1, 2, 3):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = f"Title {number}"
        slide.placeholders[1].text = f"Point {number}"
    show.save(path)


@pytest.fixture
def converted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def convert(name, make):
        path = tmp_path / name
        make(path)
        run("convert", path, "--engine", "native", "--json", "--fail-on", "content")
        return path, path.with_suffix({".docx": ".odt", ".xlsx": ".ods", ".pptx": ".odp"}[path.suffix])

    return convert


def _versions(path):
    return json.loads(run("history", path, "--versions", "--json"))["versions"]


def _told(step):
    return [
        (one["kind"], one["place"].get("cell") or one["place"].get("index"), one["before"], one["after"])
        for one in step["listed"]
    ]


def _letter(path):
    path.write_bytes(
        docx("".join(map(paragraph, ("Dear reader", "We write to you", "about nothing", "Yours"))))
    )


def test_a_letter_that_nobody_touched_has_no_changes(converted):
    source, _target = converted("letter.docx", _letter)
    found = _versions(source)
    assert found["written"] == Written.UNTOUCHED
    assert (found["conversion"]["count"], found["people"]["count"]) == (0, 0)


def test_what_people_write_into_a_letter_is_theirs_and_not_the_conversions(converted):
    source, target = converted("letter.docx", _letter)
    _edit(target, {"about nothing": "about everything", ">Yours": ">Best wishes"})
    found = _versions(target)
    assert found["written"] == Written.AGAIN
    assert found["conversion"]["count"] == 0
    assert _told(found["people"]) == [
        ("changed", 3, "about nothing", "about everything"),
        ("changed", 4, "Yours", "Best wishes"),
    ]
    said = run("history", source, "--versions", "--lang", "en")
    assert "+ about everything" in said
    assert "paragraph 3: changed" in said


def test_what_people_change_in_a_workbook_is_told_by_cell(converted):
    source, target = converted("budget.xlsx", _workbook)
    _edit(target, {"item 7<": "item seven<", 'office:value="120"': 'office:value="121"'})
    found = _versions(source)
    assert found["conversion"]["count"] == 0
    assert _told(found["people"]) == [
        ("changed", "A7", "item 7", "item seven"),
        ("changed", "B12", "120", "121"),
    ]


def test_a_row_that_was_put_in_is_one_change(converted):
    source, target = converted("budget.xlsx", _workbook)
    with zipfile.ZipFile(target) as archive:
        content = archive.read("content.xml").decode()
    first = content[
        content.index("<table:table-row") : content.index("</table:table-row>") + len("</table:table-row>")
    ]
    _edit(target, {first: first.replace("item 1", "new item") + first})
    (change,) = _told(_versions(source)["people"])
    assert change[:2] == ("new", 1)
    assert change[3].startswith("new item | 10")


def test_what_people_change_in_a_presentation_is_told_by_slide(converted):
    source, target = converted("talk.pptx", _presentation)
    _edit(target, {"Point 2": "Another point"})
    found = _versions(source)
    assert found["conversion"]["count"] == 0
    assert _told(found["people"]) == [("changed", 2, "Point 2", "Another point")]


def test_what_conversion_changes_is_not_put_down_to_people(converted):
    """A formula that ODF has no words for keeps its value."""

    def make(path):
        _workbook(path)
        _edit(path, {"<f>B3*2</f><v></v>": "<f>[1]!lost(B3)</f><v>60</v>"}, "xl/worksheets/sheet1.xml")

    source, _target = converted("budget.xlsx", make)
    found = _versions(source)
    assert found["people"]["count"] == 0
    (change,) = _told(found["conversion"])
    assert change[:2] == ("changed", "C3")
    assert "lost" in change[2]


def test_an_original_that_was_changed_is_not_compared(converted):
    source, target = converted("letter.docx", _letter)
    source.write_bytes(docx(paragraph("Another letter")))
    found = _versions(source)
    assert found["conversion"]["error"] == "ORIGINAL_CHANGED"
    assert (found["people"]["error"], found["people"]["count"]) == (None, 0)
    _edit(target, {"about nothing": "about everything"})
    assert _versions(source)["people"]["error"] == "ORIGINAL_CHANGED"


def test_a_result_that_is_gone_or_broken_is_told(converted):
    source, target = converted("letter.docx", _letter)
    target.write_bytes(b"PK broken")
    assert _versions(source)["people"]["error"]
    target.unlink()
    assert _versions(source)["people"]["error"] == "RESULT_GONE"
    assert "no longer there" in run("history", source, "--versions", "--lang", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_sentence(language):
    said = {*STEP_ERRORS, *(f"written_{one.value}" for one in Written), "changed", "gone", "new"}
    assert said <= set(table("versions", language))
