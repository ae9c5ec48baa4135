"""settings.xml: view and configuration items (ODF 1.3 Part 3, 3.10)."""

from __future__ import annotations

from collections.abc import Mapping

from converters.odf.xmlwriter import XmlWriter


class Short(int):
    """An integer that is written as ``short``."""


def write_settings(writer: XmlWriter, sets: Mapping[str, Mapping[str, object]]) -> None:
    """Write ``office:settings`` from sets of items.

    ``{"ooo:view-settings": {"VisibleAreaTop": 0, "Views": [{...}]}}``: a list is an indexed map, a dict of dicts a
    named map.
    """
    with writer.element("office:settings"):
        for name, items in sets.items():
            with writer.element("config:config-item-set", {"config:name": name}):
                _write_items(writer, items)


def _write_items(writer: XmlWriter, items: Mapping[str, object]) -> None:
    for name, value in items.items():
        if isinstance(value, list):
            with writer.element("config:config-item-map-indexed", {"config:name": name}):
                for entry in value:
                    with writer.element("config:config-item-map-entry"):
                        _write_items(writer, entry)
        elif isinstance(value, dict):
            with writer.element("config:config-item-map-named", {"config:name": name}):
                for key, entry in value.items():
                    with writer.element("config:config-item-map-entry", {"config:name": key}):
                        _write_items(writer, entry)
        else:
            kind, text = _typed(value)
            writer.text_element("config:config-item", text, {"config:name": name, "config:type": kind})


def _typed(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    if isinstance(value, Short):
        return "short", str(int(value))
    if isinstance(value, int):
        return ("int" if abs(value) < 2**31 else "long"), str(value)
    if isinstance(value, float):
        return "double", repr(value)
    return "string", str(value)
