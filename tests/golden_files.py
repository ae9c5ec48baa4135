"""Goldens in flat ODF: one readable XML file beside the tests, compared whole.

``UPDATE_GOLDENS=1`` in the environment writes what the converter says now; without it a missing golden fails.
"""

from __future__ import annotations

import difflib
import io
import os
from pathlib import Path

from lxml import etree

from converters.odf.namespaces import qn
from tests.flat_odf import flatten

_GENERATED = tuple(map(qn, ("meta:generator", "office:settings")))


def golden_text(package_bytes: bytes) -> str:
    """A package as pretty-printed flat ODF, without settings and generator, namespaces only where used."""
    root = flatten(io.BytesIO(package_bytes))
    for tag in _GENERATED:
        for element in list(root.iter(tag)):
            element.getparent().remove(element)
    etree.cleanup_namespaces(root)
    _indent_structure(root, 0)
    return etree.tostring(root, encoding="unicode") + "\n"


_MIXED = frozenset(map(qn, ("text:p", "text:h", "text:index-entry-span", "text:a", "text:span", "text:ruby")))


def _indent_structure(element: etree._Element, level: int) -> None:
    if element.tag in _MIXED or not len(element) or (element.text or "").strip():
        return
    element.text = "\n" + "  " * (level + 1)
    for child in element:
        _indent_structure(child, level + 1)
        child.tail = "\n" + "  " * (level + 1)
    element[-1].tail = "\n" + "  " * level


def assert_golden(package_bytes: bytes, golden: Path) -> None:
    """Compare a package with its golden; fail with a difference a person can read."""
    actual = golden_text(package_bytes)
    if os.environ.get("UPDATE_GOLDENS") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(actual, "utf-8")
        return
    if not golden.exists():
        raise AssertionError(f"{golden} is missing: write it with UPDATE_GOLDENS=1 and read it")
    expected = golden.read_text("utf-8")
    if actual != expected:
        lines = difflib.unified_diff(
            expected.splitlines(), actual.splitlines(), str(golden), "converted", lineterm="", n=2
        )
        raise AssertionError("\n".join(lines))
