"""The licences of a plan as JSON: contracts, changes, decisions, residual seats, and what nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from migrate.planner.inputs import Contract, PlanInputs
from migrate.planner.licences import Licences, choice_inputs
from migrate.planner.offers import Role
from migrate.planner.optimiser import Assignment, Solution
from migrate.planner.residual import residual_seats
from migrate.planner.services import Part


def product_name(inputs: PlanInputs, sku: str) -> str:
    """The name in our table of terms, else in Microsoft's table, else the part number as it is."""
    product = inputs.products.get(sku)
    known = inputs.catalogue.skus.get(sku)
    return product.name if product else known.name if known else sku


def licences_json(inputs: PlanInputs, licences: Licences) -> dict[str, Any]:
    solution = licences.solution
    return {
        "monthly_cents": {
            "today": solution.held_cents,
            "while_floors_last": solution.early_cents,
            "after": solution.monthly_cents,
            "bound": solution.bound_cents,
        },
        "choice_inputs": list(choice_inputs(inputs)),
        "changes": _changes(inputs, solution),
        "decisions": _decisions(inputs, licences),
        "contracts": [_contract_json(contract) for contract in inputs.contracts.values()],
        "residual": [
            {
                "department": row.department,
                "reason": row.reason,
                "owner": row.owner,
                "until": _iso(row.until),
                "expired": row.until is not None and row.until < inputs.as_of,
                "held_names": [product_name(inputs, sku) for sku in row.held],
                "names": [product_name(inputs, sku) for sku in row.skus],
                "held_cents": row.held_cents,
                "cents": row.cents,
                "seats": row.seats,
            }
            for row in residual_seats(solution.assignments)
        ],
        "attested": _attested(inputs),
        "unknown": _unknown(inputs),
    }


def _changes(inputs: PlanInputs, solution: Solution) -> list[dict[str, Any]]:
    """Which seats change to what, by department; users who keep Office among them where that is cheaper."""
    found: dict[tuple, dict[str, Any]] = {}
    for row in solution.assignments:
        if not row.changes or row.group.role is Role.UNUSED:
            continue
        lost = _gives_up_json(inputs, row.gives_up)
        key = (row.department, row.held, row.skus, row.held_cents - row.cents, str(lost))
        record = found.setdefault(
            key,
            {
                "department": row.department,
                "held": list(row.held),
                "held_names": [product_name(inputs, sku) for sku in row.held],
                "skus": list(row.skus),
                "names": [product_name(inputs, sku) for sku in row.skus],
                "monthly_cents": row.held_cents - row.cents,
                "seats": 0,
                "early_seats": 0,
                "gives_up": lost,
            },
        )
        record["seats"] += row.seats
        record["early_seats"] += row.early_seats
    return [found[key] for key in sorted(found)]


def _gives_up_json(inputs: PlanInputs, lost: Mapping[Part, tuple[int, int]]) -> list[dict[str, Any]]:
    services = inputs.catalogue.services

    def tier(service: str, level: int) -> str | None:
        return services[service].tiers[level - 1] if level else None

    return [
        {
            "service": service,
            "part": part,
            "from": tier(service, before),
            "to": tier(service, after),
            "decision": services[service].decision,
        }
        for (service, part), (before, after) in lost.items()
    ]


def _decisions(inputs: PlanInputs, licences: Licences) -> list[dict[str, Any]]:
    """Department by department, the services whose giving up would let cheaper licences do, and what that is worth."""
    worth: dict[str, int] = {department.id: 0 for department in inputs.departments}
    services: dict[str, set[str]] = {id: set() for id in worth}
    for row in licences.solution.assignments:
        worth[row.department] += row.cents * row.seats
        if row.changes:
            services[row.department] -= {service for service, _part in row.gives_up}
    for row in licences.with_decisions.assignments:
        worth[row.department] -= row.cents * row.seats
        if row.changes and row.group.role is not Role.UNUSED:
            services[row.department] |= _waiting(inputs, row)
    return [
        {"department": id, "services": sorted(services[id]), "yearly_cents": cents * 12}
        for id, cents in worth.items()
        if cents > 0
    ]


def _waiting(inputs: PlanInputs, row: Assignment) -> set[str]:
    given_up = set(row.group.department.gives_up)
    return {
        service
        for service, _part in row.gives_up
        if inputs.catalogue.services[service].decision and service not in given_up
    }


def _contract_json(contract: Contract) -> dict[str, Any]:
    return {
        "id": f"contracts.{contract.id}",
        "name": contract.name,
        "renewal": _iso(contract.renewal),
        "term_months": contract.term_months,
        "reductions": contract.reductions,
        "notice_days": contract.notice_days,
        "billing": contract.billing,
        "floors": dict(contract.floors),
        "minimum_seats": contract.minimum_seats,
        "floor_until": _iso(contract.floor_until),
        "contract_reference": contract.reference,
    }


def _attested(inputs: PlanInputs) -> dict[str, int]:
    states: dict[str, int] = {}
    for attestation in inputs.attestations.values():
        states[attestation.state] = states.get(attestation.state, 0) + 1
    return dict(sorted(states.items()))


def _unknown(inputs: PlanInputs) -> list[dict[str, Any]]:
    """Held SKUs that Microsoft's table does not have, and plans of held ones that no service is known for."""
    held = sorted({sku for user in inputs.users for sku in user.skus})
    return [
        {
            "sku": sku,
            "in_table": sku in inputs.catalogue.skus,
            "plans": list(inputs.catalogue.unknown_plans(sku)),
        }
        for sku in held
        if sku not in inputs.catalogue.skus or inputs.catalogue.unknown_plans(sku)
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
