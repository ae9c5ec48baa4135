"""How values of the configuration are read, from a file or from a text of the environment.

Each reader answers the value, or raises ValueError with what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_network
from typing import TypeVar
from urllib.parse import urlsplit

from converters.libreoffice.find import OLDEST_VERSION
from converters.losses import Severity
from inventory.pace import Window

Word = TypeVar("Word")


def read_one_of(words: Iterable[str], made: Callable[[str], Word]) -> Callable[[object], Word]:
    """The reader of a value that is one of some words, as what ``made`` makes of it."""
    allowed = tuple(words)

    def read(value: object) -> Word:
        if value not in allowed:
            raise ValueError(", ".join(allowed))
        return made(str(value))

    return read


def read_text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("text")
    return value


def read_switch(value: object) -> bool:
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


def read_count(value: object) -> int:
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError("1, 2, 3 ...")
    return number


def read_share(value: object) -> float:
    """A share from 0 to 1: ``"5%"``, or ``0.05``."""
    text = str(value).strip().replace(",", ".")
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if isinstance(value, bool) or not 0 <= share <= 1:
        raise ValueError("0% ... 100%")
    return share


def read_texts(value: object) -> tuple[str, ...]:
    """A list of texts; in the environment, with ``;`` between them."""
    texts = value.split(";") if isinstance(value, str) else value
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) and text for text in texts):
        raise ValueError('["text", ...]')
    return tuple(texts)


def read_window(value: object) -> str:
    Window.parse(value if isinstance(value, str) else "")
    return str(value)


def read_version(value: object) -> tuple[int, int]:
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


def read_names(value: object) -> tuple[str, ...]:
    """A list of names; in the environment they are separated by semicolons."""
    names = value.split(";") if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise ValueError('["name", ...]')
    return tuple(name.strip() for name in names if name.strip())


def read_port(value: object) -> int:
    """A port of TCP; 0 for any that is free."""
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 65536:
        raise ValueError("0 ... 65535")
    return number


def read_networks(value: object) -> tuple[str, ...]:
    """Addresses and networks of IP."""
    names = read_names(value)
    for name in names:
        try:
            ip_network(name, strict=False)
        except ValueError:
            raise ValueError('["10.0.0.5", "10.1.0.0/24"]') from None
    return names


_HEADER = re.compile(r"[A-Za-z0-9-]{1,80}")


def read_header(value: object) -> str:
    if not isinstance(value, str) or not _HEADER.fullmatch(value):
        raise ValueError("X-Header-Name")
    return value


def read_https_address(value: object) -> str:
    parts = urlsplit(value if isinstance(value, str) else "")
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/"):
        raise ValueError("https://host")
    return str(value).rstrip("/")


def read_percent(value: object) -> int:
    number = read_count(value)
    if number > 100:
        raise ValueError("1 ... 100")
    return number


def read_severity(value: object) -> Severity:
    if isinstance(value, Severity):
        return value
    if not isinstance(value, str) or value not in (severity.identifier for severity in Severity):
        raise ValueError(", ".join(severity.identifier for severity in Severity))
    return Severity.from_identifier(value)
