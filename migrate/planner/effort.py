"""Effort: minutes of people from stored inspections, by the rule table, by unique content.

A document that lies in three folders is worked on once. Its minutes are split over the departments that hold copies,
in proportion to the copies and without a minute lost, so that departments add up to the total. Macros count by procedure
and by what they reach for, and a project that was copied into other documents counts once: its modules, procedures and
lengths are the same. What cannot be opened (password, damage, no permission, never inspected) is a class of its own with
its own rules: it never counts as ready.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from converters.inspection import Inspection, MacroModule
from converters.losses import LOSSES, Severity
from inventory.records import InspectedItem, Item, ItemState
from migrate.planner.amounts import Amount, rounded, spread_amount
from migrate.planner.draws import Draws, at
from migrate.planner.figures import Figure, Figures, Label, Unit
from migrate.planner.inputs import UNASSIGNED, Application, Department, EffortRule, slug

_TEXT = ("doc", "dot", "docx", "docm", "dotx", "dotm", "rtf")
_SPREADSHEET = ("xls", "xlt", "xlsx", "xlsm", "xltx", "xltm", "xlsb")
_PRESENTATION = ("ppt", "pps", "pot", "pptx", "pptm", "ppsx", "ppsm", "potx", "potm")
OFFICE_EXTENSIONS = frozenset((*_TEXT, *_SPREADSHEET, *_PRESENTATION))
# Microsoft's own formats that nobody converts file by file: each is a small project
_PROJECT_EXTENSIONS = frozenset(("mdb", "accdb", "vsd", "vsdx", "pub", "mpp", "one", "xlam", "ppam"))
_TEMPLATES = frozenset(("dot", "dotx", "dotm", "xlt", "xltx", "xltm", "pot", "potx", "potm"))
TEMPLATE_RULE = "template.rebuild"
READY_RULE = "macros.ready"  # a procedure that should run as it is: it is tried
EVIDENCE_KEPT = 5
WHO = ("owner", "helpdesk", "developer")


class Readiness(StrEnum):
    """What stands between a file and its new form."""

    READY = "ready"  # nothing found that needs a person
    CHECK = "check"  # somebody looks at what the rules name
    MACROS = "macros"  # a developer decides
    CLOSED = "closed"  # could not be opened or was not looked into
    OTHER = "other"  # no Office document, no work


# error code of an inspection -> rule of the closed class
CLOSED_RULES: dict[str, str] = {
    "ENCRYPTED": "closed.password",
    "RIGHTS_MANAGED": "closed.rights",
    "EMPTY_FILE": "closed.empty",
    "NOT_OFFICE": "closed.not_office",
    "WRONG_FAMILY": "closed.not_office",
    "DAMAGED_ZIP": "closed.damaged",
    "DAMAGED_XML": "closed.damaged",
    "DAMAGED_OLE": "closed.damaged",
    "MISSING_PART": "closed.damaged",
    "UNREADABLE": "closed.damaged",
    "DOCTYPE_FORBIDDEN": "closed.limit",
    "UNSAFE_NAME": "closed.limit",
    "DUPLICATE_NAME": "closed.limit",
}
# reason why an item with the name of a document was skipped -> rule of the closed class
SKIPPED_RULES: dict[str, str] = {
    "EMPTY_FILE": "closed.empty",
    "NOT_OFFICE": "closed.not_office",
    "OFFLINE": "closed.not_inspected",
}
# another name of a file that is counted, or no file at all
_COUNTED_ELSEWHERE = ("HARD_LINK", "SYMLINK", "MOUNT_POINT", "SYSTEM_FOLDER", "NOT_REGULAR")
_LOSS_RULES = {
    Severity.CONTENT: "loss.content",
    Severity.BEHAVIOUR: "loss.behaviour",
    Severity.LAYOUT: "loss.layout",
}
# losses with a rule of their own
_OWN_RULES = (
    "MACROS_NOT_CARRIED", "MACROS_LEFT_BESIDE", "MACROS_COMMENTED", "MACROS_UNPROVEN", "MACROS_TO_PORT", "UNPROVEN",
)  # fmt: skip
# an allowance for what a deep look would find in a document that was looked at from outside
UNREAD_RULE = "loss.unread"
# features that the macro rules cover
_MACRO_FEATURES = ("macros", "encryption")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that applies to a content, ``quantity`` times."""

    rule: str
    quantity: int


@dataclass(slots=True)
class Content:
    """A unique content: its class, its rules, and how many copies each department holds; ``times`` of the kind."""

    readiness: Readiness
    hits: Sequence[Hit]
    evidence: str
    copies: Counter[str] = field(default_factory=Counter)
    times: int = 1


@dataclass(slots=True)
class Effort:
    """What was found, counted once over all items."""

    readiness: Counter[tuple[str, Readiness]] = field(
        default_factory=Counter
    )  # department id, class -> files
    kinds: Counter[str] = field(default_factory=Counter)  # identified kind -> files
    features: Counter[str] = field(default_factory=Counter)  # feature code -> unique contents
    closed: Counter[str] = field(default_factory=Counter)  # rule of the closed class -> files
    contents: dict[str, Content] = field(default_factory=dict)
    # macro projects by what they are made of: copied into many documents, ported once
    projects: dict[tuple[MacroModule, ...], Content] = field(default_factory=dict)


def department_of(item: Item, departments: Iterable[Department]) -> str:
    """The id of the department with the longest path that contains the item; ``unassigned`` where none does.

    A department's path is compared with the path below the scanned root, and with the root and path together.
    """
    full = f"{item.source.strip('/')}/{item.path}"
    best, length = UNASSIGNED, 0
    for department in departments:
        for prefix in department.paths:
            inside = any(path == prefix or path.startswith(prefix + "/") for path in (item.path, full))
            if inside and len(prefix) > length:
                best, length = department.id, len(prefix)
    return best


def classify(found: InspectedItem, rules: Mapping[str, EffortRule]) -> tuple[Readiness, list[Hit]]:
    """The class of a file and the rules that apply to it."""
    item, inspection = found.item, found.inspection
    named_office = item.extension in OFFICE_EXTENSIONS
    if item.extension in _PROJECT_EXTENSIONS:
        return Readiness.CLOSED, [Hit("closed.other", 1)]
    if item.state is ItemState.UNREADABLE:
        unlisted = item.reason.startswith("FOLDER_")  # a folder nobody could list may hold anything
        return (
            (Readiness.CLOSED, [Hit("closed.unreadable", 1)])
            if named_office or unlisted
            else (Readiness.OTHER, [])
        )
    if item.state is ItemState.SKIPPED:
        rule = SKIPPED_RULES.get(item.reason) if named_office else None
        return (Readiness.CLOSED, [Hit(rule, 1)]) if rule else (Readiness.OTHER, [])
    if inspection is None:
        return (Readiness.CLOSED, [Hit("closed.not_inspected", 1)]) if named_office else (Readiness.OTHER, [])
    if inspection.error == "LOCK_FILE" or not (named_office or inspection.family):
        return Readiness.OTHER, []
    if inspection.error:
        default = "closed.limit" if inspection.error.startswith("LIMIT_") else "closed.other"
        return Readiness.CLOSED, [Hit(CLOSED_RULES.get(inspection.error, default), 1)]
    if not inspection.family:
        return Readiness.CLOSED, [Hit("closed.not_office", 1)]
    hits = [*_macro_hits(inspection, rules), *_feature_hits(inspection, rules), *_loss_hits(inspection)]
    if item.extension in _TEMPLATES and TEMPLATE_RULE in rules:
        hits.append(Hit(TEMPLATE_RULE, 1))
    if any(hit.rule.startswith("macro") for hit in hits):
        return Readiness.MACROS, hits
    found_something = any(hit.rule != UNREAD_RULE for hit in hits)
    return (Readiness.CHECK if found_something else Readiness.READY), hits


def _macro_hits(inspection: Inspection, rules: Mapping[str, EffortRule]) -> list[Hit]:
    """Procedures, those apart that use nothing but what LibreOffice has; what they reach for, and dialogs; lines only
    of code in which no procedure was found.

    A project whose lines nobody could count has a rule of its own.
    """
    if not inspection.macros:
        return [Hit("macros.unread", 1)] if inspection.feature_count("macros") else []
    if any(module.lines is None for module in inspection.macros):
        return [Hit("macros.unread", 1)]
    modules = inspection.macros
    ready = sum(len(_ready(module)) for module in modules) if READY_RULE in rules else 0
    quantities = {
        "macros.procedure": sum(len(module.procedures) for module in modules) - ready,
        READY_RULE: ready,
        "macros.call": sum(len(set(module.calls)) for module in modules),
        "macros.auto": sum(len(module.auto) for module in modules),
        "macros.line": sum(module.lines or 0 for module in modules if not module.procedures),
        "macros.form": sum(module.kind == "form" for module in modules),
    }
    return [Hit(rule, quantity) for rule, quantity in quantities.items() if quantity and rule in rules]


def _ready(module: MacroModule) -> frozenset[str]:
    """The procedures in which nothing was found that LibreOffice has not, or that nobody knows."""
    lacking = {use.name for use in module.details if use.windows or use.missing or use.unknown}
    return frozenset(use.name for use in module.details if use.name and use.name not in lacking)


def project_of(inspection: Inspection | None) -> tuple[MacroModule, ...]:
    """What a macro project is made of, where its procedures are known; empty for none."""
    modules = inspection.macros if inspection else ()
    return modules if any(module.procedures for module in modules) else ()


def _feature_hits(inspection: Inspection, rules: Mapping[str, EffortRule]) -> list[Hit]:
    return [
        Hit(feature.code, feature.count if rules[feature.code].unit == "each" else 1)
        for feature in inspection.features
        if feature.code in rules and feature.code not in _MACRO_FEATURES
    ]


def _loss_hits(inspection: Inspection) -> list[Hit]:
    """The gravest predicted loss calls for one look at the file; macros and unproven files have their own rules."""
    codes = {loss.code for loss in inspection.losses}
    worst = max(
        (LOSSES[code].severity for code in codes.difference(_OWN_RULES) & LOSSES.keys()), default=None
    )
    if worst in _LOSS_RULES:
        return [Hit(_LOSS_RULES[worst], 1)]
    if "UNPROVEN" in codes:
        return [Hit("loss.unproven", 1)]
    return [Hit(UNREAD_RULE, 1)] if inspection.level == "cheap" else []


def minutes_of(rule: EffortRule, quantity: int) -> Amount:
    """Whole minutes for a content: rounded once, before anything is split."""
    return Amount(*(rounded(Decimal(quantity) * value) for value in (rule.low, rule.likely, rule.high)))


def count_effort(
    items: Iterable[InspectedItem], departments: Sequence[Department], rules: Mapping[str, EffortRule]
) -> Effort:
    """Class and rules of every file that is there and was not skipped by rule."""
    effort = Effort()
    for found in items:
        item = found.item
        if item.state is ItemState.GONE or item.reason in _COUNTED_ELSEWHERE:
            continue
        department = department_of(item, departments)
        readiness, hits = classify(found, rules)
        effort.readiness[department, readiness] += 1
        effort.kinds[found.inspection.kind if found.inspection else "unread"] += 1
        if readiness is Readiness.CLOSED:
            effort.closed.update(hit.rule for hit in hits)
        evidence = f"sha256:{item.sha256}" if item.sha256 else f"file:{item.source}/{item.path}"
        if project := project_of(found.inspection):
            own = [hit for hit in hits if hit.rule.startswith("macros.")]
            hits = [hit for hit in hits if hit not in own]
            effort.projects.setdefault(project, Content(readiness, own, evidence)).copies[department] += 1
        if evidence not in effort.contents:
            effort.contents[evidence] = Content(readiness, hits, evidence)
            if found.inspection and readiness is not Readiness.OTHER:
                effort.features.update({feature.code for feature in found.inspection.features})
        effort.contents[evidence].copies[department] += 1
    return effort


def application_contents(applications: Iterable[Application]) -> list[Content]:
    """Specialised applications as contents: adapted once, for all departments that use them."""
    return [
        Content(
            Readiness.OTHER,
            [Hit(f"application.{application.coupling}", 1)],
            application.id,
            Counter(slug(name) for name in application.departments),
        )
        for application in applications
    ]


def plan_effort(
    effort: Effort,
    departments: Sequence[Department],
    rules: Mapping[str, EffortRule],
    figures: Figures,
    draws: Draws | None = None,
    applications: Iterable[Application] = (),
) -> None:
    """Add files and minutes per department and rule, and their totals. ``departments`` name every holder."""
    ids = [department.id for department in departments]
    contents = (*effort.contents.values(), *effort.projects.values(), *application_contents(applications))
    _add_effort(contents, ids, rules, figures, draws)
    _add_files(effort, ids, figures)


def _add_effort(
    contents: Iterable[Content],
    ids: Sequence[str],
    rules: Mapping[str, EffortRule],
    figures: Figures,
    draws: Draws | None,
) -> None:
    minutes: dict[tuple[str, str], Amount] = {}
    evidence: dict[tuple[str, str], list[str]] = defaultdict(list)
    counted: Counter[tuple[str, str]] = Counter()
    for content in contents:
        holders = [id for id in ids if content.copies[id]]
        for hit in content.hits:
            total = minutes_of(rules[hit.rule], hit.quantity)
            parts = spread_amount(total, [content.copies[id] for id in holders])
            for id, part in zip(holders, parts, strict=True):
                minutes[id, hit.rule] = minutes.get((id, hit.rule), Amount.exactly(0)) + part * content.times
                counted[id, hit.rule] += content.times
                if content.evidence and len(evidence[id, hit.rule]) < EVIDENCE_KEPT:
                    evidence[id, hit.rule].append(content.evidence)
    by_who: dict[str, list[Figure]] = defaultdict(list)
    for id in ids:
        prefix = f"departments.{id}.effort"
        own: dict[str, list[Figure]] = defaultdict(list)
        for code, rule in rules.items():
            if (amount := minutes.get((id, code))) is None:
                continue
            files = evidence[id, code]
            lanes = at(amount, draws.positions(rule.id)) if draws else None
            minutes_id = f"{prefix}.rules.{slug(code)}.minutes"
            own[rule.who].append(
                figures.add(minutes_id, Unit.MINUTES, amount, Label.COST, (rule.id, *files), lanes=lanes)
            )
            figures.add(
                f"{prefix}.rules.{slug(code)}.contents", Unit.FILES, counted[id, code], Label.COUNT, files
            )
        trades = [figures.total(f"{prefix}.{who}.minutes", Unit.MINUTES, Label.COST, own[who]) for who in WHO]
        for who, trade in zip(WHO, trades, strict=True):
            by_who[who].append(trade)
        figures.total(f"{prefix}.minutes", Unit.MINUTES, Label.COST, trades)
    totals = [
        figures.total(f"totals.effort.{who}.minutes", Unit.MINUTES, Label.COST, by_who[who]) for who in WHO
    ]
    figures.total("totals.effort.minutes", Unit.MINUTES, Label.COST, totals)


def _add_files(effort: Effort, ids: Sequence[str], figures: Figures) -> None:
    by_class: dict[Readiness, list[Figure]] = defaultdict(list)
    for id in ids:
        parts = [
            figures.add(
                f"departments.{id}.files.{readiness}",
                Unit.FILES,
                effort.readiness[id, readiness],
                Label.COUNT,
                ("inventory",),
            )
            for readiness in Readiness
        ]
        for readiness, part in zip(Readiness, parts, strict=True):
            by_class[readiness].append(part)
        figures.total(f"departments.{id}.files.total", Unit.FILES, Label.COUNT, parts)
    totals = [
        figures.total(f"totals.files.{readiness}", Unit.FILES, Label.COUNT, by_class[readiness])
        for readiness in Readiness
    ]
    figures.total("totals.files.total", Unit.FILES, Label.COUNT, totals)
