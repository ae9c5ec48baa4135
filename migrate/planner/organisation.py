"""What an organisation says beyond users and departments: its waves, what it moves to, where data lies, other suppliers.

Every table is optional: what is not given is embedded (capacities, tasks, catalogue, hosting, Microsoft's location) or
empty.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from migrate.planner import data
from migrate.planner.alternatives import Choices, read_alternatives
from migrate.planner.catalogue import ALL, STAY, Target, read_catalogue, read_hosting, read_targets
from migrate.planner.sovereignty import Places
from migrate.planner.sovereignty_tables import read_locations, read_supplies
from migrate.planner.waves.demand import WaveTables
from migrate.planner.waves.tables import read_blackouts, read_capacities, read_list, read_tasks

# tables of an organisation, by the names of their files without ``.csv``
TABLES = (
    "waves",
    "capacities",
    "tasks",
    "blackouts",
    "targets",
    "catalogue",
    "hosting",
    "locations",
    "supplies",
)
_EMBEDDED = ("capacities", "tasks", "catalogue", "hosting", "locations")
_HOMES = {"QC": "CA-QC"}
Texts = Mapping[str, tuple[str, str]]
"""Table name -> (CSV text, name of the file)."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """``proposing``: a proposal of waves is asked for."""

    waves: WaveTables
    choices: Choices
    places: Places
    proposing: bool = False


def read_organisation(
    texts: Texts,
    departments: Collection[str],
    home: str = "",
    proposing: bool = False,
    exchanges: Mapping[tuple[str, str], int] | None = None,
) -> Organisation:
    """The given tables before the embedded ones; rows of an own catalogue and hosting are added to them.

    ``departments`` are ids. Raises TableError with the place of what is wrong.
    """
    given = {name: texts.get(name) or _embedded(name) for name in TABLES}
    catalogue = read_catalogue(*_embedded("catalogue")) | read_catalogue(*given["catalogue"])
    hosting = read_hosting(*_embedded("hosting")) | read_hosting(*given["hosting"])
    targets = read_targets(*texts["targets"], departments, catalogue, hosting) if "targets" in texts else ()
    locations = read_locations(*_embedded("locations"))
    if "locations" in texts:
        locations = (*locations, *read_locations(*texts["locations"]))
    waves = WaveTables(
        read_list(*texts["waves"]) if "waves" in texts else None,
        read_capacities(*given["capacities"]),
        read_tasks(*given["tasks"]),
        read_blackouts(*texts["blackouts"]) if "blackouts" in texts else (),
        exchanges or {},
        _mail_moves(targets, departments),
    )
    alternatives = read_alternatives(data.text("alternatives.csv"), "alternatives.csv")
    supplies = read_supplies(*texts["supplies"]) if "supplies" in texts else ()
    return Organisation(
        waves,
        Choices(alternatives, catalogue, hosting, targets),
        Places(locations, supplies, home),
        proposing,
    )


def home_of(jurisdiction: str) -> str:
    """Whose law is an organisation's own where only the jurisdiction of its money is known: empty for a union."""
    return "" if jurisdiction in ("EU", "NONE") else _HOMES.get(jurisdiction, jurisdiction)


def _embedded(name: str) -> tuple[str, str]:
    file = f"{name}.csv"
    return (data.text(file) if name in _EMBEDDED else "", file)


def _mail_moves(targets: Collection[Target], departments: Collection[str]) -> frozenset[str]:
    moved = {row.department for row in targets if row.service == "mail" and row.replacement != STAY}
    stays = {row.department for row in targets if row.service == "mail" and row.replacement == STAY}
    return frozenset(id for id in departments if id in moved or (ALL in moved and id not in stays))
