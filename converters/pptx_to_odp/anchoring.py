"""How shapes stand on slides and master pages, and how lines of their text are spaced there."""

from __future__ import annotations

from converters.drawings.context import Anchoring

# The spacing is said by each shape, never by a named style: LibreOffice measures the rows of tables by the style that
# it read last, and lines of tables and diagrams have the height of their fonts.
ON_SLIDES = Anchoring(spaces_lines_by_size=True, counts_from_page=True)
IN_DIAGRAMS = Anchoring()
