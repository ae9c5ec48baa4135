"""The only reader of ``migrate.toml``: options over environment over file over defaults, as frozen records.

    language = "fr"
    database = "postgresql://host/migration"

    [convert]
    engine = "native"
    jobs = 4
    recalculate_in = ["Finance", "/srv/shares/accounts"]

    [macros]
    policy = "carry"

The environment says the same with ``MIGRATE_DATABASE`` (or ``MIGRATE_DB``) and ``MIGRATE_CONVERT_ENGINE``. A key that
nothing reads is an error, for a misspelt one would be a decision that nobody took.
"""

from __future__ import annotations

import difflib
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from converters.errors import CodedError
from converters.losses import Severity
from converters.options import MacroPolicy
from converters.outcome import Engine
from inventory.database import DEFAULT_DATABASE
from inventory.graph.clouds import CLOUDS
from inventory.inspecting import Deep
from inventory.persons import Persons
from inventory.source import Owners
from inventory.tenant.sampling import Documents
from migrate.locale import LANGUAGES
from migrate.policy_values import (
    read_count,
    read_header,
    read_https_address,
    read_names,
    read_networks,
    read_one_of,
    read_percent,
    read_port,
    read_severity,
    read_share,
    read_switch,
    read_text,
    read_texts,
    read_version,
    read_window,
)

CONFIG_NAME = "migrate.toml"
SECTIONS = ("scan", "convert", "macros", "tenant", "plan", "report", "web")

# code -> what it is about; sentences stand in the locale (table ``reasons``)
ERRORS: dict[str, str] = {
    "CONFIG_MISSING": "the configuration file that was named is not there (params: path)",
    "CONFIG_UNREADABLE": "the configuration file is not readable TOML (params: path, detail)",
    "PASSWORDS_UNREADABLE": "the list of passwords cannot be read (params: path, detail)",
    "TYPEFACES_UNREADABLE": "the list of the desktops' typefaces cannot be read (params: path, detail)",
    "CONFIG_UNKNOWN_KEY": "a key that nothing reads (params: key, nearest, origin)",
    "CONFIG_BAD_VALUE": "a value that does not fit its key (params: key, value, expected, origin)",
    "WEB_OPEN": "pages on an address that others reach, without a proxy that says who they are (params: host)",
    "WEB_NAMES_MISSING": "pages behind a proxy without the host names by which people reach them",
    "WEB_ADDRESS": "the address of the pages cannot be used (params: host, port, detail)",
    "WEB_LIBRARIES": "the libraries of the pages are not installed (params: extra)",
}


class PolicyError(CodedError):
    """The configuration is wrong."""

    codes = ERRORS


def _key(read: Callable[[object], Any], default: Any) -> Any:
    """A key of the configuration: how its value is read (ValueError names what is expected) and its default."""
    return field(default=default, metadata={"read": read})


@dataclass(frozen=True, slots=True)
class ScanPolicy:
    """``jobs``: files looked into at once; 0 stands for the number of cores. ``skip``: patterns of folders that are
    not entered. ``files_per_second``: 0 for no limit. ``window``: hours of the day (20:00-06:00), empty for all.
    ``archives``: list inside zip and tar files too. ``persons``: named, pseudonymous or dropped; empty for what the
    database began with. ``owners``: on Windows shares, of folders, of files (a request a file) or none. ``deep``:
    which documents are read as a whole after the first look. ``locations``: a table of what drive letters stand for."""

    jobs: int = _key(read_count, 0)
    inspect: bool = _key(read_switch, True)
    skip: tuple[str, ...] = _key(read_texts, ())
    files_per_second: int = _key(read_count, 0)
    window: str = _key(read_window, "")
    archives: bool = _key(read_switch, False)
    persons: str = _key(read_one_of(Persons, str), "")
    owners: Owners = _key(read_one_of(Owners, Owners), Owners.FOLDERS)
    deep: Deep = _key(read_one_of(Deep, Deep), Deep.ASKED)
    locations: str = _key(read_text, "")


@dataclass(frozen=True, slots=True)
class ConvertPolicy:
    """``jobs``: worker processes; 0 stands for the number of cores. ``fail_on``: what makes the exit code 1.

    ``libreoffice``: the version that people will open the results with; functions newer than it keep their values.
    ``recalculate``: cross-check the formula results of spreadsheets. ``recalculate_in``: folders and departments where
    that is always done; a path means what is below it, a single name every folder of that name (``Finance``).
    ``timeout`` (seconds) and ``memory`` (megabytes) are what a file may take; large files get more time.
    ``require_isolation``: LibreOffice only where the machine gives it no network. ``passwords``: the path of a list of
    passwords for encrypted files. ``reencrypt``: what is made of an encrypted file gets the password that opened it; where
    that is switched off, everybody who reaches the result can read it, and each such file is a loss.
    ``typefaces``: a text file with the typefaces of the desktops, one a line, where they are others than this machine's.
    ``prove``: count each result of the native converter against its source, and check it against the schema, before it
    is put in place. ``render_share``: of how many files LibreOffice draws source and result, so that their pages are
    compared; which files those are follows from their bytes. ``likeness_floor``: a result whose pages are less alike is
    not put in place.
    """

    jobs: int = _key(read_count, 0)
    engine: Engine = _key(read_one_of(Engine, Engine), Engine.AUTO)
    fail_on: Severity = _key(read_severity, Severity.BEHAVIOUR)
    libreoffice: tuple[int, int] = _key(read_version, (25, 2))
    recalculate: bool = _key(read_switch, False)
    recalculate_in: tuple[str, ...] = _key(read_names, ())
    timeout: int = _key(read_count, 120)
    memory: int = _key(read_count, 2_000)
    require_isolation: bool = _key(read_switch, False)
    passwords: str = _key(read_text, "")
    reencrypt: bool = _key(read_switch, True)
    typefaces: str = _key(read_text, "")
    prove: bool = _key(read_switch, False)
    render_share: float = _key(read_share, 0.0)
    likeness_floor: float = _key(read_share, 0.0)

    def recalculates(self, source: Path) -> bool:
        """Whether the formula results of what is made of ``source``, an absolute path, are to be cross-checked."""
        if self.recalculate:
            return True
        folders = [part.casefold() for part in source.parent.parts]
        for name in self.recalculate_in:
            if "/" in name or "\\" in name:
                if source.is_relative_to(Path(os.path.abspath(name))):  # noqa: PTH100 - no links resolved
                    return True
            elif name.casefold() in folders:
                return True
        return False


def read_typefaces(name: str) -> tuple[str, ...] | None:
    """The typefaces that a text file lists, one a line; what stands behind ``#`` is a remark. None for no name.

    Raises PolicyError where the file cannot be read.
    """
    if not name:
        return None
    try:
        text = Path(name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        detail = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PolicyError("TYPEFACES_UNREADABLE", path=name, detail=detail) from None
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class MacrosPolicy:
    """``policy``: what becomes of macros. leave: their code beside the result, as text; carry: Basic that LibreOffice
    may run; comment: the same as comments; drop: neither."""

    policy: MacroPolicy = _key(read_one_of(MacroPolicy, MacroPolicy), MacroPolicy.LEAVE)


@dataclass(frozen=True, slots=True)
class TenantPolicy:
    """A tenant of Microsoft 365. ``client_id`` is the application's; it signs in with ``certificate`` (PEM with key and
    certificate, or PFX) or, where there is none, with the secret in MIGRATE_TENANT_SECRET; without both a person signs
    in by device code, and their token is kept at ``token_cache`` where there is no keyring. ``cloud``: global, gcc-high,
    dod, china; ``login`` and ``graph`` are hosts of another. ``ca``: a file of certificates, ``proxy``: an address.
    ``documents``: none, all, sample (``sample_percent`` of them) or priority. ``rate``: keep below the service's limits by
    itself; the service's own word to wait is always heeded."""

    client_id: str = _key(read_text, "")
    certificate: str = _key(read_text, "")
    cloud: str = _key(read_one_of(CLOUDS, str), "global")
    login: str = _key(read_https_address, "")
    graph: str = _key(read_https_address, "")
    ca: str = _key(read_text, "")
    proxy: str = _key(read_text, "")
    documents: Documents = _key(read_one_of(Documents, Documents), Documents.SAMPLE)
    sample_percent: int = _key(read_percent, 5)
    token_cache: str = _key(read_text, "")
    rate: bool = _key(read_switch, True)


@dataclass(frozen=True, slots=True)
class WebPolicy:
    """The local pages. Without ``proxy`` they serve this computer alone, whoever has the address that is printed. With it
    (addresses or networks of a reverse proxy that signs people in) the pages serve a team: ``names`` are the host names
    by which people reach them, ``user_header`` and ``groups_header`` are what the proxy tells, ``managers``, ``it`` and
    ``helpdesk`` name the accounts that have the role, and groups as ``group:name``. ``upload_megabytes``: the largest file that is taken.
    ``keep_hours``: how long what was uploaded is kept."""

    host: str = _key(read_text, "127.0.0.1")
    port: int = _key(read_port, 8440)
    proxy: tuple[str, ...] = _key(read_networks, ())
    names: tuple[str, ...] = _key(read_names, ())
    user_header: str = _key(read_header, "X-Remote-User")
    groups_header: str = _key(read_header, "X-Remote-Groups")
    managers: tuple[str, ...] = _key(read_names, ())
    it: tuple[str, ...] = _key(read_names, ())
    helpdesk: tuple[str, ...] = _key(read_names, ())
    upload_megabytes: int = _key(read_count, 100)
    keep_hours: int = _key(read_count, 72)

    def check(self) -> None:
        """Raises PolicyError for pages that would be open to others without anybody who says who they are."""
        if self.proxy and not self.names:
            raise PolicyError("WEB_NAMES_MISSING")
        if not self.proxy and self.host not in ("127.0.0.1", "::1"):
            raise PolicyError("WEB_OPEN", host=self.host)


@dataclass(frozen=True, slots=True)
class Policy:
    """What was decided, from all places. ``language`` is empty where the environment's locale decides."""

    language: str = _key(read_one_of(LANGUAGES, str), "")
    database: str = _key(read_text, DEFAULT_DATABASE)
    scan: ScanPolicy = field(default_factory=ScanPolicy)
    convert: ConvertPolicy = field(default_factory=ConvertPolicy)
    macros: MacrosPolicy = field(default_factory=MacrosPolicy)
    tenant: TenantPolicy = field(default_factory=TenantPolicy)
    web: WebPolicy = field(default_factory=WebPolicy)


Record = TypeVar("Record", bound=Any)


def load_policy(
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
    working_folder: Path | None = None,
) -> Policy:
    """The policy from file and environment. Raises PolicyError."""
    environment = os.environ if environment is None else environment
    path = find_config(config, environment, working_folder or Path.cwd())
    return policy_of(_read_file(path) if path else {}, environment, str(path or ""))


def policy_of(
    settings: Mapping[str, Any], environment: Mapping[str, str], origin: str = CONFIG_NAME
) -> Policy:
    """The policy of a parsed configuration file and an environment. Raises PolicyError."""
    own = _keys(Policy)
    policy = Policy()
    for key, value in settings.items():
        if key in SECTIONS:
            if not isinstance(value, Mapping):
                raise PolicyError(
                    "CONFIG_BAD_VALUE", key=key, value=str(value), expected=f"[{key}]", origin=origin
                )
            section = getattr(policy, key, None)
            known = _keys(type(section)) if section else {}
            for name, setting in value.items():
                _check_key(name, known, f"{key}.", origin)
                section = _with(section, name, setting, f"{key}.{name}", origin)
            if section:
                policy = replace(policy, **{key: section})
        else:
            _check_key(key, dict.fromkeys((*own, *SECTIONS)), "", origin)
            policy = _with(policy, key, value, key, origin)
    return _from_environment(policy, environment)


def with_options(record: Record, **options: Any) -> Record:
    """A record with the options of a command over it; None means that the option was not given."""
    for name, value in options.items():
        if value is not None:
            record = _with(record, name, value, name, "--" + name.replace("_", "-"))
    return record


def find_config(config: Path | None, environment: Mapping[str, str], working_folder: Path) -> Path | None:
    """The configuration file: the one named, ``MIGRATE_CONFIG``, the working folder's, the user's; or None."""
    named = config or (Path(environment["MIGRATE_CONFIG"]) if environment.get("MIGRATE_CONFIG") else None)
    if named is not None:
        if not named.is_file():
            raise PolicyError("CONFIG_MISSING", path=str(named))
        return named
    for folder in (working_folder, user_folder(environment)):
        if folder is not None and (folder / CONFIG_NAME).is_file():
            return folder / CONFIG_NAME
    return None


def user_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """The user's configuration folder of this program: below APPDATA, XDG_CONFIG_HOME or ~/.config."""
    if platform == "win32":
        base = environment.get("APPDATA")
    else:
        base = environment.get("XDG_CONFIG_HOME") or (
            f"{environment['HOME']}/.config" if environment.get("HOME") else None
        )
    return Path(base) / "migrate" if base else None


def _read_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError("CONFIG_UNREADABLE", path=str(path), detail=str(error)) from error


def _from_environment(policy: Policy, environment: Mapping[str, str]) -> Policy:
    names = {"database": ("MIGRATE_DATABASE", "MIGRATE_DB"), "language": ("MIGRATE_LANG",)}
    for key, variables in names.items():
        for variable in variables:
            if environment.get(variable):
                policy = _with(policy, key, environment[variable], key, variable)
    for name in SECTIONS:
        section = getattr(policy, name, None)
        for key in _keys(type(section)) if section else ():
            variable = f"MIGRATE_{name}_{key}".upper()
            if environment.get(variable):
                section = _with(section, key, environment[variable], f"{name}.{key}", variable)
        if section:
            policy = replace(policy, **{name: section})
    return policy


def _keys(record: type) -> dict[str, Callable[[object], Any]]:
    return {item.name: item.metadata["read"] for item in fields(record) if "read" in item.metadata}


def _with(record: Record, name: str, value: object, shown: str, origin: str) -> Record:
    try:
        return replace(record, **{name: _keys(type(record))[name](value)})
    except ValueError as error:
        raise PolicyError(
            "CONFIG_BAD_VALUE", key=shown, value=str(value), expected=str(error), origin=origin
        ) from error


def _check_key(key: str, known: Mapping[str, Any], prefix: str, origin: str) -> None:
    if key in known:
        return
    nearest = difflib.get_close_matches(key, known, 1, 0.0)
    raise PolicyError(
        "CONFIG_UNKNOWN_KEY", key=prefix + key, nearest=prefix + nearest[0] if nearest else "", origin=origin
    )
