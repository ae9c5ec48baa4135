"""A connection to a share: what is in a directory, in one round trip; the content of a file, never recalled.

One client belongs to one thread. DFS paths are resolved when the share is opened ([MS-DFSC]); smbprotocol keeps the
referrals.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import Any, BinaryIO

import smbclient
from smbprotocol.exceptions import (
    NoMoreFiles,
    NoSuchFile,
    SMBAuthenticationError,
    SMBException,
    SMBOSError,
    SMBResponseException,
)
from smbprotocol.file_info import FileInformationClass
from smbprotocol.header import NtStatus
from smbprotocol.open import (
    CreateDisposition,
    CreateOptions,
    DirectoryAccessMask,
    FileAttributes,
    ImpersonationLevel,
    Open,
    ShareAccess,
    SMB2QueryDirectoryResponse,
)

from inventory.errors import InventoryError
from inventory.smb.address import GUEST, Address
from inventory.smb.directory import Row, read_directory
from inventory.source import Unlisted, Unopened
from inventory.windows import recalls_content

ANSWER_BYTES = 262_144
_CREDITS = 128  # of 64 KiB each: several answers under way
_CONNECT_SECONDS = 30
_SHARE_ALL = ShareAccess.FILE_SHARE_READ | ShareAccess.FILE_SHARE_WRITE | ShareAccess.FILE_SHARE_DELETE
_OPEN_NO_RECALL = 0x0040_0000  # FILE_OPEN_NO_RECALL, [MS-SMB2] 2.2.13: a hint; attributes decide first

# NTSTATUS of an answer -> reason; [MS-ERREF] 2.3.1
_LISTING_REASONS = {
    NtStatus.STATUS_ACCESS_DENIED: "FOLDER_DENIED",
    0xC0000257: "MOUNT_POINT",  # STATUS_PATH_NOT_COVERED: the folder is a DFS link to another server
}
_OPENING_REASONS = {
    NtStatus.STATUS_ACCESS_DENIED: "PERMISSION_DENIED",
    NtStatus.STATUS_OBJECT_NAME_NOT_FOUND: "VANISHED",
    NtStatus.STATUS_OBJECT_PATH_NOT_FOUND: "VANISHED",
    NtStatus.STATUS_NO_SUCH_FILE: "VANISHED",
    NtStatus.STATUS_DELETE_PENDING: "VANISHED",
    NtStatus.STATUS_SHARING_VIOLATION: "IN_USE",
    0xC0000054: "IN_USE",  # STATUS_FILE_LOCK_CONFLICT
}

# STATUS_BAD_NETWORK_NAME, and STATUS_NOT_FOUND from a server asked whether DFS knows the name
_NO_SHARE = (NtStatus.STATUS_BAD_NETWORK_NAME, 0xC0000225)


class Client:
    def __init__(self, address: Address) -> None:
        """Connect, authenticate and find the folder, through DFS where need be. Raises InventoryError."""
        self._address = address
        self._connections: dict[str, Any] = {}
        self._options = {
            "username": address.user,
            "password": address.password or (GUEST if address.is_guest else None),
            "port": address.port,
            "connection_timeout": _CONNECT_SECONDS,
            "connection_cache": self._connections,
            "require_signing": not address.is_guest,  # a guest has no key to sign with ([MS-SMB2] 3.3.5.5.3)
            "auth_protocol": "negotiate" if address.user is None else "ntlm",
        }
        try:
            with _guests_allowed() if address.is_guest else nullcontext():
                root = smbclient.open_file(
                    address.unc, mode="rb", buffering=0, file_type="dir", share_access="rwd", **self._options
                )
        except SMBOSError as error:
            raise _unreachable(address, error) from error
        except SMBAuthenticationError as error:
            raise InventoryError("SOURCE_DENIED", source=address.unc) from error
        except (SMBException, OSError, ValueError) as error:
            raise InventoryError("SOURCE_UNREACHABLE", source=address.unc, detail=str(error)) from error
        with root:
            self._tree: Any = root.fd.tree_connect
            self._folder: str = root.fd.file_name
        self._tree.session.connection.echo(sid=self._tree.session.session_id, credit_request=_CREDITS)

    def directory(self, path: str) -> Iterator[Row]:
        """What is in a folder, ``path`` below the root of the address. Raises Unlisted."""
        folder = "\\".join(filter(None, (self._folder, path.replace("/", "\\"))))
        try:
            for answer in self._answers(folder):
                yield from read_directory(answer)
        except SMBResponseException as error:
            raise Unlisted(_LISTING_REASONS.get(error.status, "FOLDER_UNREADABLE")) from error
        except ValueError as error:
            raise Unlisted("FOLDER_UNREADABLE") from error
        except (SMBException, OSError) as error:
            raise InventoryError("SOURCE_LOST", source=self._address.unc, detail=str(error)) from error

    def open(self, path: str) -> BinaryIO:
        """The content of a file. Raises Unopened, also for one that went offline since it was listed."""
        unc = "\\".join((self._address.unc, path.replace("/", "\\")))
        try:
            content = smbclient.open_file(
                unc, mode="rb", share_access="rwd", create_options=_OPEN_NO_RECALL, **self._options
            )
        except SMBOSError as error:
            raise Unopened(_OPENING_REASONS.get(error.ntstatus, "INPUT_ERROR")) from error
        except (SMBException, OSError) as error:
            raise InventoryError("SOURCE_LOST", source=self._address.unc, detail=str(error)) from error
        if recalls_content(content.raw.fd.file_attributes):
            content.close()
            raise Unopened("OFFLINE")
        return content

    def close(self) -> None:
        smbclient.reset_connection_cache(fail_on_error=False, connection_cache=self._connections)

    def _answers(self, folder: str) -> Iterator[bytes]:
        """The directory's answers. Most fit in one: open, ask, ask for the end and close travel together."""
        opened = Open(self._tree, folder)
        create, created = self._create(opened)
        first, second = (self._query(opened) for _ in range(2))
        close, closed = opened.close(send=False)
        requests = self._send([create, first, second, close])
        answers: list[bytes] = []
        failure: SMBResponseException | None = None
        complete = False
        for request, receive in zip(requests, (created, self._receive, self._receive, closed), strict=True):
            try:  # each answer has to be taken, or the next one's would be found in its place
                answer = receive(request)
            except (NoMoreFiles, NoSuchFile):
                complete = True
            except SMBResponseException as error:
                failure = failure or error
            else:
                if isinstance(answer, bytes):
                    answers.append(answer)
        if complete:
            yield from answers
        elif failure is not None:
            raise failure
        else:
            yield from self._long(folder)

    def _long(self, folder: str) -> Iterator[bytes]:
        """The answers of a directory that needs more of them than travel together."""
        opened = Open(self._tree, folder)
        opened.create(*_CREATION)
        try:
            while True:
                (request,) = self._send([self._query(opened)])
                try:
                    yield self._receive(request)
                except (NoMoreFiles, NoSuchFile):
                    return
        finally:
            opened.close()

    def _create(self, opened: Any) -> Any:
        return opened.create(*_CREATION, send=False)

    def _query(self, opened: Any) -> Any:
        asked, _unpack = opened.query_directory(
            "*",
            FileInformationClass.FILE_ID_FULL_DIRECTORY_INFORMATION,
            max_output=ANSWER_BYTES,
            send=False,
        )
        return asked

    def _send(self, messages: list[Any]) -> list[Any]:
        session = self._tree.session
        return list(
            session.connection.send_compound(
                messages, session.session_id, self._tree.tree_connect_id, related=len(messages) > 1
            )
        )

    def _receive(self, request: Any) -> bytes:
        """The bare answer: smbprotocol's own records cost more than the network does."""
        answer = SMB2QueryDirectoryResponse()
        answer.unpack(self._tree.session.connection.receive(request)["data"].get_value())
        return bytes(answer["buffer"].get_value())


_CREATION = (
    ImpersonationLevel.Impersonation,
    DirectoryAccessMask.FILE_LIST_DIRECTORY | DirectoryAccessMask.FILE_READ_ATTRIBUTES,
    FileAttributes.FILE_ATTRIBUTE_DIRECTORY,
    _SHARE_ALL,
    CreateDisposition.FILE_OPEN,
    CreateOptions.FILE_DIRECTORY_FILE,
)


_GUEST_LOCK = Lock()


@contextmanager
def _guests_allowed() -> Iterator[None]:
    """A guest has no session key to verify the negotiation with; smbprotocol's setting is the process's."""
    with _GUEST_LOCK:
        settings = smbclient.ClientConfig()
        before = settings.require_secure_negotiate
        settings.set(require_secure_negotiate=False)
        try:
            yield
        finally:
            settings.set(require_secure_negotiate=before)


def _unreachable(address: Address, error: SMBOSError) -> InventoryError:
    if error.ntstatus in (NtStatus.STATUS_ACCESS_DENIED, NtStatus.STATUS_LOGON_FAILURE):
        return InventoryError("SOURCE_DENIED", source=address.unc)
    if _OPENING_REASONS.get(error.ntstatus) == "VANISHED" or error.ntstatus in _NO_SHARE:
        return InventoryError("SOURCE_MISSING", source=address.unc)
    return InventoryError("SOURCE_UNREACHABLE", source=address.unc, detail=str(error))
