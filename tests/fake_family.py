"""A native converter as small as can be, so that the engine's tests need no real one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from converters import making, routing
from converters.losses import Place
from converters.metadata import odf_meta
from converters.odf.document import OdfDocument
from converters.ooxml.metadata import read_metadata
from converters.ooxml.namespaces import qn
from converters.support import Support


def fake_family(
    *,
    fail: BaseException | None = None,
    silent: bool = False,
    lose: str = "",
    forget: str = "",
    invalid: bool = False,
) -> SimpleNamespace:
    """Carries paragraphs' text. ``fail`` raises, ``silent`` drops all text, ``lose`` reports a loss, ``forget`` drops
    the paragraphs that hold a text and reports nothing, ``invalid`` breaks the schema."""

    def convert(package, odf, options, log):
        if fail is not None:
            raise fail
        document = OdfDocument(odf, "text")
        document.meta = odf_meta(read_metadata(package), options.provenance)
        for element in package.read_xml(package.main_part).iter(qn("w:p")):
            text = "".join(element.itertext())
            if forget and forget in text:
                continue
            with document.body.element("text:p"):
                if not silent:
                    document.body.text(text)
        if invalid:
            with document.body.element("text:p"), document.body.element("table:table-row"):
                pass
        if lose:
            log.report(lose, Place("paragraph", 1))
        document.save()

    def skimmed_parts(package):
        yield package.main_part, "body"

    support = Support(
        "body",
        handlers=dict.fromkeys(("w:document", "w:body", "w:p", "w:r", "w:t"), convert),
        ignored={"w:proofErr": "a spelling mark"},
        unsupported={"w:object": "EMBEDDED_OBJECT_DROPPED"},
    )
    return SimpleNamespace(
        OUTPUT_REVISION=1, SUPPORT=(support,), convert=convert, skimmed_parts=skimmed_parts
    )


def install_family(monkeypatch: pytest.MonkeyPatch, family: SimpleNamespace | None) -> None:
    """Put it in the place of every native converter."""
    for module in (making, routing):
        monkeypatch.setattr(module, "family_for", lambda kind: family)


def hide_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """No second engine, so that a test of the native one costs no start of LibreOffice."""
    monkeypatch.setattr(routing, "find", lambda: None)
