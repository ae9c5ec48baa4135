"""What a caller may choose for one conversion; handed down frozen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from converters.ooxml.package import DEFAULT_LIMITS, Limits


class MacroPolicy(StrEnum):
    """What becomes of macros, whichever engine converts: :mod:`converters.macros.stage`."""

    LEAVE = "leave"
    CARRY = "carry"
    COMMENT = "comment"
    DROP = "drop"


# what stands before a macro's name in a document: "this file" ([MS-XLSX] 2.4), or a file's name
_FILE = re.compile(r"^\s*(?:\[0\]!|'?[^'!]*'?!)")


@dataclass(frozen=True, slots=True)
class Scripts:
    """What a native converter needs of macros that are carried; empty where they are not.

    ``addresses``: folded ``procedure`` and ``module.procedure`` -> address of LibreOffice's script framework.
    ``functions``: folded names of the functions that a formula may call -> their names as written.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    functions: Mapping[str, str] = field(default_factory=dict)

    def address(self, macro: str) -> str | None:
        """The address of a macro as a document names it (``[0]!Module1.Print``); None where there is none.

        A name with a file before it is one of this file's all the same where it has a procedure of that name: Excel
        writes the file's name of the day when the button was drawn.
        """
        return self.addresses.get(_FILE.sub("", macro).strip().casefold())


NO_SCRIPTS = Scripts()


@dataclass(frozen=True, slots=True)
class Options:
    """``provenance`` is written as user-defined metadata: source hash, batch, version; never a path or a name."""

    libreoffice: tuple[int, int] = (
        25,
        2,
    )  # the version that will open the result: newer functions keep their value
    recalculate: bool = False  # let LibreOffice cross-check the formula results of a spreadsheet
    template: bool = False  # write the template media type (.ott for .dotx)
    provenance: tuple[tuple[str, str], ...] = ()
    limits: Limits = DEFAULT_LIMITS
    timeout_seconds: float = 120.0
    memory_megabytes: int = 2_000
    typefaces: tuple[str, ...] | None = (
        None  # those of the readers' machines; None: of this one, as a hint alone
    )
    require_isolation: bool = False  # LibreOffice only where the machine gives it no network
    passwords: tuple[str, ...] = field(
        default=(), repr=False
    )  # for a source that is encrypted; never written
    reencrypt: bool = True  # its result gets the password that opened it; else that is a loss
    prove: bool = False  # count a native result against its source, and check it against the schema
    render: bool = False  # let LibreOffice draw source and result, and compare their pages
    likeness_floor: float = 0.0  # of the compared pages, from 0 to 1: below it a result is not put in place
    macros: MacroPolicy = MacroPolicy.LEAVE
    scripts: Scripts = NO_SCRIPTS  # set by the engine, from the source's own macros
