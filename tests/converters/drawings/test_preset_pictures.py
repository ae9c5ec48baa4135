"""Every preset shape looks like the original: LibreOffice draws both, and the pictures are compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from benchmarks.preset_shapes import CELL_PIXELS, COLUMNS, VARIANTS, differences, draw_both, names
from tests.libreoffice import needs_libreoffice

# the share of ink that may differ: thin strokes fall on other pixels, letters too
INK, LETTERS = 0.07, 0.3
# LibreOffice turns the text of a line along it, which no application of Microsoft does
TURNED_TEXT = {"line"}


@pytest.mark.slow
@pytest.mark.libreoffice
@needs_libreoffice
@pytest.mark.parametrize("title", VARIANTS)
def test_all_presets_look_like_the_original(title: str, tmp_path: Path) -> None:
    variant = VARIANTS[title]
    found = differences(*draw_both(variant, tmp_path))
    allowed = LETTERS if variant.text_only else INK
    left_out = TURNED_TEXT if variant.text_only else set()
    assert len(found) == 187
    assert {name: share for name, share in found.items() if share > allowed and name not in left_out} == {}


def test_the_comparison_sees_a_shape_that_is_not_there() -> None:
    size = (COLUMNS * CELL_PIXELS, COLUMNS * CELL_PIXELS)
    original, result = Image.new("RGB", size, "white"), Image.new("RGB", size, "white")
    original.paste("black", (20, 20, 100, 100))
    found = differences(original, result)
    assert found[names()[0]] > 0.9
    assert found[names()[1]] == 0
