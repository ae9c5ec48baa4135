"""Errors of plans as sentences: in tables, files, frozen plans and the database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from converters.outcome import EXIT_USAGE
from inventory.errors import InventoryError
from migrate import locale
from migrate.baselines import BaselineError
from migrate.cli.terminal import known_error_text, say
from migrate.plan_files import PlanFileError
from migrate.planner.tables import TableError

# (line known, column known) -> sentence
_PLACES = {
    (True, True): "place",
    (True, False): "place_of_line",
    (False, True): "place_of_column",
    (False, False): "place_of_file",
}


@contextmanager
def plan_errors(language: str) -> Iterator[None]:
    """Errors in tables, files and the database become a line with place and remedy, and the exit code for usage."""
    try:
        yield
    except TableError as error:
        say(table_error_sentence(error, language), err=True)
        sys.exit(EXIT_USAGE)
    except PlanFileError as error:
        say(locale.sentence("plan", f"problem.{error.code}", language, **error.params), err=True)
        sys.exit(EXIT_USAGE)
    except BaselineError as error:
        say(locale.sentence("plan", f"problem.baseline_{error.code}", language, name=error.name), err=True)
        sys.exit(EXIT_USAGE)
    except InventoryError as error:
        say(known_error_text(error, language), err=True)
        sys.exit(EXIT_USAGE)


def table_error_sentence(error: TableError, language: str) -> str:
    code = f"error.{error.code}"
    place = _PLACES[bool(error.line), bool(error.column)]
    return locale.sentence(
        "plan",
        place,
        language,
        file=error.file,
        line=error.line,
        column=error.column,
        problem=locale.sentence("plan", code, language, **error.params),
        remedy=locale.remedy("plan", code, language, **error.params),
    )
