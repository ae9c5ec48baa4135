"""Numbers, money, dates and sentences for people, in one language, by CLDR's rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from migrate import locale
from migrate.planner.amounts import Amount

# language -> the region whose rules count where none is named
DEFAULT_REGIONS = {"en": "en_GB", "fr": "fr_FR"}
# currency -> the country whose forms count then
_COUNTRIES = {"CAD": "CA"}


@dataclass(frozen=True, slots=True)
class Words:
    """``language`` chooses the sentences, ``region`` (``fr_CA``) the forms of numbers, money and dates."""

    language: str
    region: str
    currency: str

    @classmethod
    def of(cls, language: str, currency: str) -> Words:
        """From ``fr``, ``en``, ``fr_CA``, ``en-CA`` ... Raises ValueError for anything else."""
        name = language.replace("-", "_")
        base = name.split("_")[0].lower()
        if base not in locale.LANGUAGES:
            raise ValueError(language)
        country = _COUNTRIES.get(currency)
        usual = f"{base}_{country}" if country else DEFAULT_REGIONS[base]
        region = name if "_" in name else usual
        try:
            return cls(base, str(Locale.parse(region)), currency)
        except UnknownLocaleError as error:
            raise ValueError(language) from error

    def t(self, code: str, **params: Any) -> str:
        """A sentence of the report with its parameters in the form that their type asks for."""
        return locale.sentence(
            "report", code, self.language, **{key: self.shown(v) for key, v in params.items()}
        )

    def term(self, table: str, code: str, params: Mapping[str, Any] | None = None) -> str:
        """A sentence of another table: losses, errors, features, verdicts. It begins with a capital letter."""
        text = locale.sentence(table, code, self.language, **(params or {}))
        return text[:1].upper() + text[1:]

    def shown(self, value: Any) -> str:
        match value:
            case date():
                return self.day(value)
            case Fraction():
                return self.decimal(value, 1)
            case bool() | str():
                return str(value)
            case int() | Decimal():
                return self.number(value)
        return str(value)

    def money(self, cents: int) -> str:
        """To the cent."""
        return _with_minus(format_currency(Decimal(cents) / 100, self.currency, locale=self.region))

    def round_money(self, cents: int) -> str:
        """To the unit, for headlines and charts."""
        units, pattern = Decimal(cents) / 100, self._whole_pattern()
        return _with_minus(
            format_currency(units, self.currency, pattern, locale=self.region, currency_digits=False)
        )

    def _whole_pattern(self) -> str:
        pattern = Locale.parse(self.region).currency_formats["standard"].pattern
        return pattern.replace(".00", "")

    def money_range(self, amount: Amount) -> str:
        if amount.is_exact:
            return self.money(amount.likely)
        return self.t("range", low=self.money(amount.low), high=self.money(amount.high))

    def round_range(self, amount: Amount) -> str:
        if amount.is_exact:
            return self.round_money(amount.likely)
        return self.t("range", low=self.round_money(amount.low), high=self.round_money(amount.high))

    def number(self, value: int | Decimal) -> str:
        return format_decimal(value, locale=self.region)

    def decimal(self, value: Fraction | Decimal, digits: int) -> str:
        exact = (
            Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
        )
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(exact, pattern, locale=self.region)

    def hours(self, minutes: int) -> str:
        """Below an hour in minutes, else in hours with one decimal."""
        if minutes < 60:
            return self.t("minutes", minutes=minutes)
        return self.t("hours", hours=self.decimal(Fraction(minutes, 60), 1))

    def signed_hours(self, minutes: int) -> str:
        """A difference: as :meth:`hours`, with a minus sign below zero."""
        return f"\u2212{self.hours(-minutes)}" if minutes < 0 else self.hours(minutes)

    def hours_range(self, amount: Amount) -> str:
        if amount.is_exact:
            return self.hours(amount.likely)
        return self.t("range", low=self.hours(amount.low), high=self.hours(amount.high))

    def percent(self, share: Fraction) -> str:
        return format_percent(Decimal(share.numerator) / Decimal(share.denominator), locale=self.region)

    def chance(self, share: Fraction) -> str:
        """A share of draws; one that is neither none nor all of them is not rounded to it."""
        for limit, sign in ((Fraction(1, 100), "<"), (Fraction(99, 100), ">")):
            if 0 < share < 1 and (share < limit if sign == "<" else share > limit):
                return f"{sign}\u00a0{self.percent(limit)}"
        return self.percent(share)

    def percent_tenths(self, share: Fraction) -> str:
        """With one decimal, for small rates."""
        exact = Decimal(share.numerator) / Decimal(share.denominator)
        return format_percent(exact, "#,##0.0" + self._percent_sign(), locale=self.region)

    def _percent_sign(self) -> str:
        return Locale.parse(self.region).percent_formats[None].pattern.lstrip("#,0")

    def day(self, value: date) -> str:
        return self._first(format_date(value, "long", locale=self.region))

    def short_day(self, value: date) -> str:
        return self._first(format_date(value, "medium", locale=self.region))

    def _first(self, day: str) -> str:
        """In French the first of a month is ``1er``, which CLDR's forms leave out."""
        return re.sub(r"^1(?=\s)", "1er", day) if self.language == "fr" else day

    def month(self, value: date) -> str:
        return format_date(value, "MMMM y", locale=self.region)

    def iso_day(self, text: str) -> str:
        """A date or time in ISO 8601 as a day; empty where there is none."""
        return self.short_day(datetime.fromisoformat(text).date()) if text else ""


def _with_minus(amount: str) -> str:
    """A minus sign instead of a hyphen, at which a line may break."""
    return amount.replace("-", "\u2212")
