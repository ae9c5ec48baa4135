"""CSV text to records, with errors that name the file, the line, the column and the remedy.

Accepted are UTF-8 text with commas, semicolons or tabs, English or French headings in any order, comment lines that
begin with ``#``, dates as ``2026-11-21`` and numbers with a point or a comma. Columns nobody knows are ignored only
if they stand in no list here: a misspelt heading of a required column is an error that names what is missing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from migrate.planner.inputs import (
    Assumption,
    Department,
    EffortRule,
    Price,
    Product,
    User,
    slug,
)

# code -> what is wrong; the locale holds sentence and remedy (table ``plan``, ``error.`` before the code)
TABLE_ERRORS: dict[str, str] = {
    "NOT_TEXT": "the file is not UTF-8 text",
    "NO_HEADINGS": "the file has no line of headings",
    "MISSING_COLUMN": "a required column is missing (params: column)",
    "MISSING_VALUE": "a required cell is empty",
    "BAD_DATE": "no date (params: value)",
    "BAD_NUMBER": "no number, or a negative one (params: value)",
    "BAD_CHOICE": "not one of the accepted words (params: value, choices)",
    "BAD_RANGE": "low, likely and high are not in order",
    "DUPLICATE_ROW": "a second row for the same thing (params: value)",
    "TOO_MANY_CELLS": "more cells than headings: text with a separator needs quotes",
    "MIXED_CURRENCIES": "prices in several currencies and none chosen (params: value)",
    "NO_PRICES": "no price in the currency of the plan (params: value)",
    "FOREIGN_CURRENCY": "an assumption in another currency than the plan's (params: value, currency)",
    "UNKNOWN_NAME": "a name that no other table has (params: value)",
    "UNKNOWN_CONTRACT": "a contract that is not in the table of contracts (params: value)",
    "UNKNOWN_USER": "a user who is not in the table of users (params: value)",
    "SAME_PATH": "two departments claim the same path (params: value)",
    "BAD_SPAN": "an end before its beginning (params: value)",
    "CIRCULAR": "tasks or departments that wait for one another (params: value)",
}


class TableError(Exception):
    """``code`` of :data:`TABLE_ERRORS`; ``line`` counts from 1 and is 0 where the whole file is meant."""

    def __init__(self, code: str, file: str, line: int = 0, column: str = "", **params: str) -> None:
        if code not in TABLE_ERRORS:
            raise ValueError(code)
        super().__init__(code, file, line, column, params)
        self.code, self.file, self.line, self.column, self.params = code, file, line, column, params


# heading as written, lower case -> column
HEADINGS: dict[str, str] = {
    "utilisateur": "user",
    "user principal name": "user",
    "userprincipalname": "user",
    "service": "department",
    "direction": "department",
    "département": "department",
    "licences": "skus",
    "licenses": "skus",
    "sku": "skus",
    "assigned products": "skus",
    "dernière activité": "last_active",
    "last activity date": "last_active",
    "appareil partagé": "shared_device",
    "garde office": "keep_office_reason",
    "garde office jusqu’au": "keep_office_until",
    "responsable": "keep_office_owner",
    "boîte (go)": "mailbox_gb",
    "contrat": "contract",
    "renonce à": "gives_up",
    "réductions": "reductions",
    "préavis": "notice_days",
    "planchers": "floors",
    "plancher jusqu’au": "floor_until",
    "état": "state",
    "attesté par": "attested_by",
    "attesté le": "attested_on",
    "motif": "keep_office_reason",
    "chemins": "paths",
    "renouvellement": "renewal",
    "échéance": "renewal",
    "durée": "term_months",
    "référence": "contract_reference",
    "postes minimum": "minimum_seats",
    "facturation": "billing",
    "licences cibles": "target_skus",
    "prix": "monthly",
    "prix mensuel": "monthly",
    "devise": "currency",
    "date": "as_of",
    "nature": "kind",
    "référence sku": "sku",
}
_YES = {"yes", "true", "1", "x", "oui", "vrai"}
_NO = {"", "no", "false", "0", "non", "faux"}
_LARGEST = 10**9  # no price, seat count or minute is larger
RULE_UNITS = ("file", "each", "line", "form", "procedure", "call", "application")
BILLINGS = ("annual", "annual_monthly", "monthly")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line by column, stripped; each reader raises :class:`TableError` with this place."""

    file: str
    line: int
    cells: Mapping[str, str]

    def error(self, code: str, column: str, **params: str) -> TableError:
        return TableError(code, self.file, self.line, column, **params)

    def text(self, column: str, default: str = "") -> str:
        return self.cells.get(column, "") or default

    def required(self, column: str) -> str:
        if not (value := self.text(column)):
            raise self.error("MISSING_VALUE", column)
        return value

    def day(self, column: str) -> date | None:
        if not (value := self.text(column)):
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as cause:
            raise self.error("BAD_DATE", column, value=value) from cause

    def required_date(self, column: str) -> date:
        self.required(column)
        day = self.day(column)
        assert day is not None
        return day

    def number(self, column: str) -> Decimal:
        """A number of zero or more; spaces group digits, a comma is a decimal point."""
        value = self.required(column)
        plain = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
        try:
            number = Decimal(plain)
        except InvalidOperation as cause:
            raise self.error("BAD_NUMBER", column, value=value) from cause
        if not number.is_finite() or not 0 <= number < _LARGEST:
            raise self.error("BAD_NUMBER", column, value=value)
        return number

    def whole(self, column: str, default: int) -> int:
        if not self.text(column):
            return default
        number = self.number(column)
        if number != int(number):
            raise self.error("BAD_NUMBER", column, value=self.text(column))
        return int(number)

    def choice(self, column: str, choices: Iterable[str], default: str) -> str:
        value = self.text(column, default).lower()
        if value not in choices:
            raise self.error("BAD_CHOICE", column, value=value, choices=", ".join(choices))
        return value

    def listed(self, column: str, choices: Collection[str]) -> list[str]:
        """Words of a cell, separated by ``|``, each one of the choices."""
        found = [word.strip().lower() for word in self.text(column).split("|") if word.strip()]
        for word in found:
            if word not in choices:
                raise self.error("BAD_CHOICE", column, value=word, choices=", ".join(choices))
        return found

    def flag(self, column: str) -> bool:
        value = self.text(column).lower()
        if value not in _YES | _NO:
            raise self.error("BAD_CHOICE", column, value=value, choices="yes, no")
        return value in _YES


def decoded(data: bytes, file: str) -> str:
    """The text of a CSV file, with or without a byte order mark. Raises TableError NOT_TEXT."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise TableError("NOT_TEXT", file, 1 + data[: cause.start].count(b"\n")) from cause


def read_rows(text: str, file: str, required: Iterable[str]) -> Iterator[Row]:
    """The rows of a table; blank lines and lines beginning with ``#`` are passed over."""
    # a comment becomes an empty line, so that line numbers stay those of the file
    lines = ["\n" if line.startswith("#") else line for line in text.splitlines(keepends=True)]
    heading = next((line for line in lines if line.strip()), "")
    if not heading:
        raise TableError("NO_HEADINGS", file)
    reader = csv.reader(lines, delimiter=max(",;\t", key=heading.count))
    columns: list[str] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [_column(cell, required) for cell in cells]
            for column in required:
                if column not in columns:
                    raise TableError("MISSING_COLUMN", file, reader.line_num, column)
            continue
        row = Row(file, reader.line_num, dict(zip(columns, map(str.strip, cells), strict=False)))
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise row.error("TOO_MANY_CELLS", columns[-1])
        yield row


def _column(heading: str, required: Iterable[str]) -> str:
    name = heading.strip().lower()
    if name in required:
        return name
    return HEADINGS.get(name, HEADINGS.get(name.replace("_", " "), name.replace(" ", "_")))


def read_users(text: str, file: str, products: Mapping[str, Product]) -> tuple[User, ...]:
    """Columns user, department, skus; the others of :class:`User` are optional."""
    users: dict[str, User] = {}
    for row in read_rows(text, file, ("user", "department", "skus")):
        name = row.required("user")
        if name.lower() in users:
            raise row.error("DUPLICATE_ROW", "user", value=name)
        users[name.lower()] = User(
            name,
            row.required("department"),
            read_skus(row.text("skus"), products),
            row.day("last_active"),
            row.flag("shared_device"),
            row.text("keep_office_reason"),
            row.day("keep_office_until"),
            row.text("keep_office_owner"),
            row.number("mailbox_gb") if row.text("mailbox_gb") else None,
        )
    return tuple(users.values())


def read_skus(cell: str, products: Mapping[str, Product]) -> tuple[str, ...]:
    """Part numbers of a cell: separated by ``+ | ,`` or ``;``. Product names become their part numbers.

    ``Enterprise Mobility + Security E3`` has a plus sign in its name, hence a spaced plus only splits what is no
    known product. What nobody knows stays as written.
    """
    by_name = {product.name.lower(): sku for sku, product in products.items()}
    by_name |= {sku.lower(): sku for sku in products}
    found: list[str] = []
    for piece in re.split(r"[|,;]|(?<! )\+|\+(?! )", cell):
        name = " ".join(piece.split())
        parts = [name] if name.lower() in by_name else name.split(" + ")
        found.extend(by_name.get(part.lower(), part) for part in parts if part)
    return tuple(dict.fromkeys(found))


def read_departments(
    text: str, file: str, products: Mapping[str, Product], services: Collection[str] = ()
) -> tuple[Department, ...]:
    """Columns department, paths, renewal; the others of :class:`Department` are optional."""
    departments: dict[str, Department] = {}
    claimed: set[str] = set()
    for row in read_rows(text, file, ("department", "paths", "renewal")):
        target = row.text("target_skus")
        department = Department(
            row.required("department"),
            tuple(filter(None, (path.strip().strip("/") for path in row.text("paths").split("|")))),
            row.day("renewal"),
            row.whole("term_months", 12) or 12,
            row.day("migration"),
            row.text("contract_reference"),
            row.whole("minimum_seats", 0),
            row.choice("billing", BILLINGS, "annual"),
            read_target_skus(target, products) if target else None,
            tuple(row.listed("gives_up", services)),
            row.text("contract"),
        )
        if department.id in departments:
            raise row.error("DUPLICATE_ROW", "department", value=department.name)
        for path in department.paths:
            if path in claimed:
                raise row.error("SAME_PATH", "paths", value=path)
            claimed.add(path)
        departments[department.id] = department
    return tuple(departments.values())


def read_target_skus(cell: str, products: Mapping[str, Product]) -> tuple[str, ...]:
    return () if cell.lower() in ("none", "-", "aucune") else read_skus(cell, products)


def read_prices(text: str, file: str) -> tuple[Price, ...]:
    """Columns sku, monthly, currency, as_of, source; optional kind (list or contract) and contract, its name."""
    prices: dict[tuple[str, str, str], Price] = {}
    for row in read_rows(text, file, ("sku", "monthly", "currency", "as_of", "source")):
        cents = row.number("monthly") * 100
        if cents != int(cents):
            raise row.error("BAD_NUMBER", "monthly", value=row.text("monthly"))
        price = Price(
            row.required("sku"),
            int(cents),
            row.required("currency").upper(),
            row.required_date("as_of"),
            row.choice("kind", ("list", "contract"), "contract" if row.text("contract") else "list"),
            row.required("source"),
            row.text("contract"),
        )
        key = (price.sku, price.currency, slug(price.contract))
        if key in prices:
            raise row.error("DUPLICATE_ROW", "sku", value=price.sku)
        prices[key] = price
    return tuple(prices.values())


def read_rules(text: str, file: str) -> dict[str, EffortRule]:
    found = {}
    for row in read_rows(text, file, ("code", "unit", "low", "likely", "high", "who", "as_of", "source")):
        found[row.required("code")] = EffortRule(
            row.required("code"),
            row.choice("unit", RULE_UNITS, ""),
            *_range(row),
            row.choice("who", ("owner", "helpdesk", "developer"), ""),
            row.required_date("as_of"),
            row.required("source"),
        )
    return found


def read_assumptions(text: str, file: str) -> dict[str, Assumption]:
    found = {}
    for row in read_rows(text, file, ("code", "low", "likely", "high", "unit", "as_of", "source")):
        unit = row.choice("unit", ("money", "minutes", "months", "days", "factor"), "")
        found[row.required("code")] = Assumption(
            row.required("code"),
            *_range(row),
            unit,
            row.required("currency").upper() if unit == "money" else "",
            row.required_date("as_of"),
            row.required("source"),
        )
    return found


def _range(row: Row) -> tuple[Decimal, Decimal, Decimal]:
    low, likely, high = (row.number(column) for column in ("low", "likely", "high"))
    if not low <= likely <= high:
        raise row.error("BAD_RANGE", "likely")
    return low, likely, high
