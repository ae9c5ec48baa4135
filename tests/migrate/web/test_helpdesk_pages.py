"""A helpdesk agent at the pages, in Chromium: a file looked into, what happened to it, its three versions."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from inventory.database import open_database
from migrate.helpdesk.cases import cases_of
from migrate.openings import list_openings
from tests.browser import check_access, chromium, tab_to
from tests.command_line import run
from tests.libreoffice import needs_libreoffice
from tests.migrate.web.people import visitor
from tests.office_files import docx, paragraph
from tests.web_server import served

__all__ = ["chromium"]

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE_NAME = '"><img src=x onerror=alert(3)>{{7*7}}.xlsx'
LETTER = docx("".join(map(paragraph, ("Dear reader", "We write to you about nothing", "Yours"))))


def _workbook(*cells: str) -> bytes:
    book = Workbook()
    for row, text in enumerate(cells, 1):
        book.active.cell(row, 1, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _bomb() -> bytes:
    """A document whose text unpacks to three hundred megabytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(LETTER)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            if entry.filename != "word/document.xml":
                made.writestr(entry, source.read(entry))
        with made.open("word/document.xml", "w") as part:
            for _ in range(300):
                part.write(b" " * 1_000_000)
    return stream.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A share that was converted, one result of which somebody edited; uploads of at most a megabyte."""
    folder = tmp_path_factory.mktemp("helpdesk")
    share = folder / "share"
    share.mkdir()
    (share / "letter.docx").write_bytes(LETTER)
    (share / "figures.xlsx").write_bytes(_workbook("one", SCRIPT, "three"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run("convert", share, "--to", folder / "odf", "--engine", "native", "--jobs", "1", "--json")
    _edit(folder / "odf/figures.ods", b"three", b"&lt;b&gt;four&lt;/b&gt;")
    with served(folder, upload_megabytes=1) as running:
        running.folder = folder
        yield running


def _edit(path, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, data in entries:
            archive.writestr(entry, data.replace(old, new) if entry.filename == "content.xml" else data)


@pytest.fixture
def page(chromium, site):
    with visitor(chromium, site) as opened:
        yield opened


def _send(page: Page, site, name: str, content: bytes, ticket: str = "", symptom: str = "") -> None:
    """Hand a file in and wait for the answer."""
    page.goto(f"{site.address}/helpdesk")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_label("Ticket").fill(ticket)
    page.get_by_label("What does your colleague say?").select_option(symptom)
    page.get_by_role("button", name="Look into it").click()
    expect(page.get_by_role("heading", name="What is wrong")).to_be_visible(timeout=60_000)


def test_a_letter_is_looked_into_explained_downloaded_and_deleted(page: Page, site) -> None:
    page.goto(f"{site.address}/helpdesk")
    check_access(page)
    _send(page, site, "my letter.docx", LETTER, "INC-1", "macro-dead")
    address = page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("my letter.docx")
    expect(page.locator(".causes")).to_contain_text("holds no macros")
    reply = page.get_by_label("Copy it and send it with the new file").input_value()
    assert "my letter.docx" in reply
    assert "my letter.odt" in reply
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download my letter.odt").click()
    saved = waiting.value
    assert saved.suggested_filename == "my letter.odt"
    with zipfile.ZipFile(saved.path()) as result:
        assert b"about nothing" in result.read("content.xml")
    check_access(page)

    page.get_by_label("What does your colleague say?").select_option("picture-gone")
    _wait_until_done(page, address)
    page.get_by_label("What does your colleague say?").select_option("picture-gone")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator(".causes")).to_contain_text("hide pictures", timeout=60_000)

    with site.site.database.connect() as connection:
        opened = list_openings(connection, 10)
    assert ("download", "my letter.odt") in {(one.action, one.name) for one in opened}

    _wait_until_done(page, address)
    page.get_by_role("button", name="Delete the file now").click()
    expect(page).to_have_url(f"{site.address}/helpdesk")
    page.get_by_role("row", name=re.compile("INC-1")).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A case whose file is deleted")
    expect(page.locator("main")).to_contain_text("A setting of LibreOffice: pictures hidden")
    assert "my letter" not in page.content()
    check_access(page)


def _wait_until_done(page: Page, address: str) -> None:
    """Pages that are being drawn are looked for again, as a person does."""
    for _ in range(60):
        if page.get_by_role("link", name="Show the pages").count() == 0:
            return
        page.wait_for_timeout(1_000)
        page.get_by_role("link", name="Show the pages").click()
    pytest.fail(f"never drawn: {address}")


@needs_libreoffice
def test_original_and_result_stand_side_by_side(page: Page, site) -> None:
    _send(page, site, "drawn.docx", LETTER)
    _wait_until_done(page, page.url)
    picture = page.locator(".drawn figure.before image").first
    expect(page.locator(".drawn figure")).to_have_count(2)
    answer = page.request.get(site.address + picture.get_attribute("href"))
    assert answer.headers["content-type"] == "image/webp"
    assert "sandbox" in answer.headers["content-security-policy"]
    check_access(page)


def test_two_agents_work_at_once_and_neither_sees_the_others_file(chromium, site) -> None:
    with visitor(chromium, site) as ann, visitor(chromium, site, locale="fr-FR") as bea:
        for agent, name in ((ann, "ann.docx"), (bea, "bea.docx")):
            agent.goto(f"{site.address}/helpdesk")
            agent.locator("#file").set_input_files(
                {"name": name, "mimeType": "application/octet-stream", "buffer": LETTER}
            )
        for agent in (ann, bea):
            agent.locator("form.case button").first.click()
        for agent, other in ((ann, "bea.docx"), (bea, "ann.docx")):
            expect(agent.locator("#wrong")).to_be_visible(timeout=60_000)
            assert other not in agent.content()
        expect(bea.get_by_role("heading", name="Ce qui ne va pas")).to_be_visible()
        for path in ("", "/result", "/text", "/pages/1/0/original"):
            assert bea.request.get(ann.url.partition("?")[0] + path).status == 404
        ann.goto(f"{site.address}/helpdesk")
        assert "ann.docx" in ann.content()
        assert "bea.docx" not in ann.content()


def test_a_file_over_the_limit_is_refused_nicely_with_and_without_script(chromium, site) -> None:
    large = {"name": "large.docx", "mimeType": "application/octet-stream", "buffer": b"x" * 2_500_000}
    with visitor(chromium, site) as page:
        page.goto(f"{site.address}/helpdesk")
        page.locator("#file").set_input_files(large)
        said = page.locator("#file").evaluate("field => field.validationMessage")
        assert "1 MB" in said
    with visitor(chromium, site, script=False) as page:
        page.goto(f"{site.address}/helpdesk")
        page.locator("#file").set_input_files(large)
        page.get_by_role("button", name="Look into it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This file is too large")
        assert faults_of_access_without_script(page)
    with site.site.database.connect() as connection:
        assert not any(
            "large" in case.name for key in _keys(connection) for case in cases_of(connection, key, 50)
        )


def faults_of_access_without_script(page: Page) -> bool:
    """axe is a script; what can be seen without: a heading, and a way back."""
    return page.get_by_role("link", name="Back to the first page").is_visible()


def _keys(connection) -> set[str]:
    return set(connection.exec_driver_sql("SELECT DISTINCT visitor_key FROM cases").scalars())


def test_a_zip_bomb_costs_nothing_and_is_called_what_it_is(page: Page, site) -> None:
    bomb = _bomb()
    assert len(bomb) < 1_000_000
    _send(page, site, "bomb.docx", bomb)
    expect(page.locator("main")).to_contain_text("breaks a safety rule")
    expect(page.locator("main")).to_contain_text("No new file could be made.")
    expect(page.locator(".verdict")).to_have_text("refused")


def test_names_and_texts_with_markup_are_shown_and_never_run(page: Page, site) -> None:
    _send(page, site, HOSTILE_NAME, _workbook(SCRIPT, "=1+1"), ticket=SCRIPT)
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(3)>{{7*7}}.xlsx")
    page.goto(f"{site.address}/helpdesk")
    expect(page.locator("main")).to_contain_text("<script>alert(1)</script>")
    page.goto(f"{site.address}/helpdesk/history?file=%3Cscript%3Ealert(4)%3C/script%3E&owner=%22%3E%3Cimg")
    expect(page.locator("#file-name")).to_have_value("<script>alert(4)</script>")


def test_what_happened_to_a_file_and_its_three_versions(page: Page, site) -> None:
    page.goto(f"{site.address}/helpdesk")
    tab_to(page, "Path or name")
    page.keyboard.type("P:\\share\\figures.xlsx")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text(str(site.folder / "share/figures.xlsx"))
    expect(page.locator("main")).to_contain_text("The result was changed since")
    check_access(page)
    page.get_by_role("link", name="What conversion changed").click()
    expect(page.locator("main")).to_contain_text("byte for byte the same")
    row = page.get_by_role("row", name=re.compile("A3"))
    expect(row).to_contain_text("three")
    expect(row).to_contain_text("<b>four</b>")
    check_access(page)
    page.goto(f"{site.address}/helpdesk/history?file=nothing+of+that+name")
    expect(page.locator("main")).to_contain_text("No conversion is known")
    check_access(page)


def test_versions_are_compared_of_files_that_somebody_brings(page: Page, site) -> None:
    page.goto(f"{site.address}/helpdesk/versions")
    check_access(page)
    page.get_by_label("The file as it is now").set_input_files(site.folder / "odf/figures.ods")
    page.get_by_label("The original").set_input_files(site.folder / "share/figures.xlsx")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("row", name=re.compile("A3"))).to_contain_text("<b>four</b>", timeout=60_000)
    page.goto(f"{site.address}/helpdesk/versions")
    page.get_by_label("The original").set_input_files(
        {"name": "x.docx", "mimeType": "text/plain", "buffer": b"unknown"}
    )
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("status")).to_contain_text("knows no conversion")


def test_a_cause_of_many_files_is_an_alert_for_it(page: Page, site) -> None:
    for number in range(3):
        _send(page, site, f"{number}.docx", f"no document {number}".encode(), f"INC-9{number}")
    page.goto(f"{site.address}/alerts")
    expect(page.get_by_role("heading", level=2)).to_contain_text(["The name promises another kind of file"])
    expect(page.locator("main")).to_contain_text("INC-92")
    check_access(page)
    page.get_by_role("button", name="I deal with it").first.click()
    expect(page.locator("main")).not_to_contain_text("INC-92")
    check_access(page)


def test_nothing_is_done_without_a_form_of_ours_or_for_a_case_that_is_not_there(site) -> None:
    cookie = {"Cookie": site.cookie()}
    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\nabc\r\n--x--\r\n'
    assert site.ask("/helpdesk/cases", cookie | boundary, method="POST", body=body).status == 403
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for path in (
        "/helpdesk/versions/compare",
        "/alerts/handled",
        "/helpdesk/cases/x/delete",
        "/helpdesk/cases/x/again",
    ):
        assert site.ask(path, cookie | form, method="POST", body=b"csrf=wrong&cause=FONTS").status == 403, (
            path
        )
    for path in (
        "/helpdesk/cases/00", "/helpdesk/cases/..%2f..%2fetc%2fpasswd", "/helpdesk/cases/00/result",
        "/helpdesk/cases/00/pages/1/../original", "/helpdesk/versions?conversion=99", "/helpdesk/versions?conversion=-1",
    ):  # fmt: skip
        assert site.ask(path, cookie).status == 404, path
    assert site.ask("/helpdesk").status == 403


def test_a_team_brings_what_it_may_read_and_each_role_has_its_pages(tmp_path) -> None:
    """The program may read more than whoever asks it."""
    policy = {
        "proxy": ("127.0.0.1",),
        "names": ("pages.example",),
        "helpdesk": ("group:desk",),
        "it": ("group:staff",),
    }
    open_database(str(tmp_path / "migrate.db")).dispose()
    with served(tmp_path, **policy) as team:

        def ask(path, groups):
            headers = {"Host": "pages.example", "X-Remote-User": "ann", "X-Remote-Groups": groups}
            return team.ask(path, headers).status

        assert ask("/helpdesk", "desk") == 200
        assert ask("/helpdesk/history?file=x", "desk") == 200
        assert ask("/helpdesk/versions?conversion=1", "desk") == 403
        assert (ask("/alerts", "desk"), ask("/alerts", "staff")) == (403, 200)
        assert ask("/helpdesk", "staff") == 403
