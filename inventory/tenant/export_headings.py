"""The headings of the admin centre's exports and of PowerShell's, in English and French, as one word each.

Headings are compared without case, accents and kinds of apostrophe. One that stands here under no word is kept as it
is: reports gain columns over time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

# word -> headings of the users' and of the subscriptions' export
PEOPLE: Mapping[str, tuple[str, ...]] = {
    "upn": (
        "User principal name",
        "UserPrincipalName",
        "Nom d'utilisateur principal",
        "Nom principal de l'utilisateur",
    ),
    "id": ("Object Id", "ObjectId", "Id", "ID d'objet", "ID de l'objet"),
    "department": ("Department", "Service", "Département"),
    "licences": ("Licenses", "Licences", "AssignedLicenses", "Product licenses", "Licences de produit"),
    "blocked": (
        "Block credential",
        "BlockCredential",
        "Bloquer les informations d'identification",
        "Connexion bloquée",
    ),
    "enabled": ("AccountEnabled", "Account enabled", "Compte activé"),
    "usage_location": ("Usage location", "UsageLocation", "Emplacement d'utilisation", "Lieu d'utilisation"),
    "data_location": ("Preferred data location", "PreferredDataLocation", "Emplacement de données préféré"),
    "created": ("When created", "CreatedDateTime", "WhenCreated", "Date de création"),
    "kind": ("UserType", "User type", "Type d'utilisateur"),
    "sid": ("OnPremisesSecurityIdentifier",),
    "deleted": ("Soft deletion time stamp", "SoftDeletionTimestamp", "Horodatage de suppression réversible"),
}
SUBSCRIPTIONS: Mapping[str, tuple[str, ...]] = {
    "product": (
        "Product name",
        "Product title",
        "Nom du produit",
        "Produit",
        "SkuPartNumber",
        "Sku Part Number",
    ),
    "sku_id": ("SkuId", "Sku Id"),
    "enabled": (
        "Total licenses",
        "Total quantity",
        "Nombre total de licences",
        "Total des licences",
        "Enabled",
    ),
    "consumed": (
        "Assigned licenses",
        "Licences attribuées",
        "Licences affectées",
        "ConsumedUnits",
        "Consumed Units",
    ),
    "suspended": ("Expired licenses", "Licences expirées", "Suspended"),
    "status": ("Status message", "CapabilityStatus", "État", "Message d'état"),
}
# the reports' own English headings -> others
USAGE: Mapping[str, tuple[str, ...]] = {
    "Report Refresh Date": ("Date d'actualisation du rapport",),
    "Report Period": ("Période du rapport", "Période de rapport"),
    "User Principal Name": ("Nom d'utilisateur principal", "Nom principal de l'utilisateur"),
    "Owner Principal Name": ("Nom principal du propriétaire",),
    "Display Name": ("Nom d'affichage", "Nom complet"),
    "Owner Display Name": ("Nom d'affichage du propriétaire", "Nom complet du propriétaire"),
    "Site URL": ("URL du site", "URL de site"),
    "Site Id": ("ID de site", "ID du site"),
    "Is Deleted": ("Est supprimé", "Supprimé"),
    "Last Activity Date": ("Date de la dernière activité", "Date de dernière activité"),
    "Last Activation Date": ("Date de la dernière activation", "Date de dernière activation"),
    "File Count": ("Nombre de fichiers",),
    "Active File Count": ("Nombre de fichiers actifs",),
    "Page View Count": ("Nombre de pages vues", "Nombre d'affichages de pages"),
    "Visited Page Count": ("Nombre de pages visitées",),
    "Storage Used (Byte)": (
        "Stockage utilisé (octet)",
        "Stockage utilisé (octets)",
        "Espace de stockage utilisé (octet)",
    ),
    "Storage Allocated (Byte)": (
        "Stockage alloué (octet)",
        "Stockage alloué (octets)",
        "Espace de stockage alloué (octet)",
    ),
    "Item Count": ("Nombre d'éléments",),
    "Send Count": ("Nombre d'envois", "Nombre de messages envoyés"),
    "Receive Count": ("Nombre de réceptions", "Nombre de messages reçus"),
    "Read Count": ("Nombre de lectures", "Nombre de messages lus"),
    "Team Chat Message Count": ("Nombre de messages de conversation d'équipe",),
    "Private Chat Message Count": ("Nombre de messages de conversation privée",),
    "Assigned Products": ("Produits attribués", "Produits affectés"),
    "Has Exchange License": ("Possède une licence Exchange", "A une licence Exchange"),
    "Root Web Template": ("Modèle web racine",),
    "Windows": (),
    "Word": (),
}
# which report a table is: the first row whose headings it has all
REPORT_OF_HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sharepoint", ("Site URL", "Page View Count")),
    ("onedrive", ("Owner Principal Name", "File Count")),
    ("teams", ("User Principal Name", "Team Chat Message Count")),
    ("mail", ("User Principal Name", "Send Count")),
    ("mailboxes", ("User Principal Name", "Item Count", "Storage Used (Byte)")),
    ("users", ("User Principal Name", "Has Exchange License")),
    ("apps", ("User Principal Name", "Windows", "Word")),
)


def plain(heading: str) -> str:
    """A heading without what exports spell differently: case, accents, apostrophes, spaces."""
    letters = unicodedata.normalize("NFKD", heading.replace("\u2019", "'").casefold())
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


def words_of(headings: Iterable[str], table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Heading -> the word that it stands for; headings of no word are left out. The first of several counts."""
    by_plain = {plain(one): word for word, told in table.items() for one in (word, *told)}
    found: dict[str, str] = {}
    for heading in headings:
        word = by_plain.get(plain(heading))
        if word is not None and word not in found.values():
            found[heading] = word
    return found
