"""A page that takes a file, for tests of what all such pages share: it tells the file's name, size and where it is."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.responses import PlainTextResponse, Response

from migrate.web.visit import Page, Visit


def _take(visit: Visit) -> Response:
    assert visit.form is not None
    told = [
        f"{name}: {value.filename!r} {value.size} {'disk' if value.file._rolled else 'memory'}"  # type: ignore[attr-defined]
        for name, value in visit.form.multi_items()
        if isinstance(value, UploadFile)
    ]
    return PlainTextResponse("\n".join(told))


def _fail(_visit: Visit) -> Response:
    raise RuntimeError("a fault of ours")


ROUTES = (
    Page("/take", _take, method="POST", uploads=True),
    Page("/small", _take, method="POST"),
    Page("/fail", _fail),
)
