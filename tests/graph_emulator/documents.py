"""What the emulator answers, as Graph spells it: every property stands in the metadata of v1.0."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.graph_emulator.tenant import DOMAIN, GROUPS, SKUS, Drive, Entry, Person, Site, Tenant, guid, moment

Json = dict[str, Any]
REFRESHED = "2026-11-20"
_MIME = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def skus(tenant: Tenant) -> list[Json]:
    held = [0] * len(SKUS)
    for person in tenant.people:
        for sku in {sku for sku, _group, _plans in person.licences}:
            held[sku] += 1
    return [
        {
            "id": f"{guid('tenant', 0)}_{sku}",
            "skuId": sku,
            "skuPartNumber": name,
            "capabilityStatus": "Enabled" if number != 1 else "Warning",
            "appliesTo": "User",
            "consumedUnits": held[number],
            "prepaidUnits": {
                "enabled": held[number] + 10,
                "suspended": 0,
                "warning": 3 if number == 1 else 0,
                "lockedOut": 0,
            },
            "servicePlans": [
                {
                    "servicePlanId": plan,
                    "servicePlanName": plan_name,
                    "provisioningStatus": "Success",
                    "appliesTo": "User",
                }
                for plan, plan_name in plans
            ],
        }
        for number, (sku, name, plans) in enumerate(SKUS)
    ]


def user(person: Person) -> Json:
    states = [
        {
            "skuId": SKUS[sku][0],
            "assignedByGroup": None if group is None else guid("group", group),
            "disabledPlans": [SKUS[sku][2][plan][0] for plan in plans],
            "state": "Active",
            "error": "None",
            "lastUpdatedDateTime": moment(person.number * 7919),
        }
        for sku, group, plans in person.licences
    ]
    distinct = {state["skuId"]: state["disabledPlans"] for state in states}
    return {
        "id": person.id,
        "userPrincipalName": person.upn,
        "department": person.department or None,
        "accountEnabled": person.enabled,
        "userType": "Guest" if person.guest else "Member",
        "usageLocation": "FR",
        "preferredDataLocation": "EUR" if person.number % 4 == 0 else None,
        "createdDateTime": moment(person.number * 104729),
        "assignedLicenses": [{"skuId": sku, "disabledPlans": plans} for sku, plans in distinct.items()],
        "licenseAssignmentStates": states,
        "onPremisesSecurityIdentifier": f"S-1-5-21-1-2-3-{1000 + person.number}"
        if not person.guest
        else None,
        "onPremisesSamAccountName": f"pnom{person.number}" if not person.guest else None,
        "onPremisesDomainName": DOMAIN if not person.guest else None,
    }


def sign_in(person: Person) -> Json:
    activity = None
    if person.number % 9:
        activity = {
            "lastSignInDateTime": moment(280_000_000 + person.number),
            "lastNonInteractiveSignInDateTime": moment(281_000_000 + person.number),
            "lastSuccessfulSignInDateTime": moment(279_000_000 + person.number)
            if person.number % 2
            else None,
        }
    return {"id": person.id, "signInActivity": activity}


def group(number: int) -> Json:
    is_team = number % 2 == 0
    return {
        "id": guid("group", number),
        "displayName": f"Group {number}",
        "groupTypes": ["Unified"] if is_team else [],
        "securityEnabled": not is_team,
        "mailEnabled": is_team,
        "assignedLicenses": [{"skuId": SKUS[0][0], "disabledPlans": []}] if number in (1, 2) else [],
        "resourceProvisioningOptions": ["Team"] if is_team else [],
        "preferredDataLocation": None,
    }


def groups() -> list[Json]:
    return [group(number) for number in range(GROUPS)]


def channels(number: int) -> list[Json]:
    return [
        {"id": f"19:{number}-{one}@thread.tacv2", "membershipType": "standard"} for one in range(number + 1)
    ]


def site(one: Site) -> Json:
    document: Json = {
        "id": one.id,
        "name": one.path.rsplit("/", 1)[-1],
        "displayName": one.name,
        "webUrl": f"https://contoso.sharepoint.example{one.path.rstrip('/')}",
        "isPersonalSite": False,
    }
    if one.number == 0:
        document["siteCollection"] = {"hostname": "contoso.sharepoint.example", "dataLocationCode": "EUR"}
    if one.archived:
        document["siteCollection"] = {"archivalDetails": {"archiveStatus": "fullyArchived"}}
    return document


def personal_site(person: Person) -> Json:
    name = person.upn.replace("@", "_").replace(".", "_")
    return {
        "id": f"contoso-my.sharepoint.example,{guid('mysite', person.number)},{guid('myweb', person.number)}",
        "name": name,
        "displayName": f"Personne {person.number}",
        "webUrl": f"https://contoso-my.sharepoint.example/personal/{name}",
        "isPersonalSite": True,
    }


def drive(one: Drive, tenant: Tenant) -> Json:
    if one.owner is not None:
        person = tenant.people[one.owner]
        url = personal_site(person)["webUrl"] + "/Documents"
        owner: Json = {"user": {"id": person.id, "displayName": f"Personne {person.number}"}}
        site_id = guid("mysite", person.number)
    else:
        place = tenant.sites[one.site or 0]
        url = f"https://contoso.sharepoint.example{place.path.rstrip('/')}/{one.name}"
        owner = {}  # a group, which the metadata of v1.0 does not know here
        site_id = place.collection_id
    return {
        "id": one.id,
        "name": one.name,
        "driveType": one.kind,
        "webUrl": url,
        "quota": {"used": sum(one.entry(n).size for n in range(min(one.count, 50))), "total": 1 << 40},
        "owner": owner,
        "sharePointIds": {"siteId": site_id},
    }


def item(one: Drive, entry: Entry, people: list[Person]) -> Json:
    reference: Json = {"driveId": one.id, "driveType": one.kind}
    if entry.parent >= 0:
        reference["id"] = one.item_id(entry.parent)
    document: Json = {"id": one.item_id(entry.number), "parentReference": reference}
    if entry.deleted:
        return document | {"deleted": {"state": "deleted"}}
    creator = people[entry.creator] if people else None
    document |= {
        "name": entry.name,
        "size": entry.size,
        "createdDateTime": moment(entry.created),
        "lastModifiedDateTime": moment(entry.modified + 5),
        "fileSystemInfo": {
            "createdDateTime": moment(entry.created),
            "lastModifiedDateTime": moment(entry.modified),
        },
    }
    if creator:
        document["createdBy"] = {"user": {"id": creator.id, "displayName": f"Personne {creator.number}"}}
    if entry.shared:
        document["shared"] = {"scope": entry.shared}
    if entry.kind == "root":
        return document | {"root": {}, "folder": {"childCount": 1}}
    if entry.kind == "folder":
        return document | {"folder": {"childCount": 1}}
    if entry.kind == "package":
        return document | {"package": {"type": "oneNote"}}
    if entry.kind == "shortcut":
        return document | {"remoteItem": {"id": one.item_id(0), "name": entry.name}}
    mime = _MIME.get(entry.name.rsplit(".", 1)[-1], "application/octet-stream")
    document["file"] = {"mimeType": mime, "hashes": {"quickXorHash": one.quick_xor(entry.number)}}
    if entry.kind == "malware":
        document["malware"] = {"description": "emulated"}
    return document


# report -> (columns, those of them that name people or places)
REPORTS: dict[str, tuple[str, ...]] = {
    "getM365AppUserDetail": (
        "Report Refresh Date", "User Principal Name", "Last Activation Date", "Last Activity Date", "Report Period",
        "Windows", "Mac", "Mobile", "Web", "Outlook", "Word", "Excel", "PowerPoint", "OneNote", "Teams",
    ),
    "getOffice365ActiveUserDetail": (
        "Report Refresh Date", "User Principal Name", "Display Name", "Is Deleted", "Has Exchange License",
        "Exchange Last Activity Date", "OneDrive Last Activity Date", "SharePoint Last Activity Date",
        "Teams Last Activity Date", "Assigned Products",
    ),
    "getEmailActivityUserDetail": (
        "Report Refresh Date", "User Principal Name", "Display Name", "Is Deleted", "Last Activity Date",
        "Send Count", "Receive Count", "Read Count", "Meeting Created Count", "Meeting Interacted Count",
        "Assigned Products", "Report Period",
    ),
    "getMailboxUsageDetail": (
        "Report Refresh Date", "User Principal Name", "Display Name", "Is Deleted", "Created Date",
        "Last Activity Date", "Item Count", "Storage Used (Byte)", "Report Period",
    ),
    "getOneDriveUsageAccountDetail": (
        "Report Refresh Date", "Site URL", "Owner Display Name", "Is Deleted", "Last Activity Date", "File Count",
        "Active File Count", "Storage Used (Byte)", "Storage Allocated (Byte)", "Owner Principal Name",
        "Report Period",
    ),
    "getSharePointSiteUsageDetail": (
        "Report Refresh Date", "Site Id", "Site URL", "Owner Display Name", "Is Deleted", "Last Activity Date",
        "File Count", "Active File Count", "Page View Count", "Visited Page Count", "Storage Used (Byte)",
        "Storage Allocated (Byte)", "Root Web Template", "Owner Principal Name", "Report Period",
    ),
    "getTeamsUserActivityUserDetail": (
        "Report Refresh Date", "User Principal Name", "Last Activity Date", "Is Deleted",
        "Team Chat Message Count", "Private Chat Message Count", "Call Count", "Meeting Count", "Report Period",
    ),
}  # fmt: skip


def report(name: str, tenant: Tenant, *, concealed: bool) -> str:
    """A usage report as the service sends it: with a byte order mark, names hidden where the tenant says so."""
    columns = REPORTS[name]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    if name == "getSharePointSiteUsageDetail":
        for one in tenant.sites:
            count = sum(drive.count for drive in tenant.drives if drive.site == one.number)
            writer.writerow(
                _row(
                    columns, one.number, "", count, f"https://contoso.sharepoint.example{one.path}", concealed
                )
            )
    else:
        for person in tenant.people:
            if not person.guest:
                count = sum(drive.count for drive in tenant.drives if drive.owner == person.number)
                writer.writerow(_row(columns, person.number, person.upn, count, "", concealed))
    return "\ufeff" + text.getvalue()


def _row(
    columns: tuple[str, ...], number: int, upn: str, count: int, url: str, concealed: bool
) -> dict[str, str]:
    def hidden(text: str) -> str:
        return guid("hidden", number).replace("-", "").upper() if concealed else text

    row: dict[str, str] = {}
    for place, column in enumerate(columns):
        if column == "Report Refresh Date":
            row[column] = REFRESHED
        elif "Principal Name" in column:
            row[column] = hidden(upn)
        elif column in ("Site URL", "Display Name", "Owner Display Name"):
            row[column] = hidden(url)
        elif column == "Site Id":
            row[column] = "" if concealed else guid("site", number)
        elif column == "Is Deleted":
            row[column] = "False"
        elif column == "Report Period":
            row[column] = "180"
        elif column == "File Count":
            row[column] = str(count)
        elif column.endswith("Date"):
            row[column] = moment(285_000_000 + number * 86_400)[:10] if number % 8 else ""
        elif column.endswith(("Count", "(Byte)")):
            row[column] = str((number * 37 + place * 11) % 5000)
        elif column == "Assigned Products":
            row[column] = "OFFICE 365 E3"
        else:
            row[column] = "Yes" if (number + place) % 3 else "No"
    return row
