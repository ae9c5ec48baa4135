"""Terms of sale as records: products and who may hold them, contracts with their floors, attestations of unused seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from migrate.planner.inputs import Attestation, Contract, Product, User
from migrate.planner.tables import BILLINGS, Row, read_rows, read_skus

REDUCTIONS = ("renewal", "anniversary")
# what an attestation may say; only the first lets a seat go
STATES = ("unused", "in_use", "service_account", "shared_mailbox", "leave")


def read_contracts(text: str, file: str, products: Mapping[str, Product]) -> dict[str, Contract]:
    """Columns contract, renewal; the others of :class:`Contract` are optional. ``floors`` is ``SKU=seats|SKU=seats``."""
    found: dict[str, Contract] = {}
    for row in read_rows(text, file, ("contract", "renewal")):
        contract = Contract(
            row.required("contract"),
            row.required_date("renewal"),
            row.whole("term_months", 12) or 12,
            row.choice("reductions", REDUCTIONS, "renewal"),
            row.whole("notice_days", 0),
            row.choice("billing", BILLINGS, "annual"),
            _floors(row, products),
            row.whole("minimum_seats", 0),
            row.day("floor_until"),
            row.text("contract_reference"),
        )
        if contract.id in found:
            raise row.error("DUPLICATE_ROW", "contract", value=contract.name)
        found[contract.id] = contract
    return found


def _floors(row: Row, products: Mapping[str, Product]) -> dict[str, int]:
    floors: dict[str, int] = {}
    for piece in filter(None, (piece.strip() for piece in row.text("floors").split("|"))):
        name, _equals, seats = piece.rpartition("=")
        skus = read_skus(name, products)
        if len(skus) != 1 or not seats.strip().isdigit():
            raise row.error("BAD_NUMBER", "floors", value=piece)
        floors[skus[0]] = int(seats)
    return floors


def read_attestations(text: str, file: str, users: Iterable[User]) -> dict[str, Attestation]:
    """Columns user, state, attested_by, attested_on; a user who is not in the table of users is an error."""
    known = {user.user.lower() for user in users}
    found: dict[str, Attestation] = {}
    for row in read_rows(text, file, ("user", "state", "attested_by", "attested_on")):
        name = row.required("user")
        if name.lower() not in known:
            raise row.error("UNKNOWN_USER", "user", value=name)
        if name.lower() in found:
            raise row.error("DUPLICATE_ROW", "user", value=name)
        found[name.lower()] = Attestation(
            name,
            row.choice("state", STATES, ""),
            row.required("attested_by"),
            row.required_date("attested_on"),
        )
    return found


def read_products(text: str, file: str) -> dict[str, Product]:
    found = {}
    for row in read_rows(text, file, ("sku", "name", "eligibility", "as_of", "source")):
        found[row.required("sku")] = Product(
            row.required("sku"),
            row.required("name"),
            row.choice("eligibility", ("anyone", "shared_device", "holders"), "anyone"),
            row.whole("seat_cap", 0) or None,
            row.flag("suite"),
            tuple(filter(None, row.text("requires").split("|"))),
            tuple(filter(None, row.text("only").split("|"))),
            row.choice("region", ("", "eea", "other"), ""),
            row.required_date("as_of"),
            row.required("source"),
        )
    return found
