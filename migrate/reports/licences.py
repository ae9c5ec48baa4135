"""The words of the licence section: what a change gives up, until when a seat stays, what a contract fixes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from migrate.reports.words import Words


def lost_text(change: Mapping[str, Any], words: Words) -> str:
    """Service by service, the worst of its parts: what the cheaper licence has less of."""
    tiers: dict[str, tuple[str, str]] = {}
    for lost in change["gives_up"]:
        now = (lost["from"] or "none", lost["to"] or "none")
        known = tiers.get(lost["service"])
        if known is None or now[1] == "none":
            tiers[lost["service"]] = now
    return " · ".join(
        words.t(
            "lost.part",
            service=words.t(f"service.{service}"),
            before=words.t(f"tier.{before}"),
            after=words.t(f"tier.{after}"),
        )
        for service, (before, after) in tiers.items()
    )


def services_text(services: list[str], words: Words) -> str:
    return ", ".join(words.t(f"service.{service}") for service in services)


def names_text(names: list[str], words: Words) -> str:
    """Products of one user; nothing is said in words too."""
    return " + ".join(names) or words.t("none")


def until_text(seat: Mapping[str, Any], words: Words) -> str:
    """The day at which the reason is looked at again; a missing or past one is said."""
    if not seat["until"]:
        return words.t("residual.no_date")
    day = words.short_day(date.fromisoformat(seat["until"]))
    return words.t("residual.expired", day=day) if seat["expired"] else day


def floors_text(contract: Mapping[str, Any], words: Words) -> str:
    floors = [f"{sku}: {words.number(seats)}" for sku, seats in sorted(contract["floors"].items())]
    if contract["minimum_seats"]:
        floors.append(words.number(contract["minimum_seats"]))
    text = ", ".join(floors) or "–"
    end = contract["floor_until"]
    return f"{text} ({words.iso_day(end)})" if floors and end else text
