"""A whole tenant through TLS with everything going wrong: is the inventory what the tenant holds, and what did it cost?

    python benchmarks/tenant.py --people 5000 --sites 300 --items 1000000 --kills 50

The tenant is emulated (tests/graph_emulator) and its truth known. The scan is killed at random moments and started again;
requests are throttled, dropped and answered by busy servers, tokens and delta links expire, items move while they are
listed. Then one per cent of the items change and the tenant is scanned again. Printed: whether the inventory equals the
truth, requests and resource units, the share of requests that were made twice without need, seconds, memory. Exits 1
where the truth is missed, three per cent are wasted, or a rescan asks or writes more than it should.

Requests that are needless: answered well before, and not what a kill can have cut. That is the last answer on a connection
that ended, and no more requests than were under way together, times the kills: each further one counts as needless. What
the emulator itself refused, dropped or took back is not needless. Parts of a batch count singly, as the service counts them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

from inventory.database import open_database  # noqa: E402
from inventory.scan import scan  # noqa: E402
from inventory.sources.tenant import TenantSource  # noqa: E402
from inventory.store import inspected_items  # noqa: E402
from inventory.tables import items as item_rows  # noqa: E402
from inventory.tenant.scan import AT_ONCE, scan_tenant  # noqa: E402
from migrate.policy import TenantPolicy  # noqa: E402
from migrate.tenant import connect  # noqa: E402
from tests.graph_emulator.faults import Faults, Seen  # noqa: E402
from tests.graph_emulator.server import CLIENT, TENANT, Emulator, emulated  # noqa: E402
from tests.graph_emulator.tenant import Drive, Tenant, moment  # noqa: E402

NAME = f"m365:{TENANT}"
MOST_WASTE = 0.03
MOST_FURTHER_PAGES = 0.02
_SUM = 1 << 128
_LOOK_SECONDS = 0.02


def scan_here(configuration: Path, database: Path) -> None:
    """The scan, in a process of its own; says what it took."""
    started = time.perf_counter()
    engine = open_database(str(database))
    policy = TenantPolicy(**json.loads(configuration.read_text()))
    outcome = scan_tenant(connect(NAME, policy).client, engine, NAME)
    read = time.perf_counter()
    scan([TenantSource(NAME, engine)], engine)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "seconds": round(time.perf_counter() - started, 1),
        "seconds_listing": round(time.perf_counter() - read, 1),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 1),
        "megabytes": usage.ru_maxrss // 1024,
        "requests": outcome.spent["requests"],
        "units": outcome.spent["resource_units"].get("sharepoint", 0),
    }
    print(json.dumps(told))


def start_scan(configuration: Path, database: Path) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--only", str(configuration), str(database)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> dict[str, float]:
    """What a scan said of itself."""
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"the scan ended with {process.returncode}")
    return dict(json.loads(said))


def digest_of(rows: Iterable[tuple[object, ...]]) -> tuple[int, int]:
    """How many rows there are, and a sum of digests that hangs on no order."""
    number, total = 0, 0
    for row in rows:
        number += 1
        digest = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        total = (total + int.from_bytes(digest, "big")) % _SUM
    return number, total


def truth_of(tenant: Tenant) -> tuple[int, int]:
    return digest_of(
        (path, entry.size, moment(entry.modified).replace("Z", ".000000Z"), drive.item_id(entry.number))
        for path, entry, drive in tenant.files()
    )


def inventory_of(database: Path) -> tuple[int, int]:
    engine = open_database(str(database))
    with engine.connect() as connection:
        found = digest_of(
            (one.item.path, one.item.size_bytes, one.item.modified, one.item.file_id)
            for one in inspected_items(connection)
            if one.item.file_id
        )
    engine.dispose()
    return found


def move_under_the_scan(drive: Drive, position: int) -> None:
    """Items move, go and come while a drive is listed; never after its listing has ended."""
    if 1_000 <= position < drive.end and drive.number % 3 == 0 and len(drive.log) < 9:
        drive.change(3 + len(drive.log), parent=12, name=f"moved {len(drive.log)}.docx")
        drive.change(24, deleted=True)
        drive.add(0, f"new {len(drive.log)}.xlsx")


def change_one_per_cent(tenant: Tenant, items: int) -> int:
    chance = random.Random(3)
    drives = [drive for drive in tenant.drives if drive.count > 30]
    changes = items // 100
    for number in range(changes):
        drive = drives[chance.randrange(len(drives))]
        place = chance.randrange(1, drive.count)
        entry = drive.entry(place)
        if not entry.deleted and entry.kind == "file":
            drive.change(place, size=entry.size + 1 + number, modified=entry.modified + 1)
    return sum(len(drive.log) for drive in tenant.drives)


def last_item(database: Path) -> int:
    engine = open_database(str(database))
    with engine.connect() as connection:
        number = connection.scalar(select(func.max(item_rows.c.id))) or 0
    engine.dispose()
    return int(number)


def with_kills(
    emulator: Emulator, configuration: Path, database: Path, kills: int
) -> tuple[int, dict[str, float]]:
    """Scan until the end, killed at random moments spread over it: after so many requests, or so long after the last.

    Answers how many kills hit, and what the last process said.
    """
    chance, seen = random.Random(5), emulator.fate.seen
    expected = 2.2 * len(emulator.tenant.drives) + 50
    for hit in range(kills):
        process = start_scan(configuration, database)
        target = seen.requests + chance.randrange(1, max(2, int(2 * expected / max(kills, 1))))
        silent, before, idle = 0.0, seen.requests, chance.uniform(2.0, 20.0)
        while process.poll() is None and seen.requests < target and silent < idle:
            time.sleep(_LOOK_SECONDS)
            silent = 0.0 if seen.requests != before or not seen.requests else silent + _LOOK_SECONDS
            before = seen.requests
        if process.poll() is not None:
            return hit, ended(process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return kills, ended(start_scan(configuration, database))


def show(label: str, value: object) -> None:
    print(f"{label:44} {value}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--sites", type=int, default=30)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument(
        "--longest", type=float, default=6.0, help="seconds between a start and its kill, at most"
    )
    parser.add_argument("--only", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        scan_here(*options.only)
        return 0
    faults = Faults(
        throttle_share=0.05,
        drop_share=0.01,
        busy_share=0.01,
        slow_share=0.02,
        slow_seconds=0.02,
        empty_page_share=0.01,
        token_requests=900,
        delta_expires_share=0.05,
        page_expires_once=True,
        premium_fails=3,
    )
    with tempfile.TemporaryDirectory() as folder:
        tenant = Tenant(options.people, options.sites, options.items)
        with emulated(Path(folder), tenant, faults) as emulator:
            emulator.routes.on_delta = move_under_the_scan
            return measure(emulator, Path(folder), options)


def measure(emulator: Emulator, folder: Path, options: argparse.Namespace) -> int:
    tenant, database = emulator.tenant, folder / "tenant.db"
    configuration = folder / "policy.json"
    configuration.write_text(
        json.dumps(
            {
                "client_id": CLIENT,
                "certificate": str(emulator.certificate),
                "login": emulator.login,
                "graph": emulator.graph,
                "ca": str(emulator.ca),
                "rate": False,
            }
        )
    )
    started = time.perf_counter()
    hit, said = with_kills(emulator, configuration, database, options.kills)
    show("people, sites, drives, items", (options.people, options.sites, len(tenant.drives), options.items))
    show("kills that hit a scan", hit)
    show("seconds in all", round(time.perf_counter() - started, 1))
    show("the last process", said)
    seen = emulator.fate.seen
    wasted = report_waste(seen, hit)
    further = seen.paths["delta"] - len(tenant.drives)
    right = inventory_of(database) == truth_of(tenant)
    show("the inventory equals the truth", right)
    well = right and wasted < MOST_WASTE
    return 0 if rescan(emulator, configuration, database, options, further) and well else 1


def report_waste(seen: Seen, kills: int) -> float:
    served = sum(seen.served.values())
    needless = seen.repeats - seen.cut_repeats + max(0, len(seen.cut_requests) - kills * AT_ONCE)
    show("requests answered", served)
    show("throttled, dropped, busy, token refused, 410", (seen.throttled, seen.dropped, seen.busy, seen.refused_tokens, seen.expired_deltas))  # fmt: skip
    show("resource units of SharePoint", seen.units)
    show("made again: all, cut by a kill", (seen.repeats, seen.cut_repeats))
    show("requests that those were, of at most", (len(seen.cut_requests), kills * AT_ONCE))
    show("share made without need", f"{100 * needless / served:.2f} %")
    show("methods", dict(seen.methods))
    return needless / served


def rescan(
    emulator: Emulator, configuration: Path, database: Path, options: argparse.Namespace, further: int
) -> bool:
    """Whether the scan after one per cent of changes asks once a drive, finds the truth and adds no row."""
    emulator.routes.on_delta = lambda _drive, _position: None
    emulator.fate.faults = emulator.routes.fate.faults = Faults()
    logged = sum(len(drive.log) for drive in emulator.tenant.drives)
    changed = change_one_per_cent(emulator.tenant, options.items) - logged
    emulator.fate.seen.paths.clear()
    before = last_item(database)
    said = ended(start_scan(configuration, database))
    paths = emulator.fate.seen.paths
    right = inventory_of(database) == truth_of(emulator.tenant)
    extra = paths["delta"] - len(emulator.tenant.drives)
    show("rescan: items changed", changed)
    show("rescan: the process", said)
    show("rescan: requests", dict(paths))
    show("rescan: delta requests beyond one a drive", f"{extra} (of {further} further pages at first)")
    show("rescan: rows added to items", last_item(database) - before)
    show("rescan: the inventory equals the truth", right)
    return right and extra <= max(1, MOST_FURTHER_PAGES * further) and last_item(database) == before


if __name__ == "__main__":
    sys.exit(main())
