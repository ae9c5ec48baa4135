"""What can be had from a damaged Office Open XML file: :func:`recover`. The file itself is only read."""

from __future__ import annotations

from converters.recovery.package import Mend, Recovery, recover

__all__ = ["Mend", "Recovery", "recover"]
