"""Macros by the names that buttons, shapes and formulas call them, as addresses of LibreOffice's script framework.

Source: [MS-XLSX] 2.4 writes ``[0]!Module1.Print_All`` for this workbook; the address is that of the scripting
framework, ``vnd.sun.star.script:Library.Module.Procedure?language=Basic&location=document``.
"""

from __future__ import annotations

from collections.abc import Iterable

from converters.macros.basic_libraries import Library
from converters.macros.source import read_source
from converters.options import Scripts

ADDRESS_PREFIX = "vnd.sun.star.script:"


def scripts_of(libraries: Iterable[Library]) -> Scripts:
    """The procedures of the libraries: those of standard modules go before those of documents and classes."""
    addresses: dict[str, str] = {}
    functions: dict[str, str] = {}
    found = [(library, name, module) for library in libraries for name, module in library.modules]
    for library, name, module in sorted(found, key=lambda entry: entry[2].kind != "standard"):
        for procedure in read_source(module.code or "").procedures:
            if procedure.kind.startswith("property") or module.kind in ("class", "form"):
                continue
            address = (
                f"{ADDRESS_PREFIX}{library.name}.{name}.{procedure.name}?language=Basic&location=document"
            )
            addresses.setdefault(procedure.name.casefold(), address)
            addresses.setdefault(f"{module.name}.{procedure.name}".casefold(), address)
            addresses.setdefault(f"{library.project.name}.{module.name}.{procedure.name}".casefold(), address)
            if procedure.kind == "function" and module.kind == "standard" and not procedure.private:
                functions.setdefault(procedure.name.casefold(), procedure.name)
    return Scripts(addresses, functions)
