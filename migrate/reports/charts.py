"""Charts as inline SVG: drawn by pygal, stripped of scripts, styles and ids, so that the page alone styles them.

Colours are those of Okabe and Ito, which people with colour vision deficiencies tell apart; textures tell series apart in
black and white; the page shows every chart's numbers in a table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import cycle
from typing import Any

import pygal
from lxml import etree
from pygal.style import Style

from migrate.reports.textures import add_textures

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999")
_SVG = "{http://www.w3.org/2000/svg}"
_REMOVED = ("script", "style", "desc", "title")


def bars(
    title: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    shown: Callable[[float], str],
    horizontal: bool = False,
    stacked: bool = False,
    values_on_bars: bool = True,
    width: int = 640,
    height: int = 240,
) -> str:
    """An SVG element with bars; ``title`` is read aloud, ``shown`` formats the values on the bars."""
    kinds: dict[tuple[bool, bool], Any] = {
        (False, False): pygal.Bar,
        (False, True): pygal.StackedBar,
        (True, False): pygal.HorizontalBar,
        (True, True): pygal.HorizontalStackedBar,
    }
    chart = kinds[horizontal, stacked](
        js=[],
        style=Style(
            colors=PALETTE,
            value_font_size=11,
            label_font_size=12,
            major_label_font_size=12,
            legend_font_size=12,
        ),
        width=width,
        height=height,
        margin=6,
        spacing=6,
        no_prefix=True,
        disable_xml_declaration=True,
        print_values=values_on_bars,
        print_values_position="center" if stacked else "top",
        print_zeroes=False,
        show_legend=len(series) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=min(len(series), 2),
        legend_box_size=11,
        truncate_legend=-1,
        truncate_label=32,
        value_formatter=shown,
        zero=0,
    )
    if not stacked:
        chart.y_labels = _scale(max((value for values in series.values() for value in values), default=0))
    chart.x_labels = list(labels)
    for name, values in series.items():
        chart.add(name, list(values))
    return _plain(chart.render(is_unicode=True), title)


def tornado(
    title: str,
    rows: Sequence[tuple[str, int, int]],
    centre: int,
    shown: Callable[[int], str],
    width: int = 640,
    label: int = 180,
) -> str:
    """An SVG element with a bar per row from its low to its high value, the longest first, around ``centre``.

    A row is its label and its two values; the line of the centre runs through all of them. ``label`` is the room for
    labels, in the units of ``width``.
    """
    value, line, top = 110, 26, 8
    low = min((centre, *(min(row[1:]) for row in rows)))
    high = max((centre, *(max(row[1:]) for row in rows)))
    span = max(high - low, 1)

    def place(amount: int) -> str:
        return str(label + value + (width - label - 2 * value) * (amount - low) // span)

    height = top * 2 + line * len(rows)
    root = etree.Element("svg", xmlns=_SVG[1:-1], viewBox=f"0 0 {width} {height}")
    across = {"x1": place(centre), "x2": place(centre), "y1": "2", "y2": str(height - 2)}
    etree.SubElement(root, "line", across, stroke="#1b2733")
    for number, (name, first, second) in enumerate(rows):
        y, left, right = top + line * number, min(first, second), max(first, second)
        base = str(y + line // 2 + 2)
        _text(root, name, "0", base, "start")
        bar = {"x": place(left), "y": str(y + 2), "width": str(max(1, int(place(right)) - int(place(left))))}
        etree.SubElement(root, "rect", bar, height=str(line - 8), fill=PALETTE[0])
        _text(root, shown(left), str(int(place(left)) - 6), base, "end")
        _text(root, shown(right), str(int(place(right)) + 6), base, "start")
    root.set("role", "img")
    root.set("aria-label", title)
    return etree.tostring(root, encoding="unicode")


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """Work from ``start`` to ``end``, and days that count, by name of :data:`MARKS`."""

    name: str
    start: date
    end: date
    marks: Mapping[str, date]


# shapes tell the marks apart without a colour: (points around the place, in pixels)
MARKS = {"saves": "0,-7 7,0 0,7 -7,0", "renewal": "-1,-9 1,-9 1,9 -1,9"}
_MARK_COLOURS = {"saves": PALETTE[2], "renewal": "#1b2733"}


def calendar(
    title: str,
    rows: Sequence[CalendarRow],
    begins: date,
    ends: date,
    legend: Mapping[str, str],
    width: int = 980,
) -> str:
    """An SVG element with a line per row from ``begins`` to ``ends``; days outside stand at the edge.

    ``legend`` names ``work`` and each mark.
    """
    label, line, top, margin = 220, 26, 34, 14
    span = max((ends - begins).days, 1)

    def place(day: date) -> int:
        inside = min(max((day - begins).days, 0), span)
        return label + (width - label - margin) * inside // span

    height = top + line * len(rows) + 34
    root = etree.Element("svg", xmlns=_SVG[1:-1], viewBox=f"0 0 {width} {height}")
    for year in range(begins.year, ends.year + 1):
        for month in (1, 7):
            day = date(year, month, 1)
            if begins <= day <= ends:
                x = str(place(day))
                bottom = str(height - 30)
                etree.SubElement(root, "line", {"x1": x, "x2": x, "y1": "20", "y2": bottom}, stroke="#d8dee4")
                _text(root, f"{day:%m/%Y}", x, "12", "middle")
    for number, row in enumerate(rows):
        y = top + line * number + line // 2
        _text(root, row.name if len(row.name) <= 30 else f"{row.name[:29]}…", "0", str(y), "start")
        left, right = place(row.start), place(row.end)
        _bar(root, left, y, max(right - left, 6))
        for name, day in row.marks.items():
            _mark(root, name, place(day), y)
    across, y = label, height - 12
    for name, text in legend.items():
        if name == "work":
            _bar(root, across, y, 18)
        else:
            _mark(root, name, across + 9, y)
        _text(root, text, str(across + 26), str(y), "start")
        across += 46 + 8 * len(text)
    root.set("role", "img")
    root.set("aria-label", title)
    return etree.tostring(root, encoding="unicode")


def _bar(root: etree._Element, x: int, y: int, width: int) -> None:
    sizes = {"x": str(x), "y": str(y - 6), "width": str(width), "height": "12"}
    etree.SubElement(root, "rect", sizes, fill=PALETTE[0])


def _mark(root: etree._Element, name: str, x: int, y: int) -> None:
    shape = {"points": MARKS[name], "transform": f"translate({x} {y})", "fill": _MARK_COLOURS[name]}
    etree.SubElement(root, "polygon", shape, stroke="#fff")


def _text(root: etree._Element, text: str, x: str, y: str, anchor: str) -> None:
    element = etree.SubElement(
        root, "text", {"x": x, "y": y, "text-anchor": anchor, "dominant-baseline": "middle"}
    )
    element.text = text


def _scale(largest: float) -> list[float]:
    """Three to six round values from zero to the first that is not below ``largest``."""
    step, factors = 1, cycle((Fraction(2), Fraction(5, 2), Fraction(2)))  # 1, 2, 5, 10, 20, 50 ...
    while largest > 5 * step:
        step = int(step * next(factors))
    return [step * number for number in range(int(-(-largest // step)) + 1)]


def _plain(svg: str, title: str) -> str:
    # pygal's own output: no document type, nothing from a file of the share but escaped labels
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        parent = element.getparent()
        if parent is None:
            continue
        name = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else "comment"
        if name in (*_REMOVED, "comment") or "tooltip-overlay" in element.get("class", ""):
            parent.remove(element)
        elif name == "rect" and not float(element.get("width") or 0) * float(element.get("height") or 0):
            parent.remove(element)  # a bar of nothing
        elif "id" in element.attrib:
            del element.attrib["id"]
    add_textures(root)
    for name in ("id", "width", "height"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", title)
    return etree.tostring(root, encoding="unicode")
