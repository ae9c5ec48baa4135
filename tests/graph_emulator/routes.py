"""What the emulator answers to a path: a status, a document, headers. It knows nothing of sockets and tokens."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.graph_emulator import documents
from tests.graph_emulator.faults import Fate, Faults
from tests.graph_emulator.tenant import GROUPS, Drive, Tenant, guid

Json = dict[str, Any]


@dataclass
class Answer:
    status: int
    document: Json | None = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""


def error(status: int, code: str, message: str, inner: str = "") -> Answer:
    """An error as Graph spells it: the most specific code may stand inside."""
    told: Json = {
        "request-id": guid("request", status),
        "client-request-id": guid("client", status),
        "date": "2026-11-21T00:00:00",
    }
    if inner:
        told["code"] = inner
    return Answer(status, {"error": {"code": code, "message": message, "innerError": told}})


DENIED_DIRECTORY = ("Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
DENIED_SHAREPOINT = ("accessDenied", "Access denied")
DENIED_REPORTS = ("S2SUnauthorized", "Invalid scope claims/roles.")
FILES = frozenset({"Files.Read.All", "Sites.Read.All"})  # either lets an application read drives

# route -> (permissions of which one is enough, how its lack is told)
NEEDS: dict[str, tuple[frozenset[str], tuple[str, str]]] = {
    "skus": (frozenset({"LicenseAssignment.Read.All"}), DENIED_DIRECTORY),
    "users": (frozenset({"User.Read.All"}), DENIED_DIRECTORY),
    "sign_ins": (frozenset({"AuditLog.Read.All"}), DENIED_DIRECTORY),
    "groups": (frozenset({"Group.ReadBasic.All"}), DENIED_DIRECTORY),
    "report_settings": (frozenset({"ReportSettings.Read.All"}), DENIED_REPORTS),
    "report": (frozenset({"Reports.Read.All"}), DENIED_REPORTS),
    "sharing": (frozenset({"SharePointTenantSettings.Read.All"}), DENIED_SHAREPOINT),
    "sites": (frozenset({"Sites.Read.All"}), DENIED_SHAREPOINT),
    "search_sites": (frozenset({"Sites.Read.All"}), DENIED_SHAREPOINT),
    "subsites": (frozenset({"Sites.Read.All"}), DENIED_SHAREPOINT),
    "site_drives": (FILES, DENIED_SHAREPOINT),
    "user_drive": (FILES, DENIED_SHAREPOINT),
    "delta": (FILES, DENIED_SHAREPOINT),
    "content": (FILES, DENIED_SHAREPOINT),
    "channels": (frozenset({"Channel.ReadBasic.All"}), DENIED_SHAREPOINT),
    "plans": (frozenset({"Tasks.Read.All"}), DENIED_DIRECTORY),
}
UNITS = {"delta": 1, "site_drives": 2, "sites": 2, "subsites": 2, "user_drive": 1, "content": 1}


class Routes:
    """``root`` is the address of v1.0, ``files`` that of links with their own leave."""

    def __init__(self, tenant: Tenant, fate: Fate, root: str, files: str) -> None:
        self.tenant, self.fate, self.root, self.files = tenant, fate, root, files
        self.on_delta: Callable[[Drive, int], None] = lambda _drive, _position: None
        self._expired: set[str] = set()
        self._once: set[str] = set()
        self._premium_fails = 0
        self._routes: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
            ("skus", r"/subscribedSkus", self._skus),
            ("users", r"/users", self._users),
            ("groups", r"/groups", self._groups),
            ("report_settings", r"/admin/reportSettings", self._report_settings),
            ("report", r"/reports/(\w+)\(period='(\w+)'\)", self._report),
            ("sharing", r"/admin/sharepoint/settings", self._sharing),
            ("sites", r"/sites/(?:oneDrive\.)?getAllSites(?:\(\))?", self._sites),
            ("search_sites", r"/sites", self._sites),
            ("subsites", r"/sites/([^/]+)/sites", self._subsites),
            ("site_drives", r"/sites/([^/]+)/drives", self._site_drives),
            ("user_drive", r"/users/([^/]+)/drive", self._user_drive),
            ("delta", r"/drives/([^/]+)/(?:items/)?root/delta(?:\((?:token='([^']*)')?\))?", self._delta),
            ("content", r"/drives/([^/]+)/items/([^/]+)/content", self._content),
            ("channels", r"/teams/([^/]+)/channels", self._channels),
            ("plans", r"/groups/([^/]+)/planner/plans", self._plans),
        )

    @property
    def faults(self) -> Faults:
        return self.fate.faults

    def name_of(self, path: str) -> str:
        return next((name for name, pattern, _f in self._routes if re.fullmatch(pattern, path)), "")

    def answer(self, url: str) -> Answer:
        """The answer to a path below the version root."""
        parts = urlsplit(url)
        path = unquote(parts.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        for name, pattern, respond in self._routes:
            found = re.fullmatch(pattern, path)
            if found is None:
                continue
            if name == "users" and "signInActivity" in query.get("$select", query.get("$skiptoken", "")):
                name = "sign_ins"
            enough, (code, message) = NEEDS[name]
            if not enough & self.faults.permissions:
                return error(403, code, message)
            self.fate.seen.paths[name] += 1
            self.fate.seen.units += UNITS.get(name, 0)
            return respond(query, *found.groups())
        return error(400, "BadRequest", f"Resource not found for the segment '{path}'.")

    def _list(
        self, name: str, path: str, values: list[Any], query: Json, size: int, make: Callable[[Any], Json]
    ) -> Answer:
        """A page of a list; a link leads on, and from an empty page too."""
        token = query.get("$skiptoken")
        start = int(token.rsplit("_", 1)[-1]) if token else 0
        if token and self.faults.page_expires_once and name not in self._once:
            self._once.add(name)
            self.fate.forget(path)
            return error(400, "Directory_ExpiredPageToken", "The specified page token value has expired.")
        stop = start if self._is_empty(f"{name}{start}") else start + size
        document: Json = {
            "@odata.context": f"{self.root}/$metadata",
            "value": [make(one) for one in values[start:stop]],
        }
        if stop < len(values):
            host = self.faults.foreign_next_link or self.root
            document["@odata.nextLink"] = (
                f"{host}{path}?$skiptoken={name}_{'empty_' if stop == start else ''}{stop}"
            )
        return Answer(200, document)

    def _is_empty(self, key: str) -> bool:
        """Whether a page comes empty this time: each at most once."""
        if key in self._once or not self.fate.happens(self.faults.empty_page_share):
            return False
        self._once.add(key)
        return True

    def _skus(self, _query: Json) -> Answer:
        return Answer(200, {"value": documents.skus(self.tenant)})

    def _users(self, query: Json) -> Answer:
        size = int(query.get("$top", 100))
        signing = "signInActivity" in query.get("$select", query.get("$skiptoken", ""))
        if size > 999:
            return error(
                400,
                "BadRequest",
                f"Invalid page size specified: '{size}'. Must be between 1 and 999 inclusive.",
            )
        if not signing:
            return self._list(
                "users",
                "/users",
                self.tenant.people,
                query,
                999 if "$skiptoken" in query else size,
                documents.user,
            )
        if not self.faults.premium or self._premium_fails < self.faults.premium_fails:
            self._premium_fails += 1
            return error(
                403,
                "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                "Neither tenant is B2C or tenant doesn't have premium license",
            )
        return self._list("signInActivity", "/users", self.tenant.people, query, 120, documents.sign_in)

    def _groups(self, query: Json) -> Answer:
        return self._list("groups", "/groups", documents.groups(), query, 4, dict)

    def _report_settings(self, _query: Json) -> Answer:
        return Answer(200, {"value": {"displayConcealedNames": self.faults.concealed}})

    def _report(self, _query: Json, name: str, _period: str) -> Answer:
        if not self.faults.reports_exist or name not in documents.REPORTS:
            return error(400, "BadRequest", f"Resource not found for the segment '{name}'.")
        return Answer(302, None, {"Location": f"{self.files}/data/download/{name}?tempauth=pre-{name}"})

    def _sharing(self, _query: Json) -> Answer:
        return Answer(200, {"sharingCapability": "externalUserAndGuestSharing"})

    def _sites(self, query: Json) -> Answer:
        sites = [documents.site(one) for one in self.tenant.sites if one.above is None]
        personal = [documents.personal_site(person) for person in self.tenant.people if person.has_drive]
        return self._list("sites", "/sites/oneDrive.getAllSites", sites + personal, query, 200, dict)

    def _subsites(self, query: Json, site_id: str) -> Answer:
        above = next((site for site in self.tenant.sites if site.id == site_id), None)
        if above is None:
            return error(404, "itemNotFound", "Requested site could not be found")
        if above.locked:
            return error(423, "resourceLocked", "The resource is locked.")
        below = [documents.site(site) for site in self.tenant.sites if site.above == above.number]
        return self._list(f"sub{above.number}_", f"/sites/{site_id}/sites", below, query, 2, dict)

    def _site_drives(self, _query: Json, site_id: str) -> Answer:
        for site in self.tenant.sites:
            if site.id == site_id:
                if site.locked:
                    return error(423, "resourceLocked", "The resource is locked.")
                drives = [
                    drive for drive in self.tenant.drives if drive.site == site.number and not drive.deleted
                ]
                return Answer(200, {"value": [documents.drive(drive, self.tenant) for drive in drives]})
        for person in self.tenant.people:
            if documents.personal_site(person)["id"] == site_id:
                drives = [drive for drive in self.tenant.drives if drive.owner == person.number]
                return Answer(200, {"value": [documents.drive(drive, self.tenant) for drive in drives]})
        return error(404, "itemNotFound", "Requested site could not be found")

    def _user_drive(self, _query: Json, user_id: str) -> Answer:
        person = self.tenant.person_by_id.get(user_id)
        if person is None:
            return error(404, "Request_ResourceNotFound", "Resource does not exist.")
        drive = self.tenant.drive_of(person)
        if drive is None:
            told = ("ResourceNotFound", "User's mysite not found.") if person.number % 2 else (
                "UnknownError", "Unable to retrieve user's mysite URL.")  # fmt: skip
            return error(404, *told)
        return Answer(200, documents.drive(drive, self.tenant))

    def _channels(self, _query: Json, group_id: str) -> Answer:
        number = self._group(group_id)
        return (
            Answer(200, {"value": documents.channels(number)})
            if number is not None
            else error(404, "NotFound", "No team")
        )

    def _plans(self, _query: Json, group_id: str) -> Answer:
        number = self._group(group_id)
        if number is None:
            return error(404, "NotFound", "No group")
        return Answer(200, {"value": [{"id": guid("plan", number)}] if number else []})

    @staticmethod
    def _group(group_id: str) -> int | None:
        return next((number for number in range(GROUPS) if guid("group", number) == group_id), None)

    def _delta(self, query: Json, drive_id: str, token: str | None) -> Answer:
        drive = self.tenant.drive_by_id.get(drive_id)
        if drive is None or drive.deleted:
            return error(404, "itemNotFound", "The resource could not be found.")
        size, start = int(query.get("$top", 200)), 0
        token = token or query.get("token")
        if token:
            start, size, *_empty = json.loads(base64.urlsafe_b64decode(token))
        aged = token and start and (drive_id in self.faults.loop_410 or self._ages(drive_id))
        if aged:
            with self.fate.lock:
                self.fate.seen.expired_deltas += 1
            self.fate.forget(f"/drives/{drive_id}/")
            answer = error(410, "resyncRequired", "Resync required.", "resyncChangesApplyDifferences")
            answer.headers["Location"] = (
                f"{self.root}/drives/{drive_id}/root/delta(token='{_token(0, size)}')"
            )
            return answer
        stop = start if self._is_empty(f"{drive_id}{start}") else min(start + size, drive.end)
        entries = [drive.at(position) for position in range(start, stop)]
        values = [
            documents.item(drive, entry, self.tenant.people) for position, entry in enumerate(entries, start)
            if not (entry.deleted and position < drive.count)
        ]  # fmt: skip
        self.on_delta(drive, stop)
        key = "nextLink" if stop < drive.end or stop == start != drive.end else "deltaLink"
        marks = ("empty",) if stop == start < drive.end else ()
        link = f"{self.root}/drives/{drive_id}/root/delta(token='{_token(stop, size, *marks)}')"
        return Answer(200, {"value": values, f"@odata.{key}": link})

    def _ages(self, drive_id: str) -> bool:
        """Whether a drive's token is too old: for a share of the drives, once each."""
        share = self.faults.delta_expires_share
        if not share or drive_id in self._expired or hash_share(drive_id) > share:
            return False
        self._expired.add(drive_id)
        return True

    def _content(self, _query: Json, drive_id: str, item_id: str) -> Answer:
        drive = self.tenant.drive_by_id.get(drive_id)
        entry = drive.entry(drive.number_of(item_id)) if drive else None
        if drive is None or entry is None or entry.deleted:
            return error(404, "itemNotFound", "The resource could not be found.")
        if entry.kind == "malware":
            return error(403, "malwareDetected", "Malware detected")
        return Answer(
            302, None, {"Location": f"{self.files}/content/{drive_id}/{item_id}?tempauth=secret-leave"}
        )

    def file(self, url: str) -> bytes | None:
        """The bytes behind a link with its own leave."""
        parts = urlsplit(url)
        if found := re.fullmatch(r"/data/download/(\w+)", parts.path):
            return documents.report(found[1], self.tenant, concealed=self.faults.concealed).encode()
        if found := re.fullmatch(r"/content/([^/]+)/([^/]+)", unquote(parts.path)):
            drive = self.tenant.drive_by_id[found[1]]
            return drive.content(drive.number_of(found[2]))
        return None


def hash_share(text: str) -> float:
    """A number of [0, 1) that hangs on a text alone."""
    return int(base64.b16encode(text.encode()[-4:]), 16) % 997 / 997


def _token(position: int, size: int, *mark: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([position, size, *mark]).encode()).decode()
