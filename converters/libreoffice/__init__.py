"""LibreOffice as an engine: found, isolated, bounded, and never trusted."""
