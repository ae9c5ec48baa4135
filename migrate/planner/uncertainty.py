"""What the plan's JSON form says about uncertainty, finance, WiBe and calibration, beside the figures themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from migrate.planner.calibration import Calibration
from migrate.planner.draws import Draws
from migrate.planner.drivers import Decision
from migrate.planner.finance import Finance
from migrate.planner.inputs import Component, Jurisdiction, PlanInputs, slug
from migrate.planner.months import first_day
from migrate.planner.wibe import Wibe


def uncertainty_json(
    inputs: PlanInputs,
    draws: Draws,
    finance: Finance,
    decision: Decision,
    wibe: Wibe,
    calibrations: Sequence[Calibration],
) -> dict[str, Any]:
    """The sections ``uncertainty``, ``finance``, ``wibe`` and ``calibration``."""
    return {
        "uncertainty": {
            "seed": draws.seed,
            "draws": draws.count,
            "factors": [{"factor": name, "rows": list(draws.rows_of(name))} for name in draws.factors],
            **decision.as_json(),
        },
        "finance": {
            "jurisdiction": _jurisdiction_json(inputs.jurisdiction) if inputs.jurisdiction else None,
            "years": [
                {
                    "year": year.year,
                    "from": first_day(year.begins).isoformat(),
                    "until": first_day(year.ends).isoformat(),
                }
                for year in finance.years
            ],
        },
        "wibe": wibe.as_json(),
        "calibration": [row.as_json() for row in calibrations],
    }


def inputs_json(inputs: PlanInputs, components: Sequence[Component]) -> dict[str, Any]:
    """The rows of costs and finance, beside prices, steps, assumptions and rules."""
    return {
        "applications": [
            {
                "id": row.id,
                "name": row.name,
                "departments": [slug(name) for name in row.departments],
                "coupling": row.coupling,
            }
            for row in inputs.applications
        ],
        "scores": [
            {
                "id": row.id,
                "part": row.part,
                "criterion": row.criterion,
                "weight": format(row.weight.normalize(), "f"),
                "score": None if row.score is None else format(row.score.normalize(), "f"),
                "reason": row.reason,
            }
            for row in inputs.scores
        ],
        "jurisdictions": [_jurisdiction_json(inputs.jurisdiction)] if inputs.jurisdiction else [],
        "components": [
            {
                "code": row.code,
                "total": row.total,
                "per": row.per,
                "rows": list(row.rows),
                "budget": row.budget,
                "funding": row.funding,
                "spending": row.spending,
            }
            for row in components
        ],
    }


def _jurisdiction_json(row: Jurisdiction) -> dict[str, Any]:
    return {
        "id": row.id,
        "code": row.code,
        "discount_rate": format(row.discount_rate.normalize(), "f"),
        "rate_kind": row.rate_kind,
        "fiscal_month": row.fiscal_month,
        "tax": None if row.tax is None else format(row.tax.normalize(), "f"),
        "as_of": row.as_of.isoformat(),
        "source": row.source,
    }
