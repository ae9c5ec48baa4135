"""The plan that managers see: read once, and again when its file changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrate.plan_files import PlanFileError, read_plan
from migrate.planner.trace import figures_by_id
from migrate.reports.html import report_values
from migrate.reports.words import Words

_Stamp = tuple[int, int]  # nanoseconds of the last change, bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """``figures`` by id; ``parents``: figure -> those that it is a part of."""

    model: Mapping[str, Any]
    figures: Mapping[str, Mapping[str, Any]]
    parents: Mapping[str, list[str]]

    @classmethod
    def of(cls, model: Mapping[str, Any]) -> Plan:
        figures = figures_by_id(model)
        parents: dict[str, list[str]] = {}
        for id, record in figures.items():
            for part in record["sum_of"]:
                parents.setdefault(part, []).append(id)
        return cls(model, figures, parents)


class Plans:
    """The plan of a file and what its pages show, by language and region."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._plan: Plan | None = None
        self._values: dict[str, dict[str, Any]] = {}

    def current(self) -> Plan:
        """Raises PlanFileError where there is none, or where the file is something else."""
        with self._lock:
            try:
                state = self.path.stat()
            except OSError as error:
                raise PlanFileError(
                    "no_file", path=str(self.path), detail=error.strerror or str(error)
                ) from error
            stamp = (state.st_mtime_ns, state.st_size)
            if self._plan is None or stamp != self._stamp:
                self._plan, self._values = Plan.of(read_plan(self.path)), {}
                self._stamp = stamp
            return self._plan

    def values(self, plan: Plan, words: Words) -> Mapping[str, Any]:
        """What the parts of a report ask for, in the plan's currency."""
        with self._lock:
            if plan is not self._plan:
                return report_values(plan.model, words)
            if words.region not in self._values:
                self._values[words.region] = report_values(plan.model, words)
            return self._values[words.region]
