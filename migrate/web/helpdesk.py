"""Pages for the helpdesk: what happened to a file, and one broken file looked into, put right and explained."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from starlette.datastructures import UploadFile
from starlette.responses import Response

from migrate.cli.terminal import cores
from migrate.helpdesk.cases import cases_of, find_case
from migrate.helpdesk.causes import SYMPTOMS
from migrate.helpdesk.desk import Busy, Choice, Desk, Drawn, Stage, Work
from migrate.helpdesk.words import cause_remedy, cause_sentence, reply_of
from migrate.history_words import moment_text
from migrate.locale import sentence
from migrate.reports.rendering import Drawing, shown_pages
from migrate.sentences import error_remedy, error_sentence, loss_sentence, rendering_sentences, shown
from migrate.web.documents import send_document, send_picture
from migrate.web.site import Site
from migrate.web.visit import Entry, Page, Refused, Role, Visit

HELPDESK = frozenset((Role.HELPDESK,))
LISTED = 20  # cases on the first page
_LONGEST_TICKET = 120
_LONGEST_NAME = 200
_AGAIN_SECONDS = 2  # until a page whose case is worked on asks again


@contextmanager
def open_service(site: Site) -> Iterator[Desk]:
    desk = Desk(site.database, site.policy.keep_hours, max(2, cores()))
    try:
        yield desk
    finally:
        desk.close()


def desk_of(visit: Visit) -> Desk:
    return cast(Desk, visit.site.services[__name__])


# -- pages ---------------------------------------------------------------------------------------------------------


def _home(visit: Visit) -> Response:
    with visit.site.database.connect() as connection:
        cases = cases_of(connection, visit.who.key, LISTED)
    return visit.page(
        "helpdesk.html.j2",
        cases=cases,
        symptoms=SYMPTOMS,
        moment=lambda moment: moment_text(moment, visit.language),
        local=not visit.site.policy.proxy,
    )


def _take(visit: Visit) -> Response:
    file = upload(visit, "file")
    if file is None:
        raise Refused(400, "no_file")
    try:
        number = desk_of(visit).take(
            file.file,
            name_of(file),
            visitor=visit.who.name,
            visitor_key=visit.who.key,
            ticket=shown(visit.field("ticket"))[:_LONGEST_TICKET],
            choice=_choice(visit),
        )
    except Busy:
        raise Refused(429, "busy") from None
    return visit.redirect(f"/helpdesk/cases/{number}")


def _again(visit: Visit) -> Response:
    number = visit.path["case"]
    if not desk_of(visit).again(number, visit.who.key, _choice(visit)):
        raise Refused(404, "not_found")
    return visit.redirect(f"/helpdesk/cases/{number}")


def _delete(visit: Visit) -> Response:
    desk_of(visit).delete(visit.path["case"], visit.who.key)
    return visit.redirect("/helpdesk")


def _case(visit: Visit) -> Response:
    number = visit.path["case"]
    work = desk_of(visit).look(number, visit.who.key)
    with visit.site.database.connect() as connection:
        record = find_case(connection, number, visit.who.key)
    if record is None:
        raise Refused(404, "not_found")
    language = visit.language
    moment = moment_text(record.created, language)
    if work is None:
        return visit.page("helpdesk_record.html.j2", record=record, moment=moment, language=language)
    if work.answer is None and not work.failed:
        response = visit.page("helpdesk_working.html.j2", work=work)
        response.headers["refresh"] = str(_AGAIN_SECONDS)
        return response
    return visit.page(
        "helpdesk_case.html.j2",
        work=work,
        moment=moment,
        symptoms=SYMPTOMS,
        keep_hours=visit.site.policy.keep_hours,
        drawing=work.stage is Stage.DRAWING,
        look=time.time_ns()
        // 1_000_000,  # another address each time: to the same one a link with a # loads nothing
        rendering=lambda code, **params: sentence("rendering", code, language, **params),
        answer=work.answer,
        **_told(work, language),
        **_pages(work, language),
    )


def _told(work: Work, language: str) -> dict[str, Any]:
    """The answer in sentences."""
    answer = work.answer
    if answer is None:
        return {"causes": [], "error": "", "done": [], "gone": [], "reply": "", "settings_only": False}
    error = ""
    if answer.error and not answer.causes:
        said = (
            error_sentence(answer.error, answer.error_params, language),
            error_remedy(answer.error, answer.error_params, language),
        )
        error = " ".join(part for part in said if part)
    gone: list[tuple[str, tuple[int, ...]]] = [
        (sentence("mends", mend.code, language, part=shown(mend.part), **dict(mend.params)), ())
        for mend in answer.mends
    ]
    where = work.loss_pages or ((),) * len(answer.losses)  # not known before the pages are drawn
    return {
        "causes": [(cause_sentence(cause, language), cause_remedy(cause, language)) for cause in answer.causes],
        "settings_only": bool(answer.causes) and all(cause.setting for cause in answer.causes),
        "error": error,
        "done": [
            sentence(
                "helpdesk", f"act.{act.code}", language, **{name: shown(value) for name, value in act.params.items()}
            )
            for act in answer.acts
        ],
        "gone": gone
        + [(loss_sentence(loss, language), pages) for loss, pages in zip(answer.losses, where, strict=True)],
        "reply": reply_of(answer, language),
    }  # fmt: skip


def _pages(work: Work, language: str) -> dict[str, Any]:
    """The drawn pages, those that differ first."""
    if work.rendered is None:
        return {"rendered": None, "lost": {}, "said": [], "different": [], "alike": []}
    drawings = [
        (_drawing(work, number, "original", pair[0]), _drawing(work, number, "result", pair[1]))
        for number, pair in enumerate(work.pages)
    ]
    different, alike = shown_pages(work.rendered, drawings, language) if drawings else ([], [])
    lost: dict[int, list[str]] = {}
    for loss, numbers in zip(work.answer.losses if work.answer else (), work.loss_pages, strict=False):
        for number in numbers:
            lost.setdefault(number, []).append(loss_sentence(loss, language))
    return {
        "rendered": work.rendered,
        "lost": lost,
        "said": rendering_sentences(work.rendered, language),
        "different": different,
        "alike": alike,
    }


def _drawing(work: Work, number: int, side: str, drawn: Drawn | None) -> Drawing | None:
    if drawn is None:
        return None
    address = f"/helpdesk/cases/{work.case}/pages/{work.attempt}/{number}/{side}"
    return Drawing(drawn.width, drawn.height, address)


# -- documents -----------------------------------------------------------------------------------------------------


def _picture(visit: Visit) -> Response:
    work = _work(visit)
    number, attempt = visit.path["page"], visit.path["attempt"]
    side = (
        ("original", "result").index(visit.path["side"])
        if visit.path["side"] in ("original", "result")
        else 2
    )
    known = number.isascii() and number.isdecimal() and attempt == str(work.attempt) and side < 2
    if not known or int(number) >= len(work.pages):
        raise Refused(404, "not_found")
    drawn = work.pages[int(number)][side]
    if drawn is None:
        raise Refused(404, "not_found")
    return send_picture(visit, drawn.path.read_bytes(), work.name, work.sha256, work.case, int(number))


def _result(visit: Visit) -> Response:
    work = _work(visit)
    if work.answer is None or work.answer.target is None or work.target is None:
        raise Refused(404, "not_found")
    with visit.site.database.connect() as connection:
        record = find_case(connection, work.case, visit.who.key)
    sha256 = record.target_sha256 if record is not None else ""
    return send_document(visit, work.target.read_bytes(), work.answer.target.name, sha256, work.case)


def _text(visit: Visit) -> Response:
    work = _work(visit)
    if work.answer is None or work.answer.text_file is None or work.text_file is None:
        raise Refused(404, "not_found")
    return send_document(
        visit, work.text_file.read_bytes(), work.answer.text_file.name, work.sha256, work.case
    )


def _work(visit: Visit) -> Work:
    """The visitor's own case, with its content. Raises Refused."""
    work = desk_of(visit).look(visit.path["case"], visit.who.key)
    if work is None:
        raise Refused(404, "not_found")
    return work


# -- forms ---------------------------------------------------------------------------------------------------------


def upload(visit: Visit, name: str) -> UploadFile | None:
    """A file of the form; None where none was chosen."""
    file = visit.form.get(name) if visit.form is not None else None
    return file if isinstance(file, UploadFile) and file.filename else None


def name_of(file: UploadFile) -> str:
    """What a file is called: one plain part of the path that a browser told."""
    last = shown(file.filename or "").replace("\\", "/").rpartition("/")[2].strip(" .")
    stem, dot, ending = last.rpartition(".")
    return f"{(stem if dot else ending)[:_LONGEST_NAME]}{dot}{ending[:20] if dot else ''}" or "document"


def _choice(visit: Visit) -> Choice:
    symptom = visit.field("symptom")
    password = visit.form.get("password") if visit.form is not None else None
    return Choice(
        symptom if symptom in SYMPTOMS else None,
        password if isinstance(password, str) and password else None,
        reencrypt=not visit.field("decrypted"),
    )


NAVIGATION = (Entry("/helpdesk", "helpdesk", Role.HELPDESK),)
ROUTES = (
    Page("/helpdesk", _home, HELPDESK),
    Page("/helpdesk/cases", _take, HELPDESK, "POST", uploads=True),
    Page("/helpdesk/cases/{case}", _case, HELPDESK),
    Page("/helpdesk/cases/{case}/again", _again, HELPDESK, "POST"),
    Page("/helpdesk/cases/{case}/delete", _delete, HELPDESK, "POST"),
    Page("/helpdesk/cases/{case}/result", _result, HELPDESK),
    Page("/helpdesk/cases/{case}/text", _text, HELPDESK),
    Page("/helpdesk/cases/{case}/pages/{attempt}/{page}/{side}", _picture, HELPDESK),
)
