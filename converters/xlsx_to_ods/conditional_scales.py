"""Colour scales, data bars and icon sets (ECMA-376 Part 1, 18.3.1.16, 18.3.1.28, 18.3.1.49; [MS-XLSX] 2.6.30 ff)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import read_int, read_on_off
from converters.xlsx_to_ods.colors import Palette
from converters.xlsx_to_ods.formulas import Untranslatable

Translate = Callable[[str], str]

# 18.18.12
_ENTRY_TYPES = {
    "num": "number", "percent": "percent", "percentile": "percentile", "formula": "formula",
    "min": "minimum", "max": "maximum", "autoMin": "auto-minimum", "autoMax": "auto-maximum",
}  # fmt: skip
_ICON_SETS = frozenset(
    """
    3Arrows 3ArrowsGray 3Flags 3TrafficLights1 3TrafficLights2 3Signs 3Symbols 3Symbols2 3Smilies 3ColorSmilies 3Stars
    3Triangles 4Arrows 4ArrowsGray 4RedToBlack 4Rating 4TrafficLights 5Arrows 5ArrowsGray 5Rating 5Quarters 5Boxes
    """.split()  # noqa: SIM905
)


def _child(rule: etree._Element, name: str) -> etree._Element | None:
    found = rule.find(qn(f"x:{name}"))
    return found if found is not None else rule.find(qn(f"x14:{name}"))


def _items(element: etree._Element, name: str) -> list[etree._Element]:
    return [item for item in element if item.tag in (qn(f"x:{name}"), qn(f"x14:{name}"))]


def _entry(entry: etree._Element, translated: Translate) -> dict[str, str | None]:
    kind = entry.get("type", "num")
    value = entry.get("val") or entry.findtext(qn("xm:f")) or "0"
    if kind == "formula" or (kind == "num" and not _is_number(value)):
        kind, value = "formula", translated(value)
    return {"calcext:value": value, "calcext:type": _ENTRY_TYPES.get(kind, "number")}


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def write_color_scale(
    writer: XmlWriter, rule: etree._Element, palette: Palette, translated: Translate
) -> None:
    """Raises Untranslatable for a scale without limits and for formulas that have no counterpart."""
    scale = _child(rule, "colorScale")
    entries = _items(scale, "cfvo") if scale is not None else []
    colors = _items(scale, "color") if scale is not None else []
    if not entries or len(entries) != len(colors):
        raise Untranslatable("CONDITIONAL_FORMAT_DROPPED", "colorScale")
    with writer.element("calcext:color-scale"):
        for entry, color in zip(entries, colors, strict=True):
            attributes = {
                **_entry(entry, translated),
                "calcext:color": palette.system(color.attrib, "#ffffff"),
            }
            writer.empty("calcext:color-scale-entry", attributes)


def write_data_bar(
    writer: XmlWriter,
    rule: etree._Element,
    extension: etree._Element | None,
    palette: Palette,
    translated: Translate,
) -> None:
    """Write a bar; what Excel 2010 added (axis, negative bars, solid fill) stands in the rule's extension."""
    bar = _child(rule, "dataBar")
    if bar is None:
        raise Untranslatable("CONDITIONAL_FORMAT_DROPPED", "dataBar")
    newer = (
        _child(extension, "dataBar")
        if extension is not None
        else (bar if "14" in (bar.nsmap.get(bar.prefix) or "") else None)
    )
    source = newer if newer is not None and len(_items(newer, "cfvo")) == 2 else bar
    entries = _items(source, "cfvo")
    if len(entries) != 2:
        raise Untranslatable("CONDITIONAL_FORMAT_DROPPED", "dataBar")

    def color(name: str, default: str) -> str:
        for holder in (newer, bar):
            found = _child(holder, name) if holder is not None else None
            if found is not None:
                return palette.system(found.attrib, default)
        return default

    positive = color("color", color("fillColor", "#638ec6"))
    attributes: dict[str, str | None] = {
        "calcext:min-length": str(read_int(source.get("minLength"), 10 if newer is None else 0)),
        "calcext:max-length": str(read_int(source.get("maxLength"), 90 if newer is None else 100)),
        "calcext:positive-color": positive,
        "calcext:negative-color": color("negativeFillColor", "#ff0000"),
        "calcext:axis-color": color("axisColor", "#000000"),
        "calcext:show-value": None if read_on_off(bar.get("showValue"), True) else "false",
    }
    if newer is None:
        attributes["calcext:axis-position"] = "none"
    else:
        if not read_on_off(newer.get("gradient"), True):
            attributes["calcext:gradient"] = "false"
        position = {"middle": "middle", "none": "none"}.get(newer.get("axisPosition", ""))
        attributes["calcext:axis-position"] = position
    with writer.element("calcext:data-bar", attributes):
        for entry in entries:
            writer.empty("calcext:formatting-entry", _entry(entry, translated))


def write_icon_set(
    writer: XmlWriter, rule: etree._Element, translated: Translate, place: Place, log: LossLog
) -> None:
    icons = _child(rule, "iconSet")
    kind = icons.get("iconSet", "3TrafficLights1") if icons is not None else ""
    if icons is None or kind not in _ICON_SETS:
        raise Untranslatable("CONDITIONAL_FORMAT_DROPPED", "iconSet")
    if read_on_off(icons.get("reverse"), False) or read_on_off(icons.get("custom"), False):
        log.report("CONDITIONAL_FORMAT_APPROXIMATED", place, kind="iconSet")
    shown = None if read_on_off(icons.get("showValue"), True) else "false"
    with writer.element("calcext:icon-set", {"calcext:icon-set-type": kind}):
        for entry in _items(icons, "cfvo"):
            attributes = {"calcext:show-value": shown, **_entry(entry, translated)}
            writer.empty("calcext:formatting-entry", attributes)
