"""Macros of Office documents: read from VBA projects, judged against LibreOffice, and dealt with as a policy says.

Nothing here executes anything. ``project`` and ``containers`` read; ``compatibility`` tells each procedure's chances;
``stage`` is what a conversion calls.
"""
