"""Where a figure comes from, as lines of text in French or English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from migrate import locale
from migrate.planner.amounts import Amount
from migrate.planner.explanation import KINDS, Explanation, Row, kind_of_figure
from migrate.planner.inputs import slug
from migrate.reports.names import rule_name
from migrate.reports.words import Words

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHOWN_PARTS = ("low", "likely", "high", "as_of", "source", "id", "code", "sku", "name")


# the next part of an id -> the sentences of the report that name it
_NAMED = {"files": "readiness", "effort": "who"}


def explanation_lines(
    found: Explanation, plan: Mapping[str, Any], words: Words, depth: int, files: Mapping[str, list[str]]
) -> Iterator[str]:
    """The figure, the figures that it is made of down to ``depth``, and every row behind it.

    ``files`` are the known paths of files by the row's id; others show their hash.
    """
    yield found.figure["id"]
    yield f"  {figure_name(found.figure['id'], plan, words)}"
    yield f"  {figure_value(found.figure, words)}"
    parts = [node for node in found.nodes[1:] if node.figure and not node.again]
    shown = [node for node in parts if node.depth <= depth]
    if shown:
        yield ""
        yield _t(words, "made_of")
        for node in shown:
            assert node.figure is not None
            indent = "  " * node.depth
            yield f"{indent}{figure_value(node.figure, words)}  {node.id}"
        if len(parts) > len(shown):
            yield "  " + _t(words, "deeper", count=len(parts) - len(shown))
    for kind in KINDS:
        rows = [row for row in found.rows if row.kind == kind]
        if rows:
            yield ""
            yield _t(words, f"rows.{kind}")
            for row in rows:
                yield f"  {row_text(row, plan, words)}"
                yield from (f"      {path}" for path in files.get(row.id, ()))


def figure_name(id: str, plan: Mapping[str, Any], words: Words) -> str:
    """What the figure is, and of which department, year or product; the id's own words where nobody named it."""
    code = f"figure.{kind_of_figure(id)}"
    text = _t(words, code)
    names = id.split(".")
    more = []
    if names[0] == "departments":
        more.append(next((row["name"] for row in plan["departments"] if row["id"] == names[1]), names[1]))
    if "years" in names[:-1]:
        more.append(names[names.index("years") + 1])
    for key, name_of in _OWN_NAMES.items():
        if key in names[2:-2]:
            more.append(name_of(names[names.index(key, 2) + 1], plan, words))
    for key, sentences in _NAMED.items():
        if key in names[:-1] and words.t(named := f"{sentences}.{names[names.index(key) + 1]}") != named:
            more.append(words.t(named))
    return " · ".join((kind_of_figure(id) if text == code else text, *more))


def _products(name: str, plan: Mapping[str, Any], _words: Words) -> str:
    """The products that a part of an id names: ``a_b_to_c`` for some that become others."""
    known = {slug(row["sku"]): row["name"] for row in plan["inputs"]["prices"]}
    sides = [_product_list(side, known) for side in name.split("_to_")]
    return name if "" in sides else " → ".join(sides)


def _product_list(side: str, known: Mapping[str, str]) -> str:
    """The products whose ids a text joins with ``_``, the longest first; empty where it names something else."""
    found, rest = [], f"{side}_"
    while rest:
        id = max((id for id in known if rest.startswith(f"{id}_")), key=len, default="")
        if not id:
            return ""
        found.append(known[id])
        rest = rest[len(id) + 1 :]
    return " + ".join(found)


def _rule(name: str, plan: Mapping[str, Any], words: Words) -> str:
    code = next((row["code"] for row in plan["inputs"]["rules"] if row["code"].replace(".", "_") == name), "")
    return rule_name(code, words) if code else name


# the part of an id before a name -> how that is said
_OWN_NAMES = {"changes": _products, "clean_up": _products, "current": _products, "rules": _rule}


def row_name(row: Row, plan: Mapping[str, Any], words: Words) -> str:
    """What a row is, in words; its id where it has none."""
    code = row.id.partition(".")[2]
    if row.kind == "assumptions" and words.t(f"assumption.{code}") != f"assumption.{code}":
        return words.t(f"assumption.{code}")
    if row.kind == "rules":
        return rule_name(code, words)
    if row.kind == "users" and "." not in code:
        return next((one["name"] for one in plan["departments"] if one["id"] == code), row.id)
    return str(row.values.get("name") or row.id)


def short_name(id: str, plan: Mapping[str, Any], words: Words) -> str:
    """The figure's name for a table: without how it is made, which follows a colon."""
    name, *more = figure_name(id, plan, words).split(" · ")
    return " · ".join((re.split(r"\s?: ", name)[0], *more))


def figure_value(record: Mapping[str, Any], words: Words) -> str:
    amount = Amount(record["low"], record["likely"], record["high"])
    if record["unit"] == "cents":
        value, span = words.money(amount.likely), words.money_range(amount)
    elif record["unit"] == "minutes":
        value, span = words.hours(amount.likely), words.hours_range(amount)
    else:
        value, span = words.number(amount.likely), ""
    text = value if amount.is_exact or not span else f"{value} ({span})"
    if record["label"] != "count":
        text += f" · {words.t('label.' + record['label'])}"
    if record.get("since"):
        text += f" · {_t(words, 'since', day=words.short_day(date.fromisoformat(record['since'])))}"
    return text


def row_text(row: Row, plan: Mapping[str, Any], words: Words) -> str:
    """A row with its value, its date and its source, whatever its kind."""
    named = [str(row.values["name"])] if "name" in row.values else []
    return " · ".join((row.id, *named, *row_details(row, plan, words)))


def row_details(row: Row, plan: Mapping[str, Any], words: Words) -> list[str]:
    """What is said of a row besides its id and name."""
    values = row.values
    told = []
    if "monthly_cents" in values:
        told.append(_t(words, "monthly", money=words.money(values["monthly_cents"])))
    if "likely" in values:
        told.append(_range(values, plan, words))
    if "value" in values:
        told.append(_value(values["value"], words))
    if "day" in values:
        told += [words.short_day(date.fromisoformat(values["day"])), values["department"]]
    if "cents" in values:
        told.append(words.money(values["cents"]))
    if "days" in values:
        told.append(_t(words, "days", count=words.number(Decimal(values["days"]))))
    if "sku" in values and "monthly_cents" not in values:
        told.append(values["sku"])
    if "seats" in values:
        told.append(_t(words, "seats", count=words.number(values["seats"])))
    if "compares" in values:
        told.append(_compared(values["compares"], words))
    if values.get("renewal"):
        told.append(_t(words, "renewal", day=words.short_day(date.fromisoformat(values["renewal"]))))
    if "kind" in values and "monthly_cents" in values:
        told.append(words.t(f"price.{values['kind']}"))
    if values.get("as_of"):
        told.append(words.iso_day(values["as_of"]))
    if values.get("source"):
        told.append(
            "; ".join(
                words.t("source.own") if part == "own" else part for part in values["source"].split(" + ")
            )
        )
    return told


def _compared(rows: Sequence[str], words: Words) -> str:
    """How many rows of which tables a choice looks at; --json lists them."""
    counts = Counter(row.split(".")[0] for row in rows)
    return _t(
        words, "compares", tables=", ".join(f"{name} {words.number(count)}" for name, count in counts.items())
    )


def _range(values: Mapping[str, Any], plan: Mapping[str, Any], words: Words) -> str:
    ends = [words.number(Decimal(values[end])) for end in ("low", "likely", "high")]
    text = ends[0] if len(set(ends)) == 1 else " · ".join(ends)
    unit = values.get("unit", "")
    return f"{text} {words.t('unit.' + unit, currency=plan['currency'])}".rstrip() if unit else text


def _value(value: Any, words: Words) -> str:
    if value is None:
        return _t(words, "empty")
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return words.short_day(date.fromisoformat(value))
    if isinstance(value, list):
        return " + ".join(map(str, value)) or words.t("none")
    return words.number(value) if isinstance(value, int) else str(value)


def _t(words: Words, code: str, **params: Any) -> str:
    return locale.sentence(
        "explain", code, words.language, **{key: words.shown(value) for key, value in params.items()}
    )
