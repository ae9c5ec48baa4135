"""What writes the content of an equation, and how the properties of its elements are read (ECMA-376 Part 1, 22.1)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from converters.losses import LossLog, Place
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.ooxml.xml import children
from converters.support import Support
from converters.units import read_on_off


@dataclass(frozen=True, slots=True)
class EquationWriter:
    """Writes the content of ``m:oMath``.

    ``content`` is the table of the elements that an equation may hold. ``integral_limits`` and ``other_limits`` say
    where n-ary operators have their limits by default (ST_LimLoc); ``has_marks`` that ``&`` marks an alignment and is no text.
    """

    writer: XmlWriter
    log: LossLog
    place: Place
    content: Support
    integral_limits: str = "subSup"
    other_limits: str = "undOvr"
    has_marks: bool = False

    def write(self, parent: etree._Element | None) -> None:
        """All content of an element; nothing where there is none."""
        for element in children(parent):
            self.content.dispatch(element, self.log, self.place, self)

    def argument(self, parent: etree._Element, local: str) -> None:
        """One argument by its local name, as one MathML element."""
        with self.writer.element("mrow"):
            self.write(parent.find(qn(f"m:{local}")))

    def operator(self, text: str, **attributes: str) -> None:
        self.writer.text_element("mo", text, attributes)

    def fence(self, text: str, form: str, *, stretches: bool) -> None:
        if text:
            self.operator(text, fence="true", form=form, stretchy="true" if stretches else "false")

    def approximated(self, detail: str) -> None:
        self.log.report("EQUATION_APPROXIMATED", self.place, property=detail)


def property_of(element: etree._Element, local: str) -> etree._Element | None:
    """``m:fPr/m:type`` of ``m:f``: one of the element's own properties."""
    name = etree.QName(element).localname
    return element.find(f"{qn(f'm:{name}Pr')}/{qn(f'm:{local}')}")


def value_of(element: etree._Element, local: str, default: str) -> str:
    """The value of a property: ``default`` where it is not there, empty where it stands without a value."""
    found = property_of(element, local)
    return default if found is None else found.get(qn("m:val"), "")


def is_on(element: etree._Element, local: str) -> bool:
    found = property_of(element, local)
    return found is not None and read_on_off(found.get(qn("m:val")))
