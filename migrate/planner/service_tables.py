"""The tables of services, service plans and SKUs as records; Microsoft's own CSV is read by its own headings."""

from __future__ import annotations

from collections.abc import Mapping

from migrate.planner.services import Catalogue, PlanTier, Service, Sku
from migrate.planner.tables import Row, read_rows

# the headings of Microsoft's "Product names and service plan identifiers for licensing"
MICROSOFT_HEADINGS = ("product_display_name", "string_id", "guid", "service_plan_name")


def read_services(text: str, file: str) -> dict[str, Service]:
    """Columns code, tiers (ascending, separated by ``|``), as_of, source; usual_tier may be empty."""
    found: dict[str, Service] = {}
    for row in read_rows(text, file, ("code", "tiers", "usual_tier", "decision", "as_of", "source")):
        tiers = tuple(row.required("tiers").split("|"))
        usual = row.choice("usual_tier", ("", *tiers), "")
        code = row.required("code")
        found[code] = Service(
            code, tiers, usual, row.flag("decision"), row.required_date("as_of"), row.required("source")
        )
    return found


def read_plan_tiers(text: str, file: str, services: Mapping[str, Service]) -> dict[str, tuple[PlanTier, ...]]:
    """Columns plan, service, part, tier, as_of, source; a plan may serve several services."""
    found: dict[str, tuple[PlanTier, ...]] = {}
    for row in read_rows(text, file, ("plan", "service", "part", "tier", "as_of", "source")):
        service = services[row.choice("service", services, "")]
        tier = row.choice("tier", service.tiers, "")
        plan = row.required("plan")
        found[plan] = (
            *found.get(plan, ()),
            PlanTier(
                plan,
                service.code,
                row.text("part"),
                service.level(tier),
                row.required_date("as_of"),
                row.required("source"),
            ),
        )
    return found


def read_skus(text: str, file: str) -> dict[str, Sku]:
    """SKUs by part number, from our compact table or from Microsoft's CSV, one row per service plan there.

    Where two products share a part number the plans of both count: what both are is not known.
    """
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.startswith("#")), ""
    ).lower()
    if all(heading in first for heading in MICROSOFT_HEADINGS):
        rows = (
            (row, row.required("string_id"), row.text("product_display_name"), row.text("service_plan_name"))
            for row in read_rows(text, file, MICROSOFT_HEADINGS)
        )
    else:
        rows = (
            (row, row.required("sku"), row.text("name"), row.text("plans"))
            for row in read_rows(text, file, ("sku", "guid", "name", "plans"))
        )
    found: dict[str, Sku] = {}
    for row, sku, name, plans in rows:
        _add(found, row, _plain(sku), _plain(name), tuple(_plain(plan) for plan in plans.split("|") if plan))
    return found


def _add(found: dict[str, Sku], row: Row, sku: str, name: str, plans: tuple[str, ...]) -> None:
    known = found.get(sku, Sku(sku, row.text("guid").lower(), name, ()))
    found[sku] = Sku(sku, known.guid, known.name, tuple(dict.fromkeys((*known.plans, *plans))))


def _plain(cell: str) -> str:
    """A name with single plain spaces: Microsoft's table has no-break spaces inside some part numbers."""
    return " ".join(cell.split())


def read_catalogue(services: str, plans: str, skus: str, names: tuple[str, str, str]) -> Catalogue:
    by_code = read_services(services, names[0])
    return Catalogue(by_code, read_plan_tiers(plans, names[1], by_code), read_skus(skus, names[2]))
