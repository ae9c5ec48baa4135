"""What inspection gathers while it reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from converters.inspection import FEATURES, Feature, Inspection, Link, MacroModule, MacroProject
from converters.losses import DOCUMENT, EXAMPLES_KEPT, LossLog, Place

LINKS_KEPT = 2_000


@dataclass(slots=True)
class Findings:
    """Grows while a file is read; :meth:`inspection` is the frozen answer."""

    application: str = ""
    producer: str = ""
    asks: list[str] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    work: Counter[str] = field(default_factory=Counter)
    fonts: Counter[str] = field(default_factory=Counter)
    theme_fonts: set[str] = field(default_factory=set)  # references, until the theme is read
    links: list[Link] = field(default_factory=list)
    macros: list[MacroModule] = field(default_factory=list)
    macro_projects: list[MacroProject] = field(default_factory=list)
    protection: list[str] = field(default_factory=list)
    losses: LossLog = field(default_factory=LossLog)
    _counts: Counter[str] = field(default_factory=Counter)
    _examples: dict[str, list[Place]] = field(default_factory=dict)
    _linked: set[Link] = field(default_factory=set)

    def add(self, feature: str, place: Place = DOCUMENT, count: int = 1) -> None:
        """Record a feature. Raises KeyError for a code that stands in no table."""
        FEATURES[feature]
        self._counts[feature] += count
        examples = self._examples.setdefault(feature, [])
        if len(examples) < EXAMPLES_KEPT and place not in examples:
            examples.append(place)

    def count(self, feature: str) -> int:
        return self._counts[feature]

    def __contains__(self, feature: object) -> bool:
        return isinstance(feature, str) and self._counts[feature] > 0

    def add_link(self, kind: str, target: str, place: Place = DOCUMENT) -> None:
        link = Link(kind, target, place)
        if len(self.links) < LINKS_KEPT and link not in self._linked:
            self._linked.add(link)
            self.links.append(link)

    def inspection(self, **known: Any) -> Inspection:
        if self.producer:
            self.add("machine_made")
        features = tuple(
            Feature(code, self._counts[code], tuple(self._examples[code]))
            for code in FEATURES
            if self._counts[code]
        )
        return Inspection(
            application=self.application,
            producer=self.producer,
            asks=tuple(dict.fromkeys(self.asks)),
            metadata=self.metadata,
            work=dict(sorted(self.work.items())),
            features=features,
            fonts=tuple(sorted(self.fonts)),
            links=tuple(self.links),
            macros=tuple(self.macros),
            macro_projects=tuple(self.macro_projects),
            protection=tuple(dict.fromkeys(self.protection)),
            losses=self.losses.losses(),
            **known,
        )
