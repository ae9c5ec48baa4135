import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.errors import InventoryError
from inventory.smb.address import read_address
from inventory.smb.directory import BadAnswer, microseconds, read_directory

FILETIME_2020 = 132_223_104_000_000_000  # 2020-01-01


def entry(name, *, last=False, attributes=0x20, size=7, file_id=9, ea=0):
    """One FileIdFullDirectoryInformation, [MS-FSCC] 2.4.18."""
    raw = name.encode("utf-16-le", "surrogatepass")
    length = 80 + len(raw)
    padding = 0 if last else -length % 8
    head = struct.pack(
        "<II4q2qIIIIQ",
        0 if last else length + padding,
        0,
        *(FILETIME_2020,) * 4,
        size,
        size,
        attributes,
        len(raw),
        ea,
        0,
        file_id,
    )
    return head + raw + b"\0" * padding


def test_an_answer_is_read_name_by_name():
    answer = entry(".") + entry("..") + entry("a.docx") + entry("été", attributes=0x10, last=True)
    rows = list(read_directory(answer))
    assert [(row.name, row.is_directory, row.size_bytes, row.file_id) for row in rows] == [
        ("a.docx", False, 7, 9),
        ("été", True, 7, 9),
    ]
    assert microseconds(rows[0].written) == 1_577_836_800_000_000


def test_a_lone_surrogate_does_not_hide_its_directory():
    (row,) = read_directory(entry("bad\ud800name.docx", last=True))
    assert row.name == "bad\ud800name.docx"


def test_the_size_of_extended_attributes_is_a_tag_for_reparse_points_alone():
    plain, link = read_directory(
        entry("a", ea=0xA000000C) + entry("b", ea=0xA000000C, attributes=0x400, last=True)
    )
    assert (plain.tag, link.tag) == (0, 0xA000000C)


def test_file_ids_that_say_nothing_are_none():
    one, two = read_directory(entry("a", file_id=0) + entry("b", file_id=2**64 - 1, last=True))
    assert (one.file_id, two.file_id) == (0, 0)


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_bad_answer(answer):
    try:
        rows = list(read_directory(answer))
    except BadAnswer:
        return
    assert len(rows) <= len(answer) // 80


@pytest.mark.parametrize("cut", [1, 79, 81, 90])
def test_a_cut_answer_is_refused(cut):
    with pytest.raises(BadAnswer):
        list(read_directory(entry("document.docx", last=True)[:cut]))


def test_a_step_backwards_is_refused():
    answer = bytearray(entry("a.docx") + entry("b.docx", last=True))
    answer[0:4] = struct.pack("<I", 8)
    with pytest.raises(BadAnswer):
        list(read_directory(bytes(answer)))


@pytest.mark.parametrize(
    ("name", "server", "share", "path", "port", "user"),
    [
        ("smb://server/share", "server", "share", "", 445, None),
        ("smb://ann@server:1445/share/a%20b/c d/", "server", "share", "a b/c d", 1445, "ann"),
        ("smb://CORP;ann@server/share/what?#1", "server", "share", "what?#1", 445, "CORP\\ann"),
    ],
)
def test_addresses(name, server, share, path, port, user):
    address = read_address(name, {})
    assert (address.server, address.share, address.path, address.port, address.user) == (
        server,
        share,
        path,
        port,
        user,
    )
    assert address.unc.startswith(f"\\\\{server}\\{share}")


def test_user_and_password_come_from_the_environment_and_are_not_shown():
    address = read_address(
        "smb://server/share", {"MIGRATE_SMB_USER": "ann", "MIGRATE_SMB_PASSWORD": "secret"}
    )
    assert (address.user, address.password) == ("ann", "secret")
    assert "secret" not in repr(address)


@pytest.mark.parametrize("name", ["smb://", "smb://server", "smb://server/", "smb://server:nan/share"])
def test_an_address_without_server_or_share_is_no_source(name):
    with pytest.raises(InventoryError, match="SOURCE_UNKNOWN"):
        read_address(name, {})


def test_a_password_in_the_name_is_refused():
    with pytest.raises(InventoryError) as caught:
        read_address("smb://ann:secret@server/share", {})
    assert caught.value.code == "PASSWORD_IN_NAME"
    assert "secret" not in str(caught.value)
