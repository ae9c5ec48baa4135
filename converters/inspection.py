"""Everything found inside a file, as a record: what ``converters.inspect`` answers, and inventory stores by SHA-256."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from converters.losses import Loss, Place

INSPECTOR_REVISION = 3

# feature code -> what it is; the locale holds a sentence per code (tables ``features``)
FEATURES: dict[str, str] = {
    "macros": "a VBA project",
    "auto_macro": "macros that start by themselves",
    "macro_call": "macros that call programs or libraries outside of Office",
    "macro_sheet": "an Excel 4 macro sheet",
    "activex": "ActiveX controls",
    "ole_object": "embedded objects",
    "package_object": "embedded files of any kind, Access databases",
    "external_link": "links to other files",
    "external_data": "connections and query tables",
    "power_query": "Power Query queries",
    "dde": "DDE fields or links",
    "pivot_table": "pivot tables",
    "data_model": "a data model",
    "slicer": "slicers and timelines",
    "chart": "charts",
    "smartart": "SmartArt diagrams",
    "shape": "drawn shapes and text boxes",
    "ink": "ink",
    "picture": "pictures",
    "media": "audio or video",
    "equation": "equations",
    "comment": "comments",
    "tracked_change": "tracked changes",
    "field": "fields",
    "form_field": "form fields and content controls",
    "mail_merge": "a mail merge data source",
    "footnote": "footnotes and endnotes",
    "conditional_format": "conditional formats",
    "data_validation": "data validations",
    "array_formula": "array formulas",
    "external_function": "add-in or user functions",
    "new_function": "functions newer than Excel 2007, LET and LAMBDA among them",
    "defined_name": "defined names",
    "table": "tables",
    "animation": "animations",
    "transition": "slide transitions",
    "embedded_font": "embedded fonts",
    "custom_xml": "custom XML parts",
    "attached_template": "a template attached",
    "signature": "a digital signature",
    "sensitivity_label": "a sensitivity label",
    "rights_management": "information rights management",
    "protection": "protection of the document or its sheets",
    "encryption": "a password to open",
    "hidden_sheet": "hidden sheets",
    "web_extension": "web extensions (task panes, add-ins)",
    "machine_made": "written by a program and not by a person since",
}


# why a cheap inspection asks for a deep one: a feature whose extent only the content tells, or one of these
UNREAD = "unread"
ASKS: dict[str, str] = {
    UNREAD: "there is more text than the cheap level reads",
    "damaged": "a part is damaged",
    **{
        code: FEATURES[code]
        for code in ("macros", "macro_sheet", "activex", "external_function", "external_data", "data_model")
    },
}


@dataclass(frozen=True, slots=True)
class Feature:
    code: str
    count: int = 1
    examples: tuple[Place, ...] = ()

    def as_json(self) -> dict[str, Any]:
        places = [place.as_json() for place in self.examples]
        return {"code": self.code, "count": self.count, "examples": places}


@dataclass(frozen=True, slots=True)
class Link:
    """``target`` as written in the file, never resolved and never opened. ``kind`` says what it is to the document:

    workbook, template, document, picture, ole, media, data (a source of data: a file or a connection), dde
    (``service|topic|item``), hyperlink, or a relationship's own kind.
    """

    kind: str
    target: str
    place: Place = field(default_factory=Place)

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "target": self.target, "place": self.place.as_json()}


@dataclass(frozen=True, slots=True)
class MacroProcedure:
    """A procedure, and what it uses, by what LibreOffice makes of it: ``converters.macros.compatibility``.

    A use is written ``kind:name`` (``member:Range.Value``, ``com:Scripting.Dictionary``, ``declare:kernel32``). It
    ``works``; works on ``windows`` alone; is ``missing``; or is ``unknown``, where neither the code nor the tables tell.
    """

    name: str
    lines: int
    auto: bool = False
    works: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "lines": self.lines,
            "auto": self.auto,
            "works": list(self.works),
            "windows": list(self.windows),
            "missing": list(self.missing),
            "unknown": list(self.unknown),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> MacroProcedure:
        return cls(
            record["name"],
            record["lines"],
            record["auto"],
            *(tuple(record[name]) for name in ("works", "windows", "missing", "unknown")),
        )


@dataclass(frozen=True, slots=True)
class MacroModule:
    """``lines`` are lines of code: no blank lines, no comments, no Attribute lines. None where not read."""

    name: str
    kind: str = ""  # standard, class, document, form
    lines: int | None = None
    procedures: tuple[str, ...] = ()
    auto: tuple[str, ...] = ()  # procedures that start by themselves
    calls: tuple[str, ...] = ()  # what the code reaches outside of Office
    details: tuple[MacroProcedure, ...] = ()  # of each procedure: what it uses

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "lines": self.lines,
            "procedures": list(self.procedures),
            "auto": list(self.auto),
            "calls": list(self.calls),
            "details": [procedure.as_json() for procedure in self.details],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> MacroModule:
        return cls(
            record["name"],
            record["kind"],
            record["lines"],
            tuple(record["procedures"]),
            tuple(record.get("auto", ())),
            tuple(record.get("calls", ())),
            tuple(map(MacroProcedure.from_json, record.get("details", ()))),
        )


@dataclass(frozen=True, slots=True)
class MacroProject:
    """What a VBA project says of itself. ``locked``: closed to the eye by a password. ``references``: libraries and
    other projects that it relies on, by name and LIBID or path. ``reader``: what read its code (own, oletools)."""

    name: str
    locked: bool = False
    references: tuple[tuple[str, str], ...] = ()
    reader: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "locked": self.locked,
            "references": [list(reference) for reference in self.references],
            "reader": self.reader,
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> MacroProject:
        references = tuple((name, target) for name, target in record["references"])
        return cls(record["name"], record["locked"], references, record["reader"])


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file is and what is in it.

    ``kind`` is an identified kind (``docx``, ``xls``, ``pdf``, ``unknown``), ``family`` text, spreadsheet,
    presentation or empty. ``level`` is cheap (directory, relationships and what is small) or deep (everything); ``asks``
    are the codes of ASKS for which a cheap inspection should be followed by a deep one. ``producer`` is the program that
    wrote a file that no person has saved since. ``work`` counts what work grows with: paragraphs, words, tables, sheets, cells, formulas,
    slides, shapes. ``error`` is a code of :mod:`converters.errors` where conversion would be refused.
    """

    sha256: str
    size_bytes: int
    kind: str
    family: str = ""
    level: str = "deep"
    revision: int = INSPECTOR_REVISION
    application: str = ""
    producer: str = ""
    asks: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    work: Mapping[str, int] = field(default_factory=dict)
    features: tuple[Feature, ...] = ()
    fonts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    macros: tuple[MacroModule, ...] = ()
    macro_projects: tuple[MacroProject, ...] = ()
    protection: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    error: str = ""
    error_params: tuple[tuple[str, str | int | float], ...] = ()

    def feature_count(self, code: str) -> int:
        return sum(feature.count for feature in self.features if feature.code == code)

    def as_json(self) -> dict[str, Any]:
        return {
            "sha256": self.sha256,
            "size_bytes": self.size_bytes,
            "kind": self.kind,
            "family": self.family,
            "level": self.level,
            "revision": self.revision,
            "application": self.application,
            "producer": self.producer,
            "asks": list(self.asks),
            "metadata": dict(self.metadata),
            "work": dict(self.work),
            "features": [feature.as_json() for feature in self.features],
            "fonts": list(self.fonts),
            "links": [link.as_json() for link in self.links],
            "macros": [module.as_json() for module in self.macros],
            "macro_projects": [project.as_json() for project in self.macro_projects],
            "protection": list(self.protection),
            "losses": [loss.as_json() for loss in self.losses],
            "error": self.error or None,
            "error_params": dict(self.error_params),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Inspection:
        return cls(
            sha256=record["sha256"],
            size_bytes=record["size_bytes"],
            kind=record["kind"],
            family=record["family"],
            level=record["level"],
            revision=record["revision"],
            application=record["application"],
            producer=record.get("producer", ""),
            asks=tuple(record.get("asks", ())),
            metadata=record["metadata"],
            work=record["work"],
            features=tuple(
                Feature(item["code"], item["count"], tuple(map(Place.from_json, item["examples"])))
                for item in record["features"]
            ),
            fonts=tuple(record["fonts"]),
            links=tuple(
                Link(item["kind"], item["target"], Place.from_json(item["place"])) for item in record["links"]
            ),
            macros=tuple(map(MacroModule.from_json, record["macros"])),
            macro_projects=tuple(map(MacroProject.from_json, record.get("macro_projects", ()))),
            protection=tuple(record["protection"]),
            losses=tuple(map(Loss.from_json, record["losses"])),
            error=record["error"] or "",
            error_params=tuple(record["error_params"].items()),
        )
