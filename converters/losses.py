"""What a conversion loses, as data.

A :class:`Loss` is a code of :data:`LOSSES`, a structured place and parameter values. Its sentence stands in
``migrate/locale`` by code, in French and English. Predicted (``inspect``) and actual (``convert``) losses are the
same type. A new kind of loss is one line here and one sentence per language there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

from converters.errors import Param

EXAMPLES_KEPT = 20


class Severity(IntEnum):
    """How much a loss weighs for the person who owns the document."""

    COSMETIC = 1  # a careful reader may see it
    LAYOUT = 2  # things stand elsewhere or look different
    BEHAVIOUR = 3  # something no longer does what it did
    CONTENT = 4  # something is gone

    @property
    def identifier(self) -> str:
        return self.name.lower()

    @classmethod
    def from_identifier(cls, text: str) -> Severity:
        return cls[text.upper()]


@dataclass(frozen=True, slots=True)
class LossKind:
    """``parameter`` names the parameter that takes an element's tag where a support table reports the loss."""

    severity: Severity
    engine_independent: bool = False  # both engines lose it, so it never decides the engine
    parameter: str = "element"


_COSMETIC, _LAYOUT, _BEHAVIOUR, _CONTENT = (LossKind(severity) for severity in Severity)
# lost by LibreOffice as well, as its own results show
_, _LAYOUT_BY_BOTH, _BEHAVIOUR_BY_BOTH, _CONTENT_BY_BOTH = (
    LossKind(severity, engine_independent=True) for severity in Severity
)

LOSSES: dict[str, LossKind] = {
    # any family
    "UNKNOWN_ELEMENT": _CONTENT,  # element, parent
    "UNKNOWN_PART": _CONTENT_BY_BOTH,  # content_type
    "PART_MISSING": _CONTENT_BY_BOTH,  # a relationship leads nowhere: relationship
    "PART_DAMAGED": _CONTENT,  # an optional part cannot be read: detail
    "RELATIONSHIP_DANGLING": _CONTENT_BY_BOTH,  # relationship id without a relationship: id
    # macros: what becomes of them is a policy, whichever engine converts
    "MACROS_NOT_CARRIED": _BEHAVIOUR_BY_BOTH,
    "MACROS_LEFT_BESIDE": _BEHAVIOUR_BY_BOTH,  # as text: modules
    "MACROS_COMMENTED": _BEHAVIOUR_BY_BOTH,  # as comments: modules
    "MACROS_UNPROVEN": _BEHAVIOUR_BY_BOTH,  # carried as Basic, and nobody has run it: modules
    "MACROS_TO_PORT": _BEHAVIOUR_BY_BOTH,  # carried, and uses what LibreOffice has not: procedures, names
    "MACRO_LINES_CHANGED": _BEHAVIOUR_BY_BOTH,  # carried, and said otherwise so that Basic takes the module: lines
    "MACRO_EVENTS_UNBOUND": _BEHAVIOUR_BY_BOTH,  # procedures that Office starts and LibreOffice does not: names
    "MACRO_BINDING_DROPPED": _BEHAVIOUR_BY_BOTH,  # what ran a macro in a result of LibreOffice
    "MACRO_FUNCTION_IN_CELLS": _BEHAVIOUR_BY_BOTH,  # carried: an error where macros are not allowed: detail
    "MACRO_FORM_NOT_CARRIED": _BEHAVIOUR,  # a dialog of a macro project, without its code: name
    "SHAPE_MACRO_DROPPED": _BEHAVIOUR_BY_BOTH,  # that a click on a shape or picture runs: name
    "SIGNATURE_LOST": _BEHAVIOUR_BY_BOTH,
    "PASSWORD_DROPPED": _BEHAVIOUR_BY_BOTH,  # the caller asked for that
    "PROPERTIES_ENCRYPTED": _BEHAVIOUR_BY_BOTH,
    "SENSITIVITY_LABEL": _BEHAVIOUR_BY_BOTH,  # label
    "CUSTOM_XML_DROPPED": _BEHAVIOUR_BY_BOTH,
    "EMBEDDED_FONT_DROPPED": _LAYOUT_BY_BOTH,
    # only where the typefaces of the readers' machines are known
    "TYPEFACE_MISSING": LossKind(Severity.LAYOUT, engine_independent=True),  # typeface
    "TYPEFACE_REPLACED": LossKind(
        Severity.COSMETIC, engine_independent=True
    ),  # the same widths: typeface, twin
    "DOCUMENT_PROTECTION_DROPPED": LossKind(
        Severity.BEHAVIOUR, engine_independent=True, parameter="kind"
    ),  # kind
    "PROTECTION_PASSWORD_DROPPED": LossKind(
        Severity.BEHAVIOUR, engine_independent=True, parameter="kind"
    ),  # kind
    "WEB_EXTENSION_DROPPED": _BEHAVIOUR_BY_BOTH,
    "RIBBON_DROPPED": _BEHAVIOUR_BY_BOTH,  # own buttons, toolbars and keys
    "THUMBNAIL_DROPPED": _COSMETIC,
    "UNPROVEN": _CONTENT,  # what cannot be counted is never clean: detail
    "UNPROVEN_PART": _CONTENT,  # the same of a part of what a file holds: what
    "CENSUS_DIFFERS": _CONTENT,  # the result holds less than the source: what, source, target
    "NOT_VALID_ODF": _BEHAVIOUR,  # what LibreOffice wrote breaks the schema, and no mend is known: detail
    "VALIDITY_UNCHECKED": LossKind(Severity.COSMETIC),  # a part too large for the checkers that are installed
    "NEAREST_IN_ODF": LossKind(Severity.LAYOUT),  # what LibreOffice wrote has no word in ODF: what
    # comparison of drawn pages
    "PAGES_LOOK_DIFFERENT": _LAYOUT,  # from LibreOffice's drawing of the source
    "PAGES_NOT_COMPARED": _BEHAVIOUR,  # asked for, and LibreOffice could not: detail
    # cross-check of formula results
    "RESULT_DIFFERS_BY_CONVERSION": _CONTENT,
    "RESULT_DIFFERS_BY_FUNCTION": _BEHAVIOUR,
    "RESULT_DIFFERS_FROM_STORED": _BEHAVIOUR,
    "RESULT_FOLLOWS_DIFFERENCE": _BEHAVIOUR,
    "RESULTS_NOT_RECALCULATED": _BEHAVIOUR,  # asked for, and LibreOffice could not: detail
    # drawings
    "DRAWING_DROPPED": LossKind(Severity.CONTENT, parameter="kind"),  # kind
    "PICTURE_MISSING": _CONTENT_BY_BOTH,
    "PICTURE_LINKED": _BEHAVIOUR_BY_BOTH,  # target
    "PICTURE_FORMAT": _LAYOUT,  # content_type
    "PICTURE_EFFECT_DROPPED": LossKind(Severity.COSMETIC, parameter="effect"),  # effect
    "PICTURE_EFFECT_FIXED": LossKind(
        Severity.COSMETIC, parameter="effect"
    ),  # looks right, cannot be undone: effect
    "SHAPE_GEOMETRY_APPROXIMATED": LossKind(Severity.LAYOUT, parameter="geometry"),  # geometry
    "SHAPE_EFFECT_DROPPED": LossKind(Severity.COSMETIC, parameter="effect"),  # effect
    "SHAPE_FILL_APPROXIMATED": LossKind(Severity.LAYOUT, parameter="fill"),  # fill
    "LINE_APPROXIMATED": LossKind(Severity.COSMETIC, parameter="property"),  # property
    "CHART_DROPPED": _CONTENT,
    "CHART_APPROXIMATED": _LAYOUT,  # chart
    "SMARTART_DROPPED": _CONTENT,
    "SMARTART_APPROXIMATED": _LAYOUT,
    "EMBEDDED_OBJECT_DROPPED": LossKind(Severity.CONTENT, parameter="program"),  # program
    "ACTIVEX_DROPPED": LossKind(Severity.BEHAVIOUR, parameter="program"),  # program
    "EQUATION_DROPPED": _CONTENT,
    "EQUATION_APPROXIMATED": LossKind(Severity.LAYOUT, parameter="property"),  # property
    "INK_DROPPED": _CONTENT,
    "MEDIA_DROPPED": LossKind(Severity.CONTENT, parameter="kind"),  # kind
    "MEDIA_LINKED": LossKind(
        Severity.BEHAVIOUR, engine_independent=True, parameter="target"
    ),  # a file outside the document: target
    "HYPERLINK_DROPPED": LossKind(Severity.BEHAVIOUR, parameter="target"),  # target
    "ALTERNATE_CONTENT_DROPPED": _CONTENT,  # requires
    # spreadsheets
    "VALUE_KEPT_AS_TEXT": _CONTENT,  # value
    "SHARED_STRING_MISSING": _CONTENT,
    "DATE_BEFORE_MARCH_1900": _CONTENT_BY_BOTH,
    "CELL_MISPLACED": _CONTENT,
    "CHART_DATA_DETACHED": _BEHAVIOUR_BY_BOTH,
    "FORMULA_NOT_TRANSLATED": _BEHAVIOUR_BY_BOTH,  # detail
    "TABLE_REFERENCE_FIXED": _BEHAVIOUR_BY_BOTH,  # to rows of a table that grow
    "EXTERNAL_REFERENCE_DROPPED": _BEHAVIOUR,
    "CELL_FORMAT_APPROXIMATED": _COSMETIC,  # part of a number format code: element
    "EXTERNAL_LINK_DROPPED": _BEHAVIOUR,
    "EXTERNAL_LINK_KEPT": _BEHAVIOUR_BY_BOTH,  # still to the workbook, with its last values: target
    "NAME_DROPPED": _BEHAVIOUR,  # name
    "CELL_FILL_APPROXIMATED": _COSMETIC,  # pattern
    "TABLE_STYLE_DROPPED": _LAYOUT,  # of which the file says nothing: style
    "TABLE_STYLE_APPROXIMATED": _COSMETIC,  # its colours are those of the cells: style
    "FILTER_DROPPED": _BEHAVIOUR,  # column
    "VALIDATION_DROPPED": _BEHAVIOUR,
    "CONDITIONAL_FORMAT_DROPPED": _BEHAVIOUR,  # kind
    "CONDITIONAL_FORMAT_APPROXIMATED": _LAYOUT,  # kind
    "SHEET_PASSWORD_DROPPED": _BEHAVIOUR_BY_BOTH,
    "SHEET_PERMISSION_DROPPED": _BEHAVIOUR_BY_BOTH,  # permissions
    "SHEET_EXTENSION_DROPPED": _BEHAVIOUR,  # uri
    "SHEET_BACKGROUND_DROPPED": _COSMETIC,  # element
    "HEADER_PICTURE_DROPPED": _LAYOUT_BY_BOTH,
    "SPARKLINES_DROPPED": _CONTENT,
    "SCENARIOS_DROPPED": _BEHAVIOUR,  # element
    "CONSOLIDATION_DROPPED": _BEHAVIOUR,  # element
    "FORM_CONTROL_DROPPED": LossKind(Severity.BEHAVIOUR, parameter="kind"),  # Excel's name of its kind: kind
    "FORM_CONTROL_APPROXIMATED": LossKind(
        Severity.BEHAVIOUR, parameter="kind"
    ),  # as above, or what it refers to: kind
    "FORM_CONTROL_MACRO_DROPPED": _BEHAVIOUR_BY_BOTH,  # that a click runs: name
    "PIVOT_TABLE_DROPPED": _BEHAVIOUR_BY_BOTH,  # name
    "PIVOT_PART_DROPPED": LossKind(Severity.BEHAVIOUR, parameter="part"),  # part
    "PIVOT_REFRESH_DROPPED": _BEHAVIOUR,  # when the file is opened: name
    "PIVOT_RESULT_CALCULATED": _CONTENT_BY_BOTH,  # the file stores no figures, they are made from its records: name
    "PIVOT_RESULT_MISSING": _CONTENT_BY_BOTH,  # the same, of a table that is not laid out: name
    "PIVOT_STYLE_DROPPED": LossKind(Severity.LAYOUT, engine_independent=True, parameter="style"),  # style
    "SLICER_DROPPED": _BEHAVIOUR_BY_BOTH,  # name
    "CONNECTION_DROPPED": _BEHAVIOUR_BY_BOTH,  # name
    "DIALOG_SHEET_DROPPED": _BEHAVIOUR,
    "MACRO_SHEET_DROPPED": _CONTENT_BY_BOTH,  # macros of Excel 4, in cells: name of the sheet, which stays empty
    "COMMENT_THREAD_FLATTENED": _LAYOUT_BY_BOTH,
    "RICH_VALUE_DROPPED": _CONTENT_BY_BOTH,
    "REVISIONS_DROPPED": _CONTENT_BY_BOTH,
    # presentations
    "CONNECTOR_TIES_DROPPED": _BEHAVIOUR,
    "CHART_PART_DROPPED": _LAYOUT,  # part
    "CHART_DETAIL_DROPPED": _COSMETIC,  # part
    "ANIMATION_DROPPED": _BEHAVIOUR,
    "ANIMATION_APPROXIMATED": LossKind(Severity.COSMETIC, parameter="property"),  # property
    "TRANSITION_DROPPED": LossKind(Severity.BEHAVIOUR, parameter="transition"),  # transition
    "HANDOUT_MASTER_DROPPED": _LAYOUT_BY_BOTH,
    "TABLE_BACKGROUND_APPROXIMATED": _COSMETIC,  # of several colours
    # word processing
    "FIELD_FLATTENED": _BEHAVIOUR,  # the shown text stays: field
    "FIELD_DROPPED": _CONTENT,  # Word computes it when it shows the document, nothing of it is stored: field
    "FIELD_UNFINISHED": _BEHAVIOUR,  # it has no end in the file: its text stays
    "INDEX_SWITCH_DROPPED": _BEHAVIOUR,  # the entries stay; an update may collect others: field, switches
    "FORMAT_CHANGE_DROPPED": _COSMETIC,  # what a tracked change of formatting changed: the new formatting stays
    "TRACKED_CHANGE_FLATTENED": _BEHAVIOUR,  # a tracked change of rows, cells or paragraphs: the content stays
    "TEXT_EFFECT_DROPPED": _COSMETIC,  # element
    "TEXT_FIT_DROPPED": _COSMETIC,
    "TEXT_DIRECTION_DROPPED": _LAYOUT,
    "EAST_ASIAN_LAYOUT_DROPPED": _LAYOUT,
    "MIRRORED_INDENT_DROPPED": _COSMETIC,
    "NUMBER_FORMAT_APPROXIMATED": _LAYOUT,  # format
    "NUMBERING_RESTART_DROPPED": _LAYOUT,
    "PICTURE_BULLET_DROPPED": _COSMETIC,
    "SYMBOL_DROPPED": _CONTENT,  # char
    "NOTE_MISSING": _CONTENT,
    "COMMENT_MISSING": _CONTENT,
    "BREAK_IN_TABLE_DROPPED": _LAYOUT,  # of a page or column, inside a cell
    "CELL_SPACING_DROPPED": _COSMETIC,
    "CELL_MERGE_DROPPED": _LAYOUT,
    "HIDDEN_CELL_DROPPED": _COSMETIC,  # text in a merged cell, out of sight in the source too
    "LINE_NUMBERING_UNIFIED": _LAYOUT,  # sections count lines in different ways
    "PAGE_ALIGNMENT_DROPPED": _LAYOUT,
    "SECTION_HEADERS_UNUSED": _LAYOUT,  # of a section that goes on in a page and has no page break
    "BACKGROUND_DROPPED": _COSMETIC,
    "ART_BORDER_DROPPED": _COSMETIC,  # border: Word's name of the pictures around the page
    "DRAWING_GROUP_SPLIT": _LAYOUT,
    "TEXT_CHAIN_DROPPED": _LAYOUT,  # text boxes that hand their text on, in a group or in VML
    "IMPORTED_PART_DROPPED": _CONTENT,
    "SUBDOCUMENT_DROPPED": _CONTENT,
    "DATA_BINDING_DROPPED": _BEHAVIOUR_BY_BOTH,
    "CONTENT_CONTROL_FLATTENED": _BEHAVIOUR,
    "MAIL_MERGE_DROPPED": _BEHAVIOUR_BY_BOTH,
    "BUILDING_BLOCKS_DROPPED": _BEHAVIOUR_BY_BOTH,
    "TEMPLATE_STYLES_UNLINKED": _LAYOUT_BY_BOTH,
    # nothing lost: shown as the source says where LibreOffice reads the original otherwise
    "TABLE_SPACING_KEPT": _COSMETIC,  # that a table style takes from the one it is based on
    "ROW_BORDERS_KEPT": _COSMETIC,  # that a row states for itself
    "ROW_HEIGHT_KEPT": _COSMETIC,  # of a row that holds only a floating table
}


class Place(NamedTuple):
    """Where in the source, in the words of its user: ``Budget!B7``, paragraph 14, slide 3.

    ``kind`` is one of document, part, paragraph, table, section, header, footer, note, style, sheet, cell, column,
    row, name, slide, layout, master, shape, module, page, aside. An aside is a note, comment or text box. ``container``
    is what stands around it: a sheet's name, ``3`` of a slide or section. ``index`` counts from 1. ``part`` is the part's
    name in the package. A tuple, since one is made for every paragraph.
    """

    kind: str = "document"
    index: int | None = None  # type: ignore[assignment]  # no tuple is searched
    container: str = ""
    cell: str = ""
    part: str = ""

    def as_json(self) -> dict[str, Any]:
        record: dict[str, Any] = {"kind": self.kind}
        for name in ("index", "container", "cell", "part"):
            if value := getattr(self, name):
                record[name] = value
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Place:
        return cls(**record)


DOCUMENT = Place()


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of loss, in one container, with the same parameters: seen ``count`` times, first at ``examples``."""

    code: str
    params: tuple[tuple[str, Param], ...] = ()
    count: int = 1
    examples: tuple[Place, ...] = (DOCUMENT,)

    @property
    def place(self) -> Place:
        return self.examples[0]

    @property
    def severity(self) -> Severity:
        return LOSSES[self.code].severity

    @property
    def engine_independent(self) -> bool:
        return LOSSES[self.code].engine_independent

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": self.severity.identifier,
            "params": dict(self.params),
            "count": self.count,
            "examples": [place.as_json() for place in self.examples],
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Loss:
        return cls(
            record["code"],
            tuple(sorted(record["params"].items())),
            record["count"],
            tuple(Place.from_json(place) for place in record["examples"]),
        )


@dataclass(slots=True)
class _Row:
    count: int = 0
    examples: list[Place] = field(default_factory=list)


class LossLog:
    """Collects losses: aggregates by code, container and parameters, and keeps the first places of each."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, tuple[tuple[str, Param], ...]], _Row] = {}

    def report(self, code: str, place: Place = DOCUMENT, count: int = 1, **params: Param) -> None:
        """Record a loss. Raises KeyError for a code that stands in no table."""
        LOSSES[code]
        row = self._rows.setdefault((code, place.container, tuple(sorted(params.items()))), _Row())
        row.count += count
        if len(row.examples) < EXAMPLES_KEPT:
            row.examples.append(place)

    def extend(self, losses: Iterable[Loss]) -> None:
        for loss in losses:
            row = self._rows.setdefault((loss.code, loss.place.container, loss.params), _Row())
            row.count += loss.count
            row.examples.extend(loss.examples[: EXAMPLES_KEPT - len(row.examples)])

    def losses(self) -> tuple[Loss, ...]:
        """All losses, the worst severity first, then in the order in which they were found."""
        found = [
            Loss(code, params, row.count, tuple(row.examples))
            for (code, _container, params), row in self._rows.items()
        ]
        return tuple(sorted(found, key=lambda loss: -loss.severity))


def worst_severity(losses: Iterable[Loss]) -> Severity | None:
    return max((loss.severity for loss in losses), default=None)
