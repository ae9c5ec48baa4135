import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.windows import (
    is_portable_name,
    is_reserved_name,
    is_unc,
    long_path,
    recalls_content,
)


@pytest.mark.parametrize(
    "name", ["CON", "nul.txt", "COM1.docx", "lpt9", "aux .doc", "COM².xls", "con.tar.gz"]
)
def test_device_names_are_reserved_with_any_extension(name):
    assert is_reserved_name(name)


@pytest.mark.parametrize("name", ["console.docx", "COM10.docx", "null.txt", "xCON", "COM.docx"])
def test_names_that_only_look_like_devices_are_free(name):
    assert not is_reserved_name(name)


@pytest.mark.parametrize("name", ["", "a:b", "what?.docx", "end.", "end ", "x" * 256, "tab\there", "NUL"])
def test_names_that_windows_cannot_hold(name):
    assert not is_portable_name(name)


def test_length_counts_utf16_code_units():
    assert is_portable_name("\U0001f600" * 127)
    assert not is_portable_name("\U0001f600" * 128)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\share\a.docx", r"\\?\C:\share\a.docx"),
        ("C:/share/a.docx", r"\\?\C:\share\a.docx"),
        (r"C:\share\..\b.docx", r"\\?\C:\b.docx"),
        (r"\\server\share\a.docx", r"\\?\UNC\server\share\a.docx"),
        (r"\\?\C:\share", r"\\?\C:\share"),
        (r"\\.\COM1", r"\\.\COM1"),
        (r"relative\a.docx", r"relative\a.docx"),
    ],
)
def test_long_paths(path, expected):
    assert long_path(path) == expected


@given(st.text())
def test_making_a_long_path_twice_changes_nothing(path):
    assert long_path(long_path(path)) == long_path(path)


@pytest.mark.parametrize(
    ("path", "unc"),
    [
        (r"\\server\share", True),
        ("//server/share", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\x", False),
        (r"C:\x", False),
        (r"\\.\pipe\x", False),
    ],
)
def test_unc_paths(path, unc):
    assert is_unc(path) is unc


@pytest.mark.parametrize("attributes", [0x1000, 0x40000, 0x400000, 0x400020])
def test_placeholders_are_recognised_by_any_of_their_marks(attributes):
    assert recalls_content(attributes)


def test_plain_archive_files_are_no_placeholders():
    assert not recalls_content(0x20)
