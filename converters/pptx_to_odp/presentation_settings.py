"""What the presentation part says beyond its slides (ECMA-376 Part 1, 19.2.1.26, p:presentation)."""

from __future__ import annotations

from lxml import etree

from converters.losses import DOCUMENT, LossLog
from converters.ooxml.namespaces import qn
from converters.ooxml.protection import lost_protection, opens_read_only
from converters.support import Support

_LOCK = qn("p:modifyVerifier")


def _handled(*_arguments: object) -> None:
    """Marks what the readers of slides and styles read by name."""


PRESENTATION = Support(
    context="presentation",
    handlers=dict.fromkeys(
        (
            "p:sldIdLst",
            "p:sldMasterIdLst",
            "p:notesMasterIdLst",
            "p:sldSz",
            "p:notesSz",
            "p:defaultTextStyle",
            "p:custShowLst",
            "p:modifyVerifier",
        ),
        _handled,
    ),
    ignored={
        "p:handoutMasterIdLst": "reported with the handout master's part",
        "p:embeddedFontLst": "reported with the font parts",
        "p:custDataLst": "reported with the custom data parts",
        "p:photoAlbum": "says how the slides were made; they are carried as they are",
        "p:kinsoku": "line breaking rules of East Asian text, which the application has of its own",
        "p:extLst": "sections and guides of the application's editing views",
    },
    unsupported={
        "p:smartTags": "CUSTOM_XML_DROPPED",
    },
)


def lock_settings(root: etree._Element) -> dict[str, object]:
    """Configuration items for a presentation that a password locks against changes: it opens for reading."""
    lock = root.find(_LOCK)
    return {"LoadReadonly": True} if lock is not None and opens_read_only(lock) else {}


def report_presentation(root: etree._Element, log: LossLog) -> None:
    """Report what stands in the presentation part and has no place in the target."""
    for child in root:
        code = PRESENTATION.loss_code(child.tag)
        if child.tag == _LOCK:
            for lost, kind in lost_protection(child):
                log.report(lost, kind=kind)
        elif code == "CUSTOM_XML_DROPPED":
            log.report(code, DOCUMENT)
        elif code is not None:
            PRESENTATION.report(child.tag, log, DOCUMENT)
