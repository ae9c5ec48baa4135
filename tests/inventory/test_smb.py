"""The SMB source against a real Samba server; what Samba cannot say (RECALL) is put into its answers."""

import os
import shutil
import struct
import subprocess
import time

import pytest

pytest.importorskip("smbprotocol", reason="the extra smb is not installed")

from click.testing import CliRunner
from smbprotocol.exceptions import SMBResponseException
from smbprotocol.header import NtStatus, SMB2HeaderResponse
from sqlalchemy import select

from inventory.accounts import show_accounts
from inventory.database import open_database
from inventory.duplicate_queries import count_copies
from inventory.duplicates import find_duplicates
from inventory.errors import InventoryError
from inventory.queries import totals
from inventory.records import ItemState
from inventory.scan import scan
from inventory.smb.client import Client
from inventory.source import Owners, Unlisted, Unopened, walk
from inventory.sources import source_by_name
from inventory.sources.smb import SmbSource
from inventory.store import inspected_items
from inventory.tables import accounts
from migrate.cli import group
from tests.inventory.conformance import SourceConformance
from tests.inventory.samba import PASSWORD, samba

FOLDERS, FILES_A_FOLDER = 5_000, 20


@pytest.fixture(scope="module")
def server():
    with samba() as running:
        yield running


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("MIGRATE_SMB_PASSWORD", PASSWORD)


@pytest.fixture
def share(server):
    """The empty folder of the share ``files``."""
    yield from _emptied(server.shares / "files")


def _emptied(folder):
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
            shutil.rmtree(path)
        else:
            path.unlink()
    yield folder


def write(folder, files):
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@pytest.fixture
def closing():
    sources = []
    yield lambda source: sources.append(source) or source
    for source in sources:
        source.close()


class TestSmbSource(SourceConformance):
    @pytest.fixture(autouse=True)
    def _server(self, server, share, closing):
        self.server, self.share, self.closing = server, share, closing

    def make(self, tmp_path, files):
        write(self.share, files)
        return self.closing(source_by_name(self.server.address("files")))

    def delete(self, tmp_path, source, path):
        (self.share / path).unlink()


def _rows(source):
    return {item.path: (item.state.value, item.reason) for item in walk(source)}


def test_messages_are_signed_for_an_account(server, share, closing):
    source = closing(SmbSource(server.address("files")))
    assert source._client()._tree.session.signing_required


def test_a_guest_is_let_in_where_guests_are(server, closing, monkeypatch):
    monkeypatch.delenv("MIGRATE_SMB_PASSWORD")
    write(server.shares / "public", {"a.docx": b"a"})
    source = closing(SmbSource(server.address("public", user="guest")))
    assert _rows(source) == {"a.docx": ("seen", "")}


@pytest.mark.parametrize(
    ("share_name", "path", "user", "secret", "code"),
    [
        ("files", "", None, "wrong", "SOURCE_DENIED"),
        ("nowhere", "", None, PASSWORD, "SOURCE_MISSING"),
        ("files", "no/such/folder", None, PASSWORD, "SOURCE_MISSING"),
    ],
)
def test_what_cannot_be_entered_says_why(server, monkeypatch, share_name, path, user, secret, code):
    monkeypatch.setenv("MIGRATE_SMB_PASSWORD", secret)
    with pytest.raises(InventoryError) as caught:
        SmbSource(server.address(share_name, path, user))
    assert caught.value.code == code


def test_a_server_that_does_not_answer_says_so():
    with pytest.raises(InventoryError) as caught:
        SmbSource("smb://ann@127.0.0.1:1/share")
    assert caught.value.code == "SOURCE_UNREACHABLE"


def test_a_folder_below_the_share_is_a_root_too(server, share, closing):
    write(share, {"a/b/c.docx": b"c", "a/d.docx": b"d", "e.docx": b"e"})
    assert set(_rows(closing(SmbSource(server.address("files", "a"))))) == {"b/c.docx", "d.docx"}


@pytest.mark.skipif(os.geteuid() != 0, reason="another account's files are made by root")
def test_what_is_denied_is_a_row_with_its_cause(server, share, closing):
    write(share, {"closed/a.docx": b"a", "b.docx": b"b", "secret.docx": b"c"})
    (share / "closed").chmod(0o700)
    (share / "secret.docx").chmod(0o600)
    source = closing(SmbSource(server.address("files")))
    assert _rows(source)["closed"] == ("unreadable", "FOLDER_DENIED")
    items = {item.path: item for item in walk(source)}
    with pytest.raises(Unopened) as caught:
        source.open(items["secret.docx"])
    assert caught.value.reason == "PERMISSION_DENIED"
    assert source.open(items["b.docx"]).read() == b"b"


ODD_NAMES = (
    "été.docx",
    "e\u0301te\u0301.docx",
    "a+b & c=d;e,f[1].docx",
    "%20 100%.docx",
    "Ελληνικά 日本語.docx",
    "\U0001f600.docx",
    "#what's 'this'!.docx",
    "x" * 240 + ".docx",
)


def test_odd_names_are_listed_and_opened(server, share, closing):
    write(share, {f"folder {number}/{name}": b"odd" for number, name in enumerate(ODD_NAMES)})
    source = closing(SmbSource(server.address("files")))
    items = list(walk(source))
    assert sorted(item.name for item in items) == sorted(ODD_NAMES)
    for item in items:
        with source.open(item) as content:
            assert content.read() == b"odd"


def test_a_folder_longer_than_one_answer_is_listed_whole(server, share, closing):
    names = {f"{'long name ' * 15}{number}.docx" for number in range(2_500)}
    write(share, dict.fromkeys(names, b""))
    assert set(_rows(closing(SmbSource(server.address("files"))))) == names


def test_a_link_of_dfs_leads_to_its_target(server, share, closing):
    write(share, {"sub/a.docx": b"a"})
    link = server.shares / "dfs" / "link"
    link.unlink(missing_ok=True)
    link.symlink_to("msdfs:127.0.0.1\\files")
    source = closing(SmbSource(server.address("dfs", "link/sub")))
    (item,) = walk(source)
    with source.open(item) as content:
        assert (item.path, content.read()) == ("a.docx", b"a")
    root = closing(SmbSource(server.address("dfs")))
    assert set(_rows(root)) == {"link"}


class Inspector:
    def __init__(self):
        self.seen = []

    def __call__(self, path):
        self.seen.append(path.name)


def test_offline_files_are_rows_and_never_opened(server, tmp_path, closing):
    write(server.shares / "offline", {"a.docx": b"a", "sub/b.docx": b"b"})
    server.forget_log()
    inspector = Inspector()
    source = closing(SmbSource(server.address("offline")))
    database = open_database(str(tmp_path / "scan.db"))
    scan([source], database, inspect=inspector)
    with database.connect() as connection:
        rows = {found.item.path: found.item.reason for found in inspected_items(connection)}
    assert rows == {"a.docx": "OFFLINE", "sub/b.docx": "OFFLINE"}
    assert inspector.seen == []
    assert not [path for path in server.opened("offline") if path.endswith(".docx")]


RECALLED = {"on open.docx": 0x40000, "on access.docx": 0x400020, "offline.docx": 0x1000}


def _with_attributes(answer):
    """The answer with the attributes that RECALLED gives some names: FileAttributes stands at 56, the name at 80."""
    changed, offset = bytearray(answer), 0
    while offset < len(answer):
        following, length = (
            struct.unpack_from("<I", answer, offset)[0],
            struct.unpack_from("<I", answer, offset + 60)[0],
        )
        name = answer[offset + 80 : offset + 80 + length].decode("utf-16-le")
        if name in RECALLED:
            struct.pack_into("<I", changed, offset + 56, RECALLED[name])
        elif name == "cloud folder":
            struct.pack_into("<I", changed, offset + 56, 0x400010)
        if not following:
            break
        offset += following
    return bytes(changed)


def test_placeholders_of_every_mark_are_rows_and_never_opened(server, share, tmp_path, closing, monkeypatch):
    write(
        share,
        {f"sub/{name}": b"stub" for name in RECALLED} | {"sub/here.docx": b"here", "cloud folder/x": b"x"},
    )
    original = Client._receive
    monkeypatch.setattr(Client, "_receive", lambda self, request: _with_attributes(original(self, request)))
    server.forget_log()
    source = closing(SmbSource(server.address("files")))
    database = open_database(str(tmp_path / "scan.db"))
    inspector = Inspector()
    scan([source], database, inspect=inspector)
    with database.connect() as connection:
        rows = {found.item.path: found.item.reason for found in inspected_items(connection)}
    assert rows == {f"sub/{name}": "OFFLINE" for name in RECALLED} | {
        "sub/here.docx": "NOT_OFFICE",
        "cloud folder": "OFFLINE",
    }
    opened = [path.rsplit("/", 1)[-1] for path in server.opened("files")]
    assert inspector.seen == ["here.docx"]
    assert [name for name in opened if name.endswith(".docx")] == ["here.docx"]
    assert "cloud folder" not in opened


def test_a_file_that_went_offline_since_it_was_listed_is_not_read(server, closing):
    write(server.shares / "offline", {"late.docx": b"late"})
    source = closing(SmbSource(server.address("offline")))
    item = next(item for item in walk(source) if item.name == "late.docx")
    with pytest.raises(Unopened) as caught:
        source.open(item._replace(state=ItemState.SEEN, reason=""))
    assert caught.value.reason == "OFFLINE"


def test_a_server_that_goes_away_ends_the_scan_and_loses_nothing(server, share, closing):
    write(share, {"sub/a.docx": b"a"})
    source = closing(SmbSource(server.address("files")))
    source._client()._tree.session.connection.disconnect()
    with pytest.raises((InventoryError, Unlisted)) as caught:
        source.listing("sub")
    assert getattr(caught.value, "code", "") == "SOURCE_LOST"


def _scanned(source, tmp_path):
    database = open_database(str(tmp_path / "scan.db"))
    scan([source], database)
    show_accounts(database, [source])
    return database


def _owned(database):
    with database.connect() as connection:
        return {total.key: total.files for total in totals(connection, "owner")}


def _counted(monkeypatch):
    sent = []
    original = Client._send
    monkeypatch.setattr(Client, "_send", lambda self, messages: sent.append(1) or original(self, messages))
    return sent


@pytest.mark.skipif(os.geteuid() != 0, reason="another account's files are made by root")
def test_owners_of_folders_cost_no_request_and_their_sids_are_looked_up_together(
    server, share, tmp_path, closing, monkeypatch
):
    write(share, {"ann/a.docx": b"a", "ann/b.docx": b"b", "root/c.docx": b"c"})
    shutil.chown(share / "ann", server.user)
    sent = _counted(monkeypatch)
    database = _scanned(closing(SmbSource(server.address("files"))), tmp_path)
    assert len(sent) == 3  # the root and two folders
    owned = _owned(database)
    assert sorted(owned.values()) == [1, 2]
    assert {name.rpartition("\\")[2]: files for name, files in owned.items()} == {server.user: 2, "root": 1}
    with database.connect() as connection:
        stored = connection.scalars(select(accounts.c.name)).all()
        assert not [found.item.owner for found in inspected_items(connection) if found.item.owner]
    assert all(name.startswith("S-1-") for name in stored)


@pytest.mark.skipif(os.geteuid() != 0, reason="another account's files are made by root")
def test_owners_of_files_are_asked_on_demand_and_their_cost_is_told(
    server, share, tmp_path, closing, monkeypatch
):
    write(share, {f"sub/{number}.docx": b"a" for number in range(40)})
    for number in range(10):
        shutil.chown(share / f"sub/{number}.docx", server.user)
    sent = _counted(monkeypatch)
    source = closing(SmbSource(server.address("files"), owners=Owners.FILES))
    owned = _owned(_scanned(source, tmp_path))
    assert {name.rpartition("\\")[2]: files for name, files in owned.items()} == {server.user: 10, "root": 30}
    assert len(sent) == 2 + 40
    assert source.owners_asked == 40
    assert source.owners_seconds > 0


def test_no_owner_is_asked_for_where_that_is_wished(server, share, tmp_path, closing):
    write(share, {"a.docx": b"a"})
    assert _owned(_scanned(closing(SmbSource(server.address("files"), owners=Owners.NONE)), tmp_path)) == {
        "": 1
    }


def test_owners_of_placeholders_are_not_asked_for(server, tmp_path, closing):
    write(server.shares / "offline", {"far/a.docx": b"a"})
    server.forget_log()
    source = closing(SmbSource(server.address("offline"), owners=Owners.FILES))
    _scanned(source, tmp_path)
    assert source.owners_asked == 0
    assert not [path for path in server.opened("offline") if path.endswith(".docx")]


def test_a_folder_whose_owner_may_not_be_read_is_listed_all_the_same(server, share, closing, monkeypatch):
    write(share, {"sub/a.docx": b"a"})
    original = Client._together

    def denied(self, folder, *, with_owner):
        if with_owner:
            error = SMBResponseException(SMB2HeaderResponse())
            error.header["status"] = NtStatus.STATUS_ACCESS_DENIED
            raise error
        return original(self, folder, with_owner=False)

    monkeypatch.setattr(Client, "_together", denied)
    assert set(_rows(closing(SmbSource(server.address("files"))))) == {"sub/a.docx"}


def test_what_a_server_does_not_know_stays_a_sid(server, closing):
    source = closing(SmbSource(server.address("files")))
    assert source.account_names(["S-1-5-21-1-2-3-1001"]) == {}
    many = source.account_names([f"S-1-22-1-{uid}" for uid in range(500)])
    assert many["S-1-22-1-0"].rpartition("\\")[2] == "root"


@pytest.mark.slow
def test_a_hundred_thousand_files_cost_one_open_a_folder_and_no_request_a_file(
    server, share, tmp_path, closing, monkeypatch, capsys
):
    for number in range(FOLDERS):
        folder = share / f"{number // 500}" / f"{number}"
        folder.mkdir(parents=True)
        for name in range(FILES_A_FOLDER):
            os.close(os.open(folder / f"report {name} of {number}.docx", os.O_CREAT | os.O_WRONLY))
    source = closing(SmbSource(server.address("files")))
    sent = []
    original = Client._send
    monkeypatch.setattr(Client, "_send", lambda self, messages: sent.append(1) or original(self, messages))
    server.forget_log()
    database = open_database(str(tmp_path / "scan.db"))
    started = time.perf_counter()
    told = scan([source], database)
    seconds = time.perf_counter() - started
    folders = FOLDERS + FOLDERS // 500 + 1
    assert told.items == FOLDERS * FILES_A_FOLDER
    assert told.by_reason == {"EMPTY_FILE": FOLDERS * FILES_A_FOLDER}
    opened = server.opened("files")
    assert not [path for path in opened if path.endswith(".docx")]
    assert folders <= len(opened) <= folders + 2 * source.capabilities.listings_at_once
    assert len(sent) == folders
    sample = 20
    peer = _smbclient_loop(
        server, [f"{number // 500}/{number}" for number in range(0, FOLDERS, FOLDERS // sample)]
    )
    with capsys.disabled():
        print(
            f"\nSMB: {told.items / seconds:,.0f} files/s, database included, one round trip a folder; "
            f"a loop of smbclient: {sample * FILES_A_FOLDER / peer:,.0f} files/s"
        )
    assert told.items / seconds > sample * FILES_A_FOLDER / peer


def _smbclient_loop(server, folders):
    """Seconds that smbclient takes to list folders, one after the other."""
    program = shutil.which("smbclient")
    if not program:
        pytest.skip("no smbclient to compare with; all else was checked")
    started = time.perf_counter()
    for folder in folders:
        listing = subprocess.run(
            [program, "//127.0.0.1/files", "-p", str(server.port), "-U", f"{server.user}%{PASSWORD}", "-D", folder, "-c", "ls"],
            check=True,
            capture_output=True,
            text=True,
        )  # fmt: skip
        assert listing.stdout.count(".docx") == FILES_A_FOLDER
    return time.perf_counter() - started


def test_a_scan_says_what_owners_of_files_cost(server, share, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(share, {"a.txt": b"a", "b.txt": b"b"})
    options = ["scan", server.address("files"), "--no-inspect", "--owners", "files", "--lang", "en"]
    output = CliRunner().invoke(group, options, standalone_mode=False).output
    assert "a request a file" in output
    assert "The owners of 2 files were asked for one by one" in output


def test_duplicates_on_a_share_open_only_what_may_be_a_copy(server, share, tmp_path, closing):
    write(share, {"a/one.bin": b"x" * 300_000, "b/two.bin": b"x" * 300_000, "b/alone.bin": b"x" * 300_001})
    source = closing(SmbSource(server.address("files")))
    database = open_database(str(tmp_path / "scan.db"))
    scan([source], database)
    server.forget_log()
    assert find_duplicates({source.name: source}, database) == 0
    with database.connect() as connection:
        assert count_copies(connection) == (1, 2, 300_000)
    opened = {path.rsplit("/", 1)[-1] for path in server.opened("files")}
    assert opened == {"one.bin", "two.bin"}
