"""What can be had of a damaged Office Open XML file or compound file: :func:`repair`. The file itself is only read."""

from __future__ import annotations

from converters.recovery.package import MENDS, Mend, Recovery, recover
from converters.recovery.repair import Repair, is_compound, repair, text_of_odf, words_missing

__all__ = [
    "MENDS",
    "Mend",
    "Recovery",
    "Repair",
    "is_compound",
    "recover",
    "repair",
    "text_of_odf",
    "words_missing",
]
