"""LibreOffice asks nobody anything: proven with a server on this machine that a document points to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from converters import convert
from converters.libreoffice import isolation, office, process, run, warm
from converters.libreoffice.isolation import Network, network
from converters.libreoffice.profile import write_profile
from converters.options import Options
from converters.outcome import Engine, Verdict
from migrate.sentences import error_remedy
from tests.libreoffice import needs_libreoffice
from tests.office_files import docx, docx_with, paragraph, relationships

needs_namespaces = pytest.mark.skipif(
    network() is not Network.ISOLATED, reason="this machine gives no network namespace"
)
LINKED_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="914400" cy="914400"/><wp:docPr id="1" name="p"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId9"/></pic:blipFill>'
    '<pic:spPr><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    "</w:r></w:p>"
)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server of this machine, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", paths
        server.shutdown()


@needs_libreoffice
@needs_namespaces
@pytest.mark.libreoffice
@pytest.mark.parametrize("warmed", [False, True], ids=["started for it", "warm"])
@pytest.mark.parametrize(
    ("isolated", "hardened", "requests"),
    [(True, True, False), (True, False, False), (False, True, False), (False, False, True)],
    ids=["both", "namespace alone", "profile alone", "neither: the server is asked"],
)
def test_a_linked_picture_is_never_requested(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked: tuple[str, list[str]],
    warmed: bool,
    isolated: bool,
    hardened: bool,
    requests: bool,
) -> None:
    """Each of the two walls holds alone; without both the request comes, so that the test can fail."""
    address, paths = asked
    links = relationships({"rId9": ("image", f"{address}/picture.png")})
    source = tmp_path / "spy.docx"
    source.write_bytes(docx_with({"word/_rels/document.xml.rels": links}, LINKED_PICTURE + paragraph("text")))
    if not isolated:
        monkeypatch.setattr(process, "network", lambda: Network.NOT_ISOLATED)
    if not hardened:
        for module in (run, office):
            monkeypatch.setattr(module, "write_profile", lambda folder: write_profile(folder, ()))
    if warmed:
        monkeypatch.setattr(warm._KEPT, "wanted", True)
    try:
        with (
            source.open("rb") as stream,
            run.converted(
                stream, "docx", template=False, timeout_seconds=60, memory_megabytes=2000
            ) as result,
        ):
            assert result.stat().st_size
    finally:
        warm.close()
    assert bool(paths) == requests


@needs_libreoffice
@needs_namespaces
@pytest.mark.libreoffice
def test_an_outcome_says_that_the_network_was_isolated(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    source.write_bytes(docx())
    by_libreoffice = convert(source, tmp_path / "a.odt", engine=Engine.LIBREOFFICE)
    natively = convert(source, tmp_path / "b.odt", engine=Engine.NATIVE)
    assert (by_libreoffice.as_json()["network"], natively.as_json()["network"]) == ("isolated", None)


@needs_libreoffice
@pytest.mark.libreoffice
def test_an_outcome_says_that_the_network_was_not_isolated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    withhold_namespaces(monkeypatch)
    source = tmp_path / "letter.docx"
    source.write_bytes(docx())
    outcome = convert(source, tmp_path / "a.odt", engine=Engine.LIBREOFFICE)
    assert (outcome.verdict, outcome.network) == (Verdict.CONVERTED, "not_isolated")


def test_required_isolation_refuses_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    withhold_namespaces(monkeypatch)
    source = tmp_path / "letter.docx"
    source.write_bytes(docx())
    required = Options(require_isolation=True)
    outcome = convert(source, tmp_path / "a.odt", engine=Engine.LIBREOFFICE, options=required)
    assert (outcome.verdict, outcome.error) == (Verdict.FAILED, "NETWORK_NOT_ISOLATED")
    assert not (tmp_path / "a.odt").exists()
    assert convert(source, tmp_path / "a.odt", engine=Engine.NATIVE, options=required).target
    told = error_remedy("NETWORK_NOT_ISOLATED", {}, "fr")
    assert told and "--require-isolation" in told


def withhold_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that gives none."""
    monkeypatch.setattr(isolation, "_PROBE", "sys.exit(1)")
    network.cache_clear()


@pytest.fixture(autouse=True)
def forget_the_network() -> Iterator[None]:
    yield
    network.cache_clear()
