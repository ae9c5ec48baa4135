from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.database import open_database
from inventory.finding_counts import count_findings, count_kinds
from inventory.findings import findings
from inventory.marks import NAME_NOT_PORTABLE, NAMES_DIFFER_IN_CASE, PATH_TOO_LONG, folded, marks_of
from inventory.scan import scan
from inventory.sources.memory import MemorySource
from inventory.windows import MAX_PATH, is_portable_name


@pytest.mark.parametrize(
    ("cursor", "names", "marks"),
    [
        ("a", ["b.docx", "c.docx"], [0, 0]),
        ("a", [], []),
        ("", ["nul.docx", "b:c", "d.", "e ", "f\ng", "con"], [1] * 6),
        ("", ["confidential.docx", "nullable.txt"], [0, 0]),
        ("", ["A.docx", "a.docx", "b.docx"], [0, NAMES_DIFFER_IN_CASE, 0]),
        ("", ["\u00e9.docx", "e\u0301.docx"], [0, NAMES_DIFFER_IN_CASE]),
        ("x" * 250, ["short.txt", "a bit longer.txt"], [PATH_TOO_LONG] * 2),
        ("x" * 255, ["a"], [0]),
        ("", ["\U0001f600" * 128], [NAME_NOT_PORTABLE]),  # 256 UTF-16 units
        ("a.zip!", ["one/x.docx", "two/X.docx", "two/nul"], [0, 0, NAME_NOT_PORTABLE]),
    ],
)
def test_names_are_marked(cursor, names, marks):
    assert list(marks_of(cursor, names)) == marks


@given(
    st.lists(
        st.text(
            st.sampled_from("aAbB. :\n\u00e9\u00c9\u0301\u0130conulCONUL1\U0001f600\ud800"),
            min_size=1,
            max_size=9,
        ),
        max_size=6,
        unique=True,
    ),
    st.integers(0, 300),
)
def test_looking_at_names_together_tells_what_each_tells(names, depth):
    cursor = "d" * depth
    seen = {}
    for name, mark in zip(names, marks_of(cursor, names), strict=True):
        path = f"{cursor}/{name}" if cursor else name
        other = seen.setdefault(folded(name), name)
        assert bool(mark & NAME_NOT_PORTABLE) is not is_portable_name(name)
        assert bool(mark & PATH_TOO_LONG) is (len(path) > MAX_PATH)
        assert bool(mark & NAMES_DIFFER_IN_CASE) is (other != name)


def test_counts_are_those_of_the_findings(tmp_path):
    files = {
        "A.docx": b"PK 1",
        "a.docx": b"PK 2",
        "nul.docx": b"PK 3",
        "sub/B.docx": b"PK 4",
        "sub/b.docx": b"PK 5",
        "no/x.docx": b"PK",
        "long/" + "x/" * 130 + "y.docx": b"PK",
    }

    class Owned(MemorySource):
        def _item(self, path):
            return super()._item(path)._replace(owner="1017" if path.startswith("sub") else "ann")

    database = open_database(str(tmp_path / "scan.db"))
    source = Owned("m", files, denied=frozenset({"no"}))
    scan([source], database)
    with database.connect() as connection:
        listed = dict(Counter(finding.code for finding in findings(connection)))
        assert count_findings(connection) == listed
        assert set(listed) == {
            "NAMES_DIFFER_IN_CASE",
            "NAME_NOT_PORTABLE",
            "UNREADABLE",
            "PATH_TOO_LONG",
            "OWNER_UNKNOWN",
        }
        assert count_kinds(connection) == {}
    source.files = {path: content for path, content in files.items() if path != "a.docx"}
    scan([source], database)
    with database.connect() as connection:
        assert count_findings(connection)["NAMES_DIFFER_IN_CASE"] == 1
