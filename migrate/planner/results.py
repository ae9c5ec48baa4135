"""What converting has done so far, counted: verdicts, losses by kind, errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from converters.outcome import Outcome, Verdict


def count_results(outcomes: Iterable[Outcome]) -> dict[str, Any] | None:
    """Counts for the plan's ``results``; None where nothing was converted.

    A loss counts the files that have it and how often it stands in them; ``params`` are those of
    the first that was found. The worst severity comes first.
    """
    verdicts: Counter[str] = Counter()
    engines: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    files: Counter[str] = Counter()
    times: Counter[str] = Counter()
    severities = {}
    params: dict[str, dict[str, Any]] = {}
    error_params: dict[str, dict[str, Any]] = {}
    for outcome in outcomes:
        verdicts[outcome.verdict.value] += 1
        if outcome.engine:
            engines[outcome.engine.value] += 1
        if outcome.error:
            errors[outcome.error] += 1
            error_params.setdefault(outcome.error, dict(outcome.error_params))
        for code in {loss.code for loss in outcome.losses}:
            files[code] += 1
        for loss in outcome.losses:
            times[loss.code] += loss.count
            severities[loss.code] = loss.severity
            params.setdefault(loss.code, dict(loss.params))
    if not verdicts:
        return None
    return {
        "files": verdicts.total(),
        "verdicts": {verdict.value: verdicts[verdict.value] for verdict in Verdict},
        "engines": dict(sorted(engines.items())),
        "errors": [
            {"code": code, "params": error_params[code], "files": count}
            for code, count in sorted(errors.items(), key=lambda pair: (-pair[1], pair[0]))
        ],
        "losses": [
            {
                "code": code,
                "severity": severities[code].identifier,
                "params": params[code],
                "files": files[code],
                "count": times[code],
            }
            for code in sorted(files, key=lambda code: (-severities[code], -files[code], code))
        ],
    }
