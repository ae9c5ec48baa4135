"""VBA projects as files hold them, real and hostile."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest

from converters import inspect
from converters.errors import Refused
from converters.identify_ole import opened
from converters.macros import compression, project
from converters.macros.compression import decompress
from converters.macros.containers import projects_of_show
from converters.macros.project import Reference, read_project
from converters.macros.project_protection import is_locked, reveal
from tests.office_files import compound, compressed
from tests.vba_files import project_bin, xlsm

CODE = "Sub A()\n    Beep\nEnd Sub\n"


def obscured(data: bytes, seed: int = 0x8F, key: int = 0x5A) -> str:
    """A value of the PROJECT stream as [MS-OVBA] 2.4.3.2 (Data Encryption) writes it."""
    written = [seed, seed ^ 2, seed ^ key]
    plain = key
    for byte in bytes((seed & 6) // 2) + struct.pack("<I", len(data)) + data:
        written.append(byte ^ (written[-2] + plain & 0xFF))
        plain = byte
    return bytes(written).hex().upper()


def test_kinds_references_and_the_name_are_read() -> None:
    found = read_project(
        project_bin(
            {
                "ThisWorkbook": ("document", ""),
                "Tools": ("standard", CODE),
                "Account": ("class", CODE),
                "Entry": ("form", CODE),
            },
            name="Budget",
            references={"Scripting": "*\\G{420B2830-E718-11CF-893D-00A0C9054228}#1.0#0#scrrun.dll#"},
        )
    )
    assert (found.name, found.locked) == ("Budget", False)
    assert {module.name: module.kind for module in found.modules} == {
        "ThisWorkbook": "document",
        "Tools": "standard",
        "Account": "class",
        "Entry": "form",
    }
    assert found.references == (
        Reference("Scripting", "*\\G{420B2830-E718-11CF-893D-00A0C9054228}#1.0#0#scrrun.dll#"),
    )
    assert found.modules[1].code == 'Attribute VB_Name = "Tools"\r\n' + CODE.replace("\n", "\r\n")


@pytest.mark.parametrize(("codepage", "name"), [(1252, "Été"), (1251, "Отчёт"), (932, "集計")])
def test_names_and_code_of_other_code_pages_survive(codepage: int, name: str) -> None:
    code = f'Sub {name}()\n    MsgBox "{name}"\nEnd Sub\n'
    (module,) = read_project(project_bin({name: ("standard", code)}, codepage=codepage)).modules
    assert module.name == name
    assert (module.code or "").splitlines()[1] == f"Sub {name}()"


def test_without_the_extra_our_own_reader_answers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    data = project_bin({"Module1": ("standard", CODE), "Class1": ("class", CODE * 300)})
    with_extra = read_project(data)
    monkeypatch.setattr(project, "code_by_oletools", lambda *_arguments: None)
    without = read_project(data)
    assert without.reader == "own"
    assert without.modules == with_extra.modules


def test_a_lock_is_seen_and_the_code_read_all_the_same(tmp_path: Path) -> None:
    lock = f'DPB="{obscured(b"x" * 29)}"'
    data = project_bin({"Module1": ("standard", CODE)}, protection=lock)
    assert read_project(data).locked
    path = tmp_path / "a.xlsm"
    path.write_bytes(xlsm(data))
    found = inspect(path)
    assert found.protection == ("macros",)
    assert found.macro_projects[0].locked
    assert found.macros[0].procedures == ("A",)


def test_no_lock_is_seen_where_there_is_none() -> None:
    assert not is_locked(f'CMG="{obscured(bytes(4))}"\r\nDPB="{obscured(bytes(1))}"')
    assert is_locked(f'CMG="{obscured(bytes([1, 0, 0, 0]))}"')
    assert not is_locked('CMG="00"\r\nDPB="ZZ"')
    assert reveal(b"") == b""


# -- hostile --------------------------------------------------------------------------------------------------------


def test_a_project_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "MAX_PROJECT_BYTES", 1_000)
    with pytest.raises(Refused, match="LIMIT_PART_SIZE"):
        read_project(project_bin({"A": ("standard", "x" * 600), "B": ("standard", "x" * 600)}))


def test_a_module_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "MAX_SOURCE_BYTES", 10_000)
    bomb = b"\x01" + bytes.fromhex("03B0 02 61 45 00".replace(" ", "")) * 10_000  # 73 letters for 6 bytes
    with pytest.raises(Refused, match="LIMIT_PART_SIZE"):
        decompress(bomb)


def test_a_chunk_that_claims_more_than_a_chunk_holds_is_refused() -> None:
    tokens = b"\x02\x61\xff\x0f" + (b"\xff" + b"\xff\x0f" * 8) * 60
    chunk = struct.pack("<H", 0xB000 | (len(tokens) - 1)) + tokens
    with pytest.raises(Refused, match="DAMAGED_OLE"):
        decompress(b"\x01" + chunk)


def test_too_many_modules_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "MAX_MODULES", 3)
    with pytest.raises(Refused, match="LIMIT_ENTRIES"):
        read_project(project_bin({f"M{number}": ("standard", "") for number in range(5)}))


def test_an_offset_behind_the_end_and_a_stream_that_is_not_there_are_damage() -> None:
    directory = struct.pack("<HI", 0x19, 1) + b"A" + struct.pack("<HI", 0x1A, 1) + b"A"
    directory += struct.pack("<HII", 0x31, 4, 0x7FFFFFFF)
    streams = {"PROJECT": b"Module=A\r\n", "VBA/dir": compressed(directory)}
    with pytest.raises(Refused, match="DAMAGED_OLE"):
        read_project(compound(streams))
    with pytest.raises(Refused, match="DAMAGED_OLE"):
        read_project(compound({**streams, "VBA/A": compressed(b"Sub A()")}))


def test_a_directory_whose_entries_are_their_own_siblings_ends() -> None:
    data = bytearray(project_bin({"Module1": ("standard", CODE)}))
    start = (
        512 + struct.unpack_from("<I", data, 48)[0] * 512
    )  # [MS-CFB] 2.2: the first sector of the directory
    for entry in range(1, 5):
        struct.pack_into("<II", data, start + 128 * entry + 68, entry, entry)
    try:
        assert len(read_project(bytes(data)).modules) <= 1
    except Refused as refusal:
        assert refusal.code == "DAMAGED_OLE"


def test_a_chain_of_sectors_that_bites_its_tail_ends_where_the_stream_ends() -> None:
    data = bytearray(compound({"PROJECT": b"Module=A\r\n", "VBA/dir": compressed(b"x" * 9_000)}))
    (table,) = struct.unpack_from("<I", data, 76)
    for sector in range(8):  # every sector of the first stream is its own successor
        struct.pack_into("<I", data, 512 + table * 512 + 4 * sector, sector)
    with opened(io.BytesIO(bytes(data))) as ole:
        assert len(ole.openstream("PROJECT").read()) == 4096


def test_bytes_that_look_like_a_stored_project_of_a_show_are_passed_over() -> None:
    record = b"\x10\x00\x11\x10" + struct.pack("<I", 12)
    assert list(projects_of_show(record + b"\x00" * 4 + b"no deflate")) == []
    assert list(projects_of_show(record[:6])) == []
