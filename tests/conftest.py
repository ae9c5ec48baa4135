"""What all tests share: where the corpus is, and that nothing is skipped where everything should be there."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: these machines are shared. In CI the same examples every time, at a desk new ones.
settings.register_profile("suite", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("suite")

# A shell without job control starts what is in its background deaf to Ctrl-C, and the programs under test inherit that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

PROJECT = Path(__file__).resolve().parent.parent
CORPUS = PROJECT.parent / "shared" / "corpus"
CORPUS_ABSENT = "the document corpus is not beside the project"

_skipped: list[str] = []


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real Microsoft documents that may stand beside the project."""
    if not CORPUS.is_dir():
        pytest.skip(CORPUS_ABSENT)
    return CORPUS


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        if CORPUS_ABSENT not in reason:
            _skipped.append(f"{report.nodeid}: {reason}")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With CI=true a part of the system that is not there is a failure, not a skip."""
    if (
        os.environ.get("CI") == "true"
        and _skipped
        and exitstatus == 0
        and not hasattr(session.config, "workerinput")
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("CI") == "true" and _skipped:
        terminalreporter.section("skipped although CI=true: these count as failures")
        for line in _skipped:
            terminalreporter.line(line)
