"""What a batch answers: a row per file, and the counts that the rows add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from converters.losses import Severity
from converters.outcome import EXIT_INTERRUPTED, EXIT_USAGE, Outcome, Verdict, exit_code
from converters.rendered_pages import RenderedPages
from migrate.batch.decide import Action
from migrate.batch.plan import Left


@dataclass(frozen=True, slots=True)
class Row:
    """A file that has, or would get, a target. ``outcome`` is missing in a dry run and while another run is at it."""

    source: str
    target: str
    action: Action
    outcome: Outcome | None = None

    def as_json(self) -> dict[str, Any]:
        outcome = self.outcome.as_json() if self.outcome else None
        return {"source": self.source, "target": self.target, "action": self.action.value, "outcome": outcome}


@dataclass(frozen=True, slots=True)
class BatchResult:
    """``interrupted``: the run was stopped; what is not in ``rows`` is still to do."""

    rows: tuple[Row, ...]
    left: tuple[Left, ...] = ()
    interrupted: bool = False
    dry_run: bool = False

    @property
    def outcomes(self) -> list[Outcome]:
        return [row.outcome for row in self.rows if row.outcome is not None]

    @property
    def worst(self) -> Severity | None:
        return max((outcome.severity for outcome in self.outcomes if outcome.severity), default=None)

    def exit_code(self, fail_on: Severity) -> int:
        """As for every command; a run that had no file to give a verdict to is a wrong call, never a success."""
        if self.interrupted:
            return EXIT_INTERRUPTED
        return exit_code(self.outcomes, fail_on) if self.rows else EXIT_USAGE

    def by_verdict(self) -> Mapping[Verdict, int]:
        counts = Counter(outcome.verdict for outcome in self.outcomes)
        return {verdict: counts[verdict] for verdict in Verdict if counts[verdict]}

    def by_action(self) -> Mapping[Action, int]:
        counts = Counter(row.action for row in self.rows)
        return {action: counts[action] for action in Action if counts[action]}

    @property
    def rendered(self) -> list[RenderedPages]:
        """The comparisons of drawn pages, those that came to nothing too."""
        return [outcome.rendered for outcome in self.outcomes if outcome.rendered is not None]

    def by_reason(self) -> Mapping[str, int]:
        return dict(Counter(left.reason for left in self.left).most_common())

    def as_json(self, fail_on: Severity) -> dict[str, Any]:
        return {
            "summary": {
                "files": len(self.rows) + len(self.left),
                "worst_severity": self.worst.identifier if self.worst else None,
                "verdicts": {verdict.value: count for verdict, count in self.by_verdict().items()},
                "actions": {action.value: count for action, count in self.by_action().items()},
                "not_converted": dict(self.by_reason()),
                "rendering": _rendering(self.rendered),
                "interrupted": self.interrupted,
                "dry_run": self.dry_run,
                "exit_code": self.exit_code(fail_on),
            },
            "files": [row.as_json() for row in self.rows],
            "not_converted": [
                {
                    "path": str(left.path),
                    "reason": left.reason,
                    "kind": left.kind,
                    "params": dict(left.params),
                }
                for left in self.left
            ],
        }


def _rendering(rendered: list[RenderedPages]) -> dict[str, Any] | None:
    """The figures of all comparisons of drawn pages; None where there is none."""
    if not rendered:
        return None
    compared = [item for item in rendered if item.compared]
    likeness = [item.likeness for item in compared]
    return {
        "files": len(rendered),
        "compared": len(compared),
        "do_not_open": sum(item.opens is False for item in rendered),
        "pages": sum(len(item.pages) for item in compared),
        "pages_alike": sum(item.alike for item in compared),
        "likeness_mean": round(sum(likeness) / len(likeness), 4) if likeness else None,
        "likeness_least": round(min(likeness), 4) if likeness else None,
    }


def need_a_person(rows: Iterable[Row]) -> list[Row]:
    """Rows that somebody must look at, the worst first."""
    order = (Verdict.FAILED, Verdict.REFUSED, Verdict.NEEDS_A_PERSON)
    found = [
        (order.index(row.outcome.verdict), -(row.outcome.severity or 0), row.source, row)
        for row in rows
        if row.outcome is not None and row.outcome.verdict in order
    ]
    return [row for *_key, row in sorted(found, key=lambda entry: entry[:3])]
