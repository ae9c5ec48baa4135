"""A share converted: targets planned before the start, work that a kill does not lose, originals never touched."""
