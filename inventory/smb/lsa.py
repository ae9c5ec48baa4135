"""What SIDs stand for, asked of a server in one pass: [MS-LSAT] over its pipe ``lsarpc`` ([MS-RPCE], NDR 2.0).

Only what this needs of remote procedure calls is here: bind, one policy handle, LsarLookupSids of many SIDs at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from struct import Struct, error, pack, unpack_from
from typing import Protocol
from uuid import UUID

from inventory.smb.security import sid_bytes

SIDS_A_CALL = 200  # an answer of so many stays well below what one fragment of a request may be

_LSARPC = UUID("12345778-1234-abcd-ef00-0123456789ab")  # version 0.0; [MS-LSAT] 2.1
_NDR = UUID("8a885d04-1ceb-11c9-9fe8-08002b104860")  # version 2; [C706] appendix I
_FRAGMENT_BYTES = 4_280
_PIPE_BYTES = 8_192
_BIND, _REQUEST, _RESPONSE, _BIND_ACK = 11, 0, 2, 12
_FIRST, _LAST = 1, 2
_HEADER = Struct("<BBBB4sHHI")  # version, minor, type, flags, data representation, length, auth length, call
_LITTLE_ENDIAN = b"\x10\x00\x00\x00"

_OPEN_POLICY2, _LOOKUP_SIDS = 44, 15  # operation numbers, [MS-LSAT] 3.1.4
_LOOKUP_NAMES_RIGHT = 0x0000_0800  # POLICY_LOOKUP_NAMES, [MS-LSAD] 2.2.1.1.2
_LOOKUP_WORKSTATION = 1  # LsapLookupWksta: accounts of the server, its domain and those that it trusts
_NAMED_USES = frozenset({1, 2, 4, 5, 9})  # user, group, alias, well-known group, computer; [MS-LSAT] 2.2.13
_NO_NAMES = (0xC000_0073,)  # STATUS_NONE_MAPPED
_SUCCESSES = (0, 0x0000_0107)  # and STATUS_SOME_NOT_MAPPED


class RemoteCallFailed(Exception):
    """The server does not answer such calls, or not this account."""


class Pipe(Protocol):
    """An open pipe of a server."""

    def write(self, data: bytes, offset: int) -> object: ...

    def read(self, offset: int, length: int) -> bytes: ...


def look_up(pipe: Pipe, sids: Sequence[str]) -> dict[str, str]:
    """What SIDs stand for, ``DOMAIN\\name``, as far as the server can tell. Raises RemoteCallFailed, and ValueError
    for a text that is no SID."""
    pipe.write(bind_message(), 0)
    check_bound(pipe.read(0, _PIPE_BYTES))
    policy = read_policy(stub_of(_fragments(pipe, open_policy_message())))
    found: dict[str, str] = {}
    for first in range(0, len(sids), SIDS_A_CALL):
        asked = sids[first : first + SIDS_A_CALL]
        found |= read_names(stub_of(_fragments(pipe, lookup_message(policy, asked))), asked)
    return found


def _fragments(pipe: Pipe, message: bytes) -> Iterator[bytes]:
    """The fragments of an answer, each whole however the pipe cuts it."""
    pipe.write(message, 0)
    waiting = b""
    while True:
        while len(waiting) < _HEADER.size or len(waiting) < fragment_bytes(waiting):
            waiting += pipe.read(0, _PIPE_BYTES)
        length = fragment_bytes(waiting)
        yield waiting[:length]
        waiting = waiting[length:]


def bind_message() -> bytes:
    body = pack("<HHIBxxxHBx", _FRAGMENT_BYTES, _FRAGMENT_BYTES, 0, 1, 0, 1)
    body += _LSARPC.bytes_le + pack("<I", 0) + _NDR.bytes_le + pack("<I", 2)
    return _message(_BIND, body)


def check_bound(answer: bytes) -> None:
    """Raises RemoteCallFailed."""
    if len(answer) < _HEADER.size or answer[2] != _BIND_ACK:
        raise RemoteCallFailed("bind")


def open_policy_message() -> bytes:
    """LsarOpenPolicy2: no system name, empty object attributes, the right to look names up."""
    attributes = pack("<6I", 24, 0, 0, 0, 0, 0)
    return _request(_OPEN_POLICY2, pack("<I", 0) + attributes + pack("<I", _LOOKUP_NAMES_RIGHT))


def read_policy(stub: bytes) -> bytes:
    """The policy handle of an answer. Raises RemoteCallFailed."""
    if len(stub) < 24 or unpack_from("<I", stub, 20)[0]:
        raise RemoteCallFailed("policy")
    return stub[:20]


def lookup_message(policy: bytes, sids: Sequence[str]) -> bytes:
    """LsarLookupSids. Raises ValueError for a text that is no SID."""
    binary = [sid_bytes(sid) for sid in sids]
    stub = policy + pack("<III", len(binary), 1, len(binary))
    stub += b"".join(pack("<I", number) for number in range(2, len(binary) + 2))
    stub += b"".join(pack("<I", sid[1]) + sid for sid in binary)
    return _request(_LOOKUP_SIDS, stub + pack("<IIHxxI", 0, 0, _LOOKUP_WORKSTATION, 0))


def read_names(stub: bytes, sids: Sequence[str]) -> dict[str, str]:
    """What SIDs stand for, ``DOMAIN\\name``, from the answer to their lookup. Raises RemoteCallFailed."""
    try:
        return _names(_Ndr(stub), sids)
    except (error, UnicodeDecodeError, IndexError) as failure:
        raise RemoteCallFailed("answer") from failure


def _names(ndr: _Ndr, sids: Sequence[str]) -> dict[str, str]:
    domains = _domains(ndr)
    count, array = ndr.number(), ndr.number()
    entries = []
    if array:
        ndr.number()
        entries = [(ndr.short(), *ndr.string_head(), ndr.number()) for _ in range(count)]
    found = {}
    for sid, (use, pointer, domain) in zip(sids, entries, strict=False):
        name = ndr.string() if pointer else ""
        if use in _NAMED_USES and name:
            prefix = f"{domains[domain]}\\" if domain < len(domains) and domains[domain] else ""
            found[sid] = prefix + name
    ndr.number()  # how many were mapped
    status = ndr.number()
    if status not in (*_SUCCESSES, *_NO_NAMES):
        raise RemoteCallFailed(f"{status:#x}")
    return found


def _domains(ndr: _Ndr) -> list[str]:
    """LSAPR_REFERENCED_DOMAIN_LIST, [MS-LSAT] 2.2.12."""
    if not ndr.number():
        return []
    count, array, _most = ndr.number(), ndr.number(), ndr.number()
    if not array:
        return []
    ndr.number()
    heads = [(*ndr.string_head(), ndr.number()) for _ in range(count)]
    domains = []
    for pointer, sid in heads:
        domains.append(ndr.string() if pointer else "")
        if sid:
            ndr.skip(8 + 4 * ndr.number())
    return domains


class _Ndr:
    """Reads NDR: everything stands on a multiple of its size."""

    def __init__(self, stub: bytes) -> None:
        self._stub = stub
        self._at = 0

    def number(self) -> int:
        self._at += -self._at % 4
        (value,) = unpack_from("<I", self._stub, self._at)
        self._at += 4
        return int(value)

    def short(self) -> int:
        (value,) = unpack_from("<H", self._stub, self._at)
        self._at += 2
        return int(value)

    def skip(self, size: int) -> None:
        self._at += size

    def string_head(self) -> tuple[int]:
        """RPC_UNICODE_STRING: two lengths, and the pointer that is answered."""
        self._at += -self._at % 4
        self._at += 4
        return (self.number(),)

    def string(self) -> str:
        """What such a pointer leads to: most, first and actual characters, and these."""
        self.number()
        self.number()
        size = 2 * self.number()
        text = self._stub[self._at : self._at + size]
        if len(text) < size:
            raise IndexError(size)
        self._at += size
        return text.decode("utf-16-le")


def stub_of(fragments: Iterable[bytes]) -> bytes:
    """The answer to a request from its fragments, read until the last. Raises RemoteCallFailed."""
    stub = b""
    for fragment in fragments:
        if len(fragment) < _HEADER.size + 8 or fragment[2] != _RESPONSE:
            raise RemoteCallFailed("response")
        stub += fragment[_HEADER.size + 8 :]
        if fragment[3] & _LAST:
            return stub
    raise RemoteCallFailed("cut")


def fragment_bytes(answer: bytes) -> int:
    """The length that a fragment says it has. Raises RemoteCallFailed."""
    if len(answer) < _HEADER.size:
        raise RemoteCallFailed("cut")
    return int(_HEADER.unpack_from(answer)[5])


def _request(operation: int, stub: bytes) -> bytes:
    return _message(_REQUEST, pack("<IHH", len(stub), 0, operation) + stub)


def _message(kind: int, body: bytes) -> bytes:
    length = _HEADER.size + len(body)
    return _HEADER.pack(5, 0, kind, _FIRST | _LAST, _LITTLE_ENDIAN, length, 0, 1) + body
