"""The errors of the inventory and the reasons why an item was not read: codes with parameters, never sentences.

Sentences and remedies stand in ``migrate/locale`` (table ``reasons``), in French and English.
"""

from __future__ import annotations

from converters.errors import CodedError

# code -> what it is about; the environment's fault, so a command that meets one exits 3
ENVIRONMENT: dict[str, str] = {
    "DATABASE_ON_NETWORK": "SQLite on a network file system loses data (params: path, file_system)",
    "DATABASE_NEWER": "the database was written by a newer version (params: revision)",
    "DATABASE_FOREIGN": "the file is no database of this program (params: path)",
    "DATABASE_UNREACHABLE": "the database cannot be opened (params: detail)",
    "DATABASE_DRIVER": "the database's driver is not installed (params: driver)",
    "SOURCE_MISSING": "a source is not there (params: source)",
    "SOURCE_IS_FOLDER": "a folder where a file is asked for (params: source)",
    "SOURCE_DENIED": "a share does not let this account in (params: source)",
    "SOURCE_UNREACHABLE": "a server does not answer (params: source, detail)",
    "SOURCE_LOST": "the connection to a share broke; what was listed is stored (params: source, detail)",
    "SOURCE_DRIVER": "the library for a kind of source is not installed (params: extra)",
    "PASSWORD_IN_NAME": "a password in the name of a source, which is stored and shown (params: variable)",
    "TABLE_UNREADABLE": "a table that the user gives is wrong (params: path, line, detail)",
    "RULE_TOO_DEEP": "a department's path is deeper than totals go (params: path, depth)",
    "EXPORT_DRIVER": "the library for a form of export is not installed (params: extra)",
    "PERSONS_MIXED": "the database collects people in another way than is asked for (params: before, asked)",
    "PERSONS_KEY_MISSING": "the key that makes pseudonyms is not there (params: place)",
    "NOTHING_TO_RESUME": "no scan was interrupted (params: database)",
    "TENANT_NAME": "the name of a tenant is none (params: source)",
    "TENANT_CLIENT_ID": "no application is named that signs in to a tenant (params: source)",
    "TENANT_CERTIFICATE": "the application's certificate cannot be read, or is none (params: path)",
    "TENANT_CLOCK": "the clock of this machine is so wrong that nobody can sign in (params: reason)",
    "TENANT_SIGN_IN": "the sign-in is refused (params: source, reason)",
    "TENANT_UNTRUSTED": "a host's certificate is none that this machine trusts (params: source)",
    "TENANT_UNREACHABLE": "the service does not answer; what was read is stored (params: source, reason)",
    "TENANT_UNKNOWN": "a tenant that was neither scanned nor imported (params: source)",
    "TENANT_NO_DOCUMENTS": "a place of a tenant holds no Office documents, or was not scanned (params: source)",
    "EXPORT_UNKNOWN": "a table whose headings are of no export that is known (params: path, headings)",
    "FILE_EXISTS": "a file that would be written over (params: path)",
    "TENANT_NEEDS_PERSONS": "a tenant's licences are counted by person, and people are not stored at all (params: source)",
    "SOURCE_UNKNOWN": "no registered kind of source takes this name (params: source)",
}

# reason code of an item -> what it is about
REASONS: dict[str, str] = {
    "PERMISSION_DENIED": "the file may not be read by this account",
    "FOLDER_DENIED": "the folder may not be listed by this account",
    "FOLDER_UNREADABLE": "the folder cannot be listed: an input error",
    "INPUT_ERROR": "the file cannot be read: an input error",
    "IN_USE": "another program holds the file for itself alone",
    "VANISHED": "the file went away between the listing and the reading",
    "SYMLINK": "a symbolic link or junction: not followed, so that nothing is counted twice and no loop is entered",
    "MOUNT_POINT": "another file system is mounted here; name it as a source of its own",
    "NOT_REGULAR": "a device, pipe or socket",
    "HARD_LINK": "another name of a file that is counted already",
    "OFFLINE": "a placeholder: its content is not on this storage, and reading would recall it",
    "LOCK_FILE": "an owner file (~$name) that Office leaves while a document is open",
    "EMPTY_FILE": "the file has no bytes",
    "SYSTEM_FOLDER": "a folder of the system: recycle bin, snapshots, volume information",
    "SKIP_LIST": "a folder that the configuration leaves out",
    "NESTED_ARCHIVE": "an archive within an archive: not opened",
    "ARCHIVE_ENCRYPTED": "a file in an archive that a password protects",
    "ARCHIVE_DAMAGED": "the archive cannot be read",
    "ARCHIVE_LIMIT": "an archive, or a file in it, larger than is unpacked",
    "SHORTCUT": "a shortcut to a file of another drive, which is counted there",
    "NOTEBOOK": "a notebook of OneNote, which is no file",
    "MALWARE": "the service holds the file for malware and gives it to nobody",
    "SITE_LOCKED": "the site or drive is locked or archived",
    "NOT_ANSWERED": "the service did not answer; the next scan asks again",
    "NOT_OFFICE": "the content is no Microsoft Office document",
    "INSPECTION_FAILED": "the inspection itself failed",
}


class InventoryError(CodedError):
    """The environment does not allow the work."""

    codes = ENVIRONMENT
