"""The report's model as JSON: what a page shows, for programs. The language plays no part."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from migrate.reports.model import build_report
from migrate.reports.words import Words


def render(plan: Mapping[str, Any], _words: Words) -> str:
    model = dataclasses.asdict(build_report(plan))
    del model["plan"]
    return json.dumps(model, ensure_ascii=False, indent=1, default=_plain) + "\n"


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Fraction():
            return round(float(value), 4)
    raise TypeError(type(value).__name__)
