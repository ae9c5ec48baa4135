"""meta.xml (ODF 1.3 Part 3, 4.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converters.odf.xmlwriter import XmlWriter

GENERATOR = "office-migration-assistant"
_DATE = re.compile(r"^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$")
_VALUE_PATTERNS = {
    "float": re.compile(r"^-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$"),
    "boolean": re.compile(r"^(true|false)$"),
    "date": _DATE,
    "string": re.compile(r".*", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class UserDefined:
    """``meta:user-defined``: ``value_type`` is float, date, boolean or string; a value that does not fit is text."""

    name: str
    value: str
    value_type: str = "string"


@dataclass(frozen=True, slots=True)
class Meta:
    """Texts; dates in ISO 8601, left out where they are none."""

    title: str = ""
    subject: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    initial_creator: str = ""
    creator: str = ""
    creation_date: str = ""
    date: str = ""
    print_date: str = ""
    language: str = ""
    editing_cycles: str = ""
    editing_minutes: int = 0
    user_defined: tuple[UserDefined, ...] = ()

    def write(self, writer: XmlWriter) -> None:
        """Write ``office:meta``."""
        elements = (
            ("meta:generator", GENERATOR),
            ("dc:title", self.title),
            ("dc:description", self.description),
            ("dc:subject", self.subject),
            *(("meta:keyword", word) for word in self.keywords),
            ("meta:initial-creator", self.initial_creator),
            ("dc:creator", self.creator),
            ("meta:creation-date", self.creation_date if _DATE.match(self.creation_date) else ""),
            ("dc:date", self.date if _DATE.match(self.date) else ""),
            ("meta:print-date", self.print_date if _DATE.match(self.print_date) else ""),
            ("dc:language", self.language),
            ("meta:editing-cycles", self.editing_cycles if self.editing_cycles.isdigit() else ""),
            ("meta:editing-duration", f"PT{self.editing_minutes}M" if self.editing_minutes else ""),
        )
        with writer.element("office:meta"):
            for tag, text in elements:
                if text:
                    writer.text_element(tag, text)
            for item in self.user_defined:
                value = {"True": "true", "1": "true", "0": "false"}.get(item.value, item.value)
                value = value if item.value_type == "boolean" else item.value
                kind = item.value_type if _VALUE_PATTERNS[item.value_type].match(value) else "string"
                writer.text_element(
                    "meta:user-defined", value, {"meta:name": item.name, "meta:value-type": kind}
                )
