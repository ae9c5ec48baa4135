"""Tests over the real documents of the corpus, each file a test of its own; skipped, and told so, without the corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from converters import convert
from converters.outcome import Engine, Outcome
from tests.conftest import CORPUS, CORPUS_ABSENT


def each_real_file(folder: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run a test for every file of a folder of the corpus, which it takes as ``source``."""
    files = sorted((CORPUS / folder).iterdir()) if CORPUS.is_dir() else []
    marks = (
        pytest.mark.parametrize("source", files, ids=lambda path: path.stem[:40]),
        pytest.mark.skipif(not files, reason=CORPUS_ABSENT),
        pytest.mark.slow,
        pytest.mark.corpus,
    )

    def marked(test: Callable[..., None]) -> Callable[..., None]:
        for mark in marks:
            test = mark(test)
        return test

    return marked


def converted(source: Path, folder: Path, extension: str) -> Outcome:
    """The outcome of the native engine; its result stands in ``folder``."""
    return convert(source, folder / f"{source.stem}.{extension}", engine=Engine.NATIVE)


def assert_nothing_untold(
    outcome: Outcome, untold: Callable[[Path, Outcome], Mapping[object, object]]
) -> None:
    """What a result lacks, its loss report must tell; what was not converted says why."""
    if outcome.target is None:
        assert outcome.error
    else:
        assert untold(Path(outcome.source), outcome) == {}
