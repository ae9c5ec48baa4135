from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.errors import REFUSALS
from converters.inspection import MacroModule, MacroProcedure
from converters.losses import Loss
from inventory.records import InspectedItem, Item, ItemState
from migrate.planner import defaults
from migrate.planner.effort import (
    SKIPPED_RULES,
    Hit,
    Readiness,
    classify,
    count_effort,
    department_of,
    plan_effort,
)
from migrate.planner.figures import Figures
from migrate.planner.inputs import Department, EffortRule

from .conftest import file  # isort: skip

DEPARTMENTS = (Department("Finance", ("finance",)), Department("Parks", ("parks", "finance/trees")))


def minutes(items, departments=DEPARTMENTS, rules=None):
    figures = Figures()
    rules = rules or defaults.rules()
    plan_effort(count_effort(items, departments, rules), departments, rules, figures)
    return figures


def rule(code, likely, unit="each", who="owner"):
    return EffortRule(code, unit, Decimal(0), Decimal(likely), Decimal(likely), who, date(2026, 1, 1), "test")


def test_the_longest_path_wins_and_a_name_that_only_begins_alike_does_not_count():
    assert department_of(file("finance/budget.xlsx").item, DEPARTMENTS) == "finance"
    assert department_of(file("finance/trees/oak.docx").item, DEPARTMENTS) == "parks"
    assert department_of(file("finances/budget.xlsx").item, DEPARTMENTS) == "unassigned"


def test_a_path_may_name_the_root_too():
    departments = (Department("Finance", ("share/finance",)),)
    assert department_of(file("finance/budget.xlsx").item, departments) == "finance"


def test_a_document_that_lies_in_three_folders_is_worked_on_once():
    items = [file("finance/a.docx", features=[("chart", 7)]), file("finance/b.docx"), file("parks/c.docx")]
    items = [file(found.item.path, features=[("chart", 7)]) for found in items]
    figures = minutes(items, rules={"chart": rule("chart", 1)})
    assert figures["totals.effort.minutes"].amount.likely == 7
    assert figures["departments.finance.effort.minutes"].amount.likely == 5
    assert figures["departments.parks.effort.minutes"].amount.likely == 2


def test_a_thousand_lines_and_forty_forms_cost_what_the_published_formula_says():
    rules = {"macros.line": rule("macros.line", 4, "line"), "macros.form": rule("macros.form", 3, "form")}
    modules = [("Module1", "standard", 1000), *[(f"Form{number}", "form", 0) for number in range(40)]]
    figures = minutes([file("finance/a.docm", macros=modules)], rules=rules)
    assert figures["totals.effort.minutes"].amount.likely == 4120


@pytest.mark.parametrize(("left_by_tools", "days"), [(1, "9.81"), (Decimal("0.6"), "5.89")])
def test_the_published_formula_in_days_of_seven_hours_and_with_tools_that_take_over_40_percent(
    left_by_tools, days
):
    rules = {
        "macros.line": rule("macros.line", 4 * left_by_tools, "line"),
        "macros.form": rule("macros.form", 3 * left_by_tools, "form"),
    }
    modules = [("Module1", "standard", 1000), *[(f"Form{number}", "form", 0) for number in range(40)]]
    found = minutes([file("finance/a.docm", macros=modules)], rules=rules)[
        "totals.effort.minutes"
    ].amount.likely
    assert (Decimal(found) / 60 / 7).quantize(Decimal("0.01")) == Decimal(days)


def with_macros(path, content, *modules):
    found = file(path, content, macros=[("x", "standard", 1)])
    return replace(found, inspection=replace(found.inspection, macros=modules))


def module(name="Module1", lines=40, procedures=("Total", "Print"), **more):
    return MacroModule(name, "standard", lines, procedures, **more)


def test_macros_count_by_procedure_and_by_what_they_reach_for_and_not_by_line():
    short, long = (
        module(lines=lines, auto=("Total",), calls=("Shell", "Shell", "ADODB")) for lines in (9, 900)
    )
    for part in (short, long):
        hits = classify(with_macros("finance/a.xlsm", "a", part), defaults.rules())[1]
        assert hits == [Hit("macros.procedure", 2), Hit("macros.call", 2), Hit("macros.auto", 1)]


def test_code_without_a_procedure_counts_by_line():
    hits = classify(with_macros("finance/a.xlsm", "a", module(), module("Loose", 7, ())), defaults.rules())[1]
    assert hits == [Hit("macros.procedure", 2), Hit("macros.line", 7)]


def test_a_macro_project_that_was_copied_into_many_documents_is_ported_once():
    items = [
        with_macros(f"{path}/{content}.xlsm", content, module())
        for path in ("finance", "parks")
        for content in "ab"
    ]
    items = [
        with_macros(item.item.path, content, module()) for item, content in zip(items, "abcd", strict=True)
    ]
    figures = minutes(items, rules={"macros.procedure": rule("macros.procedure", 15, "procedure")})
    assert figures["totals.effort.minutes"].amount.likely == 30
    assert figures["departments.finance.effort.minutes"].amount.likely == 15
    assert figures["departments.finance.files.macros"].amount.likely == 2
    other = with_macros("parks/e.xlsm", "e", module(lines=41))
    figures = minutes([*items, other], rules={"macros.procedure": rule("macros.procedure", 15, "procedure")})
    assert figures["totals.effort.minutes"].amount.likely == 60


@pytest.mark.parametrize(
    ("path", "rebuilt"), [("a.dotx", True), ("a.xltm", True), ("a.potx", True), ("a.docx", False)]
)
def test_a_template_is_rebuilt(path, rebuilt):
    readiness, hits = classify(file(f"finance/{path}"), defaults.rules())
    assert (Hit("template.rebuild", 1) in hits) is rebuilt
    assert readiness is (Readiness.CHECK if rebuilt else Readiness.READY)


def test_macros_whose_lines_nobody_counted_have_a_rule_of_their_own():
    for found in (file("a.docm", features=[("macros", 1)]), file("a.docm", macros=[("M", "standard", None)])):
        readiness, hits = classify(found, defaults.rules())
        assert readiness is Readiness.MACROS
        assert [hit.rule for hit in hits] == ["macros.unread"]


@pytest.mark.parametrize("error", sorted(set(REFUSALS) - {"LOCK_FILE"}))
def test_what_cannot_be_opened_is_closed_and_costs_something(error):
    readiness, hits = classify(file("finance/a.docx", error=error, family=""), defaults.rules())
    assert readiness is Readiness.CLOSED
    assert all(defaults.rules()[hit.rule].low > 0 for hit in hits)
    assert hits


def test_what_was_not_looked_into_is_never_ready():
    for state in (ItemState.SEEN, ItemState.UNREADABLE):
        readiness, hits = classify(file("finance/a.docx", state=state), defaults.rules())
        assert (readiness, len(hits)) == (Readiness.CLOSED, 1)


def test_owner_files_and_other_formats_are_no_work():
    assert classify(file("finance/~$a.docx", error="LOCK_FILE"), defaults.rules()) == (Readiness.OTHER, [])
    assert classify(file("finance/a.pdf", kind="pdf", family=""), defaults.rules()) == (Readiness.OTHER, [])


def test_databases_and_drawings_are_closed_though_no_document():
    found = file("finance/stock.accdb", kind="accdb", family="", error="UNSUPPORTED_KIND")
    assert classify(found, defaults.rules()) == (Readiness.CLOSED, [Hit("closed.other", 1)])


@pytest.mark.parametrize(("reason", "rule"), sorted(SKIPPED_RULES.items()))
def test_a_document_that_the_scan_skipped_is_closed_for_its_reason(reason, rule):
    item = Item("share", "finance/a.docx", 0, None, ItemState.SKIPPED, reason)
    assert classify(InspectedItem(item), defaults.rules()) == (Readiness.CLOSED, [Hit(rule, 1)])


def test_a_folder_that_could_not_be_listed_is_closed():
    item = Item("share", "finance", 0, None, ItemState.UNREADABLE, "FOLDER_DENIED")
    assert classify(InspectedItem(item), defaults.rules())[0] is Readiness.CLOSED


def test_a_second_name_of_a_file_counts_nowhere():
    item = Item("share", "finance/b.docx", 0, None, ItemState.SKIPPED, "HARD_LINK")
    assert not count_effort([InspectedItem(item)], DEPARTMENTS, defaults.rules()).contents


def test_what_cannot_be_proven_has_a_smaller_rule_than_what_is_lost():
    _readiness, hits = classify(
        file("finance/a.doc", kind="doc", losses=[Loss("UNPROVEN")]), defaults.rules()
    )
    assert [hit.rule for hit in hits] == ["loss.unproven"]


def test_the_gravest_predicted_loss_calls_for_one_look():
    losses = [Loss("CHART_DROPPED"), Loss("SHAPE_FILL_APPROXIMATED"), Loss("MACROS_NOT_CARRIED")]
    readiness, hits = classify(file("finance/a.docx", losses=losses), defaults.rules())
    assert (readiness, [hit.rule for hit in hits]) == (Readiness.CHECK, ["loss.content"])


def test_every_rule_has_a_source_and_a_date():
    for row in (*defaults.rules().values(), *defaults.assumptions().values()):
        assert row.source
        assert row.as_of


contents = st.sampled_from("abcdef")
paths = st.sampled_from(["finance/x", "parks/x", "finance/trees/x", "elsewhere/x"])


@given(st.lists(st.tuples(paths, contents), max_size=30))
def test_departments_add_up_to_the_total_and_the_total_is_that_of_the_unique_contents(placed):
    departments = (*DEPARTMENTS, Department("unassigned"))
    work = {
        content: [("chart", number + 1), ("activex", 3 * number)] for number, content in enumerate("abcdef")
    }
    items = [
        file(f"{path}{number}.docx", content, features=work[content])
        for number, (path, content) in enumerate(placed)
    ]
    figures = minutes(items, departments)
    once = {content: file("x.docx", content, features=work[content]) for _path, content in placed}
    alone = minutes(list(once.values()), departments)
    assert figures["totals.effort.minutes"].amount == alone["totals.effort.minutes"].amount
    assert figures["totals.files.total"].amount.likely == len(placed)
    for end in ("low", "likely", "high"):
        parts = [getattr(figures[f"departments.{row.id}.effort.minutes"].amount, end) for row in departments]
        assert sum(parts) == getattr(figures["totals.effort.minutes"].amount, end)


def test_procedures_that_should_run_as_they_are_are_tried_and_not_ported():
    details = (
        MacroProcedure("Total", 5, works=("object:Range",)),
        MacroProcedure("Print", 9, missing=("member:Range.TextToColumns",)),
    )
    hits = classify(with_macros("finance/a.xlsm", "a", module(details=details)), defaults.rules())[1]
    assert hits == [Hit("macros.procedure", 1), Hit("macros.ready", 1)]
