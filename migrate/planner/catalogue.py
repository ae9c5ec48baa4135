"""What can replace a service, and where it can be hosted: rows of ``data/catalogue.csv`` and ``data/hosting.csv``.

A target says for a department and a service whether it stays or which row replaces it, and where that runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from migrate.planner.amounts import Amount, rounded
from migrate.planner.effort import WHO
from migrate.planner.inputs import slug
from migrate.planner.tables import Row, TableError, read_rows

STAY = "stay"
ALL = "all"
STATUSES = ("drop-in", "partial", "project", "none")
SEAT_UNITS = ("user", "mailbox")
"""Effort units that are counted by seats; others (sites, flows, reports) are counted by hand."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """``yearly`` are cents per user in ``currency``, None where nobody knows; rows of one ``package`` are paid once.

    ``minutes`` per ``unit`` are work of ``who``. ``gaps`` is what it does not do.
    """

    code: str
    service: str
    name: str
    status: str
    licence: str
    open_source: bool
    owner: str
    home: str
    hosting: tuple[str, ...]
    yearly: Amount | None
    currency: str
    package: str
    data_path: str
    unit: str
    minutes: Amount
    who: str
    usual: bool
    gaps: str
    evidence: str
    as_of: date
    source: str

    @property
    def id(self) -> str:
        return f"catalogue.{self.code}"


@dataclass(frozen=True, slots=True)
class Hosting:
    """Where data lies (``residency``), who runs it and who owns them, as jurisdictions: ``FR``, ``CA-QC``.

    ``home`` is the organisation's own jurisdiction, ``chosen`` the region that the customer takes.
    """

    code: str
    name: str
    operator: str
    residency: str
    operator_home: str
    owner_home: str
    qualification: str
    keys: str
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Target:
    """``department`` may be ``all``; ``replacement`` is a code or ``stay``; ``units`` counts sites, flows ... by hand."""

    department: str
    service: str
    replacement: str
    hosting: str
    units: int | None

    @property
    def id(self) -> str:
        return f"targets.{self.department}.{self.service}"


def read_catalogue(text: str, file: str) -> dict[str, Replacement]:
    """All columns of :class:`Replacement`; amounts per user and year as ``low``, ``likely``, ``high``."""
    found = {}
    for row in read_rows(text, file, ("code", "service", "name", "status", "as_of", "source")):
        code = slug(row.required("code"))
        found[code] = Replacement(
            code,
            row.required("service"),
            row.required("name"),
            row.choice("status", STATUSES, ""),
            row.text("licence"),
            row.flag("open_source"),
            row.text("owner"),
            row.text("home"),
            _codes(row.text("hosting")),
            _range(row, ("low", "likely", "high"), 100) if row.text("likely") else None,
            row.text("currency").upper(),
            row.text("package"),
            row.text("data_path"),
            row.text("unit", "user"),
            _range(row, ("minutes_low", "minutes_likely", "minutes_high"), 1),
            row.choice("who", WHO, "helpdesk"),
            row.flag("default"),
            row.text("gaps"),
            row.text("evidence"),
            row.required_date("as_of"),
            row.required("source"),
        )
    return found


def _range(row: Row, columns: Iterable[str], factor: int) -> Amount:
    low, likely, high = (row.number(column) if row.text(column) else Decimal(0) for column in columns)
    if not low <= likely <= high:
        raise row.error("BAD_RANGE", "likely")
    return Amount(*(rounded(value * factor) for value in (low, likely, high)))


def read_hosting(text: str, file: str) -> dict[str, Hosting]:
    found = {}
    columns = ("code", "name", "operator", "residency", "operator_home", "owner_home", "as_of", "source")
    for row in read_rows(text, file, columns):
        code = slug(row.required("code"))
        found[code] = Hosting(
            code,
            row.required("name"),
            row.required("operator"),
            row.required("residency"),
            row.required("operator_home"),
            row.required("owner_home"),
            row.text("qualification", "none"),
            row.text("keys", "provider"),
            row.required_date("as_of"),
            row.required("source"),
        )
    return found


def read_targets(
    text: str,
    file: str,
    departments: Collection[str],
    catalogue: Mapping[str, Replacement],
    hosting: Mapping[str, Hosting],
) -> tuple[Target, ...]:
    """Columns department (or ``all``), service, replacement (a code or ``stay``); optional hosting and units."""
    services = {row.service for row in catalogue.values()}
    found: dict[tuple[str, str], Target] = {}
    for row in read_rows(text, file, ("department", "service", "replacement")):
        department = row.required("department")
        id = ALL if department.lower() in (ALL, "tous", "*") else slug(department)
        target = Target(
            id,
            row.choice("service", services, ""),
            row.required("replacement").lower(),
            row.text("hosting").lower(),
            row.whole("units", 0) if row.text("units") else None,
        )
        _check(row, target, departments, catalogue, hosting)
        if (id, target.service) in found:
            raise row.error("DUPLICATE_ROW", "service", value=f"{department}, {target.service}")
        found[id, target.service] = target
    return tuple(found.values())


def _check(
    row: Row,
    target: Target,
    departments: Collection[str],
    catalogue: Mapping[str, Replacement],
    hosting: Mapping[str, Hosting],
) -> None:
    def unknown(column: str, value: str) -> TableError:
        return row.error("UNKNOWN_NAME", column, value=value)

    if target.department != ALL and target.department not in departments:
        raise unknown("department", target.department)
    if target.replacement != STAY:
        found = catalogue.get(target.replacement)
        if found is None or found.service != target.service:
            raise unknown("replacement", target.replacement)
    if target.hosting and target.hosting not in hosting:
        raise unknown("hosting", target.hosting)


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in cell.split("|") if code.strip())


def usual_replacement(catalogue: Mapping[str, Replacement], service: str) -> Replacement | None:
    """The row that stands for a service where nobody has chosen."""
    own = [row for row in catalogue.values() if row.service == service]
    return next((row for row in own if row.usual), own[0] if own else None)


def target_of(targets: Iterable[Target], department: str, service: str) -> Target | None:
    """The department's own target before the one for all."""
    found = {row.department: row for row in targets if row.service == service}
    return found.get(department, found.get(ALL))
