"""Data styles: how numbers, dates, times and text are shown (ODF 1.3 Part 3, 16.29).

Equal data styles share one element of ``office:styles``, so that common styles, automatic styles and conditions may
all name it.
"""

from __future__ import annotations

from dataclasses import dataclass

from converters.odf.document import OdfDocument
from converters.odf.xmlwriter import XmlWriter

# kind -> element. The kind is also the value type of a cell that is shown so.
ELEMENTS: dict[str, str] = {
    "number": "number:number-style",
    "currency": "number:currency-style",
    "percentage": "number:percentage-style",
    "date": "number:date-style",
    "time": "number:time-style",
    "boolean": "number:boolean-style",
    "text": "number:text-style",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One child of a data style. ``embedded`` are texts inside a number by their position from its right end."""

    element: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    embedded: tuple[tuple[int, str], ...] = ()

    def write(self, writer: XmlWriter) -> None:
        with writer.element(self.element, dict(self.attributes)):
            writer.text(self.text)
            for position, text in self.embedded:
                writer.text_element("number:embedded-text", text, {"number:position": str(position)})


@dataclass(frozen=True, slots=True)
class DataStyle:
    """A data style without its name. ``maps`` are (condition on ``value()``, style that holds there)."""

    kind: str
    parts: tuple[Part, ...]
    color: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    maps: tuple[tuple[str, DataStyle], ...] = ()

    def write(self, writer: XmlWriter, name: str, map_names: tuple[str, ...], *, volatile: bool) -> None:
        attributes = {"style:name": name, "style:volatile": "true" if volatile else None}
        with writer.element(ELEMENTS[self.kind], {**attributes, **dict(self.attributes)}):
            if self.color is not None:
                writer.empty("style:text-properties", {"fo:color": self.color})
            for part in self.parts:
                part.write(writer)
            for (condition, _style), map_name in zip(self.maps, map_names, strict=True):
                writer.empty("style:map", {"style:condition": condition, "style:apply-style-name": map_name})


class DataStyles:
    """Interns the data styles of one document: ``N1``, and ``N1P0`` for what its first condition applies."""

    def __init__(self, document: OdfDocument) -> None:
        self._document = document
        self._names: dict[DataStyle, str] = {}

    def name_for(self, style: DataStyle) -> str:
        name = self._names.get(style)
        if name is None:
            name = self._names[style] = f"N{len(self._names) + 1}"
            map_names = []
            for index, (_condition, applied) in enumerate(style.maps):
                map_name = f"{name}P{index}"
                self._add(map_name, applied, (), volatile=True)
                map_names.append(map_name)
            self._add(name, style, tuple(map_names), volatile=False)
        return name

    def _add(self, name: str, style: DataStyle, map_names: tuple[str, ...], *, volatile: bool) -> None:
        self._document.add_common(
            f"data-style {name}", lambda writer: style.write(writer, name, map_names, volatile=volatile)
        )
