"""All VBA modules of real documents: our reader and oletools, which knows nothing of it, give the same code."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import pytest

from converters.identify import identify
from converters.macros import project as project_module
from converters.macros.stage import read_macros
from converters.ooxml.package import DEFAULT_LIMITS
from converters.options import MacroPolicy
from tests.conftest import CORPUS, CORPUS_ABSENT

olevba = pytest.importorskip("oletools.olevba", reason="oletools is not installed")
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason=CORPUS_ABSENT),
]
_KINDS = (
    "docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "potm", "ppsm", "doc", "dot", "xls", "xlt", "ppt", "pot", "pps",
)  # fmt: skip
_NO_CODE = ("xlm_macro", "xlm_macro.txt")  # what oletools makes of Excel 4


def sources() -> list[Path]:
    return sorted(path for kind in _KINDS for path in CORPUS.rglob(f"*.{kind}") if path.is_file())


def own_code(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """(module, code) of every project, by our reader alone."""
    monkeypatch.setattr(project_module, "code_by_oletools", lambda *_arguments: None)
    stage = read_macros(path, identify(path), MacroPolicy.LEAVE, DEFAULT_LIMITS)
    assert all(
        project.reader == "own"
        for project in stage.projects
        if any(module.code for module in project.modules)
    )
    return sorted(
        (module.name, module.code) for project in stage.projects for module in project.modules if module.code
    )


def product_code(path: Path) -> list[tuple[str, str]]:
    """The same as a conversion reads it, where oletools is installed."""
    projects = read_macros(path, identify(path), MacroPolicy.LEAVE, DEFAULT_LIMITS).projects
    return sorted(
        (module.name, module.code) for project in projects for module in project.modules if module.code
    )


def oracle_code(path: Path) -> list[tuple[str, str]]:
    """The same by oletools, which finds the projects in the file itself."""
    logging.getLogger("olevba").disabled = True
    parser = olevba.VBA_Parser(str(path))
    try:
        if not parser.detect_vba_macros():
            return []
        return sorted(
            (name.rpartition(".")[0], code)
            for _file, _stream, name, code in parser.extract_macros()
            if code and name not in _NO_CODE and not name.startswith("VBA P-code")
        )
    finally:
        parser.close()


def test_the_code_of_every_module_of_the_corpus_is_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = files = 0
    differing = []
    for path in sources():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                expected = oracle_code(path)
            except Exception as error:  # encrypted or damaged: it says so in many ways
                expected = []
                print(path.name, type(error).__name__)
        with monkeypatch.context() as patched:
            found = own_code(path, patched)
        if found != expected or found != product_code(path):
            differing.append((path.name, [name for name, _code in found], [name for name, _code in expected]))
        modules += len(found)
        files += bool(found)
    print(f"{modules} modules of {files} files")
    assert differing == []
    assert (modules, files) >= (100, 15)
