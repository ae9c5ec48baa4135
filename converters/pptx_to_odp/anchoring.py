"""How shapes stand on slides and master pages, and how lines of their text are spaced there."""

from __future__ import annotations

from converters.drawings.context import Anchoring

# Named styles leave the spacing of lines to the font: LibreOffice measures rows of tables by the style that it read
# last, and tables have the height of their fonts.
ON_SLIDES = Anchoring(spaces_lines_by_size=True)
