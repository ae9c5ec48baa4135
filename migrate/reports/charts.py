"""Charts as inline SVG: drawn by pygal, stripped of scripts, styles and ids, so that the page alone styles them.

Colours are those of Okabe and Ito, which people with colour vision deficiencies tell apart; the page shows every
chart's numbers in a table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pygal
from lxml import etree
from pygal.style import Style

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
        y_labels_major_count=5,
        show_minor_y_labels=False,
    )
    chart.x_labels = list(labels)
    for name, values in series.items():
        chart.add(name, list(values))
    return _plain(chart.render(is_unicode=True), title)


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
        elif "id" in element.attrib:
            del element.attrib["id"]
    for name in ("id", "width", "height"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", title)
    return etree.tostring(root, encoding="unicode")
