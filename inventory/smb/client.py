"""A connection to a share: what is in a directory, in one round trip; the content of a file, never recalled.

One client belongs to one thread. DFS paths are resolved when the share is opened ([MS-DFSC]); smbprotocol keeps the
referrals.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from threading import Lock
from typing import Any, BinaryIO, NamedTuple

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
)

from inventory.errors import InventoryError
from inventory.smb import lsa
from inventory.smb.address import GUEST, Address
from inventory.smb.directory import BadAnswer, Row, read_directory
from inventory.smb.messages import (
    ANSWER_BYTES,
    CLOSE,
    LIST_RIGHTS,
    OPEN_NO_RECALL,
    QUERY_DIRECTORY,
    QUERY_OWNER,
    READ_CONTROL,
    SHARE_ALL,
    CreateMessage,
    answered_buffer,
)
from inventory.smb.security import read_owner
from inventory.source import Unlisted, Unopened
from inventory.windows import recalls_content

_CREDITS = 128  # of 64 KiB each: several answers under way
_CONNECT_SECONDS = 30
_OWNERS_AT_ONCE = 16

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


class Folder(NamedTuple):
    """What is in a folder, and its owner's SID, empty where that was not asked or not told."""

    owner: str
    rows: list[Row]


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

    def directory(self, path: str, *, with_owner: bool = False) -> Folder:
        """What is in a folder, ``path`` below the root of the address; with its owner in the same round trip.

        Raises Unlisted.
        """
        folder = self._path(path)
        try:
            owner, answers = self._told(folder, with_owner=with_owner)
            return Folder(owner, [row for answer in answers for row in read_directory(answer)])
        except SMBResponseException as error:
            raise Unlisted(_LISTING_REASONS.get(error.status, "FOLDER_UNREADABLE")) from error
        except ValueError as error:
            raise Unlisted("FOLDER_UNREADABLE") from error
        except (SMBException, OSError) as error:
            raise InventoryError("SOURCE_LOST", source=self._address.unc, detail=str(error)) from error

    def owners(self, folder: str, names: Sequence[str]) -> list[str]:
        """The SIDs of files' owners, empty where the server does not tell: a request a file, several under way."""
        found: list[str] = []
        try:
            for first in range(0, len(names), _OWNERS_AT_ONCE):
                paths = (
                    "\\".join(filter(None, (self._path(folder), name)))
                    for name in names[first : first + _OWNERS_AT_ONCE]
                )
                asked = [
                    self._send([CreateMessage(path, READ_CONTROL, folder=False), QUERY_OWNER, CLOSE])
                    for path in paths
                ]
                for created, told, closed in asked:
                    self._failure(created)
                    found.append(self._owner(told))
                    self._failure(closed)
        except (SMBException, OSError) as error:
            raise InventoryError("SOURCE_LOST", source=self._address.unc, detail=str(error)) from error
        return found

    def account_names(self, sids: Sequence[str]) -> dict[str, str]:
        """What SIDs stand for, as far as the server and those that it trusts can tell; none where it does not answer
        such questions, or not this account."""
        unc = "\\".join(("", "", self._address.server, "IPC$", "lsarpc"))
        try:
            with smbclient.open_file(
                unc, mode="r+b", buffering=0, file_type="pipe", share_access="rw", **self._options
            ) as pipe:
                return lsa.look_up(pipe.fd, sids)
        except (lsa.RemoteCallFailed, SMBException, OSError, ValueError):
            return {}

    def open(self, path: str) -> BinaryIO:
        """The content of a file. Raises Unopened, also for one that went offline since it was listed."""
        unc = "\\".join((self._address.unc, path.replace("/", "\\")))
        try:
            content = smbclient.open_file(
                unc, mode="rb", share_access="rwd", create_options=OPEN_NO_RECALL, **self._options
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

    def _path(self, path: str) -> str:
        return "\\".join(filter(None, (self._folder, path.replace("/", "\\"))))

    def _told(self, folder: str, *, with_owner: bool) -> tuple[str, Iterable[bytes]]:
        """The folder's owner and the directory's answers. Most fit in one: open, ask, ask for the end and for the
        owner, and close travel together."""
        try:
            owner, answers = self._together(folder, with_owner=with_owner)
        except SMBResponseException as error:
            if not with_owner or error.status != NtStatus.STATUS_ACCESS_DENIED:
                raise
            owner, answers = self._together(
                folder, with_owner=False
            )  # listing it may be allowed all the same
        return owner, self._long(folder) if answers is None else answers

    def _together(self, folder: str, *, with_owner: bool) -> tuple[str, list[bytes] | None]:
        """The owner, and the answers of a directory that needs no more than travel together; else None."""
        rights = LIST_RIGHTS | (READ_CONTROL if with_owner else 0)
        messages = [CreateMessage(folder, rights, folder=True), *([QUERY_OWNER] if with_owner else [])]
        created, *told, first, second, closed = self._send(
            [*messages, QUERY_DIRECTORY, QUERY_DIRECTORY, CLOSE]
        )
        # each answer has to be taken, or the next one's would be found in its place
        failures = [self._failure(created)]
        owner = self._owner(told[0]) if told else ""
        answers: list[bytes] = []
        complete = False
        for request in (first, second):
            try:
                answers.append(self._receive(request))
            except (NoMoreFiles, NoSuchFile):
                complete = True
            except SMBResponseException as error:
                failures.append(error)
        failures.append(self._failure(closed))
        failure = next(filter(None, failures), None)
        if failure is not None and not complete:
            raise failure
        return owner, answers if complete else None

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

    def _answer(self, request: Any) -> bytes:
        """An answer without its header. Raises SMBResponseException."""
        answer = self._tree.session.connection.receive(request, resolve_symlinks=False)
        return bytes(answer["data"].get_value())

    def _failure(self, request: Any) -> SMBResponseException | None:
        try:
            self._answer(request)
        except SMBResponseException as error:
            return error
        return None

    def _owner(self, request: Any) -> str:
        """The owner that an answer tells; empty from a server that tells none."""
        try:
            return read_owner(answered_buffer(self._answer(request)))
        except (SMBResponseException, struct.error):
            return ""

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
        """The bare directory information: smbprotocol's own records cost more than the network does."""
        try:
            return answered_buffer(self._answer(request))
        except struct.error as error:
            raise BadAnswer("cut") from error


_CREATION = (
    ImpersonationLevel.Impersonation,
    DirectoryAccessMask.FILE_LIST_DIRECTORY | DirectoryAccessMask.FILE_READ_ATTRIBUTES,
    FileAttributes.FILE_ATTRIBUTE_DIRECTORY,
    SHARE_ALL,
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
