"""The page that lists the failures of others names tests that are there."""

from __future__ import annotations

import re

from tests.conftest import PROJECT

PAGE = PROJECT / "docs" / "analysis" / "failures_of_others.md"


def test_each_failure_has_a_test_that_exists() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if re.match(r"\| (?!---)", line)]
    rows = [row for row in rows if not row.endswith("| test |")]
    tests = "\n".join(path.read_text("utf-8") for path in (PROJECT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"^def (test_\w+)", tests, re.MULTILINE))
    assert len(rows) > 30
    for row in rows:
        last = row.strip("|").split("|")[-1]
        named = re.findall(r"`(test_\w+)`", last)
        assert named or "the same" in last, row
        assert defined.issuperset(named), set(named) - defined
