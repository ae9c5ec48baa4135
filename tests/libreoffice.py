"""What tests with a real LibreOffice share. With CI=true its absence is a failure (``tests/conftest.py``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from converters.libreoffice import warm
from converters.libreoffice.find import find

needs_libreoffice = pytest.mark.skipif(find() is None, reason="LibreOffice is not installed")


@contextmanager
def kept_office() -> Iterator[None]:
    """As in a worker: this process keeps its LibreOffice between documents, and none afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warm._KEPT, "wanted", True)
        try:
            yield
        finally:
            warm.close()
