"""Trend lines and error bars of a series (ECMA-376 Part 1, 21.2.2.211, 21.2.2.55; ODF 1.3 Part 3, 11.12, 11.14)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.odf.properties import ChartProperties
from converters.odf.xmlwriter import Attributes
from converters.ooxml.namespaces import qn
from converters.units import number, read_int, read_on_off

# 21.2.3.51 -> chart:regression-type
_REGRESSIONS = {
    "linear": "linear", "log": "logarithmic", "exp": "exponential", "power": "power", "poly": "polynomial",
    "movingAvg": "moving-average",
}  # fmt: skip
# 21.2.3.18 -> chart:error-category
_CATEGORIES = {
    "fixedVal": "constant", "percentage": "percentage", "stdDev": "standard-deviation", "stdErr": "standard-error",
    "cust": "cell-range",
}  # fmt: skip
# answers the cells of c:plus or c:minus: their own, or those of a column in the chart's table
AddressOf = Callable[[etree._Element], str | None]


def _value(element: etree._Element, tag: str) -> str | None:
    found = element.find(qn(tag))
    return found.get("val") if found is not None else None


def _number(element: etree._Element, tag: str) -> str | None:
    try:
        return number(float(_value(element, tag) or ""), 12)
    except ValueError:
        return None


def read_regression(trend: etree._Element) -> ChartProperties:
    """The kind of a trend line and how far it goes."""
    intercept = _number(trend, "c:intercept")
    kind = _REGRESSIONS.get(_value(trend, "c:trendlineType") or "linear", "linear")
    return ChartProperties(
        regression_type=kind,
        regression_name=trend.findtext(qn("c:name")) or None,
        regression_max_degree=str(read_int(_value(trend, "c:order"), 2)) if kind == "polynomial" else None,
        regression_period=str(read_int(_value(trend, "c:period"), 2)) if kind == "moving-average" else None,
        regression_force_intercept="true" if intercept is not None else None,
        regression_intercept_value=intercept,
        regression_extrapolate_forward=_number(trend, "c:forward"),
        regression_extrapolate_backward=_number(trend, "c:backward"),
    )


def read_equation(trend: etree._Element) -> Attributes | None:
    """The attributes of ``chart:equation``; None where neither the equation nor its fit is shown."""
    equation, fit = (read_on_off(_value(trend, tag) or "0", False) for tag in ("c:dispEq", "c:dispRSqr"))
    if not equation and not fit:
        return None
    return {
        "chart:display-equation": "true" if equation else "false",
        "chart:display-r-square": "true" if fit else "false",
    }


def read_error_bars(bars: etree._Element, address_of: AddressOf) -> tuple[str, ChartProperties]:
    """(x or y, what the bars show)."""
    shown = _value(bars, "c:errBarType") or "both"
    category = _CATEGORIES.get(_value(bars, "c:errValType") or "fixedVal", "constant")
    amount = _number(bars, "c:val")
    plus, minus = (bars.find(qn(tag)) for tag in ("c:plus", "c:minus"))
    return _value(bars, "c:errDir") or "y", ChartProperties(
        error_category=category,
        error_percentage=amount if category == "percentage" else None,
        error_upper_limit=amount if category == "constant" else None,
        error_lower_limit=amount if category == "constant" else None,
        error_upper_indicator="true" if shown in ("both", "plus") else "false",
        error_lower_indicator="true" if shown in ("both", "minus") else "false",
        error_upper_range=address_of(plus) if category == "cell-range" and plus is not None else None,
        error_lower_range=address_of(minus) if category == "cell-range" and minus is not None else None,
    )
