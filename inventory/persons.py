"""How people are collected: by name, by a pseudonym that a key of this database makes, or not at all.

A database keeps the way that its first scan began with: names that stand in it would undo the pseudonyms of a later
scan. The key lies beside an SQLite database (``NAME.persons-key``, for its owner alone); for PostgreSQL it is the
text of the environment variable :data:`KEY_VARIABLE`. Whoever has it can tell whether a name that they know is meant,
and nobody else can; destroy it, and the pseudonyms are anonymous.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from converters.inspection import Inspection
from inventory.errors import InventoryError
from inventory.service_accounts import is_service_account
from inventory.tables import scans

KEY_VARIABLE = "MIGRATE_PERSONS_KEY"
KEY_SUFFIX = ".persons-key"
_KEY_BYTES = 32
_PSEUDONYM_CHARACTERS = 16  # 80 bits: no two of millions alike
_PREFIX = "person-"
_PSEUDONYM = re.compile(
    rf"{_PREFIX}[a-z2-7]{{{_PSEUDONYM_CHARACTERS}}}"
)  # made already, where a name was read first

# what an inspection's metadata tells of people: the keys of Inspection.metadata
PERSONAL_METADATA = ("creator", "last_modified_by")

# accounts that stand for no person: rules about files of services need their names
_NOBODY = frozenset({"root", "daemon", "nobody", "nogroup", "system", "www-data", "backup"})
# [MS-DTYP] 2.4.2.4: everyone, creator, local system, local service, network service, built-in groups, service accounts
_NOBODY_SIDS = ("S-1-1-", "S-1-3-", "S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-32-", "S-1-5-80-")


class Persons(StrEnum):
    NAMED = "named"
    PSEUDONYMOUS = "pseudonymous"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class People:
    """What is stored for people. ``key`` is needed for pseudonyms alone."""

    persons: Persons = Persons.NAMED
    key: bytes = b""

    def account(self, name: str) -> str:
        """What is stored for the name, number or SID of an account; empty for nothing."""
        return name if is_nobody(name) else self.person(name)

    def person(self, name: str) -> str:
        """What is stored for the name of a person."""
        if not name or self.persons is Persons.NAMED or _PSEUDONYM.fullmatch(name):
            return name
        if self.persons is Persons.DROPPED:
            return ""
        digest = hmac.new(self.key, name.casefold().encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
        return _PREFIX + base64.b32encode(digest).decode("ascii")[:_PSEUDONYM_CHARACTERS].lower()

    def inspection(self, found: Inspection) -> Inspection:
        """An inspection with what it may tell of people."""
        if self.persons is Persons.NAMED:
            return found
        told = {
            name: self.person(value) if name in PERSONAL_METADATA else value
            for name, value in found.metadata.items()
        }
        return replace(found, metadata={name: value for name, value in told.items() if value})


def is_nobody(account: str) -> bool:
    """Whether an account is a service's or the system's."""
    return account.casefold() in _NOBODY or account.startswith(_NOBODY_SIDS) or is_service_account(account)


def people_of(
    database: Engine, asked: Persons | None = None, environment: Mapping[str, str] = os.environ
) -> People:
    """How this database collects people: as asked for before its first scan, and as its scans did afterwards.

    Raises InventoryError: PERSONS_MIXED where something else is asked for, PERSONS_KEY_MISSING without a key.
    """
    with database.connect() as connection:
        before = collected(connection)
    if before is not None and asked is not None and asked is not before:
        raise InventoryError("PERSONS_MIXED", before=before.value, asked=asked.value)
    persons = before or asked or Persons.NAMED
    if persons is not Persons.PSEUDONYMOUS:
        return People(persons)
    return People(persons, _key(database, environment, new=before is None))


def collected(connection: Connection) -> Persons | None:
    """How the scans of a database collected people; None before the first."""
    stored = connection.scalar(select(scans.c.persons).order_by(scans.c.id.desc()).limit(1))
    return Persons(stored) if stored else None


def key_file(database: Engine) -> Path | None:
    """Where the key of an SQLite database lies."""
    path = database.url.database
    return Path(path + KEY_SUFFIX) if database.dialect.name == "sqlite" and path else None


def _key(database: Engine, environment: Mapping[str, str], *, new: bool) -> bytes:
    path = key_file(database)
    if path is None:
        key = environment.get(KEY_VARIABLE, "").encode("utf-8", "surrogateescape")
        if len(key) < _KEY_BYTES:
            raise InventoryError("PERSONS_KEY_MISSING", place=KEY_VARIABLE)
        return key
    create = partial(os.open, mode=0o600)
    try:
        if new:
            with open(path, "x", encoding="ascii", opener=create) as file:
                file.write(secrets.token_hex(_KEY_BYTES) + "\n")
        return bytes.fromhex(path.read_text("ascii").strip())
    except FileExistsError:  # of a scan that was killed before its first page
        return bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise InventoryError("PERSONS_KEY_MISSING", place=str(path)) from error
