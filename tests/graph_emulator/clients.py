"""Clients of the emulator, as the program makes them for Microsoft's own hosts."""

from __future__ import annotations

from typing import Any

from inventory.graph.client import GraphClient, Patience
from inventory.graph.clouds import Cloud
from inventory.graph.gate import Gate
from inventory.graph.token import Credentials, MsalTokens
from inventory.graph.wire import Network
from tests.graph_emulator.server import CLIENT, SECRET, TENANT, Emulator

HASTY = Patience(tries=6, throttled=60, first_seconds=0.01, longest_seconds=0.05)


def cloud(emulator: Emulator, *, reports: bool = True) -> Cloud:
    return Cloud(emulator.login, emulator.graph, reports)


def tokens(emulator: Emulator, **options: Any) -> MsalTokens:
    """By certificate, where ``options`` say nothing else."""
    told = {name: options.pop(name) for name in ("clock", "tell") if name in options}
    credentials = {"certificate": emulator.certificate} | options
    return MsalTokens(
        Credentials(TENANT, CLIENT, **credentials), cloud(emulator), Network(ca=str(emulator.ca)), **told
    )


def by_secret(emulator: Emulator) -> MsalTokens:
    return tokens(emulator, certificate=None, secret=SECRET)


def client(
    emulator: Emulator, *, reports: bool = True, gate: Gate | None = None, **options: Any
) -> GraphClient:
    used = options.pop("tokens", None) or tokens(emulator)
    network = Network(ca=str(emulator.ca))
    return GraphClient(
        cloud(emulator, reports=reports),
        used,
        network,
        gate=gate,
        patience=options.pop("patience", HASTY),
        **options,
    )
