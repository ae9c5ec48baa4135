from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.kinds import KINDS
from inventory.findings import folded
from migrate.batch.targets import Candidate, plan_targets, target_extension

CONVERTED = [kind.code for kind in KINDS.values() if kind.extension]


def _plan(*sources, earlier=None, folder="/odf"):
    candidates = [
        Candidate(f"/share/{name}", folder, kind, target_extension(kind, name.rpartition(".")[2]))
        for name, kind in sources
    ]
    return [PurePosixPath(target).name for target in plan_targets(candidates, earlier)]


@pytest.mark.parametrize(
    ("kind", "name", "extension"),
    [
        ("docx", "docx", "odt"),
        ("dotx", "dotx", "ott"),
        ("docx", "doc", "odt"),
        ("xlsm", "xlsm", "ods"),
        ("xltm", "xlsx", "ots"),
        ("ppsx", "ppsx", "odp"),
        ("potm", "potm", "otp"),
        ("ppt", "ppt", "odp"),
        ("ppt", "pot", "otp"),
        ("unknown", "xls", "ods"),
        ("ooxml_encrypted", "pptx", "odp"),
        ("ooxml_encrypted", "bin", "odt"),
    ],
)
def test_the_extension_follows_what_the_file_is(kind, name, extension):
    assert target_extension(kind, name) == extension


def test_the_newest_format_gets_the_plain_name():
    assert _plan(("a.doc", "doc"), ("a.docx", "docx"), ("a.rtf", "rtf")) == [
        "a.doc.odt",
        "a.odt",
        "a.rtf.odt",
    ]


def test_other_families_do_not_collide():
    assert _plan(("a.docx", "docx"), ("a.xlsx", "xlsx"), ("a.dotx", "dotx")) == ["a.odt", "a.ods", "a.ott"]


def test_names_that_differ_in_case_or_normalisation_alone_collide():
    assert _plan(("A.docx", "docx"), ("a.docx", "docx")) == ["A.odt", "a.docx.odt"]
    assert _plan(("\u00e9.docx", "docx"), ("e\u0301.docx", "docx")) == ["\u00e9.docx.odt", "e\u0301.odt"]


def test_a_name_made_unique_never_takes_anothers_plain_name():
    assert _plan(("a.doc", "doc"), ("a.docx", "docx"), ("a.doc.docx", "docx")) == [
        "a.doc (2).odt",
        "a.odt",
        "a.doc.odt",
    ]


def test_a_target_that_was_given_stays_when_a_newer_neighbour_comes():
    earlier = {"/share/a.doc": "/odf/a.odt"}
    assert _plan(("a.doc", "doc"), ("a.docx", "docx"), earlier=earlier) == ["a.odt", "a.docx.odt"]


def test_an_earlier_target_elsewhere_does_not_count():
    assert _plan(("a.doc", "doc"), earlier={"/share/a.doc": "/somewhere/else.odt"}) == ["a.odt"]


def test_names_without_an_extension_or_with_a_dot_alone():
    assert _plan(("report", "docx"), (".docx", "docx")) == ["report.odt", ".docx.odt"]


_NAMES = st.text(
    st.characters(exclude_characters="/\x00", exclude_categories=("Cs",)) | st.sampled_from("aA.é"),
    min_size=1,
    max_size=12,
).filter(lambda name: name not in (".", ".."))
_SOURCES = st.lists(
    st.tuples(st.sampled_from(["", "sub/", "SUB/"]), _NAMES, st.sampled_from(CONVERTED)),
    max_size=20,
    unique_by=lambda source: source[:2],
)


@given(_SOURCES, st.randoms())
def test_targets_are_unique_inside_their_folder_and_the_same_in_any_order(sources, chance):
    candidates = [
        Candidate(f"/share/{folder}{name}", f"/odf/{folder}".rstrip("/"), kind, KINDS[kind].extension)
        for folder, name, kind in sources
    ]
    targets = plan_targets(candidates)
    assert len({folded(target) for target in targets}) == len(targets)
    for candidate, target in zip(candidates, targets, strict=True):
        path = PurePosixPath(target)
        assert str(path.parent) == candidate.folder
        assert ".." not in path.parts
        assert path.name.endswith("." + candidate.extension)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert dict(zip(candidates, targets, strict=True)) == dict(
        zip(shuffled, plan_targets(shuffled), strict=True)
    )
    known = {candidate.source: target for candidate, target in zip(candidates, targets, strict=True)}
    assert plan_targets(candidates, known) == targets
