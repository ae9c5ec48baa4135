"""Every loss that the converters report fills the placeholders of its sentence."""

from __future__ import annotations

import ast
import importlib
import string
from pathlib import Path

import pytest

import converters
from converters.families import MODULES
from converters.losses import DOCUMENT, LossLog
from converters.ooxml.namespaces import qn
from migrate.locale import LANGUAGES, table

SUPPORT = [support for name in MODULES.values() for support in importlib.import_module(name).SUPPORT]


def placeholders(code: str, language: str) -> set[str]:
    entry = table("losses", language)[code]
    sentences = entry.values() if isinstance(entry, dict) else (entry,)
    return {field for sentence in sentences for _, field, _, _ in string.Formatter().parse(sentence) if field}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unsupported_element_fills_its_sentence(language: str) -> None:
    unfilled = []
    for support in SUPPORT:
        for tag, code in support.unsupported.items():
            log = LossLog()
            support.report(qn(tag), log, DOCUMENT)
            (loss,) = log.losses()
            if placeholders(code, language) - set(dict(loss.params)):
                unfilled.append((support.context, tag, code))
    assert unfilled == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_loss_reported_by_name_fills_its_sentence(language: str) -> None:
    unfilled, seen = [], 0
    for path in sorted(Path(converters.__file__).parent.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            code = _reported_code(call)
            if code is None:
                continue
            seen += 1
            given = {keyword.arg for keyword in call.keywords}  # type: ignore[attr-defined]
            if None not in given and placeholders(code, language) - given:
                unfilled.append((path.name, call.lineno, code))  # type: ignore[attr-defined]
    assert seen > 50
    assert unfilled == []


def _reported_code(node: ast.AST) -> str | None:
    """The literal code of a call such as ``log.report("CHART_DROPPED", place)``."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    first = node.args[0] if node.args else None
    if node.func.attr != "report" or not isinstance(first, ast.Constant):
        return None
    return first.value if first.value in table("losses", "en") else None
