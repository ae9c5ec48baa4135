"""The three tables of a content module."""

from __future__ import annotations

import pytest
from lxml import etree

from converters.losses import DOCUMENT, LossLog
from converters.ooxml.namespaces import qn
from converters.support import Support


def _tables() -> Support:
    return Support(
        "paragraph content",
        handlers={"w:r": lambda element, seen: seen.append(element.get("n"))},
        ignored={"w:proofErr": "marks of the spelling checker"},
        unsupported={"w:object": "EMBEDDED_OBJECT_DROPPED"},
    )


def test_handled_elements_reach_their_handler_and_ignored_ones_leave_no_trace() -> None:
    seen: list[str] = []
    log = LossLog()
    for tag in ("w:r", "w:proofErr"):
        _tables().dispatch(etree.Element(qn(tag), n="1"), log, DOCUMENT, seen)
    assert seen == ["1"]
    assert log.losses() == ()


def test_unsupported_elements_are_the_loss_that_the_table_names() -> None:
    log = LossLog()
    _tables().dispatch(etree.Element(qn("w:object")), log, DOCUMENT, [])
    assert [loss.code for loss in log.losses()] == ["EMBEDDED_OBJECT_DROPPED"]


def test_elements_in_no_table_are_unknown_and_named() -> None:
    log = LossLog()
    _tables().dispatch(etree.Element("{urn:x}new"), log, DOCUMENT, [])
    (loss,) = log.losses()
    assert (loss.code, dict(loss.params)) == ("UNKNOWN_ELEMENT", {"element": "{urn:x}new"})


def test_a_tag_may_stand_in_one_table_only() -> None:
    with pytest.raises(ValueError, match="two tables"):
        Support("x", {"w:p": print}, {"w:p": "reason"})


def test_an_unsupported_tag_names_a_real_loss() -> None:
    with pytest.raises(KeyError):
        Support("x", {}, {}, {"w:p": "NO_SUCH_CODE"})
