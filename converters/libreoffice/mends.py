"""What LibreOffice writes that ODF 1.3 does not allow, and what stands there instead: one row per construct.

A row looks at start tags of its elements alone. What the standard has no word for keeps its value under LibreOffice's
own extension namespace, which a reader of ODF passes over (ODF 1.3 Part 3, 22.3.2); what is written twice loses the
foreign copy; a value outside its range becomes the nearest one that shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from converters.libreoffice.markup import Attributes

UNKNOWN_DATE = b"1970-01-01T00:00:00"  # ODF requires one; the same for a date that the source does not give


@dataclass(frozen=True, slots=True)
class Mend:
    """``sign``: bytes without which no part needs this mend. ``trigger`` is met in every start tag of ``elements`` that
    does; ``apply`` changes the tag's attributes. ``rule``: what of ODF 1.3 Part 3 the construct breaks.
    """

    elements: tuple[str, ...]
    sign: bytes
    trigger: re.Pattern[bytes]
    apply: Callable[[Attributes], None]
    rule: str
    nearest: str = ""  # the property that then says something else than LibreOffice meant


@dataclass(frozen=True, slots=True)
class MarkupMend:
    """A stretch of markup longer than a tag. ``elements`` begin and end it: it is never looked at in two halves."""

    elements: tuple[str, ...]
    sign: bytes
    pattern: re.Pattern[bytes]
    replacement: bytes
    rule: str
    nearest: str = ""


def _doubled_handle_position(attributes: Attributes) -> None:
    """``draw:handle-position`` has both already."""
    pair = f"{attributes.get('draw:handle-position-x')} {attributes.get('draw:handle-position-y')}"
    attributes.setdefault("draw:handle-position", pair)
    attributes.pop("draw:handle-position-x", None)
    attributes.pop("draw:handle-position-y", None)


def _hidden_name(attributes: Attributes) -> None:
    words = attributes.pop("table:range-usable-as").split()
    attributes["loext:range-usable-as"] = "hidden"
    if rest := [word for word in words if word != "hidden"]:
        attributes["table:range-usable-as"] = " ".join(rest)


def _as_extension(*names: str) -> Callable[[Attributes], None]:
    """Keep what these attributes say under LibreOffice's extension namespace."""

    def apply(attributes: Attributes) -> None:
        for name in names:
            if name in attributes:
                attributes.setdefault(f"loext:{name.partition(':')[2]}", attributes.pop(name))

    return apply


def _set(name: str, value: str) -> Callable[[Attributes], None]:
    def apply(attributes: Attributes) -> None:
        attributes[name] = value

    return apply


def _justified(attributes: Attributes) -> None:
    """Lines spread over the cell's height begin at its top."""
    attributes["style:vertical-align"] = "top"
    attributes["loext:vertical-align"] = "justify"


def _padded(attributes: Attributes) -> None:
    for name, value in attributes.items():
        if name.startswith("fo:padding") and value.startswith("-"):
            attributes[name] = "0" + value.lstrip("-0123456789.")


def _weighed(attributes: Attributes) -> None:
    """Weights that are none: LibreOffice's "unknown" is 0 and shows as normal."""
    for name in ("fo:font-weight", "style:font-weight-asian", "style:font-weight-complex"):
        if attributes.get(name, "normal") not in _WEIGHTS:
            attributes[name] = "normal"


def _one_fragment(attributes: Attributes) -> None:
    """A second number sign belongs to the fragment's text (RFC 3986, 3.5)."""
    before, _sign, fragment = attributes["xlink:href"].partition("#")
    attributes["xlink:href"] = f"{before}#{fragment.replace('#', '%23')}"


def _drop_page_fill(attributes: Attributes) -> None:
    """The master page's drawing page says the same, and there it is LibreOffice's own reading of it."""
    for name in [name for name in attributes if name.startswith("draw:")]:
        del attributes[name]
    attributes.pop("style:repeat", None)


# what has no relative size in ODF; LibreOffice gives them one
_SHAPES = (
    "draw:caption", "draw:circle", "draw:connector", "draw:control", "draw:custom-shape", "draw:ellipse", "draw:g",
    "draw:line", "draw:measure", "draw:path", "draw:polygon", "draw:polyline", "draw:rect", "draw:regular-polygon",
)  # fmt: skip
_WEIGHTS = frozenset(["normal", "bold", *(str(weight) for weight in range(100, 1000, 100))])
_CONTROLS = (
    "form:button", "form:checkbox", "form:combobox", "form:date", "form:file", "form:formatted-text", "form:frame",
    "form:generic-control", "form:grid", "form:image", "form:image-frame", "form:listbox", "form:number",
    "form:password", "form:radio", "form:text", "form:textarea", "form:time", "form:value-range",
)  # fmt: skip
_NO_LENGTH = rb"0*\.?0*(?:in|cm|mm|pt|pc|px)"

MENDS: tuple[Mend, ...] = (
    Mend(
        ("draw:handle",),
        b"draw:handle-position-",
        re.compile(rb" draw:handle-position-[xy]="),
        _doubled_handle_position,
        "draw:handle has draw:handle-position alone",
    ),
    Mend(
        ("table:named-range", "table:named-expression"),
        b"hidden",
        re.compile(rb' table:range-usable-as="[^"]*hidden'),
        _hidden_name,
        "table:range-usable-as knows no hidden names",
    ),
    Mend(
        ("text:list-level-style-bullet",),
        b'text:bullet-char=""',
        re.compile(rb' text:bullet-char=""'),
        _set("text:bullet-char", "\u200b"),  # of no width
        "text:bullet-char is one character",
    ),
    Mend(
        ("style:table-row-properties",),
        b"style:row-height=",
        re.compile(rb' style:row-height="' + _NO_LENGTH + rb'"'),
        _set("style:row-height", "0.0007in"),  # a twentieth of a point, the smallest of Writer's lengths
        "style:row-height is a positive length",
    ),
    Mend(
        ("style:page-layout-properties",),
        b"draw:fill",
        re.compile(rb" draw:fill"),
        _drop_page_fill,
        "style:page-layout-properties has no fill",
    ),
    Mend(
        _SHAPES,
        b"style:rel-",
        re.compile(rb" style:rel-(?:width|height)="),
        _as_extension("style:rel-width", "style:rel-height"),
        "style:rel-width and style:rel-height are for draw:frame",
    ),
    Mend(  # the first line stands to the right of the others; that is left to the paragraphs, which say it too
        ("style:list-level-properties",),
        b'text:min-label-width="-',
        re.compile(rb' text:min-label-width="-'),
        _set("text:min-label-width", "0cm"),
        "text:min-label-width is no negative length",
        "text:min-label-width",
    ),
    Mend(
        _CONTROLS,
        b"form:input-required=",
        re.compile(rb" form:input-required="),
        _as_extension("form:input-required"),
        "ODF 1.3 has no form:input-required",
    ),
    Mend(
        ("style:table-cell-properties",),
        b'style:vertical-align="justify"',
        re.compile(rb' style:vertical-align="justify"'),
        _justified,
        "style:vertical-align of a cell is top, middle, bottom or automatic",
        "style:vertical-align",
    ),
    Mend(
        ("style:graphic-properties", "style:paragraph-properties", "style:table-cell-properties"),
        b"fo:padding",
        re.compile(rb' fo:padding[a-z-]*="-'),
        _padded,
        "fo:padding is no negative length",
        "fo:padding",
    ),
    Mend(
        ("style:text-properties",),
        b"font-weight",
        re.compile(rb' (?:fo:font-weight|style:font-weight-[a-z]+)="(?!normal"|bold"|[1-9]00")'),
        _weighed,
        "fo:font-weight is normal, bold or a hundred",
    ),
    Mend(
        ("text:a", "draw:a", "presentation:event-listener", "draw:area-rectangle", "form:button"),
        b"xlink:href=",
        re.compile(rb' xlink:href="[^"#]*#[^"#]*#'),
        _one_fragment,
        "xlink:href is an IRI reference",
    ),
    Mend(
        ("table:data-pilot-groups",),
        b"<table:data-pilot-groups",
        re.compile(rb"^(?!.*table:source-field-name=)", re.DOTALL),
        _set("table:source-field-name", ""),  # as LibreOffice reads a group without one
        "table:data-pilot-groups needs table:source-field-name",
    ),
)

MARKUP_MENDS: tuple[MarkupMend, ...] = (
    MarkupMend(
        ("dc:date",),
        b"<dc:date>0000-",
        re.compile(rb"(?<=<dc:date>)0000-[0-9T:.-]*"),
        UNKNOWN_DATE,
        "dc:date is a date",
    ),
    MarkupMend(  # LibreOffice 7.4, of a change without a date
        ("dc:date",),
        b"<dc:date>1970-01-01<",
        re.compile(rb"(?<=<dc:date>)1970-01-01(?=</dc:date>)"),
        UNKNOWN_DATE,
        "dc:date is a date and a time",
    ),
    MarkupMend(  # nobody signed it
        ("office:change-info",),
        b"<office:change-info><dc:date>",
        re.compile(rb"<office:change-info>(?=<dc:date>)"),
        rb"<office:change-info><dc:creator/>",
        "office:change-info has a dc:creator",
    ),
    MarkupMend(  # written twice, the second time under LibreOffice's own name
        ("style:hyperlink", "loext:hyperlink"),
        b"<style:hyperlink",
        re.compile(rb"<style:hyperlink\b[^<>]*/>(?=<loext:hyperlink\b)"),
        b"",
        "ODF 1.3 has no style:hyperlink",
    ),
    MarkupMend(
        ("style:hyperlink",),
        b"<style:hyperlink",
        re.compile(rb"<style:hyperlink\b([^<>]*)/>"),
        rb"<loext:hyperlink\1/>",
        "ODF 1.3 has no style:hyperlink",
    ),
    MarkupMend(  # of a grouping by dates or steps, whose groups LibreOffice does not read
        ("table:data-pilot-groups",),
        b"<table:data-pilot-groups",
        re.compile(rb"<table:data-pilot-groups\b([^<>]*)/>"),
        rb'<table:data-pilot-groups\1><table:data-pilot-group table:name=""><table:data-pilot-group-member table:name=""/>'
        rb"</table:data-pilot-group></table:data-pilot-groups>",
        "table:data-pilot-groups has a group",
    ),
    MarkupMend(  # the name of a range that is gone is a formula with an error
        ("table:named-range",),
        b"#REF!",
        re.compile(rb'<table:named-range\b([^<>]*?) table:cell-range-address="([^"]*#REF![^"]*)"[^<>]*/>'),
        rb'<table:named-expression\1 table:expression="\2"/>',
        "table:cell-range-address is an address",
    ),
    MarkupMend(  # of a chart without data
        ("table:table-columns",),
        b"<table:table-columns/>",
        re.compile(rb"<table:table-columns/>"),
        b"<table:table-columns><table:table-column/></table:table-columns>",
        "table:table-columns has a column",
    ),
    MarkupMend(
        ("table:table-rows",),
        b"<table:table-rows/>",
        re.compile(rb"<table:table-rows/>"),
        b"<table:table-rows><table:table-row><table:table-cell/></table:table-row></table:table-rows>",
        "table:table-rows has a row",
    ),
)
