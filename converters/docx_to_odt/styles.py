"""The style cascade: document defaults, named styles and their inheritance (ECMA-376 Part 1, 17.7).

Named styles stay named styles; what ODF inherits as Word does is left to inheritance. Resolved values are kept for
what it does not: tab stops, line rules, toggle properties, numbering.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree

from converters.docx_to_odt.paragraph_properties import (
    EMPTY_PARAGRAPH_FORMAT,
    ParagraphFormat,
    ParagraphPropertiesReader,
    changed_tabs,
    line_properties,
    with_physical_alignment,
    with_whole_spacing,
)
from converters.docx_to_odt.run_properties import (
    EMPTY_RUN_FORMAT,
    RunFormat,
    RunPropertiesReader,
    settled,
)
from converters.docx_to_odt.style_names import character_style_name, paragraph_style_name
from converters.losses import LossLog, Place
from converters.odf.properties import ParagraphProperties, TabStop, TextProperties, lay_over
from converters.odf.stylesheet import encode_name
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import child_value, first_child
from converters.support import Support
from converters.units import read_int, read_on_off

_VAL = qn("w:val")
_NUM_ID = f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}"
STANDARD = "Standard"
FAMILIES: Mapping[str, str] = {"paragraph": "paragraph", "character": "text"}


@dataclass(frozen=True, slots=True)
class StyleSource:
    """A ``w:style`` as written."""

    id: str
    kind: str
    name: str
    element: etree._Element
    based_on: str | None = None
    next_id: str | None = None
    hidden: bool = False


_NO_TOGGLES: Mapping[str, bool] = MappingProxyType({})


class Resolved(NamedTuple):
    """A style of kind paragraph or character with all it inherits; the defaults are not in it.

    ``own`` is what the style itself says in ODF's words; ``paragraph`` and ``text`` are its chain's sum.
    """

    id: str
    name: str
    display_name: str
    parent: Resolved | None = None
    own_paragraph: ParagraphProperties = ParagraphProperties()
    own_text: TextProperties = TextProperties()
    paragraph: ParagraphProperties = ParagraphProperties()
    text: TextProperties = TextProperties()
    tabs: tuple[TabStop, ...] = ()
    line: tuple[float | None, str | None] = (None, None)
    toggles: Mapping[str, bool] = _NO_TOGGLES
    num_id: int | None = None
    num_level: int | None = None
    own_num_id: int | None = None
    outline_level: int | None = None
    own_outline_level: int | None = None
    symbol_typeface: str | None = None
    auto_before: bool = False
    auto_after: bool = False


class Styles:
    """All styles of a document. Ids are those of ``w:styleId``; an unknown id means the default style (17.7.4.17)."""

    def __init__(
        self,
        root: etree._Element | None,
        paragraph_reader: ParagraphPropertiesReader,
        run_reader: RunPropertiesReader,
        log: LossLog,
        *,
        hyphenates: bool = False,
    ) -> None:
        self.hyphenates = hyphenates  # automatic hyphenation is on
        self._paragraphs = paragraph_reader
        self._runs = run_reader
        self.sources: dict[tuple[str, str], StyleSource] = {}
        self.default_ids: dict[str, str] = {}
        self.default_paragraph: ParagraphFormat = EMPTY_PARAGRAPH_FORMAT
        self.default_run: RunFormat = EMPTY_RUN_FORMAT
        self._resolved: dict[tuple[str, str], Resolved] = {}
        self._formatted: dict[tuple[int, int], tuple[Resolved, Resolved, ParagraphFormat]] = {}
        self._names: dict[tuple[str, str], str] = {}  # (family, display name) -> id, for unique names
        for element in root if root is not None else ():
            SUPPORT.dispatch(element, log, Place("style"), self)

    # -- reading -----------------------------------------------------------------------------------------------

    def read_defaults(self, element: etree._Element) -> None:
        place = Place("style")
        run = element.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
        paragraph = element.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")
        self.default_run = self._runs.read(run, place)
        self.default_paragraph = self._paragraphs.read(paragraph, place)

    def read_style(self, element: etree._Element) -> None:
        kind = element.get(qn("w:type"), "paragraph")

        def value(tag: str) -> str | None:
            return child_value(element, qn(tag))

        # a style without an id is named by those that use it (17.7.4.17)
        style_id = element.get(qn("w:styleId")) or value("w:name") or ""
        if not style_id:
            return
        source = StyleSource(
            style_id,
            kind,
            value("w:name") or style_id,
            element,
            value("w:basedOn"),
            value("w:next"),
            first_child(element, qn("w:semiHidden")) is not None,
        )
        self.sources[kind, style_id] = source
        if read_on_off(element.get(qn("w:default")), default=False):
            self.default_ids.setdefault(kind, style_id)

    # -- the cascade -------------------------------------------------------------------------------------------

    def paragraph(self, style_id: str | None) -> Resolved:
        return self._resolve("paragraph", style_id) or _PLAIN_STANDARD

    def character(self, style_id: str | None) -> Resolved | None:
        """None for no style, an unknown one and the default one, which says nothing."""
        if style_id is None or style_id == self.default_ids.get("character"):
            return None
        return self._resolve("character", style_id, default=False)

    def all(self, kind: str) -> Iterable[tuple[StyleSource, Resolved]]:
        for key, source in self.sources.items():
            if key[0] == kind and (resolved := self._resolve(*key)) is not None:
                yield source, resolved

    def list_num_ids(self) -> list[int]:
        """The numberings that named list styles show (17.7.4.14), used or not."""
        found = (
            source.element.find(_NUM_ID) for (kind, _), source in self.sources.items() if kind == "numbering"
        )
        return [
            number for element in found if element is not None and (number := read_int(element.get(_VAL)))
        ]

    def _resolve(self, kind: str, style_id: str | None, *, default: bool = True) -> Resolved | None:
        key = (kind, style_id or "")
        if key not in self.sources:
            if not default:
                return None
            key = (kind, self.default_ids.get(kind, ""))
            if key not in self.sources:
                return None
        if key not in self._resolved:
            self._resolve_chain(key)
        return self._resolved[key]

    def _resolve_chain(self, key: tuple[str, str]) -> None:
        """Resolve a style after those it is based on; a cycle is cut where it closes."""
        chain = [key]
        while True:
            based_on = self.sources[chain[-1]].based_on
            parent = (key[0], based_on or "")
            if parent in chain or parent not in self.sources:
                break
            chain.append(parent)
            if parent in self._resolved:
                break
        for step in reversed(chain):
            if step not in self._resolved:
                based_on = self.sources[step].based_on
                self._resolved[step] = self._derive(
                    self.sources[step], self._resolved.get((key[0], based_on or ""))
                )

    def _derive(self, source: StyleSource, parent: Resolved | None) -> Resolved:
        place = Place("style", container=source.name)
        run = self._runs.read(first_child(source.element, qn("w:rPr")), place)
        display_name = self._display_name(source)
        inherited = _PLAIN_STANDARD if parent is None else parent
        text = settled(run, lay_over(self.default_run.text, inherited.text), self._runs.fonts)
        resolved = inherited._replace(
            id=source.id,
            name=encode_name(display_name),
            display_name=display_name,
            parent=parent,
            own_num_id=None,
            own_outline_level=None,
            own_paragraph=_NO_PARAGRAPH_PROPERTIES,
            own_text=text,
            text=lay_over(inherited.text, text),
            toggles={**inherited.toggles, **dict(run.toggles)} if run.toggles else inherited.toggles,
            symbol_typeface=run.symbol_typeface or inherited.symbol_typeface,
        )
        if source.kind == "paragraph":
            format_ = self._paragraphs.read(first_child(source.element, qn("w:pPr")), place)
            if format_ is not EMPTY_PARAGRAPH_FORMAT:
                resolved = self._with_paragraph_format(resolved, format_)
            own = self.hyphenation(format_)
            if own.said:
                resolved = resolved._replace(
                    own_text=lay_over(resolved.own_text, own), text=lay_over(resolved.text, own)
                )
        return resolved

    def hyphenation(self, format_: ParagraphFormat) -> TextProperties:
        """What paragraph properties say about hyphenation (17.3.1.34): in ODF it is a property of text."""
        if format_.suppress_hyphens is None or not self.hyphenates:
            return TextProperties()
        return TextProperties(hyphenate="false" if format_.suppress_hyphens else "true")

    def with_paragraph_format(self, base: Resolved, format_: ParagraphFormat) -> Resolved:
        """A style with paragraph properties over it, which many paragraphs share."""
        key = (id(base), id(format_))  # both are kept with the result, so that the identities stay theirs
        known = self._formatted.get(key)
        if known is None:
            known = self._formatted[key] = (self._with_paragraph_format(base, format_), base, format_)
        return known[0]

    def _with_paragraph_format(self, base: Resolved, format_: ParagraphFormat) -> Resolved:
        """What inheritance in ODF would not add up is added here."""
        own = format_.paragraph
        tabs = changed_tabs(base.tabs, format_.tabs)
        if format_.tabs:
            own = replace(own, tab_stops=tabs)
        amount, rule = format_.line
        line = base.line
        if amount is not None or rule is not None:
            line = (
                amount if amount is not None else base.line[0],
                rule or (base.line[1] if amount is None else None),
            )
            own = lay_over(own, line_properties(line))
        own_num_id = format_.num_id
        if (
            own_num_id is None and format_.num_level is not None
        ):  # a level alone asserts the inherited numbering
            own_num_id = base.num_id
        own = with_physical_alignment(own, lay_over(self.default_paragraph.paragraph, base.paragraph))
        own = with_whole_spacing(own, lay_over(self.default_paragraph.paragraph, base.paragraph))
        return base._replace(
            own_paragraph=own,
            paragraph=lay_over(base.paragraph, own),
            tabs=tabs,
            line=line,
            num_id=base.num_id if format_.num_id is None else format_.num_id,
            num_level=base.num_level if format_.num_level is None else format_.num_level,
            own_num_id=own_num_id,
            auto_before=base.auto_before if format_.auto_before is None else format_.auto_before,
            auto_after=base.auto_after if format_.auto_after is None else format_.auto_after,
            outline_level=base.outline_level if format_.outline_level is None else format_.outline_level,
            own_outline_level=format_.outline_level,
        )

    def _display_name(self, source: StyleSource) -> str:
        family = FAMILIES.get(source.kind, source.kind)
        if source.kind == "paragraph":
            name = (
                STANDARD
                if source.id == self.default_ids.get("paragraph")
                else paragraph_style_name(source.name)
            )
        else:
            name = character_style_name(source.name)
        unique, count = name, 1
        while self._names.setdefault((family, unique.lower()), source.id) != source.id:
            count += 1
            unique = f"{name} ({count})"
        return unique


_NO_PARAGRAPH_PROPERTIES = ParagraphProperties()
_PLAIN_STANDARD = Resolved("", STANDARD, STANDARD)

SUPPORT = Support(
    "styles part",
    {
        "w:docDefaults": lambda element, styles: styles.read_defaults(element),
        "w:style": lambda element, styles: styles.read_style(element),
    },
    ignored={"w:latentStyles": "names of styles that the document does not have"},
)
