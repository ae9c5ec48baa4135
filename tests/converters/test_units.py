"""Lengths of OOXML as ODF lengths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters import units


@pytest.mark.parametrize(
    ("text", "twips"),
    [
        ("720", 720),
        ("-567", -567),
        ("720.0", 720),
        ("1in", 1440),
        ("2.54cm", 1440),
        ("12pt", 240),
        ("x", None),
    ],
)
def test_a_twips_measure_may_carry_a_unit(text: str, twips: float | None) -> None:
    assert units.read_twips(text) == (None if twips is None else pytest.approx(twips))


def test_half_points_are_read_as_points() -> None:
    assert units.read_half_points("25") == 12.5
    assert units.read_half_points("11pt") == 11


def test_percentages_of_both_dialects_are_the_same() -> None:
    assert units.read_percentage("62500") == units.read_percentage("62.5%") == 62.5


@pytest.mark.parametrize(
    ("text", "value"), [(None, True), ("1", True), ("true", True), ("on", True), ("0", False), ("off", False)]
)
def test_on_off_values_as_word_writes_them(text: str | None, value: bool) -> None:
    assert units.read_on_off(text) is value


@given(st.integers(-(10**9), 10**9))
def test_no_length_is_written_as_minus_zero_or_in_exponents(emu: int) -> None:
    text = units.from_emu(emu)
    assert text.endswith("cm")
    assert "e" not in text
    assert not text.startswith("-0cm")
    assert float(text[:-2]) == pytest.approx(emu / 360_000, abs=1e-4)
