"""The planner's rows: prices, products, steps, effort rules and assumptions, each with its source and date."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def text(name: str) -> str:
    """A data file as text, for instance ``prices.csv``. Raises FileNotFoundError."""
    return resources.files(__name__).joinpath(name).read_text("utf-8")
