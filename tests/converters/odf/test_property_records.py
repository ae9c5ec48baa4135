"""Property records hold what they say and nothing else, and sums of them are what their fields add up to."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from converters.odf.properties import (
    CellGraphicProperties,
    GraphicProperties,
    TextProperties,
    difference,
    is_empty,
    lay_over,
)

BOLD_RED = TextProperties(font_weight="bold", color="#ff0000")


def test_a_record_says_only_what_it_was_given() -> None:
    assert BOLD_RED.said == {"font_weight": "bold", "color": "#ff0000"}
    assert BOLD_RED.font_size is None
    assert is_empty(TextProperties(color=None))


def test_equal_records_are_one_key_whatever_the_order_of_their_fields() -> None:
    other = TextProperties(color="#ff0000", font_weight="bold")
    assert other == BOLD_RED
    assert hash(BOLD_RED) == hash(other)
    assert TextProperties(color="#ff0000") not in {BOLD_RED: 1}


def test_records_of_two_types_are_never_equal() -> None:
    assert GraphicProperties(fill="none") != CellGraphicProperties(fill="none")


def test_attributes_are_written_in_the_order_of_the_fields() -> None:
    names = [item.metadata["attribute"] for item in fields(TextProperties)]  # type: ignore[arg-type]
    written = list(BOLD_RED.attributes())
    assert written == sorted(written, key=names.index)


def test_a_record_does_not_change_and_knows_its_fields() -> None:
    with pytest.raises(FrozenInstanceError):
        BOLD_RED.color = "#000000"  # type: ignore[misc]
    with pytest.raises(TypeError, match="no field"):
        TextProperties(colour="#000000")  # type: ignore[call-arg]


def test_laying_over_and_taking_the_difference_undo_each_other() -> None:
    base = TextProperties(color="#000000", font_size="12pt")
    total = lay_over(base, BOLD_RED)
    assert total == TextProperties(color="#ff0000", font_size="12pt", font_weight="bold")
    assert difference(total, base) == BOLD_RED
    assert difference(base, base) == TextProperties()


def test_replacing_a_field_by_none_takes_it_out() -> None:
    assert replace(BOLD_RED, color=None) == TextProperties(font_weight="bold")
