"""What is asked of Graph: every path that this program sends, its cost, and the permission that it needs.

Costs are resource units: of SharePoint 1 for an item, a download and a delta with a token, 2 for lists, of the
directory 2 for users and 3 for SKUs, 1 less with ``$select``. Permissions are the least of those documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from inventory.graph.clouds import Cloud


class Budget(StrEnum):
    """Whose limits a call counts against."""

    DIRECTORY = "directory"
    SHAREPOINT = "sharepoint"
    REPORTS = "reports"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Call:
    """``path`` is below the version root, with ``{name}`` for ids. ``eventual`` asks for ConsistencyLevel on every page."""

    name: str
    path: str
    budget: Budget
    units: int
    permission: str
    method: str = "GET"
    eventual: bool = False

    def path_for(self, **ids: str) -> str:
        return self.path.format(**{name: quote(value, safe="!,-_.~") for name, value in ids.items()})

    def url(self, cloud: Cloud, **ids: str) -> str:
        return cloud.root + self.path_for(**ids)


SELECTED: Mapping[str, str] = {
    "skus": "skuId,skuPartNumber,capabilityStatus,appliesTo,consumedUnits,prepaidUnits,servicePlans",
    "users": (
        "id,userPrincipalName,department,accountEnabled,userType,usageLocation,preferredDataLocation,"
        "createdDateTime,assignedLicenses,licenseAssignmentStates,onPremisesSecurityIdentifier,"
        "onPremisesSamAccountName,onPremisesDomainName"
    ),
    "groups": (
        "id,displayName,groupTypes,securityEnabled,mailEnabled,assignedLicenses,resourceProvisioningOptions,"
        "preferredDataLocation"
    ),
    "sites": "id,name,displayName,webUrl,isPersonalSite,siteCollection",
    "drives": "id,name,driveType,webUrl,quota,owner,sharePointIds",
    "items": (
        "id,name,size,file,folder,package,remoteItem,deleted,root,malware,shared,parentReference,createdBy,"
        "fileSystemInfo,createdDateTime,lastModifiedDateTime"
    ),
}
USERS_A_PAGE = 999
SIGN_INS_A_PAGE = 120
ITEMS_A_PAGE = 1_000

REPORT_NAMES: Mapping[str, str] = {
    "apps": "getM365AppUserDetail",
    "users": "getOffice365ActiveUserDetail",
    "mail": "getEmailActivityUserDetail",
    "mailboxes": "getMailboxUsageDetail",
    "onedrive": "getOneDriveUsageAccountDetail",
    "sharepoint": "getSharePointSiteUsageDetail",
    "teams": "getTeamsUserActivityUserDetail",
}
REPORT_DAYS = "D180"

_ROWS: tuple[Call, ...] = (
    Call(
        "skus",
        f"/subscribedSkus?$select={SELECTED['skus']}",
        Budget.DIRECTORY,
        2,
        "LicenseAssignment.Read.All",
    ),
    Call(
        "users",
        f"/users?$select={SELECTED['users']}&$top={USERS_A_PAGE}",
        Budget.DIRECTORY,
        1,
        "User.Read.All",
    ),
    Call(
        "sign_ins",
        f"/users?$select=id,signInActivity&$top={SIGN_INS_A_PAGE}",
        Budget.DIRECTORY,
        1,
        "AuditLog.Read.All",
    ),
    Call(
        "groups",
        f"/groups?$select={SELECTED['groups']}&$top={USERS_A_PAGE}",
        Budget.DIRECTORY,
        1,
        "Group.ReadBasic.All",
    ),
    Call(
        "report_settings",
        "/admin/reportSettings?$select=displayConcealedNames",
        Budget.OTHER,
        1,
        "ReportSettings.Read.All",
    ),
    Call("report", "/reports/{report}(period='{period}')", Budget.REPORTS, 1, "Reports.Read.All"),
    Call(
        "sharing",
        "/admin/sharepoint/settings?$select=sharingCapability",
        Budget.SHAREPOINT,
        1,
        "SharePointTenantSettings.Read.All",
    ),
    Call("sites", f"/sites/getAllSites?$select={SELECTED['sites']}", Budget.SHAREPOINT, 2, "Sites.Read.All"),
    Call(
        "search_sites",
        f"/sites?search=*&$select={SELECTED['sites']}",
        Budget.SHAREPOINT,
        2,
        "Sites.Read.All",
    ),
    Call(
        "subsites",
        f"/sites/{{site}}/sites?$select={SELECTED['sites']}",
        Budget.SHAREPOINT,
        2,
        "Sites.Read.All",
    ),
    Call(
        "site_drives",
        f"/sites/{{site}}/drives?$select={SELECTED['drives']}",
        Budget.SHAREPOINT,
        2,
        "Files.Read.All",
    ),
    Call(
        "user_drive",
        f"/users/{{user}}/drive?$select={SELECTED['drives']}",
        Budget.SHAREPOINT,
        1,
        "Files.Read.All",
    ),
    Call(
        "delta",
        f"/drives/{{drive}}/root/delta?$select={SELECTED['items']}&$top={ITEMS_A_PAGE}",
        Budget.SHAREPOINT,
        1,
        "Files.Read.All",
    ),
    Call("content", "/drives/{drive}/items/{item}/content", Budget.SHAREPOINT, 1, "Files.Read.All"),
    Call(
        "channels",
        "/teams/{group}/channels?$select=id,membershipType",
        Budget.OTHER,
        1,
        "Channel.ReadBasic.All",
    ),
    Call("plans", "/groups/{group}/planner/plans?$select=id", Budget.OTHER, 1, "Tasks.Read.All"),
    Call("batch", "/$batch", Budget.OTHER, 0, "", "POST"),
)
CALLS: Mapping[str, Call] = {call.name: call for call in _ROWS}
