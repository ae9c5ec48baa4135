"""Every sentence a person reads, in French and English, by table and code.

The tables are TOML files, ``en/losses.toml`` beside ``fr/losses.toml``: one code a line, values with ``{name}`` for
parameters. A code whose sentence has a remedy is a table with ``text`` and ``remedy``, and ``reply`` where
a colleague is told about it. A test keeps the languages
equal in codes and parameters, and every loss, error, verdict and feature code in them.
"""

from __future__ import annotations

import locale
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "fr")


class _Shown(dict[str, object]):
    """Parameters for a sentence: one that is missing shows as its name rather than break a report."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


@cache
def table(name: str, language: str) -> Mapping[str, Any]:
    """A whole table. Raises FileNotFoundError for a table that does not exist."""
    text = resources.files(__name__).joinpath(language, f"{name}.toml").read_text("utf-8")
    return tomllib.loads(_FRENCH_SPACE.sub("\u00a0", text) if language == "fr" else text)


@cache
def usage_in_french() -> Mapping[re.Pattern[str], str]:
    """What is wrong with a command line: a pattern of the English -> French, with ``{0}`` for its first group."""
    text = resources.files(__name__).joinpath("usage.toml").read_text("utf-8")
    return {
        re.compile(english, re.DOTALL): _FRENCH_SPACE.sub("\u00a0", french)
        for english, french in tomllib.loads(text).items()
    }


@cache
def help_in_french() -> Mapping[str, str]:
    """The help of commands: English as it stands in the code -> French."""
    text = resources.files(__name__).joinpath("help.toml").read_text("utf-8")
    return {english: _FRENCH_SPACE.sub("\u00a0", french) for english, french in tomllib.loads(text).items()}


# before : ; ! ? » and after « French has a space at which no line may break
_FRENCH_SPACE = re.compile(r"(?<=«) (?!\s)|(?<=\S) (?=[:;!?»](?!\w))")


def sentence(table_name: str, code: str, language: str, **params: object) -> str:
    """The sentence of a code with its parameters; the code itself where the table has none."""
    return _filled(table_name, code, language, "text", params) or code


def remedy(table_name: str, code: str, language: str, **params: object) -> str:
    """What to do about it; empty where the table names no remedy."""
    return _filled(table_name, code, language, "remedy", params)


def reply(table_name: str, code: str, language: str, **params: object) -> str:
    """What to tell a colleague about it; empty where the table has no such words."""
    return _filled(table_name, code, language, "reply", params)


def _filled(name: str, code: str, language: str, key: str, params: Mapping[str, object]) -> str:
    entry = table(name, language).get(code)
    if isinstance(entry, str):
        entry = {"text": entry}
    return str((entry or {}).get(key, "")).format_map(_Shown(params))


def preferred_language(wish: str | None = None) -> str:
    """The language to speak: the wish, ``MIGRATE_LANG``, the environment's locale, English."""
    environment = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    for candidate in (wish, os.environ.get("MIGRATE_LANG"), environment, locale.getlocale()[0]):
        if candidate and candidate[:2].lower() in LANGUAGES:
            return candidate[:2].lower()
    return "en"
