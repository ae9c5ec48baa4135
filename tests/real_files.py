"""Tests over the real documents of the corpus, each file a test of its own; skipped, and told so, without the corpus."""

from __future__ import annotations

from collections.abc import Callable

import pytest

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
