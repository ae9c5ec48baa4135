"""The requests that a listing sends by the thousand, as bytes made once or by one format: [MS-SMB2] 2.2.

smbprotocol builds a request field by field, which costs more than the server's answer; what it needs of a request is
its command, its length and its bytes.
"""

from __future__ import annotations

from struct import Struct
from typing import Any

from smbprotocol.file_info import FileInformationClass, InfoType
from smbprotocol.header import Commands
from smbprotocol.open import (
    CreateDisposition,
    CreateOptions,
    FileAttributes,
    ImpersonationLevel,
    ShareAccess,
    SMB2CloseRequest,
    SMB2QueryDirectoryRequest,
    SMB2QueryInfoRequest,
)

ANSWER_BYTES = 262_144
SHARE_ALL = ShareAccess.FILE_SHARE_READ | ShareAccess.FILE_SHARE_WRITE | ShareAccess.FILE_SHARE_DELETE
OPEN_NO_RECALL = 0x0040_0000  # FILE_OPEN_NO_RECALL, 2.2.13: a hint; attributes decide first

LIST_RIGHTS = 0x0000_0001 | 0x0000_0080  # FILE_LIST_DIRECTORY, FILE_READ_ATTRIBUTES; 2.2.13.1.2
READ_CONTROL = 0x0002_0000  # to read the security descriptor; 2.2.13.1

_OWNER_SECURITY_INFORMATION = 0x0000_0001  # 2.2.37
_DESCRIPTOR_BYTES = 1_024
_FILE_OF_COMPOUND = b"\xff" * 16  # the file that the first request of a compound opens; 3.3.5.2.7.2

# 2.2.13, to NameLength and the offset and length of create contexts, of which there are none
_CREATE = Struct("<HBBIQQIIIIIHHII")
_CREATE_BYTES, _NAME_OFFSET = 57, 120
_BUFFER = Struct("<HHI")  # of an answer: its size, then offset from the header and length of what it holds
_HEADER_BYTES = 64


class CreateMessage:
    """A request to open a path below the share, as a folder or as whatever it is."""

    COMMAND = Commands.SMB2_CREATE

    def __init__(self, path: str, rights: int, *, folder: bool) -> None:
        name = path.encode("utf-16-le", "surrogatepass")
        options = (
            CreateOptions.FILE_DIRECTORY_FILE
            if folder
            else OPEN_NO_RECALL | CreateOptions.FILE_OPEN_REPARSE_POINT
        )
        attributes = (
            FileAttributes.FILE_ATTRIBUTE_DIRECTORY if folder else FileAttributes.FILE_ATTRIBUTE_NORMAL
        )
        head = _CREATE.pack(
            _CREATE_BYTES, 0, 0, ImpersonationLevel.Impersonation, 0, 0, rights, attributes, SHARE_ALL,
            CreateDisposition.FILE_OPEN, options, _NAME_OFFSET, len(name), 0, 0,
        )  # fmt: skip
        self._bytes = head + (name or b"\x00\x00")

    def __len__(self) -> int:
        return len(self._bytes)

    def pack(self) -> bytes:
        return self._bytes


class PackedMessage:
    """A request of smbprotocol whose bytes never change."""

    def __init__(self, message: Any) -> None:
        self.COMMAND = message.COMMAND
        self._message = message
        self._bytes: bytes = message.pack()

    def __len__(self) -> int:
        return len(self._bytes)

    def __getitem__(self, field: str) -> Any:
        return self._message[field]

    def pack(self) -> bytes:
        return self._bytes


def _query() -> PackedMessage:
    message = SMB2QueryDirectoryRequest()
    message["file_information_class"] = FileInformationClass.FILE_ID_FULL_DIRECTORY_INFORMATION
    message["file_id"] = _FILE_OF_COMPOUND
    message["output_buffer_length"] = ANSWER_BYTES
    message["buffer"] = "*".encode("utf-16-le")
    return PackedMessage(message)


def _owner() -> PackedMessage:
    message = SMB2QueryInfoRequest()
    message["info_type"] = InfoType.SMB2_0_INFO_SECURITY
    message["output_buffer_length"] = _DESCRIPTOR_BYTES
    message["additional_information"] = _OWNER_SECURITY_INFORMATION
    message["file_id"] = _FILE_OF_COMPOUND
    return PackedMessage(message)


def _close() -> PackedMessage:
    message = SMB2CloseRequest()
    message["file_id"] = _FILE_OF_COMPOUND
    return PackedMessage(message)


# requests about the file that the compound opens
QUERY_DIRECTORY, QUERY_OWNER, CLOSE = _query(), _owner(), _close()


def answered_buffer(data: bytes) -> bytes:
    """What a QUERY_DIRECTORY or QUERY_INFO answer holds (2.2.34, 2.2.38). Raises struct.error for a cut one."""
    _size, offset, length = _BUFFER.unpack_from(data)
    return data[offset - _HEADER_BYTES : offset - _HEADER_BYTES + length]
