"""Owners' SIDs and what they stand for, without a server: bytes as [MS-DTYP] and [MS-LSAT] lay them out."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("smbprotocol", reason="the extra smb is not installed")

from inventory.accounts import WELL_KNOWN, show_accounts
from inventory.database import open_database, transaction
from inventory.queries import totals
from inventory.scan import scan
from inventory.smb import lsa
from inventory.smb.lsa import RemoteCallFailed, look_up, lookup_message, read_names, stub_of
from inventory.smb.security import read_owner, read_sid, sid_bytes
from inventory.sources.memory import MemorySource
from inventory.tables import accounts

ANN, BOB = "S-1-5-21-1004336348-1177238915-682003330-1001", "S-1-5-21-1004336348-1177238915-682003330-1002"


def test_a_sid_is_read_as_people_write_it():
    # the example of [MS-DTYP] 2.4.2.3 with five sub authorities
    binary = bytes.fromhex("010500000000000515000000dcf4dc3b833d2b46828ba628e9030000")
    assert read_sid(binary) == ANN
    assert sid_bytes(ANN) == binary
    assert read_sid(sid_bytes("S-1-5-18")) == "S-1-5-18"


@given(st.lists(st.integers(0, 2**32 - 1), max_size=15), st.integers(0, 2**48 - 1))
def test_every_sid_survives(parts, authority):
    sid = "-".join(map(str, ("S", 1, authority, *parts)))
    assert read_sid(sid_bytes(sid)) == sid


@pytest.mark.parametrize("text", ["ann", "S-1", "S-1-5-x", "S-1-5-4294967296", "S-1-5" + "-1" * 16, ""])
def test_what_is_no_sid_is_refused(text):
    with pytest.raises(ValueError):
        sid_bytes(text)


def test_the_owner_stands_where_the_descriptor_says():
    descriptor = struct.pack("<BBHIIII", 1, 0, 0x8000, 20, 0, 0, 0) + sid_bytes(ANN)
    assert read_owner(descriptor) == ANN
    assert read_owner(struct.pack("<BBHIIII", 1, 0, 0x8000, 0, 0, 0, 0)) == ""


@given(st.binary(max_size=80))
def test_a_hostile_descriptor_tells_no_owner_or_a_sid(data):
    owner = read_owner(data)
    assert owner == "" or owner.startswith("S-")


def _string(text):
    data = text.encode("utf-16-le")
    return struct.pack("<III", len(text), 0, len(text)) + data + b"\0" * (-len(data) % 4)


def _names_stub(domains, names, status=0):
    """An answer to LsarLookupSids: [MS-LSAT] 2.2.12, 2.2.19. ``names``: use, name or None, domain."""
    stub = struct.pack("<IIIII", 1, len(domains), 2, 32, len(domains))
    stub += b"".join(struct.pack("<HHII", 2 * len(name), 2 * len(name), 3, 4) for name in domains)
    for name in domains:
        binary = sid_bytes("S-1-5-21-1-2-3")
        stub += _string(name) + struct.pack("<I", binary[1]) + binary
    stub += struct.pack("<III", len(names), 5, len(names))
    for use, name, domain in names:
        size = 2 * len(name or "")
        stub += struct.pack("<HxxHHIi", use, size, size, 6 if name else 0, domain)
    stub += b"".join(_string(name) for _use, name, _domain in names if name)
    return stub + struct.pack("<II", len(names), status)


def test_names_are_those_of_accounts_with_their_domain():
    stub = _names_stub(["CORP", "odd"], [(1, "ann", 0), (8, None, -1), (2, "staff", 1)], 0x107)
    assert read_names(stub, [ANN, BOB, "S-1-5-21-9"]) == {ANN: "CORP\\ann", "S-1-5-21-9": "odd\\staff"}


def test_a_server_that_knows_none_is_no_failure_and_one_that_refuses_is():
    assert read_names(struct.pack("<IIIII", 0, 0, 0, 0, 0xC0000073), [ANN]) == {}
    with pytest.raises(RemoteCallFailed):
        read_names(struct.pack("<IIIII", 0, 0, 0, 0, 0xC0000022), [ANN])


@given(st.binary(max_size=200))
def test_a_hostile_answer_is_a_failure_or_names(data):
    try:
        found = read_names(data, [ANN, BOB])
    except RemoteCallFailed:
        return
    assert set(found) <= {ANN, BOB}


def _fragment(stub, kind=2, flags=3):
    body = struct.pack("<IHH", len(stub), 0, 0) + stub
    return struct.pack("<BBBB4sHHI", 5, 0, kind, flags, b"\x10\0\0\0", 16 + len(body), 0, 1) + body


class Pipe:
    """Answers bind, policy and lookups; in pieces of some bytes, the lookups in several fragments."""

    def __init__(self, names):
        self._names = names
        self._waiting = b""
        self.lookups = []

    def write(self, data, offset):
        kind, operation = data[2], struct.unpack_from("<H", data, 22)[0]
        if kind == 11:
            self._waiting = _fragment(b"", kind=12)
        elif operation == 44:
            self._waiting = _fragment(b"h" * 20 + struct.pack("<I", 0))
        else:
            count = struct.unpack_from("<I", data, 24 + 20)[0]
            self.lookups.append(count)
            known = [(1, name, 0) for name in self._names[:count]]
            self._names = self._names[count:]
            stub = _names_stub(["CORP"], known)
            self._waiting = _fragment(stub[:50], flags=1) + _fragment(stub[50:], flags=2)

    def read(self, offset, length):
        part, self._waiting = self._waiting[:37], self._waiting[37:]
        if not part:
            raise OSError("nothing more")
        return part


def test_many_sids_are_looked_up_some_hundred_at_a_time():
    sids = [f"S-1-5-21-1-2-3-{number}" for number in range(450)]
    pipe = Pipe([f"user{number}" for number in range(450)])
    found = look_up(pipe, sids)
    assert pipe.lookups == [lsa.SIDS_A_CALL, lsa.SIDS_A_CALL, 50]
    assert found[sids[0]] == "CORP\\user0"
    assert found[sids[449]] == "CORP\\user449"


def test_an_answer_that_ends_early_is_a_failure():
    with pytest.raises(RemoteCallFailed):
        stub_of([_fragment(b"", kind=3)])
    with pytest.raises(RemoteCallFailed):
        stub_of([_fragment(b"half", flags=1)])


def test_a_lookup_names_every_sid_in_its_binary_form():
    message = lookup_message(b"h" * 20, [ANN, "S-1-5-18"])
    assert sid_bytes(ANN) in message
    assert message[8:10] == struct.pack("<H", len(message))


class Told(MemorySource):
    """Files of accounts, and a server that knows one of them."""

    def __init__(self, owners):
        super().__init__("m", {f"{number}.docx": b"1" for number in range(len(owners))})
        self._owner_of = owners
        self.asked = []

    def _item(self, path):
        return super()._item(path)._replace(owner=self._owner_of[int(path.partition(".")[0])])

    def account_names(self, sids):
        self.asked.append(list(sids))
        return {ANN: "CORP\\ann"} if ANN in sids else {}


def test_sids_are_asked_for_once_and_well_known_ones_never(tmp_path):
    source = Told([ANN, BOB, "S-1-5-18", "local"])
    database = open_database(str(tmp_path / "scan.db"))
    scan([source], database)
    assert source.asked == [[ANN, BOB]]
    with database.connect() as connection:
        found = {total.key for total in totals(connection, "owner")}
        assert {total.key for total in totals(connection, "kind", None, {"owner": "corp\\ANN"})} == {"docx"}
    assert found == {"CORP\\ann", BOB, WELL_KNOWN["S-1-5-18"], "local"}
    assert show_accounts(database, [source]) == 0
    assert source.asked[1:] == [[BOB]]
    with transaction(database) as connection:
        assert connection.execute(accounts.select().where(accounts.c.name == "local")).one().shown is None
