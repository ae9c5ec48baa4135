"""A tenant made of numbers: any size in little memory, each answer computed when asked for, and its truth known.

Drive items are functions of (drive, number); what changes is kept beside them, in a log by which delta tokens count.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

DOMAIN = "contoso.example"
DEPARTMENTS = ("Finances", "Ressources humaines", "Technical services", "Library", "")
WORDS = ("report", "budget", "procès-verbal", "letter", "plan", "note", "list", "contract")
EXTENSIONS = ("docx", "xlsx", "pptx", "pdf", "doc", "xls", "txt", "docx", "xlsx", "docx")
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_FOLDER_EVERY = 12

# (GUID, part number, service plans as (GUID, name)); the first two stand in Microsoft's table, the last in none
SKUS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "6fd2c87f-b296-42f0-b197-1e91e994b900",
        "ENTERPRISEPACK",
        (
            ("43de0ff5-c92c-492b-9116-175376d08c38", "OFFICESUBSCRIPTION"),
            ("efb87545-963c-4e0d-99df-69c6916d9eb0", "EXCHANGE_S_ENTERPRISE"),
            ("5dbe027f-2339-4123-9542-606e4d348a72", "SHAREPOINTENTERPRISE"),
        ),
    ),
    (
        "18181a46-0d4e-45cd-891e-60aabd171b4e",
        "STANDARDPACK",
        (("9aaf7827-d63c-4b61-89c3-182f06f82e5c", "EXCHANGE_S_STANDARD"),),
    ),
    (
        "078d2b04-f1bd-4111-bbd4-b4b1b354cef4",
        "AAD_PREMIUM",
        (("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "AAD_PREMIUM"),),
    ),
    (
        "0badc0de-0000-4000-8000-00000000f00d",
        "CONTOSO_UNKNOWN_SKU",
        (("0badc0de-0000-4000-8000-00000000beef", "UNKNOWN_PLAN"),),
    ),
)


def guid(kind: str, number: int) -> str:
    return str(UUID(bytes=hashlib.blake2b(f"{kind}{number}".encode(), digest_size=16).digest(), version=4))


def moment(number: int) -> str:
    """A time of the service, in whole seconds."""
    return (_EPOCH + timedelta(seconds=number % 300_000_000)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _mixed(*numbers: int) -> int:
    """A number that looks like chance and is the same every time."""
    mixed = 0x9E3779B97F4A7C15
    for number in numbers:
        mixed = ((mixed ^ number) * 0xBF58476D1CE4E5B9 + 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        mixed ^= mixed >> 29
    return mixed


@dataclass(frozen=True, slots=True)
class Entry:
    """A drive item as it is now. ``kind``: file, folder, root, package, shortcut or malware."""

    number: int
    parent: int
    name: str
    kind: str
    size: int
    modified: int
    created: int
    creator: int
    shared: str = ""
    deleted: bool = False


@dataclass
class Drive:
    """``count`` items by their numbers, the root among them; ``log`` holds the numbers of what changed, oldest first."""

    number: int
    id: str
    name: str
    kind: str
    site: int | None
    owner: int | None
    count: int
    people: int
    changed: dict[int, Entry] = field(default_factory=dict)
    log: list[int] = field(default_factory=list)
    contents: dict[int, bytes] = field(default_factory=dict)
    deleted: bool = False

    def entry(self, number: int) -> Entry:
        if number in self.changed:
            return self.changed[number]
        mixed = _mixed(self.number, number)
        modified, creator = mixed % 290_000_000, mixed % self.people
        if number == 0:
            return Entry(0, -1, "root", "root", 0, modified, modified, creator)
        folders = (number - 1) // _FOLDER_EVERY + 1  # the root and every twelfth item before this one
        parent = (mixed >> 8) % folders * _FOLDER_EVERY
        if number % _FOLDER_EVERY == 0:
            return Entry(number, parent, f"Folder {number}", "folder", 0, modified, modified, creator)
        word, extension = WORDS[mixed % len(WORDS)], EXTENSIONS[mixed % len(EXTENSIONS)]
        kind, shared = "file", ""
        if mixed % 401 == 0:
            kind = "package"
        elif mixed % 397 == 0:
            kind = "shortcut"
        elif mixed % 997 == 0:
            kind = "malware"
        if mixed % 53 == 0:
            shared = ("anonymous", "organization", "users")[mixed % 3]
        size = 0 if kind == "shortcut" or mixed % 211 == 0 else 1 + mixed % 900_000
        name = f"{word} {number}.{extension}"
        return Entry(number, parent, name, kind, size, modified, modified - 100, creator, shared)

    @property
    def end(self) -> int:
        """The position behind the last: items in their first order, then the log."""
        return self.count + len(self.log)

    def at(self, position: int) -> Entry:
        """What stands at a position, as it is now: what changed since stands at a later one too."""
        return self.entry(position if position < self.count else self.log[position - self.count])

    def change(self, number: int, **fields: Any) -> Entry:
        entry = replace(self.entry(number), **fields)
        self.changed[number] = entry
        self.log.append(number)
        return entry

    def add(self, parent: int, name: str, content: bytes | None = None, kind: str = "file") -> int:
        number = max(self.count, *(n + 1 for n in self.changed), 1) if self.changed else self.count
        size = len(content) if content is not None else 1_000
        self.changed[number] = Entry(
            number, parent, name, kind, 0 if kind == "folder" else size, 280_000_000 + number, 1, 0
        )
        self.log.append(number)
        if content is not None:
            self.contents[number] = content
        return number

    def numbers(self) -> Iterator[int]:
        yield from range(self.count)
        yield from sorted(number for number in self.changed if number >= self.count)

    def item_id(self, number: int) -> str:
        return f"01{self.number:06X}{number:010X}{_mixed(self.number, number) & 0xFFFFFFFF:08X}"

    def number_of(self, item_id: str) -> int:
        return int(item_id[8:18], 16)

    def paths(self) -> Iterator[tuple[Entry, str]]:
        """Every item that exists below the root, with its path below it."""
        known: dict[int, str | None] = {0: ""}

        def path_of(number: int) -> str | None:
            waiting = []
            while number not in known:
                entry = self.entry(number)
                if entry.deleted:
                    known[number] = None
                    break
                waiting.append(entry)
                number = entry.parent
            above = known[number]
            for entry in reversed(waiting):
                above = None if above is None else f"{above}/{entry.name}" if above else entry.name
                known[entry.number] = above
            return above

        for number in self.numbers():
            entry = self.entry(number)
            if number == 0 or entry.deleted:
                continue
            above = path_of(entry.parent)
            if above is not None:
                yield entry, f"{above}/{entry.name}" if above else entry.name

    def content(self, number: int) -> bytes:
        """Bytes as long as the item says."""
        if number in self.contents:
            return self.contents[number]
        seed = hashlib.blake2b(self.item_id(number).encode()).digest()
        size = self.entry(number).size
        return (seed * (size // len(seed) + 1))[:size]

    def quick_xor(self, number: int) -> str:
        digest = hashlib.blake2b(f"{self.item_id(number)}{self.entry(number).size}".encode(), digest_size=20)
        return base64.b64encode(digest.digest()).decode()


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    id: str
    upn: str
    department: str
    enabled: bool
    guest: bool
    licences: tuple[tuple[int, int | None, tuple[int, ...]], ...]  # (SKU, group or direct, plans disabled)
    has_drive: bool


@dataclass(frozen=True, slots=True)
class Site:
    """``above`` is the site that it lies below, ``collection`` the number of the topmost one, itself where nothing is above."""

    number: int
    name: str
    path: str
    locked: bool
    archived: bool
    above: int | None = None
    collection: int = -1

    @property
    def id(self) -> str:
        return f"contoso.sharepoint.example,{self.collection_id},{guid('web', self.number)}"

    @property
    def collection_id(self) -> str:
        return guid("site", self.number if self.collection < 0 else self.collection)


GROUPS = 6  # every second a team, two with licences


class Tenant:
    """``people`` users, ``sites`` sites beside the personal ones, ``items`` drive items in all, roots included."""

    def __init__(self, people: int = 20, sites: int = 4, items: int = 400, *, locked: int = 0) -> None:
        self.people = [self._person(number) for number in range(people)]
        self.sites: list[Site] = []
        for number in range(sites):
            self.sites.append(self._site(number, locked=0 < number <= locked))
        owners = [person.number for person in self.people if person.has_drive]
        places = [(None, owner) for owner in owners]
        for site in self.sites:
            places += [(site.number, None)] * (2 if site.number % 3 == 1 else 1)
        shares = self._shares(items, len(places))
        self.drives: list[Drive] = []
        of_site: dict[int, int] = {}
        for number, ((site_number, owner), count) in enumerate(zip(places, shares, strict=True)):
            if site_number is None:
                name, kind = "OneDrive", "business"
            else:
                library = of_site[site_number] = of_site.get(site_number, 0) + 1
                name, kind = ("Documents" if library == 1 else f"Archive {library}"), "documentLibrary"
            drive_id = f"b!{guid('drive', number).replace('-', '')}"
            self.drives.append(Drive(number, drive_id, name, kind, site_number, owner, count, max(people, 1)))

    def _site(self, number: int, *, locked: bool) -> Site:
        """Of ten sites one lies below another, and one below that."""
        place = number % 10
        if place not in (4, 5):
            path = f"/sites/site{number}" if number else "/"
            return Site(number, f"Site {number}", path, locked, archived=False)
        above = self.sites[number - 1]
        path = f"{above.path}/below{number}"
        return Site(number, f"Site {number}", path, locked, False, above.number, number - place + 3)

    @staticmethod
    def _shares(items: int, drives: int) -> list[int]:
        """Some drives are large and most are small, as they are."""
        if not drives:
            return []
        weights = [1 + _mixed(77, number) % 40 + (400 if number % 25 == 7 else 0) for number in range(drives)]
        total = sum(weights)
        counts = [max(1, items * weight // total) for weight in weights]
        counts[0] = max(1, counts[0] + items - sum(counts))
        return counts

    @staticmethod
    def _person(number: int) -> Person:
        mixed = _mixed(5, number)
        guest = number % 33 == 32
        licences: list[tuple[int, int | None, tuple[int, ...]]] = []
        if not guest:
            sku, group = (0 if mixed % 4 else 1), (1 if mixed % 3 == 0 else None)
            licences.append((sku, group, (0,) if mixed % 5 == 0 else ()))
            if mixed % 6 == 0:
                licences.append((licences[0][0], 2, ()))  # the same SKU by a second way
            if mixed % 7 == 0:
                licences.append((3, None, ()))
        return Person(
            number,
            guid("person", number),
            f"prenom.nom{number}@{DOMAIN}" if not guest else f"guest{number}_outside.example#EXT#@{DOMAIN}",
            DEPARTMENTS[mixed % len(DEPARTMENTS)],
            mixed % 19 != 0,
            guest,
            tuple(licences),
            has_drive=not guest and number % 18 != 17,
        )

    @cached_property
    def drive_by_id(self) -> dict[str, Drive]:
        return {drive.id: drive for drive in self.drives}

    @cached_property
    def person_by_id(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    def drive_of(self, person: Person) -> Drive | None:
        return self._personal.get(person.number)

    @cached_property
    def _personal(self) -> dict[int, Drive]:
        return {drive.owner: drive for drive in self.drives if drive.owner is not None}

    def place_of(self, drive: Drive) -> str:
        """Where the inventory shows a drive."""
        if drive.owner is not None:
            return f"OneDrive/{self.people[drive.owner].upn}"
        site = self.sites[drive.site or 0]
        return f"SharePoint/{site.path.strip('/').removeprefix('sites/') or 'root'}/{drive.name}"

    def files(self) -> Iterator[tuple[str, Entry, Drive]]:
        """Every item that is no folder and no root, by its path in the inventory: the truth of a scan."""
        for drive in self.drives:
            if drive.deleted or (drive.site is not None and self.sites[drive.site].locked):
                continue
            place = self.place_of(drive)
            for entry, path in drive.paths():
                if entry.kind != "folder":
                    yield f"{place}/{path}", entry, drive
