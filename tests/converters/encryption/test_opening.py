"""Encrypted documents are opened by the password that fits, in bounds, and by no other."""

from __future__ import annotations

import logging
import struct
from pathlib import Path

import pytest

from converters import identify
from converters.encryption import opening
from converters.encryption.opening import open_encrypted
from converters.encryption.shows import ShowKey, recoded_pictures
from converters.errors import ConverterError, Failed, Refused
from converters.ooxml.package import Limits
from converters.private_files import private_file
from tests.conftest import CORPUS
from tests.encrypted_files import SALT, agile, letter, standard, with_information
from tests.office_files import compound, doc

DOCX = letter()
PASSWORD = "Grüße, 3 Mäuse"


def _open(tmp_path: Path, data: bytes, *passwords: str, limits: Limits | None = None) -> bytes:
    source, target = tmp_path / "closed", tmp_path / "open"
    source.write_bytes(data)
    open_encrypted(source, target, passwords, limits or Limits(), 60)
    return target.read_bytes()


def _refusal(tmp_path: Path, data: bytes, *passwords: str, limits: Limits | None = None) -> ConverterError:
    with pytest.raises(ConverterError) as caught:
        _open(tmp_path, data, *passwords, limits=limits)
    return caught.value


@pytest.mark.parametrize("encrypt", [agile, standard])
def test_a_document_is_opened_by_the_password_of_a_list_that_fits(tmp_path: Path, encrypt) -> None:
    assert _open(tmp_path, encrypt(DOCX, PASSWORD), "other", PASSWORD) == DOCX


def test_a_document_of_todays_office_is_opened(tmp_path: Path) -> None:
    assert _open(tmp_path, agile(DOCX, PASSWORD, 100_000), PASSWORD) == DOCX


@pytest.mark.parametrize("encrypt", [agile, standard])
def test_a_wrong_password_is_named_as_one(tmp_path: Path, encrypt) -> None:
    refusal = _refusal(tmp_path, encrypt(DOCX, PASSWORD), "one", "two")
    assert (refusal.code, refusal.params) == ("WRONG_PASSWORD", {"tried": 2})


def test_without_a_password_it_stays_closed(tmp_path: Path) -> None:
    assert _refusal(tmp_path, agile(DOCX, PASSWORD)).code == "ENCRYPTED"


@pytest.mark.parametrize("password", opening.EVERYBODYS)
def test_what_office_opens_for_everybody_needs_no_password(tmp_path: Path, password: str) -> None:
    assert _open(tmp_path, agile(DOCX, password)) == DOCX


def test_rounds_that_would_take_hours_are_refused_at_once(tmp_path: Path) -> None:
    data = with_information(agile(DOCX, PASSWORD, 1000), b'spinCount="1000"', b'spinCount="9999"')
    refusal = _refusal(tmp_path, data, PASSWORD, limits=Limits(key_rounds=5_000))
    assert (refusal.code, refusal.params) == ("LIMIT_KEY_ROUNDS", {"rounds": 9_999, "limit": 5_000})


def test_the_limit_leaves_room_for_ten_times_what_office_does() -> None:
    assert Limits().key_rounds == 1_000_000


def test_entities_in_the_encryption_information_are_refused(tmp_path: Path) -> None:
    information = (
        struct.pack("<HHI", 4, 4, 0x40) + b'<!DOCTYPE a [<!ENTITY b "c">]><encryption>&b;</encryption>'
    )
    data = compound({"EncryptionInfo": information, "EncryptedPackage": bytes(64)})
    assert _refusal(tmp_path, data, PASSWORD).code == "DOCTYPE_FORBIDDEN"


@pytest.mark.parametrize(
    ("information", "code"),
    [
        (struct.pack("<HHI", 4, 3, 0x40), "ENCRYPTION_UNSUPPORTED"),
        (struct.pack("<HHI", 4, 4, 0x40) + b"<encryption/>", "DAMAGED_XML"),  # padded with zeros
        (struct.pack("<HHI", 3, 2, 0x24), "DAMAGED_OLE"),
        (struct.pack("<HHII", 3, 2, 0x24, 0xFFFFFFFF), "DAMAGED_OLE"),
    ],
)
def test_other_and_damaged_encryption_is_a_refusal(tmp_path: Path, information: bytes, code: str) -> None:
    data = compound({"EncryptionInfo": information, "EncryptedPackage": bytes(64)})
    assert _refusal(tmp_path, data, PASSWORD).code == code


def test_words_xor_is_named(tmp_path: Path) -> None:
    refusal = _refusal(tmp_path, doc(0x0100 | 0x8000), PASSWORD)
    assert (refusal.code, refusal.params) == ("ENCRYPTION_UNSUPPORTED", {"method": "XOR"})


def test_a_file_too_large_to_be_opened_in_memory_is_refused(tmp_path: Path) -> None:
    refusal = _refusal(tmp_path, agile(DOCX, PASSWORD), PASSWORD, limits=Limits(encrypted_bytes=1000))
    assert refusal.code == "LIMIT_FILE_SIZE"


def test_where_the_extra_is_missing_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "can_open", lambda: False)
    error = _refusal(tmp_path, agile(DOCX, PASSWORD), PASSWORD)
    assert isinstance(error, Failed)
    assert (error.code, error.params) == ("EXTRA_MISSING", {"extra": "passwords"})
    assert isinstance(_refusal(tmp_path, agile(DOCX, PASSWORD)), Refused)


def test_no_password_and_no_key_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = standard(DOCX, PASSWORD)
    with caplog.at_level(logging.DEBUG):
        _open(tmp_path, data, "other", PASSWORD)
    assert not caplog.records


# one file for each method, and the password with which its repository's tests open it
_REAL = {
    "607f6f160adf": "",  # .xls, RC4, Office's own password
    "00705e7562e0": "password",  # .xls, RC4 CryptoAPI
    "b2f7f4881af9": "hello",  # .ppt, RC4 CryptoAPI with 56 bits
    "16369d4aceef": "password",  # standard
    "4ae2bb1403af": "pass",  # standard
    "f0fa21dc8dae": "test",  # agile
    "7d199bbd2947": "Password1234_",  # agile
}


@pytest.mark.corpus
@pytest.mark.parametrize("name", _REAL)
def test_real_files_are_opened(corpus: Path, tmp_path: Path, name: str) -> None:
    source = next((CORPUS / "encrypted").glob(f"{name}_*"))
    target = tmp_path / "open"
    open_encrypted(source, target, [_REAL[name]] if _REAL[name] else [], Limits(), 60)
    identity = identify(target)
    assert identity.refusal() is None
    assert not identity.encrypted


def _picture_stream() -> bytes:
    """A PNG, a JPEG with two identifiers, a metafile, an entry of the store with a name and a picture in it."""
    png = struct.pack("<HHI", 0x6E0 << 4, 0xF01E, 16 + 1 + 9) + bytes(16) + b"\xff" + b"png bytes"
    jpeg = struct.pack("<HHI", 0x46B << 4, 0xF01D, 32 + 1 + 4) + bytes(32) + b"\xff" + b"jpeg"
    metafile = struct.pack("<HHI", 0x3D4 << 4, 0xF01A, 16 + 34 + 3) + bytes(50) + b"emf"
    entry = bytes(33) + b"\x04" + bytes(2) + b"n\0m\0" + png
    return png + jpeg + metafile + struct.pack("<HHI", 2, 0xF007, len(entry)) + entry


def test_pictures_of_an_encrypted_show_come_back_as_they_were() -> None:
    cipher = ShowKey(PASSWORD, SALT, 128).cipher(0)
    plain = _picture_stream()
    closed = recoded_pictures(plain, cipher, decrypting=False)
    assert b"png bytes" not in closed
    assert recoded_pictures(closed, cipher, decrypting=True) == plain


def test_pictures_that_are_cut_end_the_work() -> None:
    cipher = ShowKey(PASSWORD, SALT, 40).cipher(0)
    closed = recoded_pictures(_picture_stream(), cipher, decrypting=False)
    assert len(recoded_pictures(closed[:-5], cipher, decrypting=True)) == len(closed) - 5


def test_private_room_is_this_accounts_alone_and_goes() -> None:
    with private_file() as path:
        path.write_bytes(b"secret")
        assert path.read_bytes() == b"secret"
        assert path.stat().st_mode & 0o077 == 0 or not path.resolve().exists()  # it has no name at all
    assert not path.exists()


def test_private_room_without_memory_files_is_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converters.private_files._anonymous", lambda: None)
    with private_file() as path:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not path.parent.exists()
