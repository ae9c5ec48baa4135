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
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from converters.errors import CodedError
from converters.libreoffice.find import OLDEST_VERSION
from converters.losses import Severity
from converters.options import MacroPolicy
from converters.outcome import Engine
from inventory.database import DEFAULT_DATABASE
from inventory.graph.clouds import CLOUDS
from inventory.inspecting import Deep
from inventory.pace import Window
from inventory.persons import Persons
from inventory.source import Owners
from inventory.tenant.sampling import Documents
from migrate.locale import LANGUAGES

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


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("text")
    return value


def _language(value: object) -> str:
    if value not in LANGUAGES:
        raise ValueError(", ".join(LANGUAGES))
    return str(value)


def _switch(value: object) -> bool:
    words = {
        True: True,
        False: False,
        "true": True,
        "false": False,
        "1": True,
        "0": False,
        "yes": True,
        "no": False,
    }
    if not isinstance(value, bool | str) or value not in words:
        raise ValueError("true, false")
    return words[value]


def _count(value: object) -> int:
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError("1, 2, 3 ...")
    return number


def _share(value: object) -> float:
    """A share from 0 to 1: ``"5%"``, or ``0.05``."""
    text = str(value).strip().replace(",", ".")
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if isinstance(value, bool) or not 0 <= share <= 1:
        raise ValueError("0% ... 100%")
    return share


def _texts(value: object) -> tuple[str, ...]:
    """A list of texts; in the environment, with ``;`` between them."""
    texts = value.split(";") if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) and text for text in texts):
        raise ValueError('["text", ...]')
    return tuple(texts)


def _window(value: object) -> str:
    Window.parse(value if isinstance(value, str) else "")
    return str(value)


def _persons(value: object) -> str:
    if value not in tuple(Persons):
        raise ValueError(", ".join(Persons))
    return str(value)


def _owners(value: object) -> Owners:
    if value not in tuple(Owners):
        raise ValueError(", ".join(Owners))
    return Owners(str(value))


def _engine(value: object) -> Engine:
    if value not in tuple(Engine):
        raise ValueError(", ".join(Engine))
    return Engine(str(value))


def _macros(value: object) -> MacroPolicy:
    if value not in tuple(MacroPolicy):
        raise ValueError(", ".join(MacroPolicy))
    return MacroPolicy(str(value))


def _deep(value: object) -> Deep:
    if value not in tuple(Deep):
        raise ValueError(", ".join(Deep))
    return Deep(str(value))


def _version(value: object) -> tuple[int, int]:
    """A version of LibreOffice, as text: ``"24.8"``."""
    parts = value.split(".") if isinstance(value, str) else value
    if (
        not isinstance(parts, list | tuple)
        or len(parts) < 2
        or not all(str(part).isdecimal() for part in parts)
    ):
        raise ValueError('"25.2"')
    version = int(parts[0]), int(parts[1])
    if version < OLDEST_VERSION:
        raise ValueError(">= " + ".".join(map(str, OLDEST_VERSION)))
    return version


def _names(value: object) -> tuple[str, ...]:
    """A list of names; in the environment they are separated by semicolons."""
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ValueError('["name", ...]')
    return tuple(name.strip() for name in names if name.strip())


def _port(value: object) -> int:
    """A port of TCP; 0 for any that is free."""
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 65536:
        raise ValueError("0 ... 65535")
    return number


def _networks(value: object) -> tuple[str, ...]:
    """Addresses and networks of IP."""
    names = _names(value)
    for name in names:
        try:
            ip_network(name, strict=False)
        except ValueError:
            raise ValueError('["10.0.0.5", "10.1.0.0/24"]') from None
    return names


_HEADER = re.compile(r"[A-Za-z0-9-]{1,80}")


def _header(value: object) -> str:
    if not isinstance(value, str) or not _HEADER.fullmatch(value):
        raise ValueError("X-Header-Name")
    return value


def _cloud(value: object) -> str:
    if value not in CLOUDS:
        raise ValueError(", ".join(CLOUDS))
    return str(value)


def _https(value: object) -> str:
    parts = urlsplit(value if isinstance(value, str) else "")
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/"):
        raise ValueError("https://host")
    return str(value).rstrip("/")


def _documents(value: object) -> Documents:
    if value not in tuple(Documents):
        raise ValueError(", ".join(Documents))
    return Documents(str(value))


def _percent(value: object) -> int:
    number = _count(value)
    if number > 100:
        raise ValueError("1 ... 100")
    return number


def _severity(value: object) -> Severity:
    if isinstance(value, Severity):
        return value
    if not isinstance(value, str) or value not in (severity.identifier for severity in Severity):
        raise ValueError(", ".join(severity.identifier for severity in Severity))
    return Severity.from_identifier(value)


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

    jobs: int = _key(_count, 0)
    inspect: bool = _key(_switch, True)
    skip: tuple[str, ...] = _key(_texts, ())
    files_per_second: int = _key(_count, 0)
    window: str = _key(_window, "")
    archives: bool = _key(_switch, False)
    persons: str = _key(_persons, "")
    owners: Owners = _key(_owners, Owners.FOLDERS)
    deep: Deep = _key(_deep, Deep.ASKED)
    locations: str = _key(_text, "")


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

    jobs: int = _key(_count, 0)
    engine: Engine = _key(_engine, Engine.AUTO)
    fail_on: Severity = _key(_severity, Severity.BEHAVIOUR)
    libreoffice: tuple[int, int] = _key(_version, (25, 2))
    recalculate: bool = _key(_switch, False)
    recalculate_in: tuple[str, ...] = _key(_names, ())
    timeout: int = _key(_count, 120)
    memory: int = _key(_count, 2_000)
    require_isolation: bool = _key(_switch, False)
    passwords: str = _key(_text, "")
    reencrypt: bool = _key(_switch, True)
    typefaces: str = _key(_text, "")
    prove: bool = _key(_switch, False)
    render_share: float = _key(_share, 0.0)
    likeness_floor: float = _key(_share, 0.0)

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

    policy: MacroPolicy = _key(_macros, MacroPolicy.LEAVE)


@dataclass(frozen=True, slots=True)
class TenantPolicy:
    """A tenant of Microsoft 365. ``client_id`` is the application's; it signs in with ``certificate`` (PEM with key and
    certificate, or PFX) or, where there is none, with the secret in MIGRATE_TENANT_SECRET; without both a person signs
    in by device code, and their token is kept at ``token_cache`` where there is no keyring. ``cloud``: global, gcc-high,
    dod, china; ``login`` and ``graph`` are hosts of another. ``ca``: a file of certificates, ``proxy``: an address.
    ``documents``: none, all, sample (``sample_percent`` of them) or priority. ``rate``: keep below the service's limits by
    itself; the service's own word to wait is always heeded."""

    client_id: str = _key(_text, "")
    certificate: str = _key(_text, "")
    cloud: str = _key(_cloud, "global")
    login: str = _key(_https, "")
    graph: str = _key(_https, "")
    ca: str = _key(_text, "")
    proxy: str = _key(_text, "")
    documents: Documents = _key(_documents, Documents.SAMPLE)
    sample_percent: int = _key(_percent, 5)
    token_cache: str = _key(_text, "")
    rate: bool = _key(_switch, True)


@dataclass(frozen=True, slots=True)
class WebPolicy:
    """The local pages. Without ``proxy`` they serve this computer alone, whoever has the address that is printed. With it
    (addresses or networks of a reverse proxy that signs people in) the pages serve a team: ``names`` are the host names
    by which people reach them, ``user_header`` and ``groups_header`` are what the proxy tells, ``managers``, ``it`` and
    ``helpdesk`` name the accounts that have the role, and groups as ``group:name``. ``upload_megabytes``: the largest file that is taken.
    ``keep_hours``: how long what was uploaded is kept."""

    host: str = _key(_text, "127.0.0.1")
    port: int = _key(_port, 8440)
    proxy: tuple[str, ...] = _key(_networks, ())
    names: tuple[str, ...] = _key(_names, ())
    user_header: str = _key(_header, "X-Remote-User")
    groups_header: str = _key(_header, "X-Remote-Groups")
    managers: tuple[str, ...] = _key(_names, ())
    it: tuple[str, ...] = _key(_names, ())
    helpdesk: tuple[str, ...] = _key(_names, ())
    upload_megabytes: int = _key(_count, 100)
    keep_hours: int = _key(_count, 72)

    def check(self) -> None:
        """Raises PolicyError for pages that would be open to others without anybody who says who they are."""
        if self.proxy and not self.names:
            raise PolicyError("WEB_NAMES_MISSING")
        if not self.proxy and self.host not in ("127.0.0.1", "::1"):
            raise PolicyError("WEB_OPEN", host=self.host)


@dataclass(frozen=True, slots=True)
class Policy:
    """What was decided, from all places. ``language`` is empty where the environment's locale decides."""

    language: str = _key(_language, "")
    database: str = _key(_text, DEFAULT_DATABASE)
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
