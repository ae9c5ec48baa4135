"""The language of what people read: French or English, with or without a region."""

from __future__ import annotations

from typing import Any

import click

from migrate.reports.words import Words


class ReportLanguage(click.ParamType):
    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            Words.of(value, "EUR")
        except ValueError:
            self.fail(f"{value!r} is not fr, en or a region of them such as fr_CA", param, ctx)
        return value
