"""What a plan is computed from, without names of people and with equal documents counted: enough to compute it again.

It stands in the plan under ``records``, so that a plan that was approved can be recomputed years later, with its own
prices or with today's. Users are groups with equal fields; documents are groups with the same rules, quantities and
holders, each with a few examples.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate.planner.access import Access
from migrate.planner.effort import EVIDENCE_KEPT, Content, Effort, Hit, Readiness
from migrate.planner.inputs import PlanInputs
from migrate.planner.organisation import Organisation
from migrate.planner.records import plain, restored

# field of a group of users -> field of an attestation
_ATTESTED = {"attested": "state", "attested_on": "attested_on"}

_FILE, _NAMED = "file:", "named"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan is computed from. ``access`` is None where there is no inventory."""

    inputs: PlanInputs
    effort: Effort
    organisation: Organisation
    access: Access | None = None


def freeze_basis(basis: Basis) -> dict[str, Any]:
    """The plain form of a basis; equal ones have equal forms."""
    return {
        **_freeze_inputs(basis.inputs, basis.effort),
        "organisation": plain(basis.organisation),
        "access": plain(basis.access),
    }


def without_names(model: Mapping[str, Any]) -> dict[str, Any]:
    """A plan's model as a database may keep it for good: computed alike, but no path and nobody's name is in it.

    Files become digests of their paths, roots become numbers; who answers for a seat becomes the fact that somebody
    does.
    """
    kept: dict[str, Any] = _without_paths(model)
    if coverage := kept.get("coverage"):
        coverage["sources"] = [str(number) for number in range(1, len(coverage["sources"]) + 1)]
    for row in kept["licences"]["residual"]:
        row["owner"] = _NAMED if row["owner"] else ""
    for group in kept["records"]["inputs"]["users"]:
        group["keep_office_owner"] = _NAMED if group["keep_office_owner"] else ""
    return kept


def _without_paths(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FILE):
        return _FILE + hashlib.sha256(value.encode()).hexdigest()
    if isinstance(value, dict):
        return {key: _without_paths(item) for key, item in value.items()}
    return [_without_paths(item) for item in value] if isinstance(value, list) else value


def thaw_basis(records: Mapping[str, Any]) -> Basis:
    """The inverse of :func:`freeze_basis`. Raises KeyError, TypeError or ValueError for records that are none."""
    inputs, effort = _thaw_inputs(records)
    access = restored(Access, records["access"]) if records["access"] else None
    return Basis(inputs, effort, restored(Organisation, records["organisation"]), access)


def _freeze_inputs(inputs: PlanInputs, effort: Effort) -> dict[str, Any]:
    """The plain form of inputs and effort; equal inputs have equal forms."""
    records = plain(inputs)
    attested = records.pop("attestations")
    records["users"] = _user_groups(records["users"], attested)
    found = {name: plain(getattr(effort, name)) for name in Effort.__dataclass_fields__ if name != "contents"}
    for name, value in found.items():
        found[name] = sorted(value, key=repr) if isinstance(value, list) else dict(sorted(value.items()))
    found["contents"] = _content_groups(effort)
    return {"inputs": records, "effort": found}


def _thaw_inputs(records: Mapping[str, Any]) -> tuple[PlanInputs, Effort]:
    """The inverse of ``_freeze_inputs``; users have numbers for names."""
    given, counted = dict(records["inputs"]), dict(records["effort"])
    groups, given["users"], given["attestations"] = given["users"], [], {}
    for number, group in enumerate(groups):
        for seat in range(group["seats"]):
            name = f"{number}.{seat}"
            given["users"].append({**group, "user": name})
            if state := group.get("attested"):
                attestation = {
                    "user": name,
                    "state": state,
                    "attested_by": "",
                    "attested_on": group["attested_on"],
                }
                given["attestations"][name] = attestation
    contents = counted.pop("contents")
    effort: Effort = restored(Effort, counted)
    for number, group in enumerate(contents):
        hits = tuple(Hit(rule, quantity) for rule, quantity in group["hits"])
        examples = group["examples"]
        times = [*([1] * len(examples)), group["contents"] - len(examples)]
        for index, count in enumerate(times):
            if count:
                evidence = examples[index] if index < len(examples) else ""
                copies = Counter(group["copies"])
                key = evidence or f"group:{number}"
                effort.contents[key] = Content(Readiness(group["readiness"]), hits, evidence, copies, count)
    return restored(PlanInputs, given), effort


def _user_groups(users: list[dict[str, Any]], attested: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Equal users counted; what was attested of a user is a field, and who attested it is not kept.

    In the order of the table: of equally good choices the optimiser takes the one for whom comes first.
    """
    groups: dict[str, dict[str, Any]] = {}
    for user in users:
        kept = {name: value for name, value in user.items() if name != "user"}
        if attestation := attested.get(user["user"].lower()):
            kept |= {name: attestation[field] for name, field in _ATTESTED.items()}
        group = groups.setdefault(repr(kept), {**kept, "seats": 0})
        group["seats"] += 1
    return list(groups.values())


def _content_groups(effort: Effort) -> list[dict[str, Any]]:
    groups: dict[tuple[Any, ...], dict[str, Any]] = {}
    for content in effort.contents.values():
        hits = [[hit.rule, hit.quantity] for hit in content.hits]
        copies = dict(sorted(content.copies.items()))
        key = (content.readiness.value, repr(hits), repr(copies))
        group = groups.setdefault(
            key,
            {"readiness": key[0], "hits": hits, "copies": copies, "contents": 0, "examples": []},
        )
        group["contents"] += content.times
        if content.evidence and len(group["examples"]) < EVIDENCE_KEPT:
            group["examples"].append(content.evidence)
    for group in groups.values():
        group["examples"].sort()
    return [groups[key] for key in sorted(groups)]
