"""The spreadsheet: LibreOffice computes what the plan says, follows a price, and says when ranges are out of date."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from converters.libreoffice.run import Export, exported
from migrate.planner.frozen import thaw_basis
from migrate.planner.plan import compute
from migrate.reports import ods
from migrate.reports.words import Words
from tests.libreoffice import needs_libreoffice

from .sample_plan import sample_plan  # isort: skip

PLAN = sample_plan()
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

pytestmark = needs_libreoffice


def changed(content, edit):
    """The file with its content edited."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as result:
        for name in source.namelist():
            data = source.read(name)
            if name == "content.xml":
                root = etree.fromstring(data)
                edit(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            result.writestr(name, data)
    return target.getvalue()


def forget(root):
    """Take away what the program wrote as results: only what LibreOffice computes is left."""
    for cell in root.iter(f"{TABLE}table-cell"):
        if cell.get(f"{TABLE}formula"):
            for name in ("value", "value-type", "string-value"):
                cell.attrib.pop(f"{OFFICE}{name}", None)
            for child in list(cell):
                cell.remove(child)


def recalculated(content):
    """Sheet -> rows of values (numbers, texts) as LibreOffice computes them."""
    with exported(
        io.BytesIO(changed(content, forget)),
        "ods",
        Export("ods", "calc8"),
        timeout_seconds=120,
        memory_megabytes=2000,
    ) as result:
        root = etree.fromstring(zipfile.ZipFile(result).read("content.xml"))
    found = {}
    for table in root.iter(f"{TABLE}table"):
        rows = found[table.get(f"{TABLE}name")] = []
        for row in table.iter(f"{TABLE}table-row"):
            cells = []
            for cell in row.iter(f"{TABLE}table-cell"):
                value = cell.get(f"{OFFICE}value")
                shown = (
                    float(value) if value else "".join("".join(p.itertext()) for p in cell.iter(f"{TEXT}p"))
                )
                cells += [shown] * min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 12)
            rows += [cells] * min(int(row.get(f"{TABLE}number-rows-repeated", "1")), 3)
    return found


def stored(content):
    """Sheet -> rows of numbers and of what is none, as the program wrote them."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    return {
        table.get(f"{TABLE}name"): [
            [
                float(value) if (value := cell.get(f"{OFFICE}value")) else None
                for cell in row.iter(f"{TABLE}table-cell")
            ]
            for row in table.iter(f"{TABLE}table-row")
        ]
        for table in root.iter(f"{TABLE}table")
    }


def figures(sheets, words):
    return {row[0]: row for row in sheets[words.t("ods.sheet.figures")][4:] if row and row[0]}


def set_input(name, value):
    """An edit that types a number into the input cell of a row."""

    def edit(root):
        for row in root.iter(f"{TABLE}table-row"):
            cells = row.findall(f"{TABLE}table-cell")
            if (
                len(cells) > 4
                and "".join(cells[0].itertext()) == name
                and not cells[2].get(f"{TABLE}formula")
            ):
                cells[2].set(f"{OFFICE}value", str(value))
                return
        raise AssertionError(name)

    return edit


@pytest.fixture(scope="module", params=["en", "fr"])
def book(request):
    words = Words.of(request.param, "EUR")
    return words, ods.render(PLAN, words)


def scaled(figure, end):
    return figure[end] / 100 if figure["unit"] == "cents" else figure[end]


def test_every_figure_cell_equals_the_model(book):
    words, content = book
    sheets = recalculated(content)
    rows = figures(sheets, words)
    assert list(rows) == [figure["id"] for figure in PLAN["figures"]]
    wrong = []
    for figure in PLAN["figures"]:
        _id, _label, _unit, *shown = rows[figure["id"]]
        for end, value in zip(("likely", "p10", "p50", "p90"), shown, strict=False):
            if end in figure and not (isinstance(value, float) and abs(value - scaled(figure, end)) < 1e-6):
                wrong.append((figure["id"], end, value, scaled(figure, end)))
    assert wrong == []
    # and so does every other number of every sheet: the decision, inputs, cash
    apart, numbers = [], 0
    for name, written in stored(content).items():
        if name == words.t("ods.sheet.cash"):
            continue  # steps on the way, which only LibreOffice computes
        for place, row in enumerate(written):
            for column, value in enumerate(row):
                if value is not None:
                    numbers += 1
                    shown = sheets[name][place][column]
                    if not (isinstance(shown, float) and abs(shown - value) < 1e-6):
                        apart.append((name, place, column, value, shown))
    assert apart == []
    assert numbers > 1000
    texts = {cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, str)}
    assert words.t("ods.current") in texts
    assert words.t("ods.out_of_date") not in texts
    assert not [text for text in texts if text.startswith(("#", "Err:"))]


def test_likely_figures_follow_a_price_and_ranges_say_that_they_are_out_of_date(book):
    words, content = book
    price = next(row for row in PLAN["inputs"]["prices"] if row["sku"] == "ENTERPRISEPACK")
    cents = price["monthly_cents"] + 100
    rows = figures(recalculated(changed(content, set_input(price["name"], cents / 100))), words)
    stale = words.t("ods.out_of_date")
    before = {figure["id"]: figure for figure in PLAN["figures"]}
    seats = sum(row["seats"] for row in PLAN["inputs"]["users"] if row["id"].endswith(".ENTERPRISEPACK"))
    today = before["totals.licences.current_monthly"]["likely"]
    assert rows["totals.licences.current_monthly"][3] == pytest.approx((today + 100 * seats) / 100)
    for id in ("scenarios.stay.horizon", "finance.horizon.kept_h", "finance.value.h"):
        assert rows[id][3] != pytest.approx(before[id]["likely"] / 100)
        assert rows[id][4:7] == [stale] * 3
    # what the price does not move stays, and what no formula follows says so
    assert rows["totals.costs.one_off"][3] == pytest.approx(before["totals.costs.one_off"]["likely"] / 100)
    assert rows["alternatives.full.net_horizon"][3] == stale


def test_a_changed_rate_gives_what_the_planner_computes(book):
    words, content = book
    code, value = "rate.helpdesk", Decimal("51.5")
    rows = figures(recalculated(changed(content, set_input(words.t(f"assumption.{code}"), value))), words)
    basis = thaw_basis(PLAN["records"])
    row = replace(basis.inputs.assumptions[code], likely=value)
    inputs = replace(basis.inputs, assumptions={**basis.inputs.assumptions, code: row})
    stale, compared, wrong = words.t("ods.out_of_date"), 0, []
    for figure in compute(replace(basis, inputs=inputs)).figures:
        shown = rows[figure.id][3]
        if shown == stale:
            continue
        likely = figure.amount.likely / 100 if figure.unit == "cents" else figure.amount.likely
        compared += 1
        if abs(shown - likely) > 1e-6:
            wrong.append((figure.id, shown, likely))
    assert wrong == []
    assert compared > 300


def test_hostile_names_are_text(book):
    _words, content = book
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("content.xml"))
    formulas = [
        cell.get(f"{TABLE}formula") for cell in root.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")
    ]
    assert formulas
    assert all(formula.startswith("of:=") and "script" not in formula for formula in formulas)
    assert not list(root.iter("{urn:oasis:names:tc:opendocument:xmlns:script:1.0}event-listener"))
