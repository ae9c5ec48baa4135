"""Pages for IT staff: the inventory searched, a file with its links, what waits for a person, batches, who opened what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from converters.outcome import Outcome, Verdict
from inventory.duplicate_queries import files_with
from inventory.queries import totals
from inventory.risk import Risk
from inventory.search import (
    Wanted,
    file_of,
    known_kinds,
    links_are_known,
    links_from,
    links_to,
    search,
)
from inventory.summary import coverage
from migrate.ledger_queries import (
    OPEN_VERDICTS,
    Mark,
    Settled,
    files_of_run,
    latest_runs,
    open_files,
    outcomes_of,
    run_totals,
)
from migrate.openings import list_openings
from migrate.sentences import error_remedy, loss_sentence, reasons_of
from migrate.web.link_graph import draw_links
from migrate.web.visit import Entry, Page, Refused, Role, Visit

ROWS = 50  # of a page
LINKS = 200  # of a file, each way
COPIES = 20
_REASONS = 3  # of a file in a list
_IT = frozenset((Role.IT,))
_LONGEST_TEXT = 300
_WORK = (Risk.MANUAL, Risk.REWORK, Risk.CHECK)  # classes that ask for somebody
_MARK = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z)~(\d{1,18})")


def _inventory(visit: Visit) -> Response:
    """A search; without one, what there is at all."""
    wanted = Wanted(
        *(visit.query.get(name, "").strip()[:_LONGEST_TEXT] for name in ("text", "owner", "kind", "risk"))
    )
    asked = wanted != Wanted()
    told: dict[str, Any] = {"coverage": None}
    with visit.site.database.connect() as connection:
        kinds = known_kinds(connection)
        if not asked:
            told["coverage"] = coverage(connection)
            told["by"] = {by: [one for one in totals(connection, by) if one.key] for by in ("kind", "risk")}
        found = search(connection, wanted, ROWS + 1, _number(visit.query.get("after", ""))) if asked else []
    return visit.page(
        "it_inventory.html.j2",
        wanted=wanted,
        asked=asked,
        kinds=kinds,
        risks=[risk.value for risk in Risk if risk],
        found=found[:ROWS],
        more=found[ROWS - 1].number if len(found) > ROWS else None,
        **told,
    )


def _file(visit: Visit) -> Response:
    number = _number(visit.path["number"])
    with visit.site.database.connect() as connection:
        found = file_of(connection, number)
        if found is None:
            raise Refused(404, "not_found")
        item, inspection = found
        place = f"{item.source}/{item.path}"
        copies = list(files_with(connection, item.sha256)) if item.sha256 else []
        known = links_are_known(connection)
        to, from_ = links_to(connection, number, LINKS), links_from(connection, number, LINKS)
        happened = outcomes_of(connection, place, ROWS)
    return visit.page(
        "it_file.html.j2",
        item=item,
        place=place,
        inspection=inspection,
        losses=[loss_sentence(loss, visit.language) for loss in inspection.losses] if inspection else [],
        copies=[copy for copy in copies if copy != item][:COPIES],
        copies_count=max(len(copies) - 1, 0),
        links_known=known,
        links_to=to,
        links_from=from_,
        limit=LINKS,
        drawing=draw_links(item.name, to, from_) if to or from_ else None,
        happened=happened,
        reasons=lambda outcome: reasons_of(outcome, visit.language),
    )


def _attention(visit: Visit) -> Response:
    """Files whose newest result is not good enough, with what is wrong and what to do."""
    verdicts = _verdicts(visit, OPEN_VERDICTS)
    with visit.site.database.connect() as connection:
        found = open_files(connection, verdicts, ROWS + 1, _mark(visit))
        expected = [total for total in totals(connection, "risk") if total.key in _WORK]
    return _settled_page(
        visit, "it_attention.html.j2", found, verdicts, choice=OPEN_VERDICTS, expected=expected
    )


def _batches(visit: Visit) -> Response:
    before = visit.query.get("before", "")
    with visit.site.database.connect() as connection:
        found = latest_runs(connection, ROWS + 1, before if _MARK.fullmatch(f"{before}~0") else "")
    return visit.page(
        "it_batches.html.j2",
        runs=found[:ROWS],
        more=found[ROWS - 1].started if len(found) > ROWS else None,
        verdicts=list(Verdict),
    )


def _batch(visit: Visit) -> Response:
    """A run: its counts, and its files with one verdict, those that came to grief first."""
    verdicts = _verdicts(visit, OPEN_VERDICTS)
    with visit.site.database.connect() as connection:
        run = run_totals(connection, visit.path["id"])
        if run is None:
            raise Refused(404, "not_found")
        found = files_of_run(connection, run.id, verdicts, ROWS + 1, _mark(visit))
    return _settled_page(visit, "it_batch.html.j2", found, verdicts, choice=tuple(Verdict), run=run)


def _openings(visit: Visit) -> Response:
    text = visit.query.get("text", "").strip()[:_LONGEST_TEXT]
    with visit.site.database.connect() as connection:
        found = list_openings(connection, ROWS * 4, name=text)
    return visit.page("it_openings.html.j2", openings=found, text=text, limit=ROWS * 4)


def _settled_page(
    visit: Visit, template: str, found: Sequence[Settled], verdicts: Sequence[Verdict], **values: Any
) -> Response:
    last = found[ROWS - 1].mark if len(found) > ROWS else None
    return visit.page(
        template,
        found=found[:ROWS],
        more=f"{last[0]}~{last[1]}" if last else None,
        wanted=verdicts[0].value if len(verdicts) == 1 else "",
        reasons=lambda outcome: reasons_of(outcome, visit.language)[:_REASONS],
        remedy=lambda outcome: _remedy(outcome, visit.language),
        **values,
    )


def _remedy(outcome: Outcome, language: str) -> str:
    return error_remedy(outcome.error, dict(outcome.error_params), language) if outcome.error else ""


def _verdicts(visit: Visit, otherwise: Sequence[Verdict]) -> Sequence[Verdict]:
    """The verdict that was asked for, or several."""
    asked = visit.query.get("verdict", "")
    return (Verdict(asked),) if asked in tuple(Verdict) else otherwise


def _mark(visit: Visit) -> Mark | None:
    told = _MARK.fullmatch(visit.query.get("before", ""))
    return (told[1], int(told[2])) if told else None


def _number(text: str) -> int:
    """A number of a row; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


ROUTES = (
    Page("/inventory", _inventory, _IT),
    Page("/inventory/{number}", _file, _IT),
    Page("/attention", _attention, _IT),
    Page("/batches", _batches, _IT),
    Page("/batches/{id}", _batch, _IT),
    Page("/openings", _openings, _IT),
)

NAVIGATION = (
    Entry("/inventory", "inventory", Role.IT),
    Entry("/attention", "attention", Role.IT),
    Entry("/batches", "batches", Role.IT),
    Entry("/openings", "openings", Role.IT),
)
