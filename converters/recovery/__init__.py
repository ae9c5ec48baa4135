"""What can be had of a damaged Office Open XML file: :func:`repair`. The file itself is only read."""

from __future__ import annotations

from converters.recovery.package import MENDS, Mend, Recovery, recover
from converters.recovery.repair import Repair, repair, text_of_odf, words_missing

__all__ = ["MENDS", "Mend", "Recovery", "Repair", "recover", "repair", "text_of_odf", "words_missing"]
